//! What judging costs in memory: most pairs that a graph judges come to nothing, and such a pair allocates nothing.

use claimgraph::judge::{AdditiveJudge, Judge, Rarity, Reading, Setting, Statement};
use claimgraph::{Article, Lexicon};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Names, figures, days, cues and opposites of all sorts.
const SAID: &[(&str, &str)] = &[
    (
        "Ana Holt said on Monday that at least 40 homes in Belport were flooded.",
        "2024-05-06",
    ),
    (
        "The bridge at Port Ellmar will not be reopened, the ministry said.",
        "2024-05-06",
    ),
    (
        "Seven cranes were sold to Kestrel Airways for 3m euros on 3 May.",
        "2024-05-07",
    ),
    (
        "Jon Marek denied that the harbour of Belport had been closed.",
        "2024-05-09",
    ),
    (
        "No miner was hurt when a shaft collapsed near Tessel on Friday.",
        "2024-05-11",
    ),
    (
        "All 12 miners were hurt when the shaft collapsed, police said.",
        "2024-05-12",
    ),
    (
        "The number of flooded homes in Belport has risen to 75.",
        "2024-05-08",
    ),
    (
        "It may be illogical to sell Terminal 3, the port authority said.",
        "2024-05-08",
    ),
    (
        "The 12th package of loans failed to reach any farmer in the north.",
        "2024-05-10",
    ),
    (
        "Lukashenka and Ana Holdt met in Minsk to speak of loans.",
        "2024-05-10",
    ),
];

fn readings() -> Vec<Reading> {
    let lexicon = Lexicon::english();
    let read = |(text, day): &(&str, &str)| {
        let setting = Setting::of(&Article::new("Post", format!("On that day: {text}")));
        let statement = Statement {
            text,
            published: day.parse().ok(),
            source: Some("Post"),
            speaker: Some("Ana Holt of the Belport port authority"),
            setting: Some(&setting),
            ..Statement::default()
        };
        Reading::new(&statement, &lexicon)
    };
    SAID.iter().map(read).collect()
}

#[test]
fn a_pair_that_comes_to_nothing_allocates_nothing() {
    let (judge, readings) = (AdditiveJudge::english(), readings());
    let mut rarity = Rarity::background();
    rarity.set("said", 0);
    rarity.set_alike(1, 20);
    let mut nothing = 0;
    for a in &readings {
        for b in &readings {
            let judged = judge.judge_above(a, b, &rarity, 0.05);
            if !judged.evidence.is_empty() || judged.probabilities.neutral == 1.0 {
                continue;
            }
            nothing += 1;
            // Other threads of the test's own machinery may allocate meanwhile, but not every time.
            let allocations = (0..5).map(|_| {
                let region = Region::new(ALLOCATOR);
                judge.judge_above(a, b, &rarity, 0.05);
                let change = region.change();
                change.allocations + change.reallocations
            });
            assert_eq!(allocations.min(), Some(0), "{} | {}", a.text(), b.text());
        }
    }
    assert!(nothing >= 40, "{nothing} pairs");
}
