//! Reports by a verb: 'X said that P', 'P, said X'. Knows where speaker and content stand around the verb.

use super::super::clause;
use super::{Found, SPEAKER_WORDS, Scene};
use crate::lexicon::{Class, Report};
use crate::text::{self, TokenKind};

impl Scene<'_> {
    /// 'P, X said' and 'P, said X': the content stands before the frame.
    pub(super) fn after(
        &self,
        (from, to): (usize, usize),
        verb: usize,
        report: Report,
    ) -> Option<Found> {
        if self.word(verb + 1) == "that" || report == Report::Ask {
            return None;
        }
        let closes = |i: usize| {
            self.word(i) == ","
                || (i > from && self.quoted[i - 1].is_some() && self.quoted[i].is_none())
        };
        // Where the frame begins: the nearest comma or closing quotation mark before the verb, an apposition jumped over.
        let mut low = verb;
        while low > from
            && verb - low <= SPEAKER_WORDS
            && !closes(low - 1)
            && self.quoted[low - 1].is_none()
        {
            low -= 1;
        }
        if low <= from || !(closes(low - 1) || self.quoted[low - 1].is_some()) {
            return None;
        }
        let mut speaker = (low, self.without_auxiliaries(low, verb));
        // 'The envoy, Brun, was shown the church'; 'at one point, she said, she was considering it'.
        let goes_on = self.word(verb).ends_with("ing") && speaker.1 > speaker.0;
        if goes_on || self.is_passive(speaker.1, verb) {
            return None;
        }
        let mut content_end = low - 1;
        if speaker.0 >= speaker.1 {
            // 'P, said X' or an apposition: 'P, Holt, the mayor, said'.
            if self.subject_follows(verb + 1, to) && !self.addresses(verb) {
                let first = verb + 1 + usize::from(matches!(self.word(verb + 1), "us" | "me"));
                speaker = (first, self.speaker_end(first, to));
            } else {
                let earlier = (from..low - 1)
                    .rev()
                    .take(SPEAKER_WORDS)
                    .find(|i| closes(*i))?;
                let before = (from..earlier)
                    .rev()
                    .take(SPEAKER_WORDS)
                    .find(|i| closes(*i))?;
                speaker = (before + 1, earlier);
                content_end = before;
            }
        }
        // 'P, as her counsel confirmed'.
        if speaker.0 < speaker.1 && self.word(speaker.0) == "as" {
            speaker.0 += 1;
        }
        let joined = matches!(self.word(speaker.0), "and" | "but" | "while" | "or");
        if joined
            || speaker.0 >= speaker.1
            || self.quoted[speaker.0].is_some()
            || !self.can_speak(speaker)
        {
            return None;
        }
        // 'Holt, who was there, said the port was safe': what follows is said.
        let relative = |i: usize| Class::Relative.holds(self.word(i));
        let pronoun = Class::Pronoun.holds(self.word(speaker.0));
        let alone = speaker.1 == speaker.0 + 1
            && matches!(
                self.word(speaker.1),
                "" | "." | "," | ";" | ":" | "to" | "on" | "in"
            );
        if speaker.0 > verb && pronoun && !alone {
            return None;
        }
        if self.acts(speaker) && !(speaker.0..speaker.1).any(relative) {
            return None;
        }
        if let Some(found) = self.amid((from, to), verb, speaker, (content_end, report)) {
            return Some(found);
        }
        let content = (from, content_end);
        // 'Asked whether P, Holt said no' says nothing of P.
        if self.unsaid(speaker.1.min(verb), verb) || self.word(from) == "asked" {
            return None;
        }
        // 'In a statement on Monday, Holt said': an adverbial is not what is said.
        let spoken = self.quoted[content.1.saturating_sub(1)].is_some();
        let opens = self.word(from);
        let adverbial = Class::Preposition.holds(opens) || text::names_a_time(opens);
        let told = (content.0..content.1)
            .filter(|i| self.quoted[*i].is_some())
            .count();
        if adverbial && 2 * told < content.1 - content.0 && !self.has_verb(content) {
            return None;
        }
        if self.words(content) < 2
            || !(self.has_verb(content)
                || spoken
                || self.word(verb + 1) != ":" && self.words(content) >= 5)
        {
            return None;
        }
        // The frame must be over soon after the verb, else what follows is the content: 'On Monday, Holt said P'.
        let tail = speaker.1.max(verb + 1);
        let stop = (tail..to)
            .find(|i| {
                matches!(self.word(*i), "," | ";" | "." | "!" | "\"" | ":")
                    || self.quoted[*i].is_some()
            })
            .unwrap_or(to);
        let adjunct = (tail, stop);
        let long = self.words(adjunct) > 12 || self.has_verb(adjunct);
        let asked = self.word(tail) == "when" && self.words(adjunct) < 10;
        // 'By the harbour, Holt dismissed the mayor's plan to close it': what the verb takes is no adverbial.
        let object = tail == verb + 1
            && !self.takes_addressee(verb)
            && !text::names_a_time(self.word(tail))
            && !Class::Relative.holds(self.word(tail))
            && clause::subject(self.tokens, tail)
            && self.words(adjunct) > 4;
        if object && !spoken {
            return None;
        }
        if !spoken && self.words(adjunct) > 0 && long && !asked {
            return None;
        }
        // A frame with a speech behind it and only an adverbial before it reports what follows.
        let follows = (stop..to).any(|i| self.quoted[i].is_some());
        if follows
            && !self.has_verb(content)
            && self.quoted[from..content.1].iter().all(Option::is_none)
        {
            return None;
        }
        Some(Found {
            verb: (verb, verb + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (stop, to)],
            report,
        })
    }

    /// 'The dead, she said, were guards': a frame between a subject and its verb, which stays in the statement.
    fn amid(
        &self,
        (from, to): (usize, usize),
        verb: usize,
        speaker: (usize, usize),
        (subject_end, report): (usize, Report),
    ) -> Option<Found> {
        let stop = speaker.1.max(verb + 1);
        let subject = (from, subject_end);
        let split = self.word(stop) == ","
            && self.quoted[from..=stop].iter().all(Option::is_none)
            && clause::finite(self.tokens, stop + 1, self.lexicon)
            && !self.has_verb(subject)
            && self.can_speak(subject);
        (split && !self.unsaid(speaker.1.min(verb), verb)).then_some(Found {
            verb: (verb, verb + 1),
            speaker: Some(speaker),
            content: (from, to),
            rest: [(from, from), (to, to)],
            report,
        })
    }

    /// 'X said (that) P', 'X told Y that P', 'X denied that P', 'X: P', ', adding that P'.
    pub(super) fn before(
        &self,
        (from, to): (usize, usize),
        verb: usize,
        report: Report,
    ) -> Option<Found> {
        let mut low = self.frame_start(from, verb);
        let mut speaker = (low, self.without_auxiliaries(low, verb));
        if speaker.0 < speaker.1 && self.word(speaker.0) == "and" {
            speaker.0 += 1;
        }
        if speaker.0 >= speaker.1
            && low > from
            && self.word(low - 1) == ","
            && !self.word(verb).ends_with("ing")
        {
            // 'Holt, the mayor, said', 'Holt, who led the inquiry in May, said': the speaker stands before the apposition.
            speaker = match self.headed(from, low - 1) {
                Some(head) => head,
                None => {
                    let earlier = (from..low - 1)
                        .rev()
                        .take(SPEAKER_WORDS)
                        .find(|i| self.word(*i) == ",")?;
                    let start = (from..earlier)
                        .rev()
                        .take(SPEAKER_WORDS)
                        .find(|i| matches!(self.word(*i), "," | ";"))
                        .map_or(from, |i| i + 1);
                    (start, earlier)
                }
            };
            low = speaker.0;
        }
        if let Some(after) = self.past_adjunct(speaker.0, speaker.1) {
            speaker.0 = after;
        }
        // 'Holt, who said P': the speaker is whom the clause is about.
        if speaker.1 == speaker.0 + 1
            && self.word(speaker.0) == "who"
            && let Some(about) = self.antecedent(from, speaker.0)
        {
            speaker = about;
        }
        // 'The club issued a statement saying P': the subject's.
        let noun = verb > from
            && self.tokens[verb - 1].kind == TokenKind::Word
            && !self.lexicon.is_function_word(self.word(verb - 1));
        // 'He rose and said P': the subject's as well.
        let end = speaker.1.saturating_sub(1);
        let second = speaker.0 < speaker.1 && matches!(self.word(end), "and" | "but");
        let second = second && self.has_verb((from, end));
        if second || self.word(verb).ends_with("ing") && noun && self.acts(speaker) {
            low = verb;
            speaker = (verb, verb);
        }
        let continues = speaker.0 >= speaker.1;
        // 'She left, saying P', 'she rose and said P': whose statement it joins.
        let joined = continues.then(|| self.opener(from, verb)).flatten();
        if !continues && !self.can_speak(speaker) || self.unsaid(speaker.1, verb) {
            return None;
        }
        if continues
            && !(self.word(verb).ends_with("ing")
                || second
                || self.word(verb.saturating_sub(1)) == "and")
        {
            return None;
        }
        // 'Are expected to sign', 'is said to be': whoever it is, does not speak.
        let passive = self.is_passive(speaker.1, verb);
        let whom = match (self.word(verb), self.word(verb + 1)) {
            // 'She was told by the doctors that P', 'he had heard from the minister that P'.
            (_, "by") if passive => Some(verb + 2),
            ("heard" | "hears" | "learned" | "learnt" | "learns", "from") => Some(verb + 2),
            _ => None,
        };
        if let Some(start) = whom {
            // 'He was told by his doctor that P', 'to rest'.
            let ends = |i: &usize| {
                matches!(self.word(*i), "that" | "," | ":" | "to") || self.quoted[*i].is_some()
            };
            speaker = (start, (start..to.min(start + SPEAKER_WORDS)).find(ends)?);
            if !self.can_speak(speaker) {
                return None;
            }
            let content = (speaker.1 + usize::from(self.word(speaker.1) != "to"), to);
            if matches!(self.word(speaker.1), "that" | "to") && self.words(content) > 1 {
                return Some(Found {
                    verb: (verb, verb + 1),
                    speaker: Some(speaker),
                    content,
                    rest: [(from, low.max(from)), (to, to)],
                    report,
                });
            }
        } else if passive {
            return None;
        }
        // A speaker has no verb of its own: in 'the man who won said' the relative clause is the exception.
        if !continues
            && whom.is_none()
            && self.acts(speaker)
            && !(speaker.0..speaker.1).any(|i| matches!(self.word(i), "who" | "which"))
        {
            return None;
        }
        let mut at = verb + 1;
        let mut that = false;
        let window = (at + 12).min(to);
        // 'told reporters on Monday that P': the complementiser may stand after an addressee.
        // 'Dismissed the plan as a joke, arguing that P': the second verb's.
        let other = |i: usize| self.word(i) == "," && self.word(i + 1).ends_with("ing");
        if let Some(i) = (at..window).find(|i| self.word(*i) == "that" && self.quoted[*i].is_none())
            && !self.has_verb((at, i))
            && !(at..i).any(other)
        {
            that = true;
            at = i + 1;
        }
        if !that
            && let Some(i) =
                (at..window).find(|i| self.word(*i) == ":" || self.quoted[*i].is_some())
            && !self.has_verb((at, i))
            && (i == at
                || self.word(i) == ":"
                || self.tokens[i].capital
                || self.tokens[i - 1].kind == TokenKind::Mark)
        {
            at = if self.word(i) == ":" { i + 1 } else { i };
            that = true;
        }
        if !that && self.takes_addressee(verb) {
            // 'told the council it had failed': the addressee ends where a subject begins.
            if let Some(i) = (at + 1..window)
                .find(|i| clause::subject(self.tokens, *i) && !self.tokens[*i].capital)
            {
                at = i;
            }
        }
        if !that && self.word(at) == "," {
            at += 1;
        }
        if !that && let Some(i) = self.past_adjunct(at, window) {
            at = i;
        }
        // 'Critics rejected the plan' is left to the plain reading: the rejecting words stay inside the claim.
        if report == Report::Ask || report == Report::Deny && !that {
            return None;
        }
        // 'Divers found no trace, and Teal did not believe that P': the content ends where another frame begins.
        let joins = |i: &usize| {
            matches!(self.word(*i), "and" | "but" | "while")
                && self.word(i - 1) == ","
                && self.quoted[*i].is_none()
                && self.opens_frame((i + 1, to))
        };
        if !that {
            // A bare noun opens a clause too: 'said candidates are becoming more aware'.
            let noun = self.tokens.get(at).is_some_and(|t| {
                t.kind == TokenKind::Word
                    && !self.lexicon.is_function_word(&t.word)
                    && !clause::finite(self.tokens, at, self.lexicon)
            });
            if matches!(self.word(at), "about" | "of") {
                return None;
            }
            // 'Said if elected he would go'.
            let conditional = matches!(
                self.word(at),
                "if" | "when" | "while" | "unless" | "although" | "despite" | "as"
            ) && matches!(self.word(verb), "say" | "says" | "said" | "saying")
                && !matches!(self.word(at + 1), "asked" | "questioned");
            let opens = clause::subject(self.tokens, at)
                || conditional
                || noun
                || self.quoted.get(at).is_some_and(Option::is_some);
            let near = to.min(at + 14);
            let stop = (at..near).find(|i| joins(i) || other(*i)).unwrap_or(near);
            let soon = (at + usize::from(noun), stop.max(at + usize::from(noun)));
            // After 'she says he' the clause is certain, whatever its verb.
            let pronoun = matches!(self.word(at), "he" | "she" | "they" | "we" | "i");
            let certain = pronoun && matches!(self.word(verb), "say" | "says" | "said");
            if !opens || !(certain || self.has_verb(soon)) {
                return None;
            }
        }
        if self.words((at, to)) < 2 {
            return None;
        }
        let end = (at + 1..to).find(joins).unwrap_or(to);
        Some(Found {
            verb: (verb, verb + 1),
            speaker: match continues {
                true => joined,
                false => Some(speaker),
            },
            content: (at, end),
            rest: [(from, low.max(from)), (end, to)],
            report,
        })
    }

    /// A frame that closes the stretch is around every other: 'The mayor had denied that P, Holt said.'
    pub(super) fn closing(&self, range: (usize, usize)) -> Option<Found> {
        let near = range.1.saturating_sub(SPEAKER_WORDS).max(range.0);
        self.reports_in((near, range.1)).find_map(|(at, report)| {
            let found = self.after(range, at, report)?;
            (self.words(found.rest[1]) == 0).then_some(found)
        })
    }

    /// 'He groused on Monday that P': a verb that takes 'that' reports, whatever it is.
    pub(super) fn complement(&self, range: (usize, usize)) -> Option<Found> {
        (range.0 + 1..range.1).find_map(|at| {
            let open = self.word(at) == "that" && self.quoted[at].is_none();
            if !open || !clause::subject(self.tokens, at + 1) {
                return None;
            }
            let near = at.saturating_sub(6).max(range.0);
            let verb = (near..at)
                .rev()
                .find(|i| clause::finite(self.tokens, *i, self.lexicon) || self.word(*i) == ",")?;
            // 'Makes clear that P', 'made it plain that P'.
            let clear = matches!(self.word(at - 1), "clear" | "plain" | "known")
                && matches!(self.word(verb), "make" | "makes" | "made");
            let takes = clear || matches!(self.word(verb), "holds" | "hold" | "held");
            let told = takes || self.word(verb).ends_with("ed") && !self.is_passive(verb, verb);
            let adjunct = verb + 1 == at
                || clear
                || matches!(self.word(verb + 1), "to" | "on" | "in" | "at" | "with")
                    && !matches!(self.word(at - 1), "and" | "but" | "or");
            (told && adjunct).then(|| self.before(range, verb, Report::Neutral))?
        })
    }
}
