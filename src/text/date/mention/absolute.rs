//! Dates that name a day, month or year: figures, months, years, weekdays.

use super::*;

impl<'a> Reader<'a> {
    /// Dates in figures, days before a month, years and decades.
    pub(super) fn figures(&self, i: usize) -> Option<Found> {
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
    pub(super) fn pasted(&self, i: usize) -> bool {
        i > 0
            && glued(self.tokens, i - 1)
            && !matches!(self.back(i, 1), "(" | "\"" | "'" | "[" | "," | ";")
    }

    /// A day number at `i`: 1 to 31 in figures or as an ordinal, and the index past it.
    pub(super) fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        let token = self.tokens.get(i)?;
        let name = token.word.as_ref();
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
    pub(super) fn month_name(&self, i: usize) -> Option<(i8, usize)> {
        if !self.capital(i) {
            return None;
        }
        let (month, short) = calendar::month(self.word(i))?;
        let stop = short && self.word(i + 1) == "." && glued(self.tokens, i);
        Some((month, i + 1 + usize::from(stop)))
    }

    /// '28 February 2023', '28th of February', '3-7 May', '3 to 7 May', 'the first of March'.
    pub(super) fn day_of_month(&self, i: usize) -> Option<Found> {
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
    pub(super) fn year_beside(&self, i: usize) -> Option<(i16, usize)> {
        let (year, to, end) = self.year(i)?;
        (year == to && !self.counted(year, end)).then_some((year, end))
    }

    /// A year at `i`, or two ('2014-16', '2022/23'), and the index past them. Asks for no cue.
    pub(super) fn year(&self, i: usize) -> Option<(i16, i16, usize)> {
        let token = self.tokens.get(i)?;
        let name = token.word.as_ref();
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
    pub(super) fn counted(&self, year: i16, end: usize) -> bool {
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
    pub(super) fn bare_year(&self, i: usize) -> Option<Found> {
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
    pub(super) fn owner(&self, i: usize) -> bool {
        i.checked_sub(1)
            .and_then(|at| self.tokens[at].span.of(self.text))
            .is_some_and(|s| s.ends_with("'s") || s.ends_with("’s") || s.ends_with('’'))
    }

    /// '1990s'.
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
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
    pub(super) fn century(&self, i: usize) -> Option<Found> {
        let number = numeral(self.text, self.tokens, i)
            .filter(|n| n.form == Form::Ordinal && (1.0..=30.0).contains(&n.value))?;
        let at = number.end + usize::from(self.word(number.end) == "-");
        let from = (number.value as i16 - 1) * 100 + 1;
        (self.word(at) == "century")
            .then(|| self.fixed(calendar::years(from, from + 99), at + 1))
            .flatten()
    }

    /// A month: 'February 28, 2023', 'March 2022', 'in March', 'May 3-7'.
    pub(super) fn month(&self, i: usize, month: i8, short: bool) -> Option<Found> {
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
    pub(super) fn scaled(&self, at: usize) -> bool {
        matches!(self.word(at), "million" | "billion" | "thousand" | "percent" | "per" | "%" | "people" | ":" | "." if self.word(at) != "." || self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number && glued(self.tokens, at)))
    }

    /// Whether a month's name without day and year means the month: 'May' and 'March' are verbs and names, 'April' is a name.
    pub(super) fn month_alone(&self, i: usize, month: i8, short: bool) -> bool {
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
    pub(super) fn spare_may(&self, i: usize) -> bool {
        let open = self.tokens.get(i + 1).is_none_or(|t| {
            t.kind == TokenKind::Mark
                || matches!(
                    t.word.as_ref(),
                    "to" | "and" | "next" | "this" | "at" | "if" | "as" | "when" | "in"
                )
        });
        let person = |n| matches!(self.back(i, n), "mrs" | "theresa" | "minister" | "ms");
        open && !(1..4).any(person)
    }

    /// A weekday, with its date where one follows: 'Tuesday, 28 February'.
    pub(super) fn weekday(&self, i: usize, day: i8) -> Option<Found> {
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
}
