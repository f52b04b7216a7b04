//! Near copies of short texts: the same words in another case, with other punctuation, in another order, or with some of them
//! changed.
//!
//! Knows hashes of words and how often each stands; keeps no text. Two texts are near copies where they share so many of their
//! words (Jaccard similarity of the multisets). A text's copies are looked for among the texts that hold one of its rarest
//! words, so that the cost of a text is bounded, and each is verified; what a cap left out is reported. Who is whose copy is a
//! function of the texts held, whatever the order in which they came and whatever came and went.

mod groups;
mod held;
mod words;

pub use groups::{NearGroup, NearGroups};

use held::{Keys, Posting, Words};
use rustc_hash::FxHashMap;
use words::{Sketch, shared, whole, words};

/// When two texts are near copies, and the bounds of the search for them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearOptions {
    /// Share of the words of two texts that both hold, 0 to 1, from which they are near copies. Of two texts of one length that
    /// differ in 30 % of their words it is 0.54. Default 0.48.
    pub similarity: f64,
    /// Words by which the copies of a text are looked for, the rarest ones. With as many as the text has, nothing is missed but
    /// what `common` cuts off. Default 4.
    pub words: usize,
    /// Texts that are looked at for one word. Default 1024.
    pub common: usize,
    /// Copies listed for one text, the most alike first. Default 64.
    pub top: usize,
}

impl Default for NearOptions {
    fn default() -> Self {
        Self {
            similarity: 0.48,
            words: 4,
            common: 1024,
            top: 64,
        }
    }
}

/// A near copy of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearCopy {
    /// The key it was added under.
    pub key: u32,
    /// Share of the words of both that both hold; 1 where they are the same words.
    pub similarity: f64,
}

/// The near copies of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Near {
    /// The most alike first, those alike by key.
    pub copies: Vec<NearCopy>,
    /// Whether a cap left something out: more than [`NearOptions::top`] copies, or more than [`NearOptions::common`] texts with a
    /// word that was looked up.
    pub truncated: bool,
}

/// Texts of fewer words are copies only where all words agree: one word in three is too much to change.
const SHORT: usize = 4;
/// Times the copies wanted: no further word is looked up where so many texts are to be verified.
const ENOUGH: usize = 4;

/// An index of short texts that finds near copies.
///
/// Rejected: MinHash bands (those that find texts with 30 % of their words changed bring in so many that share the words of
/// grammar that verifying them takes ten times as long: `benches/peers`), pairs of neighbouring words (as many again to hold, and
/// half of them are gone where 30 % of the words are), single linkage of groups (chains of slowly changing texts run together).
///
/// ```
/// use claimgraph::block::{NearCopies, NearOptions};
///
/// let mut index = NearCopies::new(NearOptions::default());
/// index.add(1, "The port of Ellmar was closed on Monday after the storm.");
/// index.add(2, "After the storm, the port of Ellmar was closed on Monday");
/// index.add(3, "Miners in the north refuse the offer of the ministry.");
/// let near = index.near(1);
/// assert_eq!(near.copies.len(), 1);
/// assert_eq!((near.copies[0].key, near.copies[0].similarity), (2, 1.0));
/// index.remove(2);
/// assert!(index.near(1).copies.is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct NearCopies {
    options: NearOptions,
    /// Where the text of a key is.
    places: FxHashMap<u32, u32>,
    /// Where the words of a hash are: texts of the same words are held once.
    same: FxHashMap<u64, u32>,
    /// Of each distinct text its words; what is looked at for every candidate is beside it.
    texts: Vec<Words>,
    sketches: Vec<Sketch>,
    /// By place, the hash of the words: orders texts whatever their place.
    hashes: Vec<u64>,
    /// Places in `texts` that a removal left empty.
    free: Vec<u32>,
    /// By word.
    postings: FxHashMap<u32, Posting>,
}

impl NearCopies {
    /// An empty index.
    pub fn new(options: NearOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Number of keys held.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Adds a text under a key; what the key stood for before is removed.
    pub fn add(&mut self, key: u32, text: &str) {
        self.remove(key);
        let words = words(text);
        let hash = whole(&words);
        if let Some(at) = self.same.get(&hash) {
            self.texts[*at as usize].keys.insert(key);
            self.places.insert(key, *at);
            return;
        }
        let at = self.free.pop().unwrap_or_else(|| {
            self.texts.push(Words::default());
            self.sketches.push(Sketch::default());
            self.hashes.push(0);
            (self.texts.len() - 1) as u32
        });
        self.places.insert(key, at);
        self.same.insert(hash, at);
        self.hashes[at as usize] = hash;
        self.sketches[at as usize] = Sketch::new(&words);
        for word in &words {
            let posting = self.postings.entry(*word).or_default();
            posting.insert(at, self.options.common, &self.hashes);
        }
        self.texts[at as usize] = Words {
            words: words.into(),
            keys: Keys::One(key),
        };
    }

    /// Removes what a key stands for; whether it stood for anything.
    pub fn remove(&mut self, key: u32) -> bool {
        let Some(at) = self.places.remove(&key) else {
            return false;
        };
        let text = &mut self.texts[at as usize];
        if !text.keys.remove(key) {
            return true;
        }
        let text = std::mem::take(text);
        for word in &text.words {
            if let Some(posting) = self.postings.get_mut(word) {
                posting.remove(at, self.options.common, &self.hashes);
                if posting.0.is_empty() {
                    self.postings.remove(word);
                }
            }
        }
        self.same.remove(&self.hashes[at as usize]);
        self.free.push(at);
        true
    }

    /// The near copies of what a key stands for, itself left out; none where nothing is held under it.
    ///
    /// They are looked for by the rarest words of this text alone: where a copy has other words in the place of all of these, it
    /// finds this text by its own, and [`groups`](Self::groups) joins them.
    pub fn near(&self, key: u32) -> Near {
        let Some(at) = self.places.get(&key) else {
            return Near::default();
        };
        let words = &self.texts[*at as usize].words;
        let sketch = self.sketches[*at as usize];
        self.listed(words, sketch, Some(*at), Some(key))
    }

    /// The near copies of a text that need not be held.
    pub fn near_text(&self, text: &str) -> Near {
        let words = words(text);
        let sketch = Sketch::new(&words);
        let at = self.same.get(&whole(&words)).copied();
        self.listed(&words, sketch, at, None)
    }

    /// The keys near a text, of which `at` is the place if it is held.
    fn listed(&self, words: &[u32], sketch: Sketch, at: Option<u32>, but: Option<u32>) -> Near {
        if words.is_empty() {
            return Near::default();
        }
        let (mut found, mut truncated) = self.found(words, sketch, at);
        found.extend(at.map(|at| (at, 1.0)));
        let mut copies = Vec::new();
        for (text, similarity) in found {
            let keys = self.texts[text as usize].keys.iter();
            let others = keys.filter(|key| Some(*key) != but);
            // One more than wanted, so that it is seen that some are left out.
            let some = others.take(self.options.top.saturating_add(1));
            copies.extend(some.map(|key| NearCopy { key, similarity }));
        }
        copies.sort_by(|a, b| (b.similarity.total_cmp(&a.similarity)).then(a.key.cmp(&b.key)));
        truncated |= copies.len() > self.options.top;
        copies.truncate(self.options.top);
        Near { copies, truncated }
    }

    /// The places of other texts that are near copies, in their order, and whether there may be more.
    fn found(&self, words: &[u32], sketch: Sketch, at: Option<u32>) -> (Vec<(u32, f64)>, bool) {
        let (candidates, truncated) = self.candidates(words, sketch, at);
        let verified = candidates.into_iter().filter_map(|other| {
            let shared = shared(words, &self.texts[other as usize].words);
            let len = self.sketches[other as usize].len();
            self.alike(shared, sketch.len(), len).map(|s| (other, s))
        });
        (verified.collect(), truncated)
    }

    /// Texts that hold one of the rarest words and may be near copies, each once.
    fn candidates(&self, words: &[u32], sketch: Sketch, at: Option<u32>) -> (Vec<u32>, bool) {
        // Words that no other text holds lead nowhere.
        let alone = usize::from(at.is_some());
        let known = words.iter().filter_map(|word| {
            let posting = self.postings.get(word)?;
            (posting.0.len() > alone).then_some((posting.0.len(), *word, posting))
        });
        let mut known: Vec<(usize, u32, &Posting)> = known.collect();
        let telling = self.telling(words.len(), known.len());
        known.sort_unstable_by_key(|(len, word, _)| (*len, *word));
        known.truncate(self.options.words.min(telling));
        let common = self.options.common;
        let least = Least::new(self.options.similarity);
        let (mut out, mut truncated) = (Vec::new(), false);
        for (len, _, posting) in known {
            if out.len() >= ENOUGH.saturating_mul(self.options.top) {
                truncated = true;
                break;
            }
            truncated |= len > common;
            let all = posting.0.iter().take(common).copied();
            let may = |other: &u32| {
                let of = &self.sketches[*other as usize];
                least.may_be(sketch.bound(of), sketch.len() + of.len()) && Some(*other) != at
            };
            out.extend(all.filter(may));
            out.sort_unstable();
            out.dedup();
        }
        (out, truncated)
    }

    /// So many words, of those known to other texts, as every near copy must share one of.
    fn telling(&self, all: usize, known: usize) -> usize {
        let shared = (self.options.similarity * all as f64).ceil() as usize;
        (known + 1).saturating_sub(shared.max(1))
    }

    /// The similarity of texts that share so many words, if it is enough.
    fn alike(&self, shared: u32, a: u32, b: u32) -> Option<f64> {
        let similarity = f64::from(shared) / f64::from(a + b - shared);
        let enough = similarity >= self.options.similarity && a.min(b) >= SHORT as u32;
        (enough || similarity >= 1.0).then_some(similarity)
    }
}

/// The similarity wanted, in a form that many texts are held against at little cost.
#[derive(Debug, Clone, Copy)]
struct Least(u64);

impl Least {
    const ONE: u64 = 1 << 16;

    /// Rounded down, so that nothing is lost.
    fn new(similarity: f64) -> Self {
        Self((similarity.clamp(0.0, 1.0) * Self::ONE as f64) as u64)
    }

    /// Whether texts that have so many words together and share at most so many can be so similar.
    fn may_be(self, shared: u32, both: u32) -> bool {
        u64::from(shared) * (Self::ONE + self.0) >= self.0 * u64::from(both)
    }
}
