//! Filters over the claims of a graph; they compose, and each narrows what is left.

use crate::graph::ClaimGraph;
use crate::judge::Relation;
use crate::model::ClaimId;
use crate::text::{Date, TokenKind, tokens};
use rustc_hash::FxHashSet;
use std::fmt;

/// The claims that pass every filter so far, in the order of output: date, article, place. A filter looks at each claim that is
/// left, one over links at each link besides.
///
/// ```
/// use claimgraph::{Article, ClaimGraph};
/// let mut graph = ClaimGraph::new();
/// graph.add_article(Article::new("Post", "Ana Holt said that the harbour was closed. Bread is cheap again."))?;
/// let found: Vec<_> = graph.claims().from_source("Post").about("harbours").by_speaker("Holt").collect();
/// assert_eq!(found.len(), 1);
/// assert_eq!(graph.text(found[0]), Some("the harbour was closed"));
/// # Ok::<(), claimgraph::Error>(())
/// ```
/// Nothing is looked at before the iterator is asked for it.
pub struct Claims<'g> {
    graph: &'g ClaimGraph,
    left: Box<dyn Iterator<Item = ClaimId> + 'g>,
}

impl ClaimGraph {
    /// All claims, to be narrowed by filters.
    pub fn claims(&self) -> Claims<'_> {
        Claims {
            graph: self,
            left: Box::new(self.claim_ids().into_iter()),
        }
    }
}

impl<'g> Claims<'g> {
    fn keep(self, pass: impl Fn(&ClaimGraph, ClaimId) -> bool + 'g) -> Self {
        let graph = self.graph;
        Self {
            graph,
            left: Box::new(self.left.filter(move |id| pass(graph, *id))),
        }
    }

    /// Those of a source, by its name as given.
    pub fn from_source(self, source: &str) -> Self {
        let source = source.to_owned();
        self.keep(move |g, id| g.article_of(id).is_some_and(|(_, a)| a.source == source))
    }

    /// Those whose speaker's name holds these words: 'Price' finds 'Ned Price'. The outlet's own voice has no name.
    pub fn by_speaker(self, speaker: &str) -> Self {
        let wanted: Vec<String> = (tokens(speaker).into_iter())
            .filter(|t| t.kind != TokenKind::Mark)
            .map(|t| t.word.into_owned())
            .collect();
        self.keep(move |g, id| {
            let Some(speaker) = g.claim(id).and_then(|c| c.attribution.speaker.as_deref()) else {
                return false;
            };
            let words = tokens(speaker);
            wanted.iter().all(|w| words.iter().any(|t| t.word == *w))
        })
    }

    /// Those that hold all of these words, whatever their endings. Words of grammar ('the', 'of') and marks do not count.
    pub fn about(self, words: &str) -> Self {
        let lexicon = self.graph.extractor().lexicon();
        let wanted: Vec<String> = (tokens(words).into_iter())
            .filter(|t| t.kind != TokenKind::Mark && !lexicon.is_function_word(&t.word))
            .map(|t| t.stem())
            .collect();
        self.keep(move |g, id| {
            let own: Vec<String> = g
                .text(id)
                .map(tokens)
                .unwrap_or_default()
                .into_iter()
                .map(|t| t.stem())
                .collect();
            wanted.iter().all(|w| own.contains(w))
        })
    }

    /// Those published from `first` to `last`, both counted; undated articles are left out.
    pub fn between(self, first: Date, last: Date) -> Self {
        self.keep(move |g, id| {
            g.article_of(id)
                .and_then(|(_, a)| a.published)
                .is_some_and(|day| first <= day && day <= last)
        })
    }

    /// Those of at least this [salience](crate::model::Claim::salience), 0 to 1; 0.5 leaves about half of a news article.
    pub fn salient(self, least: f64) -> Self {
        self.keep(move |g, id| g.claim(id).is_some_and(|c| c.salience >= least))
    }

    /// The same claims, the most worth checking first; equal ones stay in order.
    pub fn by_salience(self) -> Self {
        let graph = self.graph;
        let salience = |id: &ClaimId| graph.claim(*id).map_or(0.0, |c| c.salience);
        let mut left: Vec<ClaimId> = self.left.collect();
        left.sort_by(|a, b| salience(b).total_cmp(&salience(a)));
        Self {
            graph,
            left: Box::new(left.into_iter()),
        }
    }

    /// Those that some other claim contradicts.
    pub fn disputed(self) -> Self {
        self.with_relation(Relation::Contradiction)
    }

    /// Those with a link of this relation; `Entailed` means those that another claim entails.
    pub fn with_relation(self, relation: Relation) -> Self {
        self.linked(relation, 0.0)
    }

    /// Those with a link of any relation of at least this probability, 0 to 1.
    pub fn min_probability(self, probability: f64) -> Self {
        let ends = ends(self.graph, |_, p| p >= probability);
        self.keep(move |_, id| ends.contains(&id))
    }

    /// Those with a link of this relation and at least this probability.
    pub fn linked(self, relation: Relation, probability: f64) -> Self {
        let graph = self.graph;
        let hits: FxHashSet<ClaimId> = match relation {
            Relation::Entailment | Relation::Entailed => graph
                .links()
                .iter()
                .filter(|l| {
                    l.link.relation == Relation::Entailment && l.link.probability() >= probability
                })
                .map(|l| {
                    if relation == Relation::Entailment {
                        l.a
                    } else {
                        l.b
                    }
                })
                .collect(),
            _ => ends(graph, |r, p| r == relation && p >= probability),
        };
        self.keep(move |_, id| hits.contains(&id))
    }
}

fn ends(graph: &ClaimGraph, pass: impl Fn(Relation, f64) -> bool) -> FxHashSet<ClaimId> {
    graph
        .links()
        .iter()
        .filter(|l| pass(l.link.relation, l.link.probability()))
        .flat_map(|l| [l.a, l.b])
        .collect()
}

impl Iterator for Claims<'_> {
    type Item = ClaimId;

    fn next(&mut self) -> Option<ClaimId> {
        self.left.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

impl fmt::Debug for Claims<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims").finish_non_exhaustive()
    }
}
