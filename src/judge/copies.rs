//! Copies: statements in the same words, and such that differ in one thing only.
//!
//! Nobody labels such pairs, and a judge that learned from others takes 'was not closed' for a light edit of 'was closed'.
//! Knows readings, not what a difference is worth.

use super::reading::{Item, Reading};
use crate::lexicon::{Cue, Lexicon};
use crate::model::Stance;
use crate::text::{QuantityRelation, Span};

/// In what copies differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Difference {
    /// One side says no, or none where the other says some.
    Negation,
    /// One side is reported as denied.
    Denial,
    /// A word that the lexicon opposes to the other's.
    Opposite,
    /// A figure that excludes the other's.
    Figure,
    /// The same days later, when a count may have changed.
    LaterFigure,
    /// A day that is not the other's.
    Day,
    /// The same names in another order: who does it to whom.
    Roles,
}

/// Publication days apart up to which two papers tell of one state of things.
const FRESH: u64 = 2;
/// Articles whose settings are less alike than this tell of two matters, in whatever words.
const STRANGE: f64 = 0.02;
/// A statement of fewer words of matter tells too little to be told apart from another.
const ENOUGH: usize = 3;

impl Reading {
    /// Whether it says the same as another, word for word, of the same days and in the same stance.
    pub(crate) fn copies(&self, other: &Reading) -> bool {
        self.copy_key == other.copy_key && self.stance == other.stance && self.tells_which(other)
    }

    /// The one thing in which two statements differ that are copies otherwise (the same words in the same order, small words
    /// left out), and where it stands on either side; names in another order stand in many places.
    pub(crate) fn difference(
        &self,
        other: &Reading,
        lexicon: &Lexicon,
    ) -> Option<(Difference, Option<Span>, Option<Span>)> {
        let alike = self.question == other.question
            && self.own().count() == other.own().count()
            && self.quantities.len() == other.quantities.len()
            && self.dates.len() == other.dates.len()
            && self
                .numbered
                .iter()
                .map(|n| &n.1)
                .eq(other.numbered.iter().map(|n| &n.1))
            && self.modes().eq(other.modes())
            && self.tells_which(other);
        if !alike {
            return None;
        }
        let mut found = [
            self.denied(other),
            self.negated(other),
            self.reworded(other, lexicon),
            self.recounted(other),
            self.redated(other),
        ]
        .into_iter();
        let first = found.find(|d| *d != Seen::Same)?;
        match (first, found.all(|d| d == Seen::Same)) {
            (Seen::One(difference, a, b), true) => Some((difference, a, b)),
            _ => None,
        }
    }

    /// Whether it may tell who does it after a 'by'.
    pub(crate) fn is_passive(&self) -> bool {
        self.text.contains(" by ")
    }

    fn own(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|i| !i.borrowed)
    }

    /// How it is said: hedges, conditions, what is rejected; not what negates or counts it.
    fn modes(&self) -> impl Iterator<Item = Cue> {
        let kinds = self.cues.iter().map(|c| c.0);
        kinds.filter(|c| !negates(*c) && !counts(*c))
    }

    fn counters(&self) -> impl Iterator<Item = Cue> {
        self.cues.iter().map(|c| c.0).filter(|c| counts(*c))
    }

    fn denied(&self, other: &Reading) -> Seen {
        // Who denies with a negation of its own says what it says: the words are compared.
        let told = |r: &Reading| match r.stance {
            Stance::Denies if r.cues.iter().any(|c| negates(c.0)) => Stance::Asserts,
            stance => stance,
        };
        let denies = |r: &Reading| told(r) == Stance::Denies;
        match told(self) == told(other) {
            true => Seen::Same,
            false if denies(self) != denies(other) => Seen::One(Difference::Denial, None, None),
            false => Seen::Else,
        }
    }

    fn negated(&self, other: &Reading) -> Seen {
        let negators = |r: &Reading| r.cues.iter().filter(|c| negates(c.0)).count();
        let negator = |r: &Reading| r.cues.iter().find(|c| negates(c.0)).map(|c| c.1);
        match (negators(self), negators(other)) {
            (0, 0) if self.counters().eq(other.counters()) => Seen::Same,
            // 'No homes' and 'some homes'.
            (0, 1) | (1, 0) => Seen::One(Difference::Negation, negator(self), negator(other)),
            _ => Seen::Else,
        }
    }

    fn reworded(&self, other: &Reading, lexicon: &Lexicon) -> Seen {
        let mut changed = self
            .own()
            .zip(other.own())
            .filter(|(x, y)| x.stem != y.stem);
        let Some((x, y)) = changed.next() else {
            return Seen::Same;
        };
        if changed.next().is_none() {
            return match lexicon.opposed(&x.root, &y.root) {
                Some(_) => Seen::One(Difference::Opposite, Some(x.span), Some(y.span)),
                None => Seen::Else,
            };
        }
        let times = |r: &Reading, stem: &str| r.own().filter(|i| i.stem == stem).count();
        let moved = self.names.len() > 1
            && self.names.len() == other.names.len()
            && self
                .names
                .iter()
                .zip(&other.names)
                .any(|(n, m)| n.text != m.text)
            && self.is_passive() == other.is_passive()
            && (self.own()).all(|i| times(self, &i.stem) == times(other, &i.stem));
        match moved {
            true => Seen::One(Difference::Roles, None, None),
            false => Seen::Else,
        }
    }

    fn recounted(&self, other: &Reading) -> Seen {
        let both = self.quantities.iter().zip(&other.quantities);
        let mut changed =
            both.filter(|(x, y)| (x.low, x.high, x.bound) != (y.low, y.high, y.bound));
        let (x, y) = match (changed.next(), changed.next()) {
            (None, _) => return Seen::Same,
            (Some(pair), None) => pair,
            _ => return Seen::Else,
        };
        let told = !(self.names.is_empty() && self.dates.is_empty() && self.speaker.is_none());
        let excluded = x.head == y.head
            && x.compare(y) == QuantityRelation::Disjoint
            && !x.ordinal
            && (told || !self.both_placed(other));
        let (a, b) = (Some(x.span), Some(y.span));
        match (self.published, other.published) {
            _ if !excluded => Seen::Else,
            (Some(p), Some(q)) if p != q && p.days_until(q).unsigned_abs() >= FRESH => {
                Seen::One(Difference::LaterFigure, a, b)
            }
            _ => Seen::One(Difference::Figure, a, b),
        }
    }

    fn redated(&self, other: &Reading) -> Seen {
        let both = self.dates.iter().zip(&other.dates);
        let mut changed = both.filter(|(x, y)| x.interval != y.interval);
        match (changed.next(), changed.next()) {
            (None, _) => Seen::Same,
            // 'On Friday' in Friday's paper and 'on Sunday' in Sunday's are two occasions.
            (Some((x, y)), None)
                if !(x.interval.overlaps(y.interval) || x.relative && y.relative) =>
            {
                Seen::One(Difference::Day, Some(x.span), Some(y.span))
            }
            _ => Seen::Else,
        }
    }

    /// Whether of both it is known where or when they were said. A statement by itself is somebody's question: it means
    /// whatever is said in these words.
    fn both_placed(&self, other: &Reading) -> bool {
        self.placed && other.placed
    }

    /// Whether a statement in the same words is likely to be of the same matter: it names somebody, a figure or a day ('Police
    /// look into the cause' does not) or is said by the same speaker, and tells of days, or stands in papers of about the same one.
    fn tells_which(&self, other: &Reading) -> bool {
        if !self.both_placed(other) {
            return true;
        }
        let near = match (self.published, other.published) {
            (Some(x), Some(y)) => x.days_until(y).unsigned_abs() <= FRESH,
            _ => true,
        };
        let dated = !self.dates.is_empty();
        let one_speaker = self.speaker.is_some() && self.speaker == other.speaker;
        let named = !(self.names.is_empty() && self.quantities.is_empty());
        let enough = if dated || one_speaker {
            ENOUGH - 1
        } else {
            ENOUGH
        };
        let apart = (self.setting_likeness(other)).is_some_and(|alike| alike < STRANGE);
        !apart && (near || dated) && (named || dated || one_speaker) && self.own().count() >= enough
    }
}

/// What a comparison of one kind of thing gives.
#[derive(Debug, PartialEq)]
enum Seen {
    Same,
    One(Difference, Option<Span>, Option<Span>),
    Else,
}

fn negates(cue: Cue) -> bool {
    matches!(cue, Cue::Negator | Cue::None)
}

fn counts(cue: Cue) -> bool {
    matches!(cue, Cue::All | Cue::Some | Cue::Most)
}
