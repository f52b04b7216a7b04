//! Claims of a text in a language that the word lists do not know: its sentences, as they stand.
//!
//! Who speaks, what is negated and which day is meant cannot be told without words, and a guess would be put in somebody's mouth.

use crate::lexicon::Lexicon;
use crate::model::Claim;
use crate::text::{self, Span};

pub(super) fn claims(whole: &str, paragraphs: &[Span], lexicon: &Lexicon) -> Vec<Claim> {
    let sentences = paragraphs.iter().flat_map(|paragraph| {
        let words = paragraph.of(whole).unwrap_or_default();
        let words = words.replace(['\n', '\r'], " ");
        let found = text::sentences(&words, lexicon);
        found.into_iter().map(|s| s.shift(paragraph.start))
    });
    let told = |span: &Span| {
        span.of(whole)
            .is_some_and(|s| s.contains(char::is_alphabetic))
    };
    let claim = |span| Claim {
        span,
        sentence: span,
        ..Claim::default()
    };
    sentences.filter(told).map(claim).collect()
}
