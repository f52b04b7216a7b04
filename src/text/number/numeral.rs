//! Reads one numeral: figures with their suffix, number words, fractions and vague counts.
//!
//! Knows how numbers are spelled, not what they count: bounds, units and nouns belong to the caller.

use crate::text::{Token, TokenKind};

/// What kind of numeral was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Form {
    /// 'eleven', '1.2m'.
    Cardinal,
    /// 'first', '12th'.
    Ordinal,
    /// 'two-thirds', 'half': the value is in percent.
    Fraction,
    /// 'dozens', 'several hundred': a wide range.
    Vague,
}

/// A numeral of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::text) struct Numeral<'t> {
    /// Index past its last token.
    pub(in crate::text) end: usize,
    /// Its value, the lower end of a vague one.
    pub(in crate::text) value: f64,
    /// The value, or the upper end of a vague one.
    pub(in crate::text) high: f64,
    /// The value without its last multiplier: 12 of 'twelve billion'.
    pub(in crate::text) mantissa: f64,
    /// The last multiplier: 1e9 of 'twelve billion', 1 where there is none.
    pub(in crate::text) scale: f64,
    /// What kind of numeral it is.
    pub(in crate::text) form: Form,
    /// Letters glued to the figures that are no multiplier and no ordinal ending: 'km' of '30km'.
    pub(in crate::text) suffix: &'t str,
    /// Whether it is spelled in words.
    pub(in crate::text) words: bool,
}

impl Numeral<'_> {
    fn of(end: usize, value: f64, form: Form) -> Self {
        Numeral {
            end,
            value,
            high: value,
            mantissa: value,
            scale: 1.0,
            form,
            suffix: "",
            words: true,
        }
    }
}

/// A number word below a hundred, by value: 'seven', 'forty'.
fn cardinal_word(word: &str) -> Option<f64> {
    Some(match word.as_bytes() {
        b"one" => 1.0,
        b"two" => 2.0,
        b"three" => 3.0,
        b"four" => 4.0,
        b"five" => 5.0,
        b"six" => 6.0,
        b"seven" => 7.0,
        b"eight" => 8.0,
        b"nine" => 9.0,
        b"ten" => 10.0,
        b"eleven" => 11.0,
        b"twelve" => 12.0,
        b"thirteen" => 13.0,
        b"fourteen" => 14.0,
        b"fifteen" => 15.0,
        b"sixteen" => 16.0,
        b"seventeen" => 17.0,
        b"eighteen" => 18.0,
        b"nineteen" => 19.0,
        b"twenty" => 20.0,
        b"thirty" => 30.0,
        b"forty" => 40.0,
        b"fifty" => 50.0,
        b"sixty" => 60.0,
        b"seventy" => 70.0,
        b"eighty" => 80.0,
        b"ninety" => 90.0,
        _ => return None,
    })
}

/// An ordinal word, by value: 'first', 'twentieth', 'hundredth'.
pub(in crate::text) fn ordinal_word(word: &str) -> Option<f64> {
    Some(match word.as_bytes() {
        b"first" => 1.0,
        b"second" => 2.0,
        b"third" => 3.0,
        b"fourth" => 4.0,
        b"fifth" => 5.0,
        b"sixth" => 6.0,
        b"seventh" => 7.0,
        b"eighth" => 8.0,
        b"ninth" => 9.0,
        b"tenth" => 10.0,
        b"eleventh" => 11.0,
        b"twelfth" => 12.0,
        b"thirteenth" => 13.0,
        b"fourteenth" => 14.0,
        b"fifteenth" => 15.0,
        b"sixteenth" => 16.0,
        b"seventeenth" => 17.0,
        b"eighteenth" => 18.0,
        b"nineteenth" => 19.0,
        b"twentieth" => 20.0,
        b"thirtieth" => 30.0,
        b"fortieth" => 40.0,
        b"fiftieth" => 50.0,
        b"sixtieth" => 60.0,
        b"seventieth" => 70.0,
        b"eightieth" => 80.0,
        b"ninetieth" => 90.0,
        b"hundredth" => 100.0,
        b"thousandth" => 1000.0,
        _ => return None,
    })
}

/// A word that multiplies what stands before it.
fn multiplier(word: &str) -> Option<f64> {
    Some(match word.as_bytes() {
        b"hundred" => 1e2,
        b"dozen" => 12.0,
        b"thousand" => 1e3,
        b"lakh" => 1e5,
        b"million" | b"mln" | b"mn" | b"mio" => 1e6,
        b"crore" => 1e7,
        b"billion" | b"bn" | b"bln" => 1e9,
        b"trillion" | b"tn" | b"trn" => 1e12,
        _ => return None,
    })
}

/// A plural that names an order of magnitude only.
fn magnitude(word: &str) -> Option<f64> {
    Some(match word.as_bytes() {
        b"tens" => 10.0,
        b"dozens" => 12.0,
        b"scores" => 20.0,
        b"hundreds" => 1e2,
        b"thousands" => 1e3,
        b"millions" => 1e6,
        b"billions" => 1e9,
        b"trillions" => 1e12,
        _ => return None,
    })
}

/// The part of a whole that a denominator names, and whether it stands in the plural.
fn denominator(word: &str) -> Option<(f64, bool)> {
    Some(match word.as_bytes() {
        b"half" => (2.0, false),
        b"halves" => (2.0, true),
        b"third" => (3.0, false),
        b"thirds" => (3.0, true),
        b"quarter" | b"fourth" => (4.0, false),
        b"quarters" | b"fourths" => (4.0, true),
        b"fifth" => (5.0, false),
        b"fifths" => (5.0, true),
        b"sixth" => (6.0, false),
        b"sixths" => (6.0, true),
        b"seventh" => (7.0, false),
        b"sevenths" => (7.0, true),
        b"eighth" => (8.0, false),
        b"eighths" => (8.0, true),
        b"ninth" => (9.0, false),
        b"ninths" => (9.0, true),
        b"tenth" => (10.0, false),
        b"tenths" => (10.0, true),
        _ => return None,
    })
}

/// Whether nothing stands between two neighbouring tokens.
pub(in crate::text) fn glued(tokens: &[Token], left: usize) -> bool {
    match (tokens.get(left), tokens.get(left + 1)) {
        (Some(a), Some(b)) => a.span.end == b.span.start,
        _ => false,
    }
}

/// The folded word at an index, empty past the end.
pub(in crate::text) fn word<'t>(tokens: &'t [Token], i: usize) -> &'t str {
    tokens.get(i).map_or("", |t| t.word.as_ref())
}

/// The index after a hyphen that glues `i - 1` to `i + 1`, or `i`.
fn past_hyphen(tokens: &[Token], i: usize) -> usize {
    if i > 0 && word(tokens, i) == "-" && glued(tokens, i - 1) && glued(tokens, i) {
        i + 1
    } else {
        i
    }
}

/// Figures at the start of a folded token: mantissa as a whole number, power of ten to divide it by, and the rest.
///
/// Thousands may be grouped by commas, or by two or more full stops; one comma before one or two digits is a decimal comma.
fn figures(word: &str) -> Option<(f64, i32, &str)> {
    // Longer rows of digits are identifiers, and their value would not survive as a float.
    const LONGEST: usize = 24;
    let end = word
        .bytes()
        .position(|b| !(b.is_ascii_digit() || b == b',' || b == b'.'))
        .unwrap_or(word.len());
    let (number, rest) = word.split_at_checked(end)?;
    if number.is_empty() || number.len() > LONGEST {
        return None;
    }
    let commas = number.bytes().filter(|&b| b == b',').count();
    let dots = number.bytes().filter(|&b| b == b'.').count();
    let grouped = |part: &str, mark: char| {
        part.split(mark).skip(1).all(|g| g.len() == 3)
            && part
                .split(mark)
                .next()
                .is_some_and(|g| (1..=3).contains(&g.len()))
    };
    let tail = |mark: char| number.rsplit(mark).next().map_or(0, str::len) as i32;
    let power = match (commas, dots) {
        (0, 0) => 0,
        (0, 1) => tail('.'),
        (0, _) if grouped(number, '.') => 0,
        (_, 0) if grouped(number, ',') => 0,
        (1, 0) if (1..=2).contains(&tail(',')) => tail(','),
        (_, 1)
            if number
                .split('.')
                .next()
                .is_some_and(|whole| grouped(whole, ',')) =>
        {
            tail('.')
        }
        _ => return None,
    };
    let mantissa = number
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0.0, |n, b| n * 10.0 + f64::from(b - b'0'));
    Some((mantissa, power, rest))
}

/// Whether a numeral can begin with the token; where not, [`numeral`] need not be asked.
pub(in crate::text) fn begins(token: &Token) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Mark => false,
        TokenKind::Word => begins_words(&token.word),
    }
}

/// Whether a numeral in words can begin with the word.
pub(in crate::text) fn begins_words(word: &str) -> bool {
    matches!(
        word.as_bytes(),
        b"a" | b"an" | b"half" | b"several" | b"few"
    ) || cardinal_word(word).is_some()
        || ordinal_word(word).is_some()
        || magnitude(word).is_some()
}

/// Reads the longest numeral that begins at token `i`. Costs a bounded number of look-ups.
pub(in crate::text) fn numeral<'t>(
    text: &str,
    tokens: &'t [Token<'t>],
    i: usize,
) -> Option<Numeral<'t>> {
    let token = tokens.get(i)?;
    match token.kind {
        TokenKind::Number => figure_numeral(text, tokens, i),
        TokenKind::Word => word_numeral(tokens, i),
        TokenKind::Mark => None,
    }
}

fn figure_numeral<'t>(text: &str, tokens: &'t [Token<'t>], i: usize) -> Option<Numeral<'t>> {
    let folded = tokens[i].word.as_ref();
    if let Some((n, d)) = folded.split_once('\u{2044}') {
        // '½' folds to figures around a fraction slash.
        let (n, d) = (n.parse::<u8>().ok()?, d.parse::<u8>().ok()?);
        return (n < d)
            .then(|| Numeral::of(i + 1, 100.0 * f64::from(n) / f64::from(d), Form::Fraction));
    }
    let (mut mantissa, power, rest) = figures(folded)?;
    let mut end = i + 1;
    if power == 0 && rest.is_empty() && folded.len() <= 3 {
        // '10 000', and any spaced groups where the space does not break.
        while end < i + 4
            && tokens
                .get(end)
                .is_some_and(|t| t.word.len() == 3 && t.word.bytes().all(|b| b.is_ascii_digit()))
            && text
                .get(tokens[end - 1].span.end..tokens[end].span.start)
                .is_some_and(|gap| {
                    matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}")
                        || (gap == " " && tokens[end].word == "000")
                })
        {
            mantissa = mantissa * 1000.0 + figures(&tokens[end].word)?.0;
            end += 1;
        }
    }
    if power == 0
        && rest.is_empty()
        && word(tokens, end) == "/"
        && glued(tokens, i)
        && glued(tokens, end)
    {
        let (d, 0, "") = figures(word(tokens, end + 1))? else {
            return None;
        };
        // '3/4'; other pairs are seasons, scores and '24/7'.
        let more = word(tokens, end + 2) == "/";
        return (mantissa >= 1.0 && mantissa < d && d <= 10.0 && !more)
            .then(|| Numeral::of(end + 2, 100.0 * mantissa / d, Form::Fraction));
    }
    let divisor = 10f64.powi(power);
    let mut numeral = Numeral {
        words: false,
        ..Numeral::of(end, mantissa / divisor, Form::Cardinal)
    };
    let (scale, suffix) = match rest {
        "" => (1.0, ""),
        "k" => (1e3, ""),
        "m" | "mn" | "mln" => (1e6, if rest == "m" { "m" } else { "" }),
        "b" | "bn" | "bln" => (1e9, ""),
        "t" | "tn" | "trn" => (1e12, if rest == "t" { "t" } else { "" }),
        "st" | "nd" | "rd" | "th" if power == 0 => {
            numeral.form = Form::Ordinal;
            return Some(numeral);
        }
        other => (1.0, other),
    };
    numeral.suffix = suffix;
    numeral.scale = scale;
    let mut value = mantissa * scale;
    if rest.is_empty() {
        loop {
            let at = past_hyphen(tokens, numeral.end);
            let Some(factor) = multiplier(word(tokens, at)) else {
                break;
            };
            // At most 'hundred thousand million'; a longer row is no number.
            if numeral.scale * factor > 1e15 {
                break;
            }
            numeral.scale *= factor;
            value *= factor;
            numeral.end = at + 1;
        }
        if numeral.scale == 1.0
            && word(tokens, end) == "and"
            && matches!(word(tokens, end + 1), "a")
            && word(tokens, end + 2) == "half"
            && power == 0
        {
            let at = past_hyphen(tokens, end + 3);
            let factor = multiplier(word(tokens, at));
            numeral.end = if factor.is_some() { at + 1 } else { end + 3 };
            numeral.scale = factor.unwrap_or(1.0);
            numeral.mantissa = mantissa + 0.5;
            value = numeral.mantissa * numeral.scale;
        }
    }
    // Divide last: 23 * 1e6 / 10 is exact where 2.3 * 1e6 is not.
    numeral.value = value / divisor;
    numeral.high = numeral.value;
    Some(numeral)
}

fn word_numeral<'t>(tokens: &'t [Token<'t>], i: usize) -> Option<Numeral<'t>> {
    let first = tokens[i].word.as_ref();
    let next = || word(tokens, i + 1);
    match first.as_bytes() {
        b"a" | b"an" => {
            if let Some(fraction) = one_part(tokens, i) {
                return Some(fraction);
            }
            match next() {
                "few" => return several(tokens, i, i + 2),
                "couple" => {
                    let at = i + 2 + usize::from(word(tokens, i + 2) == "of");
                    return several(tokens, i, at).or_else(|| {
                        (at == i + 3).then(|| Numeral {
                            high: 3.0,
                            ..Numeral::of(at, 2.0, Form::Vague)
                        })
                    });
                }
                w if multiplier(w).is_some() && !matches!(w, "mn" | "tn" | "bn") => {}
                _ => return None,
            }
        }
        b"half" => return half(tokens, i),
        b"several" | b"few" => return several(tokens, i, i + 1),
        _ => {
            if let Some(size) = magnitude(first) {
                return vague(tokens, i, size);
            }
            if let Some(value) = ordinal_word(first) {
                return Some(Numeral::of(i + 1, value, Form::Ordinal));
            }
            cardinal_word(first)?;
        }
    }
    if let Some(parts) = many_parts(tokens, i) {
        return Some(parts);
    }
    Some(cardinal(tokens, i))
}

/// 'a third', 'a tenth', 'a quarter', 'one fifth', where what follows shows that no ordinal is meant.
fn one_part<'t>(tokens: &'t [Token<'t>], i: usize) -> Option<Numeral<'t>> {
    let at = past_hyphen(tokens, i + 1);
    let (parts, false) = denominator(word(tokens, at))? else {
        return None;
    };
    let whole = whole_after(tokens, at + 1);
    if let Some((end, size)) = whole {
        return Some(Numeral {
            scale: size,
            mantissa: 1.0 / parts,
            ..Numeral::of(end, size / parts, Form::Cardinal)
        });
    }
    let ends = match tokens.get(at + 1) {
        None => true,
        Some(t) if t.kind == TokenKind::Mark => t.word != "-",
        Some(t) => matches!(
            t.word.as_ref(),
            "of" | "the"
                | "less"
                | "more"
                | "fewer"
                | "higher"
                | "lower"
                | "and"
                | "or"
                | "in"
                | "to"
                | "by"
                | "from"
                | "on"
                | "are"
                | "were"
                | "said"
                | "say"
                | "believe"
                | "think"
                | "want"
                | "have"
                | "had"
                | "would"
                | "will"
                | "do"
                | "did"
        ),
    };
    // 'a quarter' alone is three months as often as it is a part.
    let part = word(tokens, at + 1) == "of" || (word(tokens, at) != "quarter" && ends);
    (part && parts > 2.0).then(|| Numeral::of(at + 1, 100.0 / parts, Form::Fraction))
}

/// 'of a million' after a part.
fn whole_after(tokens: &[Token], at: usize) -> Option<(usize, f64)> {
    (word(tokens, at) == "of" && word(tokens, at + 1) == "a")
        .then(|| multiplier(word(tokens, at + 2)))
        .flatten()
        .map(|size| (at + 3, size))
}

/// 'two-thirds', 'three quarters', 'one third'.
fn many_parts<'t>(tokens: &'t [Token<'t>], i: usize) -> Option<Numeral<'t>> {
    let count = cardinal_word(word(tokens, i))?;
    let at = past_hyphen(tokens, i + 1);
    let name = word(tokens, at);
    let (parts, plural) = denominator(name)?;
    if count >= parts || parts == 2.0 || plural != (count > 1.0) {
        return None;
    }
    // 'two quarters' of a business year are none; 'one quarter' needs its whole.
    if matches!(name, "quarter" | "quarters") && count != 3.0 && word(tokens, at + 1) != "of" {
        return None;
    }
    if let Some((end, size)) = whole_after(tokens, at + 1) {
        return Some(Numeral {
            scale: size,
            mantissa: count / parts,
            ..Numeral::of(end, size * count / parts, Form::Cardinal)
        });
    }
    Some(Numeral::of(at + 1, 100.0 * count / parts, Form::Fraction))
}

fn half<'t>(tokens: &'t [Token<'t>], i: usize) -> Option<Numeral<'t>> {
    let before = if i > 0 { word(tokens, i - 1) } else { "" };
    if ordinal_word(before).is_some()
        || matches!(
            before,
            "other" | "better" | "latter" | "second" | "final" | "-"
        )
    {
        return None;
    }
    let next = word(tokens, i + 1);
    let at = if next == "-" && glued(tokens, i) {
        past_hyphen(tokens, i + 1)
    } else {
        i + 1 + usize::from(matches!(next, "a" | "an"))
    };
    if at > i + 1 || multiplier(next).is_some() {
        let name = word(tokens, past_hyphen(tokens, at));
        if let Some(size) = multiplier(name) {
            return Some(Numeral {
                scale: size,
                mantissa: 0.5,
                ..Numeral::of(past_hyphen(tokens, at) + 1, size / 2.0, Form::Cardinal)
            });
        }
        // 'half an hour', 'half a metre': the caller reads the unit. 'half-brother' is no number.
        return (next != "-").then(|| Numeral::of(at, 0.5, Form::Cardinal));
    }
    if let Some((end, size)) = whole_after(tokens, i + 1) {
        return Some(Numeral {
            scale: size,
            mantissa: 0.5,
            ..Numeral::of(end, size / 2.0, Form::Cardinal)
        });
    }
    Some(Numeral::of(i + 1, 50.0, Form::Fraction))
}

/// 'several hundred', 'a few thousand': the multiplier stands at `at`.
fn several<'t>(tokens: &'t [Token<'t>], _i: usize, at: usize) -> Option<Numeral<'t>> {
    let mut size = multiplier(word(tokens, at))?;
    let mut end = at + 1;
    if let Some(more) = multiplier(word(tokens, end)) {
        size *= more;
        end += 1;
    }
    Some(Numeral {
        high: 9.0 * size,
        scale: size,
        mantissa: 2.0,
        ..Numeral::of(end, 2.0 * size, Form::Vague)
    })
}

/// 'dozens', 'tens of thousands'. Twice to twenty times the size: reporters write 'dozens' well past a hundred.
fn vague<'t>(tokens: &'t [Token<'t>], i: usize, size: f64) -> Option<Numeral<'t>> {
    let mut size = size;
    let mut end = i + 1;
    while word(tokens, end) == "of" && end < i + 5 {
        match magnitude(word(tokens, end + 1)) {
            Some(more) if more > size => {
                size *= more;
                end += 2;
            }
            _ => break,
        }
    }
    // Bare 'tens' and 'scores' have other meanings: 'the scores', 'tens' of a card game.
    let bare =
        matches!(word(tokens, i), "tens" | "scores") && word(tokens, end) != "of" && end == i + 1;
    (!bare).then(|| Numeral {
        high: 20.0 * size,
        scale: size,
        mantissa: 2.0,
        ..Numeral::of(end, 2.0 * size, Form::Vague)
    })
}

/// A row of number words: 'one hundred and twenty-five', 'twelve billion', 'two and a half million', 'twenty-first'.
fn cardinal<'t>(tokens: &'t [Token<'t>], i: usize) -> Numeral<'t> {
    let mut total = 0.0;
    let mut current = 0.0;
    // What may still follow: below ten after a ten, below a hundred after 'hundred', anything smaller than `last`.
    let mut room = 100.0;
    let mut last = f64::INFINITY;
    let mut at = i;
    let mut end = i;
    let mut scale = 1.0;
    let mut mantissa = 0.0;
    if matches!(word(tokens, i), "a" | "an") {
        current = 1.0;
        room = 0.0;
        at = i + 1;
    }
    loop {
        let from = at;
        at = if end > i { past_hyphen(tokens, at) } else { at };
        let hyphen = at > from;
        let and = !hyphen && end > i && scale > 1.0 && word(tokens, at) == "and";
        if and {
            at += 1;
        }
        let name = word(tokens, at);
        if let Some(value) = cardinal_word(name)
            && value < room
        {
            current += value;
            room = if value >= 20.0 { 10.0 } else { 0.0 };
        } else if let Some(value) = ordinal_word(name)
            && value < room
            && end > i
            && name != "second"
            && (hyphen || and)
        {
            return Numeral::of(at + 1, total + current + value, Form::Ordinal);
        } else if let Some(size) = multiplier(name)
            && !and
            && current > 0.0
            && matches!(tokens.get(at), Some(t) if t.word.len() > 2)
        {
            if size == 100.0 && current < 100.0 {
                mantissa = current;
                current *= 100.0;
                room = 100.0;
            } else if size < last {
                mantissa = current;
                total += current * size;
                current = 0.0;
                last = size;
                room = if size >= 1000.0 { 100.0 } else { 0.0 };
            } else {
                break;
            }
            scale = size;
        } else if let Some(size) = multiplier(name)
            && !and
            && current == 0.0
            && size > last
            && total * size <= 1e15
        {
            // 'hundred thousand million': rare, and 'two dozen million' is read the same way.
            mantissa = total;
            total *= size;
            scale = size;
            room = 0.0;
        } else if !and
            && end > i
            && total == 0.0
            && current < 100.0
            && name == "and"
            && word(tokens, at + 1) == "a"
            && word(tokens, at + 2) == "half"
        {
            current += 0.5;
            mantissa = current;
            room = 0.0;
            at += 2;
        } else {
            break;
        }
        at += 1;
        end = at;
    }
    let value = total + current;
    // A number that goes on after its multiplier ('one hundred and five') has no multiplier to lend to a range.
    let lends = scale > 1.0 && mantissa * scale == value;
    Numeral {
        mantissa: if lends { mantissa } else { value },
        scale: if lends { scale } else { 1.0 },
        ..Numeral::of(end.max(i + 1), value, Form::Cardinal)
    }
}
