//! What the network is given of a statement: its day, its words, and what stands around them in the sentence.

use super::wordpiece::{CLOSE, END, OPEN, Piece, START, Vocabulary};
use crate::judge::Statement;
use crate::text::{Date, MONTHS, WEEKDAYS};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// Pieces of the statement itself beyond this many are not read.
const OWN: usize = 36;
/// Pieces that are read of what stands before and after it in its sentence.
const AROUND: usize = 12;
/// No sequence is longer.
pub(super) const LONGEST: usize = 80;

/// The pieces of a statement in its surroundings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Sequence {
    pub(super) pieces: Vec<Piece>,
    /// Where the statement itself stands among them, with the marks that set it off.
    pub(super) own: Range<usize>,
    key: u64,
}

impl Sequence {
    pub(crate) fn new(statement: &Statement<'_>) -> Self {
        let vocabulary = Vocabulary::english();
        let mut pieces = vec![START];
        if let Some(day) = statement.published {
            pieces.extend(vocabulary.pieces(&written(day)));
        }
        let before = vocabulary.pieces(statement.before);
        // Of a sentence cut in two what stands next to the cut; of a sentence before, its start.
        let whole = statement
            .before
            .trim_end()
            .ends_with(['.', '!', '?', '"', '”']);
        let near = if whole {
            &before[..before.len().min(AROUND)]
        } else {
            &before[before.len().saturating_sub(AROUND)..]
        };
        pieces.extend(near);
        let first = pieces.len();
        pieces.push(OPEN);
        pieces.extend(vocabulary.pieces(statement.text).iter().take(OWN));
        pieces.push(CLOSE);
        let own = first..pieces.len();
        pieces.extend(vocabulary.pieces(statement.after).iter().take(AROUND));
        pieces.push(END);
        debug_assert!(pieces.len() <= LONGEST);
        Self::of(pieces, own)
    }

    pub(super) fn of(pieces: Vec<Piece>, own: Range<usize>) -> Self {
        // Its keys are fixed, so that the hash is the same in every run.
        let mut hasher = DefaultHasher::new();
        (&pieces, &own).hash(&mut hasher);
        Self {
            pieces,
            own,
            key: hasher.finish(),
        }
    }

    /// A hash of all that the network is given.
    pub(crate) fn key(&self) -> u64 {
        self.key
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.own.len() <= 2
    }

    /// Places of the pieces in the vocabulary.
    pub fn pieces(&self) -> &[u16] {
        &self.pieces
    }

    /// Where the statement itself stands among the pieces.
    pub fn own(&self) -> Range<usize> {
        self.own.clone()
    }
}

fn written(day: Date) -> String {
    let weekday = WEEKDAYS[(day.weekday() - 1) as usize % 7];
    let month = MONTHS[(day.month() - 1) as usize % 12];
    format!("{weekday} {} {month} {} :", day.day(), day.year())
}
