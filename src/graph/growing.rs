//! How a graph grows and shrinks: articles in, articles out, and the pairs of claims that come up on the way.

use super::ClaimGraph;
use super::corpus::{Draft, Numbers};
use super::link::LinkSummary;
use super::parallel::share_out;
use crate::block::{Candidates, Index, Term};
use crate::error::{Error, ErrorKind};
use crate::model::{Article, ArticleId, Claim, ClaimId};
use crate::text::is_english;
use petgraph::stable_graph::NodeIndex;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Articles of a batch that are read at once, on all cores.
const BATCH: usize = 256;
/// Claims that a core looks up at a time.
const FEW: usize = 32;
/// Claims that are looked up at once: their candidates are held until a glance has sorted most of them out.
const AT_ONCE: usize = 8192;
/// Claims of a graph of any size whose candidates tell how many of them stand in articles of one event.
const SAMPLE: usize = 2000;

/// What adding an article did.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Added {
    /// The article's identity in this graph.
    pub article: ArticleId,
    /// Its claims, in the order of the text.
    pub claims: Vec<ClaimId>,
    /// The links that they brought: whoever waits for a new contradiction finds it here.
    pub links: Vec<LinkSummary>,
    /// Whether the very article was there already, so that nothing was done.
    pub repeated: bool,
    /// Whether a cap of the blocking left candidates out.
    pub truncated: bool,
    /// Whether its claims are compared with others. Those of an article in another language than English are not
    /// ([`GraphBuilder::every_language`](super::GraphBuilder::every_language)): they are kept, and no link, search or answer has them.
    pub judged: bool,
}

/// What a batch of articles, a retraction or a [`settle`](ClaimGraph::settle) changed; lists are in the order of output.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// Claims that came.
    pub claims: Vec<ClaimId>,
    /// Claims that went.
    pub gone: Vec<ClaimId>,
    /// Links that came, or took another relation.
    pub links: Vec<LinkSummary>,
    /// Links that went, or had another relation before.
    pub unlinked: Vec<LinkSummary>,
}

/// How far a batch is: first its articles are read, then the pairs of claims that may be linked are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Articles held so far.
    pub articles: usize,
    /// Claims held so far.
    pub claims: usize,
    /// Pairs judged so far.
    pub judged: usize,
    /// Pairs to judge; 0 while articles are read.
    pub pairs: usize,
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

impl ClaimGraph {
    /// Extracts an article's claims, and links them to those of other articles.
    ///
    /// The links use word rarities of the corpus so far; [`settle`](Self::settle) brings the older ones up to date. Costs the same in a graph
    /// of any size, but that rarities are counted anew whenever the graph has grown by a sixteenth.
    ///
    /// # Errors
    /// [`ErrorKind::ClashingId`] where another text was added under the same id. The same article again is no error:
    /// nothing is done and [`Added::repeated`] is set.
    pub fn add_article(&mut self, article: Article) -> Result<Added, Error> {
        let claims = match self.corpus.holds(&article)? {
            Some(_) => Vec::new(),
            None => self.extractor.claims(&article),
        };
        self.add_article_with_claims(article, claims)
    }

    /// The same for a program that has claims of its own: their spans lie in the article's text.
    ///
    /// # Errors
    /// [`ErrorKind::ClashingId`] as above; [`ErrorKind::InvalidValue`] where a claim covers nothing, or one of its spans leaves the
    /// text or cuts a character.
    pub fn add_article_with_claims(
        &mut self,
        article: Article,
        claims: Vec<Claim>,
    ) -> Result<Added, Error> {
        if let Some(id) = self.corpus.holds(&article)? {
            return Ok(Added {
                article: id,
                claims: self.corpus.claims_of(id),
                links: Vec::new(),
                repeated: true,
                truncated: false,
                judged: self.reads(id),
            });
        }
        for claim in &claims {
            fits(claim, &article.text, &article.id_or_made())?;
        }
        let draft = Draft::new(&article, claims, self.extractor.lexicon());
        let id = self.hold(article, draft);
        let claims = self.corpus.claims_of(id);
        let cut_off = self.truncated;
        let links = self.place(&claims);
        Ok(Added {
            article: id,
            claims,
            links,
            repeated: false,
            truncated: self.truncated > cut_off,
            judged: self.reads(id),
        })
    }

    /// Takes an article in; its claims are not yet in the index.
    fn hold(&mut self, article: Article, draft: Draft) -> ArticleId {
        let id = self.corpus.add(article, draft);
        self.settled = false;
        for claim in self.corpus.claims_of(id) {
            self.put(claim);
        }
        id
    }

    /// Gives a new claim its node.
    fn put(&mut self, claim: ClaimId) {
        self.changed();
        let node = self.graph.add_node(claim);
        self.nodes.resize(claim.index(), NodeIndex::end());
        self.nodes.push(node);
    }

    /// Adds one claim to an article that the graph holds, with its links: none where the article's language is not judged (see
    /// [`Added::judged`]).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article that the graph does not hold, [`ErrorKind::InvalidValue`] for a span that does not
    /// fit. An id of another graph may go unnoticed: ids are numbers.
    pub fn add_claim(&mut self, article: ArticleId, claim: Claim) -> Result<ClaimId, Error> {
        let text = &self.held(article)?.text;
        fits(&claim, text, &article.to_string())?;
        let lexicon = self.extractor.lexicon().clone();
        let id = self.corpus.add_claim(article, claim, &lexicon);
        self.settled = false;
        self.put(id);
        self.place(&[id]);
        Ok(id)
    }

    fn held(&self, article: ArticleId) -> Result<&Article, Error> {
        self.corpus.article(article).ok_or_else(|| {
            let message = format!("no article {article} in this graph");
            Error::new(ErrorKind::UnknownId, message)
        })
    }

    /// Adds many articles, read on all cores, and then the links of their claims, each pair being judged once. Where the graph was
    /// smaller than the batch it is [settled](Self::settle) after it; a larger one is left as it is but for what the new claims bring.
    ///
    /// `progress` is called after each article and after each thousand of pairs, and may break off: what was added stays, and
    /// [`settle`](Self::settle) gives the links that are still missing.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`] where `progress` broke off; else as [`add_article`](Self::add_article) of the first article that
    /// cannot be added, all others being held and linked.
    pub fn add_articles(
        &mut self,
        articles: impl IntoIterator<Item = Article>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Changes, Error> {
        let stopped = || Error::new(ErrorKind::Stopped, "the progress callback asked to stop");
        let before = self.len();
        let (mut failed, mut new) = (None, Vec::new());
        let mut articles = articles.into_iter();
        loop {
            let batch: Vec<Article> = articles.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let drafts = share_out(self.threads, &batch, 1, |article| self.draft(article));
            for (article, draft) in batch.into_iter().zip(drafts) {
                // It may stand in the batch twice.
                match draft.and_then(|draft| Ok((draft, self.corpus.holds(&article)?))) {
                    Ok((Some(draft), None)) => {
                        let id = self.hold(article, draft);
                        new.extend(self.corpus.claims_of(id));
                    }
                    Ok(_) => {}
                    Err(e) => {
                        failed.get_or_insert(e);
                        continue;
                    }
                }
                if progress(self.progress(0, 0)).is_break() {
                    // What is new can be searched, though nothing of it is linked yet.
                    self.enter(&new);
                    return Err(stopped());
                }
            }
        }
        let (flow, changes) = if new.len() >= before {
            self.settle_watched(progress)
        } else {
            self.corpus.weigh_now();
            let pairs = self.look_up(&new);
            let (flow, links) = self.judge_pairs(pairs, progress);
            let links = self.in_output_order(links);
            (
                flow,
                Changes {
                    links,
                    ..Changes::default()
                },
            )
        };
        let changes = Changes {
            claims: self.sorted(new),
            ..changes
        };
        match (failed, flow) {
            (Some(e), _) => Err(e),
            (None, ControlFlow::Break(())) => Err(stopped()),
            (None, ControlFlow::Continue(())) => Ok(changes),
        }
    }

    /// What is read of an article that is new; `None` of one that is held.
    fn draft(&self, article: &Article) -> Result<Option<Draft>, Error> {
        if self.corpus.holds(article)?.is_some() {
            return Ok(None);
        }
        let claims = self.extractor.claims(article);
        Ok(Some(Draft::new(article, claims, self.extractor.lexicon())))
    }

    pub(super) fn progress(&self, judged: usize, pairs: usize) -> Progress {
        Progress {
            articles: self.corpus.article_count(),
            claims: self.len(),
            judged,
            pairs,
        }
    }

    /// Takes an article out with its claims and links, as if it had never been added: after [`settle`](Self::settle) nothing tells that it
    /// was there. Costs about what adding it did.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article that the graph does not hold.
    pub fn retract_article(&mut self, article: ArticleId) -> Result<Changes, Error> {
        self.held(article)?;
        let gone = self.corpus.claims_of(article);
        let own: BTreeSet<ClaimId> = gone.iter().copied().collect();
        let unlinked = self.links_of(&gone);
        let mut widowed = BTreeSet::new();
        let mut next = Vec::new();
        for claim in &gone {
            for link in unlinked.iter().filter(|l| l.a == *claim || l.b == *claim) {
                widowed.insert(if link.a == *claim { link.b } else { link.a });
            }
            next.extend(self.take_out(*claim));
            let homes = |claim| self.corpus.home(claim);
            self.company.remove((*claim, article), homes);
        }
        self.related
            .retain(|r| !own.contains(&r.a) && !own.contains(&r.b));
        self.corpus.retract(article);
        self.settled = false;
        // A copy that took the place of one that went is in the index now; and one that hung on it hangs on another.
        let next: Vec<ClaimId> = next.into_iter().filter(|c| !own.contains(c)).collect();
        let mut pairs = self.candidates_of(&next);
        for claim in widowed {
            if let Some(first) = self.star(claim).filter(|_| !own.contains(&claim)) {
                pairs.push(self.in_order(first, claim));
            }
        }
        let (_, links) = self.judge_pairs(pairs, on);
        let links = self.in_output_order(links);
        Ok(Changes {
            gone,
            links,
            unlinked,
            ..Changes::default()
        })
    }

    /// Puts an article in the place of one that is held: a corrected version. The new one gets an id of its own.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article that the graph does not hold; [`ErrorKind::ClashingId`] where a third one has the new one's
    /// id. The graph is unchanged then.
    pub fn replace_article(
        &mut self,
        article: ArticleId,
        by: Article,
    ) -> Result<(Added, Changes), Error> {
        let held = self.held(article)?;
        if held.text == by.text && self.corpus.key(article) == Some(&by.id_or_made()) {
            return Ok((self.add_article(by)?, Changes::default()));
        }
        if self.corpus.key(article) != Some(&by.id_or_made()) {
            self.corpus.holds(&by)?;
        }
        let changes = self.retract_article(article)?;
        Ok((self.add_article(by)?, changes))
    }

    /// Judges every candidate pair again with the word rarities of the whole corpus. After it the claims, links, clusters and
    /// disputes are the same in whatever order the articles came. Does nothing where nothing was added since; else it costs
    /// what linking all claims at once would, without reading their articles.
    pub fn settle(&mut self) -> Changes {
        self.settle_watched(on).1
    }

    fn settle_watched(
        &mut self,
        progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> (ControlFlow<()>, Changes) {
        if self.settled {
            return (ControlFlow::Continue(()), Changes::default());
        }
        let old = self.summaries();
        self.changed();
        self.graph.clear_edges();
        self.related.clear();
        self.company.clear();
        self.index = Index::new(self.options);
        self.copies.clear();
        self.truncated = 0;
        self.corpus.weigh_now();
        let order = self.corpus.ordered();
        // Each claim's place in the order of output, by its index: comparing ranks themselves would compare ids of articles.
        let mut places = vec![0u32; order.iter().map(|c| c.index() + 1).max().unwrap_or(0)];
        for (place, claim) in order.iter().enumerate() {
            places[claim.index()] = place as u32;
        }
        let place = |claim: ClaimId| places[claim.index()];
        // Every claim is asked with the whole corpus in the index.
        let (asked, mut pairs) = self.enter(&order);
        let every = asked.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<ClaimId> = asked.iter().step_by(every).copied().collect();
        let found = self.found(&sample, place);
        self.corpus.count_alike(&paired(&sample, &found), true);
        for some in asked.chunks(AT_ONCE) {
            let found = self.found(some, place);
            self.truncated += self.cut_off(&found);
            pairs.extend(self.to_judge(some, &found, place));
        }
        pairs.sort_unstable_by_key(|(a, b)| (place(*a), place(*b)));
        pairs.dedup();
        let (flow, _) = self.judge_pairs(pairs, progress);
        self.settled = flow.is_continue();
        let now = self.summaries();
        let keys = |links: &[LinkSummary]| links.iter().map(LinkSummary::key).collect();
        let (before, after): (BTreeSet<_>, BTreeSet<_>) = (keys(&old), keys(&now));
        let changes = Changes {
            links: now
                .into_iter()
                .filter(|l| !before.contains(&l.key()))
                .collect(),
            unlinked: old
                .into_iter()
                .filter(|l| !after.contains(&l.key()))
                .collect(),
            ..Changes::default()
        };
        (flow, changes)
    }

    /// Links new claims to those that the graph holds, and to each other.
    fn place(&mut self, new: &[ClaimId]) -> Vec<LinkSummary> {
        let pairs = self.look_up(new);
        let (_, links) = self.judge_pairs(pairs, on);
        self.in_output_order(links)
    }

    /// Puts new claims into the index; the pairs to judge.
    fn look_up(&mut self, new: &[ClaimId]) -> Vec<(ClaimId, ClaimId)> {
        let (asked, mut pairs) = self.enter(new);
        pairs.extend(self.candidates_of(&asked));
        pairs.sort_unstable_by(|x, y| self.by_rank(x, y));
        pairs.dedup();
        pairs
    }

    /// The pairs of claims that are in the index with their candidates, as far as they are worth judging.
    fn candidates_of(&mut self, asked: &[ClaimId]) -> Vec<(ClaimId, ClaimId)> {
        let mut pairs = Vec::new();
        for some in asked.chunks(AT_ONCE) {
            let found = self.found(some, |claim| self.corpus.rank(claim));
            let all = paired(some, &found);
            self.corpus.count_alike(&all, false);
            self.truncated += self.cut_off(&found);
            pairs.extend(self.to_judge(some, &found, |claim| self.corpus.rank(claim)));
        }
        pairs
    }

    /// Puts claims into the index, or, where a text came often enough, beside its copies. Returns those that are to be asked for
    /// candidates, and the pairs of the others.
    fn enter(&mut self, claims: &[ClaimId]) -> (Vec<ClaimId>, Vec<(ClaimId, ClaimId)>) {
        let (mut asked, mut pairs) = (Vec::new(), Vec::new());
        for part in claims.chunks(AT_ONCE) {
            let terms = share_out(self.threads, part, FEW, |claim| {
                let entry = self.corpus.entry(*claim)?;
                self.reads(entry.article).then(|| entry.sketch.terms())
            });
            for (claim, terms) in part.iter().zip(terms) {
                let (Some(entry), Some(terms)) = (self.corpus.entry(*claim), terms) else {
                    continue;
                };
                let key = claim.index() as u32;
                if self.copies.add(entry.sketch.copy_key(), key) {
                    self.index.add(key, &terms);
                    asked.push(*claim);
                } else if let Some(first) = self.star(*claim) {
                    pairs.push(self.in_order(first, *claim));
                }
            }
        }
        (asked, pairs)
    }

    /// The claim of another article that a copy beside the index is paired with.
    fn star(&self, claim: ClaimId) -> Option<ClaimId> {
        let entry = self.corpus.entry(claim)?;
        let kept = self
            .copies
            .standing(entry.sketch.copy_key(), claim.index() as u32)?;
        let kept = kept.iter().map(|k| ClaimId::from_index(*k as usize));
        let elsewhere = |k: &ClaimId| self.home(*k).is_some_and(|home| home != entry.article);
        kept.filter(|k| *k != claim).find(elsewhere)
    }

    /// Takes a claim out of index and graph; returns a copy that took its place in the index.
    fn take_out(&mut self, claim: ClaimId) -> Option<ClaimId> {
        self.changed();
        if let Some(node) = self.node(claim) {
            self.graph.remove_node(node);
            self.nodes[claim.index()] = NodeIndex::end();
        }
        let entry = self.corpus.entry(claim)?;
        if !self.reads(entry.article) {
            return None;
        }
        let (key, terms) = (claim.index() as u32, entry.sketch.terms());
        let (hung, next) = self.copies.remove(entry.sketch.copy_key(), key);
        if hung {
            return None;
        }
        for term in self.index.remove(key, &terms) {
            self.refill(term, claim);
        }
        let next = ClaimId::from_index(next? as usize);
        let terms = self.corpus.entry(next)?.sketch.terms();
        self.index.add(next.index() as u32, &terms);
        Some(next)
    }

    /// Gives the index the claims of a term back that had become too common to be followed. Looks at every claim, which a term that
    /// stays common never asks for.
    fn refill(&mut self, term: Term, but: ClaimId) {
        let holds = |claim: &ClaimId| {
            let entry = self.corpus.entry(*claim);
            entry.is_some_and(|e| {
                let key = claim.index() as u32;
                *claim != but
                    && self.reads(e.article)
                    && self.copies.standing(e.sketch.copy_key(), key).is_none()
                    && e.sketch.has(term)
            })
        };
        let claims = (0..self.nodes.len()).map(ClaimId::from_index);
        let keys = claims.filter(holds).map(|c| c.index() as u32).collect();
        self.index.refill(term, keys);
    }

    /// Whether the claims of an article are compared with others: the judge has to know its language.
    pub(crate) fn reads(&self, article: ArticleId) -> bool {
        let held = self.corpus.article(article);
        let language = held.and_then(|a| a.language.as_deref());
        self.every_language || language.is_none_or(is_english)
    }

    /// The candidates of claims, of other articles; `rank` orders those that fit equally well.
    fn found<K: Ord>(
        &self,
        claims: &[ClaimId],
        rank: impl Fn(ClaimId) -> K + Sync,
    ) -> Vec<Candidates> {
        share_out(self.threads, claims, FEW, |claim| {
            let terms = self.corpus.entry(*claim).map(|e| e.sketch.terms());
            self.candidates(*claim, &terms.unwrap_or_default(), &rank)
        })
    }

    fn candidates<K: Ord>(
        &self,
        claim: ClaimId,
        terms: &[Term],
        rank: impl Fn(ClaimId) -> K,
    ) -> Candidates {
        // Claims of one article mostly stand together: to ask each where it belongs would cost more than the search.
        let own = self.home(claim).map(|home| self.corpus.numbers(home));
        let skip = |key: u32| match &own {
            Some(Numbers::Together(range)) => range.contains(&key),
            Some(Numbers::Apart(article)) => {
                self.home(ClaimId::from_index(key as usize)) == Some(*article)
            }
            None => false,
        };
        (self.index).candidates(terms, skip, |key| rank(ClaimId::from_index(key as usize)))
    }

    /// Whether blocking brings the two together, from either side.
    pub(crate) fn compared(&self, a: ClaimId, b: ClaimId) -> bool {
        let finds = |x: ClaimId, y: ClaimId| {
            let found = self.found(&[x], |claim| self.corpus.rank(claim));
            found[0].keys.contains(&(y.index() as u32))
        };
        self.options.exact || (finds(a, b) || finds(b, a)) && self.glance(a, b)
    }

    /// Whether a first look promises something of a pair.
    fn glance(&self, a: ClaimId, b: ClaimId) -> bool {
        let (Some(x), Some(y)) = (self.corpus.entry(a), self.corpus.entry(b)) else {
            return false;
        };
        let event = self.corpus.one_event(a, b);
        self.judge.glance(&x.sketch, &y.sketch, event) >= 0.0
    }

    /// Of how many claims a cap cut candidates off.
    fn cut_off(&self, found: &[Candidates]) -> usize {
        let cut = found.iter().filter(|f| f.truncated && !self.options.exact);
        cut.count()
    }

    /// The pairs of claims with their candidates of which a first look promises something, or with all others where the search is
    /// exact; each in the order of output.
    fn to_judge<K: Ord>(
        &self,
        claims: &[ClaimId],
        found: &[Candidates],
        rank: impl Fn(ClaimId) -> K + Sync,
    ) -> Vec<(ClaimId, ClaimId)> {
        let pairs = match self.options.exact {
            true => self.with_all(claims),
            false => paired(claims, found),
        };
        let looked = share_out(self.threads, &pairs, 16 * FEW, |(a, b)| {
            let pair = || match rank(*a) <= rank(*b) {
                true => (*a, *b),
                false => (*b, *a),
            };
            (self.options.exact || self.glance(*a, *b)).then(pair)
        });
        looked.into_iter().flatten().collect()
    }

    /// Each claim with every one of another article.
    fn with_all(&self, claims: &[ClaimId]) -> Vec<(ClaimId, ClaimId)> {
        let each = claims.iter().flat_map(|claim| {
            let others = self
                .index
                .all()
                .map(|key| ClaimId::from_index(key as usize));
            others.map(|other| (*claim, other))
        });
        each.filter(|(a, b)| self.home(*a) != self.home(*b))
            .collect()
    }

    fn in_order(&self, a: ClaimId, b: ClaimId) -> (ClaimId, ClaimId) {
        match self.corpus.rank(a) <= self.corpus.rank(b) {
            true => (a, b),
            false => (b, a),
        }
    }

    fn by_rank(&self, x: &(ClaimId, ClaimId), y: &(ClaimId, ClaimId)) -> std::cmp::Ordering {
        let ranks =
            |pair: &(ClaimId, ClaimId)| (self.corpus.rank(pair.0), self.corpus.rank(pair.1));
        ranks(x).cmp(&ranks(y))
    }

    fn in_output_order(&self, mut links: Vec<LinkSummary>) -> Vec<LinkSummary> {
        links.sort_by(|x, y| self.by_rank(&(x.a, x.b), &(y.a, y.b)));
        links
    }

    fn sorted(&self, mut claims: Vec<ClaimId>) -> Vec<ClaimId> {
        claims.sort_by(|x, y| self.corpus.rank(*x).cmp(&self.corpus.rank(*y)));
        claims
    }

    fn summaries(&self) -> Vec<LinkSummary> {
        self.links().iter().map(LinkSummary::from).collect()
    }

    /// The links of some claims.
    fn links_of(&self, claims: &[ClaimId]) -> Vec<LinkSummary> {
        let links = claims.iter().flat_map(|claim| self.linked(*claim));
        let mut links = self.in_output_order(links.map(|l| LinkSummary::from(&l)).collect());
        links.dedup();
        links
    }
}

/// Each claim with its candidates.
fn paired(claims: &[ClaimId], found: &[Candidates]) -> Vec<(ClaimId, ClaimId)> {
    let each = claims.iter().zip(found);
    let keys = each.flat_map(|(claim, found)| found.keys.iter().map(|key| (*claim, *key)));
    keys.map(|(claim, key)| (claim, ClaimId::from_index(key as usize)))
        .collect()
}

/// Whether all spans of a claim lie in the text, and its own covers something.
fn fits(claim: &Claim, text: &str, article: &str) -> Result<(), Error> {
    let named = [
        ("span", Some(claim.span)),
        ("sentence", Some(claim.sentence)),
        ("cue", claim.attribution.cue),
    ];
    let inner = (claim.annotations.iter().map(|a| a.span))
        .chain(claim.names.iter().map(|n| n.span))
        .chain(claim.quantities.iter().map(|q| q.span))
        .chain(claim.dates.iter().map(|d| d.span));
    let all = named
        .into_iter()
        .filter_map(|(name, span)| Some((name, span?)));
    for (name, span) in all.chain(inner.map(|span| ("annotation", span))) {
        if span.of(text).is_none() || name == "span" && span.is_empty() {
            let (start, end) = (span.start, span.end);
            let message =
                format!("{name} {start}..{end} of a claim does not fit article {article:?}");
            return Err(Error::new(ErrorKind::InvalidValue, message));
        }
    }
    Ok(())
}
