//! What is read once from a statement and used in every comparison with it.

use crate::lexicon::Lexicon;
use crate::model::Stance;
use crate::text::{self, Date, DateMention, Name, Quantity, Token};

/// A statement to compare, with what is known around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Statement<'a> {
    /// Its words.
    pub text: &'a str,
    /// The sentence or passage that it stands in: what 'such a scenario' and 'he' refer to.
    pub context: Option<&'a str>,
    /// Day of publication; relative dates need it.
    pub published: Option<Date>,
    /// The outlet.
    pub source: Option<&'a str>,
    /// Who says it; `None` is the outlet.
    pub speaker: Option<&'a str>,
    /// How the speaker stands to it.
    pub stance: Stance,
}

/// The analysis of one statement. Costs some tens of microseconds; make it once and keep it.
#[derive(Debug, Clone)]
pub struct Reading {
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) stems: Vec<String>,
    pub(crate) names: Vec<Name>,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) dates: Vec<DateMention>,
    pub(crate) published: Option<Date>,
}

impl Reading {
    /// Reads a statement.
    pub fn new(statement: &Statement<'_>, lexicon: &Lexicon) -> Self {
        let tokens = text::tokens(statement.text);
        let names = text::names(statement.text, &tokens, lexicon);
        let quantities = text::quantities(statement.text, &tokens);
        let dates = text::dates(statement.text, &tokens, statement.published);
        let mut stems: Vec<String> = tokens
            .iter()
            .filter(|t| t.kind != text::TokenKind::Mark && !lexicon.is_function_word(&t.word))
            .map(|t| t.stem.clone())
            .collect();
        stems.sort_unstable();
        stems.dedup();
        Self {
            text: statement.text.to_owned(),
            tokens,
            stems,
            names,
            quantities,
            dates,
            published: statement.published,
        }
    }

    /// The statement's words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Distinct stems of its content words, in alphabetical order.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(String::as_str)
    }

    /// Its names.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Its quantities.
    pub fn quantities(&self) -> &[Quantity] {
        &self.quantities
    }

    /// Its dates.
    pub fn dates(&self) -> &[DateMention] {
        &self.dates
    }
}
