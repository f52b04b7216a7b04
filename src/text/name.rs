//! Names of people, places and organisations, and when two of them are one.

use super::{Span, Token};
use crate::lexicon::Lexicon;
use serde::{Deserialize, Serialize};

/// What a name seems to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A person: a title, a first name or a role stands with it, or it speaks.
    Person,
    /// A country, capital or other known or marked place.
    Place,
    /// A ministry, party, firm, agency, team, or an acronym.
    Organisation,
    /// A capitalised name of unknown kind.
    Other,
}

/// A name as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name's words, titles left out: 'Tovan Rezik' of 'President Tovan Rezik'.
    pub span: Span,
    /// Folded words joined by one space, possessive dropped: 'tovan rezik'. A demonym or capital keeps its own words here.
    pub text: String,
    /// The country meant, folded, where the gazetteer knows it: 'belarus' for 'Belarusian', 'Minsk', 'Belarus'.
    pub country: Option<String>,
    /// What it seems to name.
    pub kind: NameKind,
    /// Words of title or role beside it, folded: 'president', 'deputy foreign minister'.
    pub role: Option<String>,
}

/// How well two names fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameMatch {
    /// Nothing in common.
    Different,
    /// A capital for its country, a demonym for its country.
    SameCountry,
    /// One is a short form, an acronym or a transliteration of the other.
    Variant,
    /// The same folded words.
    Same,
}

/// The names of a text, in order, not overlapping.
pub fn names(_text: &str, _tokens: &[Token], _lexicon: &Lexicon) -> Vec<Name> {
    Vec::new()
}

/// Compares two names: short forms ('Lukashenko' of 'Alexander Lukashenko'), acronyms, transliterations.
pub fn match_names(_a: &Name, _b: &Name) -> NameMatch {
    NameMatch::Different
}
