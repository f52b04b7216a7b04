//! What a speaker is called: the words of a speaker phrase, a pronoun's person, a role's name. Knows the phrase, not the report.

use super::super::clause;
use super::super::speaker::Cast;
use super::Scene;
use crate::lexicon::Class;
use crate::text::{self, TokenKind};

impl Scene<'_> {
    /// The speaker's words; a pronoun gives way to whom it means.
    pub(super) fn speaker(&self, (from, to): (usize, usize), cast: &mut Cast) -> Option<String> {
        let cut = (from..to)
            .find(|i| {
                let about = matches!(self.word(*i), "," | "who" | "which" | "whose");
                // 'Holt on Tuesday'.
                let when = matches!(self.word(*i), "on" | "in" | "late")
                    && text::names_a_time(self.word(i + 1));
                *i > from && (about || when || text::names_a_time(self.word(*i)) && i + 1 == to)
            })
            .unwrap_or(to);
        let first = (from..cut).find(|i| {
            self.tokens[*i].kind != TokenKind::Mark
                && !matches!(
                    self.word(*i),
                    "and" | "but" | "as" | "so" | "meanwhile" | "however" | "then"
                )
        })?;
        let last_of = |first: usize, cut: usize| first + 1 == cut;
        let pronoun = Class::Pronoun.holds(self.word(first))
            || last_of(first, cut) && Class::Possessive.holds(self.word(first));
        // Outside quotations the article's author speaks.
        if matches!(self.word(first), "i" | "we") {
            let words = self.span((first, first + 1)).and_then(|s| s.of(self.whole));
            return cast.voice().or_else(|| words.map(str::to_owned));
        }
        if pronoun {
            return cast
                .antecedent(match self.word(first) {
                    "his" => "he",
                    "her" => "she",
                    "their" => "they",
                    "its" => "it",
                    word => word,
                })
                .or_else(|| {
                    self.span((first, cut))
                        .and_then(|s| s.of(self.whole))
                        .map(str::to_owned)
                });
        }
        let last = (first..cut)
            .rev()
            .find(|i| self.tokens[*i].kind != TokenKind::Mark)?
            + 1;
        let span = self.span((first, last))?;
        let words = span.of(self.whole)?;
        let named = (first..last).any(|i| {
            self.tokens[i].capital && (i > first || !self.lexicon.is_function_word(self.word(i)))
        });
        let article = matches!(
            self.word(first),
            "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our" | "one"
        );
        // 'its secretary, Lorenz Ibbot', 'a seismologist at Holt University, Viggo Lind': the name follows the role.
        let role = |i: usize| !self.tokens[i].capital && self.lexicon.is_role(self.word(i));
        if (!named || article || (first..last).any(role))
            && let Some(name) = self.name_after(last)
        {
            return Some(name);
        }
        let bare = last <= first + 2 && self.lexicon.is_role(self.word(last - 1));
        if article
            && (!named || bare)
            && self.lexicon.is_role(self.word(last - 1))
            && let Some(name) = cast.with_role(self.word(last - 1))
        {
            return Some(name);
        }
        Some(words.strip_suffix("'s").unwrap_or(words).trim().to_owned())
    }

    /// The capitalised words after a comma: the name in apposition to a role.
    fn name_after(&self, comma: usize) -> Option<String> {
        if self.word(comma) != "," {
            return None;
        }
        let limit = self.tokens.len().min(comma + 9);
        // 'One of them, the farmer Jup Lind,': a role leads the name.
        let first = match matches!(self.word(comma + 1), "the" | "a" | "an") {
            true => (comma + 2..limit).find(|i| self.tokens[*i].capital || self.word(*i) == ",")?,
            false => comma + 1,
        };
        let end = (first..limit)
            .find(|i| {
                let joins = self.word(*i) == "." && self.word(i - 1).len() == 1
                    || self.word(*i) == "-" && self.tokens[i - 1].capital;
                !self.tokens[*i].capital && !joins
            })
            .unwrap_or(limit);
        let name = (first, end);
        let closed = matches!(self.word(end), "," | "." | "" | ";")
            || self.lexicon.report(self.word(end)).is_some();
        let known = name.0 < name.1 && !self.lexicon.is_function_word(self.word(name.0));
        let date = |i: usize| text::names_a_time(self.word(i));
        (closed && known && !date(first) && !self.lexicon.is_place_head(self.word(end - 1)))
            .then(|| self.span(name)?.of(self.whole).map(str::to_owned))?
    }

    /// The words that a relative clause is about: the name or noun that stands before 'who'.
    pub(super) fn antecedent(&self, from: usize, who: usize) -> Option<(usize, usize)> {
        let end = (from..who)
            .rev()
            .find(|i| self.tokens[*i].kind == TokenKind::Word)?
            + 1;
        let named = self.tokens[end - 1].capital;
        let start = (from..end)
            .rev()
            .take_while(|i| {
                let t = &self.tokens[*i];
                let name = t.capital || matches!(t.word.as_ref(), "of" | "." | "-");
                let noun = t.kind == TokenKind::Word
                    && !self.lexicon.is_function_word(&t.word)
                    && !clause::finite(self.tokens, *i, self.lexicon);
                if named { name } else { noun }
            })
            .last()?;
        Some((start, end))
    }

    /// Whether the words can name somebody who speaks: no verb or preposition first, no word of grammar last.
    pub(super) fn can_speak(&self, (from, to): (usize, usize)) -> bool {
        // 'A butcher who ought to know': the clause about a speaker is no part of its name.
        let words: Vec<usize> = (from..to)
            .take_while(|i| *i == from || !Class::Relative.holds(self.word(*i)))
            .filter(|i| self.tokens[*i].kind != TokenKind::Mark)
            .collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
            return false;
        };
        let pronoun = Class::SpeaksAlone.holds(self.word(last));
        let verb = clause::finite(self.tokens, first, self.lexicon);
        // 'Speaking on the radio, Holt said'.
        let gerund = self.word(first).ends_with("ing")
            && matches!(
                self.word(first + 1),
                "on" | "in" | "at" | "to" | "with" | "that" | "of"
            );
        let free = |i: &usize| matches!(self.word(*i), "what" | "whatever" | "how" | "why");
        // 'About four in ten said', 'under half say'.
        let least = self.word(first) == "at" && matches!(self.word(first + 1), "least" | "most");
        let counted = least
            || matches!(self.word(first), "about" | "over" | "under")
                && (self.tokens.get(first + 1))
                    .is_some_and(|t| t.kind == TokenKind::Number || clause::opens_subject(&t.word));
        (counted || !Class::NoSpeaker.holds(self.word(first)))
            && !gerund
            && !words.iter().any(free)
            && (!verb || self.tokens[first].capital)
            && (pronoun && (words.len() < 3 || !Class::Pronoun.holds(self.word(last)))
                || !self.lexicon.is_function_word(self.word(last)))
    }
}
