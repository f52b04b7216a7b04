//! A half-open byte range of a text.

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 byte offsets. It does not know its text; [`Span::of`] checks the fit.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset past the last byte, never below `start`.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The words that the span covers, or `None` where it leaves the text or cuts a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span moved right by `offset` bytes.
    pub fn shift(self, offset: usize) -> Span {
        Span {
            start: self.start + offset,
            end: self.end + offset,
        }
    }
}

/// Where the first byte from `from` on stands that is wanted. `wanted` should not branch.
pub(crate) fn find_byte(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    // Rows of bytes without any are passed over at a time: a fold has no way out, so that it is done side by side.
    const ROW: usize = 16;
    let rest = bytes.get(from..)?;
    let none = |row: &&[u8]| row.iter().fold(0, |any, b| any | u8::from(wanted(*b))) == 0;
    let skip = ROW * rest.chunks_exact(ROW).take_while(none).count();
    let found = rest[skip..].iter().position(|b| wanted(*b))?;
    Some(from + skip + found)
}
