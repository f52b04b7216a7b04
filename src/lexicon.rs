//! Shipped word data, and words that a caller adds. Knows nothing of where they are used.
//!
//! Every look-up takes folded words (see [`crate::text::fold`]); inflected forms are covered.

mod class;
mod list;
mod shipped;
mod vocabulary;
mod within;

pub(crate) use class::Class;

use crate::text::{Token, fold, stem, words};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};
pub(crate) use vocabulary::{Entry, Is, Known, Vocabulary};
use within::Within;

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
    Within,
    Hint,
    Caption,
    Writer,
    Works,
    Agency,
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
            "within" => Self::Within,
            "hint" => Self::Hint,
            "caption" => Self::Caption,
            "writer" => Self::Writer,
            "works" => Self::Works,
            "agency" => Self::Agency,
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
    vocabulary: Arc<Vocabulary>,
    /// What is known of the vocabulary's words, by their entries; the first is nothing.
    known: Vec<Known>,
    /// What is known of other words: those that a caller added.
    added: FxHashMap<String, Known>,
    furniture: FxHashMap<Furniture, Vec<String>>,
    within: Within,
    /// By the numbers of their first words, the longest first.
    cues: Vec<Vec<Phrase>>,
    /// By stem.
    opposites: FxHashMap<String, Opposites>,
    rows: u32,
    countries: FxHashMap<String, String>,
    variants: FxHashMap<String, String>,
}

impl Lexicon {
    /// The shipped lists.
    pub fn english() -> Self {
        Self {
            lists: Arc::clone(shipped()),
        }
    }

    /// All that the lists of single words say of a token's word.
    #[inline]
    pub(crate) fn known(&self, token: &Token) -> Known {
        let lists = &*self.lists;
        let known = match token.entry.index() {
            0 if !lists.added.is_empty() => lists.added.get(token.word.as_ref()),
            index => lists.known.get(index),
        };
        known.copied().unwrap_or_default()
    }

    /// The same of a folded word.
    fn listed(&self, word: &str) -> Known {
        let lists = &*self.lists;
        let known = match lists.vocabulary.entry(word).index() {
            0 => lists.added.get(word),
            index => lists.known.get(index),
        };
        known.copied().unwrap_or_default()
    }

    /// Whether the word, without its full stop, is an abbreviation: 'mr', 'gen', 'u.s', 'p.m'.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.listed(word).is(Is::Abbreviation)
    }

    /// Whether the word is a title or the head of a role: 'mr', 'president', 'minister', 'spokeswoman', 'general'.
    pub fn is_role(&self, word: &str) -> bool {
        self.listed(word).is(Is::Role)
    }

    /// Whether the word names one person or several without being a title or role: 'woman', 'neighbours'.
    pub(crate) fn is_person(&self, word: &str) -> bool {
        self.listed(word).is(Is::Person)
    }

    /// Whether the word is a common first name.
    pub fn is_first_name(&self, word: &str) -> bool {
        self.listed(word).is(Is::FirstName)
    }

    /// Whether the word carries grammar rather than matter: 'the', 'of', 'was', 'he'; 'said' is not one.
    pub fn is_function_word(&self, word: &str) -> bool {
        self.listed(word).is(Is::Grammar)
    }

    /// Whether the word heads an organisation's name: 'ministry', 'party', 'agency', 'university', 'inc'.
    pub fn is_organisation_head(&self, word: &str) -> bool {
        self.listed(word).is(Is::OrganisationHead)
    }

    /// Whether the word heads a place's name: 'street', 'river', 'port', 'province', 'airport'.
    pub fn is_place_head(&self, word: &str) -> bool {
        self.listed(word).is(Is::PlaceHead)
    }

    /// Whether the word is a listed finite form of a verb that does not end in 'ed'.
    pub(crate) fn is_finite_verb(&self, word: &str) -> bool {
        self.listed(word).is(Is::FiniteVerb)
    }

    /// Calls `found` with each phrase of furniture that stands within a line, whatever its case.
    pub(crate) fn furniture_within<'a>(&'a self, raw: &str, found: impl FnMut(Furniture, &'a str)) {
        self.lists.within.each(raw, found);
    }

    /// The phrases that tell this of a line.
    pub(crate) fn furniture(&self, kind: Furniture) -> impl Iterator<Item = &str> {
        let listed = self.lists.furniture.get(&kind);
        listed.into_iter().flatten().map(String::as_str)
    }

    /// What a form of a reporting verb ('said', 'says', 'denied') does to its content.
    pub fn report(&self, word: &str) -> Option<Report> {
        self.listed(word).report
    }

    /// The attitude that a form of a verb tells.
    pub(crate) fn attitude(&self, word: &str) -> Option<Attitude> {
        self.listed(word).attitude
    }

    /// Whether the word is the bare form of a verb of reports or attitudes and as often a noun: 'order'.
    pub(crate) fn is_verb_or_noun(&self, word: &str) -> bool {
        self.listed(word).is(Is::VerbOrNoun)
    }

    /// What a reporting noun ('claim', 'fears', 'reports', 'denial', 'theory') does to its content.
    pub fn report_noun(&self, word: &str) -> Option<Report> {
        self.listed(word).report_noun
    }

    /// The cue phrases in a row of folded words, in order, the longest at each place; a word belongs to one of them at the
    /// most, so that the 'no' of 'no evidence' is no negator besides. Linear in the row's length.
    pub fn cues(&self, words: &[&str]) -> Vec<CueMatch> {
        self.cues_among(words.len(), |at| self.listed(words[at]), |at| words[at])
    }

    /// The [`cues`](Self::cues) of a row of tokens.
    pub(crate) fn cues_of(&self, tokens: &[Token]) -> Vec<CueMatch> {
        let known = |at: usize| self.known(&tokens[at]);
        self.cues_among(tokens.len(), known, |at| tokens[at].word.as_ref())
    }

    /// The cues of a row of `count` words.
    fn cues_among<'w>(
        &self,
        count: usize,
        known: impl Fn(usize) -> Known,
        word: impl Fn(usize) -> &'w str,
    ) -> Vec<CueMatch> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < count {
            let number = usize::from(known(at).cues).checked_sub(1);
            let phrases = number.and_then(|n| self.lists.cues.get(n));
            let found = phrases.into_iter().flatten().find(|p| {
                count - at >= p.words.len()
                    && p.words.iter().zip(at..).all(|(own, i)| **own == *word(i))
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
        let x = self.lists.opposites.get(a)?;
        let y = self.lists.opposites.get(b)?;
        if (x.rows.iter()).any(|(row, side)| y.rows.contains(&(*row, !side))) {
            return Some(Opposition::Event);
        }
        let listed = x.antonyms.iter().any(|o| o == b);
        listed.then_some(Opposition::Antonym)
    }

    /// Whether anything is opposed to a [`root`].
    pub(crate) fn has_opposites(&self, root: &str) -> bool {
        self.lists.opposites.contains_key(root)
    }

    /// The country that a folded name means: 'belarus' for 'belarus', 'belarusian', 'belarusians', 'minsk'.
    pub fn country(&self, name: &str) -> Option<&str> {
        self.lists.countries.get(name).map(String::as_str)
    }

    /// The one spelling that stands for all of a name word: 'kyiv' for 'kiev'.
    pub fn name_variant(&self, word: &str) -> Option<&str> {
        self.lists.variants.get(word).map(String::as_str)
    }

    /// Whether the word, without its full stop, is an abbreviation that stands before a name or a number: 'sen', 'oct', 'v'.
    pub(crate) fn stands_before(&self, word: &str) -> bool {
        self.listed(word).is(Is::AbbreviationBefore)
    }

    /// Adds an abbreviation (without its full stop).
    pub fn add_abbreviation(&mut self, word: &str) {
        Arc::make_mut(&mut self.lists).list(fold(word), Is::Abbreviation);
    }

    /// Adds a cue phrase of one or more words, exactly as it stands. Where the phrase was a cue already, it is now this one.
    pub fn add_cue(&mut self, cue: Cue, phrase: &str) {
        Arc::make_mut(&mut self.lists).cue(cue, phrase, true);
    }

    /// Adds a common first name.
    pub fn add_first_name(&mut self, name: &str) {
        Arc::make_mut(&mut self.lists).list(fold(name), Is::FirstName);
    }

    /// Adds a title or the head of a role, in the singular: 'landgrave'.
    pub fn add_role(&mut self, role: &str) {
        Arc::make_mut(&mut self.lists).person(&fold(role), Is::Role);
    }

    /// Adds a word that heads organisations' names: 'directorate'.
    pub fn add_organisation_head(&mut self, word: &str) {
        Arc::make_mut(&mut self.lists).list(fold(word), Is::OrganisationHead);
    }

    /// Adds a word that heads places' names: 'fjord'.
    pub fn add_place_head(&mut self, word: &str) {
        Arc::make_mut(&mut self.lists).list(fold(word), Is::PlaceHead);
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
        for form in forms {
            lists.know(fold(form)).report = Some(report);
        }
    }

    /// Adds a spelling of a name word: 'lukashenka' of 'lukashenko'.
    pub fn add_name_variant(&mut self, variant: &str, name: &str) {
        Arc::make_mut(&mut self.lists).variant(fold(variant), fold(name));
    }
}

/// The shipped lists, read once.
fn shipped() -> &'static Arc<Lists> {
    static LISTS: OnceLock<Arc<Lists>> = OnceLock::new();
    LISTS.get_or_init(|| Arc::new(shipped::lists().with_vocabulary()))
}

impl Lists {
    /// The lists with what was added so far as their vocabulary.
    fn with_vocabulary(mut self) -> Self {
        // order: sorted at once.
        let mut words: Vec<(String, Known)> = self.added.drain().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let known = words.iter().map(|w| w.1);
        self.known = std::iter::once(Known::default()).chain(known).collect();
        self.vocabulary = Arc::new(Vocabulary::new(&words));
        self
    }

    /// What is known of a word, to be changed.
    fn know(&mut self, word: String) -> &mut Known {
        match self.vocabulary.entry(&word).index() {
            0 => self.added.entry(word).or_default(),
            index => &mut self.known[index],
        }
    }

    fn list(&mut self, word: String, what: Is) {
        self.know(word).add(what);
    }

    /// Lists who is named in the singular, and the plural.
    fn person(&mut self, word: &str, what: Is) {
        self.list(word.to_owned(), what);
        self.list(format!("{word}s"), what);
        if let Some(head) = word.strip_suffix("man") {
            self.list(format!("{head}men"), what);
        }
    }

    fn variant(&mut self, variant: String, name: String) {
        self.list(variant.clone(), Is::Variant);
        self.variants.insert(variant, name);
    }

    fn cue(&mut self, cue: Cue, phrase: &str, replace: bool) {
        let words = words(phrase);
        let Some(first) = words.first() else { return };
        // First words after so many share the last list.
        let next = u16::try_from(self.cues.len() + 1).unwrap_or(u16::MAX);
        let known = self.know(first.to_string());
        if known.cues == 0 {
            known.cues = next;
        }
        let at = usize::from(known.cues) - 1;
        if at == self.cues.len() {
            self.cues.push(Vec::new());
        }
        let phrases = &mut self.cues[at];
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
                let rows = &mut self.opposites.entry(stem(word)).or_default().rows;
                if !rows.contains(&(self.rows, side)) {
                    rows.push((self.rows, side));
                }
            }
        }
        self.rows += 1;
    }
}

/// What is opposed to a stem.
#[derive(Debug, Clone, Default)]
struct Opposites {
    /// The rows of opposites that it stands in: their number and its side.
    rows: Vec<(u32, bool)>,
    /// Its antonyms, each of which lists it too.
    antonyms: Vec<String>,
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
    use crate::text::tokens;

    fn cues(text: &str) -> Vec<(Cue, String)> {
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(|t| t.word.as_ref()).collect();
        assert_eq!(
            Lexicon::english().cues(&words),
            Lexicon::english().cues_of(&tokens)
        );
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
        l.add_report(Report::Deny, &["harrumphed", "said"]);
        assert_eq!(l.report("said"), Some(Report::Deny));
        let row = tokens("The landgraves harrumphed in Fjord");
        assert!(l.known(&row[1]).is(Is::Role) && l.known(&row[4]).is(Is::PlaceHead));
        assert_eq!(l.known(&row[2]).report, Some(Report::Deny));
        assert_eq!(Lexicon::english().known(&row[2]), Known::default());
        assert_eq!(Lexicon::english().report("said"), Some(Report::Neutral));
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
