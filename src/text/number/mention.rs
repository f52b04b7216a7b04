//! Finds the quantities of a text: numerals with their bounds, ranges, units and counted nouns.
//!
//! Knows dates only as stretches of text that hold no quantities.

use super::counted::{broken, head, is_grammar, is_plural};
use super::numeral::{Form, Numeral, glued, numeral, word};
use super::unit::{currency_code, currency_sign, dollar_of, per_hour, unit_at, unit_word};
use super::{Bound, Quantity};
use crate::text::date::covered_by_dates;
use crate::text::{Span, Token, TokenKind};

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
        if !may_begin(&tokens[i]) {
            i += 1;
            continue;
        }
        let dates = dates.get_or_insert_with(|| covered_by_dates(text, tokens));
        while dates
            .get(next_date)
            .is_some_and(|d| d.end <= tokens[i].span.start)
        {
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

/// A cheap look whether a numeral can begin here.
fn may_begin(token: &Token) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Mark => false,
        TokenKind::Word => matches!(
            token.word.as_bytes().first(),
            Some(b'a' | b'b' | b'c' | b'd' | b'e' | b'f' | b'h' | b'm' | b'n' | b'o' | b's' | b't')
        ),
    }
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
        match before.word.as_str() {
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

/// Whether plain figures name a thing instead of counting: 'Article 5', 'Boeing 737', 'flight 370'.
fn label(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).map(|b| &tokens[b]) else {
        return false;
    };
    let figures = tokens[i].word.as_str();
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
        before.word.as_str(),
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
            tokens[i - 2].word.as_str(),
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
            tokens[i - 1].word.as_str(),
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
fn measured<'t>(text: &str, tokens: &'t [Token], i: usize, floor: usize) -> Option<Measured<'t>> {
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
        head: noun.map(|n| tokens[n].stem.clone()),
        ordinal: form == Form::Ordinal,
    };
    Found::Quantity(quantity, end)
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

enum Range<'t> {
    None,
    /// A score or an identifier.
    Dropped(usize),
    /// '3 in 10', in percent, and the index past it.
    Share(f64, usize),
    /// The low end, scaled, and the second side.
    Pair(f64, Measured<'t>),
}

/// What joins the number to a second one: '10-12 billion', 'ten to twelve', 'between 5 and 7', 'two or three', '3 in 10'.
fn range<'t>(
    text: &str,
    tokens: &'t [Token],
    first: &Measured<'t>,
    floor: usize,
    limit: usize,
) -> Range<'t> {
    let at = first.end;
    let link = word(tokens, at);
    let before = if first.start > floor {
        word(tokens, first.start - 1)
    } else {
        ""
    };
    let hyphen = link == "-";
    let dash = hyphen && glued(tokens, at - 1) && glued(tokens, at);
    let ratio = match link {
        "in" => Some(at + 1),
        "out" if word(tokens, at + 1) == "of" => Some(at + 2),
        _ => None,
    };
    if let Some(at) = ratio {
        return share(text, tokens, first, at);
    }
    let between = before == "between";
    match link {
        "-" if dash => {}
        "to" if !matches!(before, "from" | "the") && !changed(tokens, first.start, floor) => {}
        "or" => {}
        "and" if between => {}
        _ => return Range::None,
    }
    let mut side = at + 1;
    if let Some(t) = tokens.get(side)
        && (currency_sign(&t.word).is_some() || (t.capital && currency_code(&t.word).is_some()))
    {
        side += 1;
    } else if word(tokens, side + 1) == "$" && dollar_of(word(tokens, side)).is_some() {
        side += 2;
    }
    let Some(second) = measured(text, tokens, side, at + 1) else {
        return Range::None;
    };
    if second.numeral.form != Form::Cardinal || tokens[side].span.start >= limit {
        return Range::None;
    }
    if first.unit.is_some() && second.unit.is_some() && first.unit != second.unit {
        return Range::None;
    }
    let (x, y) = (first.numeral, second.numeral);
    // 'ten to twelve billion': the multiplier serves both, unless the first is the larger figure ('500 to 1 million').
    let low = if x.scale == 1.0 && y.scale > 1.0 && x.value < y.mantissa && y.scale >= 100.0 {
        x.value * y.scale
    } else {
        x.value
    };
    if hyphen && x.words != y.words {
        return Range::None;
    }
    let plain = !between && first.unit.is_none() && second.unit.is_none() && y.scale == 1.0;
    if hyphen && plain {
        let noun = head(text, tokens, second.end, true).is_some();
        if low >= y.value || !noun {
            return Range::Dropped(second.end);
        }
    }
    if low >= y.value || (link == "or" && y.value > 2.0 * low.max(1.0)) {
        return Range::None;
    }
    Range::Pair(low, second)
}

/// Whether a change is told: 'rose 3 to 10', 'fell by 5 percent to 40', where the two are no range.
fn changed(tokens: &[Token], start: usize, floor: usize) -> bool {
    (floor..start).rev().take(2).any(|i| {
        matches!(
            word(tokens, i),
            "rose"
                | "fell"
                | "by"
                | "grew"
                | "dropped"
                | "risen"
                | "fallen"
                | "climbed"
                | "jumped"
                | "up"
                | "down"
                | "gained"
                | "lost"
                | "beat"
                | "won"
                | "vote"
                | "voted"
                | "votes"
        )
    })
}

/// '3 in 10', 'three out of ten'.
fn share<'t>(text: &str, tokens: &'t [Token], first: &Measured<'t>, at: usize) -> Range<'t> {
    let Some(whole) = numeral(text, tokens, at) else {
        return Range::None;
    };
    let (part, of) = (first.numeral.value, whole.value);
    let round = [
        2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 20.0, 25.0, 50.0, 100.0, 1000.0,
        10_000.0, 1e5,
    ]
    .contains(&of);
    let bare = first.unit.is_none()
        && first.numeral.scale == 1.0
        && whole.form == Form::Cardinal
        && whole.suffix.is_empty();
    if !round || !bare || part >= of || part < 1.0 {
        return Range::None;
    }
    // 'three in ten years' is a pace.
    if unit_at(tokens, whole.end).is_some()
        && !matches!(
            word(tokens, whole.end),
            "pound" | "pounds" | "euro" | "euros" | "dollars"
        )
    {
        return Range::None;
    }
    Range::Share(100.0 * part / of, whole.end)
}

fn bound_word(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "around"
            | "some"
            | "roughly"
            | "approximately"
            | "nearly"
            | "almost"
            | "over"
            | "above"
            | "under"
            | "below"
            | "exactly"
            | "only"
            | "just"
            | "circa"
            | "barely"
    )
}

/// The bound that the words before token `start` set, and the index of its first word, not below `floor`.
fn bound_before(tokens: &[Token], start: usize, floor: usize) -> Option<(usize, Bound)> {
    use Bound::{Approximate, AtLeast, AtMost, Exact};
    let back = |n: usize| {
        start
            .checked_sub(n)
            .filter(|&at| at >= floor)
            .map_or("", |at| tokens[at].word.as_str())
    };
    let (one, two, three) = (back(1), back(2), back(3));
    let found = |n: usize, bound: Bound| Some((start - n, bound));
    let not = |word: &str| {
        matches!(
            word,
            "no" | "not" | "nor" | "n't" | "never" | "isn't" | "wasn't" | "don't" | "didn't"
        )
    };
    let slight = |word: &str| matches!(word, "just" | "slightly" | "little" | "bit" | "marginally");
    match one {
        "than" => {
            let at_least = matches!(
                two,
                "more" | "greater" | "higher" | "larger" | "bigger" | "longer" | "better"
            );
            let at_most = matches!(two, "less" | "fewer" | "lower" | "smaller" | "shorter");
            match (at_least, at_most) {
                (true, _) if not(three) => found(3, AtMost),
                (true, _) if slight(three) => found(3, Approximate),
                (true, _) => found(2, AtLeast),
                (_, true) if not(three) => found(3, AtLeast),
                (_, true) if slight(three) => found(3, Approximate),
                (_, true) => found(2, AtMost),
                _ if two == "rather" || two == "other" => None,
                _ => None,
            }
        }
        "least" if two == "at" => found(2, AtLeast),
        "least" if two == "the" && three == "at" => found(3, AtLeast),
        "most" if two == "at" => found(2, AtMost),
        "maximum" | "minimum" if two == "at" => None,
        "of" => match two {
            "minimum" => found(2, AtLeast),
            "upwards" | "excess" => found(2, AtLeast),
            "maximum" => found(2, AtMost),
            "order" | "estimate" => found(2, Approximate),
            _ => None,
        },
        "to" => match two {
            "up" => found(2, AtMost),
            "close" | "near" => found(2, Approximate),
            _ => None,
        },
        "as" if three == "as" => match two {
            "many" | "much" | "high" => found(3, AtMost),
            "few" | "little" | "low" => found(3, AtLeast),
            _ => None,
        },
        "over" | "above" | "exceeding" | "exceeds" | "exceed" | "exceeded" => match two {
            _ if slight(two) => found(2, Approximate),
            "well" | "far" => found(2, AtLeast),
            "victory" | "win" | "dispute" | "row" | "war" | "control" | "power" | "took"
            | "takes" => None,
            _ => found(1, AtLeast),
        },
        "under" | "below" => match two {
            _ if slight(two) => found(2, Approximate),
            "well" | "far" => found(2, AtMost),
            _ => found(1, AtMost),
        },
        "about" if subject(two) => None,
        "around" | "about" | "some" | "roughly" | "approximately" | "approx" | "circa"
        | "estimated" | "nearly" | "almost" | "virtually" | "~" | "≈" | "barely"
        | "approaching" | "near" | "perhaps" | "probably" => {
            let wide = one == "estimated" && matches!(two, "an" | "the");
            found(1 + usize::from(wide), Approximate)
        }
        "hardly" => found(1, Approximate),
        "approx." => found(1, Approximate),
        "exactly" | "precisely" => found(1, Exact),
        ">" | "≥" => found(1, AtLeast),
        "<" | "≤" => found(1, AtMost),
        "." if matches!(two, "approx" | "ca" | "c") => found(2, Approximate),
        "between" => found(1, Exact),
        _ => None,
    }
}

/// Whether 'about' after this word names a subject: 'talks about two deals'.
fn subject(word: &str) -> bool {
    matches!(
        word,
        "talk"
            | "talks"
            | "talked"
            | "talking"
            | "speak"
            | "spoke"
            | "speaking"
            | "told"
            | "tell"
            | "ask"
            | "asked"
            | "asking"
            | "know"
            | "knew"
            | "think"
            | "thought"
            | "question"
            | "questions"
            | "concern"
            | "concerns"
            | "concerned"
            | "worried"
            | "worry"
            | "worries"
            | "news"
            | "book"
            | "story"
            | "stories"
            | "lied"
            | "lie"
            | "lies"
            | "debate"
            | "doubts"
            | "reports"
            | "report"
            | "wrote"
            | "warned"
            | "claims"
            | "claim"
            | "rumours"
            | "rumors"
            | "information"
            | "learned"
            | "heard"
            | "complained"
    )
}

/// A bound that follows the number or what it counts: 'or more', 'at most', 'or so'.
fn bound_after(tokens: &[Token], at: usize) -> Option<(usize, Bound)> {
    let bound = match (word(tokens, at), word(tokens, at + 1)) {
        ("or", "more" | "above" | "over" | "longer" | "older") => Bound::AtLeast,
        ("or", "fewer" | "less" | "under" | "younger" | "below") => Bound::AtMost,
        ("or", "so" | "thereabouts") => Bound::Approximate,
        ("at", "least") => Bound::AtLeast,
        // 'at least' and 'at most' before another number are that number's.
        ("at", "most") => Bound::AtMost,
        _ => return None,
    };
    let others = word(tokens, at) == "at"
        && tokens
            .get(at + 2)
            .is_some_and(|t| t.kind == TokenKind::Number || is_sign(&t.word));
    (!others).then_some((at + 2, bound))
}

fn is_sign(word: &str) -> bool {
    currency_sign(word).is_some()
}
