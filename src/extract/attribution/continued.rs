//! Reports that go on: behind their frame, into the next sentence, or back to the one before.

use super::super::clause;
use super::super::speaker::Cast;
use super::{SPEAKER_WORDS, Said, Scene};
use crate::text::{Span, TokenKind};

impl Scene<'_> {
    /// Whether what follows a frame still belongs to its speaker: a speech, 'adding that P', 'P, she said, and Q', 'the dead,
    /// she said, were guards'.
    pub(super) fn goes_on(&self, rest: (usize, usize)) -> bool {
        let quoted = self.quoted[rest.0.min(self.quoted.len() - 1)].is_some();
        // 'But added that P', not 'and the mayor said that P'.
        let told = |k: usize| {
            let alone = |i: usize| {
                let light = self.lexicon.is_function_word(self.word(i));
                light && !clause::opens_subject(self.word(i))
                    || self.tokens[i].kind == TokenKind::Mark
            };
            self.lexicon.report(self.word(k)).is_some() && (rest.0..k).all(alone)
        };
        let joined = |k: usize| {
            matches!(
                self.word(k),
                "and" | "but" | "or" | "yet" | "although" | "though" | "because" | "since" | "as"
            )
        };
        let first = rest.0 + usize::from(matches!(self.word(rest.0), "," | ";"));
        quoted
            || self.word(rest.0) == ";"
            || joined(first) && !self.opens_frame((first + 1, rest.1))
            || clause::finite(self.tokens, first, self.lexicon)
            || (rest.0..rest.1).take(3).any(told)
    }

    /// Where a speech goes on behind what is told of its speaker: '“P,” said Holt, a skipper who was there, “and Q.”'
    pub(super) fn past_apposition(&self, (from, to): (usize, usize)) -> usize {
        let about = self.word(from) == ","
            && !matches!(self.word(from + 1), "and" | "but" | "while")
            && from > 0
            && self.quoted[..from].iter().any(Option::is_some);
        let speech = (from..to).find(|i| self.quoted[*i].is_some());
        match speech {
            Some(speech) if about && !(from..speech).any(|i| self.open_report(i).is_some()) => {
                speech
            }
            _ => from,
        }
    }

    /// By whom somebody was told what is still to come: 'he had been told by colleagues'.
    pub(super) fn told_by(&self, (from, to): (usize, usize)) -> Option<(usize, usize)> {
        let verb = (from..to).find(|i| {
            let by = matches!(self.word(i + 1), "by" | "from");
            by && self.open_report(*i).is_some()
        })?;
        let agent = (verb + 2, to);
        (agent.0 < agent.1 && self.can_speak(agent) && !self.acts(agent)).then_some(agent)
    }

    /// Whether a report with a speaker of its own begins here: 'the mayor said', not 'she said'.
    pub(super) fn opens_frame(&self, (from, to): (usize, usize)) -> bool {
        let near = (from..to.min(from + 7)).find(|i| self.open_report(*i).is_some());
        near.is_some_and(|verb| {
            let speaker = (from, self.without_auxiliaries(from, verb));
            let noun = |i: usize| !self.lexicon.is_function_word(self.word(i));
            speaker.0 < speaker.1
                && (speaker.0..speaker.1).any(noun)
                && self.can_speak(speaker)
                && !self.acts(speaker)
        })
    }

    /// A statement behind a report that goes on in its voice: 'The port was safe, she said. No crack had been seen.' The past
    /// perfect and 'would' tell that somebody else's words go on.
    pub(in crate::extract) fn free_speech(&self, span: Span, speaker: &str) -> Option<Said> {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        let reported = |i: usize| match self.word(i) {
            "would" | "might" | "could" => true,
            "had" => (i + 1..to.min(i + 5)).any(|k| {
                let word = self.word(k);
                let regular = word.len() > 3 && (word.ends_with("ed") || word.ends_with("en"));
                word == "been" || regular || clause::finite(self.tokens, k, self.lexicon)
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
            // Whoever denied it, or found it on Monday, did not say so.
            word => {
                let vouches = ["confirm", "acknowledg", "admit", "conced"];
                vouches.iter().any(|v| word.starts_with(v))
                    && matches!(self.word(object), "it" | "this" | "as")
                    && !self.unsaid(0, verb)
            }
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
}
