//! Finds the date expressions of a text and resolves them to days.
//!
//! Reads tokens from left to right with bounded look-ahead and look-back; it knows English dates and nothing else.

mod absolute;
mod relative;

use super::{Date, DateMention, Interval, calendar};
use crate::text::number::is_plural;
use crate::text::number::numeral::{Form, begins_words, glued, numeral, ordinal_word, word};
use crate::text::{Span, Token, TokenKind};

/// Tokens looked at on either side of a date for a hint that it lies ahead.
const TENSE_REACH: usize = 30;

/// Days within which a coming date without a year is taken rather than last year's.
const COMING: i64 = 60;

/// What an expression names, before the sentence around it is heard.
#[derive(Debug, Clone, Copy)]
enum What {
    /// Days that the words give in full.
    Fixed(Interval),
    /// Days that the words give together with the anchor.
    Relative(Interval),
    /// Days of a month whose year is not said.
    Yearless { month: i8, from: i8, to: i8 },
    /// A bare weekday, Monday 1.
    Weekday(i8),
    /// Whole months of a year that is not said: first month and their number.
    Season(i8, i16),
}

/// An expression and the index past its last token.
#[derive(Debug, Clone, Copy)]
struct Found {
    what: What,
    end: usize,
}

/// A stretch of a stretch.
#[derive(Debug, Clone, Copy)]
enum Part {
    Early,
    Mid,
    Late,
    Start,
    End,
    /// 'earlier this month'.
    Past,
    /// 'later this month'.
    Coming,
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    anchor: Date,
    /// The date named before in the same sentence.
    named: Option<Interval>,
}

pub(super) fn dates(text: &str, tokens: &[Token], anchor: Option<Date>) -> Vec<DateMention> {
    let mut out = Vec::new();
    read(text, tokens, anchor, |mention| {
        if anchor.is_some() || !mention.relative {
            out.push(mention);
        }
    });
    out
}

pub(super) fn spans(text: &str, tokens: &[Token]) -> Vec<Span> {
    let mut out = Vec::new();
    read(text, tokens, None, |mention| out.push(mention.span));
    out
}

fn read(text: &str, tokens: &[Token], anchor: Option<Date>, mut found: impl FnMut(DateMention)) {
    // Without an anchor relative expressions are still recognised, against a day that nobody sees.
    let Some(anchor) = anchor.or_else(|| Date::new(2000, 6, 15).ok()) else {
        return;
    };
    let mut reader = Reader {
        text,
        tokens,
        anchor,
        named: None,
    };
    let mut i = 0;
    while i < tokens.len() {
        if tokens[i].kind == TokenKind::Mark {
            if matches!(tokens[i].word.as_ref(), "." | "!" | "?")
                && tokens.get(i + 1).is_some_and(|t| t.capital)
            {
                reader.named = None;
            }
            i += 1;
            continue;
        }
        match reader.mention(i) {
            Some((mention, end)) => {
                reader.named = Some(mention.interval);
                found(mention);
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
}

impl<'a> Reader<'a> {
    fn word(&self, i: usize) -> &'a str {
        word(self.tokens, i)
    }

    /// The word `n` tokens before `i`.
    fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |at| self.word(at))
    }

    fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }

    /// A mark that glues `i - 1` to `i + 1`.
    fn joint(&self, i: usize, mark: &str) -> bool {
        i > 0 && self.word(i) == mark && glued(self.tokens, i - 1) && glued(self.tokens, i)
    }

    /// The mention that begins at token `i`, with a second date where the two make a stretch.
    fn mention(&self, i: usize) -> Option<(DateMention, usize)> {
        let first = self.found(i)?;
        let (interval, relative, end, ranged) = match self.stretch(i, first) {
            Some((interval, relative, end)) => (interval, relative, end, true),
            None => {
                let (interval, relative) = self.resolve(i, first.what)?;
                (interval, relative, first.end, false)
            }
        };
        let (since, until) = if ranged {
            (false, false)
        } else {
            self.bounds(i)
        };
        let last = self.tokens.get(end.checked_sub(1)?)?;
        // A possessive belongs to what follows: the span of 'Tuesday's' ends with the day.
        let shown = last.span.of(self.text).map_or(last.span.len(), |s| {
            s.strip_suffix("'s")
                .or_else(|| s.strip_suffix("’s"))
                .map_or(s.len(), str::len)
        });
        let mention = DateMention {
            span: Span::new(self.tokens.get(i)?.span.start, last.span.start + shown),
            interval,
            relative,
            since,
            until,
        };
        Some((mention, end))
    }

    /// Whether a preposition before token `i` makes the date a beginning or an end.
    fn bounds(&self, i: usize) -> (bool, bool) {
        let mut n = 1;
        while n < 5
            && matches!(
                self.back(i, n),
                "the" | "about" | "around" | "at" | "least" | "early" | "late" | "on" | "in"
            )
        {
            n += 1;
        }
        let (one, two, three) = (self.back(i, n), self.back(i, n + 1), self.back(i, n + 2));
        let negated = matches!(two, "not" | "no" | "never");
        match one {
            "since" | "from" | "after" | "starting" | "beginning" => (true, false),
            "until" | "till" | "before" if negated => (true, false),
            "until" | "till" | "before" | "by" => (false, true),
            "than" => {
                let negated = matches!(three, "no" | "not");
                match two {
                    "earlier" | "sooner" => (negated, !negated),
                    "later" => (!negated, negated),
                    _ => (false, false),
                }
            }
            _ => (false, false),
        }
    }

    /// The expression that begins at token `i`.
    fn found(&self, i: usize) -> Option<Found> {
        let token = self.tokens.get(i)?;
        match token.kind {
            TokenKind::Number => self.figures(i),
            TokenKind::Mark => None,
            TokenKind::Word => self.words(i),
        }
    }

    fn words(&self, i: usize) -> Option<Found> {
        let name = self.word(i);
        // Most words are ruled out by their first letter and length.
        match name.as_bytes() {
            b"yesterday" => self.near(i, -1, -1),
            b"tomorrow" => self.near(i, 1, 1),
            b"tonight" => self.near(i, 0, 0),
            b"today" => {
                // 'USA Today', 'Russia Today'.
                let title = self.capital(i) && i > 0 && self.capital(i - 1);
                (!title).then(|| self.near(i, 0, 0)).flatten()
            }
            b"a" | b"an" => self.distance(i),
            b"last" | b"past" | b"previous" | b"next" | b"coming" | b"this" | b"following"
            | b"current" => self.pointed(i).or_else(|| self.slice(i)),
            b"early" => self.part(i, Part::Early),
            b"late" => self.part(i, Part::Late),
            b"mid" | b"middle" => self.part(i, Part::Mid),
            b"earlier" => self.part(i, Part::Past),
            b"later" => self.part(i, Part::Coming),
            b"end" | b"close" => self.edge(i, Part::End),
            b"start" | b"beginning" => self.edge(i, Part::Start),
            b"weekend" => self.weekend(i),
            b"day" => self.day_beside(i),
            b"spring" | b"summer" | b"autumn" | b"winter" | b"fall" => self.season(i),
            b"christmas" => self.christmas(i),
            b"q1" | b"q2" | b"q3" | b"q4" => {
                let (from, _, end) = self.year(i + 1 + usize::from(self.word(i + 1) == "of"))?;
                let quarter = name.as_bytes().get(1)?.checked_sub(b'1')? as i8;
                self.fixed(calendar::months(from, 3 * quarter + 1, 3), end)
            }
            _ => {
                if let Some((month, short)) = calendar::month(name) {
                    return self.month(i, month, short);
                }
                if let Some(day) = calendar::weekday(name) {
                    return self.weekday(i, day);
                }
                if ordinal_word(name).is_some() {
                    return self
                        .slice(i)
                        .or_else(|| self.day_of_month(i))
                        .or_else(|| self.century(i));
                }
                begins_words(name)
                    .then(|| {
                        self.day_of_month(i)
                            .or_else(|| self.distance(i))
                            .or_else(|| self.century(i))
                    })
                    .flatten()
            }
        }
    }

    fn fixed(&self, interval: Option<Interval>, end: usize) -> Option<Found> {
        Some(Found {
            what: What::Fixed(interval?),
            end,
        })
    }

    fn relative(&self, interval: Option<Interval>, end: usize) -> Option<Found> {
        Some(Found {
            what: What::Relative(interval?),
            end,
        })
    }

    /// Days counted from the anchor, for the one token at `i`.
    fn near(&self, i: usize, from: i64, to: i64) -> Option<Found> {
        self.relative(
            Some(Interval {
                from: self.anchor.plus_days(from),
                to: self.anchor.plus_days(to),
            }),
            i + 1,
        )
    }

    /// Two dates that make one stretch: 'from March to May', 'between 2014 and 2016', 'May 30 - June 2'.
    fn stretch(&self, i: usize, first: Found) -> Option<(Interval, bool, usize)> {
        let link = self.word(first.end);
        let before = self.back(i, 1 + usize::from(self.back(i, 1) == "the"));
        let joined = match link {
            "-" => {
                let (left, right) = (
                    glued(self.tokens, first.end - 1),
                    glued(self.tokens, first.end),
                );
                left == right
            }
            "to" => !self.moved(i),
            "until" | "till" | "through" => {
                matches!(before, "from" | "between") || link == "through"
            }
            "and" => before == "between",
            _ => false,
        };
        if !joined {
            return None;
        }
        let mut at = first.end + 1;
        if self.word(at) == "the" {
            at += 1;
        }
        let second = self
            .year(at)
            .filter(|&(year, to, end)| {
                year == to
                    && (1000..=2100).contains(&year)
                    && !self.counted(year, end)
                    && self.whole_year(first.what)
            })
            .and_then(|(year, _, end)| self.fixed(calendar::years(year, year), end))
            .or_else(|| self.found(at))?;
        let (a, b) = match (first.what, second.what) {
            (What::Yearless { .. } | What::Season(..), What::Fixed(to)) => {
                let from = yearly(first.what, to.to.year())?;
                let from = if from.from > to.to {
                    yearly(first.what, to.to.year() - 1)?
                } else {
                    from
                };
                return (from.from <= to.to).then_some((join(from, to), false, second.end));
            }
            (What::Fixed(from), What::Yearless { .. } | What::Season(..)) => {
                let to = yearly(second.what, from.from.year())?;
                let to = if to.to < from.from {
                    yearly(second.what, from.from.year() + 1)?
                } else {
                    to
                };
                return Some((join(from, to), false, second.end));
            }
            (
                What::Yearless { .. } | What::Season(..),
                What::Yearless { .. } | What::Season(..),
            ) => {
                let (from, _) = self.resolve(i, first.what)?;
                let to = yearly(second.what, from.from.year())?;
                let to = if to.to < from.from {
                    yearly(second.what, from.from.year() + 1)?
                } else {
                    to
                };
                (from, to)
            }
            (What::Weekday(_), What::Weekday(day)) => {
                let (from, _) = self.resolve(i, first.what)?;
                let off = (i64::from(day) - i64::from(from.from.weekday())).rem_euclid(7);
                (from, one(from.from.plus_days(off)))
            }
            (x, y) => {
                let ((from, a), (to, b)) = (self.resolve(i, x)?, self.resolve(at, y)?);
                return (from.from <= to.to).then_some((join(from, to), a || b, second.end));
            }
        };
        (a.from <= b.to).then_some((join(a, b), true, second.end))
    }

    fn whole_year(&self, what: What) -> bool {
        matches!(what, What::Fixed(i) if i.days() >= 365)
    }

    /// Whether something is moved from one date to another, so that the two are no stretch.
    fn moved(&self, i: usize) -> bool {
        self.back(i, 1) == "from"
            && (2..7).any(|n| {
                matches!(
                    self.back(i, n),
                    "moved"
                        | "move"
                        | "postponed"
                        | "postpone"
                        | "delayed"
                        | "shifted"
                        | "rescheduled"
                        | "brought"
                        | "changed"
                        | "deferred"
                        | "postponement"
                        | "pushed"
                        | "rose"
                        | "fell"
                        | "dropped"
                        | "grew"
                        | "up"
                        | "down"
                )
            })
    }

    /// The days that an expression at token `i` means, and whether the anchor was needed.
    fn resolve(&self, i: usize, what: What) -> Option<(Interval, bool)> {
        match what {
            What::Fixed(interval) => Some((interval, false)),
            What::Relative(interval) => Some((interval, true)),
            What::Weekday(day) => {
                let back = (i64::from(self.anchor.weekday()) - i64::from(day)).rem_euclid(7);
                let days = if back > 0 && self.ahead_near(i) {
                    7 - back
                } else {
                    -back
                };
                Some((one(self.anchor.plus_days(days)), true))
            }
            What::Yearless { .. } | What::Season(..) => {
                let anchor = self.anchor;
                let year = anchor.year();
                let past = [year, year - 1, year - 2, year - 4]
                    .iter()
                    .find_map(|&y| yearly(what, y).filter(|d| d.from <= anchor))?;
                let coming = [year - 1, year, year + 1, year + 2, year + 4]
                    .iter()
                    .find_map(|&y| yearly(what, y).filter(|d| d.to >= anchor))?;
                let (since, until) = self.bounds(i);
                let started = self.back(i, 1) == "since" || self.back(i, 2) == "since";
                let ahead = !started
                    && (until
                        || self.ahead(i)
                        || anchor.days_until(coming.from) <= COMING * if since { 3 } else { 1 });
                Some((if ahead { coming } else { past }, true))
            }
        }
    }

    /// Whether the sentence around token `i` speaks of what is to come.
    fn ahead(&self, i: usize) -> bool {
        let stop = |at: usize| {
            matches!(self.word(at), "." | "!" | "?")
                && self.tokens.get(at + 1).is_none_or(|t| t.capital)
        };
        let hint = |at: usize| {
            matches!(
                self.word(at),
                "will"
                    | "shall"
                    | "won't"
                    | "would"
                    | "wouldn't"
                    | "plans"
                    | "plan"
                    | "due"
                    | "scheduled"
                    | "expected"
                    | "upcoming"
                    | "hopes"
                    | "aims"
                    | "intends"
                    | "planned"
                    | "slated"
                    | "expects"
                    | "we'll"
                    | "they'll"
                    | "he'll"
                    | "it'll"
            )
        };
        let behind = (i.saturating_sub(TENSE_REACH)..i)
            .rev()
            .take_while(|&at| !stop(at))
            .any(hint);
        behind
            || (i..(i + TENSE_REACH).min(self.tokens.len()))
                .take_while(|&at| !stop(at))
                .any(hint)
    }

    /// Whether the clause before token `i` looks ahead: 'will vote on Tuesday', 'is to meet on Friday', 'until Monday'.
    fn ahead_near(&self, i: usize) -> bool {
        for n in 1..=9 {
            let (name, earlier) = (self.back(i, n), self.back(i, n + 1));
            match name {
                "will" | "shall" | "would" | "won't" | "until" | "till" | "wouldn't" => {
                    return true;
                }
                "to" => {
                    if matches!(
                        earlier,
                        "is" | "are"
                            | "due"
                            | "set"
                            | "scheduled"
                            | "plan"
                            | "plans"
                            | "expected"
                            | "wants"
                            | "intends"
                            | "hopes"
                            | "needs"
                            | "has"
                            | "have"
                            | "must"
                            | "planning"
                            | "going"
                            | "ready"
                            | "want"
                    ) {
                        return true;
                    }
                }
                "by" if n <= 2 => return true,
                "" | "," | ";" | "." | "\"" | "said" | "told" | "says" | "announced" | "that"
                | "and" | "but" => return false,
                _ if name.len() > 4
                    && name.ends_with("ed")
                    && !matches!(name, "expected" | "scheduled" | "speed" | "need") =>
                {
                    // 'will be released on Friday' against 'released on Friday'.
                    let passive = matches!(earlier, "be" | "get");
                    if !passive {
                        return false;
                    }
                }
                _ => {}
            }
        }
        false
    }
}

/// One day as an interval.
fn one(date: Date) -> Interval {
    Interval {
        from: date,
        to: date,
    }
}

/// From the start of one to the end of the other.
fn join(a: Interval, b: Interval) -> Interval {
    Interval {
        from: a.from,
        to: b.to.max(a.from),
    }
}

/// A yearless expression in a given year.
fn yearly(what: What, year: i16) -> Option<Interval> {
    match what {
        // 29 February waits for a leap year.
        What::Yearless { month, from, .. } if from > calendar::days_in(year, month) => None,
        What::Yearless { month, from, to } => calendar::days(year, month, from, to),
        What::Season(first, count) => calendar::months(year, first, count),
        _ => None,
    }
}

/// A number of at most four digits.
fn digits(word: &str) -> Option<i16> {
    (!word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

/// The year that two or four digits write: '23' is 2023, '87' is 1987.
fn full_year(year: i16, length: usize) -> Option<i16> {
    match length {
        4 if (1000..=2999).contains(&year) => Some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// Day and month in figures: day first where that is a day at all.
fn day_first(year: i16, a: i16, b: i16) -> Option<Interval> {
    let (a, b) = (i8::try_from(a).ok()?, i8::try_from(b).ok()?);
    calendar::day(year, b, a).or_else(|| calendar::day(year, a, b))
}

/// '28.02.2023' as year, month and day.
fn dotted(word: &str) -> Option<(i16, i8, i8)> {
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || !word.contains('.') {
        return None;
    }
    let mut parts = word.split('.');
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let interval = day_first(full_year(digits(c)?, c.len())?, digits(a)?, digits(b)?)?;
    Some((
        interval.from.year(),
        interval.from.month(),
        interval.from.day(),
    ))
}
