//! What judgements of labelled pairs come to: of families, where pairs are put side by side, and of stories, where blocking brings
//! them up.

use super::ranking::Reliability;
use claimgraph::judge::{Judgement, Relation};
use std::collections::BTreeMap;
use std::fmt;

/// Sums over judged pairs; [`add`](Self::add) each, then print it.
#[derive(Default)]
pub(crate) struct Scores {
    kinds: BTreeMap<(String, String), (usize, usize)>,
    pairs: usize,
    right: usize,
    /// Bits by which the truth surprised.
    lost: f64,
    /// Of stories or not, by relation: said, right, gold.
    said: BTreeMap<(bool, Relation), [usize; 3]>,
    reliability: [Reliability; 2],
    /// Of stories: how likely each candidate was held to be a duplicate and a contradiction, and whether it was.
    ranked: [Vec<(f64, bool)>; 2],
}

const RANKED: [Relation; 2] = [Relation::Duplicate, Relation::Contradiction];

impl Scores {
    pub(crate) fn add(&mut self, judgement: &Judgement, gold: Relation, kind: &str, story: bool) {
        let relation = judgement.relation();
        let hit = relation == gold;
        if story {
            for (list, relation) in self.ranked.iter_mut().zip(RANKED) {
                list.push((judgement.probability(relation), gold == relation));
                // Nearly all of them are held to be nothing, and are: what counts is how much a link's probability is worth.
                let p = judgement.probability(relation);
                if p >= 0.1 {
                    self.reliability[1].add(p, gold == relation);
                }
            }
        } else {
            self.pairs += 1;
            self.right += usize::from(hit);
            self.lost -= judgement.probability(gold).max(1e-9).log2();
            self.reliability[0].add(judgement.probability(relation), hit);
        }
        let kinds = self.kinds.entry((gold.to_string(), kind.to_owned()));
        let kind = kinds.or_default();
        kind.0 += usize::from(hit);
        kind.1 += 1;
        self.said.entry((story, relation)).or_default()[0] += 1;
        self.said.entry((story, relation)).or_default()[1] += usize::from(hit);
        self.said.entry((story, gold)).or_default()[2] += 1;
    }

    /// The best f1 that one threshold on single candidates of stories gives, and the threshold.
    fn best(&self, which: usize) -> (f64, f64) {
        let mut list = self.ranked[which].clone();
        list.sort_by(|x, y| y.0.total_cmp(&x.0));
        let gold = list.iter().filter(|x| x.1).count();
        let (mut right, mut best) = (0, (0.0, 0.0));
        for (at, (threshold, hit)) in list.iter().enumerate() {
            right += usize::from(*hit);
            let f1 = 2.0 * right as f64 / (at + 1 + gold) as f64;
            if f1 > best.0 {
                best = (f1, *threshold);
            }
        }
        best
    }

    /// One line of a table that [`Scores::HEAD`] stands above.
    pub(crate) fn row(&self) -> String {
        let [said, right, gold] = (self.said.get(&(false, Relation::Contradiction)))
            .copied()
            .unwrap_or_default();
        format!(
            "{:.3}   {:.3}   {:.3} / {:.3}       {:.3}   {:.3}",
            share(self.right, self.pairs),
            self.lost / self.pairs.max(1) as f64,
            share(right, said),
            share(right, gold),
            self.best(0).0,
            self.best(1).0
        )
    }

    pub(crate) const HEAD: &str =
        "accuracy  bits  contradiction P / R  stories: best f1 of duplicates, contradictions";
}

fn share(x: usize, y: usize) -> f64 {
    x as f64 / y.max(1) as f64
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "pairs {} accuracy {:.3} bits lost a pair {:.3}",
            self.pairs,
            share(self.right, self.pairs),
            self.lost / self.pairs.max(1) as f64
        )?;
        for ((story, relation), [said, right, gold]) in &self.said {
            let place = if *story { "stories" } else { "families" };
            writeln!(
                f,
                "{place} {relation}: precision {:.3} recall {:.3} ({right} right of {said} said, {gold} gold)",
                share(*right, *said),
                share(*right, *gold)
            )?;
        }
        for (which, relation) in RANKED.into_iter().enumerate() {
            let (f1, threshold) = self.best(which);
            writeln!(
                f,
                "stories {relation}: best f1 {f1:.3} at probability {threshold:.2}"
            )?;
        }
        writeln!(
            f,
            "families: how often what is said with some probability is right\n{}",
            self.reliability[0]
        )?;
        writeln!(
            f,
            "stories: the same for duplicates and contradictions of 0.1 or more\n{}",
            self.reliability[1]
        )?;
        for ((relation, kind), (hits, all)) in &self.kinds {
            writeln!(f, "  {relation}/{kind} {hits}/{all}")?;
        }
        Ok(())
    }
}
