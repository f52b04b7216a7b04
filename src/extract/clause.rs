//! Clauses: where a stretch of a sentence falls into statements of their own.
//!
//! Knows conjunctions, marks and the look of finite verbs; there is no parser. A cut is made only where both sides can
//! stand alone: each has a finite verb and the right one brings its own subject.

use crate::lexicon::{Class, Is, Lexicon};
use crate::text::{Span, Token, TokenKind};
use std::cell::LazyCell;

/// Words in a statement that stands alone, at the least.
const WORDS: usize = 3;
/// A statement longer than this many bytes is cut at weaker places too.
const LONG: usize = 110;

/// Whether the token looks like a finite verb.
pub(super) fn finite(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    if token.kind != TokenKind::Word {
        return false;
    }
    let word = token.word.as_ref();
    let known = lexicon.known(token);
    if known.is(Is::FiniteVerb) || contracted(token) {
        return true;
    }
    let reports = known.report.is_some() && !word.ends_with("ing");
    if !reports && !word.ends_with(['d', 's']) {
        return false;
    }
    let before = at
        .checked_sub(1)
        .and_then(|b| tokens.get(b))
        .map_or("", |t| t.word.as_ref());
    // 'It belongs', 'who keeps'.
    let third = matches!(before, "he" | "she" | "it" | "who");
    if third && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
        return true;
    }
    let noun_place = matches!(
        before,
        "the" | "a" | "an" | "his" | "her" | "its" | "their" | "of" | "to" | "this"
    );
    // A name may end in 'ed'.
    !noun_place
        && !apostrophe(token)
        && !token.capital
        && ((word.len() > 3 && word.ends_with("ed")) || reports)
}

/// Which tokens look like finite verbs.
pub(super) fn verbs(tokens: &[Token], lexicon: &Lexicon) -> Vec<bool> {
    let all = 0..tokens.len();
    all.map(|at| finite(tokens, at, lexicon)).collect()
}

/// Whether a verb is written into the word: 'it's', 'they'll', 'wasn't'.
fn contracted(token: &Token) -> bool {
    let word = token.word.as_bytes();
    let shortened = match word {
        [.., before, b'\'', last] => {
            matches!(last, b'm' | b'd') || (*before, *last) == (b'n', b't')
        }
        [.., b'\'', one, two] => matches!([*one, *two], [b'r', b'e'] | [b'v', b'e'] | [b'l', b'l']),
        [b'\'', last] => matches!(last, b'm' | b'd'),
        _ => false,
    };
    shortened
        || apostrophe(token)
            && matches!(
                word,
                b"it" | b"he" | b"she" | b"that" | b"there" | b"who" | b"what" | b"here"
            )
}

/// Whether the token ends in an apostrophe and an s, which its word lacks: 'the mayor's', 'it's'.
pub(super) fn apostrophe(token: &Token) -> bool {
    token.kind == TokenKind::Word && token.span.len() >= token.word.len() + 2
}

/// Whether the token says whose the next one is: 'the mayor's', not 'it's'.
pub(super) fn possessive(token: &Token) -> bool {
    apostrophe(token) && !contracted(token)
}

/// Whether the word is listed as one that opens a subject.
pub(super) fn opens_subject(word: &str) -> bool {
    // 'He'd', 'they'll'.
    let head = word.split_once('\'').map_or(word, |(head, _)| head);
    Class::Subject.holds(head)
}

/// Whether a subject can begin at the token.
pub(super) fn subject(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| match t.kind {
        TokenKind::Word => t.capital || opens_subject(&t.word),
        TokenKind::Number => true,
        TokenKind::Mark => false,
    })
}

/// The statements of a stretch of a sentence, trimmed of marks, in order; a question gives none.
/// `finite` are the [`verbs`] of the tokens.
pub(super) fn clauses(
    whole: &str,
    tokens: &[Token],
    finite: &[bool],
    span: Span,
    lexicon: &Lexicon,
) -> Vec<Span> {
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    let (Some(own), Some(finite)) = (tokens.get(first..end), finite.get(first..end)) else {
        return Vec::new();
    };
    // What stands before a stretch has no say in its first word.
    let finite = |at: usize| match at {
        0 => self::finite(own, 0, lexicon),
        _ => finite[at],
    };
    if asks(whole, span) {
        return Vec::new();
    }
    // Running counts make the test of a cut constant; a ten-megabyte sentence stays linear.
    let counts = LazyCell::new(|| {
        let mut counts = vec![(0, 0)];
        counts.extend((0..own.len()).scan((0, 0), |(words, verbs), at| {
            *words += usize::from(own[at].kind != TokenKind::Mark);
            *verbs += usize::from(finite(at));
            Some((*words, *verbs))
        }));
        counts
    });
    let stands = |from: usize, to: usize| {
        from < to && counts[to].0 - counts[from].0 >= WORDS && counts[to].1 > counts[from].1
    };
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    let mut at = 0;
    while at < own.len() {
        let word = own[at].word.as_ref();
        match word.as_bytes() {
            b"(" | b"[" => depth += 1,
            b")" | b"]" => depth -= 1,
            _ => {}
        }
        let mut next = None;
        if depth <= 0 && at > start {
            let comma = at > 0 && own[at - 1].word == ",";
            if word == ";"
                || (word == ":" && at + 4 < own.len() && !of_time(whole, own[at].span))
                || (word == "-" && spaced(whole, own[at].span))
            {
                next = Some(at + 1);
            } else if Class::Joiner.holds(word) {
                let mut right = at + 1;
                if own.get(right).is_some_and(|t| t.word == "that") {
                    right += 1;
                }
                let near = (right..(right + 12).min(own.len())).any(finite);
                let strong = comma || word == "but" || word == "while" || word == "whereas";
                if subject(own, right) && near && (strong || word == "and") {
                    next = Some(right);
                }
            } else if comma
                && matches!(word, "which" | "who")
                && own[start].span.start + LONG < own[at].span.start
            {
                next = Some(at);
            }
        }
        if let Some(next) = next
            && stands(start, at)
            && stands(next, own.len())
        {
            push(whole, own, start, at, &mut out);
            start = next;
        }
        at += 1;
    }
    push(whole, own, start, own.len(), &mut out);
    out
}

/// Whether the colon is one of '9:33'.
fn of_time(whole: &str, colon: Span) -> bool {
    let next = whole.get(colon.end..).and_then(|s| s.chars().next());
    next.is_some_and(|c| c.is_ascii_digit())
}

/// Whether a stretch may state something. Names, figures and words of grammar without a verb do not: 'Ana Holt, Tessel Post'.
pub(super) fn states(tokens: &[Token], span: Span, lexicon: &Lexicon) -> bool {
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    (first..end).any(|at| {
        let token = &tokens[at];
        let named = token.capital || token.kind != TokenKind::Word;
        finite(tokens, at, lexicon) || !(named || lexicon.is_function_word(&token.word))
    })
}

/// Whether the mark stands between spaces: a dash between statements, not a hyphen.
fn spaced(whole: &str, mark: Span) -> bool {
    let left = whole
        .get(..mark.start)
        .and_then(|s| s.chars().next_back())
        .is_none_or(char::is_whitespace);
    let right = whole
        .get(mark.end..)
        .and_then(|s| s.chars().next())
        .is_none_or(char::is_whitespace);
    left && right
}

/// Whether the stretch is a question: its last mark, inside or just behind it.
fn asks(whole: &str, span: Span) -> bool {
    let inside = span.of(whole).unwrap_or_default();
    let bare = inside.trim_end_matches(['"', '\'', '”', '’', '»', ')', ' ']);
    bare.ends_with('?')
        || whole
            .get(span.end..)
            .is_some_and(|rest| rest.starts_with('?'))
}

/// Adds the tokens' span without marks at its ends, where enough of it is left.
fn push(whole: &str, own: &[Token], from: usize, to: usize, out: &mut Vec<Span>) {
    let Some(part) = own.get(from..to) else {
        return;
    };
    let joins = |t: &Token| {
        t.kind == TokenKind::Mark
            && !matches!(t.word.as_ref(), "$" | "€" | "£" | "%" | "(" | ")" | "#")
    };
    let leads =
        |t: &Token| joins(t) || matches!(t.word.as_ref(), "and" | "but" | "that" | "yet" | "so");
    let Some(first) = part.iter().position(|t| !joins(t)) else {
        return;
    };
    // 'And the port was safe': the joiner is no part of the statement; 'That day ...' is.
    let skip = part[first..]
        .iter()
        .take_while(|t| leads(t) && !matches!(t.word.as_ref(), "that" | "so"))
        .count();
    let Some(last) = part.iter().rposition(|t| !joins(t)) else {
        return;
    };
    let first = first + skip;
    if first > last
        || part[first..=last]
            .iter()
            .filter(|t| t.kind != TokenKind::Mark)
            .count()
            < WORDS
    {
        return;
    }
    let span = Span::new(part[first].span.start, part[last].span.end);
    if span.of(whole).is_some() {
        out.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn check(sentence: &str, want: &[&str]) {
        let (tokens, lexicon) = (text::tokens(sentence), Lexicon::english());
        let got: Vec<&str> = clauses(
            sentence,
            &tokens,
            &verbs(&tokens, &lexicon),
            Span::new(0, sentence.len()),
            &lexicon,
        )
        .into_iter()
        .map(|s| s.of(sentence).unwrap())
        .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn cuts_only_between_statements_that_stand_alone() {
        check(
            "The port was shut and the crew had left.",
            &["The port was shut", "the crew had left"],
        );
        check(
            "Bread and butter were sold in the port.",
            &["Bread and butter were sold in the port"],
        );
        check(
            "He was held and released on bail.",
            &["He was held and released on bail"],
        );
        check(
            "The mayor was calm; nobody had died.",
            &["The mayor was calm", "nobody had died"],
        );
        check(
            "It began at 9:33 a.m. on Monday in the port.",
            &["It began at 9:33 a.m. on Monday in the port"],
        );
        check("Was the port shut?", &[]);
        check("Oh no!", &[]);
    }
}
