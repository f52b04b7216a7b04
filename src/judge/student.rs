//! A micro student that compares two statements word by word: decomposable attention (Parikh et al. 2016) over the shipped word
//! vectors. Some tens of thousands of numbers, learned by `training/micro` of the repository.
//!
//! Each statement's content words, cues, figures and days ([`word`]) are read once, with their neighbours. In a pair each word
//! attends to what stands for it on the other side, or to nothing; what it makes of that is gathered over all words of either side, and
//! the two sides give four log-odds that enter the additive judge as bars. Both sides go through the same weights, so that turning a
//! pair round turns the answer round, to the last bit.
//!
//! File form, all numbers little-endian: magic `claimstu`, two-byte numbers: version, width, width of attention; then the parts in the
//! order of the fields. A layer: a scale and a bias for each output as floats, then its weights as signed bytes, inputs by output.

mod layer;
mod word;

use super::align::Alignment;
use super::bytes::Bytes;
use super::sums::{dot, softmax};
use super::{Rarity, Reading, features};
use crate::error::Error;
use crate::lexicon::Lexicon;
use layer::{Layer, Rounded};
use std::sync::{Arc, OnceLock};
use word::{Tie, Token};

const MAGIC: &[u8] = b"claimstu";
const VERSION: u16 = 1;

/// A small network that compares two statements word by word, by the words' vectors and by what is known of each.
///
/// Cheap to clone. A statement costs some tens of microseconds once, a pair of read ones about as much.
#[derive(Clone)]
pub struct Student(Arc<Parts>);

impl std::fmt::Debug for Student {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Student").finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Parts {
    width: usize,
    look_width: usize,
    /// A word by itself.
    embed: Layer,
    /// A word with its neighbours.
    near: Layer,
    /// What two words are held against each other by.
    look: Layer,
    /// A word's own share of what is made of it, what stands for it, and the product of both.
    own: Layer,
    other: Layer,
    both: Layer,
    /// What is added for each tie, for nothing standing for a word, and for its weight.
    ties: Vec<f32>,
    open: Vec<f32>,
    weight: Vec<f32>,
    again: Layer,
    join: Layer,
    out: Layer,
    /// What a tie adds to the score of two words, likeness times, and the score of nothing.
    tie_scores: Vec<f32>,
    like: f32,
    nothing: f32,
}

/// What the student made of a statement, kept with its reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept(OnceLock<(Student, Arc<Side>)>);

/// A statement, read. One row a token.
#[derive(Debug)]
struct Side {
    tokens: Vec<Token>,
    rows: Vec<f32>,
    looks: Vec<f32>,
    own: Vec<f32>,
    other: Vec<f32>,
}

/// What a comparison works with.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    ties: Vec<Tie>,
    scores: Vec<f32>,
    shares: Vec<f32>,
    stands: Vec<f32>,
    made: Vec<f32>,
    again: Vec<f32>,
    gathered: [Vec<f32>; 2],
    joined: Vec<f32>,
    hidden: Vec<f32>,
    rounded: Rounded,
}

impl Student {
    /// The shipped student for English news.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<Student> = OnceLock::new();
        SHIPPED
            .get_or_init(|| {
                Self::from_bytes(include_bytes!("student/english.bin"))
                    .expect("the shipped student is sound")
            })
            .clone()
    }

    /// Reads a student that `training/micro` wrote.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) where the bytes are cut short, too long, of another form, or not finite numbers.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut file = Bytes::after(MAGIC, bytes, "student")?;
        let (version, width, look_width) = (file.number()?, file.number()?, file.number()?);
        if version != usize::from(VERSION) {
            return Err(file.bad(&format!("version {version}, expected {VERSION}")));
        }
        if width == 0 || look_width == 0 {
            return Err(file.bad("its sizes do not go together"));
        }
        let parts = Parts {
            width,
            look_width,
            embed: file.layer(word::INPUTS, width)?,
            near: file.layer(3 * width, width)?,
            look: file.layer(width, look_width)?,
            own: file.layer(width, width)?,
            other: file.layer(width, width)?,
            both: file.layer(width, width)?,
            ties: file.floats(word::TIES * width)?,
            open: file.floats(width)?,
            weight: file.floats(width)?,
            again: file.layer(width, width)?,
            join: file.layer(2 * (2 * width + 2), width)?,
            out: file.layer(width, 3)?,
            tie_scores: file.floats(word::TIES)?,
            like: file.floats(1)?[0],
            nothing: file.floats(1)?[0],
        };
        file.end()?;
        Ok(Self(Arc::new(parts)))
    }

    /// What a student is shown of a statement: of each of its words, cues, figures and days the word whose vector stands for it, and
    /// what is known of it beside. For learning.
    pub fn words(reading: &Reading) -> Vec<(String, Vec<f32>)> {
        let tokens = word::tokens(reading);
        let shown = tokens.iter();
        let shown = shown.map(|t| (t.word(reading), t.known(reading).to_vec()));
        shown.collect()
    }

    /// What a student is shown of two statements' words beside: places on either side, the number of a tie, how alike they are.
    /// What says nothing is left out. For learning.
    pub fn ties(a: &Reading, b: &Reading, lexicon: &Lexicon) -> Vec<(usize, usize, usize, f32)> {
        let mut alignment = Alignment::default();
        alignment.align(a, b, &Rarity::background());
        let (x, y) = (word::tokens(a), word::tokens(b));
        let mut told = Vec::new();
        let tell = |i: usize, j: usize, tie: Tie, like: f32| {
            if tie != Tie::Nothing || like > 0.0 {
                told.push((i, j, tie as usize, like));
            }
        };
        word::tie((a, &x), (b, &y), &alignment, lexicon, tell);
        told
    }

    /// Adds what it says of a pair to what was seen; whether it says anything.
    pub(super) fn see(
        &self,
        a: &Reading,
        b: &Reading,
        lexicon: &Lexicon,
        scratch: &mut super::scratch::Scratch,
    ) -> bool {
        let said = self.compare(a, b, &scratch.alignment, lexicon, &mut scratch.student);
        if let Some(logits) = said {
            features::compared(logits, &mut scratch.seen);
        }
        said.is_some()
    }

    /// Log-odds of same matter, clash, `a` entails `b` and `b` entails `a`, in nats; `None` where a side has no word. The alignment
    /// is that of the two.
    fn compare(
        &self,
        a: &Reading,
        b: &Reading,
        alignment: &Alignment,
        lexicon: &Lexicon,
        scratch: &mut Scratch,
    ) -> Option<[f32; 4]> {
        let (x, y) = (self.side(a), self.side(b));
        let (x, y) = (x.get(), y.get());
        if x.tokens.is_empty() || y.tokens.is_empty() {
            return None;
        }
        let parts = &*self.0;
        scratch.ties.clear();
        scratch.scores.clear();
        let (sides, width) = (((a, &x.tokens[..]), (b, &y.tokens[..])), parts.look_width);
        let tell = |i: usize, j: usize, tie: Tie, like: f32| {
            let (look, other) = (&x.looks[i * width..], &y.looks[j * width..]);
            let looks = dot(&look[..width], &other[..width]) / (width as f32).sqrt();
            let known = parts.like * like + parts.tie_scores[tie as usize];
            scratch.ties.push(tie);
            scratch.scores.push(looks + known);
        };
        word::tie(sides.0, sides.1, alignment, lexicon, tell);
        let [mut p, mut q] = std::mem::take(&mut scratch.gathered);
        parts.gather(x, y, false, &mut p, scratch);
        parts.gather(y, x, true, &mut q, scratch);
        let (forward, backward) = (parts.answer(&p, &q, scratch), parts.answer(&q, &p, scratch));
        scratch.gathered = [p, q];
        Some([
            forward[0] + backward[0],
            forward[1] + backward[1],
            2.0 * forward[2],
            2.0 * backward[2],
        ])
    }

    fn side<'r>(&self, reading: &'r Reading) -> Held<'r> {
        let (made_by, side) = reading
            .studied
            .0
            .get_or_init(|| (self.clone(), Arc::new(self.0.read(reading))));
        match Arc::ptr_eq(&made_by.0, &self.0) {
            true => Held::Kept(side),
            // Another student has read it: rare enough, as in learning, that nothing is kept.
            false => Held::Made(Box::new(self.0.read(reading))),
        }
    }
}

enum Held<'r> {
    Kept(&'r Side),
    Made(Box<Side>),
}

impl Held<'_> {
    fn get(&self) -> &Side {
        match self {
            Held::Kept(side) => side,
            Held::Made(side) => side,
        }
    }
}

impl Parts {
    /// Reads a statement.
    fn read(&self, reading: &Reading) -> Side {
        let tokens = word::tokens(reading);
        let inputs = word::inputs(reading, &tokens);
        let (width, count) = (self.width, tokens.len());
        let mut rounded = Rounded::default();
        let mut apply = |layer: &Layer, rows: &[f32]| {
            let mut out = Vec::new();
            layer.apply(rows, &mut out, &mut rounded);
            out
        };
        let mut rows = apply(&self.embed, &inputs);
        rectify(&mut rows);
        // Each with the one before and the one after; beyond the ends is nothing.
        let mut near = Vec::with_capacity(3 * rows.len());
        let row = |at: usize| rows[at * width..][..width].iter().copied();
        for at in 0..count {
            for place in [at.wrapping_sub(1), at, at + 1] {
                match place < count {
                    true => near.extend(row(place)),
                    false => near.extend(std::iter::repeat_n(0.0, width)),
                }
            }
        }
        let mut more = apply(&self.near, &near);
        rectify(&mut more);
        add(&mut rows, &more);
        let mut own = apply(&self.own, &rows);
        for (own, token) in own.chunks_exact_mut(width).zip(&tokens) {
            add_times(own, token.weight, &self.weight);
        }
        Side {
            looks: apply(&self.look, &rows),
            other: apply(&self.other, &rows),
            own,
            rows,
            tokens,
        }
    }

    /// What the words of one side make of the other. The scores and ties of a pair stand there as seen from `a`.
    fn gather(
        &self,
        side: &Side,
        other: &Side,
        turned: bool,
        gathered: &mut Vec<f32>,
        scratch: &mut Scratch,
    ) {
        let width = self.width;
        let (count, others) = (side.tokens.len(), other.tokens.len());
        let at = |i: usize, j: usize| {
            if turned {
                j * count + i
            } else {
                i * others + j
            }
        };
        let (stands, made) = (&mut scratch.stands, &mut scratch.made);
        stands.clear();
        stands.resize(count * width, 0.0);
        made.clear();
        made.extend_from_slice(&side.own);
        let (mut total, mut open) = (0.0, 0.0);
        for (i, token) in side.tokens.iter().enumerate() {
            let shares = &mut scratch.shares;
            shares.clear();
            shares.extend((0..others).map(|j| scratch.scores[at(i, j)]));
            shares.push(self.nothing);
            softmax(shares);
            let stands = &mut stands[i * width..][..width];
            let made = &mut made[i * width..][..width];
            let mut tied = [0.0; word::TIES];
            for (j, share) in shares[..others].iter().enumerate() {
                add_times(stands, *share, &other.rows[j * width..][..width]);
                add_times(made, *share, &other.other[j * width..][..width]);
                tied[scratch.ties[at(i, j)].seen(turned)] += share;
            }
            for (tie, share) in tied.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                add_times(made, *share, &self.ties[tie * width..][..width]);
            }
            let nothing = shares[others];
            add_times(made, nothing, &self.open);
            for (x, y) in stands.iter_mut().zip(&side.rows[i * width..][..width]) {
                *x *= y;
            }
            total += token.weight;
            open += nothing * token.weight;
        }
        self.both
            .apply(stands, &mut scratch.again, &mut scratch.rounded);
        add(made, &scratch.again);
        rectify(made);
        self.again
            .apply(made, &mut scratch.again, &mut scratch.rounded);
        rectify(&mut scratch.again);
        add(made, &scratch.again);
        // Mean by weight, greatest, and how much is left open.
        let least = f32::max(total, 0.1);
        gathered.clear();
        gathered.resize(2 * width, 0.0);
        let (mean, most) = gathered.split_at_mut(width);
        for (row, token) in made.chunks_exact(width).zip(&side.tokens) {
            add_times(mean, token.weight, row);
            most.iter_mut().zip(row).for_each(|(m, x)| *m = m.max(*x));
        }
        mean.iter_mut().for_each(|x| *x /= least);
        gathered.extend([open / least, open / 4.0]);
    }

    fn answer(&self, p: &[f32], q: &[f32], scratch: &mut Scratch) -> [f32; 3] {
        let (joined, hidden) = (&mut scratch.joined, &mut scratch.hidden);
        joined.clear();
        joined.extend_from_slice(p);
        joined.extend_from_slice(q);
        self.join.apply(joined, hidden, &mut scratch.rounded);
        rectify(hidden);
        self.out.apply(hidden, joined, &mut scratch.rounded);
        [joined[0], joined[1], joined[2]]
    }
}

fn rectify(x: &mut [f32]) {
    x.iter_mut().for_each(|x| *x = x.max(0.0));
}

fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

fn add_times(x: &mut [f32], times: f32, y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += times * y);
}

impl Bytes<'_> {
    fn layer(&mut self, inputs: usize, outputs: usize) -> Result<Layer, Error> {
        let (scales, bias) = (self.floats(outputs)?, self.floats(outputs)?);
        let weights = self.take(inputs * outputs)?.iter();
        let weights = weights.map(|b| i16::from(b.cast_signed())).collect();
        Ok(Layer::new(inputs, weights, scales, bias))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::judge::Statement;

    const SHIPPED: &[u8] = include_bytes!("student/english.bin");

    fn read(text: &str, published: Option<&str>) -> Reading {
        let statement = Statement {
            text,
            published: published.and_then(|day| day.parse().ok()),
            ..Statement::default()
        };
        Reading::new(&statement, &Lexicon::english())
    }

    fn compare(student: &Student, a: &Reading, b: &Reading) -> Option<[f32; 4]> {
        let mut alignment = Alignment::default();
        alignment.align(a, b, &Rarity::background());
        let (lexicon, mut scratch) = (Lexicon::english(), Scratch::default());
        student.compare(a, b, &alignment, &lexicon, &mut scratch)
    }

    #[test]
    fn the_arithmetic_is_that_of_the_training() {
        let student = Student::english();
        let mut pairs = 0;
        for row in include_str!("student/golden.jsonl").lines() {
            let row: serde_json::Value = serde_json::from_str(row).expect("JSON");
            let side = |name: &str| {
                let text = row[name][0].as_str().expect("a text");
                read(text, row[name][1].as_str())
            };
            let logits = compare(&student, &side("a"), &side("b")).expect("both have words");
            for (at, logit) in logits.iter().enumerate() {
                let wanted = row["logits"][at].as_f64().expect("a number");
                let gap = (f64::from(*logit) - wanted).abs();
                assert!(gap < 0.03, "{row}: {logits:?}");
            }
            pairs += 1;
        }
        assert!(pairs >= 40);
    }

    #[test]
    fn a_pair_turned_round_is_answered_turned_round() {
        let texts = [
            "At least 40 homes in Belport were flooded on Monday, Ana Holt said.",
            "No home was flooded in Belport, where 12 people had feared it.",
            "The minister may sell the harbour for 3m euros.",
            "The harbour will not be sold: more than 2m euros is baseless.",
            "Loans.",
            "No.",
        ];
        let (student, day) = (Student::english(), Some("2024-05-06"));
        let readings = texts.map(|text| read(text, day));
        for a in &readings {
            for b in &readings {
                let one = compare(&student, a, b).expect("words");
                let other = compare(&student, b, a).expect("words");
                let turned = [other[0], other[1], other[3], other[2]];
                assert_eq!(one.map(f32::to_bits), turned.map(f32::to_bits));
            }
        }
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        let student = Student::english();
        let (empty, one) = (read("", None), read("The bridge fell.", None));
        assert_eq!(compare(&student, &empty, &one), None);
        assert_eq!(compare(&student, &one, &empty), None);
    }

    #[test]
    fn another_student_reads_for_itself() {
        let (first, mut bytes) = (Student::english(), SHIPPED.to_vec());
        let end = bytes.len();
        // The score of nothing stands last.
        bytes[end - 4..].copy_from_slice(&9f32.to_le_bytes());
        let second = Student::from_bytes(&bytes).expect("sound");
        let (a, b) = (
            read("The old bridge fell.", None),
            read("A bridge was closed.", None),
        );
        let said = compare(&first, &a, &b);
        let (c, d) = (a.clone(), b.clone());
        assert_ne!(compare(&second, &a, &b), said);
        assert_eq!(compare(&first, &c, &d), said);
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        for end in [0, 5, 8, 11, 14, 100, SHIPPED.len() - 1] {
            let e = Student::from_bytes(&SHIPPED[..end]).expect_err("cut short");
            assert_eq!(e.kind(), ErrorKind::Format);
        }
        let mut long = SHIPPED.to_vec();
        long.push(0);
        assert!(Student::from_bytes(&long).is_err(), "too long");
        for (at, byte) in [(0, b'x'), (8, 9), (10, 0), (12, 0), (17, 0x7f)] {
            let mut bytes = SHIPPED.to_vec();
            bytes[at] = byte;
            if at == 17 {
                // The first scale, made infinite.
                bytes[14..18].copy_from_slice(&f32::INFINITY.to_le_bytes());
            }
            assert!(Student::from_bytes(&bytes).is_err(), "byte {at}");
        }
    }
}
