//! Page furniture: the lines of a scraped page that are not story text.
//!
//! Knows lines and where they stand, not what the sentences in them claim.

mod reader;

use super::SourceProfile;
use crate::lexicon::{Furniture, Lexicon};
use crate::model::Article;
use crate::text::{self, Span, fold};
use reader::Verdict;
use std::cell::OnceCell;

/// A line of more words than this is story text even after a tail marker.
const PARAGRAPH_WORDS: usize = 14;
/// Bytes of the longest line of text that was broken to a width.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;
/// A line of fewer words than this is no part of such text by itself.
const WRAPPED_WORDS: usize = 5;
/// A label may end in a colon up to this many words.
const LABEL_WORDS: usize = 3;
/// An opening makes a line furniture only up to this many words.
const MARKED_WORDS: usize = 40;

/// The story's paragraphs, in order, and the lines left out. A paragraph that holds a line end was broken to a width.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) paragraphs: Vec<Span>,
    pub(crate) furniture: Vec<Span>,
}

/// A line as it is looked at. Most are long, and of these hardly more than the first words matter.
struct Line<'a> {
    raw: &'a str,
    /// How it begins, folded, once somebody asked.
    opening: OnceCell<String>,
}

/// Bytes of a line's opening, at the least: more than any marker has.
const OPENING: usize = 120;

impl<'a> Line<'a> {
    fn new(raw: &'a str) -> Self {
        let opening = OnceCell::new();
        Self { raw, opening }
    }

    /// Its opening without what leads a list item.
    fn opening(&self) -> &str {
        let cut = |at: &usize| self.raw.as_bytes()[*at].is_ascii_whitespace();
        let end = || {
            (OPENING..self.raw.len())
                .find(cut)
                .unwrap_or(self.raw.len())
        };
        let opening = self.opening.get_or_init(|| fold(&self.raw[..end()]));
        opening.trim_start_matches(BULLETS)
    }

    /// The whole line, folded, without what leads a list item.
    fn folded(&self) -> String {
        fold(self.raw).trim_start_matches(BULLETS).to_owned()
    }

    /// Whether it is the title, or opens with a long one.
    fn is_title(&self, title: &str) -> bool {
        // The first letter tells most lines from the title, and the next ones nearly all others.
        let first = self.raw.chars().find(|c| c.is_alphanumeric());
        if first.is_some_and(|c| c.is_ascii() && !title.starts_with(c.to_ascii_lowercase())) {
            return false;
        }
        let opens = letters(self.opening());
        let may_be = opens.starts_with(title) || title.starts_with(&opens);
        let is = |line: String| line == title || title.len() > 20 && line.starts_with(title);
        !title.is_empty() && may_be && is(key(self.raw))
    }
}

/// What leads a list item.
const BULLETS: [char; 8] = ['*', '-', '»', '>', '|', '•', '·', ' '];

/// Parts an article's lines into story and furniture. Linear in the text's length.
pub(crate) fn part(article: &Article, profile: Option<&SourceProfile>, lexicon: &Lexicon) -> Page {
    let lines = unwrapped(&article.text, lines(&article.text));
    let title = article.title.as_deref().map(key).unwrap_or_default();
    let source = key(&article.source);
    let of = |l: &Span| l.of(&article.text).unwrap_or_default();
    // A text without any sentence end is not a page but loose statements; nothing can be told from line shape.
    let by_shape = lines.iter().any(|l| ends_sentence(of(l)));
    let mut page = Page::default();
    let mut tail = false;
    let mut comments = false;
    let mut author = false;
    let counts: Vec<usize> = lines.iter().map(|l| count_words(of(l))).collect();
    let mut words_left: usize = counts.iter().sum();
    let words_all = words_left.max(1);
    for (line, words) in lines.into_iter().zip(counts) {
        let raw = of(&line);
        let own = Line::new(raw);
        words_left -= words;
        let second_half = 2 * words_left < words_all;
        let starts = |kind| {
            let opening = own.opening();
            lexicon.furniture(kind).any(|m| opens(opening, m))
        };
        if words <= 8 && second_half && opens_comments(&own.folded(), lexicon) {
            comments = true;
        }
        let is_tail = words <= PARAGRAPH_WORDS && starts(Furniture::Tail);
        tail |= is_tail && second_half;
        let sentence = ends_sentence(raw);
        if tail && sentence && words > PARAGRAPH_WORDS && !starts(Furniture::Opening) {
            tail = false;
        }
        let dateline =
            || own.folded().ends_with(')') && raw.chars().next().is_some_and(char::is_uppercase);
        let navigation = || {
            let parted = |mark: char, by: &str| match raw.contains(mark) {
                true => raw.matches(by).count(),
                false => 0,
            };
            parted('|', " | ") >= 2 || parted('·', " · ") >= 2 || parted('/', " / ") >= 3
        };
        let shapeless = by_shape && !sentence && words <= MARKED_WORDS;
        // What costs little is asked first, and nothing is asked of a long line that only short ones can be.
        let drop = comments
            || tail
            || is_tail
            || shapeless
            || words == 0 && key(raw).is_empty()
            || profile.is_some_and(|p| p.repeated(&key(raw)))
            || words <= 60 && own.is_title(&title)
            || words <= 30
                && words_left * 10 < words_all
                && speaks_of_itself(&own.folded(), lexicon)
            || words <= 6 && dateline()
            || second_half
                && words <= 16
                && words_left * 8 < words_all
                && asks_the_reader(&own.folded())
            || words <= 40 && navigation()
            || words <= 12 && !sentence && opens(own.opening(), "by")
            || words <= MARKED_WORDS
                && (starts(Furniture::Opening) || of_own_text(own.opening(), lexicon))
            || (!sentence || words <= LABEL_WORDS && raw.ends_with(':'))
                && starts(Furniture::Label)
            || words <= 8 && key(raw) == source;
        let first = page.paragraphs.is_empty();
        // Who the author is stands before the story or behind it.
        let edge = first || words_left * 6 < words_all;
        author = !drop
            && edge
            && (author && reader::goes_on(raw)
                || reader::biography(&article.text, line, words, lexicon));
        let verdict = match drop || author {
            true => Verdict::All,
            false => reader::judge(raw, words, words_all, lexicon),
        };
        match verdict {
            Verdict::All => page.furniture.push(line),
            Verdict::Story => {
                let story = after_dateline(article, line, first, lexicon);
                page.paragraphs.push(story);
            }
            Verdict::Parts { story, furniture } => {
                let placed = |spans: Vec<Span>| spans.into_iter().map(move |s| s.shift(line.start));
                page.paragraphs.extend(placed(story));
                page.furniture.extend(placed(furniture));
            }
        }
    }
    // A list item that ends without a stop ('· the border could be closed;') counts with the story around it.
    page
}

/// Whether a line near a page's end is a question to its readers.
fn asks_the_reader(folded: &str) -> bool {
    ["would you", "do you", "what do you", "tell the"]
        .iter()
        .any(|m| folded.starts_with(m))
        || folded.contains("vote now")
}

/// Whether a folded line begins with a marker that ends at a word's end.
fn opens(folded: &str, marker: &str) -> bool {
    // Of the many markers most differ in the first letter.
    let first = folded.as_bytes().first() == marker.as_bytes().first();
    first
        && folded.strip_prefix(marker).is_some_and(|rest| {
            !marker.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
        })
}

fn opens_comments(folded: &str, lexicon: &Lexicon) -> bool {
    let mut counts = lexicon.furniture(Furniture::Count);
    let counted = counts.any(|m| {
        let rest = folded.strip_prefix(m);
        rest.is_some_and(|rest| !rest.contains(char::is_alphabetic))
    });
    let mut boxes = lexicon.furniture(Furniture::Comments);
    counted || boxes.any(|m| opens(folded, m))
}

fn of_own_text(folded: &str, lexicon: &Lexicon) -> bool {
    let mut marks = lexicon.furniture(Furniture::OwnText);
    let rest = marks.find_map(|m| folded.strip_prefix(m));
    let next = rest.and_then(|rest| rest.split_whitespace().next());
    next.is_some_and(|word| lexicon.furniture(Furniture::Made).any(|m| m == word))
}

/// Whether a line is about the page, its rights and its makers.
fn speaks_of_itself(folded: &str, lexicon: &Lexicon) -> bool {
    let words = || folded.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let count = |kind| {
        let held = |word: &&str| lexicon.furniture(kind).any(|m| m == *word);
        words().filter(held).count()
    };
    let (legal, makers) = (count(Furniture::Legal), count(Furniture::Maker));
    if legal + makers == 0 {
        return false;
    }
    let house = count(Furniture::House);
    (legal > 0 && legal + makers + house > 1) || (makers > 0 && house > 1)
}

/// Puts the lines of text that was broken to a width back together: a line that goes on in lower case, and all of a block whose
/// lines are about as long as its longest. Blocks end at empty lines.
fn unwrapped(text: &str, lines: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(lines.len());
    let follows = |a: &Span, b: &Span| {
        let between = text.get(a.end..b.start).unwrap_or_default();
        matches!(between.trim_matches([' ', '\t']), "\n" | "\r\n" | "\r")
    };
    let goes_on = |a: &Span, b: &Span| {
        let (one, next) = (
            a.of(text).unwrap_or_default(),
            b.of(text).unwrap_or_default(),
        );
        next.starts_with(char::is_lowercase)
            && follows(a, b)
            && !ends_sentence(one)
            && count_words(one) >= WRAPPED_WORDS
    };
    for block in lines.chunk_by(follows) {
        let widest = block.iter().map(|l| l.len()).max().unwrap_or_default();
        let full = |l: &Span| WIDTHS.contains(&widest) && 10 * l.len() >= 7 * widest;
        // Whether each line goes on in the next one.
        let mut joined: Vec<bool> = block.windows(2).map(|w| goes_on(&w[0], &w[1])).collect();
        let mut start = 0;
        for run in block.chunk_by(|a, _| full(a)) {
            let within = start..start + run.len() - 1;
            if run.len() > 2 && joined[within.clone()].contains(&true) {
                joined[within].fill(true);
            }
            start += run.len();
        }
        let mut first = 0;
        for at in 0..block.len() {
            if !joined.get(at).copied().unwrap_or(false) {
                out.push(Span::new(block[first].start, block[at].end));
                first = at + 1;
            }
        }
    }
    out
}

/// The lines of a text, trimmed, empty ones left out. A lone carriage return ends a line too.
pub(super) fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = line_end(text, start);
        let piece = &text[start..end];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            out.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start = end;
    }
    out
}

/// Where the line that begins at `start` ends, its mark included.
fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut from = start;
    let may_end = |b: u8| (b == b'\n') | (b == b'\r') | (b == 0xe2);
    while let Some(at) = text::find_byte(bytes, from, may_end) {
        match bytes[at..] {
            [b'\n' | b'\r', ..] => return at + 1,
            // U+2028 and U+2029.
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => return at + 3,
            _ => from = at + 1,
        }
    }
    text.len()
}

/// What two printings of one line share: letters and digits, folded.
pub(super) fn key(line: &str) -> String {
    letters(&fold(line))
}

/// The same of a line that is folded already.
fn letters(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words of a line that have a letter or figure.
fn count_words(line: &str) -> usize {
    // Whether the word at hand has had a letter: a word counts once.
    let (mut words, mut counted) = (0, false);
    let mut at = 0;
    while let Some(byte) = line.as_bytes().get(at) {
        let (look, length) = match LOOKS[usize::from(*byte)] {
            Some(look) => (look, 1),
            None => {
                let c = line[at..].chars().next().unwrap_or_default();
                (Look::of(c), c.len_utf8())
            }
        };
        words += usize::from(look.letter && !counted);
        counted = (counted || look.letter) && !look.blank;
        at += length;
    }
    words
}

/// What a character is to who counts words.
#[derive(Clone, Copy)]
struct Look {
    letter: bool,
    blank: bool,
}

impl Look {
    fn of(c: char) -> Self {
        let (letter, blank) = (c.is_alphanumeric(), c.is_whitespace());
        Self { letter, blank }
    }
}

/// What the characters of ASCII are; none for the bytes of others.
const LOOKS: [Option<Look>; 256] = {
    let mut looks = [None; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        looks[at] = Some(Look {
            letter: byte.is_ascii_alphanumeric(),
            blank: matches!(byte, b'\t'..=b'\r' | b' '),
        });
        at += 1;
    }
    looks
};

/// Whether a line ends as a sentence does, closing quotes and brackets aside; a quotation may name its speaker behind a dash.
fn ends_sentence(line: &str) -> bool {
    let ends = |line: &str| {
        let closers = ['"', '\'', '”', '“', '’', '»', ')', ']', ' ', '*'];
        let bare = line.trim_end_matches(closers);
        bare.ends_with(['.', '!', '?', '…', ';', ':', '。'])
    };
    let quotation = || {
        let quotes = ['“', '"', '”'];
        let whole = line
            .starts_with(quotes)
            .then(|| line.rfind(quotes))
            .flatten();
        whole.is_some_and(|end| {
            let behind = line[end..].trim_start_matches(quotes).trim_start();
            behind.starts_with(['–', '—', '―', '-']) && ends(&line[..end])
        })
    };
    ends(line) || quotation()
}

/// Leaves out a dateline: 'PELLAMOR, Oct 14 (Interlink) - '. With a colon it is one only at the story's beginning; further down
/// 'HOLT: ' is who speaks in a transcript.
fn after_dateline(article: &Article, line: Span, first: bool, lexicon: &Lexicon) -> Span {
    let Some(raw) = line.of(&article.text) else {
        return line;
    };
    if first {
        let agency = reader::agency(raw, &article.source, lexicon);
        if agency > 0 {
            return Span::new(line.start + agency, line.end);
        }
    }
    let window_end = raw
        .char_indices()
        .map(|(i, _)| i)
        .find(|i| *i >= 70)
        .unwrap_or(raw.len());
    let window = &raw[..window_end];
    if !window.contains(['-', '–', '—', ':']) {
        return line;
    }
    for mark in [" - ", " – ", " — ", "— ", "– ", " -- ", ": "] {
        let Some(at) = window.find(mark) else {
            continue;
        };
        let head = &window[..at];
        let capitals = head
            .split(|c: char| !c.is_alphabetic())
            .find(|w| !w.is_empty())
            .is_some_and(|w| w.chars().count() >= 3 && w.chars().all(char::is_uppercase));
        let agency = head.ends_with(')')
            && head.chars().next().is_some_and(char::is_uppercase)
            && count_words(head) <= 7;
        let plain = mark == ": ";
        if plain && !first {
            continue;
        }
        if (capitals && count_words(head) <= if plain { 2 } else { 8 }) || (agency && !plain) {
            return Span::new(line.start + at + mark.len(), line.end);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(text: &str) -> Vec<String> {
        let article = Article::new("Tessel Post", text).title("Harbour closes for a week");
        let page = part(&article, None, &Lexicon::english());
        page.paragraphs
            .iter()
            .map(|s| s.of(text).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn keeps_the_story_and_drops_the_page() {
        let text = "Tessel Post\nNews | Sport | Weather\nHarbour closes for a week\nBy Ana Holt\n\
            TESSEL, May 3 (Post) - The harbour closed on Monday, officials said.\nPhoto: Ana Holt/Post\n\
            Nobody knows when it will open again.\nRead also: Ten bridges\nOur kitchen is open.\nComments (2)\nbob: shame on them.";
        assert_eq!(
            story(text),
            [
                "The harbour closed on Monday, officials said.",
                "Nobody knows when it will open again."
            ]
        );
    }

    #[test]
    fn loose_statements_without_full_stops_are_kept() {
        assert_eq!(story("the harbour is closed").len(), 1);
    }

    #[test]
    fn a_full_paragraph_ends_a_tail_but_never_a_comment_box() {
        let long = "The harbour master told the council that the quay wall had moved by a hand's breadth since the storm of last week.";
        let text = format!(
            "A first sentence stands here to open the story.\nRead more: Ten bridges\n{long}\nComments\n{long}"
        );
        assert_eq!(story(&text).len(), 2);
    }

    #[test]
    fn story_lines_that_look_like_furniture_stay() {
        for line in [
            "Comments by Holt drew sharp criticism.",
            "Both parties will vote on the budget on Thursday.",
            "This report was rejected by the ministry on Monday.",
            "Contact the ministry had promised never came about.",
            "The Post's own harbour was closed.",
            "He refused to tell the court where he had been.",
            "Copyright law was changed by parliament on Friday.",
            "By our count the party lost its majority.",
            "Translated into money the strike cost two million.",
        ] {
            let text = format!("A first sentence opens the story here.\n{line}\nThen it went on.");
            assert_eq!(story(&text).len(), 3, "{line}");
            let text = format!("A first sentence opens the story here.\nThen it went on.\n{line}");
            assert_eq!(story(&text).len(), 3, "{line}");
        }
        for line in [
            "The author receives no funding from any party.",
            "All rights reserved.",
            "No part may be used without permission of the editors.",
            "This report was first published by the Herald.",
            "Readers' comments (12)",
        ] {
            let text = format!("A first sentence opens the story here.\nThen it went on.\n{line}");
            assert_eq!(story(&text).len(), 2, "{line}");
        }
    }

    #[test]
    fn text_broken_to_a_width_is_put_together() {
        let text = "HARBOUR NEWS\n\nThe harbour master told the council on Monday that President\n\
            Tovan Rezik had closed the quay, which has moved by a hand's\n\
            breadth. Nobody was hurt. The quay opens in May.\n\nIt rained all day.\nThe port is busy\n";
        let got = story(text);
        assert_eq!(got.len(), 2, "{got:?}");
        assert!(got[0].starts_with("The harbour master") && got[0].ends_with("in May."));
        let two =
            "The quay has been closed since the storm of last\nweek, officials said.\nIt rained.";
        assert_eq!(story(two).len(), 2);
        let frame = "Mayor Ana Holt said that\nthe bridge had collapsed.";
        assert_eq!(story(frame).len(), 1);
        // Lines that end as sentences do, or are no sentence, stay apart.
        assert_eq!(
            story("One thing happened here today.\nanother did.").len(),
            2
        );
    }

    #[test]
    fn a_quotation_may_name_its_speaker_behind_a_dash() {
        let text = "People at the quay were asked.\n“The master should go.” ― Ana Holt\nIt rained.";
        assert_eq!(story(text).len(), 3);
        assert_eq!(
            story("It rained.\n“The harbour” – pictures by Holt").len(),
            1
        );
    }

    #[test]
    fn mixed_line_ends_and_empty_text() {
        assert_eq!(
            story("One thing happened.\r\nAnother did.\rA third did.").len(),
            3
        );
        assert!(story("").is_empty());
    }
}
