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
    /// Whether a number or a date may begin here.
    pub(crate) figure: bool,
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
    tokens_at(text, text, 0)
}

/// The tokens of a stretch that begins at `offset` of a text, with their places in that text. `lowered` is the stretch in lower case
/// as far as it is ASCII, so that words with capitals need not be copied one by one; the stretch itself does as well.
pub(crate) fn tokens_at<'t>(stretch: &str, lowered: &'t str, offset: usize) -> Vec<Token<'t>> {
    let vocabulary = Vocabulary::shipped();
    let mut out: Vec<Token> = Vec::with_capacity(stretch.len() / LETTERS);
    each_word(stretch, |start, piece, first| {
        let word = lowered.get(start..start + piece.len()).unwrap_or_default();
        let word = own_word(word);
        if word.is_empty() {
            return;
        }
        let span = Span::new(offset + start, offset + start + piece.len());
        // Two single marks side by side are how typewriters and some agencies print a double one.
        if word == "'"
            && let Some(last) = out.last_mut()
            && last.word == "'"
            && last.span.end == span.start
        {
            last.span.end = span.end;
            last.word = Cow::Borrowed("\"");
            last.entry = vocabulary.entry("\"");
            return;
        }
        let kind = match first {
            'a'..='z' | 'A'..='Z' => TokenKind::Word,
            _ if first.is_numeric() => TokenKind::Number,
            _ if first.is_alphabetic() => TokenKind::Word,
            _ => TokenKind::Mark,
        };
        let entry = vocabulary.entry(&word);
        out.push(Token {
            span,
            entry,
            figure: kind == TokenKind::Number || vocabulary.opens_figure(entry),
            word,
            kind,
            capital: first.is_uppercase(),
        });
    });
    out
}

/// Hands out the pieces that are shown, with their places and first characters.
fn each_word<'t>(text: &'t str, mut take: impl FnMut(usize, &'t str, char)) {
    each_piece(text, |start, piece| {
        let blank = |c: char| !c.is_ascii_graphic() && (c.is_whitespace() || c.is_control());
        let first = piece.chars().next();
        if let Some(first) = first.filter(|c| !blank(*c) || !piece.chars().all(blank)) {
            take(start, piece, first);
        }
    });
}

/// Bytes of a token with the space before it, at the least in most texts.
const LETTERS: usize = 5;

/// The folded words, numbers and marks of a phrase, without anything else that [`tokens`] finds out.
pub(crate) fn words(text: &str) -> Vec<Box<str>> {
    let mut out = Vec::new();
    each_word(text, |_, piece, _| {
        out.push(own_word(piece).into_owned().into_boxed_str())
    });
    out.retain(|word| !word.is_empty());
    out
}

/// A piece folded, without a possessive ending.
fn own_word(piece: &str) -> Cow<'_, str> {
    if piece.bytes().all(|b| FOLDED[usize::from(b)]) {
        return Cow::Borrowed(piece.strip_suffix("'s").unwrap_or(piece));
    }
    match piece {
        "’" | "‘" => Cow::Borrowed("'"),
        "“" | "”" => Cow::Borrowed("\""),
        "–" | "—" => Cow::Borrowed("-"),
        _ => {
            let mut word = fold(piece);
            if let Some(owner) = word.strip_suffix("'s") {
                word.truncate(owner.len());
            }
            Cow::Owned(word)
        }
    }
}

/// Hands out the pieces of a text at Unicode's word boundaries (UAX 29), white space left out, with where they begin. Between white
/// space, text of ASCII and the usual quotation marks and dashes takes a short way: it is nearly all of any English text.
fn each_piece<'t>(text: &'t str, mut take: impl FnMut(usize, &'t str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let (mut end, mut seen) = (at, 0);
        while let Some(b) = bytes.get(end).filter(|b| !b.is_ascii_whitespace()) {
            seen |= b;
            end += 1;
        }
        let chunk = &text[at..end];
        if seen.is_ascii() || chunk.chars().all(|c| c.is_ascii() || is_usual_mark(c)) {
            let mut plain = Plain { text: chunk, at: 0 };
            while let Some((start, piece)) = plain.next() {
                take(at + start, piece);
            }
        } else {
            for (start, piece) in chunk.split_word_bound_indices() {
                take(at + start, piece);
            }
        }
        // Past the white space.
        at = end + 1;
    }
}

fn is_usual_mark(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '–' | '—' | '…')
}

/// Word boundaries of a text of ASCII and usual marks without white space.
struct Plain<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Plain<'a> {
    /// The next piece and where it begins.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let word = |b: u8| WORD[usize::from(b)];
        let first = *bytes.get(start)?;
        if !word(first) {
            self.at += if first.is_ascii() { 1 } else { MARK };
            return Some((start, &self.text[start..self.at]));
        }
        let mut end = start + 1;
        while let Some(next) = bytes.get(end) {
            if word(*next) {
                end += 1;
                continue;
            }
            let length = if next.is_ascii() { 1 } else { MARK };
            let before = bytes[end - 1];
            let after = bytes.get(end + length).copied().unwrap_or(0);
            let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
            let digits = before.is_ascii_digit() && after.is_ascii_digit();
            // A mark between two letters or two digits belongs to them: 'U.S', "don't", '1,200', '2.5'.
            let inner = match &self.text[end..end + length] {
                "." | "'" | "‘" | "’" => letters || digits,
                ":" => letters,
                "," | ";" => digits,
                _ => false,
            };
            if !inner {
                break;
            }
            end += length + 1;
        }
        self.at = end;
        Some((start, &self.text[start..end]))
    }
}

/// The bytes that folding leaves alone, whatever stands beside them.
const FOLDED: [bool; 256] = {
    let mut folded = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        folded[at] = !byte.is_ascii_uppercase() && byte != b'`';
        at += 1;
    }
    folded
};

/// The bytes of which a word or number of ASCII consists.
const WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        word[at] = byte.is_ascii_alphanumeric() || byte == b'_';
        at += 1;
    }
    word
};

/// Bytes of a usual mark that is not ASCII.
const MARK: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_cuts_as_unicode_does(text in "[ -~\n]{0,60}|([a-z]|[0-9]|[.,;:'_ \"‘’“”–—…-]){0,40}") {
            let mut mine = Vec::new();
            each_piece(&text, |at, piece| mine.push((at, piece)));
            let theirs: Vec<_> = text
                .split_word_bound_indices()
                .filter(|(_, p)| !p.trim().is_empty())
                .collect();
            prop_assert_eq!(mine, theirs);
        }
    }
}
