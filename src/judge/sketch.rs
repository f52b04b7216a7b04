//! What a first look needs of a statement: little enough to keep of every claim, and enough to see that most candidates have
//! nothing to do with each other.

use super::{Reading, Statement};
use crate::block::{self, Term};
use crate::lexicon::Lexicon;
use crate::vectors::Vectors;
use std::cmp::Ordering;

/// A statement in some two hundred bytes: the terms that blocking finds it by, how much each tells, and the direction of its words.
///
/// A graph keeps this of every claim, and reads the claim anew ([`Reading`]) when a first look at a pair ([`Judge::glance`](super::Judge::glance))
/// promises something.
///
/// ```
/// use claimgraph::judge::Sketch;
/// use claimgraph::lexicon::Lexicon;
///
/// let read = |text: &str| Sketch::new(&text.into(), &Lexicon::english());
/// let (closed, shut) = (read("The harbour was closed."), read("They closed the harbour on Monday."));
/// assert!(closed.likeness(&shut) > 0.5);
/// let [of_closed, of_shut] = closed.covers(&shut);
/// assert!(of_closed > 0.9 && of_shut < of_closed);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Sketch {
    /// In one piece, since a first look is mostly waiting for memory: a row for each term, in the order of their hashes, and the mean
    /// direction of its words, nothing where none is known.
    packed: Box<[u8]>,
    terms: u16,
    /// Whether it speaks against something that stands in its context.
    against: bool,
    copy_key: u64,
}

/// Bytes of a row: a term, and how much it tells by itself, in steps of 1/255; 0 of names, figures and what the context lends.
const ROW: usize = Term::BYTES + 1;

/// Least and most that a stem tells.
const TELLS: [f32; 2] = [0.15, 1.0];

impl Sketch {
    /// Reads a statement for its sketch alone.
    pub fn new(statement: &Statement<'_>, lexicon: &Lexicon) -> Self {
        Reading::new(statement, lexicon).sketch()
    }
}

impl Reading {
    /// The statement's sketch. Costs a few microseconds.
    pub fn sketch(&self) -> Sketch {
        let vectors = Vectors::english();
        let borrowed = (self.items.iter())
            .filter(|i| i.borrowed)
            .map(|i| i.stem.as_str());
        let terms = block::terms(self.stems(), borrowed, &self.names, &self.quantities);
        let mut telling = vec![0; terms.len()];
        for stem in self.stems() {
            let hash = block::stem_hash(stem);
            if let Ok(at) = terms.binary_search_by(|t| t.hash().cmp(&hash)) {
                let tells = TELLS[0] + (TELLS[1] - TELLS[0]) * vectors.rarity(stem);
                telling[at] = (tells * f32::from(u8::MAX)) as u8;
            }
        }
        let mean = self.mean.as_ref().map(|m| vectors.components(m));
        let direction = block::in_steps(&mean.unwrap_or_default());
        let mut packed = Vec::with_capacity(terms.len() * ROW + direction.len());
        for (term, tells) in terms.iter().zip(telling) {
            packed.extend(term.to_bytes());
            packed.push(tells);
        }
        packed.extend(direction.iter().map(|x| *x as u8));
        Sketch {
            packed: packed.into(),
            // A statement has at most some hundred words.
            terms: terms.len() as u16,
            against: self.rejected.is_some() || self.items.iter().any(|i| i.borrowed),
            copy_key: self.copy_key,
        }
    }
}

impl Sketch {
    fn rows(&self) -> impl Iterator<Item = (Term, u8)> {
        let rows = self.packed[..usize::from(self.terms) * ROW].chunks_exact(ROW);
        rows.map(|row| (Term::from_bytes(row), row[ROW - 1]))
    }

    fn direction(&self) -> &[u8] {
        &self.packed[usize::from(self.terms) * ROW..]
    }

    /// What blocking finds it by: its terms, and the bands of its direction.
    pub fn terms(&self) -> Vec<Term> {
        let direction: Vec<i8> = self.direction().iter().map(|x| *x as i8).collect();
        let own = self.rows().map(|(term, _)| term);
        own.chain(block::bands(&direction)).collect()
    }

    /// Number of its terms.
    pub(crate) fn len(&self) -> usize {
        usize::from(self.terms)
    }

    /// Bytes that it refers to.
    pub(crate) fn bytes(&self) -> usize {
        self.packed.len()
    }

    /// Hashes of its stems, in order.
    pub(crate) fn stems(&self) -> impl Iterator<Item = u32> {
        let stems = self.rows().filter(|(_, tells)| *tells > 0);
        stems.map(|(term, _)| term.hash())
    }

    /// Whether it has a term.
    pub(crate) fn has(&self, term: Term) -> bool {
        let same = |own: &Term| own.hash() == term.hash();
        match term.is_band() {
            true => self.terms().iter().any(same),
            false => self.rows().any(|(own, _)| same(&own)),
        }
    }

    /// What tells word-for-word copies.
    pub(crate) fn copy_key(&self) -> u64 {
        self.copy_key
    }

    /// Whether it speaks against something that stands in its context, with whose words it need share none.
    pub fn is_against(&self) -> bool {
        self.against
    }

    /// How much of what the stems of each of the two tell is shared, 0 to 1.
    pub fn covers(&self, other: &Self) -> [f32; 2] {
        let (mut shared, mut own, mut others) = (0u32, 0u32, 0u32);
        let (mut a, mut b) = (self.rows().peekable(), other.rows().peekable());
        loop {
            let order = match (a.peek(), b.peek()) {
                (Some((x, _)), Some((y, _))) => x.hash().cmp(&y.hash()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let x = if order.is_le() { a.next() } else { None };
            let y = if order.is_ge() { b.next() } else { None };
            let tells = |side: Option<(Term, u8)>| side.map_or(0, |(_, t)| u32::from(t));
            let (x, y) = (tells(x), tells(y));
            (own, others) = (own + x, others + y);
            shared += x.min(y);
        }
        let share = |of: u32| shared as f32 / of.max(1) as f32;
        [share(own), share(others)]
    }

    /// Cosine of the two directions, -1 to 1; 0 where one has no known word.
    pub fn likeness(&self, other: &Self) -> f32 {
        let dot = |x: &[u8], y: &[u8]| -> i32 {
            let both = x.iter().zip(y);
            both.map(|(x, y)| i32::from(*x as i8) * i32::from(*y as i8))
                .sum()
        };
        let length = |x: &[u8]| (dot(x, x) as f32).sqrt();
        let (x, y) = (self.direction(), other.direction());
        match length(x) * length(y) {
            0.0 => 0.0,
            lengths => dot(x, y) as f32 / lengths,
        }
    }
}
