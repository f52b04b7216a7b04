//! How a graph grows and shrinks: articles in, articles out, and the pairs of claims that come up on the way.

use super::ClaimGraph;
use super::corpus::Draft;
use super::link::LinkSummary;
use super::parallel::share_out;
use crate::block::Index;
use crate::error::{Error, ErrorKind};
use crate::model::{Article, ArticleId, Claim, ClaimId};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Articles of a batch that are read at once, on all cores.
const BATCH: usize = 256;
/// Copies that are linked anew at once when the one that they hung on goes.
const REHUNG: usize = 1000;

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
        // Both are issued in turn.
        debug_assert_eq!(self.nodes.len(), claim.index());
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
    /// cannot be added, all others being held and linked, though what that changed is not told.
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
        let (flow, changes) = if new.is_empty() {
            (ControlFlow::Continue(()), Changes::default())
        } else if new.len() >= before {
            self.settle_watched(progress)
        } else {
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
    /// was there. Costs what adding it did, and for each copy that was linked to it and not compared with others (from the seventh on) another
    /// judgement; of thousands of such the first thousand are linked anew at once, the others by [`settle`](Self::settle).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article that the graph does not hold.
    pub fn retract_article(&mut self, article: ArticleId) -> Result<Changes, Error> {
        self.held(article)?;
        let gone = self.corpus.claims_of(article);
        let own: BTreeSet<ClaimId> = gone.iter().copied().collect();
        let unlinked = self.summaries_of(&gone);
        let ends = unlinked.iter().flat_map(|l| [l.a, l.b]);
        let widowed: BTreeSet<ClaimId> = ends.filter(|end| !own.contains(end)).collect();
        let mut next = Vec::new();
        for claim in &gone {
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
        let hanging = widowed.into_iter().filter_map(|c| Some((self.star(c)?, c)));
        let again: Vec<(ClaimId, ClaimId)> = hanging.take(REHUNG).collect();
        pairs.extend(again.iter().map(|(a, b)| self.in_order(*a, *b)));
        pairs.retain(|(a, b)| self.link_between(*a, *b).is_none());
        pairs.sort_unstable_by(|x, y| self.by_rank(x, y));
        pairs.dedup();
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
    /// id, be it the very same. The graph is unchanged then.
    pub fn replace_article(
        &mut self,
        article: ArticleId,
        by: Article,
    ) -> Result<(Added, Changes), Error> {
        let held = self.held(article)?;
        // The graph knows the language better than the caller may.
        let language = held.language.clone();
        if *held
            == (Article {
                language,
                ..by.clone()
            })
        {
            return Ok((self.add_article(by)?, Changes::default()));
        }
        let key = by.id_or_made();
        if self.corpus.key(article) != Some(&key) && self.corpus.holds(&by)?.is_some() {
            let message = format!("article {key:?} is in the graph already");
            return Err(Error::new(ErrorKind::ClashingId, message));
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
        let pairs = self.look_up_all(&order, |claim| places[claim.index()]);
        let close = self.worth_most(&pairs);
        let (flow, judged) = self.judge_each(&pairs, &close, progress);
        self.settled = flow.is_continue();
        // Where it was broken off what was linked before stays.
        if self.settled {
            self.graph.clear_edges();
            self.related.clear();
        } else {
            let again: BTreeSet<_> = judged.iter().map(|(a, b, _)| (*a, *b)).collect();
            self.related.retain(|r| !again.contains(&(r.a, r.b)));
        }
        self.link(judged, &close);
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

    pub(super) fn in_order(&self, a: ClaimId, b: ClaimId) -> (ClaimId, ClaimId) {
        match self.corpus.rank(a) <= self.corpus.rank(b) {
            true => (a, b),
            false => (b, a),
        }
    }

    pub(super) fn by_rank(
        &self,
        x: &(ClaimId, ClaimId),
        y: &(ClaimId, ClaimId),
    ) -> std::cmp::Ordering {
        let ranks =
            |pair: &(ClaimId, ClaimId)| (self.corpus.rank(pair.0), self.corpus.rank(pair.1));
        ranks(x).cmp(&ranks(y))
    }

    fn in_output_order(&self, mut links: Vec<LinkSummary>) -> Vec<LinkSummary> {
        links.sort_by(|x, y| self.by_rank(&(x.a, x.b), &(y.a, y.b)));
        links
    }

    pub(super) fn sorted(&self, mut claims: Vec<ClaimId>) -> Vec<ClaimId> {
        claims.sort_by(|x, y| self.corpus.rank(*x).cmp(&self.corpus.rank(*y)));
        claims
    }

    fn summaries(&self) -> Vec<LinkSummary> {
        self.links().iter().map(LinkSummary::from).collect()
    }

    /// The links of some claims.
    fn summaries_of(&self, claims: &[ClaimId]) -> Vec<LinkSummary> {
        let links = claims.iter().flat_map(|claim| self.linked(*claim));
        let mut links = self.in_output_order(links.map(|l| LinkSummary::from(&l)).collect());
        links.dedup();
        links
    }
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
