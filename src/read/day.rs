//! The ways in which feeds and people write a day of publication.
//!
//! Knows whole date fields only; dates inside running text are [`crate::text::dates`]'s matter.

use crate::text::{Date, MONTHS};
use serde_json::Value;

/// From here on a count since 1970 is of milliseconds: as seconds it would lie beyond the year 5000.
const MILLISECONDS: f64 = 1e11;

/// A date field's day, if it can be read.
pub(super) fn of_value(value: &Value) -> Option<Date> {
    match value {
        Value::String(s) => of_str(s),
        Value::Number(n) => {
            // 20230228 is a day written as a number: as seconds it would lie in August 1970.
            let written = n.as_u64().filter(|n| (19_000_101..=21_991_231).contains(n));
            written
                .and_then(|n| n.to_string().parse().ok())
                .or_else(|| of_seconds(n.as_f64()?))
        }
        _ => None,
    }
}

/// A date string's day: year-month-day, day month year, month day year, with or without weekday and time around it, or a
/// count of seconds. Of figures alone ('02/03/2023') only the order year, month, day is read: which of the others is meant
/// differs by country.
pub(super) fn of_str(s: &str) -> Option<Date> {
    let s = s.trim();
    // Longer strings are no dates; the bound keeps a field of megabytes cheap.
    if s.is_empty() || s.len() > 80 {
        return None;
    }
    if let Ok(date) = s.parse() {
        return Some(date);
    }
    if s.len() >= 9
        && s.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && let Ok(count) = s.parse()
    {
        return of_seconds(count);
    }
    let words: Vec<String> = s
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | '.'))
        .filter(|w| !w.is_empty() && *w != "of")
        .map(str::to_lowercase)
        .collect();
    let at = words.iter().position(|w| month(w).is_some());
    match at {
        Some(at) => {
            let month = month(&words[at])?;
            let before = at.checked_sub(1).and_then(|i| day(&words[i]));
            if let Some(day) = before {
                return Date::new(year(words.get(at + 1)?)?, month, day).ok();
            }
            let day = day(words.get(at + 1)?)?;
            // 'Feb 28 10:00:00 2023', as some programs print it.
            let year = words[at + 2..].iter().find_map(|w| year(w))?;
            Date::new(year, month, day).ok()
        }
        None => {
            let [y, m, d, ..] = words.as_slice() else {
                return None;
            };
            Date::new(year(y)?, m.parse().ok()?, day(d)?).ok()
        }
    }
}

/// A month by its name or the beginning of it: 'feb', 'sept', but not 'marked'.
fn month(word: &str) -> Option<i8> {
    let at = MONTHS
        .iter()
        .position(|m| word.len() >= 3 && m.starts_with(word))?;
    Some(at as i8 + 1)
}

fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    digits
        .parse()
        .ok()
        .filter(|d| (1..=31).contains(d) && digits.len() <= 2)
}

fn year(word: &str) -> Option<i16> {
    let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

fn of_seconds(count: f64) -> Option<Date> {
    let seconds = if count.abs() >= MILLISECONDS {
        count / 1000.0
    } else {
        count
    };
    let epoch = Date::new(1970, 1, 1).ok()?;
    let days = (seconds / 86_400.0).floor();
    // Zero is how programs write 'no date'; far-off counts are something else than dates.
    (seconds != 0.0 && days.abs() < 100_000.0).then(|| epoch.plus_days(days as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(value: Value, day: &str) {
        let read = of_value(&value).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(read, day, "{value}");
    }

    #[test]
    fn days_as_people_and_feeds_write_them() {
        for s in [
            "2023-02-28",
            "2023-02-28T10:00:00Z",
            "2023-02-28 23:59",
            "20230228",
            "2023/02/28",
            "2023.2.28",
            "28 February 2023",
            "28th of February 2023",
            "28 Feb. 2023",
            "February 28, 2023",
            "Feb 28th 2023",
            "Tue, 28 Feb 2023 09:30:00 +0100",
            "Tue Feb 28 10:00:00 2023",
            "Tuesday, February 28, 2023 at 9:30 am",
            "28-Feb-2023",
            "FEBRUARY 28 2023",
            "1677578400",
            " 2023-02-28\n",
        ] {
            check(json!(s), "2023-02-28");
        }
        check(json!("3 SEPT 2023"), "2023-09-03");
        check(json!("AUGUST 1, 2023"), "2023-08-01");
        check(json!(1_677_578_400), "2023-02-28");
        check(json!(1_677_578_400_123u64), "2023-02-28");
        check(json!(1_677_578_400.5), "2023-02-28");
        check(json!(20_230_228), "2023-02-28");
        check(json!(-86_400), "1969-12-31");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for s in [
            "",
            "-",
            "soon",
            "2023-02-30",
            "30 February 2023",
            "02/03/2023",
            "28 Marked 2023",
            "February",
            "February 28",
            "2023",
            "12:30",
            "n/a",
            "28 février 2023",
            "0000000000",
            "١٢ مارس",
            "2023-02-2é",
        ] {
            check(json!(s), "");
        }
        check(json!("9".repeat(80)), "");
        check(json!("February ".repeat(1000)), "");
        for v in [
            json!(null),
            json!(true),
            json!({}),
            json!([2023, 2, 28]),
            json!(0),
            json!(1e300),
        ] {
            check(v, "");
        }
    }
}
