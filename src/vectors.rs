//! Shipped word vectors.

/// Shipped word vectors.
#[derive(Debug)]
pub struct Vectors {}

/// One word's vector.
#[derive(Debug, Clone)]
pub struct WordVector {}

impl Vectors {
    /// The shipped vectors.
    pub fn english() -> &'static Vectors {
        static V: Vectors = Vectors {};
        &V
    }
    /// A word's vector.
    pub fn word(&self, _folded_word: &str) -> Option<WordVector> {
        None
    }
    /// Cosine.
    pub fn similarity(&self, _a: &WordVector, _b: &WordVector) -> f32 {
        0.0
    }
    /// Background rarity, 0 to 1.
    pub fn rarity(&self, word: &str) -> f32 {
        (word.len() as f32 / 10.0).min(1.0)
    }
}
