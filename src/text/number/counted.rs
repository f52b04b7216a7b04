//! What a number counts: the head noun of the words after it.
//!
//! Works on word shape and a closed list of grammar words; it knows no parts of speech beyond that.

use super::numeral::{glued, word};
use crate::text::{Token, TokenKind};

/// Words looked at after a number, hyphens not counted.
const REACH: usize = 5;

/// Whether a folded word carries grammar only, and so ends a row of nouns.
pub(super) fn is_grammar(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "these"
            | "those"
            | "some"
            | "any"
            | "no"
            | "each"
            | "every"
            | "all"
            | "both"
            | "and"
            | "or"
            | "but"
            | "nor"
            | "if"
            | "as"
            | "than"
            | "because"
            | "since"
            | "while"
            | "when"
            | "where"
            | "who"
            | "whom"
            | "whose"
            | "which"
            | "what"
            | "how"
            | "why"
            | "so"
            | "though"
            | "although"
            | "unless"
            | "whether"
            | "of"
            | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "from"
            | "by"
            | "with"
            | "without"
            | "into"
            | "onto"
            | "over"
            | "under"
            | "above"
            | "below"
            | "after"
            | "before"
            | "during"
            | "until"
            | "till"
            | "between"
            | "among"
            | "against"
            | "about"
            | "around"
            | "across"
            | "through"
            | "throughout"
            | "near"
            | "off"
            | "out"
            | "up"
            | "down"
            | "within"
            | "per"
            | "via"
            | "despite"
            | "along"
            | "amid"
            | "toward"
            | "towards"
            | "outside"
            | "inside"
            | "beyond"
            | "behind"
            | "beside"
            | "upon"
            | "like"
            | "unlike"
            | "i"
            | "you"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "me"
            | "him"
            | "her"
            | "us"
            | "them"
            | "my"
            | "your"
            | "his"
            | "its"
            | "our"
            | "their"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
            | "there"
            | "here"
            | "am"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "being"
            | "has"
            | "have"
            | "had"
            | "having"
            | "do"
            | "does"
            | "did"
            | "will"
            | "would"
            | "shall"
            | "should"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "not"
            | "won't"
            | "wouldn't"
            | "can't"
            | "couldn't"
            | "don't"
            | "didn't"
            | "isn't"
            | "wasn't"
            | "aren't"
            | "weren't"
            | "hasn't"
            | "haven't"
            | "hadn't"
            | "doesn't"
            | "also"
            | "only"
            | "just"
            | "still"
            | "already"
            | "never"
            | "ever"
            | "now"
            | "then"
            | "later"
            | "earlier"
            | "ago"
            | "too"
            | "very"
            | "even"
            | "yet"
            | "again"
            | "away"
            | "back"
            | "apart"
            | "together"
            | "instead"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "alone"
            | "annually"
            | "daily"
    )
}

/// Whether a word looks like the verb that follows its subject.
fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "say"
            | "says"
            | "told"
            | "died"
            | "die"
            | "dies"
            | "went"
            | "go"
            | "goes"
            | "came"
            | "come"
            | "took"
            | "take"
            | "takes"
            | "made"
            | "make"
            | "makes"
            | "got"
            | "get"
            | "gets"
            | "left"
            | "lost"
            | "lose"
            | "won"
            | "win"
            | "fell"
            | "fall"
            | "rose"
            | "rise"
            | "fled"
            | "flee"
            | "held"
            | "hold"
            | "gave"
            | "give"
            | "saw"
            | "see"
            | "found"
            | "find"
            | "felt"
            | "kept"
            | "keep"
            | "put"
            | "paid"
            | "pay"
            | "met"
            | "meet"
            | "hit"
            | "spent"
            | "spend"
            | "stood"
            | "stand"
            | "sent"
            | "send"
            | "built"
            | "bought"
            | "brought"
            | "became"
            | "become"
            | "began"
            | "begin"
            | "broke"
            | "voted"
            | "vote"
            | "want"
            | "believe"
            | "think"
            | "live"
            | "work"
            | "remain"
            | "need"
            | "face"
            | "drove"
            | "struck"
            | "cost"
            | "sold"
            | "shot"
            | "led"
            | "ran"
            | "sank"
            | "drank"
            | "marched"
    )
}

/// Whether a word has the look of a plural noun.
pub(in crate::text) fn is_plural(word: &str) -> bool {
    match word {
        "people" | "men" | "women" | "children" | "police" | "personnel" | "staff" | "troops"
        | "policemen" | "policewomen" | "firemen" | "fishermen" | "servicemen" | "lawmen"
        | "cattle" | "sheep" | "fish" | "aircraft" | "mps" | "percent" | "lives" | "wives"
        | "media" | "criteria" | "dead" => true,
        _ => {
            word.len() > 3
                && word.ends_with('s')
                && !word.ends_with("ss")
                && !word.ends_with("us")
                && !word.ends_with("is")
                && !word.ends_with("'s")
        }
    }
}

/// Index of the head noun of the words from token `i` on. Skips an 'of' and a determiner first: 'dozens of the drivers'.
pub(super) fn head(text: &str, tokens: &[Token], i: usize, plural: bool) -> Option<usize> {
    let mut at = i;
    if word(tokens, at) == "of" {
        at += 1;
        if matches!(
            word(tokens, at),
            "the"
                | "its"
                | "their"
                | "his"
                | "her"
                | "our"
                | "my"
                | "all"
                | "these"
                | "those"
                | "this"
                | "such"
                | "your"
        ) {
            at += 1;
        }
    }
    let first = at;
    let mut last = None;
    let mut last_plural = None;
    let mut seen = 0;
    while seen < REACH && at < tokens.len() {
        let token = &tokens[at];
        if at > i && broken(text, tokens, at) {
            break;
        }
        match token.kind {
            TokenKind::Mark => {
                if token.word == "-" && at > first && glued(tokens, at - 1) && glued(tokens, at) {
                    at += 1;
                    continue;
                }
                break;
            }
            // 'eight Leopard 2 tanks': a model's number.
            TokenKind::Number if at > first && tokens[at - 1].capital => {
                at += 1;
                continue;
            }
            TokenKind::Number => break,
            TokenKind::Word => {}
        }
        let name = token.word.as_ref();
        if is_grammar(name) || (is_verb(name) && !token.capital) {
            break;
        }
        let participle = name.len() > 4 && name.ends_with("ed") && !token.capital;
        if is_plural(name) {
            last_plural = Some(at);
            last = Some(at);
        } else if last_plural.is_some() {
            // A plural is complete: what follows is a verb or another phrase ('40 jets crash').
            break;
        } else if participle && at > first && !plural {
            break;
        } else if !(participle || name.ends_with("ly")) {
            last = Some(at);
        }
        if name.ends_with("'s") || owns(text, token) {
            // 'two of Poland's ministers': the noun comes after its owner.
            last_plural = None;
        }
        seen += 1;
        at += 1;
    }
    if plural { last_plural.or(last) } else { last }
}

/// Whether the token stands in the possessive; its folded word has lost the ending.
fn owns(text: &str, token: &Token) -> bool {
    token
        .span
        .of(text)
        .is_some_and(|s| s.ends_with("'s") || s.ends_with("’s"))
}

/// Whether a line ends between token `i - 1` and token `i`.
pub(super) fn broken(text: &str, tokens: &[Token], i: usize) -> bool {
    i > 0
        && i < tokens.len()
        && text
            .get(tokens[i - 1].span.end..tokens[i].span.start)
            .is_some_and(|gap| gap.contains('\n'))
}
