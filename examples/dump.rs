//! Temporary: candidates of stories with probabilities.
use claimgraph::Lexicon;
use claimgraph::judge::{self, Factor, Judge};
use serde_json::json;
#[allow(dead_code, unreachable_pub)]
#[path = "labelled/rows.rs"]
mod labelled;
#[allow(dead_code, unreachable_pub)]
#[path = "labelled/stories.rs"]
mod stories;
fn main() {
    let judge = judge::shipped(Lexicon::english());
    for dir in std::env::args().skip(1) {
        let s = stories::read(std::path::Path::new(&dir)).unwrap();
        for c in &s.candidates {
            let (a, b) = (&s.claims[c.a], &s.claims[c.b]);
            let v = judge.judge(a, b, &s.rarity);
            let p = v.probabilities;
            if c.kind.is_none() && 1.0 - p.neutral < 0.02 { continue; }
            let bars: Vec<_> = v.evidence.iter().filter(|e| e.bits.abs() > 0.4).map(|e| format!("{:?} {} {:+.1}", e.factor, e.name, e.bits)).collect();
            println!("{}", json!({"story": s.name, "ia": c.a, "ib": c.b, "a": a.text(), "b": b.text(), "gold": c.kind.as_ref().map(|k| format!("{} {k}", c.relation)), "dup": p.duplicate + p.entailment + p.entailed, "con": p.contradiction,
              "same": v.score(Factor::SameMatter), "clash": v.score(Factor::Clash), "bars": bars}));
        }
    }
}
