//! Dates that point from another day: this and last, early and late, ago and later, seasons and feasts.

use super::*;

impl<'a> Reader<'a> {
    /// A day of a month at `i`, in either order.
    pub(super) fn dated(&self, i: usize) -> Option<Found> {
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
    pub(super) fn pointed(&self, i: usize) -> Option<Found> {
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
    pub(super) fn part(&self, i: usize, part: Part) -> Option<Found> {
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
    pub(super) fn edge(&self, i: usize, part: Part) -> Option<Found> {
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
    pub(super) fn cut(&self, i: usize, inner: Found, part: Part) -> Option<Found> {
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
    pub(super) fn slice(&self, i: usize) -> Option<Found> {
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
    pub(super) fn distance(&self, i: usize) -> Option<Found> {
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
    pub(super) fn origin(&self) -> Date {
        self.named.map_or(self.anchor, |n| n.from)
    }

    /// 'the day before yesterday', 'the day after tomorrow', 'the day before' at the end of a clause.
    pub(super) fn day_beside(&self, i: usize) -> Option<Found> {
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
    pub(super) fn weekend(&self, i: usize) -> Option<Found> {
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
    pub(super) fn season(&self, i: usize) -> Option<Found> {
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
    pub(super) fn christmas(&self, i: usize) -> Option<Found> {
        if !self.capital(i) {
            return None;
        }
        let (day, at) = match self.word(i + 1) {
            "eve" => (24, i + 2),
            "day" => (25, i + 2),
            // 'Christmas tree', 'the Christmas market' date nothing.
            _ if self.tokens.get(i + 1).is_some_and(|t| {
                t.kind == TokenKind::Word
                    && !matches!(t.word.as_ref(), "of" | "and" | "in" | "this" | "at")
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
}
