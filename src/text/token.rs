//! Words, numbers and marks with their byte spans.

use super::{Span, fold, stem};
use crate::lexicon::{Entry, Vocabulary};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// What kind of piece a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Begins with a letter: 'arms', "don't", 'U.S.' arrives as one word.
    Word,
    /// Begins with a digit: '1,200,000', '2.4', '10th'.
    Number,
    /// Anything else that is not white space, one character at a time.
    Mark,
}

/// One piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands.
    pub span: Span,
    /// Its folded form (see [`fold`]), a possessive 's dropped. Borrowed from the text where that is written so, as most words are.
    pub word: Cow<'a, str>,
    /// Its kind.
    pub kind: TokenKind,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Its word's entry in the shipped word lists, looked up once for all that is asked of them.
    pub(crate) entry: Entry,
}

impl Token<'_> {
    /// The stem of its word; of numbers and marks the word itself.
    pub fn stem(&self) -> String {
        match self.kind {
            TokenKind::Word => stem(&self.word),
            TokenKind::Number | TokenKind::Mark => self.word.as_ref().to_owned(),
        }
    }
}

/// Cuts a text into tokens, in order. Total on any text; linear in its length.
///
/// Hyphenated words come apart ('six-day' is 'six', '-', 'day'), contractions stay whole ("don't"); two single quotation marks
/// side by side are one double one.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let vocabulary = Vocabulary::shipped();
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / LETTERS);
    for (start, piece) in pieces(text) {
        let Some(first) = piece.chars().next() else {
            continue;
        };
        if (first.is_whitespace() || first.is_control())
            && piece.chars().all(|c| c.is_whitespace() || c.is_control())
        {
            continue;
        }
        let span = Span::new(start, start + piece.len());
        let kind = if first.is_numeric() {
            TokenKind::Number
        } else if first.is_alphabetic() {
            TokenKind::Word
        } else {
            TokenKind::Mark
        };
        let word = own_word(piece);
        if word.is_empty() {
            continue;
        }
        // Two single marks side by side are how typewriters and some agencies print a double one.
        if word == "'"
            && let Some(last) = out.last_mut()
            && last.word == "'"
            && last.span.end == start
        {
            last.span.end = span.end;
            last.word = Cow::Borrowed("\"");
            last.entry = vocabulary.entry("\"");
            continue;
        }
        out.push(Token {
            span,
            entry: vocabulary.entry(&word),
            word,
            kind,
            capital: first.is_uppercase(),
        });
    }
    out
}

/// Bytes of a token with the space before it, at the least in most texts.
const LETTERS: usize = 5;

/// The folded words, numbers and marks of a phrase, without anything else that [`tokens`] finds out.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let shown = |piece: &str| !piece.chars().all(|c| c.is_whitespace() || c.is_control());
    let pieces = pieces(text).filter(move |(_, piece)| shown(piece));
    pieces
        .map(|(_, piece)| own_word(piece))
        .filter(|word| !word.is_empty())
}

/// A piece folded, without a possessive ending.
fn own_word(piece: &str) -> Cow<'_, str> {
    let folded = |b: u8| b.is_ascii() && !b.is_ascii_uppercase() && b != b'`';
    match piece {
        "’" | "‘" => Cow::Borrowed("'"),
        "“" | "”" => Cow::Borrowed("\""),
        "–" | "—" => Cow::Borrowed("-"),
        _ if piece.bytes().all(folded) => Cow::Borrowed(piece.strip_suffix("'s").unwrap_or(piece)),
        _ => {
            let mut word = fold(piece);
            if let Some(owner) = word.strip_suffix("'s") {
                word.truncate(owner.len());
            }
            Cow::Owned(word)
        }
    }
}

/// The pieces of a text at Unicode's word boundaries (UAX 29), white space left out. Between white space, text of ASCII alone takes a
/// short way: it is most of any English text.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let chunks = text.split_inclusive(|c: char| c.is_ascii_whitespace());
    chunks.flat_map(move |chunk| {
        let at = next;
        next += chunk.len();
        let chunk = chunk.trim_ascii_end();
        let (plain, other) = match chunk.is_ascii() {
            true => (Some(Plain { text: chunk, at: 0 }), None),
            false => (None, Some(chunk.split_word_bound_indices())),
        };
        let both = plain
            .into_iter()
            .flatten()
            .chain(other.into_iter().flatten());
        both.map(move |(start, piece)| (at + start, piece))
    })
}

/// Word boundaries of a text of ASCII without white space.
struct Plain<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Plain<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        if !word(*bytes.get(start)?) {
            self.at += 1;
            return Some((start, &self.text[start..self.at]));
        }
        let mut end = start + 1;
        while let Some(next) = bytes.get(end) {
            let (before, after) = (bytes[end - 1], bytes.get(end + 1).copied().unwrap_or(0));
            // A mark between two letters or two digits belongs to them: 'U.S', "don't", '1,200', '2.5'.
            let inner = match next {
                b'.' | b'\'' => {
                    before.is_ascii_alphabetic() && after.is_ascii_alphabetic()
                        || before.is_ascii_digit() && after.is_ascii_digit()
                }
                b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
                b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
                _ => false,
            };
            match () {
                () if word(*next) => end += 1,
                () if inner => end += 2,
                () => break,
            }
        }
        self.at = end;
        Some((start, &self.text[start..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_cuts_as_unicode_does(text in "[ -~\n]{0,60}|([a-z]|[0-9]|[.,;:'_ \"-]){0,40}") {
            let mine: Vec<_> = pieces(&text).collect();
            let theirs: Vec<_> = text
                .split_word_bound_indices()
                .filter(|(_, p)| !p.trim().is_empty())
                .collect();
            prop_assert_eq!(mine, theirs);
        }
    }
}
