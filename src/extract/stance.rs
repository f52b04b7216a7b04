//! How a speaker stands to a statement: asserts, denies, hedges or foretells it. Knows the statement's words and its report.

use super::attribution::Said;
use crate::lexicon::{Class, Cue, CueMatch, Report};
use crate::model::{Claim, Stance};
use crate::text::{DateMention, Token, TokenKind};

/// A statement's words, with what was read from them.
pub(super) struct Words<'a> {
    pub(super) tokens: &'a [Token<'a>],
    pub(super) cues: &'a [CueMatch],
    pub(super) days: &'a [DateMention],
}

impl Words<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.word.as_ref())
    }

    /// Whether the words have such a cue, that is what it looks like.
    fn has(&self, cue: Cue) -> bool {
        let mut found = self.cues.iter().filter(|c| c.cue == cue);
        let past = |at: usize| cue == Cue::Future && self.is_past(at);
        found.any(|c| !(self.is_date(c.first) || past(c.first)))
    }

    /// Whether the word is no hedge but the May of '3 May', of 'in May' or of a name; in a headline it may be one.
    fn is_date(&self, at: usize) -> bool {
        let capital = |at: usize| self.tokens.get(at).is_some_and(|t| t.capital);
        let month = self.word(at) == "may" && at > 0 && capital(at) && !capital(at + 1);
        let dated = |t: &Token| self.days.iter().any(|d| d.span.overlaps(t.span));
        month || self.tokens.get(at).is_some_and(dated)
    }

    /// 'It would have held': of the past, and nothing is foretold.
    fn is_past(&self, at: usize) -> bool {
        self.word(at) == "would" && (at + 1..at + 4).any(|i| self.word(i) == "have")
    }

    /// Whether the statement is negated.
    pub(super) fn negative(&self) -> bool {
        self.negated() || self.has(Cue::ImplicativeNegative)
    }

    fn negated(&self) -> bool {
        self.has(Cue::Negator) || self.has(Cue::None)
    }

    /// Whether the negation is meant to stand against somebody: 'not a crown was paid', 'she had never met him'.
    fn emphatic(&self) -> bool {
        let first = self
            .tokens
            .iter()
            .position(|t| t.kind != TokenKind::Mark)
            .unwrap_or(0);
        // 'No one was hurt' mostly tells what happened.
        let no_one = self.word(first) == "no" && self.word(first + 1) == "one";
        let opens = Class::Naught.holds(self.word(first)) && !no_one;
        let there = self.word(first) == "there"
            && Class::Be.holds(self.word(first + 1))
            && self.word(first + 2) == "no";
        opens || there || self.tokens.iter().any(|t| Class::Emphatic.holds(&t.word))
    }
}

/// The stance of a statement; `before` is the one that the article makes before it.
pub(super) fn of(words: &Words, said: &Said, before: Option<&Claim>) -> Stance {
    if said.report == Some(Report::Deny) || words.has(Cue::Rejection) || words.has(Cue::Denial) {
        Stance::Denies
    } else if words.has(Cue::Hedge) {
        Stance::Hedges
    } else if words.has(Cue::Future) || said.report == Some(Report::Predict) {
        Stance::Predicts
    } else if said.report == Some(Report::Suggest) {
        Stance::Hedges
    } else if denies(words, said, before) {
        Stance::Denies
    } else {
        Stance::Asserts
    }
}

/// Whether somebody's negated statement denies what others claim: it is emphatic, or goes on from a denial.
fn denies(words: &Words, said: &Said, before: Option<&Claim>) -> bool {
    let goes_on = || before.is_some_and(|b| b.stance == Stance::Denies);
    said.speaker.is_some() && !said.grants && words.negated() && (words.emphatic() || goes_on())
}
