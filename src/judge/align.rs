//! Which word of one statement stands for which word of the other.

use super::reading::Item;
use super::{Rarity, Reading};
use crate::text::NameMatch;
use crate::vectors::Vectors;

/// Two words that stand for each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) similarity: f32,
    pub(crate) weight: f64,
}

/// The greedy one-to-one alignment of two statements' content words. Made once and used for pair after pair.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    /// Aligned words, best first.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) a: Side,
    pub(crate) b: Side,
    /// Share of both sides' weight that stands on the very same stems.
    pub(crate) exact: f64,
    /// Weight of the rarest word that both have.
    pub(crate) rarest: f64,
    /// Weight of all that both have, each pair counted by how alike it is.
    pub(crate) shared: f64,
    /// Cosine of the two statements' weighted mean vectors.
    pub(crate) likeness: f32,
    /// The likest pair of words that are left over on both sides.
    pub(crate) nearest_miss: Option<(usize, usize, f32)>,
    /// How each of `a`'s names fits each of `b`'s, row by row.
    names: Vec<NameMatch>,
    /// How alike each of `a`'s words and each of `b`'s are, row by row.
    similar: Vec<f32>,
    /// Words that may stand for each other.
    possible: Vec<Pair>,
}

/// The words of one statement in an alignment.
#[derive(Debug, Default)]
pub(crate) struct Side {
    /// Share of the statement's weight that the other covers, 0 to 1.
    pub(crate) covered: f64,
    /// Weight of its own words that nothing on the other side stands for.
    pub(crate) only: f64,
    /// How much each word tells.
    weights: Vec<f64>,
    /// How alike what stands for each word is, 0 where nothing does.
    taken: Vec<f32>,
    /// Whether each word is one of a pair.
    paired: Vec<bool>,
}

/// Below this cosine two words do not stand for each other.
const FLOOR: f32 = 0.45;
/// Below this cosine two left-over words are not of a kind.
const KIN: f32 = 0.25;

impl Alignment {
    /// Aligns two statements; nothing is left of those before.
    pub(crate) fn align(&mut self, a: &Reading, b: &Reading, rarity: &Rarity) {
        self.a.start(a, rarity);
        self.b.start(b, rarity);
        self.names.clear();
        self.names.extend(a.match_names(b));
        self.compare(a, b);
        self.pick();
        let all = self.a.measure(a) + self.b.measure(b);
        let exact = self.pairs.iter().filter(|p| p.similarity > 0.99);
        let exact: f64 = exact
            .map(|p| self.a.weights[p.a] + self.b.weights[p.b])
            .sum();
        self.exact = if all > 0.0 {
            (exact / all).min(1.0)
        } else {
            0.0
        };
        let shared = self.pairs.iter();
        self.shared = shared.map(|p| p.weight * f64::from(p.similarity)).sum();
        let alike = self.pairs.iter().filter(|p| p.similarity > 0.85);
        self.rarest = alike.map(|p| p.weight).fold(0.0, f64::max);
        self.likeness = a.likeness(b);
        self.find_nearest_miss(a, b);
    }

    /// Whether a name of `a` and one of `b` fit.
    pub(crate) fn names_fit(&self, n: usize, m: usize, b: &Reading) -> bool {
        self.fit(n, m, b) > NameMatch::Different
    }

    /// How a name of `a` and one of `b` fit.
    pub(crate) fn fit(&self, n: usize, m: usize, b: &Reading) -> NameMatch {
        self.names[n * b.names.len() + m]
    }

    /// How alike a word of `a` and one of `b` are.
    pub(crate) fn similar(&self, i: usize, j: usize, b: &Reading) -> f32 {
        self.similar[i * b.items.len() + j]
    }

    /// The pairs of the very same words.
    pub(crate) fn exact_pairs(&self) -> impl Iterator<Item = &Pair> + Clone {
        self.pairs.iter().filter(|p| p.similarity > 0.99)
    }

    /// Compares every word of one side with every word of the other.
    fn compare(&mut self, a: &Reading, b: &Reading) {
        self.similar.clear();
        self.possible.clear();
        for (i, x) in a.items.iter().enumerate() {
            for (j, y) in b.items.iter().enumerate() {
                let similarity = if x.stem == y.stem {
                    1.0
                } else if let (Some(n), Some(m)) = (x.name, y.name) {
                    let same = a.names[n].text == b.names[m].text;
                    names_alike(self.names[n * b.names.len() + m], same)
                } else {
                    words_alike(x, y)
                };
                self.similar.push(similarity);
                if similarity >= FLOOR {
                    self.possible.push(Pair {
                        a: i,
                        b: j,
                        similarity,
                        weight: (self.a.weights[i] * self.b.weights[j]).sqrt(),
                    });
                }
            }
        }
    }

    /// Pairs each word at most once, the likest first.
    fn pick(&mut self) {
        self.possible.sort_unstable_by(|p, q| {
            (q.similarity.total_cmp(&p.similarity))
                .then(q.weight.total_cmp(&p.weight))
                .then((p.a, p.b).cmp(&(q.a, q.b)))
        });
        self.pairs.clear();
        for pair in &self.possible {
            let taken = [&mut self.a.taken[pair.a], &mut self.b.taken[pair.b]];
            if taken.iter().all(|taken| **taken == 0.0) {
                taken.into_iter().for_each(|t| *t = pair.similarity);
                self.a.paired[pair.a] = true;
                self.b.paired[pair.b] = true;
                self.pairs.push(*pair);
            } else {
                // Several words of one name or phrase may stand for one word of the other side, at a discount.
                for taken in taken.into_iter().filter(|taken| **taken == 0.0) {
                    *taken = 0.8 * pair.similarity;
                }
            }
        }
    }

    fn find_nearest_miss(&mut self, a: &Reading, b: &Reading) {
        self.nearest_miss = None;
        for i in self.a.lone(a) {
            for j in self.b.lone(b) {
                let s = self.similar[i * b.items.len() + j];
                if s >= KIN && self.nearest_miss.is_none_or(|(_, _, had)| s > had) {
                    self.nearest_miss = Some((i, j, s));
                }
            }
        }
    }
}

impl Side {
    fn start(&mut self, r: &Reading, rarity: &Rarity) {
        let weight = |i: &Item| f64::from(i.weight * rarity.weight(&i.stem));
        self.weights.clear();
        self.weights.extend(r.items.iter().map(weight));
        self.taken.clear();
        self.taken.resize(r.items.len(), 0.0);
        self.paired.clear();
        self.paired.resize(r.items.len(), false);
    }

    /// Whether a word is one of a pair.
    pub(crate) fn is_paired(&self, word: usize) -> bool {
        self.paired[word]
    }

    /// The statement's own words that nothing stands for.
    fn lone(&self, r: &Reading) -> impl Iterator<Item = usize> {
        (0..r.items.len()).filter(|i| self.taken[*i] < FLOOR && !r.items[*i].borrowed)
    }

    /// Finds out how much of the statement is covered; the weight of all of it.
    fn measure(&mut self, r: &Reading) -> f64 {
        let (mut all, mut hit) = (0.0, 0.0);
        self.only = 0.0;
        for (i, weight) in self.weights.iter().enumerate() {
            if !r.items[i].borrowed {
                all += weight;
                hit += weight * f64::from(self.taken[i]);
                if self.taken[i] < FLOOR {
                    self.only += weight;
                }
            }
        }
        self.covered = if all > 0.0 { hit / all } else { 0.0 };
        all
    }
}

/// How alike two words are that are parts of names.
fn names_alike(fit: NameMatch, same: bool) -> f32 {
    match fit {
        NameMatch::Same | NameMatch::Variant if !same => 0.9,
        NameMatch::SameCountry => 0.9,
        // Different names are different however alike their vectors are.
        _ => 0.0,
    }
}

/// How alike two words are by what they mean, or by how they begin.
fn words_alike(x: &Item, y: &Item) -> f32 {
    let (Some(v), Some(w)) = (&x.vector, &y.vector) else {
        return 0.0;
    };
    let meaning = Vectors::english().similarity(v, w);
    let words = x.name.is_none() && y.name.is_none();
    if words && meaning > 0.3 && meaning < 0.85 && one_family(&x.stem, &y.stem) {
        0.85
    } else {
        meaning
    }
}

/// 'rail' and 'railway', 'embargo' and 'embargoes': a long common beginning is one word family.
fn one_family(x: &str, y: &str) -> bool {
    x.len() > 5 && y.len() > 5 && x.as_bytes()[..5] == y.as_bytes()[..5]
}
