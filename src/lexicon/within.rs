//! Phrases that may stand anywhere in a line, looked for all at once.

use super::Furniture;
use rustc_hash::FxHashMap;

/// Phrases by their first words, in plain lower case.
#[derive(Debug, Clone, Default)]
pub(super) struct Within {
    phrases: FxHashMap<Box<str>, Vec<(Box<str>, Furniture)>>,
    /// For the first letter of a first word the second letters, as bits: few words of a text have to be looked up.
    begins: [u32; 26],
}

/// Bytes of the longest first word that is looked up.
const LONGEST: usize = 16;

impl Within {
    /// Adds a phrase that begins with a word of two ASCII letters or more.
    pub(super) fn add(&mut self, phrase: &str, kind: Furniture) {
        let first = &phrase[..end_of_word(phrase.as_bytes(), 0)];
        if let [a @ b'a'..=b'z', b @ b'a'..=b'z', ..] = first.as_bytes() {
            self.begins[usize::from(a - b'a')] |= 1 << (b - b'a');
            let same = self.phrases.entry(first.into()).or_default();
            same.push((phrase.into(), kind));
        }
    }

    /// Calls `found` with each phrase that stands in the text as whole words. Linear in the text's length.
    pub(super) fn each<'a>(&'a self, text: &str, mut found: impl FnMut(Furniture, &'a str)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(start) = bytes[at..].iter().position(u8::is_ascii_alphabetic) {
            let start = at + start;
            at = end_of_word(bytes, start);
            let word = &bytes[start..at];
            let [a, b, ..] = word else {
                continue;
            };
            let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
            let begins = b.is_ascii_lowercase()
                && self.begins[usize::from(a - b'a')] & (1 << (b - b'a')) != 0;
            if !begins || word.len() > LONGEST {
                continue;
            }
            let mut small = [0; LONGEST];
            let small = &mut small[..word.len()];
            small.copy_from_slice(word);
            small.make_ascii_lowercase();
            let listed = std::str::from_utf8(small)
                .ok()
                .and_then(|w| self.phrases.get(w));
            for (phrase, kind) in listed.into_iter().flatten() {
                let end = start + phrase.len();
                let stands = bytes
                    .get(start..end)
                    .is_some_and(|s| s.eq_ignore_ascii_case(phrase.as_bytes()));
                let whole = !phrase.ends_with(|c: char| c.is_ascii_alphanumeric())
                    || !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
                if stands && whole {
                    found(*kind, phrase);
                }
            }
        }
    }
}

/// Where the run of ASCII letters and figures from `start` ends.
fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let run = bytes[start..]
        .iter()
        .position(|b| !b.is_ascii_alphanumeric());
    run.map_or(bytes.len(), |n| start + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whatever_their_case_and_only_as_whole_words() {
        let mut within = Within::default();
        within.add("sign up here", Furniture::Within);
        within.add("inbox", Furniture::Hint);
        let found = |text: &str| {
            let mut out = Vec::new();
            within.each(text, |_, phrase| out.push(phrase.to_owned()));
            out
        };
        assert_eq!(
            found("SIGN UP HERE – and your Inbox!"),
            ["sign up here", "inbox"]
        );
        assert!(found("design up here, sign up hereafter, inboxes, é").is_empty());
        assert_eq!(found("sign sign up here"), ["sign up here"]);
    }
}
