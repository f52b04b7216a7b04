//! Sentence boundaries.

use super::Span;
use crate::lexicon::Lexicon;

/// The sentences of a text, in order, trimmed of white space.
pub fn sentences(text: &str, _lexicon: &Lexicon) -> Vec<Span> {
    vec![Span::new(0, text.len())]
}
