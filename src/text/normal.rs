//! Normal forms: what two spellings of one word share.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Compatibility-normalises (NFKC), lower-cases, turns curly quotes and dashes into plain ones and drops characters of no
/// width. For comparing, never for showing: offsets do not survive.
///
/// ```
/// assert_eq!(claimgraph::text::fold("‘Ｋyiv’—2"), "'kyiv'-2");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Nearly all words: nothing to normalise.
        let folded = text.to_ascii_lowercase();
        return match folded.contains('`') {
            true => folded.replace('`', "'"),
            false => folded,
        };
    }
    let plain = is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let mut out = String::with_capacity(text.len());
    let mut add = |c: char| match c {
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => {}
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '`' | '´' => out.push('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' => out.push('"'),
        '‐'..='―' | '−' => out.push('-'),
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        c => out.extend(c.to_lowercase()),
    };
    if plain {
        text.chars().for_each(&mut add);
    } else {
        text.nfkc().for_each(&mut add);
    }
    out
}

/// Whether `part` stands in `whole` as whole words, both being folded.
pub(crate) fn holds(whole: &str, part: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let stands = |at: usize| {
        whole[at..].starts_with(part)
            && edge(whole[..at].chars().next_back())
            && edge(whole[at + part.len()..].chars().next())
    };
    // Both are a few words long, and mostly they have nothing in common: a searcher would take longer to set up.
    let (Some(last), Some(first)) = (whole.len().checked_sub(part.len()), part.bytes().next())
    else {
        return false;
    };
    (0..=last).any(|at| whole.as_bytes()[at] == first && stands(at))
}

/// Stems kept by one thread, so that frequent words are stemmed once.
const KEPT: usize = 1 << 15;

/// The Snowball English stem of a folded word: 'promised' and 'promises' meet at 'promis'.
pub fn stem(word: &str) -> String {
    thread_local! {
        static STEMS: RefCell<FxHashMap<String, String>> = RefCell::default();
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(word) {
            return stem.clone();
        }
        let stem = Stemmer::create(Algorithm::English).stem(word).into_owned();
        if stems.len() < KEPT {
            stems.insert(word.to_owned(), stem.clone());
        }
        stem
    })
}
