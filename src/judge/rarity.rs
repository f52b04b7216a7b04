//! How much a shared word tells in the corpus at hand.

#[cfg(doc)]
use super::Setting;
use rustc_hash::FxHashMap;

/// Number of coarse buckets of document frequency; coarse so that adding an article rarely changes a judgement.
pub(crate) const BUCKETS: u8 = 6;

/// Word rarity as coarse buckets of document frequency, so that a graph does not depend on the order in which its articles
/// came: in a pile of articles about one visit the visitor's name weighs little.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    buckets: FxHashMap<Box<str>, u8>,
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
            return BUCKETS - 1;
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

    /// Log2 odds that two candidates stand in articles of one event.
    pub(crate) fn one_event(&self) -> Option<f64> {
        self.one_event
    }

    /// Sets the bucket of a stem; out-of-range buckets are held at the rarest.
    pub fn set(&mut self, stem: &str, bucket: u8) {
        self.buckets.insert(stem.into(), bucket.min(BUCKETS - 1));
    }

    /// Whether it stands for a corpus; without one a pair is judged as if somebody had put it side by side on purpose.
    pub fn is_corpus(&self) -> bool {
        !self.buckets.is_empty()
    }

    /// Corpus rarity of a stem, 0.15 (in every article) to 1 (rare or never seen).
    pub fn weight(&self, stem: &str) -> f32 {
        let bucket = self.buckets.get(stem).copied().unwrap_or(BUCKETS - 1);
        [0.15, 0.3, 0.5, 0.75, 0.9, 1.0][usize::from(bucket)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_pair_tells_is_not_known() {
        let mut rarity = Rarity::background();
        rarity.set_alike(3, 4);
        assert_eq!(rarity.one_event(), Some(1.0));
        rarity.set_alike(0, 1_000_000);
        assert_eq!(rarity.one_event(), Some(-SUREST));
        // Nothing of a pile that is gone stays.
        rarity.set_alike(0, 0);
        assert_eq!(rarity.one_event(), None);
    }
}
