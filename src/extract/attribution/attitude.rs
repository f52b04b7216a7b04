//! Attitudes: whose wish, plan or judgement a statement tells without reporting words. Knows the verbs and nouns, not what
//! follows them.

use super::super::speaker::Cast;
use super::super::{antecedent, clause};
use super::{SPEAKER_WORDS, Said, Scene};
use crate::lexicon::{Attitude, Report};
use crate::text::Span;

impl Scene<'_> {
    /// Whose attitude a statement tells that reports no words: 'the mayor wants to close the port', 'critics call it a
    /// swindle', 'he reportedly fled'. The statement's words stay whole; the cue says on what the attribution rests.
    pub(in crate::extract) fn attitude(&self, span: Span, cast: &mut Cast) -> Option<Said> {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        let said = |at: usize, speaker: Option<String>, report: Option<Report>| Said {
            span,
            speaker,
            report,
            cue: self.span((at, at + 1)),
            ..Said::default()
        };
        let open = |i: &usize| self.quoted[*i].is_none();
        let hearsay = |i: &usize| {
            matches!(
                self.word(*i),
                "reportedly"
                    | "allegedly"
                    | "purportedly"
                    | "supposedly"
                    | "seemingly"
                    | "apparently"
            )
        };
        let seems = |i: &usize| {
            matches!(
                self.word(*i),
                "appear" | "appears" | "appeared" | "seem" | "seems" | "seemed"
            ) && matches!(self.word(i + 1), "to" | "that" | "likely" | "unlikely")
        };
        let hearsay = |i: &usize| hearsay(i) || seems(i);
        if let Some(at) = (from..to).filter(open).find(hearsay) {
            return Some(said(at, None, Some(Report::Suggest)));
        }
        let whose = (from..to).filter(open).find_map(|at| {
            let word = self.word(at);
            let attitude = self.lexicon.attitude(word);
            let report = self.lexicon.report(word);
            // 'The owner put the amount at 50 tonnes'.
            let estimates = matches!(word, "put" | "puts" | "putting")
                && (at + 2..to.min(at + 8)).any(|i| self.word(i) == "at");
            if attitude.is_none() && report.is_none() && !estimates || self.words((at + 1, to)) == 0
            {
                return None;
            }
            let holder = match attitude {
                Some(Attitude::Feels) => self.subject_of(from, self.state(from, at)?)?,
                Some(Attitude::Named) => {
                    let taken = matches!(
                        self.word(at + 1),
                        "that" | "to" | "of" | "for" | "about" | "over" | "on" | "with" | "against"
                    );
                    taken.then(|| self.possessor(from, at))??
                }
                _ if self.is_noun(at) => return None,
                _ => self.holder(from, at, to)?,
            };
            let report = match attitude {
                Some(Attitude::Intends) => Some(Report::Predict),
                _ => report.filter(|r| *r == Report::Deny),
            };
            Some(said(at, self.speaker(holder, cast), report))
        });
        // 'The vote is expected to be close': somebody's, and nobody says whose.
        let unnamed = |i: &usize| {
            matches!(
                self.word(*i),
                "expected"
                    | "believed"
                    | "reported"
                    | "considered"
                    | "accused"
                    | "asked"
                    | "rumoured"
                    | "rumored"
                    | "thought"
                    | "known"
                    | "viewed"
                    | "seen"
            ) && self.is_passive(self.without_auxiliaries(from, *i), *i)
        };
        whose.or_else(|| {
            let at = (from..to).filter(open).find(unnamed)?;
            let expected = self.word(at) == "expected";
            Some(said(at, None, expected.then_some(Report::Predict)))
        })
    }

    /// A statement behind a report that goes on in its voice: 'The port was safe, she said. No crack had been seen.' The past
    /// perfect and 'would' tell that somebody else's words go on.
    pub(in crate::extract) fn free_speech(&self, span: Span, speaker: &str) -> Option<Said> {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        let reported = |i: usize| match self.word(i) {
            "would" | "might" | "could" => true,
            "had" => (i + 1..to.min(i + 4)).any(|k| {
                let word = self.word(k);
                word == "been" || word.len() > 3 && (word.ends_with("ed") || word.ends_with("en"))
            }),
            _ => false,
        };
        (from..to).any(reported).then(|| Said {
            span,
            speaker: Some(speaker.to_owned()),
            ..Said::default()
        })
    }

    /// Who vouches for the sentence before: 'the treasurer said so', 'former colleagues have confirmed it', and the words that say so.
    pub(in crate::extract) fn said_so(&self, cast: &mut Cast) -> Option<(String, Option<Span>)> {
        let end = self.tokens.len().min(SPEAKER_WORDS);
        let verb = (0..end).find(|i| self.open_report(*i).is_some())?;
        let object = verb + 1 + usize::from(matches!(self.word(verb + 1), "us" | "me"));
        let so = match self.word(verb) {
            "said" | "says" | "say" | "told" | "tells" | "tell" => self.word(object) == "so",
            _ => matches!(self.word(object), "it" | "this" | "as"),
        };
        let closed = matches!(
            self.word(object + 1),
            "." | "," | "" | "to" | "on" | "in" | "much" | "himself" | "herself" | "too" | "and"
        );
        if !so || !closed {
            return None;
        }
        let speaker = self.subject_of(0, verb)?;
        Some((self.speaker(speaker, cast)?, self.span((verb, object + 1))))
    }

    /// Who does what the verb says: its subject, or of a passive whoever stands behind 'by'.
    fn holder(&self, from: usize, verb: usize, to: usize) -> Option<(usize, usize)> {
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
        // 'A list seen by the Post', 'the meeting': done to it, or a noun.
        if self.word(verb + 1) == "by" || gerund && !doing || self.unsaid(end, verb) && gerund {
            return None;
        }
        self.subject_of(from, verb)
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
            "and" | "but" => (own.0 + 1, own.1),
            _ => own,
        };
        if own.0 < own.1 && !self.acts(own) {
            return self.can_speak(own).then_some(own);
        }
        if own.0 >= own.1
            && own.0 > from
            && self.word(own.0 - 1) == ","
            && let Some(head) = self.headed(from, own.0 - 1)
        {
            return Some(head);
        }
        let (start, end) = antecedent::subject(&self.tokens[from..=verb], self.lexicon)?;
        let whole = (from + start, from + end);
        let open = self.quoted[whole.0].is_none();
        (open && self.can_speak(whole)).then_some(whole)
    }

    /// Where the verb of 'is confident', 'remains sceptical' stands.
    fn state(&self, from: usize, at: usize) -> Option<usize> {
        let copula = |i: &usize| {
            matches!(
                self.word(*i),
                "is" | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "been"
                    | "remains"
                    | "remain"
                    | "remained"
                    | "seems"
                    | "felt"
                    | "feels"
                    | "became"
                    | "becomes"
            )
        };
        (from.max(at.saturating_sub(3))..at).find(copula)
    }

    /// Whose the noun is: 'the union's refusal', 'their support'.
    pub(super) fn possessor(&self, from: usize, noun: usize) -> Option<(usize, usize)> {
        let last = (from.max(noun.saturating_sub(3))..noun).rev().find(|i| {
            let word = self.word(*i);
            clause::apostrophe(&self.tokens[*i])
                || word.ends_with('s') && matches!(self.word(i + 1), "'" | "\"")
                || matches!(word, "his" | "her" | "their" | "its")
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
