//! What the lists say of single words, in one place, so that a word is looked up once for all of them.

use super::{Attitude, Report};
use rustc_hash::FxHashMap;

/// A word's place in the [`Vocabulary`]; most words of a text have none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Entry(u16);

impl Entry {
    /// Its index in a list of one item for each word of the vocabulary, after a first one for all words without an entry.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The words of the shipped lists. It never changes, so that an entry means the same word to every lexicon.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    entries: FxHashMap<(u64, u64), Entry>,
    /// Entries of the few words that [`packed`] has no room for.
    long: FxHashMap<Box<str>, Entry>,
    /// Whether a number or date can begin with the word, by its entry.
    figures: Vec<bool>,
}

/// A word of up to 15 bytes as two numbers, which are compared at once: its bytes in order, the last byte its length.
fn packed(word: &str) -> Option<(u64, u64)> {
    let bytes = word.as_bytes();
    // Two loads that overlap cover a word of any length; what both have is shifted out of the second.
    let (low, high) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let twice = 8 * 16_usize.checked_sub(bytes.len())?;
            let last = u64::from_le_bytes(*last).checked_shr(twice as u32);
            (u64::from_le_bytes(*first), last.unwrap_or(0))
        }
        _ => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => {
                let last = u64::from(u32::from_le_bytes(*last)) >> (8 * (8 - bytes.len()));
                (u64::from(u32::from_le_bytes(*first)) | last << 32, 0)
            }
            _ => {
                let all = bytes.iter().rev();
                (all.fold(0, |all, b| all << 8 | u64::from(*b)), 0)
            }
        },
    };
    (bytes.len() < 16).then_some((low, high | (bytes.len() as u64) << 56))
}

impl Vocabulary {
    /// That of the shipped lists.
    pub(crate) fn shipped() -> &'static Self {
        &super::shipped().vocabulary
    }

    /// A vocabulary of these words, entries in their order. Of more than 65,535 words the last have none.
    pub(super) fn new(words: &[(String, Known)]) -> Self {
        let mut out = Self {
            figures: (std::iter::once(false))
                .chain(words.iter().map(|w| w.1.is(Is::OpensFigure)))
                .collect(),
            ..Self::default()
        };
        for (number, (word, _)) in (1..=u16::MAX).zip(words) {
            let entry = Entry(number);
            match packed(word) {
                Some(key) => out.entries.insert(key, entry),
                None => out.long.insert(word.as_str().into(), entry),
            };
        }
        out
    }

    /// Whether a number in words or a date can begin with the word.
    pub(crate) fn opens_figure(&self, entry: Entry) -> bool {
        self.figures.get(entry.index()).copied().unwrap_or_default()
    }

    /// The entry of a folded word.
    pub(crate) fn entry(&self, word: &str) -> Entry {
        // No listed word is longer; an odd text's words must not be hashed whole.
        const LONGEST: usize = 40;
        let found = match packed(word) {
            Some(key) => self.entries.get(&key),
            None if word.len() > LONGEST => None,
            None => self.long.get(word),
        };
        found.copied().unwrap_or_default()
    }
}

/// What a word can be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Is {
    Abbreviation,
    /// One that stands before a name or a number.
    AbbreviationBefore,
    /// A title or the head of a role, in the singular or plural.
    Role,
    /// Who is no role: 'woman', 'neighbours'.
    Person,
    FirstName,
    /// A word of grammar rather than matter.
    Grammar,
    OrganisationHead,
    PlaceHead,
    /// A listed finite form of a verb that does not end in 'ed'.
    FiniteVerb,
    /// The bare form of a verb of reports or attitudes and as often a noun.
    VerbOrNoun,
    /// A name word that has another, preferred spelling.
    Variant,
    /// A word that a number or a date can begin with.
    OpensFigure,
}

/// All that the lists of single words say of one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    kinds: u16,
    pub(crate) report: Option<Report>,
    pub(crate) report_noun: Option<Report>,
    pub(crate) attitude: Option<Attitude>,
    /// Where the cue phrases are that begin with it, as a number from 1.
    pub(super) cues: u16,
}

impl Known {
    /// Whether the word is listed as this.
    pub(crate) fn is(self, what: Is) -> bool {
        self.kinds & (1 << what as u16) != 0
    }

    /// Lists the word as this, too.
    pub(super) fn add(&mut self, what: Is) {
        self.kinds |= 1 << what as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::packed;

    #[test]
    fn no_two_words_are_packed_alike() {
        let letters = "abcdefghijklmnop";
        let mut seen = rustc_hash::FxHashSet::default();
        for from in 0..letters.len() {
            for to in from..=letters.len() {
                let word = &letters[from..to];
                assert_eq!(packed(word).is_some(), word.len() < 16);
                assert!(word.is_empty() || word.len() > 15 || seen.insert(packed(word)));
            }
        }
        for length in 1..16 {
            assert!(seen.insert(packed(&"a".repeat(length))) || length == 1);
            assert!(seen.insert(packed(&"\0".repeat(length))));
        }
        assert_eq!(
            packed("abcdefghi"),
            Some((0x6867_6665_6463_6261, 9 << 56 | 0x69))
        );
        assert_eq!(packed("abcde"), Some((0x65_6463_6261, 5 << 56)));
    }
}
