//! What each group of terms is worth to the judge, and what more text is.

use super::{Labelled, scores};
use claimgraph::judge::{Example, FitOptions, fit};
use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;

/// The terms of an ablation, by what they look at.
const GROUPS: [(&str, &[&str]); 12] = [
    (
        "words compared",
        &[
            "words compared: one matter",
            "words compared: a clash",
            "words compared: a entails b",
            "words compared: b entails a",
        ],
    ),
    (
        "coverage",
        &[
            "words covered on the weaker side",
            "words covered on the stronger side",
            "same words",
            "rarest shared word",
            "matter shared",
            "a covers b",
            "b covers a",
            "matter only in a",
            "matter only in b",
            "lengths alike",
        ],
    ),
    ("sentence vectors", &["likeness of meaning"]),
    ("names", &["names shared", "names differ", "places differ"]),
    (
        "days",
        &[
            "dates agree",
            "dates differ",
            "each tells of its own day",
            "days between publications",
        ],
    ),
    (
        "figures",
        &[
            "quantities agree",
            "quantities differ",
            "quantities of the same thing differ",
            "instalments differ",
            "later count",
            "figure only in a",
            "figure only in b",
            "figure of a is narrower",
            "figure of b is narrower",
        ],
    ),
    (
        "negation",
        &[
            "negated on one side",
            "an aligned word is negated on one side",
            "negated on both sides",
        ],
    ),
    (
        "opposites",
        &[
            "opposite events",
            "opposite words",
            "opposite words, one negated",
        ],
    ),
    (
        "rejection, denial",
        &[
            "rejected on one side",
            "rejected on both sides",
            "denied on one side",
            "denied on both sides",
            "failed on one side",
        ],
    ),
    (
        "quantifiers",
        &[
            "all against none",
            "all against some",
            "none against some",
            "only on one side",
        ],
    ),
    (
        "modality",
        &[
            "hedged only in a",
            "hedged only in b",
            "hedged on both sides",
            "future only in a",
            "future only in b",
            "a question on one side",
            "a condition on one side",
        ],
    ),
    (
        "replaced words, roles",
        &[
            "matter replaced",
            "the same word is told apart",
            "a word replaced by one of its kind",
            "roles exchanged",
        ],
    ),
];

/// What a network says.
const NETWORK: &[&str] = &[
    "read as one matter",
    "read as a clash",
    "a read to entail b",
    "b read to entail a",
];

/// Learns from one half without each group of terms in turn; a table of what the other half is then judged like.
pub(crate) fn table(
    set: &[Labelled],
    examples: &[Example],
    network: bool,
) -> Result<String, Box<dyn Error>> {
    let row = |name: &str, terms: &[&str]| -> Result<String, Box<dyn Error>> {
        let left = examples
            .iter()
            .map(|e| e.without(terms))
            .collect::<Result<Vec<_>, _>>()?;
        let kept = |back: bool| {
            set.iter()
                .zip(&left)
                .filter(move |(l, _)| l.kept_back == back)
        };
        let judge = fit(
            &kept(false).map(|(_, e)| e.clone()).collect::<Vec<_>>(),
            FitOptions::default(),
        );
        let judged: Vec<_> = kept(true).map(|(l, e)| (l, e.judged_by(&judge))).collect();
        let scores = scores(judged.iter().map(|(l, j)| (*l, j)));
        Ok(format!("{name:<22} {}\n", scores.row()))
    };
    let mut out = format!("without                {}\n", super::Scores::HEAD);
    out += &row("nothing", &[])?;
    if network {
        out += &row("the network", NETWORK)?;
        let others: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, terms)| *terms)
            .copied()
            .collect();
        out += &row("all but the network", &others)?;
    }
    for (group, terms) in GROUPS {
        out += &row(group, terms)?;
    }
    Ok(out)
}

/// How many families and stories are learned from.
const FAMILIES: [usize; 6] = [250, 500, 1000, 2000, 4000, usize::MAX];
const STORIES: [usize; 4] = [5, 20, 60, usize::MAX];

/// Learns from ever more of what is not held, all stories beside so many families and the reverse; a table of what held text is then
/// judged like.
pub(crate) fn curve(set: &[Labelled], examples: &[Example]) -> String {
    let groups = |of_story: bool| -> Vec<u64> {
        let own = set
            .iter()
            .filter(|l| !l.held && l.place.is_some() == of_story);
        // Ordered by a hash of their names, so that the first ones are of every file.
        let groups: BTreeSet<u64> = own.map(|l| l.group).collect();
        groups.into_iter().collect()
    };
    let (families, stories) = (groups(false), groups(true));
    let row = |some_families: usize, some_stories: usize| {
        let last = |groups: &[u64], count: usize| groups.get(count).copied().unwrap_or(u64::MAX);
        let (family, story) = (last(&families, some_families), last(&stories, some_stories));
        let learned = set
            .iter()
            .zip(examples)
            .filter(|(l, _)| !l.held && l.group < if l.place.is_some() { story } else { family });
        let judge = fit(
            &learned.map(|(_, e)| e.clone()).collect::<Vec<_>>(),
            FitOptions::default(),
        );
        let held = set.iter().zip(examples).filter(|(l, _)| l.held);
        let judged: Vec<_> = held.map(|(l, e)| (l, e.judged_by(&judge))).collect();
        let scores = scores(judged.iter().map(|(l, j)| (*l, j)));
        format!(
            "{:>8} {:>7}        {}",
            some_families.min(families.len()),
            some_stories.min(stories.len()),
            scores.row()
        )
    };
    let mut out = format!("families stories        {}\n", super::Scores::HEAD);
    for count in FAMILIES {
        let _ = writeln!(out, "{}", row(count, usize::MAX));
    }
    for count in STORIES {
        let _ = writeln!(out, "{}", row(usize::MAX, count));
    }
    out
}
