//! How two quantities stand to each other. Knows values, bounds and units, not the texts that they come from.

use super::{Bound, Quantity, QuantityRelation, unit};

/// Share by which an approximate number may be off: 'about 2,000' covers 1,800 to 2,200.
const TOLERANCE: f64 = 0.10;

/// Ratio from which two upper bounds clash: whoever says 'up to' names the most there can be.
const CAPS_APART: f64 = 1.5;

/// Ratio from which two lower bounds clash: 'more than 100' is not what one says of a thousand.
const FLOORS_APART: f64 = 3.0;

/// The values that a quantity allows, in the common unit.
#[derive(Clone, Copy)]
struct Allowed {
    low: f64,
    high: f64,
    bound: Bound,
    /// Whether it names one value.
    point: bool,
}

impl Allowed {
    fn of(quantity: &Quantity, factor: f64) -> Self {
        let (low, high) = (quantity.low * factor, quantity.high * factor);
        Self {
            low,
            high,
            bound: quantity.bound,
            point: low == high && matches!(quantity.bound, Bound::Exact | Bound::Approximate),
        }
    }

    fn ends(self) -> (f64, f64) {
        match self.bound {
            Bound::Exact => (self.low, self.high),
            Bound::Approximate => (
                self.low - TOLERANCE * self.low.abs(),
                self.high + TOLERANCE * self.high.abs(),
            ),
            Bound::AtLeast => (self.low, f64::INFINITY),
            Bound::AtMost => (f64::NEG_INFINITY, self.high),
        }
    }
}

impl Quantity {
    /// Compares two quantities; their heads play no part. `b.compare(a)` is the mirror of `a.compare(b)`.
    ///
    /// Units of one kind are converted, and values that needed it may differ by a tenth ('four weeks', 'a month').
    /// Approximate values may differ by a tenth. Exact ones agree where one is the other rounded: 1.2m beside 1,200,312,
    /// but not 30 beside 31. Two bounds on the same side are nested unless far apart: caps from a ratio of 1.5 on and
    /// floors from 3 on are [`QuantityRelation::Disjoint`], since each names the end that its speaker knows.
    ///
    /// ```
    /// use claimgraph::text::{QuantityRelation, quantities, tokens};
    /// let read = |text: &str| quantities(text, &tokens(text)).remove(0);
    /// assert_eq!(read("at least 100 dead").compare(&read("150 dead")), QuantityRelation::Wider);
    /// assert_eq!(read("at least 100 dead").compare(&read("80 dead")), QuantityRelation::Disjoint);
    /// assert_eq!(read("24 months").compare(&read("two years")), QuantityRelation::Equal);
    /// ```
    pub fn compare(&self, other: &Quantity) -> QuantityRelation {
        if self.ordinal != other.ordinal {
            return QuantityRelation::Incomparable;
        }
        let Some((mine, theirs)) = unit::common(self.unit.as_deref(), other.unit.as_deref()) else {
            return QuantityRelation::Incomparable;
        };
        let converted = self.unit != other.unit;
        let (a, b) = (Allowed::of(self, mine), Allowed::of(other, theirs));
        if a.bound == b.bound
            && near(a.low, b.low, 1e-3 * f64::from(converted) + 1e-9)
            && near(a.high, b.high, 1e-3 * f64::from(converted) + 1e-9)
        {
            return QuantityRelation::Equal;
        }
        if self.ordinal {
            return QuantityRelation::Disjoint;
        }
        if a.point && b.point {
            let loose = converted || a.bound == Bound::Approximate || b.bound == Bound::Approximate;
            let agree = near(a.low, b.low, if loose { TOLERANCE } else { 0.0 })
                || (!loose && rounded(a.low, b.low));
            return if agree {
                QuantityRelation::Compatible
            } else {
                QuantityRelation::Disjoint
            };
        }
        match (a.bound, b.bound) {
            (Bound::AtMost, Bound::AtMost) if apart(a.high, b.high, CAPS_APART) => {
                return QuantityRelation::Disjoint;
            }
            (Bound::AtLeast, Bound::AtLeast) if apart(a.low, b.low, FLOORS_APART) => {
                return QuantityRelation::Disjoint;
            }
            _ => {}
        }
        let ((a_low, a_high), (b_low, b_high)) = (a.ends(), b.ends());
        let a_holds_b = a_low <= b_low && b_high <= a_high;
        let b_holds_a = b_low <= a_low && a_high <= b_high;
        if a_holds_b && b_holds_a {
            QuantityRelation::Compatible
        } else if a_holds_b {
            QuantityRelation::Wider
        } else if b_holds_a {
            QuantityRelation::Narrower
        } else if a_low <= b_high && b_low <= a_high {
            QuantityRelation::Compatible
        } else {
            QuantityRelation::Disjoint
        }
    }
}

/// Whether two values differ by at most the share `tolerance` of the larger.
fn near(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

/// Whether two bounds of one sign lie a given ratio apart.
fn apart(a: f64, b: f64, ratio: f64) -> bool {
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    large >= ratio * small && large > 0.0
}

/// Whether one of two exact values is the other rounded.
fn rounded(a: f64, b: f64) -> bool {
    let off = (a - b).abs();
    let size = a.abs().max(b.abs());
    // The larger its last place, the rounder the number: only the rounder one can be the rounded one.
    let place = last_place(a).max(last_place(b));
    let share = off / size;
    // Small counts are exact: 30 dead are not 31. Large ones and measures with decimals are rounded freely.
    let allowed = if size >= 1000.0 || (place <= 1.0 && (a.fract() != 0.0 || b.fract() != 0.0)) {
        0.05
    } else if size >= 100.0 && place >= 100.0 {
        0.02
    } else {
        return false;
    };
    off <= place / 2.0 * (1.0 + 1e-9) && share <= allowed
}

/// The decimal place of the last digit that is not zero: 100,000 of 1.2m, 0.1 of 17.5, at least a millionth.
fn last_place(value: f64) -> f64 {
    let value = value.abs();
    if value == 0.0 || !value.is_finite() {
        return 1.0;
    }
    let whole = |x: f64| (x - x.round()).abs() <= 1e-7 * x.max(1.0);
    if whole(value) {
        let (mut place, rounded) = (1.0, value.round());
        while place < 1e15 && rounded % (place * 10.0) == 0.0 {
            place *= 10.0;
        }
        return place;
    }
    let mut place = 1.0;
    while place > 1e-6 && !whole(value / place) {
        place /= 10.0;
    }
    place
}
