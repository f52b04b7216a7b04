//! Whose a verb, a state or a noun is. Knows subjects, agents and possessors, not what is told of them.

use super::super::{antecedent, clause};
use super::{SPEAKER_WORDS, Scene};
use crate::lexicon::Class;

impl Scene<'_> {
    /// Who does what the verb says: its subject, or of a passive whoever stands behind 'by'.
    pub(super) fn holder(&self, from: usize, verb: usize, to: usize) -> Option<(usize, usize)> {
        let start = self.frame_start(from, verb);
        let end = self.without_auxiliaries(start, verb);
        if self.is_passive(end, verb) {
            let by = (self.word(verb + 1) == "by").then_some(verb + 2)?;
            let agent = (by, self.speaker_end(by, to.min(by + SPEAKER_WORDS)));
            return self.can_speak(agent).then_some(agent);
        }
        let gerund = self.word(verb).ends_with("ing");
        // 'With Holt calling it a farce'.
        let with = (start..end).find(|i| self.word(*i) == "with");
        if gerund
            && let Some(with) = with
            && self.can_speak((with + 1, end))
        {
            return Some((with + 1, end));
        }
        let before = verb.checked_sub(1).map_or("", |i| self.word(i));
        let doing = end < verb || before == ",";
        if gerund && let Some(holder) = self.holder_of_gerund(from, verb) {
            return Some(holder);
        }
        // 'A list seen by the Post', 'the meeting': done to it, or a noun.
        if self.word(verb + 1) == "by" || gerund && !doing || self.unsaid(end, verb) && gerund {
            return None;
        }
        self.subject_of(from, verb)
    }

    /// Who does it in 'groups backing the plan', 'after backing the plan, she left'.
    fn holder_of_gerund(&self, from: usize, verb: usize) -> Option<(usize, usize)> {
        let before = verb.checked_sub(1).filter(|b| *b >= from)?;
        if Class::Preposition.holds(self.word(before)) {
            return self.opener(from, verb);
        }
        let noun = self.antecedent(from, verb)?;
        let people = self.is_somebody(before)
            || antecedent::plural(self.word(before))
                && !self.lexicon.is_function_word(self.word(before));
        (people && self.quoted[before].is_none() && self.can_speak(noun)).then_some(noun)
    }

    /// The subject of a verb, auxiliaries left out: the words before it, the person that 'who' stands for, what stands before an
    /// apposition, or of 'he rose and praised', 'she left, calling it a farce' the subject of the statement.
    pub(super) fn subject_of(&self, from: usize, verb: usize) -> Option<(usize, usize)> {
        let low = self.frame_start(from, verb);
        let low = self.past_adjunct(low, verb).unwrap_or(low);
        let own = (low, self.without_auxiliaries(low, verb));
        if self.word(own.0) == "who" && own.1 == own.0 + 1 {
            return self.antecedent(0, own.0);
        }
        let own = match self.word(own.0) {
            // 'Where the police reported it'.
            "and" | "but" | "where" | "while" | "because" => (own.0 + 1, own.1),
            _ => own,
        };
        let second = own.0 < own.1 && matches!(self.word(own.1 - 1), "and" | "but");
        if own.0 < own.1 && !second && !self.acts(own) {
            return self.can_speak(own).then_some(own);
        }
        if own.0 >= own.1
            && own.0 > from
            && self.word(own.0 - 1) == ","
            && let Some(head) = self.headed(from, own.0 - 1)
        {
            return Some(head);
        }
        self.opener(from, verb)
    }

    /// The subject of the statement that a verb's words join.
    pub(super) fn opener(&self, from: usize, verb: usize) -> Option<(usize, usize)> {
        let (start, end) = antecedent::subject(&self.tokens[from..=verb], self.lexicon)?;
        let whole = (from + start, from + end);
        let open = self.quoted[whole.0].is_none();
        (open && self.can_speak(whole)).then_some(whole)
    }

    /// Where the verb of 'is confident', 'remains sceptical' stands.
    pub(super) fn state(&self, from: usize, at: usize) -> Option<usize> {
        let copula = |i: &usize| Class::Copula.holds(self.word(*i));
        (from.max(at.saturating_sub(3))..at).find(copula)
    }

    /// Whose the noun is: 'the union's refusal', 'their support'.
    pub(super) fn possessor(&self, from: usize, noun: usize) -> Option<(usize, usize)> {
        let last = (from.max(noun.saturating_sub(3))..noun).rev().find(|i| {
            let word = self.word(*i);
            clause::apostrophe(&self.tokens[*i])
                || word.ends_with('s') && matches!(self.word(i + 1), "'" | "\"")
                || Class::Possessive.holds(word)
        })?;
        let low = (from..last)
            .rev()
            .take(4)
            .take_while(|i| {
                let word = self.word(*i);
                matches!(word, "the" | "a" | "an")
                    || !self.lexicon.is_function_word(word)
                        && !matches!(word, "," | ":" | ";" | "\"")
                        && self.tokens[*i].capital
            })
            .last()
            .unwrap_or(last);
        Some((low, last + 1))
    }
}
