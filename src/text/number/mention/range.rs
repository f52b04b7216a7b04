//! Ranges, shares and bounds around a numeral.

use super::*;

pub(super) enum Range<'t> {
    None,
    /// A score or an identifier.
    Dropped(usize),
    /// '3 in 10', in percent, and the index past it.
    Share(f64, usize),
    /// The low end, scaled, and the second side.
    Pair(f64, Measured<'t>),
}

/// What joins the number to a second one: '10-12 billion', 'ten to twelve', 'between 5 and 7', 'two or three', '3 in 10'.
pub(super) fn range<'t>(
    text: &str,
    tokens: &'t [Token<'t>],
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
pub(super) fn changed(tokens: &[Token], start: usize, floor: usize) -> bool {
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
pub(super) fn share<'t>(
    text: &str,
    tokens: &'t [Token<'t>],
    first: &Measured<'t>,
    at: usize,
) -> Range<'t> {
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

pub(super) fn bound_word(word: &str) -> bool {
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
pub(super) fn bound_before(tokens: &[Token], start: usize, floor: usize) -> Option<(usize, Bound)> {
    use Bound::{Approximate, AtLeast, AtMost, Exact};
    let back = |n: usize| {
        start
            .checked_sub(n)
            .filter(|&at| at >= floor)
            .map_or("", |at| tokens[at].word.as_ref())
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
pub(super) fn subject(word: &str) -> bool {
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
pub(super) fn bound_after(tokens: &[Token], at: usize) -> Option<(usize, Bound)> {
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

pub(super) fn is_sign(word: &str) -> bool {
    currency_sign(word).is_some()
}
