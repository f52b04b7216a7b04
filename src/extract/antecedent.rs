//! Whom a pronoun means: the latest mention that fits it. Knows what was mentioned and in which order, not who speaks.

use super::clause;
use crate::lexicon::{Class, Lexicon};
use crate::text::{Token, TokenKind};
use std::collections::VecDeque;

/// Mentions kept: what lies further back is not taken up by a pronoun.
const KEPT: usize = 12;
/// Words of a subject, at the most.
const SUBJECT_WORDS: usize = 16;

/// What a mention can be taken up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One person: 'he', 'she'.
    Person,
    /// A firm, a ministry, a paper: 'it', and 'they' as well.
    Body,
    /// Several people or things: 'they'.
    Several,
    /// Somebody or something with a name, and no more is known.
    Named,
    /// The rest.
    Unknown,
}

/// Somebody or something that the article spoke of.
#[derive(Debug, Clone)]
struct Mention {
    words: String,
    kind: Kind,
    /// Whether a 'she' (or a 'he') was this person before.
    woman: Option<bool>,
}

impl Mention {
    /// Whether it is known to be a woman, or a man, or its words say so.
    fn woman(&self) -> Option<bool> {
        self.woman.or_else(|| woman(&self.words))
    }
}

/// The last mentions, the latest first.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    recent: VecDeque<Mention>,
}

impl Mentions {
    /// Notes a mention as the latest.
    pub(super) fn add(&mut self, words: &str, kind: Kind) {
        let before = self.recent.iter().position(|m| m.words == words);
        let known = before.and_then(|at| self.recent.remove(at));
        let woman = known.and_then(|m| m.woman);
        let words = words.to_owned();
        self.recent.push_front(Mention { words, kind, woman });
        self.recent.truncate(KEPT);
    }

    /// Whom the pronoun of a speaker means at this point; whoever once was 'she' is no 'he' later.
    pub(super) fn speaking(&mut self, pronoun: &str) -> Option<String> {
        let at = self.find(pronoun)?;
        let found = self.recent.get_mut(at)?;
        found.woman = found.woman().or(sex(pronoun));
        Some(found.words.clone())
    }

    /// Whom a pronoun means at this point.
    pub(super) fn meant(&self, pronoun: &str) -> Option<String> {
        Some(self.recent[self.find(pronoun)?].words.clone())
    }

    fn find(&self, pronoun: &str) -> Option<usize> {
        let she = sex(pronoun);
        let agrees = |m: &Mention| she.is_none() || m.woman().is_none_or(|w| Some(w) == she);
        let fits = |m: &Mention, kinds: &[Kind]| kinds.contains(&m.kind) && agrees(m);
        let order: &[&[Kind]] = match pronoun {
            "he" | "she" => &[&[Kind::Person, Kind::Named], &[Kind::Unknown]],
            "it" => &[&[Kind::Body, Kind::Named], &[Kind::Unknown]],
            "they" => &[&[Kind::Several, Kind::Body], &[Kind::Named, Kind::Unknown]],
            _ => &[&[
                Kind::Person,
                Kind::Body,
                Kind::Several,
                Kind::Named,
                Kind::Unknown,
            ]],
        };
        let mut order = order.iter();
        order.find_map(|kinds| self.recent.iter().position(|m| fits(m, kinds)))
    }
}

/// Whether a pronoun stands for a woman.
fn sex(pronoun: &str) -> Option<bool> {
    match pronoun {
        "she" => Some(true),
        "he" => Some(false),
        _ => None,
    }
}

/// What the words of a speaker or subject can be taken up by, as far as their head tells.
pub(super) fn kind<'a>(words: impl Iterator<Item = &'a str>, lexicon: &Lexicon) -> Kind {
    let row: Vec<&str> = words.take(SUBJECT_WORDS).collect();
    let end = row
        .iter()
        .skip(1)
        .position(|w| *w == "," || Class::AfterHead.holds(w));
    let own = &row[..end.map_or(row.len(), |e| e + 1)];
    let Some(head) = own.last() else {
        return Kind::Unknown;
    };
    let one = Class::One.holds(own[0]);
    let several = Class::Several.holds(own[0]);
    let person = |w: &str| lexicon.is_role(w) || lexicon.is_person(w);
    if person(head) {
        // A 'boss' is one.
        let plural = plural(head) && person(head.trim_end_matches('s')) || head.ends_with("men");
        return match (several || plural) && !one {
            true => Kind::Several,
            false => Kind::Person,
        };
    }
    if lexicon.is_organisation_head(head) || matches!(*head, "police" | "side" | "government") {
        return Kind::Body;
    }
    if several || *head == "people" || own.len() > 1 && plural(head) {
        return Kind::Several;
    }
    Kind::Unknown
}

pub(super) fn plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s")
}

/// Whether the words tell of a woman, or of a man.
fn woman(words: &str) -> Option<bool> {
    let folded = crate::text::fold(words);
    folded.split([' ', '.', ',']).find_map(|w| {
        if Class::Woman.holds(w) || w.ends_with("woman") {
            Some(true)
        } else {
            Class::Man.holds(w).then_some(false)
        }
    })
}

/// The subject that opens a sentence, past an adverbial: tokens before its first finite verb.
pub(super) fn subject(tokens: &[Token], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let mut from = tokens.iter().position(|t| t.kind == TokenKind::Word)?;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.word.as_ref());
    while matches!(
        word(from),
        "and" | "but" | "yet" | "so" | "then" | "meanwhile" | "however" | "even" | "only"
    ) {
        from += 1;
        from += usize::from(word(from) == ",");
    }
    // 'The morning after' does nothing.
    let time = |at: usize| Class::Time.holds(word(at));
    if (from..tokens.len().min(from + 3)).any(time) {
        return None;
    }
    let one_of = word(from) == "one" && !clause::finite(tokens, from + 1, lexicon);
    if Class::NoSubject.holds(word(from)) && !one_of {
        return None;
    }
    // 'Asked about the port, the mayor smiled', 'speaking on Monday, he smiled'.
    let participle = from + 1 < tokens.len()
        && (word(from) == "asked"
            || word(from).ends_with("ing") && lexicon.is_function_word(word(from + 1)));
    let adverbial = participle
        || lexicon.is_function_word(word(from)) && !clause::opens_subject(word(from))
        || matches!(
            word(from),
            "in" | "on" | "at" | "after" | "before" | "for" | "by" | "with" | "from" | "since"
        );
    if adverbial {
        let limit = tokens.len().min(from + SUBJECT_WORDS);
        from = (from..limit).find(|i| word(*i) == ",")? + 1;
    }
    let limit = tokens.len().min(from + SUBJECT_WORDS);
    let mut relative = false;
    let end = (from..limit).find(|i| match word(*i) {
        "\"" | ":" | ";" => true,
        word if Class::Relative.holds(word) => {
            relative = true;
            false
        }
        // The verb of a relative clause is not the sentence's.
        _ if relative && clause::finite(tokens, *i, lexicon) => {
            relative = false;
            false
        }
        _ => clause::finite(tokens, *i, lexicon),
    })?;
    let cut = (from..end)
        .find(|i| *i > from && (word(*i) == "," || Class::Relative.holds(word(*i))))
        .unwrap_or(end);
    (from < cut && !matches!(word(end), "\"" | ":" | ";")).then_some((from, cut))
}
