//! Shipped word vectors: which words are used alike, and how rare a word is in English. Knows words one by one, not what
//! statements claim: 'rise' and 'fall' are near each other here.
//!
//! The vectors are distilled from a sentence encoder by the programs under `training/vectors` of the repository; NOTICE
//! names it.

mod compose;
mod table;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::error::Error;
use table::{Table, Unit};

/// A table of word vectors, most frequent words first.
///
/// ```
/// use claimgraph::vectors::Vectors;
///
/// let vectors = Vectors::english();
/// let word = |w| vectors.word(w).expect("an English word");
/// let near = vectors.similarity(&word("troops"), &word("soldiers"));
/// let far = vectors.similarity(&word("troops"), &word("banana"));
/// assert!(near > far);
/// ```
#[derive(Debug)]
pub struct Vectors {
    table: Table,
}

/// The direction of a word, or of a mean of words. Cheap to clone. Only of use with the [`Vectors`] that made it.
#[derive(Debug, Clone)]
pub struct WordVector(Form);

#[derive(Debug, Clone)]
enum Form {
    /// A row of the table.
    Row(u32),
    /// Made of several rows, of length one. Shared between the readings of one text on any thread.
    Made(Arc<[f32]>),
}

impl Vectors {
    /// The shipped English vectors. The first call reads the table (a few milliseconds); later calls cost nothing.
    pub fn english() -> &'static Vectors {
        static ENGLISH: OnceLock<Vectors> = OnceLock::new();
        ENGLISH.get_or_init(|| {
            let bytes = Cow::Borrowed(include_bytes!("vectors/english.bin").as_slice());
            Vectors {
                table: Table::read(bytes).expect("the shipped table of word vectors is sound"),
            }
        })
    }

    /// Reads a table in the form of the shipped one (stated in `src/vectors/table.rs`). Copies the bytes.
    ///
    /// Fails with [`ErrorKind::Format`](crate::ErrorKind::Format) where they are cut short, too long or of another form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Vectors, Error> {
        Ok(Vectors {
            table: Table::read(Cow::Owned(bytes.to_vec()))?,
        })
    }

    /// The vector of a folded word (see [`crate::text::fold`]): of the whole word if it is known, else the sum of the
    /// pieces that it is made of, longest first ('re', 'nationalis', 'ation'). `None` for what is not written in Latin
    /// letters and digits. Diacritics and a possessive 's' do not count.
    ///
    /// A known word costs one hash look-up; another, some look-ups for each of its letters.
    pub fn word(&self, folded_word: &str) -> Option<WordVector> {
        let word = compose::plain(folded_word)?;
        if let Some(index) = self.table.find(word.as_bytes(), Unit::Word) {
            return Some(WordVector(Form::Row(index)));
        }
        let mut units = Vec::new();
        for part in compose::parts(&word) {
            compose::units(&self.table, part, &mut units)?;
        }
        match *units {
            [] => None,
            [index] => Some(WordVector(Form::Row(index))),
            _ => {
                let mut sum = vec![0.0; self.table.dimensions()];
                for &index in &units {
                    self.add(&mut sum, &Form::Row(index), 1.0);
                }
                made(sum)
            }
        }
    }

    /// Cosine of two vectors, -1 to 1: about 1 for words used alike, about 0 for words that have nothing to do with each
    /// other. Opposites are alike. Costs some tens of nanoseconds.
    pub fn similarity(&self, a: &WordVector, b: &WordVector) -> f32 {
        let cosine = match (&a.0, &b.0) {
            (Form::Row(a), Form::Row(b)) => {
                let ((x, s), (y, t)) = (self.table.row(*a), self.table.row(*b));
                dot(x, y) as f32 * (s * t)
            }
            (Form::Row(row), Form::Made(made)) | (Form::Made(made), Form::Row(row)) => {
                let (x, s) = self.table.row(*row);
                let dot: f32 = x
                    .iter()
                    .zip(made.iter())
                    .map(|(&p, &q)| f32::from(p.cast_signed()) * q)
                    .sum();
                dot * s
            }
            (Form::Made(a), Form::Made(b)) => a.iter().zip(b.iter()).map(|(p, q)| p * q).sum(),
        };
        cosine.clamp(-1.0, 1.0)
    }

    /// The weighted mean of words, for comparing statements: the [`similarity`](Self::similarity) of two means is the
    /// cosine of the statements. Weigh by [`rarity`](Self::rarity), or the commonest words outvote the telling ones.
    ///
    /// `None` where nothing has a weight above zero or the words cancel out. Weights below zero and those that are not
    /// finite count as zero.
    pub fn mean(&self, words: &[(&WordVector, f32)]) -> Option<WordVector> {
        let mut sum = vec![0.0; self.table.dimensions()];
        for (word, weight) in words {
            if weight.is_finite() && *weight > 0.0 {
                self.add(&mut sum, &word.0, *weight);
            }
        }
        made(sum)
    }

    /// How rare a folded word is in English: 0 for the most frequent word, 1 for one that the table does not know; between
    /// them the logarithm of its rank by frequency. A compound is as rare as its rarest part.
    pub fn rarity(&self, folded_word: &str) -> f32 {
        let Some(word) = compose::plain(folded_word) else {
            return 1.0;
        };
        let one = |w: &str| match self.table.find(w.as_bytes(), Unit::Word) {
            Some(rank) => self.rarity_of(rank),
            None => 1.0,
        };
        let rarest = compose::parts(&word)
            .map(one)
            .fold(None, |r: Option<f64>, x| Some(r.map_or(x, |r| r.max(x))));
        rarest.unwrap_or(1.0) as f32
    }

    fn rarity_of(&self, rank: u32) -> f64 {
        (f64::from(rank) + 1.0).ln() / (self.table.words() as f64 + 1.0).ln()
    }

    /// The vector of a folded word and its rarity, with one look-up where the table has the whole word.
    pub(crate) fn word_and_rarity(&self, folded_word: &str) -> Option<(WordVector, f32)> {
        let word = compose::plain(folded_word)?;
        match self.table.find(word.as_bytes(), Unit::Word) {
            Some(rank) => Some((WordVector(Form::Row(rank)), self.rarity_of(rank) as f32)),
            None => Some((self.word(folded_word)?, self.rarity(folded_word))),
        }
    }

    /// How many coordinates a vector has.
    pub fn dimensions(&self) -> usize {
        self.table.dimensions()
    }

    /// The coordinates of a vector, of length one (zeros where the table's row is zero).
    pub fn components(&self, vector: &WordVector) -> Vec<f32> {
        let mut out = vec![0.0; self.table.dimensions()];
        self.add(&mut out, &vector.0, 1.0);
        out
    }

    fn add(&self, sum: &mut [f32], form: &Form, weight: f32) {
        match form {
            Form::Row(index) => {
                let (row, scale) = self.table.row(*index);
                for (s, &x) in sum.iter_mut().zip(row) {
                    *s += f32::from(x.cast_signed()) * scale * weight;
                }
            }
            Form::Made(made) => {
                for (s, x) in sum.iter_mut().zip(made.iter()) {
                    *s += x * weight;
                }
            }
        }
    }
}

/// Sum of the products of signed bytes. In blocks of a fixed size, which a compiler turns into instructions that multiply and add
/// many bytes at once.
fn dot(x: &[u8], y: &[u8]) -> i32 {
    const BLOCK: usize = 32;
    let product = |(&p, &q): (&u8, &u8)| i32::from(p.cast_signed()) * i32::from(q.cast_signed());
    let ((x, rest_x), (y, rest_y)) = (x.as_chunks::<BLOCK>(), y.as_chunks::<BLOCK>());
    let blocks = x.iter().zip(y);
    let sums = blocks.map(|(x, y)| x.iter().zip(y).map(product).sum::<i32>());
    sums.sum::<i32>() + rest_x.iter().zip(rest_y).map(product).sum::<i32>()
}

/// Makes a sum of length one, unless it has no direction.
fn made(mut sum: Vec<f32>) -> Option<WordVector> {
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if !(length.is_finite() && length > 1e-6) {
        return None;
    }
    for x in &mut sum {
        *x /= length;
    }
    Some(WordVector(Form::Made(sum.into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn similarity(a: &str, b: &str) -> f32 {
        let v = Vectors::english();
        let word = |w: &str| v.word(w).unwrap_or_else(|| panic!("no vector of {w}"));
        v.similarity(&word(a), &word(b))
    }

    #[track_caller]
    fn nearer(word: &str, near: &str, far: &str) {
        let (n, f) = (similarity(word, near), similarity(word, far));
        assert!(n > f + 0.1, "{word}: {near} {n}, {far} {f}");
        assert_eq!(n, similarity(near, word), "{word}, {near}: not symmetric");
    }

    /// Words 'a', 'bc', piece 'd', of two dimensions.
    fn small() -> Vec<u8> {
        let mut bytes = b"claimvec".to_vec();
        bytes.extend([1, 0, 2, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
        bytes.extend([1, 2, 1]);
        bytes.extend(b"abcd");
        bytes.extend([100, 0, 0, 100, 0, 50]);
        bytes
    }

    #[test]
    fn words_used_alike_are_near() {
        nearer("parliament", "government", "banana");
        nearer("troops", "soldiers", "inflation");
        nearer("railway", "train", "vaccine");
        nearer("blaze", "fire", "treaty");
    }

    #[test]
    fn a_word_not_in_the_table_is_made_of_pieces() {
        nearer("renationalisation", "nationalisation", "goalkeeper");
        nearer("cease-fire", "ceasefire", "banana");
        assert!(similarity("minister's", "minister") > 0.999);
        assert!(similarity("café", "cafe") > 0.999);
        let v = Vectors::from_bytes(&small()).expect("sound");
        let made = v.word("ad").expect("a, d");
        let half = 0.5f32.sqrt();
        assert!((v.similarity(&made, &v.word("a").expect("a")) - half).abs() < 1e-5);
        assert!((v.similarity(&made, &v.word("bc").expect("bc")) - half).abs() < 1e-5);
        assert!(v.word("d").is_none(), "a piece is no word");
        assert!(v.word("ax").is_none(), "a rest is left over");
    }

    #[test]
    fn what_is_not_latin_has_no_vector() {
        for word in ["", "'", "—", "минск", "北京", &"a".repeat(5000), "-'-"] {
            assert!(Vectors::english().word(word).is_none(), "{word}");
            assert_eq!(Vectors::english().rarity(word), 1.0, "{word}");
        }
    }

    #[test]
    fn vector_and_rarity_at_once_are_the_same() {
        let v = Vectors::english();
        for word in [
            "minister",
            "minister's",
            "café",
            "cease-fire",
            "zxqvborough",
            "北京",
        ] {
            let both = v.word_and_rarity(word);
            let vector = v.word(word).map(|x| v.components(&x));
            assert_eq!(both.as_ref().map(|b| v.components(&b.0)), vector, "{word}");
            let rarity = both.map_or(1.0, |b| b.1);
            assert_eq!(rarity, v.rarity(word), "{word}");
        }
    }

    #[test]
    fn rarity_follows_frequency() {
        let v = Vectors::english();
        assert_eq!(v.rarity("the"), 0.0);
        let row = ["the", "people", "minister", "ferry", "qzxv"].map(|w| v.rarity(w));
        assert!(row.is_sorted_by(|a, b| a < b), "{row:?}");
        assert_eq!(row[4], 1.0);
        assert_eq!(v.rarity("the-ferry"), v.rarity("ferry"));
    }

    #[test]
    fn a_mean_is_the_direction_of_the_weighted_sum() {
        let v = Vectors::from_bytes(&small()).expect("sound");
        let (a, bc) = (v.word("a").expect("a"), v.word("bc").expect("bc"));
        let mean = v
            .mean(&[(&a, 3.0), (&bc, 4.0), (&bc, f32::NAN), (&bc, -1.0)])
            .expect("a direction");
        assert!((v.similarity(&mean, &a) - 0.6).abs() < 1e-5);
        assert!((v.similarity(&mean, &bc) - 0.8).abs() < 1e-5);
        assert!((v.similarity(&mean, &mean) - 1.0).abs() < 1e-5);
        assert!(v.mean(&[]).is_none());
        assert!(v.mean(&[(&a, 0.0)]).is_none());
    }

    #[test]
    fn a_second_reading_is_the_same() {
        let again = Vectors::from_bytes(include_bytes!("vectors/english.bin")).expect("sound");
        let v = Vectors::english();
        for (a, b) in [
            ("ferry", "boat"),
            ("zelenskyy", "lukashenko"),
            ("transshipped", "goods"),
        ] {
            let s = |v: &Vectors| v.similarity(&v.word(a).expect(a), &v.word(b).expect(b));
            assert_eq!(s(v).to_bits(), s(&again).to_bits());
        }
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        let sound = small();
        for end in 0..sound.len() {
            let e = Vectors::from_bytes(&sound[..end]).expect_err("cut short");
            assert_eq!(e.kind(), ErrorKind::Format);
        }
        let mut long = sound.clone();
        long.push(0);
        assert!(Vectors::from_bytes(&long).is_err(), "too long");
        // Magic, version, every count of the header, and the key lengths: another value is never silently accepted.
        for at in 0..27 {
            for value in [0, 7, 255] {
                let mut bytes = sound.clone();
                if bytes[at] != value {
                    bytes[at] = value;
                    assert!(
                        Vectors::from_bytes(&bytes).is_err(),
                        "byte {at} set to {value}"
                    );
                }
            }
        }
        let mut twice = sound;
        twice[28] = b'a';
        twice[29] = b'a';
        assert!(Vectors::from_bytes(&twice).is_ok(), "'a' and 'aa' differ");
    }
}
