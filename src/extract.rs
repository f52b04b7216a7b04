//! Article text to claims: page furniture left out, sentences cut into clauses, speakers and their stance found.
//!
//! Knows one article, and of others only the [`SourceProfile`] that is passed in. Total: odd text gives odd claims or none,
//! never an error. Linear in the text's length.

mod antecedent;
mod attribution;
mod clause;
mod foreign;
mod furniture;
mod profile;
mod quotation;
mod salience;
mod signature;
mod speaker;
mod stance;
mod voice;

use crate::lexicon::Lexicon;
use crate::model::{Annotation, AnnotationKind, Article, Attribution, Claim, Polarity};
use crate::text::{self, Name, Span, Token, TokenKind};
use attribution::{Said, Scene};
use signature::Signature;
use speaker::Cast;
use std::borrow::Cow;

pub use profile::SourceProfile;

/// Bytes of text for each claim, about.
const STATEMENT: usize = 120;
/// Words of a claim in which 'this' and 'such a scenario' are looked for.
const POINTER_WORDS: usize = 40;

/// Finds the claims of articles. Cheap to clone; safe to share between threads.
///
/// ```
/// use claimgraph::{Article, extract::Extractor};
/// let article = Article::new("Tessel Post", "The minister said that the port had never been closed.");
/// let claims = Extractor::default().claims(&article);
/// assert_eq!(claims[0].span.of(&article.text), Some("the port had never been closed"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Extractor {
    lexicon: Lexicon,
}

impl Extractor {
    /// An extractor with the given word lists.
    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon }
    }

    /// The word lists in use.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The article's claims, in the order of the text; they never overlap. Of an article in another language than English
    /// ([`Article::is_english`]) they are its sentences, without speakers or anything else that words would have to tell.
    pub fn claims(&self, article: &Article) -> Vec<Claim> {
        self.read(article, None)
    }

    /// The same with what is known of the source's pages.
    pub fn claims_with(&self, article: &Article, profile: &SourceProfile) -> Vec<Claim> {
        self.read(article, Some(profile))
    }

    /// The lines that are left out as page furniture, in order; of long ones perhaps only a sentence.
    pub fn furniture(&self, article: &Article) -> Vec<Span> {
        furniture::part(article, None, &self.lexicon).furniture
    }

    /// The same with what is known of the source's pages.
    pub fn furniture_with(&self, article: &Article, profile: &SourceProfile) -> Vec<Span> {
        furniture::part(article, Some(profile), &self.lexicon).furniture
    }

    /// The sentences of the article's story, in order: those that claims are looked for in.
    pub fn sentences(&self, article: &Article) -> Vec<Span> {
        let paragraphs = furniture::part(article, None, &self.lexicon).paragraphs;
        let found = paragraphs.into_iter().flat_map(|paragraph| {
            let words = in_one_line(paragraph.of(&article.text).unwrap_or_default());
            let sentences = text::sentences(&words, &self.lexicon);
            sentences.into_iter().map(move |s| s.shift(paragraph.start))
        });
        found.collect()
    }

    fn read(&self, article: &Article, profile: Option<&SourceProfile>) -> Vec<Claim> {
        let whole = article.text.as_str();
        let page = furniture::part(article, profile, &self.lexicon);
        if !article.is_english() {
            return foreign::claims(whole, &page.paragraphs, &self.lexicon);
        }
        let voice = voice::of(article, &page, &self.lexicon);
        // ASCII letters change their case in place, so that words can be borrowed from it.
        let lowered = whole.to_ascii_lowercase();
        let mut cast = Cast::of(voice.clone());
        let mut claims: Vec<Claim> = Vec::with_capacity(whole.len() / STATEMENT);
        for paragraph in page.paragraphs {
            let Some(words) = paragraph.of(whole) else {
                continue;
            };
            let words = &in_one_line(words);
            let quotes: Vec<Span> = quotation::quotations(words)
                .into_iter()
                .map(|s| s.shift(paragraph.start))
                .collect();
            let signature = signature::of(words);
            cast.paragraph();
            let first_of_paragraph = claims.len();
            let mut heard: Option<String> = None;
            // Who speaks all of the paragraph, where it begins with a label: 'HOLT: '.
            let mut transcript: Option<String> = None;
            for sentence in text::sentences(words, &self.lexicon) {
                if signature.is_some_and(|s| s.start <= sentence.start) {
                    break;
                }
                let sentence = sentence.shift(paragraph.start);
                let Some(raw) = sentence.of(whole) else {
                    continue;
                };
                let lowered = sentence.of(&lowered).unwrap_or(raw);
                let tokens = text::tokens_at(raw, lowered, sentence.start);
                let names = text::names(whole, &tokens, &self.lexicon);
                cast.names(whole, &tokens, &names, &self.lexicon);
                let scene = Scene::new(whole, sentence, &tokens, &quotes, &self.lexicon);
                let parts = scene.contents(&mut cast);
                // 'Two people in the room told us so': the sentence before is theirs.
                if let Some((speaker, cue)) = scene.said_so(&mut cast) {
                    let last = claims[first_of_paragraph..].last().map(|c| c.sentence);
                    let near = claims[first_of_paragraph..].iter_mut().rev();
                    for claim in near.take_while(|c| Some(c.sentence) == last) {
                        if claim.attribution.speaker.is_none() {
                            claim.attribution.speaker = Some(speaker.clone());
                            claim.attribution.cue = cue;
                        }
                    }
                }
                let reported = parts.iter().rev().find(|p| p.cue.is_some() || p.direct);
                let goes_on = heard.take();
                transcript = scene.label().or(transcript);
                heard = reported.and_then(|p| p.speaker.clone());
                for part in parts {
                    for span in
                        clause::clauses(whole, &tokens, scene.finite(), part.span, &self.lexicon)
                    {
                        let own = part.speaker.is_none() && part.cue.is_none();
                        if own && !part.direct && !clause::states(&tokens, span, &self.lexicon) {
                            continue;
                        }
                        let attitude = own.then(|| scene.attitude(span, &mut cast)).flatten();
                        // What nobody by name holds may be the last speaker's.
                        let named = attitude.as_ref().is_some_and(|a| a.speaker.is_some());
                        let free = (own && !named && transcript.is_none())
                            .then(|| scene.free_speech(span, goes_on.as_ref()?))
                            .flatten();
                        if free.is_some() && heard.is_none() {
                            heard.clone_from(&goes_on);
                        }
                        let label = transcript.as_ref().filter(|_| own);
                        let label = label.map(|speaker| Said {
                            span,
                            speaker: Some(speaker.clone()),
                            direct: true,
                            ..Said::default()
                        });
                        let said = label.as_ref().or(free.as_ref()).or(attitude.as_ref());
                        let said = said.unwrap_or(&part);
                        let before = claims.last();
                        let claim =
                            self.claim(article, sentence, span, said, (&tokens, &names), before);
                        claims.push(claim);
                    }
                }
            }
            cast.give_open_quotes(&mut claims[first_of_paragraph..]);
            if let Some(signature) = signature {
                sign(&mut claims[first_of_paragraph..], &signature);
            }
        }
        cast.give_full_names(&mut claims);
        for claim in &mut claims {
            // What nobody by name says is the author's, or that of whoever publishes its own statement.
            if claim.attribution.speaker.is_none() && !claim.attribution.direct && voice.is_some() {
                claim.attribution.speaker.clone_from(&voice);
                claim.attribution.cue = None;
            }
            let speaker = claim.attribution.speaker.as_deref();
            claim.salience = salience::with_speaker(claim.salience, speaker);
        }
        claims
    }

    fn claim(
        &self,
        article: &Article,
        sentence: Span,
        span: Span,
        said: &Said,
        (tokens, names): (&[Token], &[Name]),
        before: Option<&Claim>,
    ) -> Claim {
        let whole = article.text.as_str();
        let first = tokens.partition_point(|t| t.span.start < span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        let own = tokens.get(first..end).unwrap_or_default();
        let cues = self.lexicon.cues_of(own);
        let days = text::dates(whole, own, article.published);
        let words = stance::Words {
            tokens: own,
            cues: &cues,
            days: &days,
        };
        let stance = stance::of(&words, said, before);
        let negative = words.negative();
        let annotations = self
            .proposition(whole, span, tokens, before)
            .into_iter()
            .collect();
        let mut claim = Claim {
            span,
            sentence,
            attribution: Attribution {
                speaker: said.speaker.clone(),
                via: said.via.clone(),
                direct: said.direct,
                cue: said.cue,
            },
            stance,
            polarity: if negative {
                Polarity::Negative
            } else {
                Polarity::Positive
            },
            names: match only_marks_around(tokens, first, end) {
                true => names.to_vec(),
                false => text::names(whole, own, &self.lexicon),
            },
            quantities: text::quantities(whole, own),
            dates: days,
            annotations,
            salience: 0.0,
        };
        claim.salience = salience::of_words(&claim, own, &cues, &self.lexicon);
        claim
    }

    /// What 'this', 'such a scenario' or 'the claim' of a rejecting claim points to: the claim before it.
    fn proposition(
        &self,
        whole: &str,
        span: Span,
        tokens: &[Token],
        before: Option<&Claim>,
    ) -> Option<Annotation> {
        let before = before?;
        let first = tokens.partition_point(|t| t.span.start < span.start);
        // What points back stands near a claim's beginning; a long sentence has many claims to look at.
        let near = &tokens[first..tokens.len().min(first + POINTER_WORDS)];
        let inside = &near[..near.partition_point(|t| t.span.end <= span.end)];
        let word = |at: usize| inside.get(at).map_or("", |t| t.word.as_ref());
        let verb =
            |word: &str| self.lexicon.is_function_word(word) || self.lexicon.report(word).is_some();
        // 'It is absurd to say that P' says itself what is absurd.
        let says_itself =
            |from: usize| (from..inside.len()).any(|i| matches!(word(i), "that" | "to"));
        let pointer = inside.iter().enumerate().find(|(at, t)| {
            let next = word(at + 1);
            match t.word.as_bytes() {
                b"this" => next.is_empty() || verb(next),
                b"that" | b"it" => *at == 0 && verb(next) && !says_itself(1),
                b"such" => next != "as",
                b"the" => {
                    let noun = self.lexicon.report_noun(next).is_some() || next == "idea";
                    noun && !matches!(word(at + 2), "that" | "of")
                }
                _ => false,
            }
        })?;
        Some(Annotation {
            span: pointer.1.span,
            kind: AnnotationKind::Proposition,
            text: before.span.of(whole)?.to_owned(),
        })
    }
}

/// Whether a stretch of a sentence has the names of the sentence: nothing stands around it but marks, and before it none that would
/// take its beginning for the middle of a sentence.
fn only_marks_around(tokens: &[Token], first: usize, end: usize) -> bool {
    let (before, after) = (tokens.get(..first), tokens.get(end..));
    let opens = |t: &Token| matches!(t.word.as_ref(), "\"" | "'" | "(" | "[" | "*");
    before.is_some_and(|b| b.iter().all(opens))
        && after.is_some_and(|a| a.iter().all(|t| t.kind == TokenKind::Mark))
}

/// Gives the quotations of a signed paragraph to whoever signed it.
fn sign(claims: &mut [Claim], signature: &Signature) {
    for claim in claims {
        let said = &mut claim.attribution;
        if said.speaker.is_none() && (said.direct || signature.post) {
            said.speaker = Some(signature.name.to_owned());
            said.direct = true;
        }
    }
}

/// A paragraph with its line ends as spaces: there a page was broken to a width. Nothing moves.
fn in_one_line(paragraph: &str) -> Cow<'_, str> {
    match paragraph.contains(['\n', '\r']) {
        true => Cow::Owned(paragraph.replace(['\n', '\r'], " ")),
        false => Cow::Borrowed(paragraph),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stance;

    /// Each claim's words, speaker and stance.
    pub(super) fn claims(text: &str) -> Vec<(String, Option<String>, Stance)> {
        let article = Article::new("Tessel Post", text);
        Extractor::default()
            .claims(&article)
            .into_iter()
            .map(|c| {
                (
                    c.span.of(text).unwrap().to_owned(),
                    c.attribution.speaker,
                    c.stance,
                )
            })
            .collect()
    }

    /// That a text has these claims, with these speakers.
    #[track_caller]
    pub(super) fn check(text: &str, want: &[(&str, Option<&str>)]) {
        let got = claims(text);
        let got: Vec<(&str, Option<&str>)> = got
            .iter()
            .map(|(t, s, _)| (t.as_str(), s.as_deref()))
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn reports_before_after_and_around_their_content() {
        check(
            "Minister Ana Holt said that the port was safe.",
            &[("the port was safe", Some("Ana Holt"))],
        );
        check(
            "The port was safe, Ana Holt said.",
            &[("The port was safe", Some("Ana Holt"))],
        );
        check(
            "The port was safe, according to Ana Holt.",
            &[("The port was safe", Some("Ana Holt"))],
        );
        check(
            "According to Ana Holt, the port was safe.",
            &[("the port was safe", Some("Ana Holt"))],
        );
        check(
            "“The port was safe,” said Ana Holt.",
            &[("The port was safe", Some("Ana Holt"))],
        );
        check(
            "Nothing was found at the port.",
            &[("Nothing was found at the port", None)],
        );
    }

    #[test]
    fn frames_end_where_the_content_begins() {
        for (text, content, speaker) in [
            (
                "Security officials in two neighbouring states believe that arms could pass.",
                "arms could pass",
                "Security officials in two neighbouring states",
            ),
            (
                "The two sides are expected to sign contracts, the government said.",
                "The two sides are expected to sign contracts",
                "the government",
            ),
            (
                "On Monday Mayor Ana Holt said that the bridge had collapsed.",
                "the bridge had collapsed",
                "Ana Holt",
            ),
            (
                "Ana Holt said on Friday the deal was off.",
                "the deal was off",
                "Ana Holt",
            ),
            (
                "She was told by the doctors that nobody was hurt.",
                "nobody was hurt",
                "the doctors",
            ),
            (
                "Two of the lawyers involved say that the port was safe.",
                "the port was safe",
                "Two of the lawyers involved",
            ),
            (
                "A bank official, who asked not to be named, said the port was safe.",
                "the port was safe",
                "A bank official",
            ),
            (
                "“Not a cent changed hands,” said Ana Holt when she was asked about a price in the upper house.",
                "Not a cent changed hands",
                "Ana Holt",
            ),
            (
                "The port will be closed in May, as her counsel Ana Holt confirmed to us.",
                "The port will be closed in May",
                "Ana Holt",
            ),
            (
                "The mayor is convinced that the port was safe.",
                "the port was safe",
                "The mayor",
            ),
            (
                "''The port was safe,'' said Ana Holt.",
                "The port was safe",
                "Ana Holt",
            ),
        ] {
            check(text, &[(content, Some(speaker))]);
        }
    }

    #[test]
    fn attitudes_name_whose_they_are_and_keep_the_words() {
        check(
            "Ana Holt wants to close the port in May.",
            &[("Ana Holt wants to close the port in May", Some("Ana Holt"))],
        );
        check(
            "The larger order closed the port in May.",
            &[("The larger order closed the port in May", None)],
        );
        check(
            "The port was praised by everybody in May.",
            &[(
                "The port was praised by everybody in May",
                Some("everybody"),
            )],
        );
        check(
            "The port was left alone, with Ana Holt calling it a swamp.",
            &[(
                "The port was left alone, with Ana Holt calling it a swamp",
                Some("Ana Holt"),
            )],
        );
        check(
            "Ana Holt’s refusal to close the port angered many.",
            &[(
                "Ana Holt’s refusal to close the port angered many",
                Some("Ana Holt"),
            )],
        );
        check(
            "The northern states of the union closed the port.",
            &[("The northern states of the union closed the port", None)],
        );
        check(
            "Ana Holt did not say that the port was safe.",
            &[("Ana Holt did not say that the port was safe", None)],
        );
    }

    #[test]
    fn forecasts_are_of_what_lies_ahead() {
        for (text, stance) in [
            ("Ana Holt said that the port would close.", Stance::Predicts),
            (
                "Ana Holt said that the wall would have held.",
                Stance::Asserts,
            ),
            (
                "Ana Holt thinks that the port will close.",
                Stance::Predicts,
            ),
            ("Ana Holt suspects that the port is safe.", Stance::Hedges),
            ("Ana Holt thinks that the port may close.", Stance::Hedges),
            ("Ana Holt doubted that the port was safe.", Stance::Denies),
        ] {
            assert_eq!(claims(text)[0].2, stance, "{text}");
        }
    }

    #[test]
    fn a_denied_clause_carries_the_stance() {
        let got = claims("The ministry denied that the port had been closed.");
        assert_eq!(got[0].2, Stance::Denies);
        assert_eq!(got[0].0, "the port had been closed");
    }

    #[test]
    fn pronouns_and_short_forms_get_the_full_name() {
        let got = claims(
            "Ana Holt visited the port on Monday. Holt said the quay was safe. “We saw no crack,” she said.",
        );
        assert!(
            got[1..].iter().all(|c| c.1.as_deref() == Some("Ana Holt")),
            "{got:?}"
        );
    }

    #[test]
    fn what_points_to_the_claim_before_is_found() {
        let pointed = |second: &str| {
            let text = format!("The port is an arms hub. {second}");
            let claims = Extractor::default().claims(&Article::new("Post", text));
            let last = claims.last().expect("two claims");
            let found = last.annotations.first();
            found.is_some_and(|a| {
                assert_eq!(a.text, "The port is an arms hub", "{second}");
                true
            })
        };
        for points in [
            "Such a hub would be illogical.",
            "This is nonsense.",
            "That is untrue.",
            "It is untrue.",
            "The claim is absurd.",
        ] {
            assert!(pointed(points), "{points}");
        }
        for says_itself in [
            "It makes no sense to ship arms by rail.",
            "The idea that it ships arms is absurd.",
            "To say that he ships arms is a fairy tale.",
            "Since then it has rejected every offer.",
            "Goods such as arms are illegal.",
        ] {
            assert!(!pointed(says_itself), "{says_itself}");
        }
    }

    #[test]
    fn names_are_written_as_the_article_writes_them() {
        for name in [
            "Ronald McDonald",
            "Ursula von der Leyen",
            "John F. Kennedy",
            "Ron DeSantis",
        ] {
            let text =
                format!("The mayor met {name} on Monday. {name} said that the quay was safe.");
            let got = claims(&text);
            let speaker = got.last().and_then(|c| c.1.as_deref());
            assert_eq!(speaker, Some(name), "{got:?}");
        }
    }

    #[test]
    fn nested_reports_name_the_innermost_source() {
        let article = Article::new(
            "Post",
            "Ana Holt said that Jon Reed had denied that the port was closed.",
        );
        let claim = &Extractor::default().claims(&article)[0];
        assert_eq!(claim.attribution.speaker.as_deref(), Some("Jon Reed"));
        assert_eq!(claim.attribution.via, ["Ana Holt"]);
        assert_eq!(claim.stance, Stance::Denies);
    }

    #[test]
    fn signed_quotations_and_posts_have_their_speaker() {
        check(
            "People were asked.\n“The port was safe.” – Ana Holt, master",
            &[
                ("People were asked", None),
                ("The port was safe", Some("Ana Holt")),
            ],
        );
        check(
            "The port is safe! — Ana Holt (@holt) May 3, 2018",
            &[("The port is safe", Some("Ana Holt"))],
        );
    }

    #[test]
    fn a_row_of_names_claims_nothing() {
        check(
            "The port was shut. Ana Holt, Tessel Post.",
            &[("The port was shut", None)],
        );
        check("Belport is in Tessel.", &[("Belport is in Tessel", None)]);
    }

    #[test]
    fn questions_and_empty_texts_claim_nothing() {
        assert!(claims("Who closed the port?").is_empty());
        assert!(claims("").is_empty());
    }

    #[test]
    fn a_negation_denies_where_somebody_means_it_to() {
        for (text, stance) in [
            (
                "Ana Holt said that she had never seen the port.",
                Stance::Denies,
            ),
            (
                "Not one crown was paid for the port, Ana Holt said.",
                Stance::Denies,
            ),
            ("Ana Holt said that the port was not deep.", Stance::Asserts),
            (
                "Ana Holt admitted that no ship had used the port.",
                Stance::Asserts,
            ),
            ("No ship has used the port.", Stance::Asserts),
        ] {
            assert_eq!(claims(text)[0].2, stance, "{text}");
        }
        let got = claims(
            "The talk of a sale is baseless, Ana Holt said. The port was not sold, she said.",
        );
        assert_eq!((got[0].2, got[1].2), (Stance::Denies, Stance::Denies));
    }

    #[test]
    fn the_month_of_may_is_no_hedge() {
        for (text, stance) in [
            ("The port was closed in May.", Stance::Asserts),
            ("In May the port was closed.", Stance::Asserts),
            ("Theresa May opened the port.", Stance::Asserts),
            ("The port may close.", Stance::Hedges),
        ] {
            assert_eq!(claims(text)[0].2, stance, "{text}");
        }
    }

    #[test]
    fn labels_speak_where_they_name_a_person() {
        let with = |label: &str| {
            claims(&format!(
                "The mayor was asked about it.\n{label}: The port was safe. Nobody was hurt."
            ))
        };
        for label in ["UPDATE", "NOTE", "Q", "PARIS"] {
            let got = with(label);
            assert_eq!(got.last().and_then(|c| c.1.clone()), None, "{label}");
        }
        assert_eq!(with("ANA HOLT")[2].1.as_deref(), Some("Ana Holt"));
    }
}
