//! Finds date expressions among tokens and resolves them against the day of publication.
//!
//! Knows the calendar's words, not what happened on a day. An expression is first read as it stands; only resolving needs
//! the anchor, so that quantities can ask where dates are without one.

use super::{Date, DateMention, Interval};
use crate::text::{Span, Token, TokenKind};

/// A date expression before it is resolved.
#[derive(Debug, Clone, Copy)]
enum When {
    Day {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    Month {
        year: Option<i16>,
        month: i8,
    },
    Year(i16),
    Years {
        from: i16,
        to: i16,
    },
    /// Months of a year, both counted: quarters and seasons.
    Months {
        year: Option<i16>,
        from: i8,
        to: i8,
    },
    /// Monday 1 to Sunday 7; -1 last, 0 unsaid, 1 next.
    Weekday {
        day: i8,
        way: i8,
    },
    /// So many units from the anchor; the unit's length in days.
    Offset {
        count: i64,
        unit: Unit,
    },
    Weekend {
        way: i8,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Which part of a month or year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Early,
    Middle,
    Late,
    End,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    first: usize,
    end: usize,
    when: When,
    part: Part,
}

const MONTHS: [&str; 12] = [
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
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// Tokens looked back for a sign of the future before a weekday or a month without year.
const LOOK_BACK: usize = 8;

fn month(word: &str) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|m| {
        *m == word
            || (m.len() > 3 && *m != "may" && &m[..3] == word)
            || (word == "sept" && *m == "september")
    })?;
    i8::try_from(at + 1).ok()
}

fn weekday(word: &str) -> Option<i8> {
    let at = DAYS.iter().position(|d| *d == word)?;
    i8::try_from(at + 1).ok()
}

/// Whether the word names a month or a day of the week.
pub(crate) fn names_a_time(word: &str) -> bool {
    month(word).is_some() || weekday(word).is_some()
}

/// Where dates stand, whether or not they could be resolved.
pub(crate) fn covered_by_dates(_text: &str, tokens: &[Token]) -> Vec<Span> {
    found(tokens)
        .into_iter()
        .map(|f| Span::new(tokens[f.first].span.start, tokens[f.end - 1].span.end))
        .collect()
}

/// The date expressions of a text, in order. Relative ones need `anchor`, the day of publication, and are left out
/// without it. A weekday without further word is the last one up to the anchor, or the next one after 'will' and the like.
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
pub fn dates(_text: &str, tokens: &[Token], anchor: Option<Date>) -> Vec<DateMention> {
    let mut out: Vec<DateMention> = Vec::new();
    let mut last_end = 0;
    for f in found(tokens) {
        let before = |n: usize| {
            f.first
                .checked_sub(n)
                .map_or("", |i| tokens[i].word.as_str())
        };
        let ahead = (f.first.saturating_sub(LOOK_BACK)..f.first).any(|i| {
            matches!(
                tokens[i].word.as_str(),
                "will"
                    | "would"
                    | "shall"
                    | "next"
                    | "due"
                    | "until"
                    | "till"
                    | "by"
                    | "scheduled"
                    | "set"
                    | "plans"
                    | "'ll"
                    | "coming"
                    | "upcoming"
            )
        });
        let Some((interval, relative)) = resolve(&f, anchor, ahead) else {
            continue;
        };
        let joined = last_end > 0
            && f.first == last_end + 1
            && matches!(
                tokens[last_end].word.as_str(),
                "to" | "and" | "until" | "till" | "-" | "through"
            );
        let since = matches!(before(1), "since" | "from")
            || (before(1) == "the" && matches!(before(2), "since" | "from"));
        let until = matches!(before(1), "until" | "till" | "by" | "before")
            || (before(1) == "of" && before(2) == "end");
        let span = Span::new(tokens[f.first].span.start, tokens[f.end - 1].span.end);
        if joined {
            if let Some(open) = out.last_mut() {
                // 'from March to May', 'between 3 May and 7 May': one interval.
                let range = open.since
                    || tokens.get(last_end).is_some_and(|t| t.word == "-")
                    || spans_between(tokens, open.span);
                if range && open.interval.from <= interval.to {
                    open.interval.to = interval.to;
                    open.span.end = span.end;
                    open.since = false;
                    last_end = f.end;
                    continue;
                }
            }
        }
        last_end = f.end;
        out.push(DateMention {
            span,
            interval,
            relative,
            since,
            until,
        });
    }
    out
}

fn spans_between(tokens: &[Token], span: Span) -> bool {
    let at = tokens.partition_point(|t| t.span.start < span.start);
    at > 0 && tokens[at - 1].word == "between"
}

fn found(tokens: &[Token]) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match absolute(tokens, at).or_else(|| relative(tokens, at)) {
            Some(f) => {
                at = f.end;
                out.push(f);
            }
            None => at += 1,
        }
    }
    out
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |t| t.word.as_str())
}

/// A number of one or two digits up to 31, 'st' and the like allowed.
fn day(tokens: &[Token], at: usize) -> Option<i8> {
    let w = word(tokens, at);
    let bare = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &w[bare.len()..];
    if bare.is_empty() || bare.len() > 2 || !matches!(ending, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    bare.parse().ok().filter(|d| (1..=31).contains(d))
}

fn year(tokens: &[Token], at: usize) -> Option<i16> {
    let w = word(tokens, at);
    (w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))
        .then(|| w.parse().ok())?
        .filter(|y| (1500..=2199).contains(y))
}

/// Index past an optional full stop of an abbreviated month.
fn past_stop(tokens: &[Token], at: usize) -> usize {
    let short = at > 0 && tokens[at - 1].word.len() <= 4 && tokens[at - 1].word != "may";
    at + usize::from(
        short
            && word(tokens, at) == "."
            && tokens
                .get(at + 1)
                .is_some_and(|t| t.kind == TokenKind::Number),
    )
}

/// The year after a day or month, a comma allowed, and the index past it.
fn year_after(tokens: &[Token], at: usize) -> (Option<i16>, usize) {
    if let Some(y) = year(tokens, at) {
        return (Some(y), at + 1);
    }
    if matches!(word(tokens, at), "," | "of") {
        if let Some(y) = year(tokens, at + 1) {
            return (Some(y), at + 2);
        }
    }
    if matches!(word(tokens, at), "this" | "last" | "next") && word(tokens, at + 1) == "year" {
        return (None, at);
    }
    (None, at)
}

fn absolute(tokens: &[Token], at: usize) -> Option<Found> {
    let here = tokens.get(at)?;
    let whole = |end, when| {
        Some(Found {
            first: at,
            end,
            when,
            part: Part::Whole,
        })
    };
    if here.kind == TokenKind::Number {
        // 28.02.2023 comes as one token, 2023-02-28 and 28/02/2023 as five.
        if let Some(when) = dotted(&here.word) {
            return whole(at + 1, when);
        }
        let (mark, second) = (word(tokens, at + 1), word(tokens, at + 3));
        if matches!(mark, "-" | "/") && second == mark {
            let n = |i: usize| word(tokens, i).parse::<i16>().ok();
            if let (Some(a), Some(b), Some(c)) = (n(at), n(at + 2), n(at + 4)) {
                let fields = if here.word.len() == 4 {
                    Some((a, b, c))
                } else if word(tokens, at + 4).len() == 4 {
                    Some(if b > 12 { (c, a, b) } else { (c, b, a) })
                } else {
                    None
                };
                if let Some((y, m, d)) =
                    fields.filter(|f| (1..=12).contains(&f.1) && (1..=31).contains(&f.2))
                {
                    return whole(
                        at + 5,
                        When::Day {
                            year: Some(y),
                            month: m as i8,
                            day: d as i8,
                        },
                    );
                }
            }
        }
        if let Some(d) = day(tokens, at) {
            // '28 February', '28th of February 2023', '3-7 May'.
            let range = (matches!(word(tokens, at + 1), "-" | "to" | "and")
                && day(tokens, at + 2).is_some())
            .then_some(at + 2);
            let mut m_at = range.unwrap_or(at) + 1;
            if word(tokens, m_at) == "of" {
                m_at += 1;
            }
            if let Some(m) = month(word(tokens, m_at)).filter(|_| tokens[m_at].capital) {
                // The first day of a range is read alone here; the second follows as a date of its own.
                if let Some(second) = range {
                    let end = at + 1;
                    let (y, _) = year_after(tokens, past_stop(tokens, m_at + 1));
                    let _ = second;
                    return whole(
                        end,
                        When::Day {
                            year: y,
                            month: m,
                            day: d,
                        },
                    );
                }
                let (y, end) = year_after(tokens, past_stop(tokens, m_at + 1));
                return whole(
                    end,
                    When::Day {
                        year: y,
                        month: m,
                        day: d,
                    },
                );
            }
        }
        if let Some(y) = year(tokens, at) {
            let before = at.checked_sub(1).map_or("", |i| tokens[i].word.as_str());
            let after = tokens.get(at + 1);
            let counts = after.is_some_and(|t| {
                t.kind == TokenKind::Word
                    && matches!(
                        t.word.as_str(),
                        "people"
                            | "men"
                            | "women"
                            | "soldiers"
                            | "tonnes"
                            | "tons"
                            | "km"
                            | "miles"
                            | "metres"
                            | "euros"
                            | "dollars"
                            | "jobs"
                            | "homes"
                    )
            });
            let cue = matches!(
                before,
                "in" | "since"
                    | "by"
                    | "until"
                    | "till"
                    | "from"
                    | "of"
                    | "during"
                    | "before"
                    | "after"
                    | "late"
                    | "early"
                    | "mid"
                    | "to"
                    | "year"
                    | "and"
                    | "between"
                    | "("
                    | "around"
                    | "for"
            );
            if (1800..=2100).contains(&y) && cue && !counts {
                let part = part_before(tokens, at);
                return Some(Found {
                    first: at,
                    end: at + 1,
                    when: When::Year(y),
                    part,
                });
            }
        }
        // 'the 1990s'.
        if let Some(decade) = here
            .word
            .strip_suffix('s')
            .filter(|d| d.len() == 4)
            .and_then(|d| d.parse::<i16>().ok())
        {
            if decade % 10 == 0 && (1500..=2190).contains(&decade) {
                return whole(
                    at + 1,
                    When::Years {
                        from: decade,
                        to: decade + 9,
                    },
                );
            }
        }
        return None;
    }
    if here.kind != TokenKind::Word {
        return None;
    }
    if let Some(m) = month(&here.word).filter(|_| here.capital) {
        let next = past_stop(tokens, at + 1);
        if let Some(d) = day(tokens, next).filter(|_| {
            word(tokens, next + 1) != "%"
                && !matches!(word(tokens, next + 1), "people" | "percent" | "per")
        }) {
            let (y, end) = year_after(tokens, next + 1);
            return whole(
                end,
                When::Day {
                    year: y,
                    month: m,
                    day: d,
                },
            );
        }
        let (y, end) = year_after(tokens, next);
        let before = at.checked_sub(1).map_or("", |i| tokens[i].word.as_str());
        let doubtful = matches!(
            here.word.as_str(),
            "may" | "march" | "mar" | "jan" | "dec" | "sat" | "sun" | "april" | "june" | "august"
        );
        let cue = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "last"
                | "next"
                | "this"
                | "of"
                | "early"
                | "late"
                | "mid"
                | "from"
                | "to"
                | "and"
                | "between"
                | "during"
                | "before"
                | "after"
                | "-"
                | "through"
                | "for"
                | "end"
        );
        if y.is_some() || cue || !doubtful {
            return Some(Found {
                first: at,
                end: if y.is_some() { end } else { at + 1 },
                when: When::Month { year: y, month: m },
                part: part_before(tokens, at),
            });
        }
        return None;
    }
    // 'first quarter of 2024', 'spring of 2021'.
    let quarter = match here.word.as_str() {
        "first" => Some(1),
        "second" => Some(2),
        "third" => Some(3),
        "fourth" | "final" | "last" => Some(4),
        _ => None,
    };
    if let (Some(q), "quarter") = (quarter, word(tokens, at + 1)) {
        let (y, end) = year_after(tokens, at + 2);
        if y.is_some() || word(tokens, at + 2) != "of" {
            return whole(
                end,
                When::Months {
                    year: y,
                    from: 3 * q - 2,
                    to: 3 * q,
                },
            );
        }
    }
    let season = match here.word.as_str() {
        "spring" => Some((3, 5)),
        "summer" => Some((6, 8)),
        "autumn" | "fall" => Some((9, 11)),
        "winter" => Some((12, 12)),
        _ => None,
    };
    if let Some((from, to)) = season {
        let (y, end) = year_after(tokens, at + 1);
        let before = at.checked_sub(1).map_or("", |i| tokens[i].word.as_str());
        if y.is_some() || (here.word != "fall" && matches!(before, "this" | "last" | "next")) {
            return whole(end, When::Months { year: y, from, to });
        }
    }
    None
}

fn part_before(tokens: &[Token], at: usize) -> Part {
    let before = |n: usize| at.checked_sub(n).map_or("", |i| tokens[i].word.as_str());
    match (before(2), before(1)) {
        (_, "early") | ("beginning" | "start", "of") => Part::Early,
        (_, "mid" | "middle") | ("mid", "-") | ("middle", "of") => Part::Middle,
        (_, "late") => Part::Late,
        ("end", "of") => Part::End,
        _ => Part::Whole,
    }
}

fn dotted(w: &str) -> Option<When> {
    let mut parts = w.split('.');
    let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || y.len() != 4 {
        return None;
    }
    let (d, m, y) = (
        d.parse::<i8>().ok()?,
        m.parse::<i8>().ok()?,
        y.parse().ok()?,
    );
    ((1..=12).contains(&m) && (1..=31).contains(&d)).then_some(When::Day {
        year: Some(y),
        month: m,
        day: d,
    })
}

fn unit(w: &str) -> Option<Unit> {
    Some(match w {
        "day" | "days" | "night" | "nights" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    })
}

fn small(w: &str) -> Option<i64> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(w, "a" | "an") {
        return Some(1);
    }
    WORDS
        .iter()
        .position(|x| *x == w)
        .map(|i| i as i64 + 1)
        .or_else(|| w.parse().ok().filter(|n| (1..=999).contains(n)))
}

fn relative(tokens: &[Token], at: usize) -> Option<Found> {
    let here = tokens.get(at)?;
    let whole = |end, when| {
        Some(Found {
            first: at,
            end,
            when,
            part: Part::Whole,
        })
    };
    let w = here.word.as_str();
    match w {
        "yesterday" => {
            return whole(
                at + 1,
                When::Offset {
                    count: -1,
                    unit: Unit::Day,
                },
            );
        }
        "today" | "tonight" => {
            return whole(
                at + 1,
                When::Offset {
                    count: 0,
                    unit: Unit::Day,
                },
            );
        }
        "tomorrow" => {
            return whole(
                at + 1,
                When::Offset {
                    count: 1,
                    unit: Unit::Day,
                },
            );
        }
        _ => {}
    }
    if let Some(day) = weekday(w).filter(|_| here.capital) {
        let way = match at.checked_sub(1).map_or("", |i| tokens[i].word.as_str()) {
            "last" | "past" | "previous" => -1,
            "next" | "coming" => 1,
            _ => 0,
        };
        return whole(at + 1, When::Weekday { day, way });
    }
    let way = match w {
        "last" | "previous" | "past" => -1,
        "this" | "current" => 0,
        "next" | "coming" | "following" => 1,
        _ => 2,
    };
    if way < 2 {
        let next = word(tokens, at + 1);
        if next == "weekend" {
            return whole(at + 2, When::Weekend { way: way as i8 });
        }
        if let Some(unit) = unit(next).filter(|u| *u != Unit::Day && !next.ends_with('s')) {
            return whole(at + 2, When::Offset { count: way, unit });
        }
        if next == "night" && way == -1 {
            return whole(
                at + 2,
                When::Offset {
                    count: -1,
                    unit: Unit::Day,
                },
            );
        }
        return None;
    }
    // 'three weeks ago', 'a day earlier', 'two days later'.
    let count = small(w)?;
    let unit = unit(word(tokens, at + 1))?;
    let sign = match word(tokens, at + 2) {
        "ago" | "earlier" | "before" | "previously" => -1,
        "later" | "afterwards" => 1,
        _ => return None,
    };
    // 'a day before the vote' is counted from the vote, not from the anchor.
    if matches!(word(tokens, at + 2), "before")
        && tokens
            .get(at + 3)
            .is_some_and(|t| t.kind == TokenKind::Word)
    {
        return None;
    }
    whole(
        at + 3,
        When::Offset {
            count: sign * count,
            unit,
        },
    )
}

/// Last day of a month.
fn month_end(year: i16, month: i8) -> Option<Date> {
    (28..=31).rev().find_map(|d| Date::new(year, month, d).ok())
}

fn months(year: i16, from: i8, to: i8) -> Option<Interval> {
    Some(Interval {
        from: Date::new(year, from, 1).ok()?,
        to: month_end(year, to)?,
    })
}

/// A month so many months from another.
fn shifted(year: i16, month: i8, by: i64) -> Option<(i16, i8)> {
    let total = i64::from(year) * 12 + i64::from(month) - 1 + by;
    Some((
        i16::try_from(total.div_euclid(12)).ok()?,
        i8::try_from(total.rem_euclid(12) + 1).ok()?,
    ))
}

/// Of three years the one whose day lies nearest before the anchor, or after it where the text looks ahead.
fn nearest(anchor: Date, ahead: bool, of: impl Fn(i16) -> Option<Interval>) -> Option<Interval> {
    let around = [anchor.year() - 1, anchor.year(), anchor.year() + 1]
        .into_iter()
        .filter_map(of);
    around.min_by_key(|i| {
        let far = if i.to < anchor {
            i.to.days_until(anchor)
        } else if i.from > anchor {
            anchor.days_until(i.from)
        } else {
            0
        };
        let wrong = if ahead {
            i.to < anchor
        } else {
            i.from > anchor
        };
        // A day slightly on the other side is likelier meant than one nearly a year away.
        far + if wrong { 120 } else { 0 }
    })
}

fn resolve(f: &Found, anchor: Option<Date>, ahead: bool) -> Option<(Interval, bool)> {
    let one = |d: Date| Interval { from: d, to: d };
    let (interval, relative) = match f.when {
        When::Day {
            year: Some(y),
            month,
            day,
        } => (one(Date::new(y, month, day).ok()?), false),
        When::Day {
            year: None,
            month,
            day,
        } => (
            nearest(anchor?, ahead, |y| Date::new(y, month, day).ok().map(one))?,
            true,
        ),
        When::Month {
            year: Some(y),
            month,
        } => (months(y, month, month)?, false),
        When::Month { year: None, month } => {
            (nearest(anchor?, ahead, |y| months(y, month, month))?, true)
        }
        When::Year(y) => (months(y, 1, 12)?, false),
        When::Years { from, to } => (
            Interval {
                from: Date::new(from, 1, 1).ok()?,
                to: Date::new(to, 12, 31).ok()?,
            },
            false,
        ),
        When::Months {
            year: Some(y),
            from,
            to,
        } => (months(y, from, to)?, false),
        When::Months {
            year: None,
            from,
            to,
        } => (nearest(anchor?, ahead, |y| months(y, from, to))?, true),
        When::Weekday { day, way } => {
            let anchor = anchor?;
            let back = i64::from((anchor.weekday() - day).rem_euclid(7));
            let past = anchor.plus_days(-back);
            let at = match way {
                -1 if back == 0 => past.plus_days(-7),
                1 => past.plus_days(7),
                0 if ahead && back != 0 => past.plus_days(7),
                _ => past,
            };
            (one(at), true)
        }
        When::Weekend { way } => {
            let anchor = anchor?;
            let saturday = anchor.plus_days(6 - i64::from(anchor.weekday()) + 7 * i64::from(way));
            (
                Interval {
                    from: saturday,
                    to: saturday.plus_days(1),
                },
                true,
            )
        }
        When::Offset { count, unit } => {
            let anchor = anchor?;
            let interval = match unit {
                Unit::Day => one(anchor.plus_days(count)),
                // Counted weeks name a day, 'last week' names seven.
                Unit::Week if count.abs() > 1 || f.end - f.first > 2 => {
                    one(anchor.plus_days(7 * count))
                }
                Unit::Week => {
                    let monday = anchor.plus_days(7 * count + 1 - i64::from(anchor.weekday()));
                    Interval {
                        from: monday,
                        to: monday.plus_days(6),
                    }
                }
                Unit::Month => {
                    let (y, m) = shifted(anchor.year(), anchor.month(), count)?;
                    months(y, m, m)?
                }
                Unit::Year => months(i16::try_from(i64::from(anchor.year()) + count).ok()?, 1, 12)?,
            };
            (interval, true)
        }
    };
    Some((cut(interval, f.part), relative))
}

/// The part of an interval that 'early', 'mid', 'late' or 'end of' leaves.
fn cut(interval: Interval, part: Part) -> Interval {
    let days = interval.days();
    let third = days / 3;
    let at = |n: i64| interval.from.plus_days(n);
    match part {
        Part::Whole => interval,
        Part::Early => Interval {
            from: interval.from,
            to: at(third),
        },
        Part::Middle => Interval {
            from: at(third),
            to: at(2 * third),
        },
        Part::Late => Interval {
            from: at(2 * third),
            to: interval.to,
        },
        Part::End => Interval {
            from: at(days - (days / 12).max(3)),
            to: interval.to,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    /// Wednesday.
    fn anchor() -> Date {
        Date::new(2023, 3, 1).unwrap()
    }

    fn check(text: &str, want: &[(&str, &str)]) {
        let got: Vec<(String, String)> = dates(text, &tokens(text), Some(anchor()))
            .into_iter()
            .map(|d| (d.interval.from.to_string(), d.interval.to.to_string()))
            .collect();
        let got: Vec<(&str, &str)> = got.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(got, want, "{text}");
    }

    fn day(text: &str, want: &str) {
        check(text, &[(want, want)]);
    }

    #[test]
    fn days_in_every_order() {
        for text in [
            "on February 28, 2023.",
            "on 28 February 2023.",
            "on Feb. 28.",
            "28.02.2023",
            "2023-02-28",
            "28/02/2023",
            "the 28th of February",
        ] {
            day(text, "2023-02-28");
        }
        day("It opens on March 9.", "2023-03-09");
        day("It was shut on December 9.", "2022-12-09");
    }

    #[test]
    fn relative_days() {
        day("He came on Tuesday.", "2023-02-28");
        day("He will come on Tuesday.", "2023-03-07");
        day("He came last Wednesday.", "2023-02-22");
        day("yesterday", "2023-02-28");
        day("a day earlier", "2023-02-28");
        day("two weeks ago", "2023-02-15");
    }

    #[test]
    fn months_years_and_parts() {
        check("last month", &[("2023-02-01", "2023-02-28")]);
        check("in March 2022", &[("2022-03-01", "2022-03-31")]);
        check("in 2019", &[("2019-01-01", "2019-12-31")]);
        check("in the 1990s", &[("1990-01-01", "1999-12-31")]);
        check(
            "in the first quarter of 2024",
            &[("2024-01-01", "2024-03-31")],
        );
        check(
            "from March 2020 to May 2020",
            &[("2020-03-01", "2020-05-31")],
        );
        check("late March 2022", &[("2022-03-21", "2022-03-31")]);
    }

    #[test]
    fn look_alikes_are_no_dates() {
        check("They may march on. Theresa May spoke to 2000 people.", &[]);
        check("In 2000 people fled.", &[]);
    }

    #[test]
    fn relative_dates_need_an_anchor() {
        assert!(dates("on Tuesday", &tokens("on Tuesday"), None).is_empty());
        assert_eq!(
            covered_by_dates("on Tuesday", &tokens("on Tuesday")).len(),
            1
        );
    }
}
