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

pub use builder::GraphBuilder;
pub use cluster::Cluster;
pub use dispute::{Dispute, Holder, Side};
pub use link::{Link, Linked, Related};

use crate::block::{self, BlockOptions, Candidates, Copies, Index};
use crate::error::{Error, ErrorKind};
use crate::extract::Extractor;
use crate::judge::{Judge, Judgement, Reading, Relation};
use crate::model::{Article, ArticleId, Claim, ClaimId, Source, SourceId};
use corpus::{Corpus, Entry};
use link::Thresholds;
use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::FxHashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Fewer pairs than this are not worth a thread.
const PARALLEL: usize = 64;

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
    thresholds: Thresholds,
    corpus: Corpus,
    index: Index,
    copies: Copies,
    options: BlockOptions,
    graph: StableDiGraph<ClaimId, Link>,
    nodes: FxHashMap<ClaimId, NodeIndex>,
    related: Vec<Related>,
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
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Articles added so far.
    pub articles: usize,
    /// Claims held so far.
    pub claims: usize,
    /// Links held so far; those of a batch come at its end.
    pub links: usize,
}

impl ClaimGraph {
    /// An empty graph with the shipped extractor, blocking, judge and thresholds.
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
    /// [`ErrorKind::ClashingId`] as above; [`ErrorKind::InvalidValue`] where a span leaves the text or cuts a character.
    pub fn add_article_with_claims(
        &mut self,
        article: Article,
        claims: Vec<Claim>,
    ) -> Result<Added, Error> {
        let before = self.graph.edge_count();
        let mut pairs = Vec::new();
        let added = self.hold(article, claims, Some(&mut pairs))?;
        self.judge_pairs(pairs);
        Ok(Added {
            links: self.graph.edge_count() - before,
            ..added
        })
    }

    /// Takes an article in and gathers the pairs that it brings, unjudged; without `pairs` it is left to [`settle`](Self::settle)
    /// to look for them.
    fn hold(
        &mut self,
        article: Article,
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
            });
        }
        for claim in &claims {
            if claim.span.of(&article.text).is_none() {
                let message = format!(
                    "span {}..{} does not fit article {:?}",
                    claim.span.start,
                    claim.span.end,
                    article.id_or_made()
                );
                return Err(Error::new(ErrorKind::InvalidValue, message));
            }
        }
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
        self.truncated += usize::from(truncated);
        Ok(Added {
            article: id,
            claims: ids,
            links: 0,
            repeated: false,
            truncated,
        })
    }

    /// Adds one claim to an article that the graph holds, with its links.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] for an article of another graph, [`ErrorKind::InvalidValue`] for a span that does not fit.
    pub fn add_claim(&mut self, article: ArticleId, claim: Claim) -> Result<ClaimId, Error> {
        let Some(text) = self.corpus.article(article).map(|a| a.text.as_str()) else {
            return Err(Error::new(
                ErrorKind::UnknownId,
                format!("no article {article} in this graph"),
            ));
        };
        if claim.span.of(text).is_none() {
            let message = format!(
                "span {}..{} does not fit article {article}",
                claim.span.start, claim.span.end
            );
            return Err(Error::new(ErrorKind::InvalidValue, message));
        }
        let lexicon = self.extractor.lexicon().clone();
        let id = self.corpus.add_claim(article, claim, &lexicon);
        self.settled = false;
        let node = self.graph.add_node(id);
        self.nodes.insert(id, node);
        let mut pairs = Vec::new();
        self.place(id, &mut pairs);
        self.judge_pairs(pairs);
        Ok(id)
    }

    /// Adds many articles, then settles: links come at the end, each pair being judged once. After each article, `progress` may
    /// break off: what was added stays, settled.
    ///
    /// # Errors
    /// [`ErrorKind::Stopped`] where `progress` broke off, else as [`add_article`](Self::add_article).
    pub fn add_articles(
        &mut self,
        articles: impl IntoIterator<Item = Article>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut stopped = Ok(());
        for article in articles {
            let held = self.corpus.holds(&article).and_then(|held| match held {
                Some(_) => Ok(()),
                None => {
                    let claims = self.extractor.claims(&article);
                    self.hold(article, claims, None).map(|_| ())
                }
            });
            if let Err(e) = held {
                stopped = Err(e);
                break;
            }
            let now = Progress {
                articles: self.corpus.article_count(),
                claims: self.len(),
                links: self.graph.edge_count(),
            };
            if progress(now).is_break() {
                stopped = Err(Error::new(
                    ErrorKind::Stopped,
                    "the progress callback asked to stop",
                ));
                break;
            }
        }
        self.settle();
        stopped
    }

    /// Takes an article out with its claims and links, as if it had never been added, and settles.
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
    /// disputes are the same in whatever order the articles came. Does nothing where nothing was added since.
    pub fn settle(&mut self) {
        if self.settled {
            return;
        }
        self.graph.clear_edges();
        self.related.clear();
        self.index = Index::new(self.options);
        self.copies.clear();
        self.truncated = 0;
        let order = self.corpus.ordered();
        // Two passes, so that every claim is asked with the whole corpus in the index.
        let mut stars = Vec::new();
        for claim in &order {
            let Some(entry) = self.corpus.entry(*claim) else {
                continue;
            };
            match self
                .copies
                .add(entry.reading.copy_key(), claim.index() as u32)
            {
                Some(first) => stars.push((ClaimId::from_index(first as usize), *claim)),
                None => self.index.add(claim.index() as u32, &entry.reading.terms()),
            }
        }
        let mut pairs: Vec<(ClaimId, ClaimId)> = stars.clone();
        let starred: rustc_hash::FxHashSet<ClaimId> = stars.iter().map(|s| s.1).collect();
        for claim in order.iter().filter(|c| !starred.contains(c)) {
            let found = self.candidates(*claim);
            self.truncated += usize::from(found.truncated);
            for key in found.keys {
                pairs.push(self.in_order(*claim, ClaimId::from_index(key as usize)));
            }
        }
        pairs.sort_by(|x, y| {
            (self.corpus.rank(x.0), self.corpus.rank(x.1))
                .cmp(&(self.corpus.rank(y.0), self.corpus.rank(y.1)))
        });
        pairs.dedup();
        self.judge_pairs(pairs);
        self.settled = true;
    }

    /// Puts a new claim into the index and gathers the pairs to judge; returns whether a cap cut candidates off.
    fn place(&mut self, claim: ClaimId, pairs: &mut Vec<(ClaimId, ClaimId)>) -> bool {
        let Some(entry) = self.corpus.entry(claim) else {
            return false;
        };
        let (copy, terms) = (entry.reading.copy_key(), entry.reading.terms());
        if let Some(first) = self.copies.add(copy, claim.index() as u32) {
            pairs.push(self.in_order(ClaimId::from_index(first as usize), claim));
            return false;
        }
        let found = self.candidates(claim);
        self.index.add(claim.index() as u32, &terms);
        pairs.extend(
            found
                .keys
                .iter()
                .map(|key| self.in_order(claim, ClaimId::from_index(*key as usize))),
        );
        found.truncated
    }

    fn candidates(&self, claim: ClaimId) -> Candidates {
        let Some(entry) = self.corpus.entry(claim) else {
            return Candidates::default();
        };
        let own = entry.article;
        self.index.candidates(
            &entry.reading.terms(),
            |key| {
                self.corpus
                    .entry(ClaimId::from_index(key as usize))
                    .is_none_or(|e| e.article == own)
            },
            |key| self.corpus.rank(ClaimId::from_index(key as usize)),
        )
    }

    fn in_order(&self, a: ClaimId, b: ClaimId) -> (ClaimId, ClaimId) {
        if self.corpus.rank(a) <= self.corpus.rank(b) {
            (a, b)
        } else {
            (b, a)
        }
    }

    /// Judges pairs and links those that pass. Two articles seldom say one thing twice: of several claims of one article
    /// that agree with a claim of another, only the best is linked, if the other is its best too. Of those that contradict it
    /// the best is linked, and any whose best it is: one statement may speak against two. All pairs of two articles come
    /// together, so that the choice does not depend on the order of adding.
    fn judge_pairs(&mut self, pairs: Vec<(ClaimId, ClaimId)>) {
        let judged = self.judge_all(&pairs);
        let home = |graph: &Self, id: ClaimId| graph.corpus.entry(id).map(|e| e.article);
        let strengths = |j: &Judgement| [link::agreement(j), j.probabilities.contradiction];
        let mut best: FxHashMap<(ClaimId, Option<ArticleId>), [f64; 2]> = FxHashMap::default();
        for (a, b, judgement) in &judged {
            for (x, y) in [(*a, *b), (*b, *a)] {
                let held = best.entry((x, home(self, y))).or_default();
                for (held, own) in held.iter_mut().zip(strengths(judgement)) {
                    *held = held.max(own);
                }
            }
        }
        for (a, b, judgement) in judged {
            let own = strengths(&judgement);
            let rival = |x: ClaimId, y: ClaimId, which: usize| {
                best.get(&(x, home(self, y)))
                    .is_some_and(|most| own[which] < most[which] - 1e-9)
            };
            let beaten = rival(a, b, 0) || rival(b, a, 0);
            let outdone = rival(a, b, 1) && rival(b, a, 1);
            let (Some(x), Some(y)) = (self.nodes.get(&a).copied(), self.nodes.get(&b).copied())
            else {
                continue;
            };
            match self.thresholds.relation(&judgement) {
                Some(Relation::Contradiction) if outdone => {}
                Some(Relation::Contradiction) => {
                    self.graph
                        .update_edge(x, y, Link::new(Relation::Contradiction, judgement));
                }
                Some(_) if beaten => {}
                Some(Relation::Entailed) => {
                    self.graph.update_edge(
                        y,
                        x,
                        Link::new(Relation::Entailment, judgement.mirrored()),
                    );
                }
                Some(relation) => {
                    self.graph.update_edge(x, y, Link::new(relation, judgement));
                }
                None => {
                    if let (Relation::Neutral, Some(kind @ crate::judge::ConflictKind::Update)) =
                        (judgement.relation(), judgement.kind)
                    {
                        self.related.push(Related { a, b, kind });
                    }
                }
            }
        }
    }

    /// Judges pairs on all cores; the answers come in the order of the pairs, so that threads decide nothing.
    fn judge_all(&self, pairs: &[(ClaimId, ClaimId)]) -> Vec<(ClaimId, ClaimId, Judgement)> {
        let judge = |pairs: &[(ClaimId, ClaimId)]| -> Vec<(ClaimId, ClaimId, Judgement)> {
            pairs
                .iter()
                .filter_map(|(a, b)| Some((*a, *b, self.judgement(*a, *b)?)))
                .collect()
        };
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
        if cores == 1 || pairs.len() < PARALLEL {
            return judge(pairs);
        }
        std::thread::scope(|scope| {
            let parts: Vec<_> = pairs
                .chunks(pairs.len().div_ceil(cores))
                .map(|part| scope.spawn(move || judge(part)))
                .collect();
            parts
                .into_iter()
                .flat_map(|part| match part.join() {
                    Ok(judged) => judged,
                    // A panic of a caller's judge goes on where it would have without threads.
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect()
        })
    }

    /// What the judge says of two claims, with the word rarities of this corpus; `None` where one is not of this graph.
    pub fn judgement(&self, a: ClaimId, b: ClaimId) -> Option<Judgement> {
        let (x, y) = (self.corpus.entry(a)?, self.corpus.entry(b)?);
        Some(
            self.judge
                .judge(&x.reading, &y.reading, self.corpus.rarity()),
        )
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

    /// The petgraph graph itself, to run any of its algorithms on. A node's index is no identity: use its [`ClaimId`].
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

    /// Claims that share rare terms with a statement, the best first, and whether a cap left some out.
    pub(crate) fn find(&self, terms: &[block::Term]) -> (Vec<ClaimId>, bool) {
        let found = self.index.candidates(
            terms,
            |_| false,
            |key| self.corpus.rank(ClaimId::from_index(key as usize)),
        );
        (
            found
                .keys
                .into_iter()
                .map(|k| ClaimId::from_index(k as usize))
                .collect(),
            found.truncated,
        )
    }

    /// Whether blocking brings the two together, from either side.
    pub(crate) fn compared(&self, a: ClaimId, b: ClaimId) -> bool {
        let finds = |x: ClaimId, y: ClaimId| self.candidates(x).keys.contains(&(y.index() as u32));
        finds(a, b) || finds(b, a)
    }

    pub(crate) fn reading(&self, id: ClaimId) -> Option<&Reading> {
        self.corpus.entry(id).map(|e: &Entry| &e.reading)
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
