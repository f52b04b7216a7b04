//! Shipped word data, and words that a caller adds. Knows nothing of where they are used.
//!
//! Every look-up takes folded words (see [`crate::text::fold`]); inflected forms are covered.

mod class;
mod list;
mod shipped;

pub(crate) use class::Class;

use crate::text::{fold, stem, tokens};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

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

/// How somebody stands to something without saying that it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Attitude {
    /// wants, plans, promises: it lies ahead.
    Intends,
    /// supports, calls, criticises, knows.
    Judges,
    /// (is) confident, (remains) sceptical.
    Feels,
    /// (the mayor's) refusal, (their) support.
    Named,
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
    /// A count was lower before: has risen to, climbed to, now, up from.
    Risen,
    /// A count may be higher later: so far, as of, to date.
    SoFar,
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

/// What a phrase tells of a line of page furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Furniture {
    Opening,
    Label,
    OwnText,
    Made,
    Tail,
    Comments,
    Count,
    Legal,
    Maker,
    House,
}

impl Furniture {
    /// By the name that it has in the list.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "opening" => Self::Opening,
            "label" => Self::Label,
            "own text" => Self::OwnText,
            "made" => Self::Made,
            "tail" => Self::Tail,
            "comments" => Self::Comments,
            "count" => Self::Count,
            "legal" => Self::Legal,
            "maker" => Self::Maker,
            "house" => Self::House,
            _ => return None,
        })
    }
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
///
/// The shipped lists are read once per process and shared; a clone costs a pointer until it is added to.
///
/// ```
/// use claimgraph::Lexicon;
/// use claimgraph::lexicon::Opposition;
/// let mut lexicon = Lexicon::english();
/// assert_eq!(lexicon.opposition("rose", "fell"), Some(Opposition::Event));
/// assert_eq!(lexicon.country("minsk"), Some("belarus"));
/// lexicon.add_country("veltrian", "veltria");
/// assert_eq!(lexicon.country("veltrian"), Some("veltria"));
/// ```
#[derive(Debug, Clone)]
pub struct Lexicon {
    lists: Arc<Lists>,
}

/// A cue phrase of more than one word, or one.
#[derive(Debug, Clone)]
struct Phrase {
    words: Box<[Box<str>]>,
    cue: Cue,
}

#[derive(Debug, Clone, Default)]
struct Lists {
    abbreviations: FxHashSet<String>,
    roles: FxHashSet<String>,
    people: FxHashSet<String>,
    first_names: FxHashSet<String>,
    function_words: FxHashSet<String>,
    organisation_heads: FxHashSet<String>,
    place_heads: FxHashSet<String>,
    finite_verbs: FxHashSet<String>,
    furniture: FxHashMap<Furniture, Vec<String>>,
    reports: FxHashMap<String, Report>,
    report_nouns: FxHashMap<String, Report>,
    attitudes: FxHashMap<String, Attitude>,
    verb_nouns: FxHashSet<String>,
    /// By first word, the longest first.
    cues: FxHashMap<String, Vec<Phrase>>,
    /// Stems of a row of opposites: row number and side.
    opposites: FxHashMap<String, Vec<(u32, bool)>>,
    rows: u32,
    /// Both orders of every pair of stems.
    antonyms: FxHashMap<String, Vec<String>>,
    countries: FxHashMap<String, String>,
    variants: FxHashMap<String, String>,
}

impl Lexicon {
    /// The shipped lists.
    pub fn english() -> Self {
        static LISTS: OnceLock<Arc<Lists>> = OnceLock::new();
        Self {
            lists: Arc::clone(LISTS.get_or_init(|| Arc::new(shipped::lists()))),
        }
    }

    /// Whether the word, without its full stop, is an abbreviation: 'mr', 'gen', 'u.s', 'p.m'.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.lists.abbreviations.contains(word)
    }

    /// Whether the word is a title or the head of a role: 'mr', 'president', 'minister', 'spokeswoman', 'general'.
    pub fn is_role(&self, word: &str) -> bool {
        let roles = &self.lists.roles;
        roles.contains(word)
            || word.strip_suffix('s').is_some_and(|w| roles.contains(w))
            || word
                .strip_suffix("men")
                .is_some_and(|w| roles.contains(&format!("{w}man")))
    }

    /// Whether the word names one person or several without being a title or role: 'woman', 'neighbours'.
    pub(crate) fn is_person(&self, word: &str) -> bool {
        let people = &self.lists.people;
        people.contains(word)
            || word.strip_suffix('s').is_some_and(|w| people.contains(w))
            || word
                .strip_suffix("men")
                .is_some_and(|w| people.contains(&format!("{w}man")))
    }

    /// Whether the word is a common first name.
    pub fn is_first_name(&self, word: &str) -> bool {
        self.lists.first_names.contains(word)
    }

    /// Whether the word carries grammar rather than matter: 'the', 'of', 'was', 'he'; 'said' is not one.
    pub fn is_function_word(&self, word: &str) -> bool {
        self.lists.function_words.contains(word)
    }

    /// Whether the word heads an organisation's name: 'ministry', 'party', 'agency', 'university', 'inc'.
    pub fn is_organisation_head(&self, word: &str) -> bool {
        self.lists.organisation_heads.contains(word)
    }

    /// Whether the word heads a place's name: 'street', 'river', 'port', 'province', 'airport'.
    pub fn is_place_head(&self, word: &str) -> bool {
        self.lists.place_heads.contains(word)
    }

    /// Whether the word is a listed finite form of a verb that does not end in 'ed'.
    pub(crate) fn is_finite_verb(&self, word: &str) -> bool {
        self.lists.finite_verbs.contains(word)
    }

    /// The phrases that tell this of a line.
    pub(crate) fn furniture(&self, kind: Furniture) -> impl Iterator<Item = &str> {
        let listed = self.lists.furniture.get(&kind);
        listed.into_iter().flatten().map(String::as_str)
    }

    /// What a form of a reporting verb ('said', 'says', 'denied') does to its content.
    pub fn report(&self, word: &str) -> Option<Report> {
        self.lists.reports.get(word).copied()
    }

    /// The attitude that a form of a verb tells.
    pub(crate) fn attitude(&self, word: &str) -> Option<Attitude> {
        self.lists.attitudes.get(word).copied()
    }

    /// Whether the word is the bare form of a verb of reports or attitudes and as often a noun: 'order'.
    pub(crate) fn is_verb_or_noun(&self, word: &str) -> bool {
        self.lists.verb_nouns.contains(word)
    }

    /// What a reporting noun ('claim', 'fears', 'reports', 'denial', 'theory') does to its content.
    pub fn report_noun(&self, word: &str) -> Option<Report> {
        let nouns = &self.lists.report_nouns;
        nouns
            .get(word)
            .or_else(|| nouns.get(word.strip_suffix('s')?))
            .copied()
    }

    /// The cue phrases in a row of folded words, in order, the longest at each place; a word belongs to one of them at the
    /// most, so that the 'no' of 'no evidence' is no negator besides. Linear in the row's length.
    pub fn cues(&self, words: &[&str]) -> Vec<CueMatch> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = self.lists.cues.get(words[at]).and_then(|phrases| {
                phrases.iter().find(|p| {
                    words.len() - at >= p.words.len()
                        && p.words.iter().zip(&words[at..]).all(|(a, b)| **a == **b)
                })
            });
            match found {
                Some(p) => {
                    out.push(CueMatch {
                        cue: p.cue,
                        first: at,
                        end: at + p.words.len(),
                    });
                    at += p.words.len();
                }
                None => at += 1,
            }
        }
        out
    }

    /// Whether two words exclude each other; symmetric, inflection is ignored.
    pub fn opposition(&self, a: &str, b: &str) -> Option<Opposition> {
        self.opposed(&root(a), &root(b))
    }

    /// [`opposition`](Self::opposition) of two [`root`]s.
    pub(crate) fn opposed(&self, a: &str, b: &str) -> Option<Opposition> {
        if a == b {
            return None;
        }
        let lists = &*self.lists;
        if let (Some(x), Some(y)) = (lists.opposites.get(a), lists.opposites.get(b))
            && x.iter().any(|(row, side)| y.contains(&(*row, !side)))
        {
            return Some(Opposition::Event);
        }
        let listed = lists.antonyms.get(a)?.iter().any(|o| o == b);
        listed.then_some(Opposition::Antonym)
    }

    /// Whether anything is opposed to a [`root`].
    pub(crate) fn has_opposites(&self, root: &str) -> bool {
        self.lists.opposites.contains_key(root) || self.lists.antonyms.contains_key(root)
    }

    /// The country that a folded name means: 'belarus' for 'belarus', 'belarusian', 'belarusians', 'minsk'.
    pub fn country(&self, name: &str) -> Option<&str> {
        self.lists.countries.get(name).map(String::as_str)
    }

    /// The one spelling that stands for all of a name word: 'kyiv' for 'kiev'.
    pub fn name_variant(&self, word: &str) -> Option<&str> {
        self.lists.variants.get(word).map(String::as_str)
    }

    /// Adds an abbreviation (without its full stop).
    pub fn add_abbreviation(&mut self, word: &str) {
        Arc::make_mut(&mut self.lists)
            .abbreviations
            .insert(fold(word));
    }

    /// Adds a cue phrase of one or more words, exactly as it stands. Where the phrase was a cue already, it is now this one.
    pub fn add_cue(&mut self, cue: Cue, phrase: &str) {
        Arc::make_mut(&mut self.lists).cue(cue, phrase, true);
    }

    /// Adds a common first name.
    pub fn add_first_name(&mut self, name: &str) {
        Arc::make_mut(&mut self.lists)
            .first_names
            .insert(fold(name));
    }

    /// Adds a title or the head of a role, in the singular: 'landgrave'.
    pub fn add_role(&mut self, role: &str) {
        Arc::make_mut(&mut self.lists).roles.insert(fold(role));
    }

    /// Adds a word that heads organisations' names: 'directorate'.
    pub fn add_organisation_head(&mut self, word: &str) {
        Arc::make_mut(&mut self.lists)
            .organisation_heads
            .insert(fold(word));
    }

    /// Adds a word that heads places' names: 'fjord'.
    pub fn add_place_head(&mut self, word: &str) {
        Arc::make_mut(&mut self.lists)
            .place_heads
            .insert(fold(word));
    }

    /// Adds a pair of words that exclude each other.
    pub fn add_opposition(&mut self, a: &str, b: &str) {
        Arc::make_mut(&mut self.lists).opposites(&[&fold(a)], &[&fold(b)]);
    }

    /// Adds a name of a country, its capital or its people.
    pub fn add_country(&mut self, name: &str, country: &str) {
        Arc::make_mut(&mut self.lists)
            .countries
            .insert(fold(name), fold(country));
    }

    /// Adds a reporting verb by its forms.
    pub fn add_report(&mut self, report: Report, forms: &[&str]) {
        let lists = Arc::make_mut(&mut self.lists);
        lists
            .reports
            .extend(forms.iter().map(|f| (fold(f), report)));
    }

    /// Adds a spelling of a name word: 'lukashenka' of 'lukashenko'.
    pub fn add_name_variant(&mut self, variant: &str, name: &str) {
        Arc::make_mut(&mut self.lists)
            .variants
            .insert(fold(variant), fold(name));
    }
}

impl Lists {
    fn cue(&mut self, cue: Cue, phrase: &str, replace: bool) {
        let words: Vec<Box<str>> = tokens(phrase)
            .into_iter()
            .map(|t| t.word.into_boxed_str())
            .collect();
        let Some(first) = words.first() else { return };
        let phrases = self.cues.entry(first.to_string()).or_default();
        // Of the shipped lists the first that names a phrase decides.
        if let Some(held) = phrases.iter_mut().find(|p| *p.words == *words) {
            if replace {
                held.cue = cue;
            }
        } else {
            phrases.push(Phrase {
                words: words.into_boxed_slice(),
                cue,
            });
            phrases.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
    }

    fn opposites(&mut self, left: &[&str], right: &[&str]) {
        for (words, side) in [(left, false), (right, true)] {
            for word in words {
                let entry = self.opposites.entry(stem(word)).or_default();
                if !entry.contains(&(self.rows, side)) {
                    entry.push((self.rows, side));
                }
            }
        }
        self.rows += 1;
    }
}

/// What a word's opposites are listed under: its stem, of irregular verbs in those lists that of the present form.
pub(crate) fn root(word: &str) -> String {
    stem(shipped::irregular(word).unwrap_or(word))
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::english()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(text: &str) -> Vec<(Cue, String)> {
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(|t| t.word.as_str()).collect();
        Lexicon::english()
            .cues(&words)
            .iter()
            .map(|c| (c.cue, words[c.first..c.end].join(" ")))
            .collect()
    }

    #[test]
    fn cues_take_the_longest_phrase() {
        assert_eq!(
            cues("There is no evidence"),
            [(Cue::Rejection, "no evidence".into())]
        );
        assert_eq!(
            cues("a far-fetched tale")[0],
            (Cue::Rejection, "far - fetched".into())
        );
        assert_eq!(cues("He failed to come")[0].0, Cue::ImplicativeNegative);
        assert_eq!(cues("They aren't here")[0].0, Cue::Negator);
        assert_eq!(cues("It ruled out a vote")[0].0, Cue::Denial);
    }

    #[test]
    fn opposition_is_symmetric_and_never_reflexive() {
        let l = Lexicon::english();
        for (a, b) in [
            ("rose", "fell"),
            ("approved", "rejected"),
            ("won", "lost"),
            ("raises", "cut"),
            ("dead", "alive"),
        ] {
            assert!(l.opposition(a, b).is_some(), "{a} {b}");
            assert_eq!(l.opposition(a, b), l.opposition(b, a));
            assert_eq!(l.opposition(a, a), None);
        }
        assert_eq!(l.opposition("port", "minister"), None);
    }

    #[test]
    fn additions_stay_with_their_lexicon() {
        let mut l = Lexicon::english();
        l.add_cue(Cue::Rejection, "codswallop");
        l.add_opposition("zig", "zag");
        l.add_cue(Cue::Hedge, "never");
        l.add_role("landgrave");
        l.add_first_name("Zorbo");
        l.add_organisation_head("Directorate");
        l.add_place_head("fjord");
        assert_eq!(l.cues(&["codswallop"])[0].cue, Cue::Rejection);
        assert_eq!(l.cues(&["never"])[0].cue, Cue::Hedge);
        assert!(l.is_role("landgraves") && l.is_first_name("zorbo"));
        assert!(l.is_organisation_head("directorate") && l.is_place_head("fjord"));
        assert_eq!(l.opposition("zigs", "zags"), Some(Opposition::Event));
        assert!(Lexicon::english().cues(&["codswallop"]).is_empty());
    }

    #[test]
    fn inflections_and_plurals_are_known() {
        let l = Lexicon::english();
        assert_eq!(l.report("denies"), Some(Report::Deny));
        assert_eq!(l.report("told"), Some(Report::Neutral));
        assert!(l.is_role("spokesmen") && l.is_role("ministers"));
        assert_eq!(l.country("belarusians"), Some("belarus"));
    }
}
