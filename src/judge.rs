//! A pair of statements to a [`Judgement`]: are they about the same matter, and if so, do they agree?
//!
//! Knows statements in isolation, not the graph. The two questions are never mixed: the probability of a contradiction is
//! the probability of one matter times the probability of a clash given one matter, and each is a sum of evidence in bits.

mod additive;
mod align;
mod attention;
mod features;
mod fit;
mod judgement;
mod rarity;
mod reading;

pub use additive::AdditiveJudge;
pub use attention::{Attention, Word};
pub use fit::{Example, FitOptions, fit};
pub use judgement::{ConflictKind, Evidence, Factor, Judgement, Probabilities, Relation};
pub use rarity::Rarity;
pub use reading::{Reading, Statement};

/// Judges pairs of statements.
///
/// Bring your own by implementing it; [`AdditiveJudge`] is the one that ships. An implementation must be deterministic
/// and mirrored: `judge(b, a)` is `judge(a, b)` with the two sides exchanged.
pub trait Judge: Send + Sync {
    /// Compares two statements. `rarity` says how much a shared word tells in the corpus at hand.
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement;
}
