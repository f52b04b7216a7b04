//! Attribution: which part of a sentence is reported, by whom, with which stance.
//!
//! Takes a sentence apart, frame by frame, from the outermost in; not what the reported words claim.

mod attitude;
mod continued;
mod frame;
mod holder;
mod naming;
mod reporting;
mod verbless;

use super::speaker::Cast;
use super::{clause, quotation};
use crate::lexicon::{Class, Lexicon, Report};
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
    /// Whether the speaker gives way: 'admitted that P' denies nothing.
    pub(super) grants: bool,
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
    tokens: &'a [Token<'a>],
    /// For each token, the index of the quotation that it stands in.
    quoted: Vec<Option<usize>>,
    /// The reporting verbs outside quotations, in order, and what they do to their content.
    reports: Vec<(usize, Report)>,
    /// How many words, and how many finite verbs, stand before each token and the end.
    before: Vec<(u32, u32)>,
    /// Which tokens look like finite verbs.
    finite: Vec<bool>,
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
        tokens: &'a [Token<'a>],
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
        let mut scene = Self {
            whole,
            tokens,
            quoted,
            reports: Vec::new(),
            before: Vec::with_capacity(tokens.len() + 1),
            finite: clause::verbs(tokens, lexicon),
            lexicon,
        };
        let (mut words, mut verbs) = (0, 0);
        scene.before.push((0, 0));
        for (at, token) in tokens.iter().enumerate() {
            words += u32::from(token.kind != TokenKind::Mark);
            verbs += u32::from(scene.finite[at] && !scene.is_noun(at));
            scene.before.push((words, verbs));
        }
        let reports = (0..tokens.len()).filter_map(|at| Some((at, scene.told(at)?)));
        scene.reports = reports.collect();
        scene
    }

    /// What a reporting verb outside quotations does to its content, found out.
    fn told(&self, at: usize) -> Option<Report> {
        let report = self.lexicon.known(self.tokens.get(at)?).report?;
        (self.quoted[at].is_none() && !self.is_noun(at)).then_some(report)
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

    /// Which tokens look like finite verbs.
    pub(super) fn finite(&self) -> &[bool] {
        &self.finite
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.word.as_ref())
    }

    fn span(&self, (from, to): (usize, usize)) -> Option<Span> {
        (from < to).then(|| Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end))
    }

    fn words(&self, (from, to): (usize, usize)) -> usize {
        let before = |at: usize| self.before[at.min(self.tokens.len())].0;
        (before(to.max(from)) - before(from)) as usize
    }

    fn has_verb(&self, (from, to): (usize, usize)) -> bool {
        let before = |at: usize| self.before[at.min(self.tokens.len())].1;
        from < to && before(from) < before(to)
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
        // 'That the theft was a shame and said P': of what somebody says, the second verb is theirs.
        let theirs = |s: (usize, usize)| {
            let between = (s.1, self.without_auxiliaries(s.1, found.verb.0));
            !chain.is_empty() && between.0 < between.1 && self.has_verb(between)
        };
        let speaker = match found.speaker {
            Some(s) if theirs(s) => chain.last().cloned(),
            // 'Holt said that we know P'.
            Some(s) if !chain.is_empty() && matches!(self.word(s.0), "i" | "we") => {
                chain.last().cloned()
            }
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
        for (i, mut rest) in found.rest.into_iter().enumerate() {
            // 'Divers found nothing, and' before another frame.
            while rest.0 < rest.1
                && (self.tokens[rest.1 - 1].kind == TokenKind::Mark
                    || matches!(self.word(rest.1 - 1), "and" | "but" | "while"))
                && i == 0
            {
                rest.1 -= 1;
            }
            if i == 1 {
                rest.0 = self.past_apposition(rest);
            }
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
        // The frame stands within the statement and would be found again.
        if found.content.0 <= found.verb.0 && found.verb.1 <= found.content.1 {
            self.plain(found.content, &inner, Some((found.report, cue)), cast, out);
            return;
        }
        self.part(
            found.content,
            &inner,
            Some((found.report, cue)),
            depth + 1,
            cast,
            out,
        );
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
        let told = cue.and_then(|c| c.of(self.whole)).unwrap_or_default();
        let told = text::fold(told);
        let grants = Class::Grants.holds(told.split(' ').next().unwrap_or_default());
        let quoted = self.quoted[from..to].iter().filter(|q| q.is_some()).count();
        let words = self.words((from, to));
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
                        grants,
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
                grants,
            });
        }
    }

    /// The outermost report of a stretch.
    fn report(&self, range: (usize, usize)) -> Option<Found> {
        self.according(range)
            .or_else(|| self.closing(range))
            .or_else(|| {
                let mut reports = self.reports_in(range);
                reports.find_map(|(at, report)| self.after(range, at, report))
            })
            .or_else(|| {
                let mut reports = self.reports_in(range);
                reports.find_map(|(at, report)| self.before(range, at, report))
            })
            .or_else(|| self.complement(range))
            .or_else(|| self.nominal(range))
            .or_else(|| self.beside(range))
    }

    /// What a reporting verb outside quotations does to its content.
    fn open_report(&self, at: usize) -> Option<Report> {
        let found = self.reports.binary_search_by_key(&at, |r| r.0).ok()?;
        Some(self.reports[found].1)
    }

    /// The reporting verbs outside quotations of a stretch, in order.
    fn reports_in(&self, (from, to): (usize, usize)) -> impl Iterator<Item = (usize, Report)> {
        let first = self.reports.partition_point(|r| r.0 < from);
        let reports = self.reports[first..].iter().copied();
        reports.take_while(move |r| r.0 < to)
    }
}

#[cfg(test)]
mod tests {
    use crate::Article;
    use crate::extract::Extractor;
    use crate::extract::tests::{check, claims};

    #[test]
    fn a_closing_frame_is_around_the_others() {
        let text = "Ana Holt had been told by a vet that the goats were missing, the mayor said.";
        let article = Article::new("Post", text);
        let claim = &Extractor::default().claims(&article)[0];
        assert_eq!(claim.span.of(text), Some("the goats were missing"));
        assert_eq!(claim.attribution.speaker.as_deref(), Some("a vet"));
        assert_eq!(claim.attribution.via, ["the mayor"]);
    }

    #[test]
    fn speakers_stand_before_and_behind_their_roles() {
        for (text, speaker) in [
            (
                "The keeper, Rosa Lind, said the port was safe.",
                "Rosa Lind",
            ),
            (
                "One of them, the farmer Rosa Lind, said the port was safe.",
                "Rosa Lind",
            ),
            (
                "The boy’s sister, Rosa, told the Post that the port was safe.",
                "Rosa",
            ),
            (
                "The port was safe, its keeper, Rosa Lind, told the Post.",
                "Rosa Lind",
            ),
            (
                "The port was safe, moaned travel agent Rosa Lind.",
                "Rosa Lind",
            ),
            ("The port was safe, barman Sid Tully says.", "Sid Tully"),
            (
                "The port was safe, says a butcher who ought to know.",
                "a butcher",
            ),
            (
                "Rosa Lind, who took over the harbour office in the spring after her predecessor had left, said the port was safe.",
                "Rosa Lind",
            ),
            (
                "About nine in ten said the port was safe.",
                "About nine in ten",
            ),
        ] {
            let got = claims(text);
            let want = Some(("the port was safe".to_owned(), Some(speaker)));
            let first = got.first().map(|c| (c.0.to_lowercase(), c.1.as_deref()));
            assert_eq!(first, want, "{text}");
        }
    }

    #[test]
    fn reports_need_no_reporting_verb() {
        for (text, content, speaker) in [
            (
                "Holt's assurance that the port was safe convinced nobody.",
                "the port was safe convinced nobody",
                "Holt",
            ),
            (
                "In the opinion of Ana Holt, the port was safe.",
                "the port was safe",
                "Ana Holt",
            ),
            (
                "As the inspectors established, the port was safe.",
                "the port was safe",
                "the inspectors",
            ),
            (
                "Her counsel Ana Holt was blunter: the port was never safe.",
                "the port was never safe",
                "Ana Holt",
            ),
            (
                "According to prosecutors 310 people were at the port.",
                "310 people were at the port",
                "prosecutors",
            ),
            (
                "The mayor groused on Monday that the port was shut.",
                "the port was shut",
                "The mayor",
            ),
            (
                "The port was shut at noon, one of his aides let slip.",
                "The port was shut at noon",
                "one of his aides",
            ),
            (
                "The port was safe, the ski teacher Ana Holt, 26, is sure.",
                "The port was safe",
                "Ana Holt",
            ),
        ] {
            check(text, &[(content, Some(speaker))]);
        }
        for (text, content) in [
            (
                "When the bell rang, the mayor left.",
                "When the bell rang, the mayor left",
            ),
            (
                "The port was safe: nobody was hurt there.",
                "The port was safe",
            ),
            (
                "In a statement on Monday, the port was praised.",
                "In a statement on Monday, the port was praised",
            ),
        ] {
            let first = claims(text).into_iter().next().map(|c| (c.0, c.1));
            assert_eq!(first, Some((content.to_owned(), None)), "{text}");
        }
    }

    #[test]
    fn reports_go_on_behind_their_frame() {
        check(
            "The port was safe, Ana Holt said, but the quay might be closed.",
            &[
                ("The port was safe", Some("Ana Holt")),
                ("the quay might be closed", Some("Ana Holt")),
            ],
        );
        check(
            "The port was safe, Ana Holt said. No crack had been seen. It rains today.",
            &[
                ("The port was safe", Some("Ana Holt")),
                ("No crack had been seen", Some("Ana Holt")),
                ("It rains today", None),
            ],
        );
        check(
            "Divers found no crack, and the mayor said that the port was safe.",
            &[
                ("Divers found no crack", Some("Divers")),
                ("the port was safe", Some("the mayor")),
            ],
        );
        check(
            "The mayor was asked about it.\nHOLT: The port was safe. Nobody was hurt.",
            &[
                ("The mayor was asked about it", None),
                ("The port was safe", Some("HOLT")),
                ("Nobody was hurt", Some("HOLT")),
            ],
        );
        let got = claims("The port was shut on Monday. Ana Holt told us so.");
        assert_eq!(got[0].1.as_deref(), Some("Ana Holt"));
    }

    #[test]
    fn a_pronoun_means_the_latest_mention_that_fits() {
        for (text, speaker) in [
            (
                "A worker at the park spoke to the Gazette. “One is missing,” he said.",
                "A worker at the park",
            ),
            (
                "Ana Holt left the Gull Company. It said that the port was safe.",
                "Gull Company",
            ),
            (
                "The owner, Ana Holt, has two ships. She said that the port was safe.",
                "Ana Holt",
            ),
            (
                "Ms Holt met Mr Reed. She said that the port was safe.",
                "Holt",
            ),
            (
                "Ana Holt spoke first. The morning after, she said that the port was safe.",
                "Ana Holt",
            ),
            (
                "The director of the zoo, Ana Holt, was there. The director said that the port was safe.",
                "Ana Holt",
            ),
        ] {
            let got = claims(text);
            let last = got.last().and_then(|c| c.1.as_deref());
            assert_eq!(last, Some(speaker), "{text}");
        }
    }

    #[test]
    fn a_verb_may_join_what_its_speaker_does() {
        for (text, last) in [
            (
                "The mayor signed a letter on Sunday and said that the port was safe.",
                "the port was safe",
            ),
            (
                "The club issued a statement saying the port was safe.",
                "the port was safe",
            ),
            (
                "The mayor left the hall, saying the port was safe.",
                "the port was safe",
            ),
            (
                "The mayor continues to warn that the port is unsafe.",
                "the port is unsafe",
            ),
            (
                "The mayor made clear that the port was safe.",
                "the port was safe",
            ),
        ] {
            let got = claims(text);
            let (words, speaker, _) = got.last().unwrap();
            let known = matches!(speaker.as_deref(), Some("The mayor" | "The club"));
            assert!(words == last && known, "{text}: {got:?}");
        }
    }

    #[test]
    fn frames_stand_amid_their_statement() {
        check(
            "The dead, the mayor said, were guards.",
            &[("The dead, the mayor said, were guards", Some("the mayor"))],
        );
        check(
            "Turnout, according to the mayor, has risen since Monday.",
            &[(
                "Turnout, according to the mayor, has risen since Monday",
                Some("the mayor"),
            )],
        );
        check(
            "At one point, the mayor said, the port was closed.",
            &[("the port was closed", Some("the mayor"))],
        );
        check(
            "“The port is safe,” said Ana Holt, a skipper who was there, “and the quay is new.”",
            &[
                ("The port is safe", Some("Ana Holt")),
                ("the quay is new", Some("Ana Holt")),
            ],
        );
        check(
            "The port was safe, so the mayor.",
            &[("The port was safe", Some("the mayor"))],
        );
        check(
            "As reported by the Post, the port was closed.",
            &[("the port was closed", Some("the Post"))],
        );
    }

    #[test]
    fn nouns_report_nothing() {
        for text in [
            "A work-related call closed the port.",
            "In view of the strike, the port was closed.",
            "The port was closed for five points on the map.",
            "The pledged boats were late at the port.",
        ] {
            let got = claims(text);
            assert!(got.iter().all(|c| c.1.is_none()), "{text}: {got:?}");
        }
    }

    #[test]
    fn attitudes_may_be_nobodys() {
        let cue = |text: &str| {
            let article = Article::new("Post", text);
            let claim = Extractor::default().claims(&article).swap_remove(0);
            (claim.attribution.cue.is_some(), claim.attribution.speaker)
        };
        assert_eq!(cue("There was criticism of the port."), (true, None));
        assert_eq!(
            cue("The plan met with criticism from the mayor."),
            (true, Some("the mayor".to_owned()))
        );
        assert_eq!(cue("It is open whether the port is closed."), (true, None));
        assert_eq!(cue("The mayor spoke to the crowd."), (false, None));
        assert_eq!(cue("The mayor appeared in court."), (false, None));
        assert_eq!(
            cue("Groups backing the port sang."),
            (true, Some("Groups".to_owned()))
        );
    }
}
