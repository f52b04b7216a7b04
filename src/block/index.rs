//! The inverted index.

use super::term::{Term, stem_hash};
use super::{BlockOptions, of_map};
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

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
    /// All keys in order, where every claim is a candidate.
    all: BTreeSet<u32>,
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
        if self.options.exact {
            self.all.insert(key);
        }
        for term in terms {
            let most = self.kept(term);
            match self.postings.entry(term.hash) {
                Entry::Occupied(mut held) => held.get_mut().add(key, most),
                Entry::Vacant(free) => _ = free.insert(Posting::One(key)),
            }
        }
    }

    /// Takes a claim out that was added with these terms; returns those of them that have more claims than are kept of them, of which too few
    /// are left: whoever keeps the claims has to [`refill`](Self::refill) them.
    pub(crate) fn remove(&mut self, key: u32, terms: &[Term]) -> Vec<Term> {
        self.claims = self.claims.saturating_sub(1);
        self.all.remove(&key);
        let mut sparse = Vec::new();
        for term in terms {
            let Some(posting) = self.postings.get_mut(&term.hash) else {
                continue;
            };
            let (mut empty, mut full) = (false, None);
            match posting {
                Posting::One(_) => empty = true,
                Posting::Some(keys) => {
                    keys.retain(|k| *k != key);
                    empty = keys.is_empty();
                }
                Posting::Full(count, keys) => {
                    *count -= 1;
                    keys.retain(|k| *k != key);
                    full = Some((*count as usize, keys.len()));
                }
            }
            if empty {
                self.postings.remove(&term.hash);
            }
            if full.is_some_and(|(count, kept)| self.is_sparse(term, count, kept)) {
                sparse.push(*term);
            }
        }
        sparse
    }

    /// Of each term how many claims hold it, and which, where they are few enough to be followed whatever the term is.
    #[cfg(test)]
    pub(crate) fn contents(&self) -> std::collections::BTreeMap<u32, (usize, Vec<u32>)> {
        // order: into a map that has one.
        let all = self.postings.iter().map(|(term, posting)| {
            let few = posting.len() <= self.options.common;
            let mut keys = if few {
                posting.keys().to_vec()
            } else {
                Vec::new()
            };
            keys.sort_unstable();
            (*term, (posting.len(), keys))
        });
        all.collect()
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        // order: summed.
        let lists = self.postings.values().map(|posting| match posting {
            Posting::Some(keys) | Posting::Full(_, keys) => keys.capacity() * size_of::<u32>(),
            Posting::One(_) => 0,
        });
        of_map(self.postings.capacity(), size_of::<(u32, Posting)>()) + lists.sum::<usize>()
    }

    /// Sets all claims of a term that [`remove`](Self::remove) returned.
    pub(crate) fn refill(&mut self, term: Term, mut keys: Vec<u32>) {
        let (most, count) = (self.kept(&term), keys.len());
        keys.truncate(most);
        let posting = match count {
            0 => {
                self.postings.remove(&term.hash);
                return;
            }
            _ if count > most => Posting::Full(count as u32, keys),
            _ => Posting::Some(keys),
        };
        self.postings.insert(term.hash, posting);
    }

    /// How many claims of a term are kept: of a word as many as a search may read, of a band twice as many as are followed, so that one
    /// that comes and goes seldom makes anybody look for them.
    fn kept(&self, term: &Term) -> usize {
        match term.is_band() {
            true => self.options.common.saturating_mul(2),
            false => self.options.postings.max(SEARCHED),
        }
    }

    /// Whether too few claims of a term are kept that has many.
    fn is_sparse(&self, term: &Term, count: usize, kept: usize) -> bool {
        match term.is_band() {
            true => count <= self.options.common,
            false => kept <= self.kept(term) / 2,
        }
    }

    /// All claims, where options say that each is a candidate; else none.
    pub(crate) fn all(&self) -> impl Iterator<Item = u32> {
        self.all.iter().copied()
    }

    /// The claims that share the most with these terms, by the sum of squared rarities; `rank` orders ties by something that
    /// does not depend on the order of adding. `skip` leaves claims out before they count.
    pub fn candidates<K: Ord>(
        &self,
        terms: &[Term],
        skip: impl Fn(u32) -> bool,
        rank: impl Fn(u32) -> K,
    ) -> Candidates {
        let mut known: Vec<(&Term, &Posting)> = terms
            .iter()
            .filter_map(|t| Some((t, self.postings.get(&t.hash)?)))
            .collect();
        known.sort_by_key(|(term, posting)| (posting.len(), term.hash));
        let mut truncated = false;
        let mut read = 0;
        let mut scores = SCORES.take();
        scores.clear();
        for (term, posting) in known {
            // Words are the promise, bands come on top: a crowded one is no loss.
            let band = term.is_band();
            let crowded = band && posting.len() > self.options.common;
            if crowded || read + posting.len() > self.options.postings {
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
        let mut best = Best::new(self.options.top, |x: &Scored, y: &Scored| {
            let score = y.1.0.total_cmp(&x.1.0);
            score.then_with(|| rank(x.0).cmp(&rank(y.0)))
        });
        // order: the best come out in the order of their scores, ties by rank.
        for (key, score) in &scores {
            truncated |= best.add((*key, *score));
        }
        SCORES.set(scores);
        Candidates {
            truncated: best.sift() || truncated,
            keys: best.kept.into_iter().map(|one| one.0).collect(),
        }
    }
}

/// A claim with its score, and whether it shares more than a band.
type Scored = (u32, (f32, bool));

thread_local! {
    /// The scores of one search, of which the next uses the room.
    static SCORES: Cell<FxHashMap<u32, (f32, bool)>> = Cell::default();
}

/// The first so many of a stream.
struct Best<F> {
    top: usize,
    order: F,
    kept: Vec<Scored>,
    /// The last of the first so many, as far as is known.
    last: Option<Scored>,
}

impl<F: Fn(&Scored, &Scored) -> Ordering> Best<F> {
    fn new(top: usize, order: F) -> Self {
        Self {
            top,
            order,
            kept: Vec::new(),
            last: None,
        }
    }

    /// Takes one in; whether one that shares more than a band was dropped.
    fn add(&mut self, one: Scored) -> bool {
        if let Some(last) = &self.last
            && (self.order)(&one, last).is_gt()
        {
            return one.1.1;
        }
        self.kept.push(one);
        self.kept.len() > self.top.saturating_mul(4) && self.sift()
    }

    /// Keeps the first so many, in order; whether one that shares more than a band was dropped.
    fn sift(&mut self) -> bool {
        self.kept.sort_unstable_by(&self.order);
        let dropped = self.kept.get(self.top..).unwrap_or_default();
        let worded = dropped.iter().any(|one| one.1.1);
        self.kept.truncate(self.top);
        if self.kept.len() == self.top {
            self.last = self.kept.last().copied();
        }
        worded
    }
}

#[cfg(test)]
mod tests {
    use super::super::term::bands;
    use super::*;

    #[test]
    fn what_became_too_common_is_found_again_when_it_is_rare() {
        let options = BlockOptions {
            common: 2,
            ..BlockOptions::default()
        };
        let terms = bands(&[10, -20, 30, 5]);
        let found = |index: &Index| index.candidates(&terms, |_| false, |key| key).keys;
        let mut index = Index::new(options);
        index.add(0, &terms);
        index.add(1, &terms);
        assert_eq!(found(&index), [0, 1]);
        // A crowded band is not followed; of one that is more crowded still the claims are only counted.
        (2..6).for_each(|key| index.add(key, &terms));
        assert!(found(&index).is_empty());
        for key in [1, 3, 4] {
            assert!(index.remove(key, &terms).is_empty());
        }
        let sparse = index.remove(5, &terms);
        assert_eq!(sparse.len(), terms.len());
        for term in sparse {
            index.refill(term, vec![0, 2]);
        }
        assert_eq!(found(&index), [0, 2]);
        for key in [0, 2] {
            assert!(index.remove(key, &terms).is_empty());
        }
        assert!(index.is_empty() && index.postings.is_empty());
    }
}
