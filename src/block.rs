//! Blocking: which pairs of claims are worth judging, from an inverted index that grows with every claim.
//!
//! Knows terms and how rare they are, not what a judge would say of a pair. A claim is compared with the best of those that
//! share rare terms with it, or words of one field; terms that stand nearly everywhere lead nowhere, and what a cap cut off is
//! reported.

mod near;

pub use near::{Near, NearCopies, NearCopy, NearGroup, NearGroups, NearOptions};

use crate::text::{self, DateMention, Name, Quantity};
use fnv::FnvHasher;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::hash::Hasher;

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

/// What a claim is found by: the hash of a stem, a name or a figure, and how much it counts. Of two million kinds of words a
/// thousand share a hash with another, which brings up a few candidates for nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    hash: u32,
    weight: f32,
}

impl Term {
    fn new(kind: Kind, word: &str, weight: f32) -> Self {
        Self {
            hash: hash(kind, word),
            weight,
        }
    }

    /// What stands for it in the index.
    pub(crate) fn hash(self) -> u32 {
        self.hash
    }

    fn is_band(self) -> bool {
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

/// Bytes of a map with so much room: entries of a size and a byte of control each, in tables of which seven eighths are filled.
pub(crate) fn of_map(capacity: usize, entry: usize) -> usize {
    capacity * 8 / 7 * (entry + 1)
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
    postings: FxHashMap<u32, Posting>,
    claims: usize,
}

/// Claims of a word that are kept. A word that more hold leads no claim to candidates, and a search reads no more of them.
pub(crate) const SEARCHED: usize = 32_768;

/// The claims of a term.
#[derive(Debug, Clone)]
enum Posting {
    /// Most terms stand in one claim.
    One(u32),
    Some(Vec<u32>),
    /// So many that further ones are only counted.
    Full(u32, Vec<u32>),
}

impl Posting {
    fn len(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Some(keys) => keys.len(),
            Self::Full(count, _) => *count as usize,
        }
    }

    fn keys(&self) -> &[u32] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Some(keys) | Self::Full(_, keys) => keys,
        }
    }

    /// Adds a key; beyond `most` of them they are only counted.
    fn add(&mut self, key: u32, most: usize) {
        match self {
            Self::Full(count, _) => *count += 1,
            Self::Some(keys) if keys.len() >= most => {
                *self = Self::Full(keys.len() as u32 + 1, std::mem::take(keys));
            }
            Self::One(first) => *self = Self::Some(vec![*first, key]),
            Self::Some(keys) => keys.push(key),
        }
    }
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
        self.postings.get(&stem_hash(stem)).map_or(0, Posting::len)
    }

    /// Keys of the claims of the index in which a word of this stem stands, in the order in which they were added; of one
    /// that is very common the first so many.
    pub(crate) fn holding(&self, stem: &str) -> impl ExactSizeIterator<Item = u32> {
        let posting = self.postings.get(&stem_hash(stem));
        posting.map_or(&[][..], Posting::keys).iter().copied()
    }

    /// Adds a claim under a key that the index does not hold yet.
    pub fn add(&mut self, key: u32, terms: &[Term]) {
        self.claims += 1;
        for term in terms {
            let most = self.kept(term);
            match self.postings.entry(term.hash) {
                Entry::Occupied(mut held) => held.get_mut().add(key, most),
                Entry::Vacant(free) => _ = free.insert(Posting::One(key)),
            }
        }
    }

    /// Takes a claim out that was added with these terms; returns those of them whose claims were only counted and are few enough now: whoever
    /// keeps the claims has to [`refill`](Self::refill) them.
    #[must_use]
    pub fn remove(&mut self, key: u32, terms: &[Term]) -> Vec<Term> {
        self.claims -= 1;
        let mut sparse = Vec::new();
        for term in terms {
            let most = self.kept(term);
            let Entry::Occupied(mut held) = self.postings.entry(term.hash) else {
                continue;
            };
            match held.get_mut() {
                Posting::One(_) => _ = held.remove(),
                Posting::Some(keys) => {
                    keys.retain(|k| *k != key);
                    if keys.is_empty() {
                        held.remove();
                    }
                }
                Posting::Full(count, keys) => {
                    *count -= 1;
                    keys.retain(|k| *k != key);
                    if *count as usize <= most {
                        sparse.push(*term);
                    }
                }
            }
        }
        sparse
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        let lists = self.postings.values().map(|posting| match posting {
            Posting::Some(keys) | Posting::Full(_, keys) => keys.capacity() * size_of::<u32>(),
            Posting::One(_) => 0,
        });
        of_map(self.postings.capacity(), size_of::<(u32, Posting)>()) + lists.sum::<usize>()
    }

    /// Sets the claims of a term that [`remove`](Self::remove) returned.
    pub fn refill(&mut self, term: Term, keys: Vec<u32>) {
        self.postings.insert(term.hash, Posting::Some(keys));
    }

    /// How many claims of a term are kept: as many as a search may read.
    fn kept(&self, term: &Term) -> usize {
        match term.is_band() {
            true => self.options.common,
            false => self.options.postings.max(SEARCHED),
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
        let mut known: Vec<(&Term, &Posting)> = terms
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
            let band = term.is_band();
            let limit = if band { self.options.common } else { limit };
            if posting.len() > limit || read + posting.len() > self.options.postings {
                truncated |= !band;
                continue;
            }
            read += posting.len();
            let rarity = (1.0 + self.claims as f32 / posting.len() as f32).ln();
            for key in posting.keys() {
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
    /// Of each kind the only claim, or the first one.
    first: FxHashMap<u64, u32>,
    /// All claims of a kind that has several.
    more: FxHashMap<u64, Vec<u32>>,
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

    /// Adds a claim; whether it is to be indexed, since not enough copies are.
    pub fn add(&mut self, key: u64, claim: u32) -> bool {
        let first = match self.first.entry(key) {
            Entry::Vacant(free) => {
                free.insert(claim);
                return true;
            }
            Entry::Occupied(held) => *held.get(),
        };
        let group = self.more.entry(key).or_insert_with(|| vec![first]);
        group.push(claim);
        group.len() <= KEPT
    }

    /// Takes a claim out; whether it was not indexed, and else the one that is to be indexed in its place.
    pub fn remove(&mut self, key: u64, claim: u32) -> (bool, Option<u32>) {
        let Some(group) = self.more.get_mut(&key) else {
            self.first.remove(&key);
            return (false, None);
        };
        let Some(at) = group.iter().position(|c| *c == claim) else {
            return (false, None);
        };
        group.remove(at);
        let next = (at < KEPT).then(|| group.get(KEPT - 1).copied()).flatten();
        self.first.insert(key, group[0]);
        if group.len() == 1 {
            self.more.remove(&key);
        }
        (at >= KEPT, next)
    }

    /// Those of a kind that are indexed and stand for a claim that is not.
    pub fn standing(&self, key: u64, claim: u32) -> Option<&[u32]> {
        let kept = self.more.get(&key)?.get(..KEPT)?;
        (!kept.contains(&claim)).then_some(kept)
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        let lists = self
            .more
            .values()
            .map(|keys| keys.capacity() * size_of::<u32>());
        of_map(self.first.capacity(), size_of::<(u64, u32)>())
            + of_map(self.more.capacity(), size_of::<(u64, Vec<u32>)>())
            + lists.sum::<usize>()
    }

    /// Those of a kind that are not indexed, and so not found by a search.
    pub fn hanging(&self, key: u64) -> &[u32] {
        let group = self.more.get(&key).map_or(&[][..], Vec::as_slice);
        group.get(KEPT..).unwrap_or_default()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.first.clear();
        self.more.clear();
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
