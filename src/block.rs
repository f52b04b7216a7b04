//! Blocking: which pairs of claims are worth judging, from an inverted index that grows with every claim.
//!
//! Knows terms and how rare they are, not what a judge would say of a pair. A claim is compared with the best of those that
//! share rare terms with it, or words of one field; terms that stand nearly everywhere lead nowhere, and what a cap cut off is
//! reported.

use crate::text::{self, DateMention, Name, Quantity};
use fnv::FnvHasher;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hasher;
use std::sync::OnceLock;

/// Bounds of the search for candidates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockOptions {
    /// Candidates kept for one claim, the best first. Default 48.
    pub top: usize,
    /// A term of more claims than this is not followed, unless it is within `common_share` of all and within `postings`.
    /// Default 64.
    pub common: usize,
    /// Share of all claims up to which a term is followed, 0 to 1. Default 0.02.
    pub common_share: f64,
    /// Postings read for one claim, at the most; the rarest terms are read first. Default 4096.
    pub postings: usize,
}

impl Default for BlockOptions {
    fn default() -> Self {
        Self {
            top: 48,
            common: 64,
            common_share: 0.02,
            postings: 4096,
        }
    }
}

/// What a claim is found by: the hash of a stem, a name or a figure, and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    hash: u64,
    weight: f32,
}

/// Weight of words that a claim borrows from its context ('such a scenario').
const BORROWED: f32 = 0.5;
/// Weight of names and figures beside words: two reports of one matter agree on them more often.
const VALUE: f32 = 1.25;

/// Weight of a band of the direction that a statement's words point in: several bands together are worth a shared word.
const BAND: f32 = 0.35;
/// Bands of each width, and their widths in bits: wide enough to part a small corpus, and a large one.
const BANDS: usize = 16;
const WIDTHS: [usize; 2] = [4, 10];

/// The terms of a statement, each once: the stems of its own words and of those that it borrows from its context, the
/// countries or last words of its names, its figures, and the bands of `direction` (the mean vector of its words), which
/// find statements that share no word but words of one field.
///
/// Bands are sign hashes (Charikar 2002, 'Similarity estimation techniques from rounding algorithms'): two directions at an
/// angle of x degrees agree in a bit with probability 1 - x/180.
pub fn terms<'a>(
    stems: impl Iterator<Item = &'a str>,
    borrowed: impl Iterator<Item = &'a str>,
    names: &[Name],
    quantities: &[Quantity],
    direction: &[f32],
) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    let mut add = |kind: u8, word: &str, weight: f32| {
        out.push(Term {
            hash: hash(kind, word),
            weight,
        });
    };
    for stem in stems {
        add(STEM, stem, 1.0);
    }
    for stem in borrowed {
        add(STEM, stem, BORROWED);
    }
    for name in names {
        match &name.country {
            Some(country) => add(1, country, VALUE),
            None => add(2, name.text.rsplit(' ').next().unwrap_or(&name.text), VALUE),
        }
    }
    for quantity in quantities {
        add(3, &quantity.low.to_string(), VALUE);
    }
    out.extend(bands(direction));
    out.sort_by(|a, b| a.hash.cmp(&b.hash).then(b.weight.total_cmp(&a.weight)));
    out.dedup_by_key(|t| t.hash);
    out
}

/// The kind of term that a word is.
const STEM: u8 = 0;

fn hash(kind: u8, word: &str) -> u64 {
    let mut hash = FnvHasher::default();
    hash.write(&[kind]);
    hash.write(word.as_bytes());
    hash.finish()
}

fn bands(direction: &[f32]) -> Vec<Term> {
    if direction.iter().all(|x| *x == 0.0) {
        return Vec::new();
    }
    let mut planes = planes().chunks_exact(LONGEST);
    let mut number = 0;
    let mut out = Vec::with_capacity(BANDS * WIDTHS.len());
    for width in WIDTHS {
        for _ in 0..BANDS {
            let bits = (0..width).fold(0u64, |bits, _| {
                let plane = planes.next().unwrap_or_default();
                2 * bits + u64::from(side(direction, plane))
            });
            number += width as u64;
            out.push(Term {
                hash: mixed(bits ^ mixed(number)),
                weight: BAND,
            });
        }
    }
    out
}

/// Components of a direction that count; there are no longer ones.
const LONGEST: usize = 128;

/// The planes of all bands, one after the other: the signs of their normals, drawn by number, the same on every machine.
fn planes() -> &'static [f32] {
    static PLANES: OnceLock<Vec<f32>> = OnceLock::new();
    PLANES.get_or_init(|| {
        let count: usize = WIDTHS.iter().map(|width| width * BANDS).sum();
        let signs = (1..=count as u64).flat_map(|plane| {
            (0..LONGEST as u64).map(move |at| {
                let draw = mixed(plane << 16 | (at & !63));
                if draw >> (at % 64) & 1 == 1 {
                    1.0
                } else {
                    -1.0
                }
            })
        });
        signs.collect()
    })
}

/// On which side of a plane a direction points. Eight sums at a time, in one order on every machine.
fn side(direction: &[f32], plane: &[f32]) -> bool {
    let mut sums = [0f32; 8];
    for (xs, signs) in direction.chunks(8).zip(plane.chunks(8)) {
        for ((sum, x), sign) in sums.iter_mut().zip(xs).zip(signs) {
            *sum += x * sign;
        }
    }
    sums.iter().sum::<f32>() > 0.0
}

/// A finaliser of splitmix64: every bit depends on every bit.
fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The claims found for one, the best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Keys of the claims.
    pub keys: Vec<u32>,
    /// Whether a cap left something out: more than `top` shared a word, name or figure, or one was too common to be followed.
    pub truncated: bool,
}

/// An inverted index over the terms of claims. Adding costs one posting a term; asking reads at most
/// [`BlockOptions::postings`] of them.
#[derive(Debug, Clone, Default)]
pub struct Index {
    options: BlockOptions,
    postings: FxHashMap<u64, Vec<u32>>,
    claims: usize,
}

impl Index {
    /// An empty index.
    pub fn new(options: BlockOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Number of claims held.
    pub fn len(&self) -> usize {
        self.claims
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.claims == 0
    }

    /// In how many claims of the index a word of this stem stands.
    pub(crate) fn spread(&self, stem: &str) -> usize {
        self.holding(stem).len()
    }

    /// Keys of the claims of the index in which a word of this stem stands, in the order in which they were added.
    pub(crate) fn holding(&self, stem: &str) -> impl ExactSizeIterator<Item = u32> {
        let posting = self.postings.get(&hash(STEM, stem));
        posting.map_or(&[][..], Vec::as_slice).iter().copied()
    }

    /// Adds a claim under a key that the index does not hold yet.
    pub fn add(&mut self, key: u32, terms: &[Term]) {
        self.claims += 1;
        for term in terms {
            self.postings.entry(term.hash).or_default().push(key);
        }
    }

    /// The claims that share the most with these terms, by the sum of squared rarities; `rank` orders ties by something that
    /// does not depend on the order of adding. `skip` leaves claims out before they count.
    pub fn candidates<K: Ord>(
        &self,
        terms: &[Term],
        skip: impl Fn(u32) -> bool,
        rank: impl Fn(u32) -> K,
    ) -> Candidates {
        let limit = self
            .options
            .common
            .max((self.options.common_share * self.claims as f64) as usize);
        let mut known: Vec<(&Term, &Vec<u32>)> = terms
            .iter()
            .filter_map(|t| Some((t, self.postings.get(&t.hash)?)))
            .collect();
        known.sort_by_key(|(term, posting)| (posting.len(), term.hash));
        let mut truncated = false;
        let mut read = 0;
        // Of each claim its score, and whether it shares more than a band.
        let mut scores: FxHashMap<u32, (f32, bool)> = FxHashMap::default();
        for (term, posting) in known {
            // Words are the promise, bands come on top: a crowded one is no loss.
            let band = term.weight <= BAND;
            let limit = if band { self.options.common } else { limit };
            if posting.len() > limit || read + posting.len() > self.options.postings {
                truncated |= !band;
                continue;
            }
            read += posting.len();
            let rarity = (1.0 + self.claims as f32 / posting.len() as f32).ln();
            for key in posting {
                if !skip(*key) {
                    let (score, worded) = scores.entry(*key).or_default();
                    *score += term.weight * rarity * rarity;
                    *worded |= !band;
                }
            }
        }
        // order: sorted below, ties by rank.
        let mut ranked: Vec<(u32, (f32, bool))> = scores.into_iter().collect();
        let by = |a: &(u32, (f32, bool)), b: &(u32, (f32, bool))| {
            let score = b.1.0.total_cmp(&a.1.0);
            score.then_with(|| rank(a.0).cmp(&rank(b.0)))
        };
        if ranked.len() > self.options.top {
            ranked.select_nth_unstable_by(self.options.top, by);
            truncated |= ranked[self.options.top..].iter().any(|r| r.1.1);
            ranked.truncate(self.options.top);
        }
        ranked.sort_by(by);
        Candidates {
            keys: ranked.into_iter().map(|r| r.0).collect(),
            truncated,
        }
    }
}

/// Texts that come again word for word: the first few of a kind are compared with the rest of the corpus, further ones hang
/// on one of them like the points of a star.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    texts: FxHashMap<u64, Vec<u32>>,
}

/// Copies of one text that are indexed; what comes after them is only linked to one of these.
const KEPT: usize = 6;

impl Copies {
    /// What two copies share: the letters and digits of the text, what stands between and before digits ('1.5' is not '15', nor
    /// '-5' '5'), and the days that it names.
    pub fn key(words: &str, dates: &[DateMention]) -> u64 {
        let mut key = FnvHasher::default();
        let (mut last, mut mark) = (None, None);
        for c in text::fold(words).chars() {
            if c.is_alphanumeric() {
                let sign = mark == Some((None, '-'));
                let between = last.is_some_and(char::is_numeric) && mark.is_some();
                if c.is_numeric() && (sign || between) {
                    key.write(&mark.map_or(0, |(_, m)| u32::from(m)).to_le_bytes());
                }
                key.write(&u32::from(c).to_le_bytes());
                (last, mark) = (Some(c), None);
            } else {
                // What stands before it: a letter or digit, or nothing that belongs to it.
                let before = if mark.is_none() { last } else { None };
                mark = Some((before, c));
            }
        }
        for date in dates {
            for day in [date.interval.from, date.interval.to] {
                key.write(&day.year().to_le_bytes());
                key.write(&[day.month().unsigned_abs(), day.day().unsigned_abs()]);
            }
        }
        key.finish()
    }

    /// Adds a claim; returns those that stand for its kind where enough copies are indexed already.
    pub fn add(&mut self, key: u64, claim: u32) -> Option<&[u32]> {
        let group = self.texts.entry(key).or_default();
        group.push(claim);
        (group.len() > KEPT).then(|| &group[..KEPT])
    }

    /// Those of a kind that are not indexed, and so not found by a search.
    pub fn hanging(&self, key: u64) -> &[u32] {
        let group = self.texts.get(&key).map_or(&[][..], Vec::as_slice);
        group.get(KEPT..).unwrap_or_default()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.texts.clear();
    }
}

/// All pairs that share a term, whatever its frequency: the oracle that tests hold [`Index::candidates`] against.
#[doc(hidden)]
pub fn oracle(all: &[Vec<Term>]) -> FxHashSet<(usize, usize)> {
    let mut out = FxHashSet::default();
    for (a, x) in all.iter().enumerate() {
        for (b, y) in all.iter().enumerate().skip(a + 1) {
            if x.iter().any(|t| y.iter().any(|u| u.hash == t.hash)) {
                out.insert((a, b));
            }
        }
    }
    out
}
