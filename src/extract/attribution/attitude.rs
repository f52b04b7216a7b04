//! Attitudes: whose wish, plan or judgement a statement tells without reporting words. Knows the verbs, not what follows them.

use super::super::speaker::Cast;
use super::{Said, Scene};
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
                "reportedly" | "allegedly" | "purportedly" | "supposedly"
            )
        };
        if let Some(at) = (from..to).filter(open).find(hearsay) {
            return Some(said(at, None, Some(Report::Suggest)));
        }
        (from..to).filter(open).find_map(|at| {
            let word = self.word(at);
            let attitude = self.lexicon.attitude(word);
            let report = self.lexicon.report(word);
            // 'a list seen by the Post': what is done to it is nobody's attitude.
            let passive = self.word(at + 1) == "by" || word.ends_with("ing");
            if attitude.is_none() && report.is_none() || passive || self.is_noun(at) {
                return None;
            }
            let low = self.frame_start(from, at);
            let low = self.past_adjunct(low, at).unwrap_or(low);
            let speaker = (low, self.without_auxiliaries(low, at));
            let named = speaker.0 < speaker.1 && self.can_speak(speaker) && !self.has_verb(speaker);
            let unsaid = report.is_some() && self.unsaid(speaker.1, at);
            if unsaid || !named || self.is_passive(speaker.1, at) || self.words((at + 1, to)) == 0 {
                return None;
            }
            let ahead = attitude == Some(Attitude::Intends);
            let report = ahead.then_some(Report::Predict);
            Some(said(at, self.speaker(speaker, cast), report))
        })
    }
}
