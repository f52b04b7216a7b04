//! Attitudes: whose wish, plan or judgement a statement tells without reporting words. Knows the verbs and nouns, not what
//! follows them.

use super::super::speaker::Cast;
use super::{SPEAKER_WORDS, Said, Scene};
use crate::lexicon::{Attitude, Class, Report};
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
        // 'Asked whether P, she left': a question, and nobody's statement.
        let asked = self.word(from) == "asked"
            || self.word(from) == "when" && self.word(from + 1) == "asked";
        if asked {
            return Some(said(from, None, None));
        }
        let hearsay = |i: &usize| Class::Hearsay.holds(self.word(*i)) || self.seems(*i);
        if let Some(at) = (from..to).filter(open).find(hearsay) {
            return Some(said(at, None, Some(Report::Suggest)));
        }
        let whose = (from..to).filter(open).find_map(|at| {
            let holder = self.holds(from, at, to)?;
            let word = self.word(at);
            let report = match self.lexicon.attitude(word) {
                Some(Attitude::Intends) => Some(Report::Predict),
                _ => self.lexicon.report(word).filter(|r| *r == Report::Deny),
            };
            Some(said(at, self.speaker(holder, cast), report))
        });
        if whose.is_some() {
            return whose;
        }
        // 'The vote is expected to be close': somebody's, and nobody says whose.
        let unnamed = |i: &usize| {
            Class::Held.holds(self.word(*i))
                && self.is_passive(self.without_auxiliaries(from, *i), *i)
        };
        if let Some(at) = (from..to).filter(open).find(unnamed) {
            let expected = self.word(at) == "expected";
            return Some(said(at, None, expected.then_some(Report::Predict)));
        }
        let stand = |i: &usize| self.is_stand(*i) || self.word(*i) == "whether" && *i > from;
        let at = (from..to).filter(open).find(stand)?;
        let speaker = self.stands_with(at, to).and_then(|s| self.speaker(s, cast));
        Some(said(at, speaker, None))
    }

    /// Who holds what the word at this place tells of, where it tells of an attitude.
    fn holds(&self, from: usize, at: usize, to: usize) -> Option<(usize, usize)> {
        let word = self.word(at);
        let attitude = self.lexicon.attitude(word);
        let report = self.lexicon.report(word);
        // 'The owner put the amount at 50 tonnes'.
        let estimates = matches!(word, "put" | "puts" | "putting")
            && (at + 2..to.min(at + 8)).any(|i| self.word(i) == "at");
        // Who did not say that P is not given P; whom one does not support is.
        let unsaid = attitude.is_none() && report.is_some() && self.unsaid(from, at);
        let none = attitude.is_none() && report.is_none() && !estimates;
        if none || unsaid || self.words((at + 1, to)) == 0 {
            return None;
        }
        // 'She spoke to the crowd' tells of no matter.
        let about = at + 1 + usize::from(self.word(at + 1).ends_with("ly"));
        let matter = Class::Matter.holds(self.word(about))
            || (about..to.min(about + 6)).any(|i| self.word(i) == "about");
        if Class::Speaks.holds(word) && !matter {
            return None;
        }
        match attitude {
            Some(Attitude::Feels) => self.subject_of(from, self.state(from, at)?),
            Some(Attitude::Named) if Class::Towards.holds(self.word(at + 1)) => {
                self.possessor(from, at)
            }
            Some(Attitude::Named) => None,
            _ if self.is_noun(at) => None,
            _ => self.holder(from, at, to),
        }
    }

    /// Whether the words say that something only looks so: 'seems to', 'appeared closer'.
    fn seems(&self, at: usize) -> bool {
        // 'The mayor appeared in court' did.
        Class::Seeming.holds(self.word(at))
            && !matches!(
                self.word(at + 1),
                "in" | "at"
                    | "on"
                    | "before"
                    | "with"
                    | "for"
                    | "as"
                    | "and"
                    | ","
                    | "."
                    | ";"
                    | ""
            )
    }

    /// Whether the noun tells how people stand to something: 'criticism of the plan', 'fears that P'.
    fn is_stand(&self, at: usize) -> bool {
        Class::Stand.holds(self.word(at))
            && at > 0
            && self.word(at - 1) != "in"
            && Class::Towards.holds(self.word(at + 1))
    }

    /// Whose the attitude of a noun is, where it says so behind it: 'support among miners', 'criticism from the mayor'.
    fn stands_with(&self, at: usize, to: usize) -> Option<(usize, usize)> {
        let end = to.min(at + SPEAKER_WORDS);
        let from = (at + 1..end).find(|i| matches!(self.word(*i), "from" | "among"))?;
        let holder = (from + 1, self.speaker_end(from + 1, end));
        self.can_speak(holder).then_some(holder)
    }
}
