//! Quantities: numbers with their bounds and units.

use super::{Span, Token};
use serde::{Deserialize, Serialize};

/// How a number is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// As it stands: '94 people'.
    Exact,
    /// 'about 2,000', 'some 900', 'nearly half', 'dozens'.
    Approximate,
    /// 'at least', 'more than', 'over'.
    AtLeast,
    /// 'up to', 'at most', 'less than', 'fewer than'.
    AtMost,
}

/// A number of the text with everything that its comparison needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The words of the number with its bound and unit.
    pub span: Span,
    /// Lowest value meant; equal to `high` unless a range, never below it. Percent are 0 to 100; '3 in 10' is 30 percent.
    pub low: f64,
    /// Highest value meant.
    pub high: f64,
    /// How the number is to be taken.
    pub bound: Bound,
    /// Folded unit: 'percent', a currency ('usd', 'eur'), 'km', 'kg', 'day', 'year', ... or `None` for bare counts.
    pub unit: Option<String>,
    /// Stem of the counted noun: 'agreement' in 'eleven trade agreements'; `None` where none follows.
    pub head: Option<String>,
    /// Whether it is an ordinal: 'the 12th package', 'first'.
    pub ordinal: bool,
}

/// The quantities of a text, in order, given its tokens.
pub fn quantities(_text: &str, _tokens: &[Token]) -> Vec<Quantity> {
    Vec::new()
}

/// How two quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuantityRelation {
    /// The same value.
    Equal,
    /// Both can be true: rounding, ranges, bounds.
    Compatible,
    /// The first is the more exact.
    Narrower,
    /// The second is the more exact.
    Wider,
    /// Both cannot be true.
    Disjoint,
    /// Different units.
    Incomparable,
}

impl Quantity {
    /// Compares two quantities.
    pub fn compare(&self, other: &Quantity) -> QuantityRelation {
        if self.low == other.low { QuantityRelation::Equal } else { QuantityRelation::Disjoint }
    }
}
