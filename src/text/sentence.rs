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
                // A row of marks, then closing quotes and brackets, belongs to the sentence.
                let belongs =
                    |i: usize, n: char| matches!(n, '.' | '!' | '?' | '…') || closes(n, text, i);
                let mut row = text[from..].char_indices();
                let past = row.find(|(i, n)| !belongs(from + i, *n));
                from = past.map_or(text.len(), |(i, _)| from + i);
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

/// Bytes of a sentence, at the most: four times what the longest ones of real articles have.
const LONGEST: usize = 1600;

fn push(text: &str, mut start: usize, end: usize, out: &mut Vec<Span>) {
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

/// Whether the character closes a quotation or bracket; a straight quote does where white space or the end follows.
fn closes(c: char, text: &str, at: usize) -> bool {
    match c {
        '”' | '’' | '»' | ')' | ']' => true,
        '"' | '\'' => text[at + 1..]
            .chars()
            .next()
            .is_none_or(|n| !n.is_alphanumeric()),
        _ => false,
    }
}

/// Whether a sentence ends with the mark `c` at `at`; closing quotes after it run to `end`.
fn ends(text: &str, start: usize, at: usize, end: usize, c: char, lexicon: &Lexicon) -> bool {
    let rest = &text[end..];
    let Some(gap) = rest.chars().next() else {
        return true;
    };
    if !gap.is_whitespace() {
        // 'end.Next' of careless pages: a capital after a lower-case word; never inside 'U.S.' or '2.5'.
        let before = text[start..at].chars().next_back();
        let word = text[start..at]
            .rsplit(|x: char| !x.is_alphabetic())
            .next()
            .unwrap_or_default();
        return gap.is_uppercase()
            && before.is_some_and(char::is_lowercase)
            && word.chars().count() > 3
            || (end > at + c.len_utf8() && matches!(gap, '“' | '‘' | '—' | '–'));
    }
    let mut next = rest.trim_start().chars();
    let Some(first) = next.next() else {
        return true;
    };
    let quoted = end > at + c.len_utf8()
        && text[at + c.len_utf8()..end].contains(['"', '”', '’', '\'', '»']);
    if c != '.' {
        // `"Go!" he said`, 'Yahoo! fell'.
        return !(first.is_lowercase() || (quoted && frame_follows(rest, lexicon)));
    }
    if first.is_lowercase() {
        return false;
    }
    let last = word_before(text, start, at);
    if quoted || end > at + 1 {
        return !(quoted && frame_follows(rest, lexicon) && first.is_lowercase());
    }
    let folded = fold(last);
    let digits_follow = first.is_ascii_digit();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    if initial {
        // 'J. Holt'; but 'vitamin C. The' ends.
        return !(first.is_uppercase() || first.is_ascii_digit()) || opens_sentence(rest, lexicon);
    }
    if last.contains('.') {
        // 'U.S.', 'p.m.', 'e.g.': an end only where a word of grammar begins the next sentence.
        return opens_sentence(rest, lexicon) || matches!(first, '“' | '"' | '‘');
    }
    if folded == "no" || folded == "nos" {
        return !digits_follow;
    }
    if lexicon.is_abbreviation(&folded) {
        let titled = lexicon.is_role(&folded)
            || matches!(
                folded.as_str(),
                "gen"
                    | "col"
                    | "maj"
                    | "lt"
                    | "capt"
                    | "sgt"
                    | "st"
                    | "rev"
                    | "hon"
                    | "gov"
                    | "sen"
                    | "rep"
                    | "jan"
                    | "feb"
                    | "mar"
                    | "apr"
                    | "jun"
                    | "jul"
                    | "aug"
                    | "sep"
                    | "sept"
                    | "oct"
                    | "nov"
                    | "dec"
                    | "vs"
                    | "dr"
                    | "prof"
                    | "mr"
                    | "mrs"
                    | "ms"
            );
        return !titled && !digits_follow && opens_sentence(rest, lexicon);
    }
    true
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

/// Whether what follows a quotation is its frame: 'he said', 'said Holt', 'Holt said'.
fn frame_follows(rest: &str, lexicon: &Lexicon) -> bool {
    rest.split_whitespace().take(3).any(|w| {
        lexicon
            .report(&fold(w.trim_matches(|c: char| !c.is_alphanumeric())))
            .is_some()
    })
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
