//! What a query asks for: its words with their weights, and the days that it names.

use super::rank;
use super::{hashtag, spelling};
use crate::block::{self, Index, Term};
use crate::lexicon::{Is, Lexicon};
use crate::text::{self, Interval, Token, TokenKind};
use crate::vectors::{Vectors, WordVector};
use std::collections::BTreeMap;

/// A query, read.
pub(super) struct Asked {
    /// Its words of matter, each stem once, in alphabetical order.
    pub(super) words: Vec<Word>,
    /// The days, months or years that it names.
    pub(super) days: Vec<Interval>,
    /// Mean vector of the words that the index knows, by their weights.
    pub(super) mean: Option<WordVector>,
    /// What else than words a claim may share with it: a country, a figure, a direction.
    pub(super) terms: Vec<Term>,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) stem: String,
    /// One of the words that have this stem, as it stands in the query.
    pub(super) word: String,
    /// How much it counts: where it stands in the query, how often, and how rare it is.
    pub(super) weight: f32,
    /// Claims of the index that hold it.
    pub(super) spread: usize,
}

/// Words and marks of a query that count.
const LONGEST: usize = 400;
/// Weight of the words of a post's signature: who wrote it, and when.
const SIGNATURE: f32 = 0.6;
/// Weight of a handle, '@name': whom it is addressed to.
const HANDLE: f32 = 0.8;
/// Weight of two words of the query that the corpus writes as one, 'food stamps' for 'foodstamps'.
const JOINED: f32 = 0.8;
/// Weight of another spelling of a word that neither the corpus nor English knows.
const RESPELT: f32 = 0.6;
/// How many such words are looked for in other spellings.
const RESPELT_WORDS: usize = 6;
/// How soon a word said again counts no more: two times is worth a third more than one, ever so often twice as much.
const REPEATED: f32 = 1.0;
/// Share of a word's rarity that depends on how rare it is in English, the rest being how rare it is in the corpus alone.
const BACKGROUND: f32 = 0.5;
/// Letters of two words that make one, at the least.
const SHORTEST_JOINED: usize = 5;

impl Asked {
    /// Reads a query for a search in this index.
    pub(super) fn new(words: &str, lexicon: &Lexicon, index: &Index) -> Self {
        // What is longer than any query is cut before it is read.
        let most = rank::floor(words, LONGEST * rank::LETTERS);
        let text = without_links(&words[..most]);
        let mut tokens = text::tokens(&text);
        tokens.truncate(LONGEST);
        let days = text::dates(&text, &tokens, None);
        let mut bag = Bag::default();
        let signed = signature(&text);
        for (at, token) in tokens.iter().enumerate() {
            if token.kind != TokenKind::Mark {
                bag.add_token(&text, &tokens, at, token.span.start >= signed, lexicon);
            }
        }
        bag.join(&tokens, lexicon, index);
        bag.respell(index);
        let words = bag.words(index);
        let mean = mean(&words);
        let direction = mean.as_ref().map(|m| Vectors::english().components(m));
        let mut terms = block::terms(
            std::iter::empty(),
            std::iter::empty(),
            &text::names(&text, &tokens, lexicon),
            &text::quantities(&text, &tokens),
        );
        terms.extend(block::bands(&block::in_steps(
            &direction.unwrap_or_default(),
        )));
        Self {
            words,
            days: days.into_iter().map(|d| d.interval).collect(),
            mean,
            terms,
        }
    }
}

fn mean(words: &[Word]) -> Option<WordVector> {
    let vectors = Vectors::english();
    let known = words.iter().filter(|w| w.spread > 0);
    let known = known.filter_map(|w| Some((vectors.word(&w.word)?, w.weight)));
    let known: Vec<(WordVector, f32)> = known.collect();
    let weighed: Vec<(&WordVector, f32)> = known.iter().map(|(v, weight)| (v, *weight)).collect();
    vectors.mean(&weighed)
}

/// How often a stem stands in a query, the most that one place of it counts, and a word of it.
struct Use {
    word: String,
    weight: f32,
    times: f32,
}

/// The words of a query by their stems.
#[derive(Default)]
struct Bag {
    uses: BTreeMap<String, Use>,
}

impl Bag {
    fn add(&mut self, stem: String, word: &str, weight: f32) {
        let one = self.uses.entry(stem).or_insert_with(|| Use {
            word: word.to_owned(),
            weight,
            times: 0.0,
        });
        one.weight = one.weight.max(weight);
        one.times += 1.0;
    }

    /// Adds a word, and the words that it is made of where it is a hashtag or handle.
    fn add_token(
        &mut self,
        text: &str,
        tokens: &[Token],
        at: usize,
        signed: bool,
        lexicon: &Lexicon,
    ) {
        let token = &tokens[at];
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let before = before.filter(|b| b.span.end == token.span.start);
        let mark = before.map_or("", |b| b.word.as_ref());
        let weight = if signed { SIGNATURE } else { 1.0 };
        let weight = weight * if mark == "@" { HANDLE } else { 1.0 };
        if !lexicon.known(token).is(Is::Grammar) {
            self.add(token.stem(), &token.word, weight);
        }
        if !matches!(mark, "#" | "@") && !token.word.contains('_') {
            return;
        }
        let whole = token.span.of(text).unwrap_or_default();
        for part in hashtag::parts(whole) {
            if !lexicon.is_function_word(&part) {
                self.add(stem_of(&part), &part, weight);
            }
        }
    }

    /// Adds what the corpus writes as one word where the query writes two.
    fn join(&mut self, tokens: &[Token], lexicon: &Lexicon, index: &Index) {
        for pair in tokens.windows(2) {
            let whole = pair
                .iter()
                .all(|t| t.kind == TokenKind::Word && t.word.len() > 1);
            let grammar = pair.iter().all(|t| lexicon.known(t).is(Is::Grammar));
            let joined = format!("{}{}", pair[0].word, pair[1].word);
            if !whole || grammar || joined.len() < SHORTEST_JOINED {
                continue;
            }
            let stem = text::stem(&joined);
            if !self.uses.contains_key(&stem) && index.spread(&stem) > 0 {
                self.add(stem, &joined, JOINED);
            }
        }
    }

    /// Adds other spellings of words that are known neither to the corpus nor in English.
    fn respell(&mut self, index: &Index) {
        let unknown = |(stem, one): &(&String, &Use)| {
            index.spread(stem) == 0 && Vectors::english().rarity(&one.word) >= 1.0
        };
        let words = self.uses.iter().filter(unknown);
        let words: Vec<(String, f32)> = words.map(|(s, one)| (s.clone(), one.weight)).collect();
        for (stem, weight) in words.into_iter().take(RESPELT_WORDS) {
            for other in spelling::near(&stem) {
                if index.spread(&other) > 0 {
                    let word = other.clone();
                    self.add(other, &word, RESPELT * weight);
                }
            }
        }
    }

    fn words(self, index: &Index) -> Vec<Word> {
        let words = self.uses.into_iter().map(|(stem, one)| {
            let spread = index.spread(&stem);
            let often = one.times * (REPEATED + 1.0) / (one.times + REPEATED);
            Word {
                weight: one.weight * often * rarity(spread, index.len(), &one.word),
                word: one.word,
                stem,
                spread,
            }
        });
        words.collect()
    }
}

/// How much a word tells that stands in so many of the claims: the logarithm of its odds not to (Robertson and Zaragoza 2009,
/// 'The Probabilistic Relevance Framework: BM25 and Beyond'), less where it is common in English.
fn rarity(spread: usize, claims: usize, word: &str) -> f32 {
    let (spread, claims) = (spread as f32, claims as f32);
    let odds = (claims - spread + 0.5).max(0.5) / (spread + 0.5);
    let english = Vectors::english().rarity(word);
    (1.0 + odds).ln() * (1.0 - BACKGROUND + BACKGROUND * english)
}

/// The stem of a folded word, as the index has it: digits are their own.
fn stem_of(word: &str) -> String {
    match word.chars().next() {
        Some(c) if c.is_numeric() => word.to_owned(),
        _ => text::stem(word),
    }
}

/// What a link begins with; it goes on to the next white space.
const LINKS: [&str; 4] = ["http://", "https://", "www.", "pic.twitter.com/"];

/// A text with its links blanked out, every place being kept.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = LINKS.iter().filter_map(|link| rest.find(link)).min() {
        let (before, link) = rest.split_at(start);
        let end = link.find(char::is_whitespace).unwrap_or(link.len());
        out.push_str(before);
        out.extend(std::iter::repeat_n(' ', end));
        rest = &link[end..];
    }
    out.push_str(rest);
    out
}

/// Bytes of a signature at the most.
const SIGNED: usize = 140;

/// Where the signature of an embedded post begins, '— Ana Holt (@anaholt) May 3, 2024'; the text's end where there is none.
fn signature(text: &str) -> usize {
    let dash = text.rfind(['—', '–']);
    let signed = |start: &usize| text.len() - start < SIGNED && text[*start..].contains("(@");
    dash.filter(signed).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(query: &str) -> Vec<String> {
        let asked = Asked::new(query, &Lexicon::english(), &Index::default());
        asked.words.into_iter().map(|w| w.stem).collect()
    }

    #[test]
    fn a_post_is_read_without_its_links() {
        let found =
            stems("The harbour burns https://ex.am/ple1 see pic.twitter.com/Xy1 now www.a.b");
        assert_eq!(found, ["burn", "harbour", "see"]);
        let text = "ä https://x.y/z ö";
        assert_eq!(without_links(text).len(), text.len());
        assert_eq!(without_links(text).find('ö'), text.find('ö'));
    }

    #[test]
    fn a_signature_counts_less_and_names_a_day() {
        let query = "Harbour burns — Ana Holt (@anaholt) May 3, 2024";
        let asked = Asked::new(query, &Lexicon::english(), &Index::default());
        let weight = |stem: &str| {
            let word = asked.words.iter().find(|w| w.stem == stem);
            word.unwrap_or_else(|| panic!("no {stem}")).weight
        };
        assert!(weight("holt") < weight("harbour"));
        assert_eq!(asked.days.len(), 1);
        assert_eq!(asked.days[0].from.to_string(), "2024-05-03");
        assert_eq!(signature("a plain text — with a dash"), 28);
    }

    #[test]
    fn hashtags_and_handles_are_words() {
        let found = stems("#HarbourFire @RiverMinister");
        for word in ["harbour", "fire", "river", "minist"] {
            assert!(found.iter().any(|s| s == word), "{word} in {found:?}");
        }
    }

    #[test]
    fn a_word_said_again_counts_a_little_more() {
        let weight = |query: &str| {
            let asked = Asked::new(query, &Lexicon::english(), &Index::default());
            asked.words[0].weight
        };
        let ratio = weight("harbour harbour") / weight("harbour");
        assert!((ratio - 4.0 / 3.0).abs() < 1e-3, "{ratio}");
    }
}
