//! Civil dates, and the dates that a text mentions.

mod calendar;
mod mention;

pub(crate) use calendar::MONTHS;
#[cfg(feature = "neural")]
pub(crate) use calendar::WEEKDAYS;

use super::{Span, Token};
use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the civil calendar, without time or zone; written `2023-02-28`.
///
/// Wraps [`jiff`]'s date so that its version is no promise of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The given day.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] where the calendar has no such day; years run from -9999 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, Error> {
        jiff::civil::Date::new(year, month, day)
            .map(Self)
            .map_err(|_| {
                Error::new(
                    ErrorKind::InvalidValue,
                    format!("no such day: year {year}, month {month}, day {day}"),
                )
            })
    }

    /// Year, -9999 to 9999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Days from `self` to `other`, negative where `other` is earlier.
    pub fn days_until(self, other: Date) -> i64 {
        i64::from(self.0.duration_until(other.0).as_hours() as i32 / 24)
    }

    /// The day `days` later, held at the calendar's ends.
    pub fn plus_days(self, days: i64) -> Date {
        Date(
            self.0
                .saturating_add(jiff::Span::new().days(days.clamp(-4_000_000, 4_000_000))),
        )
    }

    /// Day of the week, Monday 1 to Sunday 7.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Reads `2023-02-28`, also with a time after it (`2023-02-28T10:00:00Z`), and `20230228`.
    fn from_str(s: &str) -> Result<Self, Error> {
        let s = s.trim();
        let digits = |t: &str| t.parse::<i16>().ok();
        let read = || {
            if s.len() == 8 && s.bytes().all(|b| b.is_ascii_digit()) {
                return Some((digits(&s[..4])?, digits(&s[4..6])?, digits(&s[6..])?));
            }
            let day = s.get(..10)?;
            if day.as_bytes()[4] != b'-'
                || day.as_bytes()[7] != b'-'
                || s[10..].starts_with(|c: char| c.is_ascii_digit())
            {
                return None;
            }
            Some((digits(&day[..4])?, digits(&day[5..7])?, digits(&day[8..])?))
        };
        read()
            .and_then(|(y, m, d)| Date::new(y, m as i8, d as i8).ok())
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::InvalidValue,
                    format!("cannot read date {s:?}: expected year-month-day such as 2023-02-28"),
                )
            })
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let s = String::deserialize(d)?;
        s.parse().map_err(serde::de::Error::custom)
    }
}

/// The days that an expression can mean, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// Last day, never before `from`.
    pub to: Date,
}

impl Interval {
    /// Whether the two share a day.
    pub fn overlaps(self, other: Interval) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Number of days covered, at least 1.
    pub fn days(self) -> i64 {
        self.from.days_until(self.to) + 1
    }
}

/// A date expression of the text, resolved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DateMention {
    /// Its words, without a preposition.
    pub span: Span,
    /// The days that it can mean.
    pub interval: Interval,
    /// Whether it leaned on the publication date ('on Tuesday', 'last month', 'February 28' without a year).
    pub relative: bool,
    /// Whether it says 'since' or 'from': the interval is where something began.
    pub since: bool,
    /// Whether it says 'until' or 'by': the interval is where something ends.
    pub until: bool,
}

/// The date expressions of a text, in order. Relative ones need `anchor`, the day of publication, and are left out
/// without it.
///
/// ```
/// use claimgraph::Date;
/// use claimgraph::text::{dates, tokens};
/// let text = "He arrived on Tuesday and leaves on March 2.";
/// let found = dates(text, &tokens(text), Some(Date::new(2023, 3, 1)?));
/// assert_eq!(found[0].interval.from, Date::new(2023, 2, 28)?);
/// assert_eq!(found[1].interval.from, Date::new(2023, 3, 2)?);
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn dates(text: &str, tokens: &[Token], anchor: Option<Date>) -> Vec<DateMention> {
    mention::dates(text, tokens, anchor)
}

/// Where dates stand, whether or not they could be resolved.
pub(super) fn covered_by_dates(text: &str, tokens: &[Token]) -> Vec<Span> {
    mention::spans(text, tokens)
}

/// Whether the word names a month or a day of the week.
pub(crate) fn names_a_time(word: &str) -> bool {
    calendar::month(word).is_some() || calendar::weekday(word).is_some()
}
