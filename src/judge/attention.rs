//! A small network that reads two statements word by word. Knows words and their vectors, not the other terms of the judge.
//!
//! Decomposable attention (Parikh et al. 2016, 'A Decomposable Attention Model for Natural Language Inference') over the
//! shipped word vectors, each word first seen with its neighbours. Learned by `training/judge/attention.py` of the
//! repository. What it says enters the additive judge as bars like any other.
//!
//! File form, all numbers little-endian: magic `claimatt`, version (2 bytes), coordinates of a word vector (2), hidden
//! units (2), then 4-byte floats: each layer's weights, inputs by outputs, followed by its biases, in the order of the
//! fields of [`Attention`].

use super::Reading;
use crate::error::{Error, ErrorKind};
use crate::text::{Token, TokenKind};
use crate::vectors::{Vectors, WordVector};
use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

const MAGIC: &[u8] = b"claimatt";
const VERSION: u16 = 1;
/// Words of a statement beyond this many are not read by the network.
const LONGEST: usize = 48;
/// Word vectors are of length one; the network was trained on this many times that.
const VECTOR_SCALE: f32 = 3.0;
/// Readings that a thread keeps ready for the next pair: one claim is compared with many.
const KEPT: usize = 128;

/// What the network is given of a word.
#[derive(Debug, Clone)]
pub struct Word {
    /// Equal for words of one stem; means nothing else.
    pub stem: u64,
    /// Rarity in English, 0 to 1 (see [`Vectors::rarity`]).
    pub rarity: f32,
    /// Whether it is written in digits.
    pub number: bool,
    /// Its vector, where the shipped table has one.
    pub vector: Option<WordVector>,
}

impl Word {
    /// The words of a statement that the network reads: all but marks, though '?', '%' and signs of money count.
    pub(crate) fn all(tokens: &[Token]) -> Vec<Word> {
        let vectors = Vectors::english();
        let read = |t: &&Token| {
            t.kind != TokenKind::Mark || matches!(t.word.as_str(), "?" | "%" | "$" | "€" | "£")
        };
        let word = |t: &Token| {
            let mut hasher = rustc_hash::FxHasher::default();
            t.stem.hash(&mut hasher);
            Word {
                stem: hasher.finish(),
                rarity: vectors.rarity(&t.word),
                number: t.kind == TokenKind::Number,
                vector: vectors.word(&t.word),
            }
        };
        tokens.iter().filter(read).take(LONGEST).map(word).collect()
    }
}

/// Log-odds that the network gives a pair, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Logits {
    pub(crate) same: f32,
    pub(crate) clash: f32,
    pub(crate) forward: f32,
    pub(crate) backward: f32,
}

/// A network that compares two statements word by word.
///
/// Cheap to clone. Reading a statement costs some tens of microseconds, once for a run of pairs with it; a pair costs some
/// tens more.
#[derive(Debug, Clone)]
pub struct Attention(Arc<Network>);

#[derive(Debug)]
struct Network {
    /// Tells apart what two networks made of one text.
    id: u64,
    hidden: usize,
    /// A word: its vector, rarity, whether it is a figure, whether it is unknown.
    word: Layer,
    /// A word with its neighbours: the one before, itself, the one after.
    near: [Layer; 2],
    /// What words look for in each other.
    query: Layer,
    /// A word beside what stands for it on the other side.
    compare: Layer,
    /// Slope and bias of a word's say over its rarity, then what an equal stem and a cosine add to attention.
    scalars: [f32; 4],
    /// Both sides' words together.
    join: Layer,
    /// One matter, clash, entailment.
    out: Layer,
}

#[derive(Debug)]
struct Layer {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// A statement as the network has read it: for each word some rows of `hidden` numbers.
struct Read {
    network: u64,
    text: String,
    /// The word among its neighbours.
    word: Vec<f32>,
    query: Vec<f32>,
    /// The parts of the comparison that need only one side.
    own: Vec<f32>,
    other: Vec<f32>,
}

thread_local! {
    static READ: RefCell<Vec<Option<Rc<Read>>>> = RefCell::new(vec![None; KEPT]);
}

impl Attention {
    /// The shipped network for English news.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<Attention> = OnceLock::new();
        SHIPPED
            .get_or_init(|| {
                Self::from_bytes(include_bytes!("attention.bin"))
                    .expect("the shipped network is sound")
            })
            .clone()
    }

    /// Reads a network that `training/judge/attention.py` wrote for the shipped vectors.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] where the bytes are cut short, too long, of another form, or not finite numbers.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let bad = |what: &str| Error::new(ErrorKind::Format, format!("network: {what}"));
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or_else(|| bad("the magic number is missing"))?;
        let (header, rest) = rest
            .split_at_checked(6)
            .ok_or_else(|| bad("cut short in the header"))?;
        let number = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
        if number(0) != VERSION {
            return Err(bad(&format!("version {}, expected {VERSION}", number(0))));
        }
        let (width, hidden) = (usize::from(number(2)), usize::from(number(4)));
        if width != Vectors::english().dimensions() || hidden == 0 {
            return Err(bad("made for other word vectors"));
        }
        if rest.len() % 4 != 0 {
            return Err(bad("not a whole number of floats"));
        }
        let floats: Vec<f32> = rest
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        if !floats.iter().all(|x| x.is_finite()) {
            return Err(bad("a number is not finite"));
        }
        let mut left = floats.as_slice();
        let mut take = |n: usize| -> Result<Vec<f32>, Error> {
            let (taken, rest) = left
                .split_at_checked(n)
                .ok_or_else(|| bad("cut short in the layers"))?;
            left = rest;
            Ok(taken.to_vec())
        };
        let mut layer = |inputs: usize, outputs: usize| -> Result<Layer, Error> {
            Ok(Layer {
                weights: take(inputs * outputs)?,
                bias: take(outputs)?,
            })
        };
        let word = layer(width + 3, hidden)?;
        let near = [layer(3 * hidden, hidden)?, layer(3 * hidden, hidden)?];
        let query = layer(hidden, hidden)?;
        let compare = layer(4 * hidden + 4, hidden)?;
        let scalars = layer(0, 4)?.bias;
        let join = layer(4 * hidden, hidden)?;
        let out = layer(hidden, 3)?;
        if !left.is_empty() {
            return Err(bad("longer than its layers"));
        }
        let mut hasher = rustc_hash::FxHasher::default();
        bytes.hash(&mut hasher);
        Ok(Self(Arc::new(Network {
            id: hasher.finish(),
            hidden,
            word,
            near,
            query,
            compare,
            scalars: [scalars[0], scalars[1], scalars[2], scalars[3]],
            join,
            out,
        })))
    }

    /// What it makes of a pair; `None` where a side has no word.
    pub(crate) fn compare(&self, a: &Reading, b: &Reading) -> Option<Logits> {
        if a.words.is_empty() || b.words.is_empty() {
            return None;
        }
        let (x, y) = (self.0.read(a), self.0.read(b));
        Some(self.0.compare(&a.words, &x, &b.words, &y))
    }
}

impl Layer {
    /// Adds `x` times the rows from `first` on to `y`.
    fn add(&self, first: usize, x: &[f32], y: &mut [f32]) {
        let outputs = self.bias.len();
        let rows = self.weights[first * outputs..].chunks_exact(outputs);
        for (&x, row) in x.iter().zip(rows) {
            if x != 0.0 {
                for (y, w) in y.iter_mut().zip(row) {
                    *y += x * w;
                }
            }
        }
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums side by side, so that the compiler may use wide registers without changing the result.
    let mut sums = [0f32; 8];
    let (x, y) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = x
        .remainder()
        .iter()
        .zip(y.remainder())
        .map(|(p, q)| p * q)
        .sum();
    for (x, y) in x.zip(y) {
        for at in 0..8 {
            sums[at] += x[at] * y[at];
        }
    }
    sums.iter().sum::<f32>() + rest
}

impl Network {
    fn read(&self, reading: &Reading) -> Rc<Read> {
        let mut hasher = rustc_hash::FxHasher::default();
        (self.id, &reading.text).hash(&mut hasher);
        let slot = (hasher.finish() >> 32) as usize % KEPT;
        READ.with_borrow_mut(|kept| match &kept[slot] {
            Some(read) if read.network == self.id && read.text == reading.text => read.clone(),
            _ => {
                let read = Rc::new(self.read_anew(reading));
                kept[slot] = Some(read.clone());
                read
            }
        })
    }

    fn read_anew(&self, reading: &Reading) -> Read {
        let h = self.hidden;
        let words = &reading.words;
        let vectors = Vectors::english();
        let mut seen = Vec::with_capacity(words.len() * h);
        for word in words {
            let mut row = self.word.bias.clone();
            if let Some(vector) = &word.vector {
                let mut scaled = vectors.components(vector);
                scaled.iter_mut().for_each(|x| *x *= VECTOR_SCALE);
                self.word.add(0, &scaled, &mut row);
            }
            let flags = [
                word.rarity,
                f32::from(u8::from(word.number)),
                f32::from(u8::from(word.vector.is_none())),
            ];
            self.word.add(vectors.dimensions(), &flags, &mut row);
            seen.extend(row);
        }
        for layer in &self.near {
            let mut next = seen.clone();
            for at in 0..words.len() {
                let mut row = layer.bias.clone();
                for (place, neighbour) in [at.checked_sub(1), Some(at), Some(at + 1)]
                    .into_iter()
                    .enumerate()
                {
                    if let Some(x) = neighbour.and_then(|n| seen.get(n * h..(n + 1) * h)) {
                        layer.add(place * h, x, &mut row);
                    }
                }
                for (y, x) in next[at * h..(at + 1) * h].iter_mut().zip(row) {
                    *y += x.max(0.0);
                }
            }
            seen = next;
        }
        let mut query = Vec::with_capacity(seen.len());
        let mut own = Vec::with_capacity(seen.len());
        let mut other = Vec::with_capacity(seen.len());
        for x in seen.chunks_exact(h) {
            let minus: Vec<f32> = x.iter().map(|x| -x).collect();
            let mut row = self.query.bias.clone();
            self.query.add(0, x, &mut row);
            query.extend(row);
            // The comparison sees both sides, their difference and their product; of the first three each side's share
            // is known beforehand.
            let mut row = self.compare.bias.clone();
            self.compare.add(0, x, &mut row);
            self.compare.add(2 * h, x, &mut row);
            own.extend(row);
            let mut row = vec![0.0; h];
            self.compare.add(h, x, &mut row);
            self.compare.add(2 * h, &minus, &mut row);
            other.extend(row);
        }
        Read {
            network: self.id,
            text: reading.text.clone(),
            word: seen,
            query,
            own,
            other,
        }
    }

    fn compare(&self, a: &[Word], x: &Read, b: &[Word], y: &Read) -> Logits {
        let h = self.hidden;
        let vectors = Vectors::english();
        let (n, m) = (a.len(), b.len());
        let [_, _, stem, cosine] = self.scalars;
        let scale = (h as f32).sqrt();
        let mut pull = vec![0f32; n * m];
        let mut alike = vec![0f32; n * m];
        let mut equal = vec![0f32; n * m];
        for (i, word) in a.iter().enumerate() {
            for (j, there) in b.iter().enumerate() {
                let at = i * m + j;
                equal[at] = f32::from(u8::from(word.stem == there.stem));
                alike[at] = match (&word.vector, &there.vector) {
                    (Some(p), Some(q)) => vectors.similarity(p, q),
                    _ => 0.0,
                };
                let meet = dot(&x.query[i * h..(i + 1) * h], &y.query[j * h..(j + 1) * h]);
                pull[at] = meet / scale + stem * equal[at] + cosine * alike[at];
            }
        }
        let side =
            |words: &[Word], own: &Read, other: &Read, at: &dyn Fn(usize, usize) -> usize| {
                let others = other.word.len() / h;
                let mut mean = vec![0f32; h];
                let mut most = vec![0f32; h];
                let mut say = 0f32;
                for (i, word) in words.iter().enumerate() {
                    let top = (0..others).fold(f32::MIN, |t, j| t.max(pull[at(i, j)]));
                    let shares: Vec<f32> =
                        (0..others).map(|j| (pull[at(i, j)] - top).exp()).collect();
                    let total: f32 = shares.iter().sum();
                    let mut partner = vec![0f32; h];
                    let mut row = own.own[i * h..(i + 1) * h].to_vec();
                    let (mut found, mut best_equal, mut best_alike) = (0f32, 0f32, 0f32);
                    for (j, share) in shares.iter().enumerate() {
                        let share = share / total;
                        let there = j * h..(j + 1) * h;
                        for (p, q) in partner.iter_mut().zip(&other.word[there.clone()]) {
                            *p += share * q;
                        }
                        for (p, q) in row.iter_mut().zip(&other.other[there]) {
                            *p += share * q;
                        }
                        found += share * equal[at(i, j)];
                        best_equal = best_equal.max(equal[at(i, j)]);
                        best_alike = best_alike.max(alike[at(i, j)]);
                    }
                    for (p, q) in partner.iter_mut().zip(&own.word[i * h..(i + 1) * h]) {
                        *p *= q;
                    }
                    self.compare.add(3 * h, &partner, &mut row);
                    let rest = [best_equal, best_alike, word.rarity, found];
                    self.compare.add(4 * h, &rest, &mut row);
                    let weight =
                        1.0 / (1.0 + (-(self.scalars[0] * word.rarity + self.scalars[1])).exp());
                    say += weight;
                    for ((mean, most), r) in mean.iter_mut().zip(&mut most).zip(row) {
                        let r = r.max(0.0);
                        *mean += weight * r;
                        *most = most.max(r);
                    }
                }
                let say = say.max(0.1);
                mean.iter_mut().for_each(|x| *x /= say);
                mean.extend(most);
                mean
            };
        let left = side(a, x, y, &|i, j| i * m + j);
        let right = side(b, y, x, &|j, i| i * m + j);
        let (p, q) = (self.head(&left, &right), self.head(&right, &left));
        // Rounded, so that the last bits of a machine's exponential do not show.
        let round = |z: f32| (z * 256.0).round() / 256.0;
        Logits {
            same: round(p[0] + q[0]),
            clash: round(p[1] + q[1]),
            forward: round(2.0 * p[2]),
            backward: round(2.0 * q[2]),
        }
    }

    fn head(&self, first: &[f32], second: &[f32]) -> Vec<f32> {
        let mut joined = self.join.bias.clone();
        self.join.add(0, first, &mut joined);
        self.join.add(2 * self.hidden, second, &mut joined);
        joined.iter_mut().for_each(|x| *x = x.max(0.0));
        let mut out = self.out.bias.clone();
        self.out.add(0, &joined, &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Statement;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> Reading {
        let statement = Statement {
            text,
            ..Statement::default()
        };
        Reading::new(&statement, &Lexicon::english())
    }

    #[test]
    fn a_pair_turned_round_is_read_turned_round() {
        let network = Attention::english();
        let (a, b) = (
            read("The ferry sank off Brenna on Tuesday and 12 people drowned"),
            read("Nobody died when the boat went down"),
        );
        let (x, y) = (network.compare(&a, &b), network.compare(&b, &a));
        let (x, y) = (x.expect("words"), y.expect("words"));
        assert_eq!((x.same, x.clash), (y.same, y.clash));
        assert_eq!((x.forward, x.backward), (y.backward, y.forward));
        assert_ne!(x.forward, x.backward);
    }

    #[test]
    fn what_was_read_before_does_not_show() {
        let network = Attention::english();
        let pair = |a: &str, b: &str| network.compare(&read(a), &read(b));
        let first = pair("The bridge is closed", "The bridge is open");
        for n in 0..3 * KEPT {
            pair(&format!("Bridge {n} is closed"), "The bridge is open");
        }
        assert_eq!(first, pair("The bridge is closed", "The bridge is open"));
        assert_ne!(first, pair("The bridge is closed", "The bridge is shut"));
    }

    #[test]
    fn a_side_without_words_is_not_read() {
        assert!(
            Attention::english()
                .compare(&read("..."), &read("Rain fell"))
                .is_none()
        );
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        let sound = include_bytes!("attention.bin");
        for end in [0, 7, 8, 13, 14, 17, sound.len() - 4, sound.len() - 1] {
            let e = Attention::from_bytes(&sound[..end]).expect_err("cut short");
            assert_eq!(e.kind(), ErrorKind::Format, "{end}");
        }
        for at in [0, 8, 10, 12] {
            let mut bytes = sound.to_vec();
            bytes[at] ^= 1;
            assert!(Attention::from_bytes(&bytes).is_err(), "byte {at}");
        }
        let mut long = sound.to_vec();
        long.extend([0; 4]);
        assert!(Attention::from_bytes(&long).is_err());
        let mut wild = sound.to_vec();
        wild[14..18].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Attention::from_bytes(&wild).is_err());
    }
}
