//! Finds the quantities of a text: numerals with their bounds, ranges, units and counted nouns.
//!
//! Knows dates only as stretches of text that hold no quantities.

mod range;

use super::counted::{broken, head, is_grammar, is_plural};
use super::numeral::{Form, Numeral, begins, glued, numeral, word};
use super::unit::{currency_code, currency_sign, dollar_of, per_hour, unit_at, unit_word};
use super::{Bound, Quantity};
use crate::text::date::covered_by_dates;
use crate::text::{Span, Token, TokenKind};
use range::*;

/// Words of a street's name that are looked at.
const ADDRESS: usize = 5;

/// A numeral with the money and unit that stand with it.
#[derive(Clone, Copy)]
struct Measured<'t> {
    numeral: Numeral<'t>,
    /// First token, the currency sign included.
    start: usize,
    /// Index past the last token, the unit included.
    end: usize,
    unit: Option<&'static str>,
}

pub(super) fn quantities(text: &str, tokens: &[Token]) -> Vec<Quantity> {
    let mut out = Vec::new();
    let mut dates: Option<Vec<Span>> = None;
    let mut next_date = 0;
    // Tokens before `floor` belong to an earlier quantity or date.
    let (mut i, mut floor) = (0, 0);
    while i < tokens.len() {
        if !(tokens[i].figure && begins(&tokens[i])) {
            i += 1;
            continue;
        }
        let dates = dates.get_or_insert_with(|| covered_by_dates(text, tokens));
        while dates
            .get(next_date)
            .is_some_and(|d| d.end <= tokens[i].span.start)
        {
            let past = tokens.partition_point(|t| t.span.start < dates[next_date].end);
            floor = floor.max(past);
            next_date += 1;
        }
        if let Some(date) = dates.get(next_date)
            && date.overlaps(tokens[i].span)
        {
            while i < tokens.len() && tokens[i].span.start < date.end {
                i += 1;
            }
            floor = i;
            continue;
        }
        if let Some(past) = no_quantity(text, tokens, i) {
            i = past;
            floor = i;
            continue;
        }
        let limit = dates.get(next_date).map_or(usize::MAX, |d| d.start);
        match read(text, tokens, i, floor, limit) {
            Found::Quantity(quantity, end) => {
                out.push(quantity);
                i = end.max(i + 1);
                floor = i;
            }
            Found::Dropped(end) => {
                i = end.max(i + 1);
                floor = i;
            }
            Found::Nothing => i += 1,
        }
    }
    out
}

/// Index past figures that are a label, a time, a telephone number or part of an address; `None` where they may count.
fn no_quantity(text: &str, tokens: &[Token], i: usize) -> Option<usize> {
    let token = &tokens[i];
    if token.kind != TokenKind::Number {
        return None;
    }
    let before = i.checked_sub(1).map(|b| &tokens[b]);
    if let Some(before) = before
        && before.span.end == token.span.start
    {
        match before.word.as_ref() {
            // 'F-16', 'Covid-19', 'A/320': letters glued by a mark. 'mid-20' and a range's end never come here first.
            "-" | "/" | "." | ":"
                if i >= 2
                    && glued(tokens, i - 2)
                    && tokens[i - 2].kind == TokenKind::Word
                    && numeral(text, tokens, i - 2).is_none() =>
            {
                return Some(i + 1);
            }
            "/" | "@" | "_" | "=" | "&" | "#" | "№" | ":" => return Some(i + 1),
            // '+48 22 123 45 67'.
            "+" if token.word.len() <= 12 => return Some(past_digits(tokens, i + 1)),
            _ => {}
        }
        if before.kind == TokenKind::Word {
            return Some(i + 1);
        }
    }
    let next = word(tokens, i + 1);
    // '17:30', '17:30:05'.
    if next == ":" && glued(tokens, i) && glued(tokens, i + 1) && is_number(tokens, i + 2) {
        let mut end = i + 3;
        while word(tokens, end) == ":" && glued(tokens, end - 1) && is_number(tokens, end + 1) {
            end += 2;
        }
        return Some(end);
    }
    if matches!(
        next,
        "p.m" | "a.m" | "pm" | "am" | "o'clock" | "gmt" | "cet"
    ) {
        return Some(i + 2);
    }
    if token.word.ends_with("pm") || token.word.ends_with("am") {
        return Some(i + 1);
    }
    // '(562) 570-7244'.
    if before.is_some_and(|b| b.word == "(")
        && next == ")"
        && is_number(tokens, i + 2)
        && word(tokens, i + 3) == "-"
    {
        return Some(past_digits(tokens, i + 2));
    }
    if let Some(past) = address(tokens, i) {
        return Some(past);
    }
    // '555-12-34': three groups of digits; an ISO date is known by now.
    if next == "-"
        && is_number(tokens, i + 2)
        && word(tokens, i + 3) == "-"
        && is_number(tokens, i + 4)
        && glued(tokens, i)
        && glued(tokens, i + 3)
    {
        let mut end = i + 5;
        while word(tokens, end) == "-" && glued(tokens, end - 1) && is_number(tokens, end + 1) {
            end += 2;
        }
        return Some(end);
    }
    label(text, tokens, i).then_some(i + 1)
}

fn is_number(tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number)
}

fn past_digits(tokens: &[Token], i: usize) -> usize {
    let mut end = i;
    while is_number(tokens, end) || (word(tokens, end) == "-" && is_number(tokens, end + 1)) {
        end += 1;
    }
    end
}

/// Index past the figures of an address: 'the 3700 block of Grove Way', '12 Quay Road'.
fn address(tokens: &[Token], i: usize) -> Option<usize> {
    let dash = usize::from(word(tokens, i + 1) == "-" && glued(tokens, i) && glued(tokens, i + 1));
    // Whoever counts blocks of a town counts few; those of an address end in two noughts.
    if word(tokens, i + 1 + dash) == "block" && tokens[i].word.ends_with("00") {
        return Some(i + 1);
    }
    let named = (tokens.get(i + 1..)?.iter().take(ADDRESS))
        .take_while(|t| t.kind == TokenKind::Word && t.capital);
    // '12 Quay Road shops' and '12 High Court judges' are counted.
    let ends = |n: usize| !is_plural(word(tokens, i + n + 2));
    let mut ways = named.enumerate().filter(|(_, t)| is_way(&t.word));
    ways.any(|(n, _)| n > 0 && ends(n)).then_some(i + 1)
}

/// Whether a word ends the name of a street.
fn is_way(word: &str) -> bool {
    matches!(
        word,
        "street"
            | "st"
            | "avenue"
            | "ave"
            | "road"
            | "rd"
            | "drive"
            | "dr"
            | "lane"
            | "boulevard"
            | "blvd"
            | "way"
            | "place"
            | "terrace"
            | "square"
            | "highway"
            | "quay"
    )
}

/// Whether plain figures name a thing instead of counting: 'Article 5', 'Boeing 737', 'flight 370'.
fn label(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|b| &tokens[b]) else {
        return false;
    };
    let figures = tokens[i].word.as_ref();
    let plain = figures.bytes().all(|b| b.is_ascii_digit())
        || figures
            .strip_suffix('s')
            .is_some_and(|f| f.bytes().all(|b| b.is_ascii_digit()));
    if !plain || broken(text, tokens, i) {
        return false;
    }
    if before.word == "."
        && i >= 2
        && glued(tokens, i - 2)
        && tokens[i - 2].word == "no"
        && tokens[i - 2].capital
    {
        return true;
    }
    if before.kind != TokenKind::Word {
        return false;
    }
    if matches!(
        before.word.as_ref(),
        "article"
            | "articles"
            | "section"
            | "paragraph"
            | "chapter"
            | "page"
            | "pages"
            | "flight"
            | "route"
            | "highway"
            | "room"
            | "phase"
            | "type"
            | "channel"
            | "resolution"
            | "level"
            | "category"
            | "gate"
            | "platform"
            | "reactor"
            | "protocol"
            | "volume"
            | "appendix"
            | "number"
            | "no"
            | "nos"
            | "clause"
            | "step"
            | "grade"
            | "terminal"
    ) && (before.word != "no" || before.capital)
    {
        return true;
    }
    let counted =
        numeral(text, tokens, i).is_some_and(|n| n.end > i + 1 || unit_at(tokens, n.end).is_some());
    if !before.capital
        || counted
        || is_grammar(&before.word)
        || opens(text, tokens, i - 1)
        || figures.len() > 3
        || bound_word(&before.word)
    {
        return false;
    }
    let noun = head(text, tokens, i + 1, true).is_some_and(|h| is_plural(&tokens[h].word));
    if !noun {
        return !is_weekday_or_month(&before.word);
    }
    // 'a Boeing 737 for two pilots', 'the Leopard 2 tanks': a name inside a noun phrase. 'gave Ukraine 20 tanks' is none.
    i >= 2
        && !is_weekday_or_month(&before.word)
        && (matches!(
            tokens[i - 2].word.as_ref(),
            "a" | "an" | "the" | "its" | "their" | "of" | "these" | "those" | "new" | "old"
        ) || numeral(text, tokens, i - 2).is_some_and(|n| n.end == i - 1))
}

fn is_weekday_or_month(word: &str) -> bool {
    crate::text::date::names_a_time(word)
}

/// Whether the token is the first of a sentence or line, so that its capital means nothing.
fn opens(text: &str, tokens: &[Token], i: usize) -> bool {
    i == 0
        || broken(text, tokens, i)
        || matches!(
            tokens[i - 1].word.as_ref(),
            "." | "!" | "?" | ":" | "\"" | "'" | "(" | "•" | "…"
        )
}

enum Found {
    Quantity(Quantity, usize),
    /// A number that is none, and the index past it.
    Dropped(usize),
    Nothing,
}

/// Reads a numeral at `i` with what belongs to it: a currency before, a unit after.
fn measured<'t>(
    text: &str,
    tokens: &'t [Token<'t>],
    i: usize,
    floor: usize,
) -> Option<Measured<'t>> {
    let numeral = numeral(text, tokens, i)?;
    let mut found = Measured {
        numeral,
        start: i,
        end: numeral.end,
        unit: None,
    };
    if numeral.form == Form::Fraction {
        found.unit = Some("percent");
        return Some(found);
    }
    if numeral.form == Form::Ordinal {
        return Some(found);
    }
    if let Some(at) = i.checked_sub(1).filter(|&at| at >= floor) {
        let before = &tokens[at];
        if let Some(sign) = currency_sign(&before.word) {
            found.start = at;
            found.unit = Some(sign);
            if sign == "usd"
                && at > floor
                && glued(tokens, at - 1)
                && let Some(dollar) = dollar_of(&tokens[at - 1].word)
            {
                found.start = at - 1;
                found.unit = Some(dollar);
            }
            // '$1.2m' is money, never metres.
            return Some(found);
        }
        if before.capital
            && let Some(code) = currency_code(&before.word)
            && before.word != "try"
        {
            found.start = at;
            found.unit = Some(code);
            return Some(found);
        }
    }
    if numeral.suffix == "m" && metres(tokens, numeral.end) {
        found.numeral.value /= 1e6;
        found.numeral.high = found.numeral.value;
        found.numeral.scale = 1.0;
        (found.unit, found.end) = {
            let (unit, end) = per_hour(tokens, "m", numeral.end);
            (Some(unit), end)
        };
        return Some(found);
    }
    if numeral.suffix == "t" {
        // '500t' is a weight: trillions are written 'tn' or with a currency.
        found.numeral.value /= 1e12;
        found.numeral.high = found.numeral.value;
        found.numeral.scale = 1.0;
        found.unit = Some("tonne");
        return Some(found);
    }
    if !matches!(numeral.suffix, "" | "m") {
        let unit = unit_word(numeral.suffix)?;
        let (unit, end) = per_hour(tokens, unit, numeral.end);
        found.unit = Some(unit);
        found.end = end;
        return Some(found);
    }
    if let Some((unit, end)) = unit_at(tokens, numeral.end) {
        found.unit = Some(unit);
        found.end = end;
    }
    Some(found)
}

/// Whether '100m' before token `i` are metres and not millions.
fn metres(tokens: &[Token], i: usize) -> bool {
    matches!(
        word(tokens, i),
        "deep"
            | "high"
            | "tall"
            | "long"
            | "wide"
            | "away"
            | "race"
            | "sprint"
            | "final"
            | "hurdles"
            | "freestyle"
            | "dash"
            | "above"
            | "below"
            | "butterfly"
            | "backstroke"
            | "breaststroke"
            | "relay"
            | "thick"
            | "apart"
            | "underwater"
            | "tower"
            | "tunnel"
            | "/"
            | "north"
            | "south"
            | "east"
            | "west"
            | "waves"
            | "champion"
    ) || (word(tokens, i) == "-"
        && matches!(
            word(tokens, i + 1),
            "high" | "long" | "deep" | "tall" | "wide"
        ))
}

fn read(text: &str, tokens: &[Token], i: usize, floor: usize, limit: usize) -> Found {
    let Some(first) = measured(text, tokens, i, floor) else {
        // Figures with unknown letters ('737max') still end here.
        return if tokens[i].kind == TokenKind::Number {
            Found::Dropped(i + 1)
        } else {
            Found::Nothing
        };
    };
    let Numeral { form, words, .. } = first.numeral;
    if (words && figure_of_speech(text, tokens, i, &first))
        || tokens
            .get(first.end - 1)
            .is_some_and(|t| t.span.start >= limit)
    {
        return Found::Nothing;
    }
    let (mut start, mut end) = (first.start, first.end);
    let (mut low, mut high) = (first.numeral.value, first.numeral.high);
    let mut unit = first.unit;
    let mut ranged = false;
    if form == Form::Cardinal {
        match range(text, tokens, &first, floor, limit) {
            Range::None => {}
            Range::Dropped(end) => return Found::Dropped(end),
            Range::Share(percent, past) => {
                (low, high, end, unit) = (percent, percent, past, Some("percent"));
                ranged = true;
            }
            Range::Pair(from, second) => {
                (low, high, end) = (from, second.numeral.high, second.end);
                unit = second.unit.or(first.unit);
                ranged = true;
            }
        }
    }
    if form == Form::Ordinal && matches!(word(tokens, end), "half" | "quarter") && words {
        // A stretch of a match or a business year.
        return Found::Dropped(end + 1);
    }
    if !(low.is_finite() && high.is_finite()) {
        return Found::Dropped(end);
    }
    // '20-odd', '100+', '1,000-strong', 'nine-member', '71-year-old', 'three years old'.
    let mut bound = if form == Form::Vague {
        Bound::Approximate
    } else {
        Bound::Exact
    };
    let mut noun = None;
    if word(tokens, end) == "+" && glued(tokens, end - 1) {
        bound = Bound::AtLeast;
        end += 1;
    }
    if word(tokens, end) == "-"
        && glued(tokens, end - 1)
        && glued(tokens, end)
        && form != Form::Ordinal
    {
        match word(tokens, end + 1) {
            "odd" => {
                bound = Bound::Approximate;
                end += 2;
            }
            "plus" => {
                bound = Bound::AtLeast;
                end += 2;
            }
            "old" | "strong" | "long" | "high" | "deep" | "wide" | "tall" => end += 2,
            "fold" | "something" | "off" | "time" | "on" => return Found::Dropped(end + 2),
            _ if unit.is_none()
                && tokens
                    .get(end + 1)
                    .is_some_and(|t| t.kind == TokenKind::Word && !is_grammar(&t.word)) =>
            {
                noun = Some(end + 1);
            }
            _ => {}
        }
    } else if unit == Some("year") && word(tokens, end) == "old" {
        end += 1;
    }
    if unit.is_none() && start > floor && word(tokens, start - 1) == "aged" {
        unit = Some("year");
        start -= 1;
    }
    let owner = (unit.is_none() && form == Form::Cardinal && !ranged)
        .then(|| aged(tokens, start, end, high))
        .flatten();
    if owner.is_some() {
        unit = Some("year");
    }
    let noun = owner.or(noun);
    let whole = low == 1.0 && high == 1.0;
    let noun = noun.or_else(|| {
        head(
            text,
            tokens,
            end,
            !whole && form != Form::Ordinal && unit.is_none(),
        )
    });
    let noun = noun.filter(|&n| tokens[n].span.start < limit);
    if words
        && whole
        && form == Form::Cardinal
        && unit.is_none()
        && !ranged
        && noun.is_none()
        && !dies(word(tokens, end))
    {
        return Found::Nothing;
    }
    if words
        && unit.is_none()
        && noun.is_none()
        && start > 0
        && matches!(
            word(tokens, start - 1),
            "the" | "these" | "those" | "other" | "all" | "which" | "last" | "next"
        )
    {
        // 'the two met': a pronoun.
        return Found::Dropped(end);
    }
    if let Some((at, found)) = bound_before(tokens, start, floor) {
        start = at;
        bound = found;
    }
    for at in [Some(end), noun.map(|n| n + 1)].into_iter().flatten() {
        if let Some((past, found)) = bound_after(tokens, at) {
            bound = found;
            if at == end {
                end = past;
            }
            break;
        }
    }
    let span = Span::new(tokens[start].span.start, tokens[end - 1].span.end);
    let quantity = Quantity {
        span,
        low: low.min(high),
        high: low.max(high),
        bound,
        unit: unit.map(str::to_owned),
        head: noun.map(|n| tokens[n].stem()),
        ordinal: form == Form::Ordinal,
    };
    Found::Quantity(quantity, end)
}

/// The name whose age the figures are: 'Ana Holt, 43, said', 'identified as Ana Holt, 43.'
fn aged(tokens: &[Token], start: usize, end: usize, value: f64) -> Option<usize> {
    const OLDEST: f64 = 115.0;
    let name = start.checked_sub(2)?;
    let figures = tokens[start].kind == TokenKind::Number && end == start + 1;
    let apart =
        word(tokens, start - 1) == "," && matches!(word(tokens, end), "" | "," | "." | ";" | ")");
    // A name of two words at least: 'in Belport, 43, ...' would be no age.
    let named = |at: usize| {
        let token = &tokens[at];
        token.kind == TokenKind::Word && token.capital && !is_grammar(&token.word)
    };
    let first = name.checked_sub(1).filter(|at| named(*at) && named(name));
    // 'In New York, 43, ...' is a place.
    let placed = |at: usize| {
        matches!(
            word(tokens, at),
            "in" | "at" | "of" | "near" | "from" | "to" | "on" | "across" | "around"
        )
    };
    let whole = first.is_some_and(|at| at.checked_sub(1).is_none_or(|b| !placed(b)));
    (figures && apart && whole && value <= OLDEST).then_some(name)
}

/// Whether number words are no count: 'no one', 'one of them', 'the one', 'at first', 'second-hand', 'Formula One'.
fn figure_of_speech(text: &str, tokens: &[Token], i: usize, found: &Measured) -> bool {
    let before = if i > 0 { word(tokens, i - 1) } else { "" };
    let after = word(tokens, found.end);
    let name = word(tokens, i);
    if i > 0 && before == "-" && glued(tokens, i - 1) && i >= 2 && glued(tokens, i - 2) {
        return true;
    }
    // A capital inside a sentence belongs to a name, unless it stands in a headline.
    let next_capital = tokens.get(found.end).is_some_and(|t| t.capital);
    if tokens[i].capital
        && !opens(text, tokens, i)
        && !next_capital
        && found.numeral.scale == 1.0
        && found.unit.is_none()
    {
        return true;
    }
    match found.numeral.form {
        Form::Ordinal => {
            matches!(before, "at" | "," | "-")
                || matches!(
                    after,
                    "" | ","
                        | "."
                        | ";"
                        | ":"
                        | "!"
                        | "?"
                        | "-"
                        | ")"
                        | "\""
                        | "lady"
                        | "name"
                        | "aid"
                        | "hand"
                )
                || after == "of" && word(tokens, found.end + 1) == "all"
                || (is_grammar(after)
                    && !(before == "the"
                        && matches!(after, "in" | "of" | "to" | "since" | "for" | "from")))
        }
        Form::Cardinal if name == "one" && found.end == i + 1 && found.unit.is_none() => {
            matches!(
                before,
                "no" | "the"
                    | "any"
                    | "every"
                    | "some"
                    | "this"
                    | "that"
                    | "each"
                    | "which"
                    | "another"
                    | "only"
                    | "not"
                    | "an"
                    | "a"
            ) && !(matches!(before, "only" | "not" | "some")
                && !is_grammar(after)
                && found.end < tokens.len())
                || matches!(
                    after,
                    "another" | "other" | "day" | "time" | "thing" | "way"
                )
                || (after == "-"
                    && matches!(
                        word(tokens, found.end + 1),
                        "off" | "sided" | "another" | "time" | "on"
                    ))
                || (is_grammar(after) && !matches!(after, "in" | "out" | "to" | "or"))
        }
        Form::Fraction if name == "half" => {
            matches!(before, "in" | "the" | "on" | "and" | "per" | "a" | "each") || (after == "-")
        }
        _ => false,
    }
}

/// Whether a word says what became of 'one' when it stands for a person: 'one died'.
fn dies(word: &str) -> bool {
    matches!(
        word,
        "died"
            | "killed"
            | "injured"
            | "wounded"
            | "hurt"
            | "dead"
            | "missing"
            | "survived"
            | "drowned"
            | "arrested"
    )
}
