//! Quantities: numbers with their bounds and units.

mod compare;
mod counted;
mod mention;
pub(super) mod numeral;
mod unit;

pub(super) use counted::is_plural;

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

/// The quantities of a text, in order and not overlapping, given its tokens. Linear in the text.
///
/// Left out: words of dates, times of day ('17:30', '5 p.m.'), scores ('2-1'), telephone numbers, labels ('F-16',
/// 'Boeing 737', 'Article 5'), years, and 'one' as a pronoun.
///
/// ```
/// use claimgraph::text::{Bound, quantities, tokens};
/// let text = "At least 1.2m euros went to eleven new trade agreements.";
/// let found = quantities(text, &tokens(text));
/// assert_eq!((found[0].low, found[0].bound), (1_200_000.0, Bound::AtLeast));
/// assert_eq!(found[0].unit.as_deref(), Some("eur"));
/// assert_eq!(found[1].head.as_deref(), Some("agreement"));
/// ```
pub fn quantities(text: &str, tokens: &[Token]) -> Vec<Quantity> {
    mention::quantities(text, tokens)
}

/// How two quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuantityRelation {
    /// The same value with the same bound, also in other units.
    Equal,
    /// Both can be true: rounding, approximation, overlapping ranges and bounds.
    Compatible,
    /// The first is the more exact: '150' beside 'at least 100'.
    Narrower,
    /// The second is the more exact.
    Wider,
    /// Both cannot be true of one thing.
    Disjoint,
    /// Units that do not convert, or an ordinal beside a count.
    Incomparable,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn read(text: &str) -> Vec<(f64, Option<String>, Option<String>)> {
        let found = quantities(text, &tokens(text));
        found.into_iter().map(|q| (q.low, q.unit, q.head)).collect()
    }

    #[test]
    fn addresses_and_telephones_count_nothing() {
        for text in [
            "It burned in the 3700 block of Grove Way.",
            "It burned in the 3700-block of Grove Way.",
            "They met at 4700 Port Ellmar Drive near the harbour.",
            "Call the harbour office at (562) 570-7244 today.",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
        let counted = |text, value| assert_eq!(read(text)[0].0, value, "{text}");
        counted("They closed 12 Quay Road shops.", 12.0);
        counted("Fire took 12 blocks of flats.", 12.0);
    }

    #[test]
    fn figures_behind_a_name_are_its_age() {
        let age = |text| {
            let (value, unit, head) = read(text).remove(0);
            (value, unit.unwrap_or_default(), head.unwrap_or_default())
        };
        let holt = (43.0, "year".to_owned(), "holt".to_owned());
        assert_eq!(age("Police named her as Ana Holt, 43, of Belport."), holt);
        assert_eq!(age("43-year-old Ana Holt was named."), holt);
        // A list of towns is none.
        assert_eq!(read("In Belport, 43, in Tessel, 12 died.")[0].1, None);
    }
}
