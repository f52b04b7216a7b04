//! Shipped word data, and words that a caller adds. Knows nothing of where they are used.

/// Word lists for judging English news.
#[derive(Debug, Clone)]
pub struct Lexicon {}

impl Lexicon {
    /// The shipped lists.
    pub fn english() -> Self {
        Self {}
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::english()
    }
}
