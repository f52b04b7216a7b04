//! Normal forms: what two spellings of one word share.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Compatibility-normalises (NFKC), lower-cases, turns curly quotes and dashes into plain ones and drops characters of no
/// width. For comparing, never for showing: offsets do not survive.
///
/// ```
/// assert_eq!(claimgraph::text::fold("‘Ｋyiv’—2"), "'kyiv'-2");
/// ```
pub fn fold(text: &str) -> String {
    text.nfkc()
        .filter_map(|c| match c {
            '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{ad}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => None,
            '‘' | '’' | '‚' | '‛' | 'ʼ' | '`' | '´' => Some('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' => Some('"'),
            '‐'..='―' | '−' => Some('-'),
            c => Some(c),
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether `part` stands in `whole` as whole words, both being folded.
pub(crate) fn holds(whole: &str, part: &str) -> bool {
    whole.match_indices(part).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(whole[..at].chars().next_back()) && edge(whole[at + part.len()..].chars().next())
    })
}

/// The Snowball English stem of a folded word: 'promised' and 'promises' meet at 'promis'.
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}
