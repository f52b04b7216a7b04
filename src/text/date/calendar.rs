//! Names of months, weekdays and seasons, and the stretches of days that they cover. Knows no text.

use super::{Date, Interval};

pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A month's number by its folded name, and whether the name is a short form.
pub(super) fn month(word: &str) -> Option<(i8, bool)> {
    // Asked of nearly every word: three letters decide.
    let at = match word.as_bytes() {
        [b'j', b'a', b'n', ..] => 0,
        [b'f', b'e', b'b', ..] => 1,
        [b'm', b'a', b'r', ..] => 2,
        [b'a', b'p', b'r', ..] => 3,
        [b'm', b'a', b'y', ..] => 4,
        [b'j', b'u', b'n', ..] => 5,
        [b'j', b'u', b'l', ..] => 6,
        [b'a', b'u', b'g', ..] => 7,
        [b's', b'e', b'p', ..] => 8,
        [b'o', b'c', b't', ..] => 9,
        [b'n', b'o', b'v', ..] => 10,
        [b'd', b'e', b'c', ..] => 11,
        _ => return None,
    };
    let whole = MONTHS[at] == word;
    (whole || word.len() == 3 || word == "sept").then_some((at as i8 + 1, !whole))
}

/// A weekday by its folded name, Monday 1 to Sunday 7.
pub(super) fn weekday(word: &str) -> Option<i8> {
    let at = match word.as_bytes() {
        [b'm', b'o', b'n', ..] => 0,
        [b't', b'u', b'e', ..] => 1,
        [b'w', b'e', b'd', ..] => 2,
        [b't', b'h', b'u', ..] => 3,
        [b'f', b'r', b'i', ..] => 4,
        [b's', b'a', b't', ..] => 5,
        [b's', b'u', b'n', ..] => 6,
        _ => return None,
    };
    (WEEKDAYS[at] == word).then_some(at as i8 + 1)
}

/// Days of a month, 28 to 31; 31 for a month that is none.
pub(super) fn days_in(year: i16, month: i8) -> i8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One day.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Interval> {
    let date = Date::new(year, month, day).ok()?;
    Some(Interval {
        from: date,
        to: date,
    })
}

/// Days `from` to `to` of a month, both held to its length.
pub(super) fn days(year: i16, month: i8, from: i8, to: i8) -> Option<Interval> {
    let last = days_in(year, month);
    Some(Interval {
        from: Date::new(year, month, from.min(last)).ok()?,
        to: Date::new(year, month, to.min(last)).ok()?,
    })
}

/// Whole months, from the `first` of one year to the last day of a month `count` further on.
pub(super) fn months(year: i16, first: i8, count: i16) -> Option<Interval> {
    let last = i16::from(first) - 1 + count - 1;
    let (last_year, last_month) = (
        year.checked_add(last.div_euclid(12))?,
        last.rem_euclid(12) as i8 + 1,
    );
    Some(Interval {
        from: Date::new(year, first, 1).ok()?,
        to: Date::new(last_year, last_month, days_in(last_year, last_month)).ok()?,
    })
}

/// Whole years, both included.
pub(super) fn years(from: i16, to: i16) -> Option<Interval> {
    Some(Interval {
        from: Date::new(from, 1, 1).ok()?,
        to: Date::new(to, 12, 31).ok()?,
    })
}

/// A season of the northern half of the globe by its folded name: first month and number of months.
///
/// The winter 'of 2021' is that of either end of the year, so it covers the year and the two months after it.
pub(super) fn season(word: &str) -> Option<(i8, i16)> {
    Some(match word {
        "spring" => (3, 3),
        "summer" => (6, 3),
        "autumn" | "fall" => (9, 3),
        "winter" => (12, 3),
        _ => return None,
    })
}

/// The month `months` away from that of `date`.
pub(super) fn shifted_month(date: Date, months: i64) -> Option<Interval> {
    let index = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months;
    let year = i16::try_from(index.div_euclid(12)).ok()?;
    self::months(year, index.rem_euclid(12) as i8 + 1, 1)
}

/// The week, Monday to Sunday, `weeks` away from that of `date`.
pub(super) fn shifted_week(date: Date, weeks: i64) -> Interval {
    let from = date.plus_days(1 - i64::from(date.weekday()) + 7 * weeks);
    Interval {
        from,
        to: from.plus_days(6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_days_are_known_by_their_names() {
        for (at, name) in MONTHS.iter().enumerate() {
            assert_eq!(month(name), Some((at as i8 + 1, false)));
            // 'May' is short by nature.
            assert_eq!(month(&name[..3]), Some((at as i8 + 1, *name != "may")));
            assert_eq!(month(&format!("{name}s")), None);
        }
        assert_eq!(month("sept"), Some((9, true)));
        for (at, name) in WEEKDAYS.iter().enumerate() {
            assert_eq!(weekday(name), Some(at as i8 + 1));
            assert_eq!(weekday(&name[..3]), None);
        }
        for word in ["", "ma", "marc", "monde", "thursdays"] {
            assert_eq!((month(word), weekday(word)), (None, None), "{word}");
        }
    }
}
