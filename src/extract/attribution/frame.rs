//! The edges of a reporting frame: whether its verb is one, where its speaker and its adverbials end. Knows words around a verb,
//! not what is reported.

use super::super::clause;
use super::{SPEAKER_WORDS, Scene};
use crate::lexicon::{Class, Is};
use crate::text::{self, TokenKind};

impl Scene<'_> {
    /// Whether a word that looks like a verb is no such: 'states' in 'two states believe that P'.
    pub(super) fn is_noun(&self, at: usize) -> bool {
        // The 'Post' of 'the Northgate Post says' neither.
        if at > 0 && self.tokens[at].capital {
            return true;
        }
        if clause::apostrophe(&self.tokens[at]) {
            return !clause::finite(self.tokens, at, self.lexicon);
        }
        // 'Work-related', 'a talk-show host'.
        if self.hyphened(at) {
            return true;
        }
        let word = self.word(at);
        // 'The pledged delegates', 'five points'.
        let listed = self.lexicon.is_verb_or_noun(word.trim_end_matches('s'));
        let number = |i: usize| {
            self.tokens[i].kind == TokenKind::Number || Class::Number.holds(self.word(i))
        };
        let counted = || at > 0 && number(at - 1);
        if word.ends_with("ed") && self.determined(at) || listed && word.ends_with('s') && counted()
        {
            return true;
        }
        // 'Holt's comments', 'the claims': whose or which they are is no subject.
        if listed && self.determined(at) {
            return true;
        }
        if word.ends_with('s') {
            let next = self.word(at + 1);
            // 'The swing states of the north': what goes on like a noun is one.
            let ambiguous = || self.lexicon.is_verb_or_noun(word.trim_end_matches('s'));
            let noun = || {
                Class::NounGoesOn.holds(next)
                    || matches!(next, "." | "," | "" | ";") && !self.spoken_before(at)
            };
            let verb = self.lexicon.report(next).is_some() && !next.ends_with("ing")
                || clause::finite(self.tokens, at + 1, self.lexicon);
            return verb && !clause::opens_subject(next) || ambiguous() && noun();
        }
        if at == 0 || !self.lexicon.known(&self.tokens[at]).is(Is::VerbOrNoun) {
            return false;
        }
        // 'A larger order', 'a state visit': a bare verb has many that do it, or an auxiliary.
        let before = at.checked_sub(1).map_or("", |i| self.word(i));
        let doing = before.ends_with('s')
            || Class::Does.holds(before)
            || before.ends_with("n't")
            || before.ends_with("ly");
        let reports = self.word(at + 1) == "that";
        !doing && !reports
    }

    /// Whether the word is part of another one: 'related' in 'work-related'.
    fn hyphened(&self, at: usize) -> bool {
        // One byte: the dash of '— he said —' has three.
        let hyphen =
            |i: usize| self.word(i) == "-" && self.tokens[i].span.len() == 1 && !self.spaced(i);
        at > 0 && hyphen(at - 1) || at + 1 < self.tokens.len() && hyphen(at + 1)
    }

    /// Whether the word before says whose or which the word is, so that it is a noun.
    fn determined(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        clause::possessive(&self.tokens[before])
            || self.word(before) == "of"
            || Class::Determiner.holds(self.word(before))
    }

    /// Whether the verb takes whom it is said to: in 'Holt told the Post' the paper does not speak. 'Told us Holt' is inverted.
    pub(super) fn addresses(&self, verb: usize) -> bool {
        self.takes_addressee(verb) && !matches!(self.word(verb + 1), "us" | "me")
    }

    /// Whether whom it is said to may stand right behind the verb.
    pub(super) fn takes_addressee(&self, verb: usize) -> bool {
        Class::Addressing.holds(self.word(verb))
    }

    /// Whether the word can be part of what somebody is called: a name, a role, 'neighbour'.
    pub(super) fn is_somebody(&self, at: usize) -> bool {
        let word = self.word(at);
        self.tokens[at].capital && !self.lexicon.is_function_word(word)
            || self.lexicon.is_role(word)
            || self.lexicon.is_person(word)
    }

    /// Whether a speech or a comma that may end one stands within a speaker's length before the verb.
    fn spoken_before(&self, verb: usize) -> bool {
        let mut near = (verb.saturating_sub(SPEAKER_WORDS)..verb).rev();
        near.any(|i| self.quoted[i].is_some() || self.word(i) == ",")
    }

    /// Where the words of a speaker before its verb begin at the earliest: after a mark, a conjunction or a statement of its own.
    pub(super) fn frame_start(&self, from: usize, verb: usize) -> usize {
        let mut low = verb;
        while low > from
            && verb - low <= SPEAKER_WORDS
            && !matches!(
                self.word(low - 1),
                "," | ";" | ":" | "but" | "while" | "because" | "that" | "\"" | "("
            )
            && self.quoted[low - 1].is_none()
            && !(low < verb && self.subordinates(low - 1))
            // 'He arrived in Beijing and analysts suggest that P': the first statement is no part of the speaker.
            && !(self.word(low - 1) == "and" && low < verb && self.has_verb((from, low - 1)))
        {
            low -= 1;
        }
        low
    }

    /// Whether the mark stands between spaces: a dash, no hyphen.
    fn spaced(&self, at: usize) -> bool {
        let ends = |i: usize| self.tokens.get(i).map(|t| t.span);
        let own = self.tokens[at].span;
        let left = at.checked_sub(1).and_then(ends);
        left.is_none_or(|s| s.end < own.start) && ends(at + 1).is_none_or(|s| own.end < s.start)
    }

    /// Whether the words do something: a finite verb, and not the participle of 'people briefed on the matter'.
    pub(super) fn acts(&self, (from, to): (usize, usize)) -> bool {
        let participle = |i: usize| {
            let after = self.word(i + 1);
            let behind = matches!(
                after,
                "on" | "by" | "with" | "in" | "at" | "to" | "from" | "of" | "as" | "for" | "about"
            );
            self.word(i).ends_with("ed") && i > from && (i + 1 == to || behind)
        };
        (from..to).any(|i| self.has_verb((i, i + 1)) && !participle(i))
    }

    /// Whether a clause of its own begins behind the word: 'when the host asked', 'as the mayor put it'.
    fn subordinates(&self, at: usize) -> bool {
        let joins = Class::Subordinator.holds(self.word(at));
        joins && clause::subject(self.tokens, at + 1)
    }

    /// The somebody that a stretch opens with, where all up to its last comma is said about them: 'Holt, who led the inquiry in
    /// May and June,'.
    pub(super) fn headed(&self, from: usize, comma: usize) -> Option<(usize, usize)> {
        const ABOUT: usize = 60;
        let first = (from..comma.min(from + SPEAKER_WORDS)).find(|i| self.word(*i) == ",")?;
        let about = matches!(
            self.word(first + 1),
            "who"
                | "which"
                | "whose"
                | "a"
                | "an"
                | "the"
                | "one"
                | "in"
                | "his"
                | "her"
                | "its"
                | "now"
                | "then"
        ) || self.tokens[first + 1].kind == TokenKind::Number
            || self.lexicon.is_role(self.word(first + 1))
            || self.word(first + 1).ends_with("ing");
        let head = (from, first);
        let named = (from..first).any(|i| self.is_somebody(i));
        let open = (from..comma).all(|i| self.quoted[i].is_none());
        (comma - from < ABOUT && about && named && open && self.can_speak(head) && !self.acts(head))
            .then_some(head)
    }

    /// Whether the verb is a participle of 'is expected', 'was told', and nobody's own act. Of 'is convinced' it is.
    pub(super) fn is_passive(&self, from: usize, verb: usize) -> bool {
        let be = |i: usize| Class::Be.holds(self.word(i));
        let active = self.word(verb).ends_with("ing") || self.word(verb) == "convinced";
        !active && self.beside_verb(from, verb).any(be)
    }

    /// Whether the verb is negated: who 'did not say that P' does not say so.
    pub(super) fn unsaid(&self, from: usize, verb: usize) -> bool {
        let mut words = self.beside_verb(from, verb).map(|i| self.word(i));
        words.any(|w| matches!(w, "not" | "never") || w.ends_with("n't"))
    }

    /// The tokens between a speaker and its verb that belong to the verb: in 'an official, who asked not to be named, said' none.
    pub(super) fn beside_verb(&self, from: usize, verb: usize) -> impl Iterator<Item = usize> {
        (from..verb).rev().take_while(|i| self.word(*i) != ",")
    }

    /// Where the content begins after an adverbial of time or place: 'said on Friday the deal was off'.
    pub(super) fn past_adjunct(&self, at: usize, window: usize) -> Option<usize> {
        let time = |i: usize| text::names_a_time(self.word(i));
        if !Class::Adjunct.holds(self.word(at)) && !time(at) {
            return None;
        }
        let bound = |i: usize| {
            let before = self.word(i - 1);
            Class::Adjunct.holds(before) || Class::InsideAdjunct.holds(before)
        };
        (at + 1..window).find(|i| {
            let begins = clause::subject(self.tokens, *i) && !time(*i);
            begins
                && !bound(*i)
                && !(self.tokens[*i].capital && self.tokens[*i - 1].capital && !time(*i - 1))
        })
    }

    /// The end of a speaker phrase without 'has also' and the like before the verb.
    pub(super) fn without_auxiliaries(&self, low: usize, mut end: usize) -> usize {
        let light = |i: usize| {
            let word = self.word(i);
            word.ends_with("ly") && !self.tokens[i].capital || Class::Light.holds(word)
        };
        // 'They continue to warn'.
        let goes_on = |end: usize| {
            end > low + 1 && self.word(end - 1) == "to" && Class::GoesOn.holds(self.word(end - 2))
        };
        loop {
            match end > low && light(end - 1) {
                true => end -= 1,
                false if goes_on(end) => end -= 2,
                false => break,
            }
        }
        end
    }

    pub(super) fn subject_follows(&self, at: usize, to: usize) -> bool {
        let at = at + usize::from(matches!(self.word(at), "us" | "me"));
        // 'Moaned travel agent Kit Dow'.
        let noun = |i: &usize| {
            self.tokens[*i].kind == TokenKind::Word
                && !self.lexicon.is_function_word(self.word(*i))
                && !clause::finite(self.tokens, *i, self.lexicon)
        };
        let nouns = (at..to.min(at + 5)).take_while(noun);
        let named = nouns.skip_while(|i| !self.tokens[*i].capital).count() > 1;
        if named && at < to && self.quoted[at].is_none() {
            return true;
        }
        at < to && self.quoted[at].is_none() && clause::subject(self.tokens, at)
            || (at < to
                && self.quoted[at].is_none()
                && (self.lexicon.is_role(self.word(at))
                    || self.lexicon.is_person(self.word(at))
                    || self.word(at) == "people"))
    }

    /// The end of a speaker phrase that follows its verb.
    pub(super) fn speaker_end(&self, at: usize, to: usize) -> usize {
        (at..to)
            .find(|i| {
                let short = self.word(*i) == "."
                    && *i > at
                    && self.lexicon.is_abbreviation(self.word(*i - 1));
                !short
                    && matches!(
                        self.word(*i),
                        "," | ";"
                            | "."
                            | ":"
                            | "!"
                            | "\""
                            | "on"
                            | "in"
                            | "at"
                            | "after"
                            | "before"
                            | "during"
                            | "when"
                            | "as"
                            | "by"
                            | "to"
                            | "while"
                            | "this"
                            | "last"
                    )
                    || (*i > at && self.word(*i) == "-" && self.spaced(*i))
                    || self.quoted[*i].is_some()
            })
            .unwrap_or(to)
    }
}
