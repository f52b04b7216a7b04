//! Finds the date expressions of a text and resolves them to days.
//!
//! Reads tokens from left to right with bounded look-ahead and look-back; it knows English dates and nothing else.

use super::{Date, DateMention, Interval, calendar};
use crate::text::number::is_plural;
use crate::text::number::numeral::{Form, glued, numeral, ordinal_word, word};
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
    tokens: &'a [Token],
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
            if matches!(tokens[i].word.as_str(), "." | "!" | "?")
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
                // Number words are two to nine letters long and open with one of these.
                matches!(
                    name.as_bytes().first(),
                    Some(b'o' | b't' | b'f' | b's' | b'e' | b'n' | b'h')
                )
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

    /// Dates in figures, days before a month, years and decades.
    fn figures(&self, i: usize) -> Option<Found> {
        let name = self.word(i);
        if let Some(date) = dotted(name) {
            return self.fixed(calendar::day(date.0, date.1, date.2), i + 1);
        }
        if self.pasted(i) {
            return None;
        }
        for mark in ["-", "/"] {
            if self.joint(i + 1, mark) && self.joint(i + 3, mark) && !self.joint(i + 5, mark) {
                let (a, b, c) = (
                    digits(name)?,
                    digits(self.word(i + 2))?,
                    digits(self.word(i + 4))?,
                );
                let interval = if name.len() == 4 {
                    calendar::day(a, i8::try_from(b).ok()?, i8::try_from(c).ok()?)
                } else {
                    let year = full_year(c, self.word(i + 4).len())?;
                    day_first(year, a, b)
                };
                return self.fixed(interval, i + 5);
            }
        }
        self.day_of_month(i)
            .or_else(|| self.distance(i))
            .or_else(|| self.century(i))
            .or_else(|| self.slice(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.bare_year(i))
    }

    /// Whether figures are pasted to what stands before them: '$2019', 'F-16', 'v/2'.
    fn pasted(&self, i: usize) -> bool {
        i > 0
            && glued(self.tokens, i - 1)
            && !matches!(self.back(i, 1), "(" | "\"" | "'" | "[" | "," | ";")
    }

    /// A day number at `i`: 1 to 31 in figures or as an ordinal, and the index past it.
    fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        let token = self.tokens.get(i)?;
        let name = token.word.as_str();
        let value = match token.kind {
            TokenKind::Number => {
                let bare = ["st", "nd", "rd", "th"]
                    .iter()
                    .find_map(|s| name.strip_suffix(s))
                    .unwrap_or(name);
                if bare.len() > 2 {
                    return None;
                }
                return digits(bare)
                    .and_then(|d| i8::try_from(d).ok())
                    .filter(|d| (1..=31).contains(d))
                    .map(|d| (d, i + 1));
            }
            TokenKind::Word => {
                numeral(self.text, self.tokens, i).filter(|n| n.form == Form::Ordinal)?
            }
            TokenKind::Mark => return None,
        };
        ((1.0..=31.0).contains(&value.value)).then_some((value.value as i8, value.end))
    }

    /// A month's name at `i` and the index past it and its full stop.
    fn month_name(&self, i: usize) -> Option<(i8, usize)> {
        if !self.capital(i) {
            return None;
        }
        let (month, short) = calendar::month(self.word(i))?;
        let stop = short && self.word(i + 1) == "." && glued(self.tokens, i);
        Some((month, i + 1 + usize::from(stop)))
    }

    /// '28 February 2023', '28th of February', '3-7 May', '3 to 7 May', 'the first of March'.
    fn day_of_month(&self, i: usize) -> Option<Found> {
        let (from, mut at) = self.day_number(i)?;
        let worded = self.tokens.get(i)?.kind == TokenKind::Word;
        let mut to = from;
        let between = self.back(i, 1) == "between";
        let link = match self.word(at) {
            "-" => self.joint(at, "-"),
            "to" | "until" | "through" => true,
            "and" => between,
            _ => false,
        };
        if link && let Some((day, past)) = self.day_number(at + 1) {
            // '30 April - 2 May' goes another way.
            let of = usize::from(self.word(past) == "of");
            if self.month_name(past + of).is_some() && day > from {
                to = day;
                at = past;
            }
        }
        let of = self.word(at) == "of";
        if worded && !of {
            return None;
        }
        let hyphen = self.joint(at, "-");
        let (month, past) = self.month_name(at + usize::from(of || hyphen))?;
        let year = self.word(past) == "," || hyphen;
        let year = self.year_beside(past + usize::from(year));
        let (what, end) = match year {
            Some((year, end)) => (What::Fixed(calendar::days(year, month, from, to)?), end),
            None => (What::Yearless { month, from, to }, past),
        };
        // No such day: '31 February' is a misprint, not the end of the month.
        (to <= calendar::days_in(2000, month)).then_some(Found { what, end })
    }

    /// A year that stands with a month: four digits that count nothing.
    fn year_beside(&self, i: usize) -> Option<(i16, usize)> {
        let (year, to, end) = self.year(i)?;
        (year == to && !self.counted(year, end)).then_some((year, end))
    }

    /// A year at `i`, or two ('2014-16', '2022/23'), and the index past them. Asks for no cue.
    fn year(&self, i: usize) -> Option<(i16, i16, usize)> {
        let token = self.tokens.get(i)?;
        let name = token.word.as_str();
        if name.len() != 4 || token.kind != TokenKind::Number {
            return None;
        }
        let from = digits(name).filter(|y| (1000..=2100).contains(y))?;
        for mark in ["-", "/"] {
            if self.joint(i + 1, mark) && !self.joint(i + 3, mark) {
                let second = self.word(i + 2);
                let to = match second.len() {
                    2 => digits(second).map(|y| from - from % 100 + y),
                    4 => digits(second),
                    _ => None,
                };
                if let Some(to) = to.filter(|&to| to > from && to - from < 200) {
                    return Some((from, to, i + 3));
                }
            }
        }
        Some((from, from, i + 1))
    }

    /// Whether figures that could be a year count the plural after them instead: '2000 soldiers'.
    fn counted(&self, year: i16, end: usize) -> bool {
        let round = year % 50 == 0 || !(1900..=2100).contains(&year);
        let next = self.word(end);
        let unit = matches!(
            next,
            "%" | "percent"
                | "per"
                | "million"
                | "billion"
                | "thousand"
                | "km"
                | "kg"
                | "tonnes"
                | "euros"
                | "dollars"
                | "people"
        );
        unit || (round
            && (is_plural(next) || is_plural(self.word(end + 1)))
            && !next.is_empty()
            && self
                .tokens
                .get(end)
                .is_some_and(|t| t.kind == TokenKind::Word))
    }

    /// A year that a preposition, an article or the lack of anything to count gives away.
    fn bare_year(&self, i: usize) -> Option<Found> {
        let (from, to, end) = self.year(i)?;
        if self.joint(end, "-")
            || (glued(self.tokens, end.checked_sub(1)?)
                && matches!(self.word(end), "%" | "/" | ":" | "@"))
        {
            return None;
        }
        let before = self.back(i, 1);
        let cue = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "from"
                | "of"
                | "during"
                | "late"
                | "early"
                | "before"
                | "after"
                | "mid"
                | "through"
                | "between"
                | "to"
                | "for"
                | "year"
                | "throughout"
                | "back"
        );
        let modern = (1900..=2099).contains(&from);
        if self.counted(from, end) {
            return None;
        }
        let next = self.tokens.get(end);
        let follows = match next {
            None => false,
            Some(t) if t.kind == TokenKind::Word => is_plural(&t.word) && !t.capital,
            _ => false,
        };
        let counting = matches!(
            before,
            "about"
                | "around"
                | "some"
                | "over"
                | "than"
                | "least"
                | "most"
                | "nearly"
                | "almost"
                | "roughly"
                | "approximately"
                | "to"
                | "another"
                | "only"
                | "exactly"
                | "these"
                | "those"
                | "all"
                | "other"
                | "number"
                | "no"
                | "flight"
                | "resolution"
        );
        let named = matches!(
            before,
            "the" | "a" | "an" | "this" | "its" | "his" | "her" | "their" | "our"
        ) || before.is_empty()
            || self.owner(i);
        let range = to > from;
        let yes = if matches!(before, "to" | "for" | "from" | "of") {
            modern && !follows
        } else if cue {
            modern || !follows
        } else if counting {
            false
        } else if named {
            modern
        } else {
            modern && (range || !follows)
        };
        // A row of digits outside its sentence ('Tel. 1998 2004') gives itself away by its neighbours.
        let row = self
            .tokens
            .get(end)
            .is_some_and(|t| t.kind == TokenKind::Number)
            || (i > 0 && self.tokens[i - 1].kind == TokenKind::Number);
        (yes && !row)
            .then(|| self.fixed(calendar::years(from, to), end))
            .flatten()
    }

    /// Whether the token before `i` is in the possessive.
    fn owner(&self, i: usize) -> bool {
        i.checked_sub(1)
            .and_then(|at| self.tokens[at].span.of(self.text))
            .is_some_and(|s| s.ends_with("'s") || s.ends_with("’s") || s.ends_with('’'))
    }

    /// '1990s'.
    fn decade(&self, i: usize) -> Option<Found> {
        let year = self
            .word(i)
            .strip_suffix('s')
            .filter(|y| y.len() == 4)
            .and_then(digits)?;
        (year % 10 == 0 && (1000..=2100).contains(&year))
            .then(|| {
                self.fixed(
                    calendar::years(year, year + if year % 100 == 0 { 99 } else { 9 }),
                    i + 1,
                )
            })
            .flatten()
    }

    /// 'the 19th century', 'the twenty-first century'.
    fn century(&self, i: usize) -> Option<Found> {
        let number = numeral(self.text, self.tokens, i)
            .filter(|n| n.form == Form::Ordinal && (1.0..=30.0).contains(&n.value))?;
        let at = number.end + usize::from(self.word(number.end) == "-");
        let from = (number.value as i16 - 1) * 100 + 1;
        (self.word(at) == "century")
            .then(|| self.fixed(calendar::years(from, from + 99), at + 1))
            .flatten()
    }

    /// A month: 'February 28, 2023', 'March 2022', 'in March', 'May 3-7'.
    fn month(&self, i: usize, month: i8, short: bool) -> Option<Found> {
        let (_, past) = self.month_name(i)?;
        if i > 0
            && glued(self.tokens, i - 1)
            && !matches!(self.back(i, 1), "(" | "\"" | "'" | "-" | "/")
        {
            return None;
        }
        let article = usize::from(self.word(past) == "the");
        if let Some((from, mut at)) = self.day_number(past + article)
            && !(article == 0 && self.tokens.get(past)?.kind == TokenKind::Word)
            && !self.scaled(at)
        {
            let mut to = from;
            let link = self.joint(at, "-")
                || matches!(self.word(at), "to" | "until" | "through")
                || (self.word(at) == "and" && self.back(i, 1) == "between");
            if link
                && let Some((day, end)) = self.day_number(at + 1)
                && day > from
                && self.tokens.get(at + 1)?.kind == TokenKind::Number
                && self.month_name(end).is_none()
                && !self.scaled(end)
            {
                to = day;
                at = end;
            }
            let what = What::Yearless { month, from, to };
            if to > calendar::days_in(2000, month) {
                return None;
            }
            let comma = usize::from(self.word(at) == ",");
            return match self.year_beside(at + comma) {
                Some((year, end)) => self.fixed(calendar::days(year, month, from, to), end),
                None => Some(Found { what, end: at }),
            };
        }
        let of = usize::from(matches!(self.word(past), "," | "of" | "-"));
        if let Some((year, end)) = self.year_beside(past + of)
            && (of == 0 || self.word(past) != "," || (1900..=2100).contains(&year))
        {
            return self.fixed(calendar::months(year, month, 1), end);
        }
        self.month_alone(i, month, short).then_some(Found {
            what: What::Yearless {
                month,
                from: 1,
                to: 31,
            },
            end: past,
        })
    }

    /// Whether what follows a number shows that it counts: 'May 10 million', 'March 20 people'.
    fn scaled(&self, at: usize) -> bool {
        matches!(self.word(at), "million" | "billion" | "thousand" | "percent" | "per" | "%" | "people" | ":" | "." if self.word(at) != "." || self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number && glued(self.tokens, at)))
    }

    /// Whether a month's name without day and year means the month: 'May' and 'March' are verbs and names, 'April' is a name.
    fn month_alone(&self, i: usize, month: i8, short: bool) -> bool {
        let before = self.back(i, 1);
        let strong = matches!(
            before,
            "in" | "since"
                | "until"
                | "till"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "mid"
                | "during"
                | "throughout"
        );
        let weak = matches!(
            before,
            "by" | "from" | "before" | "after" | "through" | "between" | "to" | "for" | "than"
        ) || (before == "-" && matches!(self.back(i, 2), "mid" | "early" | "late"));
        let of = before == "of"
            && (matches!(
                self.back(i, 2),
                "end"
                    | "start"
                    | "beginning"
                    | "middle"
                    | "month"
                    | "week"
                    | "half"
                    | "days"
                    | "day"
                    | "close"
            ) || self.day_number(i.saturating_sub(2)).is_some());
        // 'in March Against Hunger', 'April Smith': a capital without a mark between goes on with a name.
        let goes_on = self.capital(i + 1)
            && self
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.kind == TokenKind::Word);
        match month {
            // Rare names stand after 'by', 'from' and 'to' as well: 'a letter to May', 'criticised by May'.
            5 if !short => {
                strong && !goes_on
                    || of
                    || (weak
                        && !matches!(before, "by" | "from" | "to" | "for" | "after" | "before"))
                    || (weak && !goes_on && !self.owner(i + 1) && self.spare_may(i))
            }
            3 if !short => strong && !goes_on || of || (weak && !goes_on),
            _ if short => strong || of || (weak && month != 1),
            4 | 6 | 8 => strong || of || weak || !goes_on,
            _ => true,
        }
    }

    /// Whether 'May' after 'by', 'from' or 'to' closes its phrase and no person of that name is about.
    fn spare_may(&self, i: usize) -> bool {
        let open = self.tokens.get(i + 1).is_none_or(|t| {
            t.kind == TokenKind::Mark
                || matches!(
                    t.word.as_str(),
                    "to" | "and" | "next" | "this" | "at" | "if" | "as" | "when" | "in"
                )
        });
        let person = |n| matches!(self.back(i, n), "mrs" | "theresa" | "minister" | "ms");
        open && !(1..4).any(person)
    }

    /// A weekday, with its date where one follows: 'Tuesday, 28 February'.
    fn weekday(&self, i: usize, day: i8) -> Option<Found> {
        if !self.capital(i)
            || (i > 0
                && glued(self.tokens, i - 1)
                && !matches!(self.back(i, 1), "(" | "\"" | "'" | "-" | "/"))
        {
            return None;
        }
        let before = self.back(i, 1);
        // Names of particular days and papers, and days that come again.
        if matches!(
            before,
            "black"
                | "bloody"
                | "good"
                | "super"
                | "ash"
                | "maundy"
                | "easter"
                | "palm"
                | "cyber"
                | "every"
                | "each"
                | "shrove"
                | "giving"
        ) || matches!(self.word(i + 1), "times" | "telegraph" | "mirror" | "express" | "post" | "mail" | "world" | "herald" | "morning's" if self.capital(i + 1))
        {
            return None;
        }
        let mut at = i + 1;
        if matches!(self.word(at), "morning" | "afternoon" | "evening" | "night") {
            at += 1;
        }
        if matches!(self.word(at), "," | "(" | "the") {
            at += 1;
        }
        if let Some(date) = self.dated(at) {
            return Some(date);
        }
        Some(Found {
            what: What::Weekday(day),
            end: i + 1,
        })
    }

    /// A day of a month at `i`, in either order.
    fn dated(&self, i: usize) -> Option<Found> {
        let found = match self.tokens.get(i)?.kind {
            TokenKind::Number => self.figures(i)?,
            TokenKind::Word => {
                let (month, short) = calendar::month(self.word(i))?;
                self.month(i, month, short)?
            }
            TokenKind::Mark => return None,
        };
        let single = match found.what {
            What::Fixed(interval) => interval.from == interval.to,
            What::Yearless { from, to, .. } => from == to,
            _ => false,
        };
        single.then_some(found)
    }

    /// 'last month', 'this week', 'next Tuesday', 'last autumn', 'the previous day'.
    fn pointed(&self, i: usize) -> Option<Found> {
        let (step, mut at) = match self.word(i) {
            "last" | "previous" => (-1, i + 1),
            "past" if self.back(i, 1) == "this" => (-1, i + 1),
            "next" | "coming" => (1, i + 1),
            "following" => (2, i + 1),
            "this" | "current" => (0, i + 1),
            _ => return None,
        };
        let step = match (step, self.word(at)) {
            (0, "past" | "last") => {
                at += 1;
                -1
            }
            (0, "coming" | "next") => {
                at += 1;
                1
            }
            (step, _) => step,
        };
        let name = self.word(at);
        let end = at + 1;
        // 'the last week of March', 'last day of the talks': no week of the anchor's.
        if self.word(end) == "of" && step != 0 {
            return None;
        }
        let anchor = self.anchor;
        let following = step == 2;
        let step = if following { 1 } else { step };
        let base = if following || self.word(i) == "previous" {
            self.named.map_or(anchor, |n| n.from)
        } else {
            anchor
        };
        let year = |n: i64| i16::try_from(i64::from(base.year()) + n).ok();
        match name {
            "night" | "evening" if step <= 0 => {
                self.relative(Some(one(anchor.plus_days(step))), end)
            }
            "morning" | "afternoon" if step == 0 => self.relative(Some(one(anchor)), end),
            "day" if step != 0 && !matches!(self.word(i), "last" | "coming") => {
                self.relative(Some(one(base.plus_days(step))), end)
            }
            "week" => self.relative(Some(calendar::shifted_week(base, step)), end),
            "month" => self.relative(calendar::shifted_month(base, step), end),
            "year" => {
                let year = year(step)?;
                self.relative(calendar::years(year, year), end)
            }
            "decade" => {
                let from = (year(0)?.div_euclid(10) + step as i16) * 10;
                self.relative(calendar::years(from, from + 9), end)
            }
            "quarter" => {
                let index = i64::from(base.month() - 1) / 3 + step;
                let quarter = index.rem_euclid(4) as i8;
                self.relative(
                    calendar::months(year(index.div_euclid(4))?, 3 * quarter + 1, 3),
                    end,
                )
            }
            "weekend" => {
                let week = calendar::shifted_week(anchor, step);
                let saturday = week.from.plus_days(5);
                self.relative(
                    Some(Interval {
                        from: saturday,
                        to: saturday.plus_days(1),
                    }),
                    end,
                )
            }
            _ => {
                if let Some(day) = calendar::weekday(name).filter(|_| self.capital(at)) {
                    let off = i64::from(day) - i64::from(anchor.weekday());
                    let days = match step {
                        -1 if off >= 0 => off - 7,
                        1 if off <= 0 => off + 7,
                        _ => off,
                    };
                    return self.relative(Some(one(anchor.plus_days(days))), end);
                }
                if let Some((month, end)) = self.month_name(at) {
                    let off = i64::from(month) - i64::from(anchor.month());
                    let years = match step {
                        -1 if off >= 0 => -1,
                        1 if off <= 0 => 1,
                        _ => 0,
                    };
                    return self.relative(calendar::months(year(years)?, month, 1), end);
                }
                if let Some((first, count)) = calendar::season(name) {
                    let mut found = calendar::months(anchor.year(), first, count)?;
                    let past = found.to < anchor;
                    let years = match step {
                        -1 if !past => -1,
                        1 if found.from <= anchor => 1,
                        0 if first == 12 && anchor.month() <= 2 => -1,
                        _ => 0,
                    };
                    found = calendar::months(year(years)?, first, count)?;
                    if step == -1 && found.to >= anchor {
                        found = calendar::months(year(years - 1)?, first, count)?;
                    }
                    return self.relative(Some(found), end);
                }
                None
            }
        }
    }

    /// 'early 2023', 'mid-June', 'late last year', 'earlier this month', 'late on Tuesday'.
    fn part(&self, i: usize, part: Part) -> Option<Found> {
        let mut at = i + 1;
        if self.joint(at, "-") {
            at += 1;
        } else if self.word(at) == "of" && matches!(part, Part::Mid) {
            return self.edge(i, part);
        } else if matches!(self.word(at), "in" | "on" | "the") {
            at += 1 + usize::from(self.word(at + 1) == "the");
        }
        let word = self.word(at);
        let inner = match part {
            Part::Past | Part::Coming => matches!(word, "this" | "in" | "on")
                .then(|| self.found(at))
                .flatten()
                .or_else(|| {
                    // 'earlier on Tuesday', 'later in March'.
                    (at > i + 1).then(|| self.found(at)).flatten()
                })?,
            _ => self
                .year(at)
                .filter(|&(year, _, end)| (1900..=2099).contains(&year) && !self.counted(year, end))
                .and_then(|(from, to, end)| self.fixed(calendar::years(from, to), end))
                .or_else(|| self.found(at))?,
        };
        self.cut(at, inner, part)
    }

    /// 'the end of 2024', 'the beginning of March', 'the end of the year'.
    fn edge(&self, i: usize, part: Part) -> Option<Found> {
        if self.word(i + 1) != "of" {
            return None;
        }
        let mut at = i + 2;
        if self.word(at) == "the" {
            at += 1;
            let end = at + 1;
            if self.word(end) != "of" {
                let interval = match self.word(at) {
                    "year" => calendar::years(self.anchor.year(), self.anchor.year()),
                    "month" => calendar::shifted_month(self.anchor, 0),
                    "week" => Some(calendar::shifted_week(self.anchor, 0)),
                    _ => None,
                };
                if let Some(interval) = interval {
                    let what = What::Relative(interval);
                    return self.cut(at, Found { what, end }, part);
                }
            }
        }
        let inner = self
            .year(at)
            .filter(|&(year, _, end)| (1900..=2099).contains(&year) && !self.counted(year, end))
            .and_then(|(from, to, end)| self.fixed(calendar::years(from, to), end))
            .or_else(|| self.found(at))?;
        self.cut(at, inner, part)
    }

    /// A part of what was found at `i`, which keeps on leaning on the anchor where it did.
    fn cut(&self, i: usize, inner: Found, part: Part) -> Option<Found> {
        let (interval, relative) = self.resolve(i, inner.what)?;
        let length = interval.days();
        let sub = |from: i64, to: i64| Interval {
            from: interval.from.plus_days(from),
            to: interval.from.plus_days(to.max(from)),
        };
        let cut = match part {
            _ if length == 1 => interval,
            Part::Early => sub(0, (length + 2) / 3 - 1),
            Part::Mid => sub(length / 3, length - length / 3 - 1),
            Part::Late => sub(length - (length + 2) / 3, length - 1),
            Part::Start => sub(0, (length + 3) / 4 - 1),
            Part::End => sub(length - (length + 3) / 4, length - 1),
            Part::Past => Interval {
                from: interval.from,
                to: interval.to.min(self.anchor).max(interval.from),
            },
            Part::Coming => Interval {
                from: interval.from.max(self.anchor).min(interval.to),
                to: interval.to,
            },
        };
        let what = if relative {
            What::Relative(cut)
        } else {
            What::Fixed(cut)
        };
        Some(Found {
            what,
            end: inner.end,
        })
    }

    /// 'first quarter of 2024', 'second half of March', 'the last week of March', 'first days of June'.
    fn slice(&self, i: usize) -> Option<Found> {
        let (nth, at) = if self.word(i) == "last" {
            (0, i + 1)
        } else {
            let number = numeral(self.text, self.tokens, i)
                .filter(|n| n.form == Form::Ordinal && (1.0..=5.0).contains(&n.value))?;
            (number.value as i64, number.end)
        };
        let parts = match self.word(at) {
            "half" => 2,
            "quarter" => 4,
            "third" => 3,
            "week" | "weeks" => 52,
            "day" | "days" => 365,
            "month" | "months" => 12,
            _ => return None,
        };
        let at = at + 1;
        if self.word(at) != "of"
            && !(parts == 4 && matches!(self.word(at), "this" | "last" | "next"))
        {
            return None;
        }
        let mut at = at + usize::from(self.word(at) == "of");
        let the = self.word(at) == "the" && self.word(at + 1) == "year";
        let inner = if the {
            at += 1;
            let end = at + 1;
            let what = What::Relative(calendar::years(self.anchor.year(), self.anchor.year())?);
            Found { what, end }
        } else {
            self.year(at)
                .filter(|&(year, _, _)| (1900..=2099).contains(&year))
                .and_then(|(from, to, end)| self.fixed(calendar::years(from, to), end))
                .or_else(|| self.found(at))?
        };
        let (interval, relative) = self.resolve(at, inner.what)?;
        let length = interval.days();
        if length < 28 && parts != 2 {
            return None;
        }
        let from_end = nth == 0;
        let size = match parts {
            52 => 7,
            365 => 1,
            12 => 30,
            n => (length + n - 1) / n,
        };
        let cut = if length >= 365 && matches!(parts, 2 | 4 | 12) {
            // Quarters of a year are whole months.
            let (count, span) = (12 / if parts == 12 { 12 } else { parts }, 12);
            let first = if from_end {
                span - count
            } else {
                (nth - 1) * count
            };
            calendar::months(
                interval.from.year(),
                i8::try_from(first + 1).ok()?.clamp(1, 12),
                count as i16,
            )?
        } else {
            let from = if from_end {
                length - size
            } else {
                (nth - 1) * size
            };
            if from >= length {
                return None;
            }
            Interval {
                from: interval.from.plus_days(from),
                to: interval.from.plus_days((from + size - 1).min(length - 1)),
            }
        };
        let what = if relative {
            What::Relative(cut)
        } else {
            What::Fixed(cut)
        };
        Some(Found {
            what,
            end: inner.end,
        })
    }

    /// 'two days ago', 'a day earlier', 'three weeks later'.
    fn distance(&self, i: usize) -> Option<Found> {
        let (count, at) = if matches!(self.word(i), "a" | "an") {
            (1.0, i + 1)
        } else {
            let number = numeral(self.text, self.tokens, i)
                .filter(|n| n.form == Form::Cardinal && n.suffix.is_empty())?;
            (number.value, number.end)
        };
        let unit = self.word(at);
        let days = match unit {
            "hour" | "hours" => 0,
            "day" | "days" => 1,
            "week" | "weeks" => 7,
            "month" | "months" => 30,
            "year" | "years" => 365,
            "decade" | "decades" => 3650,
            _ => return None,
        };
        let mut end = at + 1;
        let closed = |at: usize| {
            self.tokens
                .get(at)
                .is_none_or(|t| t.kind == TokenKind::Mark && t.word != "-")
        };
        let (sign, base) = match self.word(end) {
            "ago" => (-1, self.anchor),
            // 'a day earlier than planned' measures, it does not date.
            "earlier" if self.word(end + 1) != "than" => (-1, self.origin()),
            "later" if self.word(end + 1) != "than" => (1, self.origin()),
            "before" if closed(end + 1) => (-1, self.origin()),
            "after" | "afterwards" if closed(end + 1) => (1, self.origin()),
            "from" if self.word(end + 1) == "now" => {
                end += 1;
                (1, self.anchor)
            }
            _ => return None,
        };
        if !(0.0..=10_000.0).contains(&count) || (days == 0 && count > 1000.0) {
            return None;
        }
        let whole = count.round() as i64 * sign;
        let interval = match unit {
            "hour" | "hours" => {
                let off = (count / 24.0).ceil() as i64;
                let (from, to) = if sign < 0 { (-off, 0) } else { (0, off) };
                Some(Interval {
                    from: base.plus_days(from),
                    to: base.plus_days(to),
                })
            }
            "day" | "days" => Some(one(base.plus_days(whole))),
            "week" | "weeks" => Some(Interval {
                from: base.plus_days(7 * whole - 3),
                to: base.plus_days(7 * whole + 3),
            }),
            "month" | "months" => calendar::shifted_month(base, whole),
            _ => {
                let years = whole * if days > 365 { 10 } else { 1 };
                let slack = i16::from(days > 365);
                i16::try_from(i64::from(base.year()) + years)
                    .ok()
                    .and_then(|y| calendar::years(y.checked_sub(slack)?, y.checked_add(slack)?))
            }
        };
        self.relative(interval, end + 1)
    }

    /// The day that 'a day earlier' counts from.
    fn origin(&self) -> Date {
        self.named.map_or(self.anchor, |n| n.from)
    }

    /// 'the day before yesterday', 'the day after tomorrow', 'the day before' at the end of a clause.
    fn day_beside(&self, i: usize) -> Option<Found> {
        let sign = match self.word(i + 1) {
            "before" => -1,
            "after" => 1,
            _ => return None,
        };
        match (sign, self.word(i + 2)) {
            (-1, "yesterday") => return self.relative(Some(one(self.anchor.plus_days(-2))), i + 3),
            (1, "tomorrow") => return self.relative(Some(one(self.anchor.plus_days(2))), i + 3),
            _ => {}
        }
        let closed = self
            .tokens
            .get(i + 2)
            .is_none_or(|t| t.kind == TokenKind::Mark);
        (closed && self.back(i, 1) == "the")
            .then(|| self.relative(Some(one(self.origin().plus_days(sign))), i + 2))
            .flatten()
    }

    /// 'the weekend', 'at the weekend'.
    fn weekend(&self, i: usize) -> Option<Found> {
        if !matches!(self.back(i, 1), "the" | "over" | "at")
            || (self.tokens.get(i + 1).is_some_and(|t| t.word == "of"))
        {
            return None;
        }
        let today = i64::from(self.anchor.weekday());
        // Saturday counts from the day that it begins.
        let back = if today >= 6 { 6 - today } else { -1 - today };
        let days = if self.ahead_near(i) && today < 6 {
            back + 7
        } else {
            back
        };
        let from = self.anchor.plus_days(days);
        self.relative(
            Some(Interval {
                from,
                to: from.plus_days(1),
            }),
            i + 1,
        )
    }

    /// 'the spring of 2021', 'summer 2020', 'in the autumn'.
    fn season(&self, i: usize) -> Option<Found> {
        let name = self.word(i);
        let (first, count) = calendar::season(name)?;
        let of = usize::from(matches!(self.word(i + 1), "of" | ","));
        if let Some((from, to, end)) = self.year(i + 1 + of)
            && (1900..=2099).contains(&from)
        {
            if first == 12 {
                let interval = if to > from {
                    calendar::months(from, 12, 3)
                } else {
                    calendar::months(from, 1, 14)
                };
                return self.fixed(interval, end);
            }
            return self.fixed(calendar::months(from, first, count), end);
        }
        if self.word(i + 1) == "of"
            && matches!(self.word(i + 2), "last" | "this" | "next")
            && self.word(i + 3) == "year"
        {
            let step = match self.word(i + 2) {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            return self.relative(
                calendar::months(self.anchor.year().checked_add(step)?, first, count),
                i + 4,
            );
        }
        let article = self.back(i, 1) == "the";
        let before = self.back(i, 1 + usize::from(article));
        // 'the fall of the wall', 'a hot spring': a bare season needs its preposition.
        let cue = matches!(
            before,
            "in" | "by"
                | "until"
                | "till"
                | "since"
                | "before"
                | "after"
                | "during"
                | "from"
                | "early"
                | "late"
                | "mid"
                | "of"
                | "over"
                | "through"
        ) || (before == "-" && matches!(self.back(i, 2), "mid" | "early" | "late"));
        let of = self.word(i + 1) == "of";
        let fall = name == "fall"
            && !(article && matches!(before, "in" | "by" | "until" | "since" | "before"));
        (cue && !of && !fall).then_some(Found {
            what: What::Season(first, count),
            end: i + 1,
        })
    }

    /// 'Christmas', 'Christmas Eve', 'Christmas 2022'.
    fn christmas(&self, i: usize) -> Option<Found> {
        if !self.capital(i) {
            return None;
        }
        let (day, at) = match self.word(i + 1) {
            "eve" => (24, i + 2),
            "day" => (25, i + 2),
            // 'Christmas tree', 'the Christmas market' date nothing.
            _ if self.tokens.get(i + 1).is_some_and(|t| {
                t.kind == TokenKind::Word
                    && !matches!(t.word.as_str(), "of" | "and" | "in" | "this" | "at")
            }) =>
            {
                return None;
            }
            _ => (25, i + 1),
        };
        if let Some((year, end)) = self.year_beside(at) {
            return self.fixed(calendar::day(year, 12, day), end);
        }
        let what = What::Yearless {
            month: 12,
            from: day,
            to: day,
        };
        Some(Found { what, end: at })
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
