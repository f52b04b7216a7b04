//! What the lists say of single words, in one place, so that a word is looked up once for all of them.

use super::{Attitude, Report};
use rustc_hash::FxHashMap;

/// A word's place in the [`Vocabulary`]; most words of a text have none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Entry(Option<std::num::NonZeroU16>);

impl Entry {
    /// Its index in a list of as many items as the vocabulary has words.
    pub(super) fn index(self) -> Option<usize> {
        self.0.map(|n| usize::from(n.get()) - 1)
    }
}

/// The words of the shipped lists. It never changes, so that an entry means the same word to every lexicon.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    entries: FxHashMap<u128, Entry>,
    /// Entries of the few words that [`packed`] has no room for.
    long: FxHashMap<Box<str>, Entry>,
    /// Whether a number or date can begin with the word, by its entry.
    figures: Vec<bool>,
}

/// A short word as one number, which is compared at once.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    // The last byte tells how long it is.
    let (length, room) = bytes.split_last_mut()?;
    *length = word.len() as u8;
    room.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

impl Vocabulary {
    /// That of the shipped lists.
    pub(crate) fn shipped() -> &'static Self {
        &super::shipped().vocabulary
    }

    /// A vocabulary of these words, entries in their order. Of more than 65,535 words the last have none.
    pub(super) fn new(words: &[(String, Known)]) -> Self {
        let mut out = Self {
            figures: words.iter().map(|w| w.1.is(Is::OpensFigure)).collect(),
            ..Self::default()
        };
        for (number, (word, _)) in (1..=u16::MAX).zip(words) {
            let entry = Entry(std::num::NonZeroU16::new(number));
            match packed(word) {
                Some(key) => out.entries.insert(key, entry),
                None => out.long.insert(word.as_str().into(), entry),
            };
        }
        out
    }

    /// Whether a number in words or a date can begin with the word.
    pub(crate) fn opens_figure(&self, entry: Entry) -> bool {
        let at = entry.index();
        at.is_some_and(|at| self.figures.get(at).copied().unwrap_or_default())
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
    /// The first word of a cue phrase.
    OpensCue,
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
