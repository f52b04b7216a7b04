//! Which word of one statement stands for which word of the other.

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

/// The greedy one-to-one alignment of two statements' content words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Alignment {
    /// Aligned words, best first.
    pub(crate) pairs: Vec<Pair>,
    /// Share of `a`'s weight that `b` covers, 0 to 1.
    pub(crate) covered_a: f64,
    /// Share of `b`'s weight that `a` covers.
    pub(crate) covered_b: f64,
    /// Share of both sides' weight that stands on the very same stems.
    pub(crate) exact: f64,
    /// Weight of the rarest word that both have.
    pub(crate) rarest: f64,
    /// Weight of all that both have, each pair counted by how alike it is.
    pub(crate) shared: f64,
    /// Weight of `a`'s own words that nothing in `b` stands for.
    pub(crate) only_a: f64,
    /// Weight of `b`'s own words that nothing in `a` stands for.
    pub(crate) only_b: f64,
    /// Cosine of the two statements' weighted mean vectors.
    pub(crate) likeness: f32,
    /// How each of `a`'s names fits each of `b`'s.
    pub(crate) names: Vec<Vec<NameMatch>>,
    /// The likest pair of words that are left over on both sides.
    pub(crate) nearest_miss: Option<(usize, usize, f32)>,
}

/// Below this cosine two words do not stand for each other.
const FLOOR: f32 = 0.45;
/// Below this cosine two left-over words are not of a kind.
const KIN: f32 = 0.25;

pub(crate) fn align(a: &Reading, b: &Reading, rarity: &Rarity) -> Alignment {
    let weights = |r: &Reading| -> Vec<f64> {
        r.items
            .iter()
            .map(|i| f64::from(i.weight * rarity.weight(&i.stem)))
            .collect()
    };
    let (wa, wb) = (weights(a), weights(b));
    let mut similar = vec![0f32; wa.len() * wb.len()];
    let vectors = Vectors::english();
    let names = a.match_names(b);
    let mut possible = Vec::new();
    for (i, x) in a.items.iter().enumerate() {
        for (j, y) in b.items.iter().enumerate() {
            let mut s = if x.stem == y.stem {
                1.0
            } else {
                match (x.name, y.name) {
                    (Some(n), Some(m)) => match names[n][m] {
                        NameMatch::Same | NameMatch::Variant
                            if a.names[n].text != b.names[m].text =>
                        {
                            0.9
                        }
                        NameMatch::SameCountry => 0.9,
                        // Different names are different however alike their vectors are.
                        _ => 0.0,
                    },
                    _ => match (&x.vector, &y.vector) {
                        (Some(v), Some(w)) => vectors.similarity(v, w),
                        _ => 0.0,
                    },
                }
            };
            if s < 0.99
                && x.name.is_none()
                && y.name.is_none()
                && x.stem.len() > 5
                && y.stem.len() > 5
                && s > 0.3
            {
                // 'rail' and 'railway', 'embargo' and 'embargoes': a long common beginning is one word family.
                let common = x
                    .stem
                    .bytes()
                    .zip(y.stem.bytes())
                    .take_while(|(p, q)| p == q)
                    .count();
                if common >= 5 {
                    s = s.max(0.85);
                }
            }
            similar[i * wb.len() + j] = s;
            if s >= FLOOR {
                possible.push(Pair {
                    a: i,
                    b: j,
                    similarity: s,
                    weight: (wa[i] * wb[j]).sqrt(),
                });
            }
        }
    }
    possible.sort_by(|p, q| {
        q.similarity
            .total_cmp(&p.similarity)
            .then(q.weight.total_cmp(&p.weight))
            .then((p.a, p.b).cmp(&(q.a, q.b)))
    });
    let (mut taken_a, mut taken_b) = (vec![0f32; wa.len()], vec![0f32; wb.len()]);
    let mut out = Alignment {
        names,
        ..Alignment::default()
    };
    for pair in possible {
        if taken_a[pair.a] == 0.0 && taken_b[pair.b] == 0.0 {
            taken_a[pair.a] = pair.similarity;
            taken_b[pair.b] = pair.similarity;
            out.pairs.push(pair);
        } else {
            // Several words of one name or phrase may stand for one word of the other side, at a discount.
            for taken in [&mut taken_a[pair.a], &mut taken_b[pair.b]] {
                if *taken == 0.0 {
                    *taken = 0.8 * pair.similarity;
                }
            }
        }
    }
    let covered = |r: &Reading, w: &[f64], taken: &[f32]| {
        let own = |i: &usize| !r.items[*i].borrowed;
        let all: f64 = (0..w.len()).filter(own).map(|i| w[i]).sum();
        let hit: f64 = (0..w.len())
            .filter(own)
            .map(|i| w[i] * f64::from(taken[i]))
            .sum();
        let lone: f64 = (0..w.len())
            .filter(own)
            .filter(|i| taken[*i] < FLOOR)
            .map(|i| w[i])
            .sum();
        (if all > 0.0 { hit / all } else { 0.0 }, lone, all)
    };
    let (ca, only_a, all_a) = covered(a, &wa, &taken_a);
    let (cb, only_b, all_b) = covered(b, &wb, &taken_b);
    (out.covered_a, out.covered_b, out.only_a, out.only_b) = (ca, cb, only_a, only_b);
    let exact: f64 = out
        .pairs
        .iter()
        .filter(|p| p.similarity > 0.99)
        .map(|p| wa[p.a] + wb[p.b])
        .sum();
    out.exact = if all_a + all_b > 0.0 {
        (exact / (all_a + all_b)).min(1.0)
    } else {
        0.0
    };
    out.shared = out
        .pairs
        .iter()
        .map(|p| p.weight * f64::from(p.similarity))
        .sum();
    out.rarest = out
        .pairs
        .iter()
        .filter(|p| p.similarity > 0.85)
        .map(|p| p.weight)
        .fold(0.0, f64::max);
    out.likeness = a.likeness(b);
    for i in (0..wa.len()).filter(|i| taken_a[*i] < FLOOR && !a.items[*i].borrowed) {
        for j in (0..wb.len()).filter(|j| taken_b[*j] < FLOOR && !b.items[*j].borrowed) {
            let s = similar[i * wb.len() + j];
            if s >= KIN && out.nearest_miss.is_none_or(|(_, _, had)| s > had) {
                out.nearest_miss = Some((i, j, s));
            }
        }
    }
    out
}
