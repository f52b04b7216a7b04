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
    entries: FxHashMap<Box<str>, Entry>,
}

impl Vocabulary {
    /// That of the shipped lists.
    pub(crate) fn shipped() -> &'static Self {
        &super::shipped().vocabulary
    }

    /// A vocabulary of these words, entries in their order. Of more than 65,535 words the last have none.
    pub(super) fn new(words: impl Iterator<Item = Box<str>>) -> Self {
        let numbers = (1..=u16::MAX).map(|n| Entry(std::num::NonZeroU16::new(n)));
        Self {
            entries: words.zip(numbers).collect(),
        }
    }

    /// The entry of a folded word.
    pub(crate) fn entry(&self, word: &str) -> Entry {
        // No listed word is longer; an odd text's words must not be hashed whole.
        const LONGEST: usize = 40;
        if word.len() > LONGEST {
            return Entry::default();
        }
        self.entries.get(word).copied().unwrap_or_default()
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
    /// The first word of a cue phrase.
    OpensCue,
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
