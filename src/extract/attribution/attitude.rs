//! Attitudes: whose wish, plan or judgement a statement tells without reporting words. Knows the verbs and nouns, not what
//! follows them.

use super::super::speaker::Cast;
use super::{Said, Scene};
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
        let hearsay = |i: &usize| Class::Hearsay.holds(self.word(*i));
        let seems = |i: &usize| {
            Class::Seeming.holds(self.word(*i))
                && !matches!(
                    self.word(i + 1),
                    "in" | "at" | "on" | "before" | "with" | "for" | "as" | "," | "." | ";" | ""
                )
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
            // Who did not say that P is not given P; whom one does not support is.
            let unsaid = attitude.is_none() && report.is_some() && self.unsaid(from, at);
            if attitude.is_none() && report.is_none() && !estimates
                || unsaid
                || self.words((at + 1, to)) == 0
            {
                return None;
            }
            // 'She spoke to the crowd' tells of no matter.
            let speaks = matches!(
                word,
                "speak"
                    | "speaks"
                    | "spoke"
                    | "spoken"
                    | "speaking"
                    | "talk"
                    | "talks"
                    | "talked"
                    | "talking"
            );
            let about = at + 1 + usize::from(self.word(at + 1).ends_with("ly"));
            if speaks
                && !matches!(
                    self.word(about),
                    "of" | "about" | "against" | "for" | "out" | "up" | "in"
                )
            {
                return None;
            }
            let holder = match attitude {
                Some(Attitude::Feels) => self.subject_of(from, self.state(from, at)?)?,
                Some(Attitude::Named) => {
                    let taken = matches!(
                        self.word(at + 1),
                        "that"
                            | "to"
                            | "of"
                            | "for"
                            | "about"
                            | "over"
                            | "on"
                            | "with"
                            | "against"
                            | "behind"
                            | "toward"
                            | "towards"
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
            Class::Held.holds(self.word(*i))
                && self.is_passive(self.without_auxiliaries(from, *i), *i)
        };
        // 'Asked whether P, she left': a question, and nobody's statement.
        let asked = self.word(from) == "asked"
            || self.word(from) == "when" && self.word(from + 1) == "asked";
        if asked {
            return Some(said(from, None, None));
        }
        whose.or_else(|| {
            let at = (from..to).filter(open).find(unnamed)?;
            let expected = self.word(at) == "expected";
            Some(said(at, None, expected.then_some(Report::Predict)))
        })
    }
}
