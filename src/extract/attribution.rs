//! Attribution: which part of a sentence is reported, by whom, with which stance.
//!
//! Knows reporting verbs and where speakers stand around them; not what the reported words claim.

mod attitude;
mod frame;
mod naming;

use super::antecedent::{self, Kind};
use super::speaker::Cast;
use super::{clause, quotation};
use crate::lexicon::{Attitude, Lexicon, Report};
use crate::text::{self, Span, Token, TokenKind};

/// A stretch of a sentence with its speaker.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) span: Span,
    pub(super) speaker: Option<String>,
    pub(super) via: Vec<String>,
    pub(super) direct: bool,
    pub(super) report: Option<Report>,
    pub(super) cue: Option<Span>,
}

/// Tokens between a speaker's first word and the reporting verb, at the most.
const SPEAKER_WORDS: usize = 16;
/// A quotation of fewer words is a quoted expression, not a speech.
const SPEECH_WORDS: usize = 3;
/// Reports inside reports are followed this deep.
const DEPTH: usize = 3;

/// A sentence in which reports are looked for.
pub(super) struct Scene<'a> {
    whole: &'a str,
    tokens: &'a [Token],
    /// For each token, the index of the quotation that it stands in.
    quoted: Vec<Option<usize>>,
    lexicon: &'a Lexicon,
}

/// A report found among tokens `from..to`: where the frame and the content lie.
struct Found {
    verb: (usize, usize),
    speaker: Option<(usize, usize)>,
    content: (usize, usize),
    /// What stands before and after frame and content.
    rest: [(usize, usize); 2],
    report: Report,
}

impl<'a> Scene<'a> {
    /// `quotes` are the quotations of the sentence's paragraph.
    pub(super) fn new(
        whole: &'a str,
        sentence: Span,
        tokens: &'a [Token],
        quotes: &[Span],
        lexicon: &'a Lexicon,
    ) -> Self {
        let first = quotes.partition_point(|q| q.end <= sentence.start);
        let near: Vec<Span> = quotes[first..]
            .iter()
            .take_while(|q| q.start < sentence.end)
            .copied()
            .filter(|q| {
                // A short one is a speech where it ends as one: '“Follow us,” she said.'
                q.of(whole).is_some_and(|w| {
                    let long = w.split_whitespace().take(SPEECH_WORDS).count() == SPEECH_WORDS;
                    (long || w.ends_with([',', '!', '?'])) && !quotation::is_title(whole, *q)
                })
            })
            .collect();
        let mut at = 0;
        let quoted = tokens
            .iter()
            .map(|t| {
                while near.get(at).is_some_and(|q| q.end <= t.span.start) {
                    at += 1;
                }
                near.get(at).filter(|q| q.contains(t.span)).map(|_| at)
            })
            .collect();
        Self {
            whole,
            tokens,
            quoted,
            lexicon,
        }
    }

    /// The parts of the sentence that claims are cut from, with their speakers.
    pub(super) fn contents(&self, cast: &mut Cast) -> Vec<Said> {
        let mut out = Vec::new();
        self.part((0, self.tokens.len()), &[], None, 0, cast, &mut out);
        for said in &out {
            cast.spoke(said.speaker.as_ref(), self.lexicon);
        }
        out.sort_by_key(|s| s.span);
        out
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.word.as_str())
    }

    fn span(&self, (from, to): (usize, usize)) -> Option<Span> {
        (from < to).then(|| Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end))
    }

    fn words(&self, (from, to): (usize, usize)) -> usize {
        self.tokens[from..to.max(from)]
            .iter()
            .filter(|t| t.kind != TokenKind::Mark)
            .count()
    }

    fn has_verb(&self, (from, to): (usize, usize)) -> bool {
        (from..to).any(|i| clause::finite(self.tokens, i, self.lexicon) && !self.is_noun(i))
    }

    /// Takes a stretch apart. `chain` are the speakers around it, outermost first; `inherited` is the report that they
    /// stand in.
    fn part(
        &self,
        range: (usize, usize),
        chain: &[String],
        inherited: Option<(Report, Span)>,
        depth: usize,
        cast: &mut Cast,
        out: &mut Vec<Said>,
    ) {
        let found = if depth < DEPTH {
            let outermost = || self.let_slip(range).or_else(|| self.colon(range));
            self.report(range).or_else(|| (depth == 0).then(outermost)?)
        } else {
            None
        };
        let Some(found) = found else {
            self.plain(range, chain, inherited, cast, out);
            return;
        };
        let speaker = match found.speaker {
            Some(s) => self.speaker(s, cast),
            None => chain.last().cloned().or_else(|| cast.antecedent("")),
        };
        let cue = self.span(found.verb).unwrap_or_default();
        let mut inner: Vec<String> = chain.to_vec();
        if let Some(speaker) = speaker.clone()
            && inner.last() != Some(&speaker)
        {
            inner.push(speaker);
        }
        for (i, rest) in found.rest.into_iter().enumerate() {
            let goes_on = i == 1 && self.goes_on(rest);
            if self.words(rest) < 3 || !(goes_on || self.has_verb(rest)) {
                continue;
            }
            // 'He had been told by colleagues, he said, that P': what follows is theirs.
            let first = rest.0 + usize::from(self.word(rest.0) == ",");
            let agent = (i == 1 && self.word(first) == "that")
                .then(|| self.told_by(found.content))
                .flatten();
            if let Some(agent) = agent {
                let mut chain = inner.clone();
                chain.extend(self.speaker(agent, cast));
                let report = Some((Report::Neutral, cue));
                self.part((first + 1, rest.1), &chain, report, depth + 1, cast, out);
                return;
            }
            if goes_on {
                cast.spoke(speaker.as_ref(), self.lexicon);
                self.part(
                    rest,
                    &inner,
                    Some((Report::Neutral, cue)),
                    depth + 1,
                    cast,
                    out,
                );
            } else {
                self.part(rest, chain, inherited, depth + 1, cast, out);
            }
        }
        cast.spoke(speaker.as_ref(), self.lexicon);
        self.part(
            found.content,
            &inner,
            Some((found.report, cue)),
            depth + 1,
            cast,
            out,
        );
    }

    /// By whom somebody was told what is still to come: 'he had been told by colleagues'.
    fn told_by(&self, (from, to): (usize, usize)) -> Option<(usize, usize)> {
        let verb = (from..to).find(|i| {
            let by = matches!(self.word(i + 1), "by" | "from");
            by && self.open_report(*i).is_some()
        })?;
        let agent = (verb + 2, to);
        (agent.0 < agent.1 && self.can_speak(agent) && !self.acts(agent)).then_some(agent)
    }

    /// Whether what follows a frame still belongs to its speaker: a speech, 'adding that P', 'P, she said, and Q', 'the dead,
    /// she said, were guards'.
    fn goes_on(&self, rest: (usize, usize)) -> bool {
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

    /// Whether a report with a speaker of its own begins here: 'the mayor said', not 'she said'.
    fn opens_frame(&self, (from, to): (usize, usize)) -> bool {
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

    /// A stretch without a further report: one part, or one for each quotation that fills it.
    fn plain(
        &self,
        (from, to): (usize, usize),
        chain: &[String],
        inherited: Option<(Report, Span)>,
        cast: &Cast,
        out: &mut Vec<Said>,
    ) {
        let speaker = chain.last().cloned();
        let via: Vec<String> = chain
            .iter()
            .take(chain.len().saturating_sub(1))
            .cloned()
            .collect();
        let (report, cue) = (inherited.map(|i| i.0), inherited.map(|i| i.1));
        let quoted = self.quoted[from..to].iter().filter(|q| q.is_some()).count();
        let words = self.tokens[from..to]
            .iter()
            .filter(|t| t.kind != TokenKind::Mark)
            .count();
        // 'That he felt “a lot of emotion before the match”' is one statement, its last words quoted.
        let lead = (from..to)
            .find(|i| self.quoted[*i].is_some())
            .unwrap_or(from);
        let opening = |i: &usize| self.tokens[*i].kind == TokenKind::Mark && self.word(*i) != "\"";
        let mixed =
            self.words((from, lead)) > 1 && !(from..lead).rev().take(2).any(|i| opening(&i));
        if quoted > 0 && 10 * quoted >= 7 * words && !mixed {
            let mut at = from;
            while at < to {
                let Some(quote) = self.quoted[at] else {
                    at += 1;
                    continue;
                };
                let end = (at..to)
                    .find(|i| self.quoted[*i] != Some(quote))
                    .unwrap_or(to);
                if let Some(span) = self.span((at, end)) {
                    let speaker = speaker.clone().or_else(|| cast.speaking());
                    out.push(Said {
                        span,
                        speaker,
                        via: via.clone(),
                        direct: true,
                        report,
                        cue,
                    });
                }
                at = end;
            }
            return;
        }
        if let Some(span) = self.span((from, to)) {
            out.push(Said {
                span,
                speaker,
                via,
                direct: false,
                report,
                cue,
            });
        }
    }

    /// The outermost report of a stretch.
    fn report(&self, range: (usize, usize)) -> Option<Found> {
        self.according(range)
            .or_else(|| self.closing(range))
            .or_else(|| {
                (range.0..range.1).find_map(|at| self.after(range, at, self.open_report(at)?))
            })
            .or_else(|| {
                (range.0..range.1).find_map(|at| self.before(range, at, self.open_report(at)?))
            })
            .or_else(|| self.complement(range))
            .or_else(|| self.nominal(range))
            .or_else(|| self.beside(range))
    }

    /// 'He groused on Monday that P': a verb that takes 'that' reports, whatever it is.
    fn complement(&self, range: (usize, usize)) -> Option<Found> {
        (range.0 + 1..range.1).find_map(|at| {
            let open = self.quoted[at].is_none() && self.word(at) == "that";
            if !open || !clause::subject(self.tokens, at + 1) {
                return None;
            }
            let near = at.saturating_sub(6).max(range.0);
            let verb = (near..at)
                .rev()
                .find(|i| clause::finite(self.tokens, *i, self.lexicon) || self.word(*i) == ",")?;
            let takes = matches!(self.word(verb), "holds" | "hold" | "held");
            let told = takes || self.word(verb).ends_with("ed") && !self.is_passive(verb, verb);
            let adjunct = verb + 1 == at
                || matches!(self.word(verb + 1), "to" | "on" | "in" | "at" | "with")
                    && !matches!(self.word(at - 1), "and" | "but" | "or");
            (told && adjunct).then(|| self.before(range, verb, Report::Neutral))?
        })
    }

    /// 'The ministry's claim that P', 'there are fears that P'.
    fn nominal(&self, (from, to): (usize, usize)) -> Option<Found> {
        let at = (from..to).find(|i| {
            let noun = self.lexicon.report_noun(self.word(*i)).is_some();
            let that = self.word(i + 1) == "that" && clause::subject(self.tokens, i + 2);
            self.quoted[*i].is_none() && noun && that
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
    fn colon(&self, (from, to): (usize, usize)) -> Option<Found> {
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
        let person = |i: usize| {
            let word = self.word(i);
            self.tokens[i].capital && !self.lexicon.is_function_word(word)
                || self.lexicon.is_role(word)
                || self.lexicon.is_person(word)
                || matches!(word, "he" | "she")
        };
        // 'Simple: P' has a capital as every sentence has, 'Editor's note: P' is nobody.
        let shouted = self
            .span(left)
            .and_then(|s| s.of(self.whole))
            .is_some_and(|w| w.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()));
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

    /// A frame that closes the stretch is around every other: 'The mayor had denied that P, Holt said.'
    fn closing(&self, range: (usize, usize)) -> Option<Found> {
        let near = range.1.saturating_sub(SPEAKER_WORDS).max(range.0);
        (near..range.1).find_map(|at| {
            let report = self.open_report(at)?;
            let found = self.after(range, at, report)?;
            (self.words(found.rest[1]) == 0).then_some(found)
        })
    }

    /// 'P, one of his aides let slip': a statement with somebody and a verb behind it, and no more, is reported whatever the verb.
    fn let_slip(&self, (from, to): (usize, usize)) -> Option<Found> {
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
        let person = |i: usize| {
            let word = self.word(i);
            self.tokens[i].capital
                || self.lexicon.is_role(word)
                || self.lexicon.is_person(word)
                || matches!(word, "he" | "she" | "police")
        };
        let first = (from..comma).find(|i| self.tokens[*i].kind == TokenKind::Word)?;
        // 'When the bell rang, the mayor left' and 'In May, when it rained, she left' report nothing.
        let own = clause::subject(self.tokens, first)
            && !self.lexicon.is_finite_verb(self.word(first))
            && !matches!(self.word(first), "what" | "who")
            && !(self.tokens[first].capital
                && self.lexicon.is_function_word(self.word(first))
                && !clause::opens_subject(self.word(first)));
        let said = speaker.0 < speaker.1
            && speaker.1 - speaker.0 <= 8
            && (speaker.0..speaker.1).any(person)
            && self.can_speak(speaker)
            && !self.lexicon.is_function_word(self.word(verb))
            && self.words((verb + 1, to)) <= 4;
        let content = (from, comma);
        (own && said && self.quoted[verb].is_none() && self.has_verb(content)).then_some(Found {
            verb: (verb, verb + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), (to, to)],
            report: Report::Neutral,
        })
    }

    /// What a reporting verb outside quotations does to its content.
    fn open_report(&self, at: usize) -> Option<Report> {
        let report = self.lexicon.report(self.word(at))?;
        (self.quoted[at].is_none() && !self.is_noun(at)).then_some(report)
    }

    /// A speech with somebody beside it, whatever the verb: '“We are ready,” laughs Moss Harker, 67'.
    fn beside(&self, (from, to): (usize, usize)) -> Option<Found> {
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

    /// A frame without a verb of its own.
    fn according(&self, range: (usize, usize)) -> Option<Found> {
        self.opinion(range)
            .or_else(|| self.sourced(range))
            .or_else(|| self.as_told(range))
    }

    /// 'In the opinion of X, P', 'P, in her view'.
    fn opinion(&self, (from, to): (usize, usize)) -> Option<Found> {
        let noun = (from + 1..to).find(|i| {
            let told = matches!(
                self.word(*i),
                "opinion" | "view" | "words" | "eyes" | "judgement" | "judgment" | "estimation"
            );
            told && self.quoted[*i].is_none()
        })?;
        let at = (noun.saturating_sub(5).max(from)..noun)
            .rev()
            .find(|i| self.word(*i) == "in")?;
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
        let leading = self.words((from, at)) < 3;
        let content = if leading { (end, to) } else { (from, at) };
        let rest = if leading { (to, to) } else { (end, to) };
        (self.words(content) >= 2 && self.has_verb(content)).then_some(Found {
            verb: (at, noun + 1),
            speaker: Some(speaker),
            content,
            rest: [(from, from), rest],
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
        let speaker = match verb == from + 1 {
            true => (verb + 1, end),
            false => (from + 1, self.without_auxiliaries(from + 1, verb)),
        };
        let content = (end + 1, to);
        let named = speaker.0 < speaker.1 && self.can_speak(speaker);
        (named && !self.is_passive(speaker.1, verb) && self.has_verb(content)).then_some(Found {
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
            self.quoted[*i].is_none() && self.word(*i) == "according" && self.word(i + 1) == "to"
        })?;
        let x = at + 2;
        let end = (x..to)
            .find(|i| matches!(self.word(*i), "," | ";" | ".") || self.quoted[*i].is_some())
            .unwrap_or(to);
        if x >= end || end - x > SPEAKER_WORDS + 8 {
            return None;
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
        let content = if leading { (end, to) } else { (from, at) };
        let rest = if leading { (to, to) } else { (end, to) };
        (self.words(content) >= 2).then_some(Found {
            verb: (at, x),
            speaker: Some((x, end)),
            content,
            rest: [(from, from), rest],
            report: Report::Neutral,
        })
    }

    /// 'P, X said' and 'P, said X': the content stands before the frame.
    fn after(&self, (from, to): (usize, usize), verb: usize, report: Report) -> Option<Found> {
        if self.word(verb + 1) == "that" {
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
        // 'The envoy, Brun, was shown the church'.
        if self.is_passive(speaker.1, verb) {
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
        let relative = |i: usize| matches!(self.word(i), "who" | "which" | "whose" | "whom");
        let pronoun = matches!(
            self.word(speaker.0),
            "he" | "she" | "it" | "they" | "we" | "i"
        );
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
        let content = (from, content_end);
        // 'Asked whether P, Holt said no' says nothing of P.
        if self.unsaid(speaker.1.min(verb), verb) || self.word(from) == "asked" {
            return None;
        }
        // 'In a statement on Monday, Holt said': an adverbial is not what is said.
        let spoken = self.quoted[content.1.saturating_sub(1)].is_some();
        let adverbial = matches!(
            self.word(from),
            "in" | "on"
                | "at"
                | "during"
                | "after"
                | "before"
                | "despite"
                | "as"
                | "with"
                | "for"
                | "by"
        ) || text::names_a_time(self.word(from));
        if adverbial && !spoken && !self.has_verb(content) {
            return None;
        }
        if self.words(content) < 2
            || !(self.has_verb(content)
                || self.quoted[content.1.saturating_sub(1)].is_some()
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
        let spoken = self.quoted[content.1.saturating_sub(1)].is_some();
        let long = self.words(adjunct) > 12 || self.has_verb(adjunct);
        let asked = self.word(tail) == "when" && self.words(adjunct) < 10;
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
        if report == Report::Ask {
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

    /// 'X said (that) P', 'X told Y that P', 'X denied that P', 'X: P', ', adding that P'.
    fn before(&self, (from, to): (usize, usize), verb: usize, report: Report) -> Option<Found> {
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
        let continues = speaker.0 >= speaker.1;
        if !continues && !self.can_speak(speaker) || self.unsaid(speaker.1, verb) {
            return None;
        }
        if continues
            && !(self.word(verb).ends_with("ing") || self.word(verb.saturating_sub(1)) == "and")
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
        if let Some(i) = (at..window).find(|i| self.word(*i) == "that" && self.quoted[*i].is_none())
            && !self.has_verb((at, i))
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
        if !that
            && matches!(
                self.word(verb),
                "told" | "tells" | "telling" | "assured" | "informed" | "warned" | "reminded"
            )
        {
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
        let whole_clause = report == Report::Deny && !that;
        // 'Divers found no trace, and Teal did not believe that P': the content ends where another frame begins.
        let joins = |i: &usize| {
            matches!(self.word(*i), "and" | "but" | "while")
                && self.word(i - 1) == ","
                && self.quoted[*i].is_none()
                && self.opens_frame((i + 1, to))
        };
        let content = if whole_clause {
            (speaker.0, to)
        } else {
            (at, to)
        };
        if !that && !whole_clause {
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
            let stop = (at..near).find(|i| joins(i)).unwrap_or(near);
            let soon = (at + usize::from(noun), stop.max(at + usize::from(noun)));
            // After 'she says he' the clause is certain, whatever its verb.
            let pronoun = matches!(self.word(at), "he" | "she" | "they" | "we" | "i");
            let certain = pronoun && matches!(self.word(verb), "say" | "says" | "said");
            if !opens || !(certain || self.has_verb(soon)) || matches!(report, Report::Ask) {
                return None;
            }
        }
        if report == Report::Ask || self.words(content) < 2 {
            return None;
        }
        if whole_clause {
            // Left to the plain reading: the rejecting words stay inside the claim.
            return None;
        }
        let end = (at + 1..to).find(joins).unwrap_or(to);
        Some(Found {
            verb: (verb, verb + 1),
            speaker: (!continues).then_some(speaker),
            content: (at, end),
            rest: [(from, low.max(from)), (end, to)],
            report,
        })
    }
}
