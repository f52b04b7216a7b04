//! What is read once from a statement and used in every comparison with it.

use super::Rarity;
use super::figures::Counted;
#[cfg(feature = "neural")]
use super::network::{Kept, Sequence};
use super::setting::Setting;
use super::student;
use crate::block;
use crate::lexicon::{Cue, CueMatch, Lexicon, root};
use crate::model::{AnnotationKind, Article, Claim, Stance};
use crate::text::{
    self, Date, DateMention, Name, NameMatch, Quantity, Span, Spelling, Token, TokenKind,
    match_spelled,
};
use crate::vectors::{Vectors, WordVector};
#[cfg(feature = "neural")]
use std::sync::OnceLock;

/// A statement to compare, with what is known around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Statement<'a> {
    /// Its words.
    pub text: &'a str,
    /// What stands before it in its sentence, or the sentence before it where that is what it speaks of; empty where nothing
    /// is known.
    pub before: &'a str,
    /// What stands after it in its sentence.
    pub after: &'a str,
    /// The sentence or passage that it stands in.
    pub context: Option<&'a str>,
    /// The proposition that its 'this' or 'such a scenario' points to: where it rejects or denies, this is what it rejects.
    pub pointed: Option<&'a str>,
    /// The article's headline: a claim that rejects something may name it nowhere else.
    pub topic: Option<&'a str>,
    /// Day of publication; relative dates need it.
    pub published: Option<Date>,
    /// The outlet.
    pub source: Option<&'a str>,
    /// Who says it; `None` is the outlet.
    pub speaker: Option<&'a str>,
    /// How the speaker stands to it.
    pub stance: Stance,
    /// What its article is about. [`Statement::of_claim`] leaves it out: it is made once for all claims of an article, and put in
    /// as `Statement { setting: Some(&setting), ..Statement::of_claim(article, claim, lexicon) }`.
    pub setting: Option<&'a Setting>,
}

impl<'a> Statement<'a> {
    /// A claim as its article gives it, in its sentence. Of the claim's own annotations only the proposition that it points to is used: names,
    /// figures, days and polarity are read from its words again.
    pub fn of_claim(article: &'a Article, claim: &'a Claim, lexicon: &Lexicon) -> Self {
        let pointed = claim
            .annotations
            .iter()
            .find(|a| a.kind == AnnotationKind::Proposition)
            .map(|a| a.text.as_str());
        let around = |start: usize, end: usize| article.text.get(start..end).unwrap_or_default();
        let own = claim.span.of(&article.text).unwrap_or_default();
        let mut before = around(claim.sentence.start, claim.span.start);
        if before.trim().len() < 3 && begins_with_a_pronoun(own) {
            // Who 'he' is stands in the sentence before, mostly at its start.
            // Looked for nearby only: a page may be one long line.
            let end = claim.sentence.start.min(claim.span.start);
            let start = (end.saturating_sub(NEARBY)..=end)
                .find(|at| article.text.is_char_boundary(*at))
                .unwrap_or(end);
            let earlier = around(start, end).trim_end();
            let line = earlier.lines().next_back().unwrap_or_default();
            before = text::sentences(line, lexicon)
                .last()
                .and_then(|s| s.of(line))
                .unwrap_or_default();
        }
        Self {
            text: own,
            before,
            after: around(claim.span.end, claim.sentence.end),
            context: claim.sentence.of(&article.text),
            pointed,
            topic: article.title.as_deref(),
            published: article.published,
            source: Some(&article.source),
            speaker: claim.attribution.speaker.as_deref(),
            stance: claim.stance,
            setting: None,
        }
    }
}

/// Text without anything known around it.
impl<'a> From<&'a str> for Statement<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// Text without anything known around it.
impl<'a> From<&'a String> for Statement<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

fn begins_with_a_pronoun(text: &str) -> bool {
    let first = text
        .split(|c: char| !c.is_alphabetic())
        .find(|w| !w.is_empty());
    first.is_some_and(|w| {
        let w = w.to_lowercase();
        matches!(
            w.as_str(),
            "he" | "she"
                | "it"
                | "they"
                | "his"
                | "her"
                | "its"
                | "their"
                | "this"
                | "that"
                | "these"
                | "those"
                | "such"
        )
    })
}

/// A content word of a statement, ready to be aligned.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) span: Span,
    pub(crate) word: String,
    pub(crate) stem: String,
    /// What its opposites are listed under.
    pub(crate) root: String,
    pub(crate) vector: Option<WordVector>,
    /// How much the word tells by itself, 0 to 1: background rarity, less for reporting frames.
    pub(crate) weight: f32,
    /// Index into `names`, where the word is part of one.
    pub(crate) name: Option<usize>,
    /// Whether a negator stands close before it.
    pub(crate) negated: bool,
    /// Comes from the context, not from the statement itself.
    pub(crate) borrowed: bool,
}

/// The analysis of one statement. Costs some tens of microseconds; make it once and keep it. Of a very long text the first 400
/// words and marks count.
#[derive(Debug, Clone)]
pub struct Reading {
    pub(crate) text: String,
    /// The same in lower case.
    pub(crate) lower: String,
    /// What tells word-for-word copies.
    pub(crate) copy_key: u64,
    pub(crate) items: Vec<Item>,
    pub(crate) stems: Vec<String>,
    /// Mean vector of its own words, weighted by how much each tells.
    pub(crate) mean: Option<WordVector>,
    pub(crate) names: Vec<Name>,
    spellings: Vec<Spelling>,
    pub(crate) quantities: Vec<Quantity>,
    /// What each of them counts.
    pub(crate) counted: Vec<Counted>,
    pub(crate) dates: Vec<DateMention>,
    /// Things called by a number, 'Terminal 3': stem, number, place.
    pub(crate) numbered: Vec<(String, String, Span)>,
    pub(crate) cues: Vec<(Cue, Span)>,
    pub(crate) published: Option<Date>,
    pub(crate) stance: Stance,
    pub(crate) question: bool,
    pub(crate) speaker: Option<String>,
    /// Whether anything is known of where or when it was said.
    pub(crate) placed: bool,
    pub(crate) setting: Option<Setting>,
    /// What it rejects, where that stands in another sentence and it says little itself.
    pub(crate) rejected: Option<Box<Reading>>,
    /// What the student made of it, once it was asked.
    pub(crate) studied: student::Kept,
    /// What stands before and after it, for the network.
    #[cfg(feature = "neural")]
    around: [Box<str>; 2],
    #[cfg(feature = "neural")]
    sequence: OnceLock<Sequence>,
    /// What the network made of it, once it was asked.
    #[cfg(feature = "neural")]
    pub(crate) kept: Kept,
}

/// A rejection with so few words of matter says little beside what it points to.
const BARE: usize = 4;
/// Words and marks of a statement that are compared; a pair costs their product.
const LONGEST: usize = 400;
/// Bytes before a claim in which the sentence before it is looked for.
const NEARBY: usize = 600;
/// Words between a negator and the word that it is taken to negate.
const NEGATION_REACH: usize = 4;
/// What a word of a reporting frame ('the ministry said') weighs beside one of the content.
const FRAME_WEIGHT: f32 = 0.25;
/// What a word borrowed from the context weighs.
const BORROWED_WEIGHT: f32 = 0.5;

impl Reading {
    /// Reads a statement.
    pub fn new(statement: &Statement<'_>, lexicon: &Lexicon) -> Self {
        let whole = statement.text;
        let mut tokens = text::tokens(whole);
        tokens.truncate(LONGEST);
        let names = text::names(whole, &tokens, lexicon);
        let dates = text::dates(whole, &tokens, statement.published);
        let quantities = text::quantities(whole, &tokens);
        let mut found = lexicon.cues_of(&tokens);
        // The May of '3 May' is no hedge.
        found.retain(|c| {
            tokens
                .get(c.first)
                .is_some_and(|t| !dates.iter().any(|d| d.span.overlaps(t.span)))
        });
        let frame = frames(&tokens, lexicon);
        let mut items = content(
            &tokens,
            &names,
            &dates,
            &quantities,
            &found,
            &frame,
            lexicon,
        );
        let cues: Vec<(Cue, Span)> = found
            .iter()
            .filter(|c| c.first < c.end && c.end <= tokens.len())
            .map(|c| {
                (
                    c.cue,
                    Span::new(tokens[c.first].span.start, tokens[c.end - 1].span.end),
                )
            })
            .collect();
        if cues
            .iter()
            .any(|c| matches!(c.0, Cue::Rejection | Cue::Denial))
        {
            borrow_context(statement, &mut items, lexicon);
        }
        let mut stems: Vec<String> = tokens
            .iter()
            .filter(|t| t.kind != TokenKind::Mark && !lexicon.is_function_word(&t.word))
            .map(Token::stem)
            .collect();
        stems.sort_unstable();
        stems.dedup();
        let own: Vec<(&WordVector, f32)> = items
            .iter()
            .filter(|i| !i.borrowed)
            .filter_map(|i| Some((i.vector.as_ref()?, i.weight)))
            .collect();
        let mean = Vectors::english().mean(&own);
        let rejects = statement.stance == Stance::Denies
            || (cues.iter()).any(|c| matches!(c.0, Cue::Rejection | Cue::Denial));
        let bare = items.iter().filter(|i| !i.borrowed).count() <= BARE;
        let rejected = statement.pointed.filter(|_| rejects && bare).map(|text| {
            let pointed = Statement {
                text,
                published: statement.published,
                source: statement.source,
                setting: statement.setting,
                ..Statement::default()
            };
            Box::new(Self::new(&pointed, lexicon))
        });
        Self {
            text: whole.to_owned(),
            lower: whole.to_lowercase(),
            copy_key: block::Copies::key(whole, &dates),
            mean,
            stems,
            spellings: names.iter().map(Spelling::new).collect(),
            names,
            numbered: numbered(&tokens, &dates),
            counted: Counted::all(&quantities, &items, whole, lexicon),
            quantities,
            items,
            dates,
            cues,
            published: statement.published,
            stance: statement.stance,
            question: whole.trim_end().ends_with('?'),
            speaker: statement.speaker.map(text::fold),
            placed: statement.source.is_some() || statement.published.is_some(),
            setting: statement.setting.cloned(),
            rejected,
            studied: student::Kept::default(),
            #[cfg(feature = "neural")]
            around: [statement.before.into(), statement.after.into()],
            #[cfg(feature = "neural")]
            sequence: OnceLock::new(),
            #[cfg(feature = "neural")]
            kept: Kept::default(),
        }
    }

    /// The statement's words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its pieces in its sentence, as the network of the shipped judge sees them.
    #[cfg(feature = "neural")]
    pub fn sequence(&self) -> &Sequence {
        self.sequence.get_or_init(|| {
            let [before, after] = &self.around;
            Sequence::new(&Statement {
                before,
                after,
                published: self.published,
                ..Statement::from(&self.text)
            })
        })
    }

    /// Distinct stems of its content words, in alphabetical order.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(String::as_str)
    }

    /// Cosine of the mean vectors of the two statements' words, -1 to 1; 0 where one has no known word.
    pub fn likeness(&self, other: &Reading) -> f32 {
        match (&self.mean, &other.mean) {
            (Some(x), Some(y)) => Vectors::english().similarity(x, y),
            _ => 0.0,
        }
    }

    /// How alike the settings of the two statements' articles are, 0 to 1; `None` where one is not known or tells too little.
    pub(crate) fn setting_likeness(&self, other: &Reading) -> Option<f64> {
        self.setting.as_ref()?.likeness(other.setting.as_ref()?)
    }

    /// The probability that the two statements' articles tell of one event, as far as their names and the rest of a corpus tell;
    /// `None` where there is no corpus or an article is not known.
    pub(crate) fn one_event(&self, other: &Reading, rarity: &Rarity) -> Option<f64> {
        let (x, y) = (self.setting.as_ref()?, other.setting.as_ref()?);
        rarity.one_event(x, y)
    }

    fn spelled(&self) -> impl Iterator<Item = (&Name, &Spelling)> {
        self.names.iter().zip(&self.spellings)
    }

    /// How each of its names fits each of the other's, row by row.
    pub(crate) fn match_names(&self, other: &Reading) -> impl Iterator<Item = NameMatch> {
        let row = |x| other.spelled().map(move |y| match_spelled(x, y));
        self.spelled().flat_map(row)
    }

    /// The day of its publication.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// Its names.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Its quantities.
    pub fn quantities(&self) -> &[Quantity] {
        &self.quantities
    }

    /// Its dates.
    pub fn dates(&self) -> &[DateMention] {
        &self.dates
    }
}

/// The aligned words of a statement, dates and figures left out: these are compared by value.
fn content(
    tokens: &[Token],
    names: &[Name],
    dates: &[DateMention],
    quantities: &[Quantity],
    cues: &[CueMatch],
    frame: &[bool],
    lexicon: &Lexicon,
) -> Vec<Item> {
    let vectors = Vectors::english();
    let mut cued = vec![false; tokens.len()];
    let mut negates = vec![false; tokens.len()];
    for c in cues {
        for at in c.first..c.end.min(tokens.len()) {
            // A cue is compared as a cue; only a bare quantifier or condition may also be matter.
            cued[at] |= !matches!(c.cue, Cue::Future | Cue::Condition);
            negates[at] |= matches!(c.cue, Cue::Negator | Cue::ImplicativeNegative | Cue::None);
        }
    }
    let mut items = Vec::new();
    let mut reach = 0;
    for (at, token) in tokens.iter().enumerate() {
        if negates[at] {
            reach = NEGATION_REACH + 1;
        } else if matches!(token.word.as_ref(), "," | ";" | ":" | "." | "but") {
            reach = 0;
        }
        reach = usize::saturating_sub(reach, 1);
        if token.kind == TokenKind::Mark || cued[at] || lexicon.is_function_word(&token.word) {
            continue;
        }
        let stem = token.stem();
        let name = names.iter().position(|n| n.span.contains(token.span));
        let value = dates.iter().any(|d| d.span.contains(token.span))
            || (token.kind == TokenKind::Number
                && quantities.iter().any(|q| q.span.contains(token.span)))
            || quantities
                .iter()
                .any(|q| q.span.contains(token.span) && q.head.as_ref() != Some(&stem));
        if value && name.is_none() {
            continue;
        }
        let rarity = 0.15 + 0.85 * vectors.rarity(&token.word);
        items.push(Item {
            span: token.span,
            word: token.word.clone().into_owned(),
            stem,
            root: root(&token.word),
            vector: vectors.word(&token.word),
            weight: if frame[at] {
                FRAME_WEIGHT * rarity
            } else {
                rarity
            },
            name,
            negated: reach > 0,
            borrowed: false,
        });
    }
    items
}

/// Things that are called by a number: 'Terminal 3', 'unit 4 of the plant'. No count stands behind a noun.
fn numbered(tokens: &[Token], dates: &[DateMention]) -> Vec<(String, String, Span)> {
    const CALLED: &[&str] = &[
        "article", "block", "chapter", "clause", "district", "flight", "gate", "group", "highway",
        "hall", "lane", "level", "line", "number", "phase", "pier", "platform", "reactor", "road",
        "room", "round", "route", "runway", "section", "sector", "stage", "terminal", "track",
        "unit", "ward", "zone",
    ];
    let called = |at: usize, t: &Token| {
        t.kind == TokenKind::Word && (CALLED.contains(&t.word.as_ref()) || (at > 0 && t.capital))
    };
    tokens
        .windows(2)
        .enumerate()
        .filter(|(at, pair)| {
            let counts = tokens.get(at + 2).is_some_and(|t| {
                t.kind == TokenKind::Word
                    && !matches!(
                        t.word.as_ref(),
                        "of" | "at"
                            | "in"
                            | "on"
                            | "was"
                            | "is"
                            | "and"
                            | "were"
                            | "will"
                            | "has"
                            | "had"
                            | "to"
                            | "for"
                            | "from"
                    )
            });
            called(*at, &pair[0])
                && pair[1].kind == TokenKind::Number
                && pair[1].word.len() < 4
                && !counts
                && !dates.iter().any(|d| d.span.overlaps(pair[1].span))
        })
        .map(|(_, pair)| {
            let span = Span::new(pair[0].span.start, pair[1].span.end);
            (pair[0].stem(), pair[1].word.clone().into_owned(), span)
        })
        .collect()
}

/// Marks the words of reporting frames: 'the ministry said that', ', police said', 'according to X'. They say who speaks,
/// which is not what the statement is about.
fn frames(tokens: &[Token], lexicon: &Lexicon) -> Vec<bool> {
    let mut frame = vec![false; tokens.len()];
    let ends = |t: &Token| matches!(t.word.as_ref(), "," | ";" | ":" | "." | "\"" | "?" | "!");
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let reports = token.kind == TokenKind::Word && lexicon.report(&token.word).is_some();
        let according =
            token.word == "according" && tokens.get(at + 1).is_some_and(|t| t.word == "to");
        if reports {
            let start = (0..at)
                .rev()
                .find(|&i| ends(&tokens[i]))
                .map_or(0, |i| i + 1);
            let next = tokens.get(at + 1);
            let closes = next.is_none_or(ends);
            let opens = next
                .is_some_and(|t| matches!(t.word.as_ref(), "that" | ":" | "," | "\"" | "on"))
                || start == 0;
            // A long subject is matter of its own ('the man who robbed the bank said'): leave it in.
            if at - start <= 12 && (closes && start > 0 || opens && !closes) {
                frame[start..=at].fill(true);
            }
            if start > 0 && tokens[start - 1].word == "," && at == start {
                // ', said X, head of Y.'
                let end = (at..tokens.len())
                    .find(|&i| tokens[i].word == ".")
                    .unwrap_or(tokens.len());
                if end - at <= 14 {
                    frame[at..end].fill(true);
                    at = end;
                    continue;
                }
            }
        } else if according {
            let end = (at + 2..tokens.len())
                .find(|&i| ends(&tokens[i]))
                .unwrap_or(tokens.len());
            if end - at <= 12 {
                frame[at..end].fill(true);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    frame
}

/// A rejection often rejects what stands before it ('The implementation of such a scenario is illogical'): its context's
/// words are borrowed, at less weight.
fn borrow_context(statement: &Statement<'_>, items: &mut Vec<Item>, lexicon: &Lexicon) {
    let vectors = Vectors::english();
    let around = [statement.pointed.or(statement.context), statement.topic];
    let around = around.into_iter().flatten();
    for token in around.flat_map(text::tokens) {
        if items.len() >= 60 {
            break;
        }
        if token.kind != TokenKind::Word || lexicon.is_function_word(&token.word) {
            continue;
        }
        let stem = token.stem();
        if items.iter().any(|i| i.stem == stem) {
            continue;
        }
        items.push(Item {
            span: Span::default(),
            weight: BORROWED_WEIGHT * (0.15 + 0.85 * vectors.rarity(&token.word)),
            vector: vectors.word(&token.word),
            root: root(&token.word),
            word: token.word.into_owned(),
            stem,
            name: None,
            negated: false,
            borrowed: true,
        });
    }
}
