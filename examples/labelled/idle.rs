//! A judge that links nothing: for programs that only search.

use claimgraph::judge::{Evidence, Factor, Judge, Judgement, Rarity, Reading};

/// Links nothing.
pub struct Idle;

impl Judge for Idle {
    fn judge(&self, _: &Reading, _: &Reading, _: &Rarity) -> Judgement {
        let never = Evidence {
            factor: Factor::SameMatter,
            name: "prior".into(),
            bits: -40.0,
            a: Vec::new(),
            b: Vec::new(),
        };
        Judgement::from_evidence(vec![never], None)
    }
}
