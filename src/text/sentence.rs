//! Sentence boundaries. Knows marks, abbreviations and line ends; not what a sentence says.

use super::normal::fold;
use super::span::{Span, find_byte};
use crate::lexicon::Lexicon;

/// The sentences of a text, in order, trimmed of white space; together they hold everything that is not white space.
///
/// A line end closes a sentence unless the next line goes on in lower case. A mark within quotation marks closes one too,
/// unless what follows goes on with the quotation's frame: `"Go!" he said.` is one sentence. Text without any mark is cut at a
/// space after some 1,600 bytes, so that nothing that works sentence by sentence meets one without end. Linear in the text's
/// length.
///
/// ```
/// use claimgraph::{Lexicon, text::sentences};
/// let text = "Mr. Holt left at 5 p.m. on Monday. Prices rose 2.5 percent!";
/// assert_eq!(sentences(text, &Lexicon::english()).len(), 2);
/// ```
pub fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some((at, c)) = next_mark(text, from) {
        from = at + c.len_utf8();
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                let rest = text[at..].trim_start();
                let gap = &text[at..text.len() - rest.len()];
                let ends = |mark: char| gap.matches(mark).count();
                let goes_on = rest.starts_with(char::is_lowercase)
                    && ends('\n').max(ends('\r')) <= 1
                    && !text[start..at].trim_end().ends_with(['.', '!', '?']);
                // A run of line ends is looked over once.
                from = at + gap.len();
                if !goes_on {
                    push(text, start, at, &mut out);
                    start = at;
                }
            }
            '.' | '!' | '?' | '…' | '。' => {
                from = end_of_row(text, start, from);
                if ends(text, start, at, from, c, lexicon) {
                    push(text, start, from, &mut out);
                    start = from;
                }
            }
            _ => {}
        }
    }
    push(text, start, text.len(), &mut out);
    out
}

/// The next character that may end a sentence or line, and some that do not.
fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let may_be = |b: u8| {
        (b == b'.')
            | (b == b'!')
            | (b == b'?')
            | (b == b'\n')
            | (b == b'\r')
            | (b == 0xe2)
            | (b == 0xe3)
    };
    let at = find_byte(text.as_bytes(), from, may_be)?;
    Some((at, text[at..].chars().next()?))
}

/// Bytes of a row of marks that opens a sentence, at the most: a longer one is looked over once and stands by itself.
const MARKS: usize = 64;

/// Bytes of a sentence, at the most: four times what the longest ones of real articles have.
const LONGEST: usize = 1600;

fn push(text: &str, mut start: usize, end: usize, out: &mut Vec<Span>) {
    let end = start + text[start..end].trim_end().len();
    while let Some(raw) = text.get(start..end) {
        let lead = raw.len() - raw.trim_start().len();
        let whole = raw.trim();
        if whole.is_empty() {
            return;
        }
        let cut = if whole.len() <= LONGEST {
            whole.len()
        } else {
            let most = (0..=LONGEST).rev().find(|at| whole.is_char_boundary(*at));
            let head = &whole[..most.unwrap_or_default()];
            head.rfind(char::is_whitespace).unwrap_or(head.len())
        };
        let own = whole[..cut].trim_end().len();
        out.push(Span::new(start + lead, start + lead + own));
        start += lead + cut;
    }
}

/// Takes what belongs to a sentence after its first mark, and gives where that ends: more marks, closing quotes and brackets, also
/// with a space between ('. . .', `word.' "`).
fn end_of_row(text: &str, start: usize, mut end: usize) -> usize {
    let at = |from: usize| text[from..].chars().next();
    while let Some(c) = at(end) {
        let belongs = |from: usize, c: char| {
            let next = at(from + c.len_utf8());
            match c {
                '.' | '!' | '?' | '…' => from == end || next.is_none_or(|n| !n.is_alphanumeric()),
                _ => closes(c, text, start, from),
            }
        };
        let past = end + c.len_utf8();
        if belongs(end, c) {
            end = past;
            continue;
        }
        // One space, if a mark or a quote that can only close stands behind it.
        let mut ahead = text[past..].chars();
        let (behind, then) = (ahead.next(), ahead.next());
        let closing = match behind {
            Some('.' | '…' | '”') => true,
            Some('"' | '’') => then.is_none_or(|c| matches!(c, '\n' | '\r')),
            _ => false,
        };
        let behind = behind.filter(|b| closing && matches!(c, ' ' | '\u{a0}') && belongs(past, *b));
        let Some(behind) = behind else {
            break;
        };
        end = past + behind.len_utf8();
    }
    end
}

/// Whether the character closes a quotation or bracket. A straight quote does where no word follows, or where it is the second one
/// of the sentence that begins at `start` and a capital follows: `"It is over."She left.`
fn closes(c: char, text: &str, start: usize, at: usize) -> bool {
    let next = text[at + c.len_utf8()..].chars().next();
    match c {
        '”' | '’' | '»' | ')' | ']' => true,
        '"' if next.is_some_and(char::is_uppercase) => {
            // Of a long row of them nearby ones tell.
            let from = start.max(at.saturating_sub(LONGEST));
            let quotes = text.as_bytes()[from..at].iter().filter(|b| **b == b'"');
            quotes.count() % 2 == 1
        }
        '"' | '\'' => next.is_none_or(|n| !n.is_alphanumeric()),
        _ => false,
    }
}

/// Whether a sentence ends with the mark `c` at `at`; closing quotes after it run to `end`.
fn ends(text: &str, start: usize, at: usize, end: usize, c: char, lexicon: &Lexicon) -> bool {
    let rest = &text[end..];
    let Some(gap) = rest.chars().next() else {
        return true;
    };
    let before = &text[start..at];
    // What is long is no number and no row of marks, and is not looked over for every mark in it.
    let before = match before.len() > LONGEST {
        true => before,
        false => before.trim_start(),
    };
    // '1.' and '...' open what follows.
    let number = before.len() <= 2 && before.chars().all(|c| c.is_ascii_digit());
    if number || before.len() <= MARKS && !before.contains(char::is_alphanumeric) {
        return false;
    }
    if !gap.is_whitespace() {
        return glued(text, start, at, end, c, lexicon);
    }
    let next = rest.trim_start();
    let Some(first) = next.chars().next() else {
        return true;
    };
    let closers = &text[at + c.len_utf8()..end];
    let quoted = closers.contains(['"', '”', '’', '\'', '»']);
    // '(who knew?) - and went on', 'D-Md. -- the'; but a dash before a name gives who is quoted.
    let dash = next.trim_start_matches(['-', '–', '—']);
    if dash.len() < next.len() && !quoted && dash.trim_start().starts_with(char::is_lowercase) {
        return false;
    }
    // 'the court … [w]as wrong', 'they chanted "Out!" (as before)'.
    let opened = next.trim_start_matches(['[', '(']);
    if first.is_lowercase() || opened.starts_with(char::is_lowercase) {
        return false;
    }
    if c != '.' {
        // `"Go!" he said`, 'Yahoo! fell'.
        return !(quoted && frame_follows(rest, lexicon));
    }
    if closers.ends_with(')') && tagged(&text[start..end]) {
        return opens_sentence(rest, lexicon);
    }
    quoted || end > at + 1 || !abbreviated(word_before(text, start, at), rest, lexicon)
}

/// Whether a sentence ends at a mark that something follows without a space. 'end.Next' of careless pages: a capital after a
/// lower-case word; never inside 'U.S.' or '2.5'.
fn glued(text: &str, start: usize, at: usize, end: usize, c: char, lexicon: &Lexicon) -> bool {
    let rest = &text[end..];
    let mut next = rest.chars();
    let gap = next.next().unwrap_or_default();
    let closed = end > at + c.len_utf8();
    let before = text[start..at].chars().next_back();
    let word = text[start..at]
        .rsplit(|x: char| !x.is_alphabetic())
        .next()
        .unwrap_or_default();
    let small = before.is_some_and(char::is_lowercase);
    match gap {
        '“' | '‘' | '—' | '–' => closed,
        '"' => small && next.next().is_some_and(char::is_uppercase),
        _ if !gap.is_uppercase() => false,
        _ if closed && text[..end].ends_with('"') => true,
        _ => small && word.chars().count() > if opens_sentence(rest, lexicon) { 1 } else { 3 },
    }
}

/// Whether a sentence's end is the tag of a politician: '(D-N.Y.)'.
fn tagged(sentence: &str) -> bool {
    sentence.rfind('(').is_some_and(|open| {
        let inside = &sentence[open..];
        inside.len() <= 12 && !inside.contains(char::is_whitespace)
    })
}

/// Whether the full stop after a word, which `rest` follows, belongs to the word and ends no sentence.
fn abbreviated(last: &str, rest: &str, lexicon: &Lexicon) -> bool {
    let next = rest.trim_start();
    let first = next.chars().next().unwrap_or_default();
    let folded = fold(last);
    // 'the U.S. "in the coming days"' goes on, whatever the quotation marks.
    let goes_on = next
        .trim_start_matches(['“', '"', '‘'])
        .starts_with(char::is_lowercase);
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    if initial {
        // 'J. Holt'; but 'vitamin C. The' ends.
        return (first.is_uppercase() || first.is_ascii_digit()) && !opens_sentence(rest, lexicon);
    }
    if last.contains('.') {
        // 'U.S.', 'p.m.', 'e.g.': an end only where a word of grammar begins the next sentence.
        return goes_on || !(opens_sentence(rest, lexicon) || matches!(first, '“' | '"' | '‘'));
    }
    if folded == "no" || folded == "nos" {
        return first.is_ascii_digit();
    }
    if folded == "etc" {
        return goes_on;
    }
    let capital = last.starts_with(char::is_uppercase);
    // 'Sen. Will Holt'; but 'the union rep. I lost' ends.
    if lexicon.stands_before(&folded) {
        return capital || !opens_sentence(rest, lexicon);
    }
    let short = lexicon.is_abbreviation(&folded);
    let title = short && lexicon.is_role(&folded);
    title || short && (first.is_ascii_digit() || !opens_sentence(rest, lexicon))
}

/// The word before the mark with the full stops inside it.
fn word_before(text: &str, start: usize, at: usize) -> &str {
    let head = &text[start..at];
    let cut = head
        .char_indices()
        .rev()
        .take(24)
        .find(|(_, c)| !(c.is_alphanumeric() || *c == '.'))
        .map_or(0, |(i, c)| i + c.len_utf8());
    // A longer run of letters is no abbreviation; where the look-back ends is then of no matter.
    head.get(cut.max(floor(head, head.len().saturating_sub(96)))..)
        .unwrap_or_default()
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether the text goes on with a word that begins sentences: a capitalised word of grammar.
fn opens_sentence(rest: &str, lexicon: &Lexicon) -> bool {
    let word: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
        .take(24)
        .collect();
    word.chars().next().is_some_and(char::is_uppercase) && lexicon.is_function_word(&fold(&word))
}

/// Whether what follows a quotation is its frame: 'he said', 'said Holt', 'Holt said'; not 'He said: “', which opens the next one.
fn frame_follows(rest: &str, lexicon: &Lexicon) -> bool {
    if rest.trim_start().starts_with(['“', '"', '‘', '(', '[']) {
        return false;
    }
    let mut words = rest.split_whitespace();
    let told = words.by_ref().take(3).find(|w| {
        let word = fold(w.trim_matches(|c: char| !c.is_alphanumeric()));
        lexicon.report(&word).is_some()
    });
    let Some(told) = told else {
        return false;
    };
    let quotes = words.next().is_some_and(|w| w.starts_with(['“', '"', '‘']));
    !(told.ends_with(':') || (told.ends_with(',') && quotes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_without_marks_is_cut_and_nothing_is_lost() {
        let long = "word ".repeat(2000);
        let found = sentences(&long, &Lexicon::english());
        assert!(found.len() > 5 && found.iter().all(|s| s.len() <= LONGEST));
        let words = |s: &Span| s.of(&long).unwrap().split(' ').count();
        assert_eq!(found.iter().map(words).sum::<usize>(), 2000);
        let solid = "é".repeat(3000);
        let found = sentences(&solid, &Lexicon::english());
        assert_eq!(found.iter().map(|s| s.len()).sum::<usize>(), solid.len());
    }

    #[test]
    fn an_empty_line_ends_a_sentence_and_a_broken_line_does_not() {
        check("the quay was\r\nclosed", &["the quay was\r\nclosed"]);
        check("the quay\n\nwas closed", &["the quay", "was closed"]);
        check(&format!("one{}two", "\n".repeat(50_000)), &["one", "two"]);
    }

    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = sentences(text, &Lexicon::english())
            .into_iter()
            .map(|s| s.of(text).unwrap())
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn abbreviations_initials_and_decimals_end_nothing() {
        check(
            "Gen. J. K. Holt met Dr. Reed at 5 p.m. on Oct. 3. He left.",
            &[
                "Gen. J. K. Holt met Dr. Reed at 5 p.m. on Oct. 3.",
                "He left.",
            ],
        );
        check(
            "The U.S. Senate met. It cost 2.5 million.",
            &["The U.S. Senate met.", "It cost 2.5 million."],
        );
        check(
            "He flew to the U.S. The trip was short.",
            &["He flew to the U.S.", "The trip was short."],
        );
        check(
            "See No. 5 of the list. No. Never.",
            &["See No. 5 of the list.", "No.", "Never."],
        );
    }

    #[test]
    fn quotations_keep_their_frames() {
        check("“Go!” he said. She went.", &["“Go!” he said.", "She went."]);
        check(
            "“We worked. We slept,” she said.",
            &["“We worked.", "We slept,” she said."],
        );
        check(
            "\"It is over.\" The crowd left.",
            &["\"It is over.\"", "The crowd left."],
        );
        check("What now?! Nothing...", &["What now?!", "Nothing..."]);
    }

    #[test]
    fn what_stands_before_a_name_ends_nothing() {
        for text in [
            "The case Holt v. Reed was heard by Sens. Ana Holt and Jon Reed.",
            "Reps. Holt and Reed met Messrs. Vale.",
            "The bill of Rep. Ana Holt (D-Md.) Vale signed.",
            "Ana Holt, D-Md. -- the first to speak -- left.",
            "He spoke of the U.S. “in the coming days”.",
            "1. The quay was closed.",
        ] {
            check(text, &[text]);
        }
        check(
            "I had my union rep. I lost. They sell cars, boats, etc. Transport costs more.",
            &[
                "I had my union rep.",
                "I lost.",
                "They sell cars, boats, etc.",
                "Transport costs more.",
            ],
        );
    }

    #[test]
    fn rows_of_marks_stay_with_what_is_before_them() {
        check(
            "He left . . . and came back. ... Then it rained.",
            &["He left . . . and came back. ...", "Then it rained."],
        );
        check("The law … [w]ill fail.", &["The law … [w]ill fail."]);
        check("“I heard ‘Out.’ ”\nNext.", &["“I heard ‘Out.’ ”", "Next."]);
        check(
            "It was – openly! – mocked.",
            &["It was – openly! – mocked."],
        );
        check(
            "They chanted “Out!” (as before) and left.",
            &["They chanted “Out!” (as before) and left."],
        );
    }

    #[test]
    fn sentences_may_touch() {
        check(
            "\"It is over.\"She left.The day.And yes.",
            &["\"It is over.\"", "She left.", "The day.", "And yes."],
        );
        check(
            "She left.\"It is over.\" See www.Example.org.",
            &["She left.", "\"It is over.\"", "See www.Example.org."],
        );
    }

    #[test]
    fn the_frame_of_the_next_quotation_is_a_sentence() {
        check(
            "“Is it legal?” The mayor replied: “Yes.”",
            &["“Is it legal?”", "The mayor replied: “Yes.”"],
        );
        check(
            "“Is it legal?” He said, “No.” “Go!” “Saying no is easy.”",
            &[
                "“Is it legal?”",
                "He said, “No.”",
                "“Go!”",
                "“Saying no is easy.”",
            ],
        );
    }

    #[test]
    fn lines_end_sentences_unless_they_go_on() {
        check(
            "Title here\nThe story\ngoes on.\r\nNext",
            &["Title here", "The story\ngoes on.", "Next"],
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_overlaps(text in "\\PC{0,60}|([A-Za-z.!?\"“” \n]{0,80})") {
            let spans = sentences(&text, &Lexicon::english());
            let mut at = 0;
            for s in &spans {
                prop_assert!(s.start >= at && s.of(&text).is_some());
                prop_assert!(text[at..s.start].trim().is_empty());
                at = s.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
