//! Reports that no reporting verb tells: 'according to X', 'in her view', 'the claim that P', 'X: P', a speech with somebody beside it.

use super::super::antecedent::{self, Kind};
use super::super::clause;
use super::{Found, SPEAKER_WORDS, Scene};
use crate::lexicon::{Attitude, Class, Report};
use crate::text::TokenKind;

impl Scene<'_> {
    /// A frame without a verb of its own.
    pub(super) fn according(&self, range: (usize, usize)) -> Option<Found> {
        self.opinion(range)
            .or_else(|| self.sourced(range))
            .or_else(|| self.as_told(range))
            .or_else(|| self.so(range))
    }

    /// 'In the opinion of X, P', 'P, in her view'.
    fn opinion(&self, (from, to): (usize, usize)) -> Option<Found> {
        let noun = (from + 1..to).find(|i| {
            let told = Class::Viewpoint.holds(self.word(*i));
            told && self.quoted[*i].is_none()
        })?;
        // 'In view of the strike' is nobody's view.
        let at = (noun.saturating_sub(5).max(from)..noun)
            .rev()
            .find(|i| self.word(*i) == "in")
            .filter(|i| i + 1 < noun)?;
        let (speaker, end) = if self.word(noun + 1) == "of" {
            let x = noun + 2;
            let ends = |i: &usize| matches!(self.word(*i), "," | ";" | ".");
            let end = (x..to).find(ends).unwrap_or(to);
            ((x, end), end)
        } else {
            (self.possessor(at, noun)?, noun + 1)
        };
        if speaker.0 >= speaker.1 || speaker.1 - speaker.0 > SPEAKER_WORDS {
            return None;
        }
        self.beside_frame((from, to), (at, end), (at, noun + 1), speaker)
            .filter(|found| self.has_verb(found.content))
    }

    /// A report whose frame stands before its content or behind it.
    fn beside_frame(
        &self,
        (from, to): (usize, usize),
        (start, end): (usize, usize),
        verb: (usize, usize),
        speaker: (usize, usize),
    ) -> Option<Found> {
        let leading = self.words((from, start)) < 3;
        let content = if leading { (end, to) } else { (from, start) };
        let rest = if leading { (to, to) } else { (end, to) };
        (self.words(content) >= 2).then_some(Found {
            verb,
            speaker: Some(speaker),
            content,
            rest: [(from, from), rest],
            report: Report::Neutral,
        })
    }

    /// 'P, so the mayor': a frame without any verb, of translated papers.
    fn so(&self, (from, to): (usize, usize)) -> Option<Found> {
        let near = to.saturating_sub(SPEAKER_WORDS).max(from + 1);
        let ends = |i: &usize| matches!(self.word(*i), "." | ";" | "," | "-") || *i + 1 == to;
        let at = (near..to).find(|i| {
            matches!(self.word(*i), "so" | "thus")
                && self.quoted[*i].is_none()
                && self.word(i - 1) == ","
        })?;
        let end = (at + 1..to).find(ends)?;
        let end = end + usize::from(self.tokens[end].kind == TokenKind::Word);
        let speaker = (at + 1, end);
        let content = (from, at - 1);
        let somebody = end > at + 1
            && end - at <= 8
            && self.is_somebody(end - 1)
            && self.can_speak(speaker)
            && (speaker.0..speaker.1).all(|i| !clause::finite(self.tokens, i, self.lexicon));
        (somebody && self.has_verb(content)).then_some(Found {
            verb: (at, at + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (end, to)],
            report: Report::Neutral,
        })
    }

    /// 'As the inspectors established, P'.
    fn as_told(&self, (from, to): (usize, usize)) -> Option<Found> {
        if self.word(from) != "as" {
            return None;
        }
        let end = (from..to)
            .take(SPEAKER_WORDS)
            .find(|i| self.word(*i) == ",")?;
        let told = |i: &usize| self.lexicon.report(self.word(*i)).is_some();
        let verb = (from + 1..end).find(told)?;
        // 'As reported by the Post, P', 'as said the mayor, P'.
        let by = self.word(verb + 1) == "by";
        let speaker = match verb == from + 1 || by {
            true => (verb + 1 + usize::from(by), end),
            false => (from + 1, self.without_auxiliaries(from + 1, verb)),
        };
        let content = (end + 1, to);
        let named = speaker.0 < speaker.1 && self.can_speak(speaker);
        let active = by || !self.is_passive(speaker.1, verb);
        (named && active && self.has_verb(content)).then_some(Found {
            verb: (verb, verb + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (to, to)],
            report: Report::Neutral,
        })
    }

    /// 'According to X, P' and 'P, according to X'.
    fn sourced(&self, (from, to): (usize, usize)) -> Option<Found> {
        let at = (from..to).find(|i| {
            self.word(*i) == "according" && self.word(i + 1) == "to" && self.quoted[*i].is_none()
        })?;
        let x = at + 2;
        let end = (x..to)
            .find(|i| matches!(self.word(*i), "," | ";" | ".") || self.quoted[*i].is_some())
            .unwrap_or(to);
        if x >= end || end - x > SPEAKER_WORDS + 8 {
            return None;
        }
        // 'Turnout, according to the office, has risen': between a subject and its verb.
        let subject = (from, at.saturating_sub(1).max(from));
        let amid = at > from
            && self.word(at - 1) == ","
            && self.word(end) == ","
            && clause::finite(self.tokens, end + 1, self.lexicon)
            && !self.has_verb(subject)
            && self.can_speak(subject);
        if amid {
            return Some(Found {
                verb: (at, x),
                speaker: Some((x, end)),
                content: (from, to),
                rest: [(from, from), (to, to)],
                report: Report::Neutral,
            });
        }
        let leading = self.words((from, at)) < 3;
        // 'According to prosecutors 310 people have died': where a subject begins the speaker ends.
        let bare = |i: &usize| {
            let begins = clause::subject(self.tokens, *i) && !self.tokens[*i].capital;
            begins && !self.lexicon.is_function_word(self.word(i - 1)) && self.has_verb((*i, to))
        };
        let end = match leading && end >= to.saturating_sub(1) {
            true => (x + 1..to.min(x + SPEAKER_WORDS)).find(bare).unwrap_or(end),
            false => end,
        };
        self.beside_frame((from, to), (at, end), (at, x), (x, end))
    }

    /// 'The ministry's claim that P', 'there are fears that P'.
    pub(super) fn nominal(&self, (from, to): (usize, usize)) -> Option<Found> {
        let at = (from..to).find(|i| {
            let noun = || (self.lexicon.known(&self.tokens[*i]).report_noun).is_some();
            let that = self.word(i + 1) == "that" && clause::subject(self.tokens, i + 2);
            that && self.quoted[*i].is_none() && noun()
        })?;
        let report = self.lexicon.report_noun(self.word(at))?;
        let content = (at + 2, to);
        if report == Report::Ask || !self.has_verb(content) {
            return None;
        }
        let speaker = self
            .possessor(from, at)
            .filter(|s| self.can_speak(*s) || s.1 == s.0 + 1);
        let speaker = speaker.or_else(|| {
            let verb = (from..at).find(|i| clause::finite(self.tokens, *i, self.lexicon))?;
            let there = matches!(self.word(verb), "is" | "are" | "was" | "were");
            (!there).then(|| self.subject_of(from, verb))?
        })?;
        Some(Found {
            verb: (at, at + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (to, to)],
            report,
        })
    }

    /// 'Her counsel was blunter: P', and 'HOLT: P' of a transcript.
    pub(super) fn colon(&self, (from, to): (usize, usize)) -> Option<Found> {
        let at = (from + 1..to)
            .take(SPEAKER_WORDS)
            .find(|i| self.quoted[*i].is_none() && self.word(*i) == ":")?;
        let content = (at + 1, to);
        if self.words(content) < 3 || !self.has_verb(content) {
            return None;
        }
        let left = (from, at);
        let speaker = if self.has_verb(left) {
            let (start, end) = antecedent::subject(&self.tokens[from..at], self.lexicon)?;
            (from + start, from + end)
        } else {
            left
        };
        let person = |i: usize| self.is_somebody(i) || matches!(self.word(i), "he" | "she");
        // 'Simple: P' has a capital as every sentence has, 'Editor's note: P' is nobody.
        let shouted = self.in_capitals(left);
        if shouted && !(left.0..left.1).all(|i| self.names_a_person(i)) {
            return None;
        }
        let words = (from..at).map(|i| self.word(i));
        let somebody = person(at - 1) || antecedent::kind(words, self.lexicon) == Kind::Person;
        let label = speaker == left && !shouted && (self.words(left) < 2 || !somebody);
        let time = self.tokens[at - 1].kind == TokenKind::Number;
        if !self.can_speak(speaker) || label || time || !(speaker.0..speaker.1).any(person) {
            return None;
        }
        let denies = |i: usize| self.lexicon.report(self.word(i)) == Some(Report::Deny);
        let report = match left.0 < left.1 && (left.0..left.1).any(denies) {
            true => Report::Deny,
            false => Report::Neutral,
        };
        Some(Found {
            verb: (at, at + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (to, to)],
            report,
        })
    }

    /// Who speaks according to a transcript's label that opens the sentence: 'HOLT: '. 'UPDATE: ' and 'LONDON: ' are no such.
    pub(in crate::extract) fn label(&self) -> Option<String> {
        let limit = self.tokens.len().min(5);
        let at = (1..limit).find(|i| self.word(*i) == ":")?;
        let named = (0..at).all(|i| self.names_a_person(i));
        (self.in_capitals((0, at)) && named)
            .then(|| self.span((0, at))?.of(self.whole).map(str::to_owned))?
    }

    /// Whether a word of a label can be part of a person's name.
    fn names_a_person(&self, at: usize) -> bool {
        let word = self.word(at);
        match self.tokens[at].kind {
            TokenKind::Word => {
                let place =
                    self.lexicon.country(word).is_some() || self.lexicon.is_place_head(word);
                word.chars().nth(1).is_some()
                    && !place
                    && !Class::Label.holds(word)
                    && !self.lexicon.is_function_word(word)
            }
            TokenKind::Mark => matches!(word, "." | "-" | "'"),
            TokenKind::Number => false,
        }
    }

    fn in_capitals(&self, range: (usize, usize)) -> bool {
        let words = self.span(range).and_then(|s| s.of(self.whole));
        words.is_some_and(|w| w.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()))
    }

    /// A speech with somebody beside it, whatever the verb: '“We are ready,” laughs Moss Harker, 67'.
    pub(super) fn beside(&self, (from, to): (usize, usize)) -> Option<Found> {
        let from = (from..to).find(|i| self.tokens[*i].kind != TokenKind::Mark)?;
        let quote = self.quoted[from]?;
        let end = (from..to).find(|i| self.quoted[*i] != Some(quote))?;
        let spoken = matches!(self.word(end - 1), "," | "!" | "?");
        let frame = (end..to).find(|i| self.tokens[*i].kind == TokenKind::Word)?;
        let stop = (frame..to)
            .find(|i| matches!(self.word(*i), "." | ";" | ":") || self.quoted[*i].is_some())
            .unwrap_or(to);
        if !spoken || stop - frame > SPEAKER_WORDS {
            return None;
        }
        // A verb comes first or right after a name or pronoun; the speaker is the first that can be one.
        let person = |i: usize| {
            self.tokens[i].capital
                || matches!(self.word(i), "he" | "she")
                || self.lexicon.is_role(self.word(i))
        };
        let named = (frame..stop.min(frame + 8)).find(|i| person(*i))?;
        let first = if named > frame + 1 && !self.tokens[named].capital {
            // 'laughs the old skipper': the role with what stands before it.
            frame + 1
        } else {
            named
        };
        let last = (first..stop)
            .find(|i| {
                *i > first
                    && (self.word(*i) == ","
                        || self.tokens[first].capital
                            && !self.tokens[*i].capital
                            && self.tokens[*i].kind == TokenKind::Word)
            })
            .unwrap_or(stop);
        let last = self.speaker_end(first, last);
        self.can_speak((first, last)).then_some(Found {
            verb: (frame, frame + 1),
            speaker: Some((first, last)),
            content: (from, end),
            rest: [(from, from), (stop, to)],
            report: Report::Neutral,
        })
    }

    /// 'P, one of his aides let slip', 'P, a neighbour has seen': a statement with somebody behind it who let it out, is sure of it or has
    /// come to know it, and no more, is reported.
    pub(super) fn let_slip(&self, (from, to): (usize, usize)) -> Option<Found> {
        let near = to.saturating_sub(SPEAKER_WORDS).max(from + 1);
        let comma = (near..to)
            .rev()
            .find(|i| self.word(*i) == "," && self.quoted[*i].is_none())?;
        let first = (comma + 1..to).find(|i| clause::finite(self.tokens, *i, self.lexicon))?;
        // 'A neighbour has seen it', 'the ski teacher is sure'.
        let sure = self.lexicon.attitude(self.word(first + 1)) == Some(Attitude::Feels);
        let perfect = matches!(self.word(first), "has" | "have" | "had")
            && clause::finite(self.tokens, first + 1, self.lexicon);
        let verb = first + usize::from(sure || perfect);
        let mut comma = comma;
        let mut speaker = (comma + 1, self.without_auxiliaries(comma + 1, verb));
        if speaker.0 >= speaker.1 {
            // 'The ski teacher, 26, is sure': an apposition.
            let back = |end: usize| (near..end).rev().find(|i| self.word(*i) == ",");
            let opened = back(comma)?;
            comma = back(opened)?;
            speaker = (comma + 1, opened);
        }
        let person =
            |i: usize| self.is_somebody(i) || matches!(self.word(i), "he" | "she" | "police");
        let first = (from..comma).find(|i| self.tokens[*i].kind == TokenKind::Word)?;
        // 'When the bell rang, the mayor left' and 'In May, when it rained, she left' report nothing.
        let word = self.word(first);
        let grammar = self.lexicon.is_function_word(word) && !clause::opens_subject(word);
        let own = clause::subject(self.tokens, first)
            && !grammar
            && !self.lexicon.is_finite_verb(word)
            && !matches!(word, "what" | "who");
        // 'P, the skipper radioed', 'P, the minister set out': a verb and no more.
        let tail = self.words((verb + 1, to));
        let particle = matches!(self.word(verb + 1), "out" | "on" | "in" | "up");
        let told = tail == 0 || tail == 1 && particle;
        let said = speaker.0 < speaker.1
            && speaker.1 - speaker.0 <= 8
            && (speaker.0..speaker.1).any(person)
            && self.can_speak(speaker)
            && (sure || perfect || told || matches!(self.word(verb), "let" | "made"))
            && tail <= 4;
        let content = (from, comma);
        (own && said && self.quoted[verb].is_none() && self.has_verb(content)).then_some(Found {
            verb: (verb, verb + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (to, to)],
            report: Report::Neutral,
        })
    }
}
