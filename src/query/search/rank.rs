//! Ranks the claims that were gathered, by their words and what stands around them.

use super::Hit;
use super::asked::Asked;
use crate::graph::ClaimGraph;
use crate::lexicon::Is;
use crate::model::{Article, ArticleId, ClaimId};
use crate::text::{self, Date, Interval, Token, TokenKind};
use crate::vectors::{Vectors, WordVector};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// Weight of a word of the headline, and of one of the claim's sentence, beside one of the claim.
const HEADLINE: f32 = 1.0;
const AROUND: f32 = 0.5;
/// How soon a word that comes again counts no more, and how much a long claim is held to say less of each word (BM25's k1 and b).
const REPEATED: f32 = 0.9;
const LENGTH: f32 = 0.5;
/// What the cosine of meaning is worth, and what a day that the query names, beside the words; chosen with the three weights above on
/// posts about checked claims.
const MEANING: f32 = 0.6;
const DAY: f32 = 1.2;
/// Natural logarithm of the days after which an article is no longer of a day's time: about a year.
const YEAR: f32 = 6.0;
/// Cosine from which a claim is found that shares no word with the query: words of one field.
const ALIKE: f32 = 0.5;
/// Claims with a word of the query whose meaning is looked at: the best by their words and days.
const MEANT: usize = 48;
/// Words and marks of a claim, of a headline and of what stands on each side of a claim that count.
const LONGEST: usize = 400;
const NEARBY: usize = 60;
/// Bytes that so many words take at the most: what is longer is not cut into words.
pub(super) const LETTERS: usize = 16;
/// Distinct words of the claims that are ranked for one query, about.
const WORDS: usize = 1500;

/// What a stretch of text has of a query.
#[derive(Debug, Clone, Default)]
struct Share {
    /// Words of the query in it, by their places, each with how often it comes.
    words: Vec<(usize, f32)>,
    /// Its words of matter, by their places among those seen.
    seen: Vec<usize>,
}

/// A claim beside a query.
struct Beside {
    claim: ClaimId,
    /// Words of the query in the claim or around it, and how often each comes, weighed by where it stands.
    words: Vec<(usize, f32)>,
    length: f32,
    /// Whether the claim itself holds one.
    own: bool,
    /// Words of matter of the claim and its headline, by their places among those seen.
    seen: Vec<usize>,
    /// How near its article's day is to one that the query names, 0 to 1.
    near: f32,
}

/// A word of matter that was seen in a claim.
#[derive(Debug)]
struct Seen {
    word: String,
    /// Its place among the words of the query.
    place: Option<usize>,
    /// Its vector and what it weighs in a mean, once asked for.
    vector: OnceCell<Option<(WordVector, f32)>>,
}

/// Ranks claims for one query.
pub(super) struct Ranking<'a> {
    graph: &'a ClaimGraph,
    asked: &'a Asked,
    /// Place of each word of the query by its stem.
    places: FxHashMap<&'a str, usize>,
    /// What they begin with: few other words need a stem.
    starts: FxHashSet<[u8; 2]>,
    headlines: FxHashMap<ArticleId, Share>,
    /// Words of the claims, looked up once: claims about one matter share most of theirs.
    known: FxHashMap<String, Option<usize>>,
    seen: Vec<Seen>,
    /// Mean length of the first claims that were ranked.
    length: Option<f32>,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(graph: &'a ClaimGraph, asked: &'a Asked) -> Self {
        let places = asked.words.iter().enumerate();
        Self {
            graph,
            asked,
            places: places.map(|(at, w)| (w.stem.as_str(), at)).collect(),
            starts: asked.words.iter().map(|w| start(&w.stem)).collect(),
            headlines: FxHashMap::default(),
            known: FxHashMap::with_capacity_and_hasher(WORDS, FxBuildHasher),
            seen: Vec::new(),
            length: None,
        }
    }

    /// Those of the claims that have to do with the query, the best first.
    pub(super) fn hits(&mut self, claims: &[ClaimId]) -> Vec<Hit> {
        let all: Vec<Beside> = claims.iter().filter_map(|c| self.beside(*c)).collect();
        let sum: f32 = all.iter().map(|b| b.length).sum();
        let length = *self.length.get_or_insert(sum / all.len().max(1) as f32);
        let (own, other): (Vec<Beside>, Vec<Beside>) = all.into_iter().partition(|b| b.own);
        let mut hits: Vec<Hit> = own.iter().map(|b| self.hit(b, length, 0.0)).collect();
        self.graph.sort(&mut hits);
        let best: FxHashMap<ClaimId, usize> = (hits.iter().take(MEANT).enumerate())
            .map(|(at, h)| (h.claim, at))
            .collect();
        for one in &own {
            if let Some(at) = best.get(&one.claim) {
                hits[*at] = self.hit(one, length, self.likeness(one));
            }
        }
        hits.extend(other.iter().filter_map(|one| {
            let likeness = self.likeness(one);
            (likeness >= ALIKE).then(|| self.hit(one, length, likeness))
        }));
        self.graph.sort(&mut hits);
        hits
    }

    fn hit(&self, beside: &Beside, length: f32, likeness: f32) -> Hit {
        Hit {
            claim: beside.claim,
            score: self.score(beside, length, likeness),
        }
    }

    /// Cosine of the words of a claim and its headline to those of the query.
    fn likeness(&self, beside: &Beside) -> f32 {
        let vectors = Vectors::english();
        let words = beside.seen.iter().map(|at| &self.seen[*at]);
        let known: Vec<(&WordVector, f32)> = words
            .filter_map(|w| {
                let vector = w.vector.get_or_init(|| {
                    let (vector, rarity) = vectors.word_and_rarity(&w.word)?;
                    Some((vector, 0.15 + 0.85 * rarity))
                });
                vector.as_ref().map(|(v, weight)| (v, *weight))
            })
            .collect();
        match (&self.asked.mean, vectors.mean(&known)) {
            (Some(x), Some(y)) => vectors.similarity(x, &y),
            _ => 0.0,
        }
    }

    /// Okapi's BM25 with the words of the three fields weighed before they are counted (Robertson, Zaragoza and Taylor 2004, 'Simple BM25
    /// extension to multiple weighted fields'), then meaning and day. These weigh more beside a short query: the sum over words grows
    /// with their number, how sure it is grows with the root.
    fn score(&self, beside: &Beside, length: f32, likeness: f32) -> f64 {
        let words = &self.asked.words;
        let known: f32 = words
            .iter()
            .filter(|w| w.spread > 0)
            .map(|w| w.weight)
            .sum();
        let all: f32 = words.iter().map(|w| w.weight).sum();
        let long = 1.0 - LENGTH + LENGTH * beside.length / length.max(1.0);
        let of_words: f32 = (beside.words.iter())
            .map(|(at, often)| {
                words[*at].weight * often * (REPEATED + 1.0) / (often + REPEATED * long)
            })
            .sum();
        let besides = known.sqrt() * (MEANING * likeness + DAY * beside.near);
        f64::from(of_words + besides) / f64::from((REPEATED + 1.0) * all.max(1.0))
    }

    fn beside(&mut self, claim: ClaimId) -> Option<Beside> {
        let (id, article) = self.graph.article_of(claim)?;
        let (span, sentence) = (
            self.graph.claim(claim)?.span,
            self.graph.claim(claim)?.sentence,
        );
        let part = |start: usize, end: usize| article.text.get(start..end).unwrap_or_default();
        let own = self.share(part(span.start, span.end), LONGEST);
        // Of what stands before it the end is nearest; a page may be one long sentence.
        let earlier = floor(&article.text, span.start.saturating_sub(NEARBY * LETTERS));
        let before = self.share(part(sentence.start.max(earlier), span.start), NEARBY);
        let after = self.share(part(span.end, sentence.end), NEARBY);
        if !self.headlines.contains_key(&id) {
            let share = self.share(article.title.as_deref().unwrap_or_default(), NEARBY);
            self.headlines.insert(id, share);
        }
        let headline = self.headlines.get(&id)?;
        let fields = [
            (&own, 1.0),
            (headline, HEADLINE),
            (&before, AROUND),
            (&after, AROUND),
        ];
        let words = joined(&fields);
        let length = fields
            .iter()
            .map(|(f, weight)| weight * f.seen.len() as f32);
        Some(Beside {
            claim,
            words,
            length: length.sum(),
            own: !own.words.is_empty(),
            near: nearness(&self.asked.days, article),
            seen: own.seen.iter().chain(&headline.seen).copied().collect(),
        })
    }

    fn share(&mut self, text: &str, most: usize) -> Share {
        let mut share = Share::default();
        let tokens = text::tokens(&text[..floor(text, most * LETTERS)]);
        let words = tokens.iter().take(most);
        for token in words.filter(|t| t.kind != TokenKind::Mark) {
            let known = self.known.get(token.word.as_ref()).copied();
            if let Some(at) = known.unwrap_or_else(|| self.see(token)) {
                share.seen.push(at);
                share
                    .words
                    .extend(self.seen[at].place.map(|place| (place, 1.0)));
            }
        }
        share
    }

    /// Takes a new word in; `None` of a word of grammar.
    fn see(&mut self, token: &Token) -> Option<usize> {
        let grammar = self
            .graph
            .extractor()
            .lexicon()
            .known(token)
            .is(Is::Grammar);
        let at = (!grammar).then_some(self.seen.len());
        self.known.insert(token.word.to_string(), at);
        if at.is_some() {
            let asked = self.starts.contains(&start(&token.word));
            let place = asked.then(|| self.places.get(token.stem().as_str()));
            self.seen.push(Seen {
                word: token.word.to_string(),
                place: place.flatten().copied(),
                vector: OnceCell::new(),
            });
        }
        at
    }
}

/// The place itself, or the last before it that parts two characters; the end of a shorter text.
pub(super) fn floor(text: &str, place: usize) -> usize {
    let place = place.min(text.len());
    let at = (0..=place).rev().find(|at| text.is_char_boundary(*at));
    at.unwrap_or_default()
}

/// What a word and its stem have in common at their beginning: two letters, but for the y of 'dying'.
fn start(word: &str) -> [u8; 2] {
    let mut letters = word.bytes();
    let first = letters.next().unwrap_or_default();
    match letters.next().unwrap_or_default() {
        b'y' => [first, b'i'],
        second => [first, second],
    }
}

/// The words of some fields together, each once, counted by the weights of the fields.
fn joined(fields: &[(&Share, f32)]) -> Vec<(usize, f32)> {
    let all = fields.iter().flat_map(|(share, weight)| {
        let words = share.words.iter();
        words.map(move |(at, often)| (*at, often * weight))
    });
    let mut all: Vec<(usize, f32)> = all.collect();
    all.sort_by_key(|word| word.0);
    all.dedup_by(|next, one| {
        let same = next.0 == one.0;
        if same {
            one.1 += next.1;
        }
        same
    });
    all
}

/// How near an article is to one of the days, 1 where it is of that day; a month or year is as far as its further end.
fn nearness(days: &[Interval], article: &Article) -> f32 {
    let Some(published) = article.published else {
        return 0.0;
    };
    let apart = |day: Date| published.days_until(day).unsigned_abs();
    let furthest = days.iter().map(|i| apart(i.from).max(apart(i.to)));
    furthest
        .min()
        .map_or(0.0, |days| (1.0 - (1.0 + days as f32).ln() / YEAR).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_begins_as_its_word_does() {
        let words = "dying lying tying skis skies idly ugly early only news inning exceeding \
            yes youth boys ties cries owed as i a on generously communism arsenal fluently";
        for word in words.split_whitespace() {
            assert_eq!(start(word), start(&text::stem(word)), "{word}");
        }
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(floor("aäb", 1), 1);
        assert_eq!(floor("aäb", 2), 1);
        assert_eq!(floor("aäb", 3), 3);
        assert_eq!(floor("aäb", 9), 4);
        assert_eq!(floor("", 9), 0);
    }

    #[test]
    fn words_of_several_fields_are_counted_together() {
        let share = |words: &[usize]| Share {
            words: words.iter().map(|at| (*at, 1.0)).collect(),
            ..Share::default()
        };
        let (own, around) = (share(&[2, 0, 2]), share(&[2, 1]));
        let found = joined(&[(&own, 1.0), (&around, 0.5)]);
        assert_eq!(found, [(0, 1.0), (1, 0.5), (2, 2.5)]);
    }

    #[test]
    fn the_nearest_day_counts_and_a_year_hardly() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let one = |from: &str, to: &str| Interval {
            from: day(from),
            to: day(to),
        };
        let article = Article::new("Post", "").published(day("2024-05-04"));
        let exact = one("2024-05-04", "2024-05-04");
        let near = one("2024-05-01", "2024-05-01");
        let year = one("2024-01-01", "2024-12-31");
        assert_eq!(nearness(&[exact], &article), 1.0);
        assert!(nearness(&[near, year], &article) > 0.7);
        assert!(nearness(&[year], &article) < 0.1);
        assert_eq!(nearness(&[], &article), 0.0);
        assert_eq!(nearness(&[exact], &Article::new("Post", "")), 0.0);
    }
}
