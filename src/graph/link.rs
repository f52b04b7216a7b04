//! Links: judgements that passed a threshold.

use crate::judge::{ConflictKind, Judgement, Probabilities, Relation};
use crate::model::ClaimId;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// An edge of the graph, in some hundred bytes: the evidence that it rests on is what [`explain`](crate::ClaimGraph::explain) gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Duplicate, contradiction, or entailment (the edge's source entails its target).
    pub relation: Relation,
    /// What the judge said, seen from the edge's source.
    pub probabilities: Probabilities,
    /// On what the two clash; `None` where they do not contradict each other.
    pub kind: Option<ConflictKind>,
    /// The words that clash on either side, in the claim's own text.
    pub(super) words: Option<Box<[Vec<Span>; 2]>>,
    /// Whether the judge looked at the pair closely, rather than within a budget that was spent.
    closely: bool,
}

impl Link {
    pub(super) fn new(relation: Relation, judgement: &Judgement, closely: bool) -> Self {
        let contradicts = relation == Relation::Contradiction;
        let clash = judgement.clash().filter(|_| contradicts);
        Self {
            relation,
            probabilities: judgement.probabilities,
            kind: judgement.kind.filter(|_| contradicts),
            words: clash.map(|bar| Box::new([bar.a.clone(), bar.b.clone()])),
            closely,
        }
    }

    pub(crate) fn closely(&self) -> bool {
        self.closely
    }

    /// Probability of the relation, 0 to 1.
    pub fn probability(&self) -> f64 {
        self.probabilities.of_relation(self.relation)
    }

    /// Log2 odds of the relation; finer than the probability near one.
    pub fn weight(&self) -> f64 {
        self.probabilities.weight(self.relation)
    }
}

/// A link with its two claims.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Linked<'a> {
    /// The earlier claim; of an entailment, the one that entails.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// What links them.
    pub link: &'a Link,
}

/// A link by itself, for telling what changed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LinkSummary {
    /// The earlier claim; of an entailment, the one that entails.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// Duplicate, contradiction, or entailment.
    pub relation: Relation,
    /// On what the two clash, if they do.
    pub kind: Option<ConflictKind>,
    /// Probability of the relation, 0 to 1.
    pub probability: f64,
}

impl LinkSummary {
    /// What makes it one link.
    pub(super) fn key(&self) -> (ClaimId, ClaimId, Relation) {
        (self.a, self.b, self.relation)
    }
}

impl From<&Linked<'_>> for LinkSummary {
    fn from(linked: &Linked<'_>) -> Self {
        Self {
            a: linked.a,
            b: linked.b,
            relation: linked.link.relation,
            kind: linked.link.kind,
            probability: linked.link.probability(),
        }
    }
}

/// Two claims of one matter that are neither the same nor in conflict, as the two counts of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The earlier claim.
    pub a: ClaimId,
    /// The later one.
    pub b: ClaimId,
    /// How they stand to each other.
    pub kind: ConflictKind,
}

/// Probabilities from which relations become links.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Thresholds {
    pub(crate) duplicate: f64,
    pub(crate) contradiction: f64,
    pub(crate) entailment: f64,
}

/// What balances links found and links right is half the f1 that can be reached. The stories from which probabilities are learned hold
/// three times as many contradictions as the news does, so that odds of one to two here are odds of one to six there: below that
/// more would be wrong than right.
impl Default for Thresholds {
    fn default() -> Self {
        Self {
            duplicate: 0.3,
            contradiction: 0.35,
            entailment: 0.3,
        }
    }
}

impl Thresholds {
    /// The least of them.
    pub(crate) fn least(&self) -> f64 {
        (self.duplicate.min(self.contradiction)).min(self.entailment)
    }

    /// The relation that a judgement links by. That two claims agree is one question with three answers (duplicate and the
    /// two directions), so that their probabilities are taken together and the likeliest answer names the link.
    pub(crate) fn relation(&self, judgement: &Judgement) -> Option<Relation> {
        let p = &judgement.probabilities;
        let agree = judgement.agreement();
        // Too weak a contradiction is no link at all, least of all an agreement.
        if p.contradiction >= agree {
            return (p.contradiction >= self.contradiction).then_some(Relation::Contradiction);
        }
        if p.duplicate >= p.entailment.max(p.entailed) {
            return (agree >= self.duplicate).then_some(Relation::Duplicate);
        }
        let way = if p.entailment >= p.entailed {
            Relation::Entailment
        } else {
            Relation::Entailed
        };
        (agree >= self.entailment).then_some(way)
    }
}
