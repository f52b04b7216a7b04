//! Near copies of short texts: the same words in another case, with other punctuation, in another order, or with some of them
//! changed.
//!
//! Knows hashes of words and how often each stands; keeps no text. Two texts are near copies where they share so many of their
//! words (Jaccard similarity of the multisets). A text's copies are looked for among the texts that hold one of its rarest
//! words, so that the cost of a text is bounded, and each is verified; what a cap left out is reported. Who is whose copy is a
//! function of the texts held, whatever the order in which they came and whatever came and went.

use super::mixed;
use crate::text;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// When two texts are near copies, and the bounds of the search for them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearOptions {
    /// Share of the words of two texts that both hold, 0 to 1, from which they are near copies. Of two texts of one length that
    /// differ in 30 % of their words it is 0.54. Default 0.48.
    pub similarity: f64,
    /// Words by which the copies of a text are looked for, the rarest ones. With as many as the text has, nothing is missed but
    /// what `common` cuts off. Default 6.
    pub words: usize,
    /// Texts that are looked at for one word. Default 256.
    pub common: usize,
    /// Copies listed for one text, the most alike first. Default 64.
    pub top: usize,
}

impl Default for NearOptions {
    fn default() -> Self {
        Self {
            similarity: 0.48,
            words: 6,
            common: 256,
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

/// Texts that are near copies of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearGroup {
    /// What the others were verified against: the text with the most near copies.
    pub of: u32,
    /// All others, in the order of their keys.
    pub copies: Vec<u32>,
}

/// All near copies, each in one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NearGroups {
    /// In the order of the keys of [`NearGroup::of`]; texts without a near copy are in none.
    pub groups: Vec<NearGroup>,
    /// Whether a cap left something out.
    pub truncated: bool,
}

/// Words of a text that count: of a longer one those whose hashes are smallest, which is a fair draw.
const LONGEST: usize = 256;
/// Texts of fewer words are copies only where all words agree: one word in three is too much to change.
const SHORT: usize = 4;

/// An index of short texts that finds near copies.
///
/// Rejected: MinHash bands (at the similarity of texts with 30 % of their words changed they bring in thousands of texts that
/// share the words of grammar), pairs of neighbouring words (twice the memory, and half of the pairs are gone where 30 % of the
/// words are), single linkage of groups (chains of slowly changing texts run together).
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
    keys: FxHashMap<u32, u32>,
    /// Where the words of a hash are: texts of the same words are held once.
    same: FxHashMap<u64, u32>,
    /// Of each distinct text its words; what is looked at for every candidate is beside it.
    texts: Vec<Words>,
    sketches: Vec<Sketch>,
    /// Places in `texts` that a removal left empty.
    free: Vec<u32>,
    postings: FxHashMap<u32, Posting>,
}

/// A distinct text: its words as [`words`] gives them, and the keys it goes by.
#[derive(Debug, Clone, Default)]
struct Words {
    words: Box<[u32]>,
    keys: Keys,
}

/// The keys of one text: nearly always one.
#[derive(Debug, Clone)]
enum Keys {
    One(u32),
    Many(BTreeSet<u32>),
}

impl Default for Keys {
    fn default() -> Self {
        Self::Many(BTreeSet::new())
    }
}

impl Keys {
    fn insert(&mut self, key: u32) {
        match self {
            Self::Many(keys) => {
                keys.insert(key);
            }
            Self::One(first) => *self = Self::Many(BTreeSet::from([*first, key])),
        }
    }

    /// Whether none is left.
    fn remove(&mut self, key: u32) -> bool {
        match self {
            Self::One(_) => true,
            Self::Many(keys) => {
                keys.remove(&key);
                keys.is_empty()
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many(keys) => keys.len(),
        }
    }

    /// In their order.
    fn iter(&self) -> impl Iterator<Item = u32> {
        let (one, many) = match self {
            Self::One(key) => (Some(*key), None),
            Self::Many(keys) => (None, Some(keys.iter().copied())),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

/// What tells of most texts, without a look at their words, that they are no near copies.
#[derive(Debug, Clone, Copy, Default)]
struct Sketch {
    /// Hash of the words; orders texts by what they are.
    hash: u64,
    /// One bit a word.
    bits: u64,
    len: u32,
}

impl Sketch {
    fn new(words: &[u32]) -> Self {
        Self {
            hash: words.iter().fold(0, |hash, w| mixed(hash ^ u64::from(*w))),
            bits: words.iter().fold(0, |bits, w| bits | 1 << (w % 64)),
            len: words.len() as u32,
        }
    }

    /// Words that both can share, at the most: a bit of one that the other lacks is a word that the other lacks.
    fn bound(&self, other: &Self) -> u32 {
        let own = (self.bits & !other.bits).count_ones();
        let others = (other.bits & !self.bits).count_ones();
        (self.len - own).min(other.len - others)
    }
}

/// The texts that hold a word. Up to `common` in any order; of more, the `common` whose hashes are smallest come first and in
/// order: the same few are looked at by every text, whatever the order of adding.
#[derive(Debug, Clone, Default)]
struct Posting(Vec<u32>);

impl Posting {
    fn insert(&mut self, text: u32, common: usize, sketches: &[Sketch]) {
        let hash = |at: u32| sketches[at as usize].hash;
        let list = &mut self.0;
        if list.len() == common {
            list.sort_unstable_by_key(|at| hash(*at));
        }
        list.push(text);
        if list.len() > common && common > 0 && hash(text) < hash(list[common - 1]) {
            let place = list[..common].partition_point(|at| hash(*at) < hash(text));
            // What was last of the first goes where the new one stood.
            let last = list.len() - 1;
            list.swap(common - 1, last);
            list[place..common].rotate_right(1);
        }
    }

    fn remove(&mut self, text: u32, common: usize, sketches: &[Sketch]) {
        let list = &mut self.0;
        let Some(place) = list.iter().position(|at| *at == text) else {
            return;
        };
        if place >= common || list.len() <= common {
            list.swap_remove(place);
            return;
        }
        list.remove(place);
        let rest = list[common - 1..].iter().enumerate();
        let next = rest.min_by_key(|(_, at)| sketches[**at as usize].hash);
        if let Some((next, _)) = next {
            list.swap(common - 1, common - 1 + next);
        }
    }
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
        self.keys.len()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds a text under a key; what the key stood for before is removed.
    pub fn add(&mut self, key: u32, text: &str) {
        self.remove(key);
        let words = words(text);
        let sketch = Sketch::new(&words);
        if let Some(at) = self.same.get(&sketch.hash) {
            self.texts[*at as usize].keys.insert(key);
            self.keys.insert(key, *at);
            return;
        }
        let at = self.free.pop().unwrap_or_else(|| {
            self.texts.push(Words::default());
            self.sketches.push(Sketch::default());
            (self.texts.len() - 1) as u32
        });
        self.keys.insert(key, at);
        self.same.insert(sketch.hash, at);
        self.sketches[at as usize] = sketch;
        for word in &words {
            let posting = self.postings.entry(*word).or_default();
            posting.insert(at, self.options.common, &self.sketches);
        }
        self.texts[at as usize] = Words {
            words: words.into(),
            keys: Keys::One(key),
        };
    }

    /// Removes what a key stands for; whether it stood for anything.
    pub fn remove(&mut self, key: u32) -> bool {
        let Some(at) = self.keys.remove(&key) else {
            return false;
        };
        let text = &mut self.texts[at as usize];
        if !text.keys.remove(key) {
            return true;
        }
        let text = std::mem::take(text);
        for word in &text.words {
            if let Some(posting) = self.postings.get_mut(word) {
                posting.remove(at, self.options.common, &self.sketches);
                if posting.0.is_empty() {
                    self.postings.remove(word);
                }
            }
        }
        self.same.remove(&self.sketches[at as usize].hash);
        self.free.push(at);
        true
    }

    /// The near copies of what a key stands for, itself left out; none where nothing is held under it.
    pub fn near(&self, key: u32) -> Near {
        let Some(at) = self.keys.get(&key) else {
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
        let at = self.same.get(&sketch.hash).copied();
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
            let len = self.sketches[other as usize].len;
            self.alike(shared, sketch.len, len).map(|s| (other, s))
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
        let wanted = self
            .options
            .words
            .min(self.telling(words.len(), known.len()));
        if wanted < known.len() {
            known.select_nth_unstable_by_key(wanted, |(len, word, _)| (*len, *word));
            known.truncate(wanted);
        }
        let common = self.options.common;
        let truncated = known.iter().any(|(len, ..)| *len > common);
        let mut out = Vec::new();
        for (.., posting) in known {
            for other in posting.0.iter().take(common) {
                let of = &self.sketches[*other as usize];
                let bound = sketch.bound(of);
                if self.alike(bound, sketch.len, of.len).is_some() && Some(*other) != at {
                    out.push(*other);
                }
            }
        }
        out.sort_unstable();
        out.dedup();
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

    /// All near copies: the texts with the most copies first, each takes those of its near copies that are no other's yet, and
    /// that are not more alike another such text. Asks for every distinct text, so it costs what adding them did.
    ///
    /// Every copy was verified against the text that it is a copy of: a chain of texts of which each is near the next falls into
    /// several groups.
    pub fn groups(&self) -> NearGroups {
        let (links, truncated) = self.links();
        let copies = |at: u32| {
            links
                .starting(at)
                .map(|l| self.texts[l.1 as usize].keys.len())
        };
        let mut order: Vec<(usize, u64, u32)> = Vec::new();
        for (at, text) in self.texts.iter().enumerate() {
            let at = at as u32;
            if !text.words.is_empty() {
                let all = copies(at).sum::<usize>() + text.keys.len();
                order.push((usize::MAX - all, self.sketches[at as usize].hash, at));
            }
        }
        order.sort_unstable();
        // The text that each is a copy of; its own place where it is one that others are copies of.
        let mut of: Vec<Option<u32>> = vec![None; self.texts.len()];
        for (.., at) in &order {
            if !links.starting(*at).any(|l| of[l.1 as usize] == Some(l.1)) {
                of[*at as usize] = Some(*at);
            }
        }
        let heads: Vec<bool> = (0..).zip(&of).map(|(at, of)| *of == Some(at)).collect();
        for (.., at) in &order {
            if !heads[*at as usize] {
                let near = links.starting(*at).filter(|l| heads[l.1 as usize]);
                let hash = |at: u32| self.sketches[at as usize].hash;
                let best =
                    near.max_by(|a, b| (a.2.total_cmp(&b.2)).then(hash(b.1).cmp(&hash(a.1))));
                of[*at as usize] = best.map(|l| l.1);
            }
        }
        NearGroups {
            groups: self.gathered(&of),
            truncated,
        }
    }

    /// Groups of keys from what each text is a copy of.
    fn gathered(&self, of: &[Option<u32>]) -> Vec<NearGroup> {
        let mut members: Vec<(u32, bool, u32)> = Vec::new();
        for (at, of) in (0..).zip(of) {
            if let Some(of) = of {
                let keys = self.texts[at as usize].keys.iter();
                members.extend(keys.map(|key| (*of, at != *of, key)));
            }
        }
        members.sort_unstable();
        let groups = members
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1);
        let mut groups: Vec<NearGroup> = groups
            .map(|group| NearGroup {
                of: group[0].2,
                copies: {
                    let mut copies: Vec<u32> = group[1..].iter().map(|m| m.2).collect();
                    copies.sort_unstable();
                    copies
                },
            })
            .collect();
        groups.sort_unstable_by_key(|group| group.of);
        groups
    }

    /// Who is near whom, both ways, and whether a cap left something out. Of each text the [`NearOptions::top`] most alike.
    fn links(&self) -> (Links, bool) {
        let (mut links, mut truncated) = (Vec::new(), false);
        for (at, text) in (0..).zip(&self.texts) {
            if text.words.is_empty() {
                continue;
            }
            let hash = |at: u32| self.sketches[at as usize].hash;
            let (mut found, cut) = self.found(&text.words, self.sketches[at as usize], Some(at));
            truncated |= cut | (found.len() > self.options.top);
            if found.len() > self.options.top {
                found
                    .sort_unstable_by(|a, b| (b.1.total_cmp(&a.1)).then(hash(a.0).cmp(&hash(b.0))));
                found.truncate(self.options.top);
            }
            for (other, similarity) in found {
                links.push((at, other, similarity));
                links.push((other, at, similarity));
            }
        }
        links.sort_unstable_by_key(|l| (l.0, l.1));
        links.dedup_by_key(|l| (l.0, l.1));
        (Links(links), truncated)
    }
}

/// Pairs of places and their similarity, sorted.
struct Links(Vec<(u32, u32, f64)>);

impl Links {
    fn starting(&self, at: u32) -> impl Iterator<Item = &(u32, u32, f64)> {
        let from = self.0.partition_point(|l| l.0 < at);
        self.0[from..].iter().take_while(move |l| l.0 == at)
    }
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> u32 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        count += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

/// The words of a text as hashes, sorted: a word that comes again counts again, as another one. Two words of one hash are taken
/// for one, which among a million words befalls one in four thousand.
fn words(text: &str) -> Vec<u32> {
    let mut out = hashes(&text::fold(text));
    out.sort_unstable();
    let mut again = 0u64;
    let mut last = None;
    for word in &mut out {
        again = if last == Some(*word) { again + 1 } else { 0 };
        last = Some(*word);
        if again > 0 {
            *word = mixed(u64::from(*word) | again << 32) as u32;
        }
    }
    out.sort_unstable();
    out.dedup();
    out.truncate(LONGEST);
    out
}

/// The hashes of the words of a folded text in their order: runs of letters and digits, what stands between digits of one number
/// with them ('1.5'), but for the commas of thousands and apostrophes, which some write and some do not.
fn hashes(folded: &str) -> Vec<u32> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut out = Vec::with_capacity(folded.len() / 5 + 1);
    let (mut word, mut last) = (START, ' ');
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let counts = c.is_alphanumeric();
        let mut within = || last.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        if counts || c == '.' && within() {
            word = (word ^ u64::from(c)).wrapping_mul(0x100_0000_01b3);
        } else if c == '\'' || c == ',' && within() {
            continue;
        } else if word != START {
            out.push(mixed(word) as u32);
            word = START;
        }
        last = c;
    }
    if word != START {
        out.push(mixed(word) as u32);
    }
    out
}
