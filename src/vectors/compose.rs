//! Cutting a word that is not in the table into units that are. Knows spelling, not what vectors mean.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::table::{Table, Unit};

/// Longer words are no words (addresses, hashes): they have no vector. Bounds the cost of a look-up.
const LONGEST_WORD: usize = 100;

/// A folded word in the letters of the table: without diacritics and possessive ending. `None` where it cannot be a word.
pub(super) fn plain(word: &str) -> Option<Cow<'_, str>> {
    if word.is_empty() || word.len() > 4 * LONGEST_WORD {
        return None;
    }
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix('\''))
        .unwrap_or(word);
    let plain = if word.is_ascii() {
        Cow::Borrowed(word)
    } else {
        let mut out = String::with_capacity(word.len());
        for c in word.nfd() {
            match c {
                // Combining marks, split off by the decomposition.
                '\u{300}'..='\u{36f}' => {}
                // Latin letters that Unicode does not decompose.
                'ł' => out.push('l'),
                'ø' => out.push('o'),
                'đ' | 'ð' => out.push('d'),
                'ı' => out.push('i'),
                'ə' => out.push('a'),
                'ħ' => out.push('h'),
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'þ' => out.push_str("th"),
                c => out.push(c),
            }
        }
        Cow::Owned(out)
    };
    (plain.len() <= LONGEST_WORD).then_some(plain)
}

/// The parts of a compound: 'cease', 'fire' of 'cease-fire'.
pub(super) fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
}

/// The units of a part, the longest first beginning taken each time; `None` where a rest is left over. At most one look-up
/// for each pair of a byte and a key length.
pub(super) fn units(table: &Table, part: &str, found: &mut Vec<u32>) -> Option<()> {
    let mut rest = part.as_bytes();
    let mut unit = Unit::Word;
    while !rest.is_empty() {
        let longest = rest.len().min(table.longest_key());
        let (length, index) = (1..=longest)
            .rev()
            .find_map(|n| Some((n, table.find(&rest[..n], unit)?)))?;
        found.push(index);
        rest = &rest[length..];
        unit = Unit::Piece;
    }
    Some(())
}
