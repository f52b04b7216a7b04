//! The graph of claims: articles in, links, clusters and disputes out. The only module that uses petgraph.
//!
//! Knows what is linked and why; not how input files look or answers are printed to files. A link is made where the judge's
//! probability passes a threshold, between claims of different articles. After [`ClaimGraph::settle`] the graph is a function
//! of the set of articles, whatever their order.

mod builder;
mod candidates;
mod cluster;
mod corpus;
mod dispute;
mod growing;
mod link;
mod linking;
mod memory;
mod parallel;
mod readings;

pub use builder::GraphBuilder;
pub use cluster::Cluster;
pub use dispute::{Dispute, Holder, Side};
pub use growing::{Added, Changes, Progress};
pub use link::{Link, LinkSummary, Linked, Related};
pub use memory::Memory;

use crate::block::{self, BlockOptions, Copies, Index};
use crate::extract::Extractor;
use crate::judge::{Company, Context, Evidence, Judge, Reading};
use crate::model::{Article, ArticleId, Claim, ClaimId, Source, SourceId};
use corpus::Corpus;
use link::Thresholds;
use petgraph::stable_graph::{NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use rustc_hash::FxHashSet;
use std::sync::{Arc, OnceLock};

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
    threads: usize,
    corpus: Corpus,
    index: Index,
    copies: Copies,
    options: BlockOptions,
    graph: StableDiGraph<ClaimId, Link>,
    /// Of each claim, by its index; `NodeIndex::end()` of those that are gone.
    nodes: Vec<NodeIndex>,
    related: Vec<Related>,
    clusters: OnceLock<Vec<Cluster>>,
    disputes: OnceLock<Vec<Dispute>>,
    /// What was judged of the pairs between articles.
    company: Company<ClaimId, ArticleId>,
    /// Claims whose search for candidates was cut off by a cap.
    truncated: usize,
    settled: bool,
}

impl ClaimGraph {
    /// An empty graph with the shipped extractor, blocking, judge and thresholds. With the feature `neural` some two hundred pairs are
    /// judged a second and core; for thousands of claims give [`builder`](Self::builder) an
    /// [`AdditiveJudge`](crate::judge::AdditiveJudge).
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A graph with other parts.
    pub fn builder() -> GraphBuilder {
        GraphBuilder::default()
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

    /// The links of a claim, ordered as all are; none of one that is not of this graph.
    pub fn links_of(&self, claim: ClaimId) -> Vec<Linked<'_>> {
        let mut out: Vec<Linked<'_>> = self.linked(claim).collect();
        out.sort_by(|x, y| {
            let ranks = |l: &Linked<'_>| [l.a, l.b].map(|c| self.corpus.rank(c));
            ranks(x).cmp(&ranks(y))
        });
        out
    }

    /// The links of one claim, in no particular order.
    pub(super) fn linked(&self, claim: ClaimId) -> impl Iterator<Item = Linked<'_>> {
        use petgraph::Direction::{Incoming, Outgoing};
        let edges = self.node(claim).into_iter().flat_map(move |node| {
            let both = [Outgoing, Incoming];
            both.into_iter()
                .flat_map(move |way| self.graph.edges_directed(node, way))
        });
        edges.filter_map(|edge| {
            let end = |node| self.graph.node_weight(node).copied();
            Some(Linked {
                a: end(edge.source())?,
                b: end(edge.target())?,
                link: edge.weight(),
            })
        })
    }

    /// The link between two claims in either direction.
    pub fn link_between(&self, a: ClaimId, b: ClaimId) -> Option<Linked<'_>> {
        let (x, y) = (self.node(a)?, self.node(b)?);
        let one = |from: NodeIndex, to: NodeIndex, a, b| {
            self.graph
                .find_edge(from, to)
                .and_then(|e| self.graph.edge_weight(e))
                .map(|link| Linked { a, b, link })
        };
        one(x, y, a, b).or_else(|| one(y, x, b, a))
    }

    fn node(&self, claim: ClaimId) -> Option<NodeIndex> {
        let node = self.nodes.get(claim.index()).copied();
        node.filter(|node| *node != NodeIndex::end())
    }

    /// The bars that a link rests on; see [`explain`](Self::explain).
    pub(crate) fn evidence(&self, linked: &Linked<'_>) -> Vec<Evidence> {
        let judgement = self.judged_as(linked.a, linked.b, linked.link.closely());
        judgement.map(|j| j.evidence).unwrap_or_default()
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
    /// Two clusters are joined where a third of their pairs, or a dozen, say the same, or where one pair is word for word the same, and only by links that are likelier right than wrong: a chain of
    /// claims each of which is like the next is no cluster. Found at the first call after a change, at the cost of a look at every link.
    pub fn clusters(&self) -> &[Cluster] {
        self.clusters.get_or_init(|| {
            let links = self.links();
            cluster::clusters(&links, &self.linked_claims(&links), |a, b| {
                self.same_words(a, b)
            })
        })
    }

    /// Whether two claims are of the same words.
    fn same_words(&self, a: ClaimId, b: ClaimId) -> bool {
        let key = |id: ClaimId| self.corpus.entry(id).map(|e| e.sketch.copy_key());
        key(a) == key(b)
    }

    /// The claims that have links, in the order of output.
    fn linked_claims(&self, links: &[Linked<'_>]) -> Vec<ClaimId> {
        let mut claims: Vec<ClaimId> = links.iter().flat_map(|l| [l.a, l.b]).collect();
        claims.sort_unstable();
        claims.dedup();
        self.sorted(claims)
    }

    /// Two clusters (or single claims) each with contradictions between them, the most certain first. Found at the first call
    /// after a change.
    pub fn disputes(&self) -> &[Dispute] {
        self.disputes.get_or_init(|| dispute::disputes(self))
    }

    /// What was found out of the links is no longer true.
    fn changed(&mut self) {
        self.clusters.take();
        self.disputes.take();
    }

    /// Claims that share rare terms with a statement, the best first and then further copies of their texts, and whether a cap
    /// left some out.
    pub(crate) fn find(&self, terms: &[block::Term]) -> (Vec<ClaimId>, bool) {
        let (mut out, truncated) = self.find_indexed(terms);
        let mut copied = FxHashSet::default();
        for at in 0..out.len() {
            let entry = self.corpus.entry(out[at]);
            let key = entry.map(|e| e.sketch.copy_key());
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
        let key = self.corpus.entry(claim).map(|e| e.sketch.copy_key());
        let keys = key.map_or(&[][..], |key| self.copies.hanging(key));
        keys.iter().map(|k| ClaimId::from_index(*k as usize))
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn reading(&self, id: ClaimId) -> Option<Arc<Reading>> {
        self.corpus.reading(id, self.extractor.lexicon())
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
