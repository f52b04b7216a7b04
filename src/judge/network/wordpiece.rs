//! Text to pieces of words that the network knows. Knows the vocabulary, not what the network does with it.
//!
//! WordPiece (Schuster and Nakajima 2012, 'Japanese and Korean voice search'): of each word the longest piece that the
//! vocabulary holds, then the longest piece that goes on from there. The vocabulary is part of all-MiniLM-L6-v2's.

use crate::text::fold;
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A piece's place in the vocabulary.
pub(crate) type Piece = u16;

pub(super) const UNKNOWN: Piece = 1;
pub(super) const START: Piece = 2;
pub(super) const END: Piece = 3;
pub(super) const OPEN: Piece = 4;
pub(super) const CLOSE: Piece = 5;
/// Names of the pieces that stand for no text, in their places.
const SPECIAL: [&str; 6] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[OPEN]", "[CLOSE]"];
/// No piece of the vocabulary is longer, in bytes.
const LONGEST: usize = 24;

/// The shipped vocabulary: one piece a line, those that go on within a word marked '##'.
const PIECES: &str = include_str!("vocabulary.txt");

pub(crate) struct Vocabulary {
    starts: FxHashMap<&'static str, Piece>,
    continuations: FxHashMap<&'static str, Piece>,
    len: usize,
}

impl Vocabulary {
    pub(crate) fn english() -> &'static Self {
        static SHIPPED: std::sync::OnceLock<Vocabulary> = std::sync::OnceLock::new();
        SHIPPED.get_or_init(Self::new)
    }

    fn new() -> Self {
        let mut made = Self {
            starts: FxHashMap::default(),
            continuations: FxHashMap::default(),
            len: 0,
        };
        for (at, line) in PIECES.lines().enumerate() {
            made.len = at + 1;
            let piece = at as Piece;
            match line.strip_prefix("##") {
                _ if at < SPECIAL.len() => debug_assert_eq!(line, SPECIAL[at]),
                Some(rest) if !rest.is_empty() => {
                    made.continuations.insert(rest, piece);
                }
                _ => {
                    made.starts.insert(line, piece);
                }
            }
        }
        made
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The pieces of a text. A character that the vocabulary cannot spell is one unknown piece.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        let folded: String = fold(text)
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .collect();
        let mut out = Vec::with_capacity(folded.len() / 4 + 1);
        let mut rest = folded.as_str();
        while let Some(first) = rest.chars().next() {
            if !first.is_alphanumeric() {
                if !first.is_whitespace() && !first.is_control() {
                    let mark = &rest[..first.len_utf8()];
                    out.push(self.starts.get(mark).copied().unwrap_or(UNKNOWN));
                }
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let end = rest
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len());
            self.word(&rest[..end], &mut out);
            rest = &rest[end..];
        }
        out
    }

    fn word(&self, word: &str, out: &mut Vec<Piece>) {
        let mut at = 0;
        while at < word.len() {
            let known = if at == 0 {
                &self.starts
            } else {
                &self.continuations
            };
            let found = (at + 1..=word.len().min(at + LONGEST))
                .rev()
                .filter(|end| word.is_char_boundary(*end))
                .find_map(|end| Some((*known.get(&word[at..end])?, end)));
            let (piece, end) = found.unwrap_or_else(|| {
                let skipped = word[at..].chars().next().map_or(1, char::len_utf8);
                (UNKNOWN, at + skipped)
            });
            out.push(piece);
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let lines: Vec<&str> = PIECES.lines().collect();
        let found: Vec<&str> = Vocabulary::english()
            .pieces(text)
            .iter()
            .map(|p| lines[usize::from(*p)])
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn words_come_apart_where_the_vocabulary_ends() {
        check("The ministry denied it.", "the ministry denied it .");
        check("Ferrolyte’s café", "fe ##rro ##ly ##te ' s cafe");
        check("1,400 jobs", "1 , 400 jobs");
    }

    #[test]
    fn what_cannot_be_spelt_is_unknown() {
        check("日本 said", "[UNK] [UNK] said");
        check("", "");
    }

    #[test]
    fn every_piece_can_be_reached() {
        assert!(PIECES.lines().all(|p| p.len() <= LONGEST));
        let distinct: std::collections::BTreeSet<&str> = PIECES.lines().collect();
        assert_eq!(distinct.len(), Vocabulary::english().len());
        assert!(Vocabulary::english().len() <= usize::from(Piece::MAX));
    }
}
