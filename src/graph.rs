//! The graph of claims: articles in, links, clusters and disputes out. The only module that uses petgraph.
//!
//! Knows what is linked and why; not how input files look or answers are printed to files. A link is made where the judge's
//! probability passes a threshold, between claims of different articles. After [`ClaimGraph::settle`] the graph is a function
//! of the set of articles, whatever their order.

mod builder;
mod cluster;
mod corpus;
mod dispute;
mod link;
mod linking;

pub use builder::GraphBuilder;
pub use cluster::Cluster;
pub use dispute::{Dispute, Holder, Side};
pub use link::{Link, Linked, Related};

use crate::block::{self, BlockOptions, Candidates, Copies, Index};
use crate::error::{Error, ErrorKind};
use crate::extract::Extractor;
use crate::judge::{Company, Context, Judge, Reading};
use crate::model::{Article, ArticleId, Claim, ClaimId, Source, SourceId};
use crate::text::is_english;
use corpus::{Corpus, Entry};
use link::Thresholds;
use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Articles, their claims, and the links between claims.
///
/// ```
/// use claimgraph::{Article, ClaimGraph, Date};
///
/// let mut graph = ClaimGraph::new();
/// graph.add_article(Article::new("Post", "The harbour was closed on Monday.").published(Date::new(2024, 5, 7)?))?;
/// graph.add_article(Article::new("Herald", "The harbour was not closed on Monday.").published(Date::new(2024, 5, 7)?))?;
/// assert_eq!(graph.len(), 2);
/// for dispute in graph.disputes() {
///     println!("{dispute}");
/// }
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[derive(Clone)]
pub struct ClaimGraph {
    extractor: Extractor,
    judge: Arc<dyn Judge>,
    context: Option<Context>,
    thresholds: Thresholds,
    every_language: bool,
    budget: Option<usize>,
    corpus: Corpus,
    index: Index,
    copies: Copies,
    options: BlockOptions,
    graph: StableDiGraph<ClaimId, Link>,
    nodes: FxHashMap<ClaimId, NodeIndex>,
    related: Vec<Related>,
    /// What was judged of the pairs between articles.
    company: Company<ClaimId, ArticleId>,
    /// Claims whose search for candidates was cut off by a cap.
    truncated: usize,
    settled: bool,
}

/// What adding an article did.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Added {
    /// The article's identity in this graph.
    pub article: ArticleId,
    /// Its claims, in the order of the text.
    pub claims: Vec<ClaimId>,
    /// Number of links that they brought.
    pub links: usize,
    /// Whether the very article was there already, so that nothing was done.
    pub repeated: bool,
    /// Whether a cap of the blocking left candidates out.
    pub truncated: bool,
    /// Whether its claims are compared with others. Those of an article in another language than English are not
    /// ([`GraphBuilder::every_language`]): they are kept, and no link, search or answer has them.
    pub judged: bool,
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

impl ClaimGraph {
    /// An empty graph with the shipped extractor, blocking, judge and thresholds. With the feature `neural` some eighty pairs are
    /// judged a second and core; for thousands of claims give [`builder`](Self::builder) an
    /// [`AdditiveJudge`](crate::judge::AdditiveJudge).
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A graph with other parts.
    pub fn builder() -> GraphBuilder {
        GraphBuilder::default()
    }

    /// Extracts an article's claims, and links them to those of other articles.
    ///
    /// The links use word rarities of the corpus so far; [`settle`](Self::settle) brings the older ones up to date.
    ///
    /// # Errors
    /// [`ErrorKind::ClashingId`] where another text was added under the same id. The same article again is no error:
    /// nothing is done and [`Added::repeated`] is set.
    pub fn add_article(&mut self, article: Article) -> Result<Added, Error> {
        let claims = if self.corpus.holds(&article)?.is_some() {
            Vec::new()
        } else {
            self.extractor.claims(&article)
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
        let before = self.graph.edge_count();
        let mut pairs = Vec::new();
        let added = self.hold(article, claims, Some(&mut pairs))?;
        let _ = self.judge_pairs(pairs, false, |_| ControlFlow::Continue(()));
        Ok(Added {
            links: self.graph.edge_count() - before,
            ..added
        })
    }

    /// Takes an article in and gathers the pairs that it brings, unjudged; without `pairs` it is left to [`settle`](Self::settle)
    /// to look for them.
    fn hold(
        &mut self,
        mut article: Article,
        claims: Vec<Claim>,
        mut pairs: Option<&mut Vec<(ClaimId, ClaimId)>>,
    ) -> Result<Added, Error> {
        if let Some(id) = self.corpus.holds(&article)? {
            return Ok(Added {
                article: id,
                claims: self.corpus.claims_of(id),
                links: 0,
                repeated: true,
                truncated: false,
                judged: self.reads(id),
            });
        }
        for claim in &claims {
            fits(claim, &article.text, &article.id_or_made())?;
        }
        article.language = article.recognised_language().map(str::to_owned);
        let lexicon = self.extractor.lexicon().clone();
        let id = self.corpus.add(article, claims, &lexicon);
        self.settled = false;
        let ids = self.corpus.claims_of(id);
        let mut truncated = false;
        for claim in &ids {
            let node = self.graph.add_node(*claim);
            self.nodes.insert(*claim, node);
            if let Some(pairs) = &mut pairs {
                truncated |= self.place(*claim, pairs);
            }
        }
        Ok(Added {
            article: id,
            claims: ids,
            links: 0,
            repeated: false,
            truncated,
            judged: self.reads(id),
        })
    }

    /// Adds one claim to an article that the graph holds, with its links: none where the article's language is not judged (see
    /// [`Added::judged`]).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article that the graph does not hold, [`ErrorKind::InvalidValue`] for a span that does not
    /// fit. An id of another graph may go unnoticed: ids are numbers.
    pub fn add_claim(&mut self, article: ArticleId, claim: Claim) -> Result<ClaimId, Error> {
        let Some(text) = self.corpus.article(article).map(|a| a.text.as_str()) else {
            return Err(Error::new(
                ErrorKind::UnknownId,
                format!("no article {article} in this graph"),
            ));
        };
        fits(&claim, text, &article.to_string())?;
        let lexicon = self.extractor.lexicon().clone();
        let id = self.corpus.add_claim(article, claim, &lexicon);
        self.settled = false;
        let node = self.graph.add_node(id);
        self.nodes.insert(id, node);
        let mut pairs = Vec::new();
        self.place(id, &mut pairs);
        let _ = self.judge_pairs(pairs, false, |_| ControlFlow::Continue(()));
        Ok(id)
    }

    /// Adds many articles, then settles: links come at the end, each pair being judged once. `progress` is called after each
    /// article and after each thousand of pairs, and may break off: what was added stays, and [`settle`](Self::settle) gives the
    /// links that are still missing.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`] where `progress` broke off; else as [`add_article`](Self::add_article) of the first article that
    /// cannot be added, all others being held and settled.
    pub fn add_articles(
        &mut self,
        articles: impl IntoIterator<Item = Article>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let stopped = || Error::new(ErrorKind::Stopped, "the progress callback asked to stop");
        let (mut failed, mut new) = (Ok(()), Vec::new());
        for article in articles {
            let held = self.corpus.holds(&article).and_then(|held| match held {
                Some(_) => Ok(Vec::new()),
                None => {
                    let claims = self.extractor.claims(&article);
                    self.hold(article, claims, None).map(|added| added.claims)
                }
            });
            match held {
                Ok(claims) => new.extend(claims),
                Err(e) => {
                    failed = failed.and(Err(e));
                    continue;
                }
            }
            if progress(self.progress(0, 0)).is_break() {
                // What is new can be searched, though nothing of it is linked yet.
                for claim in new {
                    self.index_or_hang(claim, &mut Vec::new());
                }
                return Err(stopped());
            }
        }
        match self.settle_watched(progress) {
            ControlFlow::Continue(()) => failed,
            ControlFlow::Break(()) => failed.and(Err(stopped())),
        }
    }

    pub(super) fn progress(&self, judged: usize, pairs: usize) -> Progress {
        Progress {
            articles: self.corpus.article_count(),
            claims: self.len(),
            judged,
            pairs,
        }
    }

    /// Takes an article out with its claims and links, as if it had never been added, and settles, at the cost of
    /// [`settle`](Self::settle).
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article that the graph does not hold.
    pub fn retract_article(&mut self, article: ArticleId) -> Result<(), Error> {
        if self.corpus.article(article).is_none() {
            return Err(Error::new(
                ErrorKind::UnknownId,
                format!("no article {article} in this graph"),
            ));
        }
        for claim in self.corpus.claims_of(article) {
            if let Some(node) = self.nodes.remove(&claim) {
                self.graph.remove_node(node);
            }
        }
        self.corpus.retract(article);
        self.settled = false;
        self.settle();
        Ok(())
    }

    /// Judges every candidate pair again with the word rarities of the whole corpus. After it the claims, links, clusters and
    /// disputes are the same in whatever order the articles came. Does nothing where nothing was added since; else it costs
    /// what adding all claims at once would.
    pub fn settle(&mut self) {
        let _ = self.settle_watched(|_| ControlFlow::Continue(()));
    }

    fn settle_watched(
        &mut self,
        progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if self.settled {
            return ControlFlow::Continue(());
        }
        self.graph.clear_edges();
        self.related.clear();
        self.company.clear();
        self.index = Index::new(self.options);
        self.copies.clear();
        self.truncated = 0;
        self.corpus.weigh_now();
        let order = self.corpus.ordered();
        // Two passes, so that every claim is asked with the whole corpus in the index.
        let mut pairs = Vec::new();
        let (mut asked, mut terms) = (Vec::new(), Vec::new());
        for claim in &order {
            if let Some(own) = self.index_or_hang(*claim, &mut pairs) {
                asked.push(*claim);
                terms.push(own);
            }
        }
        // Each claim's place in the order of output, by its index: comparing ranks themselves would compare ids of articles.
        let mut places = vec![0u32; order.iter().map(|c| c.index() + 1).max().unwrap_or(0)];
        for (place, claim) in order.iter().enumerate() {
            places[claim.index()] = place as u32;
        }
        for (claim, terms) in asked.into_iter().zip(terms) {
            let found = self.candidates(claim, &terms, |key| places[key as usize]);
            self.truncated += usize::from(found.truncated);
            pairs.extend(found.keys.into_iter().map(|key| {
                let other = ClaimId::from_index(key as usize);
                let first = places[claim.index()] <= places[other.index()];
                if first {
                    (claim, other)
                } else {
                    (other, claim)
                }
            }));
        }
        pairs.sort_unstable_by_key(|(a, b)| (places[a.index()], places[b.index()]));
        pairs.dedup();
        let done = self.judge_pairs(pairs, true, progress);
        self.settled = done.is_continue();
        done
    }

    /// Puts a new claim into the index and gathers the pairs to judge; returns whether a cap cut candidates off.
    fn place(&mut self, claim: ClaimId, pairs: &mut Vec<(ClaimId, ClaimId)>) -> bool {
        let Some(terms) = self.index_or_hang(claim, pairs) else {
            return false;
        };
        let found = self.candidates_of(claim, &terms);
        pairs.extend(
            found
                .keys
                .iter()
                .map(|key| self.in_order(claim, ClaimId::from_index(*key as usize))),
        );
        self.truncated += usize::from(found.truncated);
        found.truncated
    }

    /// Puts a claim into the index; or, where its text came often enough, pairs it with one of those that came before, of
    /// another article. Returns its terms if it is in the index.
    fn index_or_hang(
        &mut self,
        claim: ClaimId,
        pairs: &mut Vec<(ClaimId, ClaimId)>,
    ) -> Option<Vec<block::Term>> {
        let entry = self.corpus.entry(claim)?;
        if !self.reads(entry.article) {
            return None;
        }
        let key = claim.index() as u32;
        let Some(kept) = self.copies.add(entry.reading.copy_key, key) else {
            let terms = entry.reading.terms();
            self.index.add(key, &terms);
            return Some(terms);
        };
        let elsewhere = kept
            .iter()
            .map(|k| ClaimId::from_index(*k as usize))
            .find(|k| {
                let held = self.corpus.entry(*k);
                held.is_some_and(|held| held.article != entry.article)
            });
        if let Some(first) = elsewhere {
            pairs.push(self.in_order(first, claim));
        }
        None
    }

    /// Whether the claims of an article are compared with others: the judge has to know its language.
    pub(crate) fn reads(&self, article: ArticleId) -> bool {
        let language = self
            .corpus
            .article(article)
            .and_then(|a| a.language.as_deref());
        self.every_language || language.is_none_or(is_english)
    }

    /// Candidates of other articles; `rank` orders those that fit equally well.
    fn candidates<K: Ord>(
        &self,
        claim: ClaimId,
        terms: &[block::Term],
        rank: impl Fn(u32) -> K,
    ) -> Candidates {
        let own = self.home(claim);
        let other = |key: u32| self.home(ClaimId::from_index(key as usize));
        let skip = |key: u32| other(key).is_none() || other(key) == own;
        self.index.candidates(terms, skip, rank)
    }

    fn candidates_of(&self, claim: ClaimId, terms: &[block::Term]) -> Candidates {
        let rank = |key: u32| self.corpus.rank(ClaimId::from_index(key as usize));
        self.candidates(claim, terms, rank)
    }

    fn in_order(&self, a: ClaimId, b: ClaimId) -> (ClaimId, ClaimId) {
        if self.corpus.rank(a) <= self.corpus.rank(b) {
            (a, b)
        } else {
            (b, a)
        }
    }

    /// Number of claims.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there is no claim.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ids of all claims, by publication date, article id and place in the text.
    pub fn claim_ids(&self) -> Vec<ClaimId> {
        self.corpus.ordered()
    }

    /// A claim, where this graph holds it.
    pub fn claim(&self, id: ClaimId) -> Option<&Claim> {
        self.corpus.entry(id).map(|e| &e.claim)
    }

    /// The words of a claim.
    pub fn text(&self, id: ClaimId) -> Option<&str> {
        let entry = self.corpus.entry(id)?;
        entry
            .claim
            .span
            .of(&self.corpus.article(entry.article)?.text)
    }

    /// The article that a claim stands in.
    pub fn article_of(&self, id: ClaimId) -> Option<(ArticleId, &Article)> {
        let entry = self.corpus.entry(id)?;
        Some((entry.article, self.corpus.article(entry.article)?))
    }

    /// An article, where this graph holds it.
    pub fn article(&self, id: ArticleId) -> Option<&Article> {
        self.corpus.article(id)
    }

    /// All articles, by publication date and id.
    pub fn articles(&self) -> Vec<(ArticleId, &Article)> {
        self.corpus.articles()
    }

    /// All sources, by name.
    pub fn sources(&self) -> Vec<(SourceId, Source)> {
        self.corpus.sources()
    }

    /// All links, ordered by their two claims.
    pub fn links(&self) -> Vec<Linked<'_>> {
        let mut out: Vec<Linked<'_>> = self
            .graph
            .edge_references()
            .filter_map(|e| {
                let (a, b) = (
                    self.graph.node_weight(e.source())?,
                    self.graph.node_weight(e.target())?,
                );
                Some(Linked {
                    a: *a,
                    b: *b,
                    link: e.weight(),
                })
            })
            .collect();
        out.sort_by(|x, y| {
            (self.corpus.rank(x.a), self.corpus.rank(x.b))
                .cmp(&(self.corpus.rank(y.a), self.corpus.rank(y.b)))
        });
        out
    }

    /// The link between two claims in either direction.
    pub fn link_between(&self, a: ClaimId, b: ClaimId) -> Option<Linked<'_>> {
        let (x, y) = (*self.nodes.get(&a)?, *self.nodes.get(&b)?);
        let one = |from: NodeIndex, to: NodeIndex, a, b| {
            self.graph
                .find_edge(from, to)
                .and_then(|e| self.graph.edge_weight(e))
                .map(|link| Linked { a, b, link })
        };
        one(x, y, a, b).or_else(|| one(y, x, b, a))
    }

    /// Pairs that belong together and are no link: the updates of a count.
    pub fn related(&self) -> &[Related] {
        &self.related
    }

    /// Claims for which a cap of the blocking left candidates out.
    pub fn truncated(&self) -> usize {
        self.truncated
    }

    /// The petgraph graph itself, to run algorithms on: those that take a `StableGraph`, as most do. A node's index is no
    /// identity: use its [`ClaimId`].
    ///
    /// ```
    /// use claimgraph::{Article, ClaimGraph};
    /// use petgraph::algo::tarjan_scc;
    ///
    /// let mut graph = ClaimGraph::new();
    /// graph.add_article(Article::new("Post", "The harbour of Belport was closed on 3 May 2024."))?;
    /// graph.add_article(Article::new("Herald", "The harbour of Belport was closed on 3 May 2024."))?;
    /// assert_eq!(graph.as_petgraph().edge_count(), 1);
    /// assert_eq!(tarjan_scc(graph.as_petgraph()).len(), 2);
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn as_petgraph(&self) -> &StableDiGraph<ClaimId, Link> {
        &self.graph
    }

    /// The claims joined by duplicate links, the largest first. No cluster holds both ends of a contradiction: where a
    /// duplicate link would join such, the weaker link gives way.
    pub fn clusters(&self) -> Vec<Cluster> {
        cluster::clusters(&self.links(), &self.corpus.ordered())
            .into_iter()
            .filter(|c| c.claims.len() > 1)
            .collect()
    }

    /// Two clusters (or single claims) each with contradictions between them, the most certain first.
    pub fn disputes(&self) -> Vec<Dispute> {
        dispute::disputes(self)
    }

    /// Claims that share rare terms with a statement, the best first and then further copies of their texts, and whether a cap
    /// left some out.
    pub(crate) fn find(&self, terms: &[block::Term]) -> (Vec<ClaimId>, bool) {
        let (mut out, truncated) = self.find_indexed(terms);
        let mut copied = FxHashSet::default();
        for at in 0..out.len() {
            let entry = self.corpus.entry(out[at]);
            let key = entry.map(|e| e.reading.copy_key);
            if key.is_some_and(|key| copied.insert(key)) {
                out.extend(self.hanging(out[at]));
            }
        }
        (out, truncated)
    }

    /// The same without the copies that are not in the index.
    pub(crate) fn find_indexed(&self, terms: &[block::Term]) -> (Vec<ClaimId>, bool) {
        let found = self.index.candidates(
            terms,
            |_| false,
            |key| self.corpus.rank(ClaimId::from_index(key as usize)),
        );
        let id = |key: u32| ClaimId::from_index(key as usize);
        (found.keys.into_iter().map(id).collect(), found.truncated)
    }

    /// Copies of a claim's text that the index leaves out.
    pub(crate) fn hanging(&self, claim: ClaimId) -> impl Iterator<Item = ClaimId> {
        let key = self.corpus.entry(claim).map(|e| e.reading.copy_key);
        let keys = key.map_or(&[][..], |key| self.copies.hanging(key));
        keys.iter().map(|k| ClaimId::from_index(*k as usize))
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// Whether blocking brings the two together, from either side.
    pub(crate) fn compared(&self, a: ClaimId, b: ClaimId) -> bool {
        let finds = |x: ClaimId, y: ClaimId| {
            let terms = self.reading(x).map(Reading::terms).unwrap_or_default();
            let found = self.candidates_of(x, &terms);
            found.keys.contains(&(y.index() as u32))
        };
        finds(a, b) || finds(b, a)
    }

    pub(crate) fn reading(&self, id: ClaimId) -> Option<&Reading> {
        self.corpus.entry(id).map(|e: &Entry| &e.reading)
    }

    pub(crate) fn block_options(&self) -> BlockOptions {
        self.options
    }

    pub(crate) fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    pub(crate) fn judge(&self) -> &dyn Judge {
        &*self.judge
    }

    pub(crate) fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    pub(crate) fn corpus(&self) -> &Corpus {
        &self.corpus
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

impl Default for ClaimGraph {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for ClaimGraph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClaimGraph")
            .field("articles", &self.corpus.article_count())
            .field("claims", &self.len())
            .field("links", &self.graph.edge_count())
            .finish_non_exhaustive()
    }
}
