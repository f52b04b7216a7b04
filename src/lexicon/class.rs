//! Small classes of words by which the edges of statements and reports are found. Knows the words, not what they do in a sentence.

use super::list::lines;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A class of words, as `data/classes.txt` lists them; a word may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Pronouns that can speak: 'he', 'we'.
    Pronoun,
    /// 'his', 'our'.
    Possessive,
    /// Words that make a noun of the next one: 'the', 'her'.
    Determiner,
    /// Words that open a subject.
    Subject,
    /// Words that join two statements.
    Joiner,
    /// Words that open an adverbial.
    Preposition,
    /// Words that put a statement under another one: 'when', 'although'.
    Subordinator,
    /// 'who', 'which'.
    Relative,
    /// Forms of 'be' before a participle.
    Be,
    /// Verbs before a state: 'is', 'remains'.
    Copula,
    /// Words that open no speaker.
    NoSpeaker,
    /// Words of grammar that may be a speaker's last.
    SpeaksAlone,
    /// Words that open no subject which anything could mean later.
    NoSubject,
    /// Words at which the head of a phrase is over.
    AfterHead,
    /// Words that tell of one.
    One,
    /// Words that tell of several.
    Several,
    /// Numbers in words, from two on.
    Number,
    /// Words for stretches of time.
    Time,
    /// Words between a speaker and its verb.
    Light,
    /// Verbs that others go on with: 'continue to warn'.
    GoesOn,
    /// Words that open an adverbial of time or place.
    Adjunct,
    /// Words with which such an adverbial goes on.
    InsideAdjunct,
    /// Verbs that take whom something is said to.
    Addressing,
    /// Words before a bare verb.
    Does,
    /// Words behind a noun in -s that looks like a verb.
    NounGoesOn,
    /// Adverbs by which a statement is hearsay.
    Hearsay,
    /// 'seems', 'appears'.
    Seeming,
    /// Participles of what somebody unnamed holds: 'is expected'.
    Held,
    /// Verbs of talking, which may tell of no matter.
    Speaks,
    /// What a verb of talking goes on with where it tells of one.
    Matter,
    /// What a noun of attitude goes on with.
    Towards,
    /// Nouns for how people stand to something.
    Stand,
    /// Nouns for a way of seeing it: 'in her view'.
    Viewpoint,
    /// Words before a colon that name nobody: 'update'.
    Label,
    /// Words that open an emphatic negation.
    Naught,
    /// Words that make a negation emphatic.
    Emphatic,
    /// Verbs of who gives way, and of findings.
    Grants,
    /// Words of a byline by which an opinion follows.
    Opinion,
    /// Titles of learning.
    Learned,
    /// Words in the names of bodies that publish what they say themselves.
    Official,
    /// Words in the names of papers.
    Paper,
    /// Words that tell of a man.
    Man,
    /// Words that tell of a woman.
    Woman,
}

impl Class {
    const NAMES: &[(&str, Self)] = &[
        ("pronoun", Self::Pronoun),
        ("possessive", Self::Possessive),
        ("determiner", Self::Determiner),
        ("subject", Self::Subject),
        ("joiner", Self::Joiner),
        ("preposition", Self::Preposition),
        ("subordinator", Self::Subordinator),
        ("relative", Self::Relative),
        ("be", Self::Be),
        ("copula", Self::Copula),
        ("no speaker", Self::NoSpeaker),
        ("speaks alone", Self::SpeaksAlone),
        ("no subject", Self::NoSubject),
        ("after head", Self::AfterHead),
        ("one", Self::One),
        ("several", Self::Several),
        ("number", Self::Number),
        ("time", Self::Time),
        ("light", Self::Light),
        ("goes on", Self::GoesOn),
        ("adjunct", Self::Adjunct),
        ("inside adjunct", Self::InsideAdjunct),
        ("addressing", Self::Addressing),
        ("does", Self::Does),
        ("noun goes on", Self::NounGoesOn),
        ("hearsay", Self::Hearsay),
        ("seeming", Self::Seeming),
        ("held", Self::Held),
        ("speaks", Self::Speaks),
        ("matter", Self::Matter),
        ("towards", Self::Towards),
        ("stand", Self::Stand),
        ("viewpoint", Self::Viewpoint),
        ("label", Self::Label),
        ("naught", Self::Naught),
        ("emphatic", Self::Emphatic),
        ("grants", Self::Grants),
        ("opinion", Self::Opinion),
        ("learned", Self::Learned),
        ("official", Self::Official),
        ("paper", Self::Paper),
        ("man", Self::Man),
        ("woman", Self::Woman),
    ];

    /// Whether the folded word is of this class.
    pub(crate) fn holds(self, word: &str) -> bool {
        static WORDS: OnceLock<FxHashMap<&str, u64>> = OnceLock::new();
        let words = WORDS.get_or_init(|| {
            let mut words: FxHashMap<&str, u64> = FxHashMap::default();
            for line in lines(include_str!("data/classes.txt")) {
                let Some((name, row)) = line.split_once(':') else {
                    continue;
                };
                let class = Self::NAMES.iter().find(|(n, _)| *n == name);
                let bit = class.map_or(0, |(_, class)| class.bit());
                for word in row.split_whitespace() {
                    *words.entry(word).or_default() |= bit;
                }
            }
            words
        });
        words.get(word).is_some_and(|bits| bits & self.bit() != 0)
    }

    fn bit(self) -> u64 {
        1 << self as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_class_is_known_and_holds_words() {
        let file = include_str!("data/classes.txt");
        for line in lines(file) {
            let (name, _) = line.split_once(':').unwrap();
            assert!(Class::NAMES.iter().any(|(n, _)| *n == name), "{name}");
        }
        for (name, _) in Class::NAMES {
            assert!(
                lines(file).any(|l| l.starts_with(&format!("{name}:"))),
                "{name}"
            );
        }
        assert!(Class::Pronoun.holds("she") && !Class::Pronoun.holds("her"));
        assert!(Class::Subject.holds("she") && Class::Woman.holds("she"));
    }
}
