//! What an article is about, as far as its names tell: two reports of one event name the same people and places.

use super::additive::hats;
use crate::model::Article;
use crate::text::{self, TokenKind};
use crate::vectors::Vectors;
use fnv::FnvHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;
use std::sync::Arc;

/// Names of an article that are kept: the most telling.
const KEPT: usize = 64;
/// With fewer names than this an article does not tell what it is about.
const FEW: usize = 3;
/// Words of an article that are looked at.
const LOOKED_AT: usize = 4000;

/// The names of an article, each weighed by how rare its word is and how often it stands there.
///
/// Claims alone cannot tell two look-alike events apart: 'no arrest has been made' is said of many. The names around them can.
/// Names are words with a capital inside a sentence that stand nowhere in the article without one; rarity is the shipped
/// background's, so that a setting does not depend on other articles. Cheap to clone.
///
/// ```
/// use claimgraph::{Article, judge::Setting};
/// let of = |text| Setting::of(&Article::new("Post", text));
/// let fire = of("Police in Belport said Ana Holt ran from the fire at Ellmar Street.");
/// let same = of("It was Ana Holt who called for help from Ellmar Street in Belport.");
/// let other = of("Police in Tessel said Jon Marek ran from the fire at Quay Road.");
/// assert!(fire.likeness(&same).unwrap() > 0.9);
/// assert!(fire.likeness(&other).unwrap() < 0.1);
/// assert_eq!(fire.likeness(&of("Nobody was hurt.")), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    /// Hashes of the names' words, in order, and their weights; the squares of the weights sum to one.
    names: Arc<[(u32, f32)]>,
}

/// So many articles may tell of one event.
const EVENT: usize = 60;
/// What is left of the weight of a name that stands in all articles, before it is squared.
const LEAST: f32 = 0.1;

/// Likeness from which two articles are mostly of one event.
const ALIKE: f64 = 0.2;

/// What a likeness tells, in bits for one event against two, at its square roots of 0, 1/4, 1/2, 3/4 and 1. From the stories of
/// training/: 6,413 linked pairs of claims of one event and 1,041 of another event that is easily taken for it.
const TELLS: [f64; 5] = [-6.0, -3.0, 2.0, 4.0, 4.0];

impl Setting {
    /// The setting of an article. Costs about as much as cutting its text into words.
    pub fn of(article: &Article) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut common: BTreeSet<String> = BTreeSet::new();
        for text in article.title.iter().chain([&article.text]) {
            let mut inside = false;
            let mut last = 0;
            for token in text::tokens(text).into_iter().take(LOOKED_AT) {
                // A line, too, begins with a capital that tells nothing.
                let between = text.get(last..token.span.start).unwrap_or_default();
                inside &= !between.contains('\n');
                last = token.span.end;
                if token.kind == TokenKind::Mark {
                    inside &= !matches!(
                        token.word.as_ref(),
                        "." | "!" | "?" | ":" | "\"" | "'" | "(" | "•" | "|"
                    );
                    continue;
                }
                if token.kind == TokenKind::Word {
                    match token.capital {
                        true if inside => *counts.entry(token.word.into_owned()).or_default() += 1,
                        true => {}
                        false => _ = common.insert(token.word.into_owned()),
                    }
                }
                inside = true;
            }
        }
        let vectors = Vectors::english();
        let weight = |word: &str, count: usize| {
            (1.0 + (count as f32).ln()) * (0.05 + vectors.rarity(word)).powi(2)
        };
        let mut names: Vec<(f32, String)> = (counts.into_iter())
            .filter(|(word, _)| !common.contains(word))
            .map(|(word, count)| (weight(&word, count), word))
            .collect();
        names.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
        names.truncate(KEPT);
        let mut names: Vec<(u32, f32)> = (names.iter())
            .map(|(weight, word)| {
                let mut hasher = FnvHasher::default();
                hasher.write(word.as_bytes());
                let hash = hasher.finish();
                ((hash ^ hash >> 32) as u32, *weight)
            })
            .collect();
        names.sort_by_key(|(hash, _)| *hash);
        Self::of_length_one(names)
    }

    fn of_length_one(mut names: Vec<(u32, f32)>) -> Self {
        let length = names.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        names.iter_mut().for_each(|(_, weight)| *weight /= length);
        Self {
            names: names.into(),
        }
    }

    /// Bytes that it refers to.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.names)
    }

    /// Hashes of its names, in order.
    pub fn names(&self) -> impl Iterator<Item = u32> {
        self.names.iter().map(|(hash, _)| *hash)
    }

    /// The same beside other articles: a name that more of them have than tell of one event tells of a matter that is larger than an
    /// event, and less the more they are. `spread` says in how many of `articles` a name stands.
    ///
    /// ```
    /// use claimgraph::{Article, judge::Setting};
    /// let of = |text| Setting::of(&Article::new("Post", text));
    /// let fire = of("It was said that Ana Holt ran from the fire at Ellmar Street in Tessel.");
    /// let vote = of("It was said that Jon Marek won the vote for mayor at Quay House in Tessel.");
    /// let tessel = *fire.names().filter(|n| vote.names().any(|m| m == *n)).collect::<Vec<_>>().first().unwrap();
    /// // In an archive of a town's paper its name stands everywhere.
    /// let among = |s: &Setting| s.among(1000, |name| if name == tessel { 900 } else { 3 });
    /// assert!(among(&fire).likeness(&among(&vote)) < fire.likeness(&vote));
    /// ```
    #[must_use]
    pub fn among(&self, articles: usize, spread: impl Fn(u32) -> usize) -> Self {
        let share = |count: usize| articles.max(1) as f32 / count.max(1) as f32;
        let most = share(EVENT).ln();
        let tells = |name: u32| match spread(name) {
            ..=EVENT => 1.0,
            count => (share(count).ln() / most).max(LEAST).powi(2),
        };
        if self.names.iter().all(|(name, _)| tells(*name) == 1.0) {
            return self.clone();
        }
        let names = self.names.iter();
        Self::of_length_one(names.map(|(n, weight)| (*n, weight * tells(*n))).collect())
    }

    /// The probability that two articles tell of one event, where the log2 odds of that before looking at their names are `prior`. A brief that names nobody
    /// tells nothing.
    pub(crate) fn one_event(&self, other: &Self, prior: f64) -> f64 {
        let told = self.likeness(other).map_or(0.0, |likeness| {
            let [(low, x), (high, y)] = hats(likeness.sqrt());
            TELLS[low] * x + TELLS[high] * y
        });
        1.0 / (1.0 + (-(prior + told)).exp2())
    }

    /// Whether two articles name so much of the same that they mostly tell of one event; `None` as of
    /// [`likeness`](Self::likeness).
    pub fn is_alike(&self, other: &Self) -> Option<bool> {
        self.likeness(other).map(|likeness| likeness >= ALIKE)
    }

    /// How alike two settings are: the cosine of their names, 0 where none is shared, 1 where all are; `None` where one of the two has
    /// too few names to tell.
    pub fn likeness(&self, other: &Self) -> Option<f64> {
        let (mut a, mut b) = (&*self.names, &*other.names);
        if a.len().min(b.len()) < FEW {
            return None;
        }
        let mut sum = 0.0;
        while let ([(x, v), rest_a @ ..], [(y, w), rest_b @ ..]) = (a, b) {
            if x == y {
                sum += v * w;
            }
            if x <= y {
                a = rest_a;
            }
            if y <= x {
                b = rest_b;
            }
        }
        Some(f64::from(sum.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Setting {
        Setting::of(&Article::new("Post", text))
    }

    #[test]
    fn what_begins_a_sentence_or_a_line_is_no_name() {
        let names = of("Ships came to Belport.\nNobody saw Ana Holt. \"They left,\" Marek said.");
        let same = of("In Belport Ana Holt spoke. The rest is for Holt to say.");
        assert_eq!(names.names.len(), 3, "Belport, Ana, Holt");
        assert!(names.likeness(&same).unwrap() > 0.9);
    }

    #[test]
    fn a_word_that_also_stands_without_a_capital_is_no_name() {
        let titled =
            of("Report: The Court Of Belport Heard Ana Holt. The court heard her of late.");
        assert_eq!(titled.names.len(), 3, "Belport, Ana, Holt");
    }

    #[test]
    fn likeness_is_the_same_from_either_side() {
        let (a, b) = (
            of("See Ana Holt, Jon Marek, Belport."),
            of("See Ana Holt, Tessel, Quay."),
        );
        assert_eq!(a.likeness(&b), b.likeness(&a));
        assert!(a.likeness(&b).is_some_and(|x| x > 0.1 && x < 0.9));
        assert_eq!(a.likeness(&Setting::default()), None);
    }
}
