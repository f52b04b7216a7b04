//! Quotations: what stands between quotation marks, over sentence ends too. Knows marks, not speakers.

use crate::text::{self, Span};

/// The quotations of a paragraph, marks left out, in order; an unclosed one runs to the paragraph's end (a speech that goes
/// on in the next paragraph is printed so). Single quotes count only as a pair that an apostrophe cannot be.
pub(super) fn quotations(paragraph: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut past = 0;
    while let Some(at) = next_mark(paragraph, past) {
        let Some(c) = paragraph[at..].chars().next() else {
            break;
        };
        past = at + c.len_utf8();
        if !is_mark(c) {
            continue;
        }
        // Two single marks side by side are a double one.
        let single = matches!(c, '\'' | '’' | '‘' | '`');
        let double = single && paragraph[past..].starts_with(c);
        past += if double { c.len_utf8() } else { 0 };
        let c = if double { '"' } else { c };
        let before = paragraph[..at].chars().next_back().unwrap_or(' ');
        let next = paragraph[past..].chars().next().unwrap_or(' ');
        match open {
            None => {
                let starts = match c {
                    '“' | '„' | '«' => true,
                    '"' => !before.is_alphanumeric(),
                    '‘' | '\'' => {
                        !before.is_alphanumeric()
                            && next.is_alphanumeric()
                            && closes_later(&paragraph[past..])
                    }
                    _ => false,
                };
                if starts {
                    open = Some((past, c));
                }
            }
            Some((start, mark)) => {
                let ends = match mark {
                    '“' | '„' => matches!(c, '”' | '“' | '"'),
                    '«' => c == '»',
                    '"' => c == '"' || c == '”',
                    _ => {
                        matches!(c, '’' | '\'')
                            && !next.is_alphanumeric()
                            && !before.is_whitespace()
                    }
                };
                if ends {
                    out.push(Span::new(start, at));
                    open = None;
                }
            }
        }
    }
    if let Some((start, mark)) = open
        && !matches!(mark, '‘' | '\'')
    {
        out.push(Span::new(start, paragraph.len()));
    }
    out.retain(|s| {
        s.of(paragraph)
            .is_some_and(|q| q.contains(char::is_alphanumeric))
    });
    out
}

/// Where the next character stands that may be a quotation mark.
fn next_mark(paragraph: &str, from: usize) -> Option<usize> {
    let may_be = |b: u8| (b == b'"') | (b == b'\'') | (b == b'`') | (b >= 0x80);
    text::find_byte(paragraph.as_bytes(), from, may_be)
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '“' | '”' | '„' | '«' | '»' | '‘' | '’'
    )
}

/// Whether a quotation is the title of a work or a show within a statement: 'on Sunday's “Morning Coffee,”'.
pub(super) fn is_title(whole: &str, quotation: Span) -> bool {
    const WORDS: usize = 8;
    let words = quotation.of(whole).unwrap_or_default();
    let before = whole.get(..quotation.start).unwrap_or_default();
    let before = before.trim_end_matches(['“', '"', '‘', '\'', '„', '«']);
    let inside = before.trim_end().ends_with(char::is_alphanumeric) && before.ends_with(' ');
    let long = |w: &&str| w.chars().count() > 3;
    inside
        && words.split_whitespace().take(WORDS + 1).count() <= WORDS
        && words.split_whitespace().any(|w| long(&w))
        && words
            .split_whitespace()
            .filter(long)
            .all(|w| w.starts_with(char::is_uppercase))
        && words.split_whitespace().count() > 1
}

/// Whether a single quote closes within a quotation's usual length.
fn closes_later(rest: &str) -> bool {
    let mut before = ' ';
    let mut chars = rest.chars().take(400).peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if matches!(c, '’' | '\'')
            && !next.is_alphanumeric()
            && matches!(before, ',' | '.' | '!' | '?')
        {
            return true;
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> = quotations(text)
            .into_iter()
            .map(|s| s.of(text).unwrap())
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn finds_straight_curly_and_single_quotes() {
        check(
            "\"We worked. We slept,\" she said.",
            &["We worked. We slept,"],
        );
        check("“One,” he said. “Two.”", &["One,", "Two."]);
        check("‘We don’t know,’ he said.", &["We don’t know,"]);
        check("The miners' strike isn't over.", &[]);
        check("“It goes on", &["It goes on"]);
    }

    #[test]
    fn a_title_is_no_speech() {
        let title = |text: &str| is_title(text, quotations(text)[0]);
        assert!(title(
            "He spoke on Sunday’s “Morning Coffee Hour,” she said."
        ));
        assert!(!title("He said, “Morning Coffee Is Over,” and left."));
        assert!(!title("He called it “a most unusual hour” and left."));
    }
}
