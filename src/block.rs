//! Blocking: which pairs of claims are worth judging, from an inverted index that grows with every claim.
//!
//! Knows terms and how rare they are, not what a judge would say of a pair. A claim is compared with the best of those that
//! share rare terms with it, or words of one field; terms that stand nearly everywhere lead nowhere, and what a cap cut off is
//! reported.

mod copies;
mod index;
mod near;
mod term;

pub use copies::Copies;
pub(crate) use index::SEARCHED;
pub use index::{Candidates, Index};
pub use near::{Near, NearCopies, NearCopy, NearGroup, NearGroups, NearOptions};
pub use term::Term;
use term::mixed;
pub(crate) use term::{bands, in_steps, stem_hash, terms};

use rustc_hash::FxHashSet;

/// Bounds of the search for candidates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockOptions {
    /// Candidates kept for one claim, the best first. Default 48.
    pub top: usize,
    /// A band of a statement's direction that more claims share is not followed. Default 64.
    pub common: usize,
    /// Postings read for one claim, at the most; the rarest terms are read first. Default 4096.
    pub postings: usize,
    /// Days between the publications of two articles up to which their claims are compared; undated ones always are. Default: `None`, any
    /// number.
    pub window: Option<u32>,
    /// Every claim of another article is a candidate, whatever the two share, and each pair is judged without a first look: for measuring
    /// what is left out otherwise, at a cost that grows with the square of the claims. Default: no.
    pub exact: bool,
}

impl Default for BlockOptions {
    fn default() -> Self {
        Self {
            top: 48,
            common: 64,
            postings: 4096,
            window: None,
            exact: false,
        }
    }
}

/// Bytes of a map with so much room: entries of a size and a byte of control each, in tables of which seven eighths are filled.
pub(crate) fn of_map(capacity: usize, entry: usize) -> usize {
    capacity * 8 / 7 * (entry + 1)
}

/// All pairs that share a term, whatever its frequency: the oracle that tests hold [`Index::candidates`] against.
#[doc(hidden)]
pub fn oracle(all: &[Vec<Term>]) -> FxHashSet<(usize, usize)> {
    let mut out = FxHashSet::default();
    for (a, x) in all.iter().enumerate() {
        for (b, y) in all.iter().enumerate().skip(a + 1) {
            if x.iter().any(|t| y.iter().any(|u| u.hash() == t.hash())) {
                out.insert((a, b));
            }
        }
    }
    out
}
