//! A pair of statements to a [`Judgement`]: are they about the same matter, and if so, do they agree?
//!
//! Knows statements in isolation, not the graph. The two questions are never mixed: the probability of a contradiction is
//! the probability of one matter times the probability of a clash given one matter, and each is a sum of evidence in bits.

mod additive;
mod align;
mod bytes;
#[cfg(feature = "neural")]
mod cascade;
mod context;
mod copies;
mod features;
mod figures;
mod fit;
mod glance;
mod influence;
mod judgement;
#[cfg(feature = "neural")]
mod network;
#[cfg(feature = "neural")]
mod neural;
#[cfg(feature = "onnx")]
mod own_model;
mod pointed;
mod rarity;
mod reading;
mod scratch;
mod seen;
mod setting;
mod sketch;
mod student;
mod sums;
mod terms;

use crate::lexicon::Lexicon;
use std::sync::Arc;

pub use additive::AdditiveJudge;
#[cfg(feature = "neural")]
pub use cascade::CascadeJudge;
pub use context::{Around, Company, Context};
pub use fit::{Example, FitOptions, fit};
pub use influence::{Influence, influences};
pub use judgement::{ConflictKind, Evidence, Factor, Judgement, Probabilities, Relation};
#[cfg(feature = "neural")]
pub use network::{Network, Sequence};
#[cfg(feature = "neural")]
pub use neural::NeuralJudge;
pub use rarity::Rarity;
pub use reading::{Reading, Statement};
pub use setting::Setting;
pub use sketch::Sketch;
pub use student::Student;

/// Judges pairs of statements.
///
/// Put judgements together with [`Judgement::from_evidence`]: a graph that weighs pairs beside their rivals adds bars to the
/// evidence and computes the probabilities from it.
///
/// Bring your own by implementing it; [`AdditiveJudge`] and, with the feature `neural`, `CascadeJudge` ship. An implementation must be deterministic
/// and mirrored: `judge(b, a)` is `judge(a, b)` with the two sides exchanged.
pub trait Judge: Send + Sync {
    /// Compares two statements. `rarity` says how much a shared word tells in the corpus at hand.
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement;

    /// The same for a caller that does not want to know why two statements have nothing to do with each other: where all
    /// links together are less likely than `least`, and the pair is no update, the evidence may be left out, and the
    /// probabilities need only be as low as they have to be; else they are those of [`judge`](Self::judge). Most pairs that a graph judges are of that sort.
    fn judge_above(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        self.judge(a, b, rarity).pruned(least)
    }

    /// A first look at two statements that a search brought together: how much the pair promises, any number, greater where a link is
    /// likelier; below 0 where it is not worth reading and judging the two. `one_event` is the probability that their articles tell of
    /// one event, as far as the names in them and the rest of the corpus tell. A graph looks at some dozens of pairs a claim. Default: 0,
    /// all are worth it.
    fn glance(&self, _a: &Sketch, _b: &Sketch, _one_event: Option<f64>) -> f32 {
        0.0
    }

    /// For a judge that looks closer at some pairs, as by asking a network: how much that may change what it says of this one, any positive
    /// number, greater where more; 0, the default, where it takes no closer look. A graph with a
    /// [budget](crate::graph::GraphBuilder::budget) spends it on the pairs that are worth most.
    fn worth(&self, _a: &Reading, _b: &Reading, _rarity: &Rarity) -> f64 {
        0.0
    }

    /// The same as [`judge_above`](Self::judge_above) without a closer look. Default: there is none to leave out.
    fn judge_hastily(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        self.judge_above(a, b, rarity, least)
    }
}

impl<J: Judge + ?Sized> Judge for Arc<J> {
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement {
        (**self).judge(a, b, rarity)
    }

    fn judge_above(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        (**self).judge_above(a, b, rarity, least)
    }

    fn glance(&self, a: &Sketch, b: &Sketch, one_event: Option<f64>) -> f32 {
        (**self).glance(a, b, one_event)
    }

    fn worth(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> f64 {
        (**self).worth(a, b, rarity)
    }

    fn judge_hastily(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        (**self).judge_hastily(a, b, rarity, least)
    }
}

/// The judge that a graph uses where none is named: `CascadeJudge` with the feature `neural`, else [`AdditiveJudge`].
pub fn shipped(lexicon: Lexicon) -> Arc<dyn Judge> {
    #[cfg(feature = "neural")]
    return Arc::new(CascadeJudge::english().lexicon(lexicon));
    #[cfg(not(feature = "neural"))]
    Arc::new(AdditiveJudge::english().lexicon(lexicon))
}
