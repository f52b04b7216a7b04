//! Units of measure and money: how they are written, and which convert into which.
//!
//! Knows no numbers. Exchange rates change daily, so currencies never convert.

use super::numeral::{glued, word};
use crate::text::{Token, TokenKind};

/// The unit that a sign before a number names.
pub(super) fn currency_sign(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "$" => "usd",
        "€" => "eur",
        "£" => "gbp",
        "₽" => "rub",
        "₴" => "uah",
        "¥" => "jpy",
        "₹" => "inr",
        "₩" => "krw",
        "₺" => "try",
        _ => return None,
    })
}

/// The dollar of a country: 'us', 'a', 'c' before the sign.
pub(super) fn dollar_of(prefix: &str) -> Option<&'static str> {
    Some(match prefix {
        "us" | "u.s" => "usd",
        "a" | "au" => "aud",
        "c" | "ca" => "cad",
        "nz" => "nzd",
        "hk" => "hkd",
        "s" => "sgd",
        _ => return None,
    })
}

/// A currency by its ISO code, before or after a number.
pub(super) fn currency_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "usd" => "usd",
        "eur" => "eur",
        "gbp" => "gbp",
        "rub" | "rur" => "rub",
        "uah" => "uah",
        "cny" | "rmb" => "cny",
        "jpy" => "jpy",
        "pln" | "zł" => "pln",
        "chf" | "sfr" => "chf",
        "byn" => "byn",
        "inr" | "rs" => "inr",
        "sek" => "sek",
        "nok" => "nok",
        "dkk" => "dkk",
        "czk" => "czk",
        "huf" => "huf",
        "try" => "try",
        "kzt" => "kzt",
        "cad" => "cad",
        "aud" => "aud",
        _ => return None,
    })
}

/// The unit that a word glued to figures or standing after them names, in singular or plural.
pub(super) fn unit_word(word: &str) -> Option<&'static str> {
    Some(match word.as_bytes() {
        b"%" | b"percent" | b"pct" => "percent",
        b"dollar" | b"dollars" => "usd",
        b"euro" | b"euros" => "eur",
        b"rouble" | b"roubles" | b"ruble" | b"rubles" => "rub",
        b"hryvnia" | b"hryvnias" | b"hryvnya" | b"hryvnyas" => "uah",
        b"yuan" | b"renminbi" => "cny",
        b"yen" => "jpy",
        b"zloty" | b"zlotys" | b"zloties" | b"zlotych" => "pln",
        b"franc" | b"francs" => "chf",
        b"rupee" | b"rupees" => "inr",
        b"km" | b"kms" | b"kilometre" | b"kilometres" | b"kilometer" | b"kilometers" => "km",
        b"m" | b"metre" | b"metres" | b"meter" | b"meters" => "m",
        b"cm" | b"centimetre" | b"centimetres" | b"centimeter" | b"centimeters" => "cm",
        b"mm" | b"millimetre" | b"millimetres" | b"millimeter" | b"millimeters" => "mm",
        b"mile" | b"miles" => "mile",
        b"foot" | b"feet" | b"ft" => "foot",
        b"inch" | b"inches" => "inch",
        b"yard" | b"yards" => "yard",
        b"kg" | b"kgs" | b"kilo" | b"kilos" | b"kilogram" | b"kilograms" | b"kilogramme"
        | b"kilogrammes" => "kg",
        b"g" | b"gram" | b"grams" | b"gramme" | b"grammes" => "g",
        b"tonne" | b"tonnes" => "tonne",
        b"ton" | b"tons" => "ton",
        b"lb" | b"lbs" => "lb",
        b"ounce" | b"ounces" => "ounce",
        b"seconds" => "second",
        b"minute" | b"minutes" | b"min" | b"mins" => "minute",
        b"hour" | b"hours" | b"hr" | b"hrs" => "hour",
        b"day" | b"days" => "day",
        b"week" | b"weeks" => "week",
        b"month" | b"months" => "month",
        b"year" | b"years" | b"yr" | b"yrs" => "year",
        b"decade" | b"decades" => "decade",
        b"century" | b"centuries" => "century",
        b"degree" | b"degrees" => "degree",
        b"mph" => "mph",
        b"kmh" | b"kph" => "kmh",
        b"knot" | b"knots" => "knot",
        b"kw" | b"kilowatt" | b"kilowatts" => "kw",
        b"mw" | b"megawatt" | b"megawatts" => "mw",
        b"gw" | b"gigawatt" | b"gigawatts" => "gw",
        b"tw" | b"terawatt" | b"terawatts" => "tw",
        b"kwh" => "kwh",
        b"mwh" => "mwh",
        b"gwh" => "gwh",
        b"twh" => "twh",
        b"litre" | b"litres" | b"liter" | b"liters" => "litre",
        b"gallon" | b"gallons" => "gallon",
        b"barrel" | b"barrels" => "barrel",
        b"hectare" | b"hectares" | b"ha" => "hectare",
        b"acre" | b"acres" => "acre",
        _ => return None,
    })
}

/// The unit at token `i`, and the index past it. A hyphen may glue it to the number: '10-year'.
pub(super) fn unit_at(tokens: &[Token], i: usize) -> Option<(&'static str, usize)> {
    let mut at = i;
    if word(tokens, at) == "-" && at > 0 && glued(tokens, at - 1) && glued(tokens, at) {
        at += 1;
    }
    let token = tokens.get(at)?;
    let name = token.word.as_ref();
    let next = word(tokens, at + 1);
    if token.kind == TokenKind::Mark {
        return match name {
            "%" => Some(("percent", at + 1)),
            "°" | "º" => Some(("degree", at + 1 + usize::from(matches!(next, "c" | "f")))),
            _ => currency_sign(name).map(|unit| (unit, at + 1)),
        };
    }
    let two = |unit| Some((unit, at + 2));
    match (name, next) {
        ("per", "cent") => return two("percent"),
        ("percentage" | "percent", "point" | "points") => return two("percentage point"),
        ("basis", "point" | "points") => return two("basis point"),
        ("pound" | "pounds", "sterling") => return two("gbp"),
        ("swiss", "franc" | "francs") => return two("chf"),
        ("us" | "u.s" | "american", "dollar" | "dollars") => return two("usd"),
        ("canadian", "dollar" | "dollars") => return two("cad"),
        ("australian", "dollar" | "dollars") => return two("aud"),
        ("belarusian", "rouble" | "roubles" | "ruble" | "rubles") => return two("byn"),
        ("russian", "rouble" | "roubles" | "ruble" | "rubles") => return two("rub"),
        ("indian", "rupee" | "rupees") => return two("inr"),
        ("japanese", "yen") => return two("jpy"),
        ("chinese", "yuan") => return two("cny"),
        ("nautical", "mile" | "miles") => return two("nautical mile"),
        ("square", _) => {
            return match unit_word(next)? {
                "km" => two("km2"),
                "m" => two("m2"),
                "mile" => two("mile2"),
                "foot" => two("foot2"),
                _ => None,
            };
        }
        ("cubic", _) => {
            return match unit_word(next)? {
                "m" => two("m3"),
                "km" => two("km3"),
                "foot" => two("foot3"),
                _ => None,
            };
        }
        ("kilowatt" | "megawatt" | "gigawatt" | "terawatt", "-" | "hour" | "hours") => {
            let hour = if next == "-" { at + 2 } else { at + 1 };
            if matches!(word(tokens, hour), "hour" | "hours") {
                let unit = match name {
                    "kilowatt" => "kwh",
                    "megawatt" => "mwh",
                    "gigawatt" => "gwh",
                    _ => "twh",
                };
                return Some((unit, hour + 1));
            }
        }
        ("pound" | "pounds", _) => {
            let weight = matches!(next, "heavy" | "heavier" | "lighter" | "overweight" | "of");
            return Some((if weight { "lb" } else { "gbp" }, at + 1));
        }
        ("second", _) if i > 0 && word(tokens, i - 1) == "one" => return Some(("second", at + 1)),
        _ => {}
    }
    let unit = unit_word(name).or_else(|| currency_code(name).filter(|_| token.capital))?;
    Some(per_hour(tokens, unit, at + 1))
}

/// Speeds: 'kilometres per hour', 'miles an hour', 'km/h'. `end` is the index past the length.
pub(super) fn per_hour(tokens: &[Token], unit: &'static str, end: usize) -> (&'static str, usize) {
    let speed = match unit {
        "km" => "kmh",
        "mile" => "mph",
        "m" => "m/s",
        _ => return (unit, end),
    };
    let per = match (word(tokens, end), word(tokens, end + 1)) {
        ("per" | "an" | "a", time) => Some((time, end + 2)),
        ("/", time) if glued(tokens, end) => Some((time, end + 2)),
        _ => None,
    };
    match (per, speed) {
        (Some(("hour" | "h", end)), "kmh" | "mph") => (speed, end),
        (Some(("second" | "s", end)), "m/s") => (speed, end),
        _ => (unit, end),
    }
}

/// What a unit measures, as a letter, and its size in the smallest common unit; `None` where nothing else converts to it.
fn measure(unit: &str) -> Option<(char, f64)> {
    Some(match unit {
        "mm" => ('l', 0.001),
        "cm" => ('l', 0.01),
        "inch" => ('l', 0.0254),
        "foot" => ('l', 0.3048),
        "yard" => ('l', 0.9144),
        "m" => ('l', 1.0),
        "km" => ('l', 1000.0),
        "mile" => ('l', 1609.344),
        "nautical mile" => ('l', 1852.0),
        "g" => ('w', 0.001),
        "ounce" => ('w', 0.028_349_5),
        "lb" => ('w', 0.453_592),
        "kg" => ('w', 1.0),
        "ton" => ('w', 907.185),
        "tonne" => ('w', 1000.0),
        "second" => ('t', 1.0),
        "minute" => ('t', 60.0),
        "hour" => ('t', 3600.0),
        "day" => ('t', 86_400.0),
        "week" => ('t', 604_800.0),
        // A twelfth of the mean year, so that 24 months are two years.
        "month" => ('t', 2_629_800.0),
        "year" => ('t', 31_557_600.0),
        "decade" => ('t', 315_576_000.0),
        "century" => ('t', 3_155_760_000.0),
        "kmh" => ('s', 1.0),
        "mph" => ('s', 1.609_344),
        "knot" => ('s', 1.852),
        "m/s" => ('s', 3.6),
        "kw" => ('p', 1.0),
        "mw" => ('p', 1e3),
        "gw" => ('p', 1e6),
        "tw" => ('p', 1e9),
        "kwh" => ('e', 1.0),
        "mwh" => ('e', 1e3),
        "gwh" => ('e', 1e6),
        "twh" => ('e', 1e9),
        "m2" => ('a', 1.0),
        "foot2" => ('a', 0.092_903),
        "acre" => ('a', 4046.86),
        "hectare" => ('a', 10_000.0),
        "km2" => ('a', 1e6),
        "mile2" => ('a', 2_589_988.0),
        "litre" => ('v', 0.001),
        "gallon" => ('v', 0.003_785),
        "barrel" => ('v', 0.158_987),
        "foot3" => ('v', 0.028_316_8),
        "m3" => ('v', 1.0),
        "km3" => ('v', 1e9),
        "basis point" => ('b', 0.01),
        "percentage point" => ('b', 1.0),
        _ => return None,
    })
}

/// The factors that bring two units to a common one; both 1 where the units are the same, `None` where they do not convert.
pub(super) fn common(a: Option<&str>, b: Option<&str>) -> Option<(f64, f64)> {
    if a == b {
        return Some((1.0, 1.0));
    }
    let ((kind_a, size_a), (kind_b, size_b)) = (measure(a?)?, measure(b?)?);
    (kind_a == kind_b).then_some((size_a, size_b))
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn only_measures_of_one_kind_convert() {
        assert_eq!(common(None, None), Some((1.0, 1.0)));
        assert_eq!(common(Some("usd"), Some("usd")), Some((1.0, 1.0)));
        assert_eq!(common(Some("usd"), Some("eur")), None);
        assert_eq!(common(Some("km"), Some("kg")), None);
        assert_eq!(common(None, Some("day")), None);
        let (week, day) = common(Some("week"), Some("day")).expect("both are times");
        assert_eq!(week / day, 7.0);
    }
}
