//! Learns the first look of the additive judge (`src/judge/glance.rs`): how likely it links a pair, as far as two sketches tell.

use super::brought_up::BroughtUp;
use claimgraph::Article;
use claimgraph::judge::{AdditiveJudge, Judge};
use claimgraph::read::Reader;
use std::error::Error;
use std::path::{Path, PathBuf};

/// What is seen of a pair: the smaller and the greater share of the two that the other covers, the cosine of their directions, the log2 of the
/// probability that their articles are of one event (-8 at the least), and one.
type Seen = [f64; 5];

/// A candidate, and whether the judge links it.
struct Pair {
    seen: Seen,
    linked: bool,
    /// Whether it is scored and not learned from.
    kept_back: bool,
}

/// Probability from which a pair counts as linked.
const LINKED: f64 = 0.3;
/// How much a link counts beside another candidate: to leave one out is the worse mistake.
const WEIGHT: f64 = 5.0;
/// In the pile of all stories every so many claims are asked for their candidates.
const EVERY: usize = 2;
const LEAST_EVENT: f64 = -8.0;

/// Learns from the candidates of the stories of a folder, each by itself and all in one pile; prints the weights, and what thresholds keep.
pub(crate) fn learn(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder.join("stories"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    let (mut stories, mut articles) = (Vec::new(), Vec::new());
    for (at, story) in folders.iter().filter(|f| f.is_dir()).enumerate() {
        let read = Reader::default().path(story.join("articles.jsonl"))?;
        stories.extend(candidates(&read.articles, 1, |_| at % 2 == 1));
        articles.extend(read.articles);
    }
    let pile = candidates(&articles, EVERY, |at| at % 2 == 1);
    let all = stories.iter().chain(&pile).filter(|p| !p.kept_back);
    let weights = fitted(&all.collect::<Vec<_>>());
    println!("weights {:?}", weights.map(|w| (w * 100.0).round() / 100.0));
    println!(
        "{:>10} {:>16} {:>9} {:>16} {:>9}",
        "threshold", "stories: kept", "of links", "one pile: kept", "of links"
    );
    for threshold in [-6.0, -5.5, -5.0, -4.5, -4.0, -3.5, -3.0] {
        let [a, b] = [&stories, &pile].map(|pairs| shares(pairs, &weights, threshold));
        println!(
            "{threshold:>10} {:>16.4} {:>9.3} {:>16.4} {:>9.3}",
            a[0], a[1], b[0], b[1]
        );
    }
    Ok(())
}

/// The candidates of every so many claims, but for those that speak against something and word-for-word copies, which a first look lets pass.
fn candidates(articles: &[Article], every: usize, kept_back: impl Fn(usize) -> bool) -> Vec<Pair> {
    let up = BroughtUp::of(articles, every);
    let judge = AdditiveJudge::english();
    let setting = |claim: usize| &up.settings[up.spots[claim].0];
    let one = |(at, (a, b)): (usize, &(usize, usize))| {
        let (x, y) = (&up.sketches[*a], &up.sketches[*b]);
        if x.is_against() || y.is_against() {
            return None;
        }
        let said = judge.judge_above(&up.claims[*a], &up.claims[*b], &up.rarity, LINKED);
        let [own, other] = x.covers(y).map(f64::from);
        let event = up.rarity.one_event(setting(*a), setting(*b));
        let event = event.map_or(0.0, |p| p.log2().max(LEAST_EVENT));
        Some(Pair {
            seen: [
                own.min(other),
                own.max(other),
                f64::from(x.likeness(y)),
                event,
                1.0,
            ],
            linked: 1.0 - said.probabilities.neutral >= LINKED,
            kept_back: kept_back(at),
        })
    };
    up.pairs.iter().enumerate().filter_map(one).collect()
}

/// Logistic regression by Newton's method.
fn fitted(pairs: &[&Pair]) -> Seen {
    let mut weights = [0.0; 5];
    for _ in 0..30 {
        let (mut slope, mut curve) = ([0.0; 5], [[0.0; 5]; 5]);
        for pair in pairs {
            let p = 1.0 / (1.0 + (-odds(pair, &weights)).exp());
            let weight = if pair.linked { WEIGHT } else { 1.0 };
            let miss = f64::from(u8::from(pair.linked)) - p;
            for (i, x) in pair.seen.iter().enumerate() {
                slope[i] += weight * miss * x;
                for (j, y) in pair.seen.iter().enumerate() {
                    curve[i][j] += weight * p * (1.0 - p) * x * y;
                }
            }
        }
        (0..5).for_each(|i| curve[i][i] += 1e-6);
        let step = solved(curve, slope);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    weights
}

fn odds(pair: &Pair, weights: &Seen) -> f64 {
    pair.seen.iter().zip(weights).map(|(x, w)| x * w).sum()
}

/// Solves five equations by elimination; the matrix is positive definite.
fn solved(mut matrix: [[f64; 5]; 5], mut right: Seen) -> Seen {
    for i in 0..5 {
        for k in i + 1..5 {
            let factor = matrix[k][i] / matrix[i][i];
            let row = matrix[i];
            matrix[k]
                .iter_mut()
                .zip(row)
                .for_each(|(x, y)| *x -= factor * y);
            right[k] -= factor * right[i];
        }
    }
    for i in (0..5).rev() {
        let known: f64 = (i + 1..5).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

/// Of pairs kept back the share that lies above a threshold, and of the links among them.
fn shares(pairs: &[Pair], weights: &Seen, threshold: f64) -> [f64; 2] {
    let scored = pairs.iter().filter(|p| p.kept_back);
    let [mut all, mut links] = [[0usize; 2]; 2];
    for pair in scored {
        let kept = usize::from(odds(pair, weights) >= threshold);
        (all[0], all[1]) = (all[0] + 1, all[1] + kept);
        if pair.linked {
            (links[0], links[1]) = (links[0] + 1, links[1] + kept);
        }
    }
    [all, links].map(|[count, kept]| kept as f64 / count.max(1) as f64)
}
