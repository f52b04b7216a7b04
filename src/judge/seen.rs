//! What was seen of a pair: terms, and the words that they rest on.

use crate::text::Span;

/// One observation about a pair. Its bar is `strength * shape(at)`, the shape being learned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// Index into [`TERMS`](super::terms::TERMS).
    pub(crate) id: usize,
    /// 0 where nothing was seen, 1 where it was seen fully.
    pub(crate) strength: f64,
    /// 0 to 1: the value itself for measures, the coverage for observations.
    pub(crate) at: f64,
    pub(crate) a: Words,
    pub(crate) b: Words,
}

/// The words that a term rests on, on one side: a range of what [`Seen`] keeps for all of its terms.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Words {
    first: usize,
    end: usize,
}

/// The terms of one pair, in the order in which they were seen. Made once and used for pair after pair, it allocates nothing: most
/// pairs come to nothing, and nobody asks for their words.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) terms: Vec<Term>,
    spans: Vec<Span>,
    /// How well the two statements cover each other: what an observation is weighed by.
    pub(super) cover: f64,
}

impl Seen {
    /// Forgets the pair.
    pub(super) fn clear(&mut self) {
        self.terms.clear();
        self.spans.clear();
        self.cover = 0.0;
    }

    /// The spans of a term's words.
    pub(crate) fn spans(&self, words: Words) -> &[Span] {
        &self.spans[words.first..words.end]
    }

    /// Something that every pair has to a degree.
    pub(super) fn measure(&mut self, id: usize, value: f64) {
        self.measure_on(id, value, [], []);
    }

    /// The same with the words that it rests on.
    pub(super) fn measure_on(
        &mut self,
        id: usize,
        value: f64,
        a: impl IntoIterator<Item = Span>,
        b: impl IntoIterator<Item = Span>,
    ) {
        self.add(id, 1.0, value.clamp(0.0, 1.0), a, b);
    }

    /// Something that only some pairs have, weighed by how well the two cover each other.
    pub(super) fn observe(
        &mut self,
        id: usize,
        strength: f64,
        a: impl IntoIterator<Item = Span>,
        b: impl IntoIterator<Item = Span>,
    ) {
        if strength > 0.0 {
            self.add(id, strength.min(1.0), self.cover, a, b);
        }
    }

    pub(super) fn add(
        &mut self,
        id: usize,
        strength: f64,
        at: f64,
        a: impl IntoIterator<Item = Span>,
        b: impl IntoIterator<Item = Span>,
    ) {
        let (a, b) = (self.keep(a), self.keep(b));
        self.terms.push(Term {
            id,
            strength,
            at,
            a,
            b,
        });
    }

    fn keep(&mut self, spans: impl IntoIterator<Item = Span>) -> Words {
        let first = self.spans.len();
        self.spans.extend(spans);
        let end = self.spans.len();
        Words { first, end }
    }
}
