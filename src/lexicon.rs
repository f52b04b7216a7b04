//! Shipped word data, and words that a caller adds. Knows nothing of where they are used.
//!
//! Every look-up takes folded words (see [`crate::text::fold`]); inflected forms are covered.

use serde::{Deserialize, Serialize};

/// The stance that a reporting word gives to what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// said, told, announced, added.
    Neutral,
    /// stressed, insisted, confirmed, admitted, revealed: the speaker commits to it.
    Assert,
    /// suggested, suspects, believes, thinks, fears.
    Suggest,
    /// denied, refuted, dismissed, rejected: the speaker says it is not so.
    Deny,
    /// predicted, forecast, expects, vowed, promised.
    Predict,
    /// asked, wondered: nothing is claimed.
    Ask,
}

/// What a cue phrase does to the proposition that it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// not, never, no, nobody, neither, without, hardly.
    Negator,
    /// illogical, makes no sense, far-fetched, baseless, nonsense, nothing points to, no evidence that.
    Rejection,
    /// denied, dismissed, refuted, ruled out.
    Denial,
    /// An implicative that negates its complement: failed to, refused to, declined to, neglected to.
    ImplicativeNegative,
    /// An implicative that asserts its complement: managed to, succeeded in, bothered to.
    ImplicativePositive,
    /// may, might, could, possibly, reportedly, allegedly, likely.
    Hedge,
    /// will, would, is due to, plans to, expected to, set to.
    Future,
    /// all, every, each, entire, both.
    All,
    /// none, no one, not a single, not one.
    None,
    /// some, several, a few, certain.
    Some,
    /// most, the majority, largely.
    Most,
    /// only, solely, exclusively, alone.
    Only,
    /// The claim stands under a condition: if, unless, provided that, should (inverted).
    Condition,
}

/// A cue phrase found in a row of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CueMatch {
    /// What it does.
    pub cue: Cue,
    /// Index of its first word.
    pub first: usize,
    /// Index past its last word.
    pub end: usize,
}

/// How two words exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opposition {
    /// Opposite outcomes or actions of news: rise and fall, approve and reject, win and lose.
    Event,
    /// A dictionary antonym: open and closed.
    Antonym,
}

/// Word lists for judging English news, and the caller's additions.
#[derive(Debug, Clone)]
pub struct Lexicon {}

impl Lexicon {
    /// The shipped lists. Cheap: they are read once per process and shared.
    pub fn english() -> Self {
        Self {}
    }
    /// Whether the word, without its full stop, is an abbreviation: 'mr', 'gen', 'u.s', 'p.m'.
    pub fn is_abbreviation(&self, _word: &str) -> bool {
        false
    }
    /// Whether the word is a title or the head of a role: 'mr', 'president', 'minister', 'spokeswoman', 'general'.
    pub fn is_role(&self, _word: &str) -> bool {
        false
    }
    /// Whether the word is a common first name.
    pub fn is_first_name(&self, _word: &str) -> bool {
        false
    }
    /// Whether the word carries grammar rather than matter: 'the', 'of', 'was', 'he', 'said' is not one.
    pub fn is_function_word(&self, _word: &str) -> bool {
        false
    }
    /// Whether the word heads an organisation's name: 'ministry', 'party', 'agency', 'university', 'inc'.
    pub fn is_organisation_head(&self, _word: &str) -> bool {
        false
    }
    /// Whether the word heads a place's name: 'street', 'river', 'port', 'province', 'airport'.
    pub fn is_place_head(&self, _word: &str) -> bool {
        false
    }
    /// What a form of a reporting verb ('said', 'says', 'denied') does to its content.
    pub fn report(&self, _word: &str) -> Option<Report> {
        None
    }
    /// What a reporting noun ('claim', 'fears', 'reports', 'denial', 'theory') does to its content.
    pub fn report_noun(&self, _word: &str) -> Option<Report> {
        None
    }
    /// All cue phrases in a row of folded words, longest match first, in order; they may nest but not cross.
    pub fn cues(&self, _words: &[&str]) -> Vec<CueMatch> {
        Vec::new()
    }
    /// Whether two words exclude each other; symmetric, inflection is ignored.
    pub fn opposition(&self, _a: &str, _b: &str) -> Option<Opposition> {
        None
    }
    /// The country that a folded name means: 'belarus' for 'belarus', 'belarusian', 'belarusians', 'minsk'.
    pub fn country(&self, _name: &str) -> Option<&str> {
        None
    }
    /// Adds an abbreviation (without its full stop).
    pub fn add_abbreviation(&mut self, _word: &str) {}
    /// Adds a cue phrase of one or more words.
    pub fn add_cue(&mut self, _cue: Cue, _phrase: &str) {}
    /// Adds a pair of words that exclude each other.
    pub fn add_opposition(&mut self, _a: &str, _b: &str) {}
    /// Adds a name of a country, its capital or its people.
    pub fn add_country(&mut self, _name: &str, _country: &str) {}
    /// Adds a reporting verb by its forms.
    pub fn add_report(&mut self, _report: Report, _forms: &[&str]) {}
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::english()
    }
}
