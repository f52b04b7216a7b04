//! Names of people, places and organisations, and when two of them are one.

mod alike;

use super::date::names_a_time;
use super::{Span, Token, TokenKind};
use crate::lexicon::{Is, Lexicon};
pub use alike::match_names;
pub(crate) use alike::{Spelling, match_spelled};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;

/// What a name seems to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A person: a title, a first name or a role stands with it, or it speaks.
    Person,
    /// A country, capital or other known or marked place.
    Place,
    /// A ministry, party, firm, agency, team, or an acronym.
    Organisation,
    /// A capitalised name of unknown kind.
    Other,
}

/// A name as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The name's words, titles left out: 'Tovan Rezik' of 'President Tovan Rezik'.
    pub span: Span,
    /// Folded words joined by one space, possessive dropped: 'tovan rezik'. A demonym or capital keeps its own words here;
    /// of a word's spellings that the lexicon lists as one ('Kharkov', 'Kharkiv') the first stands here.
    pub text: String,
    /// The country meant, folded, where the gazetteer knows it: 'belarus' for 'Belarusian', 'Minsk', 'Belarus'.
    pub country: Option<String>,
    /// What it seems to name.
    pub kind: NameKind,
    /// Words of title or role beside it, folded: 'president', 'deputy foreign minister'.
    pub role: Option<String>,
}

/// How well two names fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameMatch {
    /// Nothing in common.
    Different,
    /// A capital for its country, a demonym for its country.
    SameCountry,
    /// One is a short form, an acronym or a transliteration of the other.
    Variant,
    /// The same folded words.
    Same,
}

/// Lower-case words that may stand inside a name between two capitalised ones.
const JOINERS: &[&str] = &[
    "of", "de", "van", "von", "der", "den", "del", "della", "di", "da", "du", "la", "le", "al",
    "bin", "ibn", "y",
];
/// Feasts are dates, not names, as days and months are.
const FEASTS: &[&str] = &["christmas", "easter", "ramadan"];
/// Words of a name, at the most.
const WORDS: usize = 8;

fn tells_date(word: &str) -> bool {
    names_a_time(word) || FEASTS.contains(&word)
}

/// The names of a text, in order, not overlapping. Linear in the number of tokens.
///
/// A capitalised first word of a sentence counts only where another sign backs it: a further capital, the gazetteer, a first
/// name, or the same word in the middle of a sentence. In a row of capitals (headlines) only known words count.
pub fn names(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Name> {
    // Few texts need to ask which words have a capital within a sentence.
    let inner = LazyCell::new(|| -> FxHashSet<&str> {
        let capitals = tokens.iter().enumerate().filter(|(_, t)| t.capital);
        let inner = capitals.filter(|(at, _)| !first_in_sentence(tokens, *at));
        inner.map(|(_, t)| t.word.as_ref()).collect()
    });
    let content = |t: &&Token| t.kind == TokenKind::Word && !lexicon.known(t).is(Is::Grammar);
    // Where every word of matter has a capital, a capital says nothing.
    let headline = tokens.iter().filter(content).all(|t| t.capital)
        && tokens.iter().filter(content).count() >= 4;
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !starts(tokens, at, lexicon) {
            at += 1;
            continue;
        }
        let mut end = run(text, tokens, at, lexicon);
        let first_word = first_in_sentence(tokens, at);
        let mut from = at;
        at = end;
        // Titles and roles before the name are no part of it.
        let mut role: Vec<&str> = Vec::new();
        let mut country = None;
        while from + 1 < end
            && (lexicon.known(&tokens[from]).is(Is::Role)
                || role_modifier(tokens, from, end, lexicon))
        {
            if let Some(c) = lexicon.country(&tokens[from].word) {
                country = Some(c);
            }
            role.push(&tokens[from].word);
            from += 1;
            while from + 1 < end && matches!(tokens[from].word.as_ref(), "." | "of") {
                from += 1;
            }
        }
        while end > from && tokens[end - 1].kind == TokenKind::Mark {
            end -= 1;
        }
        if from >= end {
            continue;
        }
        let own: Vec<&str> = tokens[from..end]
            .iter()
            .filter(|t| t.word != ".")
            .map(|t| t.word.as_ref())
            .collect();
        let folded = joined(&own);
        let place = lexicon.country(&folded);
        if own.len() == 1 {
            let word = own[0];
            let known = place.is_some() || lexicon.is_first_name(word);
            let acronym = all_capitals(text, tokens[from].span);
            if tells_date(word) || (lexicon.is_role(word) && role.is_empty() && !known) {
                continue;
            }
            let backed = known || !role.is_empty() || inner.contains(word);
            if first_word && from == at - 1 && !backed && (!acronym || word.len() > 6) {
                continue;
            }
            if headline && !known && !acronym {
                continue;
            }
            if word.chars().count() < 2 {
                continue;
            }
        } else if headline && place.is_none() && !lexicon.is_first_name(own[0]) {
            continue;
        }
        let span = Span::new(tokens[from].span.start, name_end(text, &tokens[end - 1]));
        if role.is_empty() {
            role = role_before(tokens, from, lexicon);
        }
        if role.is_empty() {
            role = role_after(tokens, end, lexicon);
        }
        let kind = kind(
            text,
            tokens,
            from,
            end,
            &own,
            place.is_some(),
            !role.is_empty(),
            lexicon,
        );
        let one_spelling = |w: &&str| lexicon.name_variant(w).is_some();
        let text = if own.iter().any(one_spelling) {
            let spelled = own.iter().map(|w| lexicon.name_variant(w).unwrap_or(w));
            joined(&spelled.collect::<Vec<_>>())
        } else {
            folded
        };
        out.push(Name {
            span,
            text,
            country: place
                .or(if kind == NameKind::Person {
                    None
                } else {
                    country
                })
                .map(str::to_owned),
            kind,
            role: (!role.is_empty()).then(|| role.join(" ")),
        });
    }
    out
}

fn joined(words: &[&str]) -> String {
    let joined = words.join(" ");
    match words.iter().any(|w| matches!(*w, "-" | "'")) {
        true => joined.replace(" - ", "-").replace(" ' ", "'"),
        false => joined,
    }
}

/// A possessive ending is no part of the name.
fn name_end(text: &str, last: &Token) -> usize {
    let raw = last.span.of(text).unwrap_or_default();
    let bare = raw
        .strip_suffix("'s")
        .or_else(|| raw.strip_suffix("’s"))
        .unwrap_or(raw);
    last.span.start + bare.len()
}

fn first_in_sentence(tokens: &[Token], at: usize) -> bool {
    let mut before = at;
    while before > 0 {
        before -= 1;
        match tokens[before].word.as_ref() {
            "\"" | "'" | "(" | "[" | "-" | "*" => {}
            "." | "!" | "?" | ":" | ";" | "…" => {
                return !(tokens[before].word == "." && initial(tokens, before));
            }
            _ => return false,
        }
    }
    true
}

/// Whether the full stop belongs to an initial or a title: 'J.', 'Gen.'.
fn initial(tokens: &[Token], stop: usize) -> bool {
    stop > 0 && tokens[stop - 1].capital && tokens[stop - 1].word.chars().count() <= 3
}

fn starts(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let token = &tokens[at];
    token.kind == TokenKind::Word
        && token.capital
        && !(lexicon.known(token).is(Is::Grammar)
            && !(token.word == "us" && token.span.len() == 2 && !first_in_sentence(tokens, at)))
        && !tells_date(&token.word)
        && !token.word.contains("n't")
}

/// Index past the name's last token.
fn run(text: &str, tokens: &[Token], from: usize, lexicon: &Lexicon) -> usize {
    let mut end = from + 1;
    while end < tokens.len() && end - from < 2 * WORDS {
        let token = &tokens[end];
        let possessive = tokens[end - 1]
            .span
            .of(text)
            .is_some_and(|w| w.ends_with("'s") || w.ends_with("’s"));
        if possessive {
            break;
        }
        let near = |i: usize| {
            tokens
                .get(i)
                .is_some_and(|t| t.kind == TokenKind::Word && t.capital && !tells_date(&t.word))
        };
        let touches = tokens[end - 1].span.end == token.span.start;
        if token.kind == TokenKind::Word && token.capital {
            if tells_date(&token.word)
                || lexicon.known(token).is(Is::Grammar) && !all_capitals(text, token.span)
            {
                break;
            }
            // A country's adjective begins a name of its own after another name: 'Minsk Russian'.
            end += 1;
            continue;
        }
        let word = token.word.as_ref();
        let initial_stop = word == "."
            && touches
            && near(end + 1)
            && (tokens[end - 1].word.chars().count() == 1
                || lexicon.is_abbreviation(&tokens[end - 1].word));
        let hyphen = word == "-"
            && touches
            && tokens
                .get(end + 1)
                .is_some_and(|t| t.span.start == token.span.end && t.kind == TokenKind::Word);
        let ampersand = word == "&" && near(end + 1);
        let inner = JOINERS.contains(&word)
            && near(end + 1)
            && (word != "of"
                || lexicon.is_organisation_head(&tokens[end - 1].word)
                || lexicon.is_place_head(&tokens[end - 1].word)
                || !lexicon.is_role(&tokens[end - 1].word));
        let of_the = word == "of"
            && tokens.get(end + 1).is_some_and(|t| t.word == "the")
            && near(end + 2)
            && lexicon.is_organisation_head(&tokens[end - 1].word);
        // 'von der', 'de la': two small words of a family's name.
        let two = !matches!(word, "of" | "y")
            && [end, end + 1].iter().all(|i| {
                tokens
                    .get(*i)
                    .is_some_and(|t| JOINERS.contains(&t.word.as_ref()))
            })
            && near(end + 2);
        let and = word == "and"
            && near(end + 1)
            && tokens[from..end].iter().any(|t| {
                matches!(
                    t.word.as_ref(),
                    "ministry"
                        | "department"
                        | "institute"
                        | "centre"
                        | "center"
                        | "committee"
                        | "office"
                )
            })
            && tokens[from..end]
                .iter()
                .any(|t| matches!(t.word.as_ref(), "of" | "for"));
        let for_name =
            word == "for" && near(end + 1) && lexicon.is_organisation_head(&tokens[end - 1].word);
        if initial_stop || ampersand || inner || and || for_name || hyphen {
            end += 2;
        } else if of_the || two {
            end += 3;
        } else {
            break;
        }
    }
    end
}

/// Whether the word stands before a role that stands before the name: 'Foreign Minister Petrik', 'Belarusian President ...'.
fn role_modifier(tokens: &[Token], at: usize, end: usize, lexicon: &Lexicon) -> bool {
    let known = |i: usize| lexicon.known(&tokens[i]);
    (at + 1..end.min(at + 4)).any(|i| i + 1 < end && known(i).is(Is::Role))
        && !known(at).is(Is::FirstName)
        && !(at + 1..end).any(|i| i < at + 3 && known(i).is(Is::OrganisationHead))
}

/// A role in small letters before the name: 'commission chair Benedikta Aurich', 'spokesman Ned Price'.
fn role_before<'a>(tokens: &'a [Token<'a>], from: usize, lexicon: &Lexicon) -> Vec<&'a str> {
    let last = match from.checked_sub(1) {
        Some(i) if tokens[i].word == "," && i > 0 => i - 1,
        Some(i) => i,
        None => return Vec::new(),
    };
    if tokens[last].capital || !lexicon.known(&tokens[last]).is(Is::Role) {
        return Vec::new();
    }
    let mut first = last;
    while first > 0 && last - first < 3 {
        let word = &tokens[first - 1];
        if word.kind != TokenKind::Word
            || lexicon.known(word).is(Is::Grammar)
            || lexicon.known(word).report.is_some()
        {
            break;
        }
        first -= 1;
    }
    tokens[first..=last]
        .iter()
        .map(|t| t.word.as_ref())
        .collect()
}

/// A role after the name and a comma: 'Tovan Rezik, the interior minister,'.
fn role_after<'a>(tokens: &'a [Token<'a>], end: usize, lexicon: &Lexicon) -> Vec<&'a str> {
    if tokens.get(end).is_none_or(|t| t.word != ",") {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut found = false;
    for token in tokens[end + 1..].iter().take(6) {
        if token.kind == TokenKind::Mark {
            break;
        }
        if matches!(
            token.word.as_ref(),
            "the" | "a" | "an" | "its" | "his" | "her" | "their"
        ) {
            continue;
        }
        let known = lexicon.known(token);
        if known.is(Is::Grammar) || known.report.is_some() {
            break;
        }
        found |= known.is(Is::Role);
        out.push(token.word.as_ref());
    }
    if found { out } else { Vec::new() }
}

fn all_capitals(text: &str, span: Span) -> bool {
    let raw = span.of(text).unwrap_or_default();
    raw.chars().filter(|c| c.is_alphabetic()).count() >= 2 && raw.chars().all(|c| !c.is_lowercase())
}

#[allow(
    clippy::too_many_arguments,
    reason = "every clue is one look at the words around"
)]
fn kind(
    text: &str,
    tokens: &[Token],
    from: usize,
    end: usize,
    own: &[&str],
    known_place: bool,
    role: bool,
    lexicon: &Lexicon,
) -> NameKind {
    let last = own.last().copied().unwrap_or_default();
    if own.iter().any(|w| lexicon.is_organisation_head(w))
        && !known_place
        && (own.len() > 1 || !role)
    {
        return NameKind::Organisation;
    }
    if known_place {
        return NameKind::Place;
    }
    if role || lexicon.is_first_name(own[0]) {
        return NameKind::Person;
    }
    if lexicon.is_place_head(last) || (own.len() > 1 && lexicon.is_place_head(own[0])) {
        return NameKind::Place;
    }
    if own.len() == 1 && all_capitals(text, tokens[from].span) {
        return NameKind::Organisation;
    }
    let after = tokens.get(end).map_or("", |t| t.word.as_ref());
    if lexicon.report(after).is_some() || after == "who" {
        return NameKind::Person;
    }
    let before = from.checked_sub(1).map_or("", |i| tokens[i].word.as_ref());
    if matches!(
        before,
        "in" | "at" | "near" | "from" | "into" | "outside" | "to"
    ) && before != "to"
    {
        return NameKind::Place;
    }
    NameKind::Other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn found(text: &str) -> Vec<Name> {
        names(text, &tokens(text), &Lexicon::english())
    }

    fn check(text: &str, want: &[&str]) {
        let got: Vec<String> = found(text).into_iter().map(|n| n.text).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn runs_of_capitals_are_names_and_titles_are_not_part_of_them() {
        check(
            "President Tovan Rezik met Gen. J. K. Holt in Port Ellmar on Monday.",
            &["tovan rezik", "j k holt", "port ellmar"],
        );
        check(
            "The Ministry of Foreign Affairs said so.",
            &["ministry of foreign affairs"],
        );
        check(
            "Russia and China signed it with the U.S. in May.",
            &["russia", "china", "u.s"],
        );
        check("Prices rose in the morning.", &[]);
        check("Belarus's leader spoke.", &["belarus"]);
    }

    #[test]
    fn kinds_countries_and_roles() {
        let names = found(
            "The Belarusian president, Alexander Lukashenko, flew from Minsk to a NATO meeting.",
        );
        let of = |t: &str| {
            names
                .iter()
                .find(|n| n.text == t)
                .unwrap_or_else(|| panic!("{t}: {names:?}"))
        };
        assert_eq!(of("belarusian").country.as_deref(), Some("belarus"));
        assert_eq!(of("minsk").country.as_deref(), Some("belarus"));
        assert_eq!(of("alexander lukashenko").kind, NameKind::Person);
        assert_eq!(
            of("alexander lukashenko").role.as_deref(),
            Some("belarusian president")
        );
        assert_eq!(of("nato").kind, NameKind::Organisation);
    }

    #[test]
    fn spans_are_the_names_own_words() {
        let text = "Tovan Rezik’s plan";
        assert_eq!(found(text)[0].span.of(text), Some("Tovan Rezik"));
    }
}
