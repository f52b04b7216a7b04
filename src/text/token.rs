//! Words, numbers and marks with their byte spans.

use super::{Span, fold, stem};
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
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its folded form (see [`fold`]), a possessive 's dropped.
    pub word: String,
    /// Its stem; the word itself for numbers and marks.
    pub stem: String,
    /// Its kind.
    pub kind: TokenKind,
    /// Whether its first letter is a capital.
    pub capital: bool,
}

/// Cuts a text into tokens, in order. Total on any text; linear in its length.
///
/// Hyphenated words come apart ('six-day' is 'six', '-', 'day'), contractions stay whole ("don't"); two single quotation marks
/// side by side are one double one.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for (start, piece) in text.split_word_bound_indices() {
        let Some(first) = piece.chars().next() else {
            continue;
        };
        if piece.chars().all(|c| c.is_whitespace() || c.is_control()) {
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
        let mut word = fold(piece);
        if word.is_empty() {
            continue;
        }
        if let Some(owner) = word.strip_suffix("'s") {
            word.truncate(owner.len());
        }
        // Two single marks side by side are how typewriters and some agencies print a double one.
        if word == "'"
            && let Some(last) = out.last_mut()
            && last.word == "'"
            && last.span.end == start
        {
            last.span.end = span.end;
            last.word = "\"".to_owned();
            last.stem = last.word.clone();
            continue;
        }
        let stem = if kind == TokenKind::Word {
            stem(&word)
        } else {
            word.clone()
        };
        out.push(Token {
            span,
            word,
            stem,
            kind,
            capital: first.is_uppercase(),
        });
    }
    out
}
