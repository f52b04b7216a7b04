//! How much a shared word tells in the corpus at hand.

use super::Setting;
use crate::block;
use rustc_hash::FxHashMap;

/// Number of coarse buckets of document frequency; coarse so that adding an article rarely changes a judgement.
pub(crate) const BUCKETS: u8 = 6;
/// The bucket of what is rare.
const RAREST: u8 = BUCKETS - 1;

/// Word rarity as coarse buckets of document frequency, so that a graph does not depend on the order in which its articles
/// came: in a pile of articles about one visit the visitor's name weighs little.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    /// By the hash of a stem's term; those that are not rare.
    buckets: FxHashMap<u32, u8>,
    corpus: bool,
    /// Log2 odds that two claims that a search puts side by side stand in articles of one event; `None` where that is not known.
    one_event: Option<f64>,
}

/// Bits beyond which the odds of one event are not taken to lie.
const SUREST: f64 = 6.0;

impl Rarity {
    /// No corpus: every word has only its shipped background rarity.
    pub fn background() -> Self {
        Self::default()
    }

    /// The bucket of a word that stands in `df` of `documents` articles: 0 everywhere, 5 rare. Below four articles
    /// frequencies say nothing and everything is rare.
    pub fn bucket(df: usize, documents: usize) -> u8 {
        if documents < 4 || df <= 1 {
            return RAREST;
        }
        let share = df as f64 / documents as f64;
        match share {
            s if s > 0.8 => 0,
            s if s > 0.5 => 1,
            s if s > 0.2 => 2,
            s if s > 0.05 => 3,
            s if s > 0.005 => 4,
            _ => 5,
        }
    }

    /// Says how many pairs of candidates stand in articles that name the same ([`Setting::is_alike`]), of how many that tell. Kept
    /// in whole bits, so that adding an article rarely changes a judgement.
    pub fn set_alike(&mut self, alike: usize, of: usize) {
        let odds = (alike as f64 + 1.0) / (of.saturating_sub(alike) as f64 + 1.0);
        // Briefs that name nobody tell nothing of each other.
        self.one_event = (of > 0).then(|| odds.log2().round().clamp(-SUREST, SUREST));
    }

    /// The probability that two articles, of which a search puts two claims side by side, tell of one event, as far as their names and the
    /// corpus tell; `None` where there is no corpus.
    pub fn one_event(&self, a: &Setting, b: &Setting) -> Option<f64> {
        self.one_event.map(|prior| a.one_event(b, prior))
    }

    /// Sets the bucket of a stem; out-of-range buckets are held at the rarest.
    pub fn set(&mut self, stem: &str, bucket: u8) {
        self.set_hashed(block::stem_hash(stem), bucket);
    }

    /// The same of the stem's hash.
    pub(crate) fn set_hashed(&mut self, stem: u32, bucket: u8) {
        self.corpus = true;
        match bucket {
            ..RAREST => self.buckets.insert(stem, bucket),
            _ => self.buckets.remove(&stem),
        };
    }

    /// Whether it stands for a corpus; without one a pair is judged as if somebody had put it side by side on purpose.
    pub fn is_corpus(&self) -> bool {
        self.corpus
    }

    /// Corpus rarity of a stem, 0.15 (in every article) to 1 (rare or never seen).
    pub fn weight(&self, stem: &str) -> f32 {
        let bucket = self.buckets.get(&block::stem_hash(stem)).copied();
        [0.15, 0.3, 0.5, 0.75, 0.9, 1.0][usize::from(bucket.unwrap_or(RAREST))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_pair_tells_is_not_known() {
        let mut rarity = Rarity::background();
        rarity.set_alike(3, 4);
        assert_eq!(rarity.one_event, Some(1.0));
        rarity.set_alike(0, 1_000_000);
        assert_eq!(rarity.one_event, Some(-SUREST));
        // Nothing of a pile that is gone stays.
        rarity.set_alike(0, 0);
        assert_eq!(rarity.one_event, None);
    }
}
