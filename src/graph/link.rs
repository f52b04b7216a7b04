//! Links: judgements that passed a threshold.

use crate::judge::{ConflictKind, Judgement, Relation};
use crate::model::ClaimId;
use serde::{Deserialize, Serialize};

/// An edge of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Duplicate, contradiction, or entailment (the edge's source entails its target).
    pub relation: Relation,
    /// The judge's words, seen from the edge's source.
    pub judgement: Judgement,
}

impl Link {
    pub(super) fn new(relation: Relation, judgement: Judgement) -> Self {
        Self {
            relation,
            judgement,
        }
    }

    /// Probability of the relation, 0 to 1.
    pub fn probability(&self) -> f64 {
        self.judgement.probability(self.relation)
    }

    /// Log2 odds of the relation; finer than the probability near one.
    pub fn weight(&self) -> f64 {
        self.judgement.weight(self.relation)
    }

    /// On what the two clash; `None` where they do not contradict each other.
    pub fn kind(&self) -> Option<ConflictKind> {
        match self.relation {
            Relation::Contradiction => self.judgement.kind,
            _ => None,
        }
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
