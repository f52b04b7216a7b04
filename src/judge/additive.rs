//! The judge that ships: additive, every bar named.

use super::{Judge, Judgement, Rarity, Reading};

/// The shipped judge.
#[derive(Debug, Clone, Default)]
pub struct AdditiveJudge {}

impl AdditiveJudge {
    /// The shipped weights for English news.
    pub fn english() -> Self {
        Self {}
    }
}

impl Judge for AdditiveJudge {
    fn judge(&self, _a: &Reading, _b: &Reading, _rarity: &Rarity) -> Judgement {
        Judgement::from_evidence(Vec::new(), None)
    }
}
