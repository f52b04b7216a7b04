//! What a claim is found by.

use crate::text::{Name, Quantity};
use fnv::FnvHasher;
use std::hash::Hasher;

/// What a claim is found by: the hash of a stem, a name or a figure, and how much it counts. Of two million kinds of words a
/// thousand share a hash with another, which brings up a few candidates for nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    pub(super) hash: u32,
    pub(super) weight: f32,
}

impl Term {
    fn new(kind: Kind, word: &str, weight: f32) -> Self {
        Self {
            hash: hash(kind, word),
            weight,
        }
    }

    /// Bytes that it is kept in.
    pub(crate) const BYTES: usize = 5;

    /// The hash, and the weight in quarters. No band is kept.
    pub(crate) fn to_bytes(self) -> [u8; Self::BYTES] {
        let [a, b, c, d] = self.hash.to_le_bytes();
        [a, b, c, d, (self.weight * 4.0) as u8]
    }

    /// What [`to_bytes`](Self::to_bytes) gave.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self {
            hash: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            weight: f32::from(bytes[4]) / 4.0,
        }
    }

    /// What stands for it in the index.
    pub(crate) fn hash(self) -> u32 {
        self.hash
    }

    pub(crate) fn is_band(self) -> bool {
        self.weight <= BAND
    }
}

/// What sort of thing a term is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Stem,
    Country,
    Name,
    Figure,
}

fn hash(kind: Kind, word: &str) -> u32 {
    let mut hash = FnvHasher::default();
    hash.write(&[kind as u8]);
    hash.write(word.as_bytes());
    (mixed(hash.finish()) >> 32) as u32
}

/// The hash of a stem's term.
pub(crate) fn stem_hash(stem: &str) -> u32 {
    hash(Kind::Stem, stem)
}

/// Weight of words that a claim borrows from its context ('such a scenario').
const BORROWED: f32 = 0.5;
/// Weight of names and figures beside words: two reports of one matter agree on them more often.
const VALUE: f32 = 1.25;

/// Weight of a band of the direction that a statement's words point in: several bands together are worth a shared word.
const BAND: f32 = 0.35;
/// Bands of each width, and their widths in bits: wide enough to part a small corpus, a large one, and a million claims.
const BANDS: usize = 16;
const WIDTHS: [usize; 3] = [4, 10, 14];

/// The terms of a statement, each once: the stems of its own words and of those that it borrows from its context, the
/// countries or last words of its names, its figures.
pub(crate) fn terms<'a>(
    stems: impl Iterator<Item = &'a str>,
    borrowed: impl Iterator<Item = &'a str>,
    names: &[Name],
    quantities: &[Quantity],
) -> Vec<Term> {
    let own = stems.map(|stem| Term::new(Kind::Stem, stem, 1.0));
    let borrowed = borrowed.map(|stem| Term::new(Kind::Stem, stem, BORROWED));
    let names = names.iter().map(|name| match &name.country {
        Some(country) => Term::new(Kind::Country, country, VALUE),
        None => {
            let last = name.text.rsplit(' ').next().unwrap_or(&name.text);
            Term::new(Kind::Name, last, VALUE)
        }
    });
    let figures = (quantities.iter()).map(|q| Term::new(Kind::Figure, &q.low.to_string(), VALUE));
    let mut out: Vec<Term> = own.chain(borrowed).chain(names).chain(figures).collect();
    out.sort_by(|a, b| a.hash.cmp(&b.hash).then(b.weight.total_cmp(&a.weight)));
    out.dedup_by_key(|t| t.hash);
    out
}

/// The bands of a direction, which find statements that share no word but words of one field.
///
/// Bands are sign hashes (Charikar 2002, 'Similarity estimation techniques from rounding algorithms'): two directions at an
/// angle of x degrees agree in a bit with probability 1 - x/180. The planes are the rows of a Hadamard matrix behind random signs,
/// a matrix for every so many, so that a direction's side of all of them costs a few sums each (Andoni et al. 2015, arXiv 1509.02897).
pub(crate) fn bands(direction: &[i8]) -> Vec<Term> {
    if direction.iter().all(|x| *x == 0) {
        return Vec::new();
    }
    let size = direction.len().next_power_of_two();
    let (mut turned, mut planes, mut turn) = (vec![0i16; size], size, 0);
    let mut side = || {
        if planes == size {
            (planes, turn) = (0, turn + 1);
            turned.fill(0);
            for (part, xs) in direction.chunks(64).enumerate() {
                let signs = mixed(turn << 16 | part as u64);
                let own = turned[64 * part..].iter_mut().zip(xs);
                for (at, (out, x)) in own.enumerate() {
                    let sign = 1 - 2 * (signs >> at & 1) as i16;
                    *out = sign * i16::from(*x);
                }
            }
            hadamard(&mut turned);
        }
        planes += 1;
        turned[planes - 1] > 0
    };
    let mut number = 0;
    let mut out = Vec::with_capacity(BANDS * WIDTHS.len());
    for width in WIDTHS {
        for _ in 0..BANDS {
            let bits = (0..width).fold(0u64, |bits, _| 2 * bits + u64::from(side()));
            number += width as u64;
            out.push(Term {
                hash: (mixed(bits ^ mixed(number)) >> 32) as u32,
                weight: BAND,
            });
        }
    }
    out
}

/// The components of a direction in whole steps, the longest 127.
pub(crate) fn in_steps(direction: &[f32]) -> Box<[i8]> {
    let most = direction.iter().fold(0f32, |most, x| most.max(x.abs()));
    let scale = if most > 0.0 {
        f32::from(i8::MAX) / most
    } else {
        0.0
    };
    direction.iter().map(|x| (x * scale) as i8).collect()
}

/// Multiplies by the Hadamard matrix of its size, a power of two. Whole numbers: the same on every machine. Of up to 256 components of
/// a byte each no sum is too large.
fn hadamard(x: &mut [i16]) {
    let mut half = 1;
    while half < x.len() {
        for block in x.chunks_exact_mut(2 * half) {
            let (low, high) = block.split_at_mut(half);
            for (a, b) in low.iter_mut().zip(high) {
                (*a, *b) = (a.wrapping_add(*b), a.wrapping_sub(*b));
            }
        }
        half *= 2;
    }
}

/// A finaliser of splitmix64: every bit depends on every bit.
pub(super) fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_directions_share_bands_and_others_do_not() {
        let direction = |shift: i8| -> Vec<i8> {
            let wave = (0..96).map(|n: i32| ((n * n * 37 + 11 * n) % 200 - 100) as i8);
            wave.map(|x| x.wrapping_add(shift)).collect()
        };
        let shared = |x: &[i8], y: &[i8]| {
            let (x, y) = (bands(x), bands(y));
            x.iter().filter(|t| y.contains(t)).count()
        };
        let (one, near) = (direction(0), direction(9));
        let far: Vec<i8> = one.iter().rev().copied().collect();
        assert_eq!(shared(&one, &one), BANDS * WIDTHS.len());
        assert!(shared(&one, &near) > 2 * shared(&one, &far));
        assert!(bands(&[0; 96]).is_empty());
    }
}
