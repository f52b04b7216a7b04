//! Page furniture: the lines of a scraped page that are not story text.
//!
//! Knows lines and where they stand, not what the sentences in them claim.

use super::SourceProfile;
use crate::model::Article;
use crate::text::{Span, fold};

/// Line openings that mark furniture wherever they stand. Folded.
const OPENINGS: &[&str] = &[
    "©",
    "(c) ",
    "copyright",
    "photo:",
    "photos:",
    "pic:",
    "pics:",
    "picture:",
    "pictures:",
    "image:",
    "video:",
    "watch:",
    "listen:",
    "file photo",
    "graphic:",
    "illustration:",
    "credit:",
    "(reporting by",
    "(additional reporting",
    "(editing by",
    "(writing by",
    "(compiled by",
    "reporting by",
    "editing by",
    "translated ",
    "home |",
    "home »",
    "home >",
    "by our ",
    "from our ",
    "exclusive by",
    "updated:",
    "published:",
    "last updated",
    "posted on",
    "posted by",
    "filed under",
    "tags:",
    "topics:",
    "share this",
    "share on",
    "share:",
    "print this",
    "email this",
    "subscribe",
    "sign up",
    "follow us",
    "follow our",
    "join our",
    "download our",
    "get our",
    "click here",
    "click to",
    "log in",
    "register to",
    "to comment",
    "support us",
    "donate",
    "write to the",
    "write to us",
    "contact us",
    "contact the",
    "got a story",
    "got a tip",
    "tell us",
    "have your say",
    "vote now",
    "advertisement",
    "sponsored",
    "this site uses",
    "this website uses",
    "we use cookies",
    "terms of use",
    "privacy policy",
    "this article was",
    "this story was",
    "this article first",
    "this report was",
    "this page was",
    "the views expressed",
    "views are ",
    "the opinions expressed",
    "weather:",
    "next essay",
    "next article",
    "previous article",
    "in other news",
    "all rights reserved",
];

/// Line openings after which what follows is furniture too until a full paragraph comes. Folded.
const TAIL: &[&str] = &[
    "read also",
    "read more",
    "read next",
    "read on",
    "related",
    "more:",
    "more from",
    "more on",
    "you may also like",
    "you might also like",
    "see also",
    "most read",
    "most popular",
    "must read",
    "recommended",
    "don't miss",
    "also in",
    "also read",
    "latest news",
    "latest from",
    "trending",
    "next:",
    "up next",
    "newsletter",
    "subscribe",
];

/// Line openings after which everything is readers' comments. Folded.
const COMMENTS: &[&str] = &[
    "leave a comment",
    "leave a reply",
    "leave your comment",
    "add a comment",
    "add comment",
    "post a comment",
    "write a comment",
    "write comment",
    "be the first to comment",
    "comments",
    "reader comments",
    "readers' comments",
    "join the conversation",
    "join the discussion",
    "your comments",
];

/// Words that a line of furniture with the shape of a sentence holds; two of them are needed. Folded.
const HOUSE: &[&str] = &[
    "rights",
    "reserved",
    "reproduction",
    "republish",
    "republished",
    "reprint",
    "unauthorized",
    "unauthorised",
    "permission",
    "obligatory",
    "cookies",
    "spam",
    "comment",
    "subscribers",
    "newsletter",
    "editors",
    "author",
    "authors",
    "author's",
    "views",
    "necessarily",
    "institute",
    "forum",
    "receives",
    "grant",
    "payment",
    "money",
    "parties",
    "party",
    "funding",
    "quoting",
    "reference",
    "vote",
    "trust",
];

/// A line of more words than this is story text even after a tail marker.
const PARAGRAPH_WORDS: usize = 14;
/// An opening makes a line furniture only up to this many words.
const MARKED_WORDS: usize = 40;

/// The story's paragraphs, in order, and the lines left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) paragraphs: Vec<Span>,
    pub(crate) furniture: Vec<Span>,
}

/// Parts an article's lines into story and furniture. Linear in the text's length.
pub(crate) fn part(article: &Article, profile: Option<&SourceProfile>) -> Page {
    let lines = lines(&article.text);
    let title = article.title.as_deref().map(key).unwrap_or_default();
    let source = key(&article.source);
    let shaped = lines
        .iter()
        .filter(|l| ends_sentence(l.of(&article.text).unwrap_or_default()))
        .count();
    // A text without any sentence end is not a page but loose statements; nothing can be told from line shape.
    let by_shape = shaped > 0;
    let mut page = Page::default();
    let mut tail = false;
    let mut comments = false;
    let mut words_left: usize = lines
        .iter()
        .map(|l| l.of(&article.text).map_or(0, count_words))
        .sum();
    let words_all = words_left.max(1);
    for line in lines {
        let Some(raw) = line.of(&article.text) else {
            continue;
        };
        let words = count_words(raw);
        words_left -= words;
        let folded = fold(raw);
        let folded = folded.trim_start_matches(['*', '-', '»', '>', '|', '•', '·', ' ']);
        let second_half = 2 * words_left < words_all;
        let starts = |list: &[&str]| list.iter().any(|m| opens(folded, m));
        let line_key = key(raw);
        if words <= 8 && second_half && starts(COMMENTS) {
            comments = true;
        }
        let is_tail = words <= PARAGRAPH_WORDS && starts(TAIL);
        tail |= is_tail && second_half;
        let sentence = ends_sentence(raw);
        if tail && sentence && words > PARAGRAPH_WORDS && !starts(OPENINGS) {
            tail = false;
        }
        let repeated = profile.is_some_and(|p| p.repeated(&line_key));
        let headline = !title.is_empty()
            && words <= 60
            && (line_key == title || (title.len() > 20 && line_key.starts_with(&title)));
        let house = words <= 30 && {
            let own = folded
                .split(|c: char| !c.is_alphanumeric() && c != '\'')
                .filter(|w| HOUSE.contains(w))
                .count();
            own >= 2 && words_left * 10 < words_all
        };
        let dateline = words <= 6
            && folded.ends_with(')')
            && raw.chars().next().is_some_and(char::is_uppercase);
        let question_to_reader = second_half
            && words <= 16
            && words_left * 8 < words_all
            && (folded.starts_with("would you")
                || folded.starts_with("do you")
                || folded.starts_with("what do you")
                || folded.contains("vote now")
                || folded.contains("tell the"));
        let navigation = words <= 40
            && (raw.matches(" | ").count() >= 2
                || raw.matches(" · ").count() >= 2
                || raw.matches(" / ").count() >= 3);
        let byline = words <= 12 && !sentence && opens(folded, "by");
        let shapeless = by_shape && !sentence && words <= MARKED_WORDS;
        let drop = comments
            || tail
            || is_tail
            || repeated
            || headline
            || house
            || dateline
            || question_to_reader
            || navigation
            || byline
            || shapeless
            || (words <= MARKED_WORDS && starts(OPENINGS))
            || (words <= 8 && line_key == source)
            || (words <= 6
                && line_key.contains(&source)
                && !source.is_empty()
                && !has_verb_shape(folded))
            || line_key.is_empty();
        if drop {
            page.furniture.push(line);
        } else {
            page.paragraphs.push(after_dateline(&article.text, line));
        }
    }
    // A list item that ends without a stop ('· the border could be closed;') counts with the story around it.
    page
}

/// Whether a folded line begins with a marker that ends at a word's end.
fn opens(folded: &str, marker: &str) -> bool {
    folded.strip_prefix(marker).is_some_and(|rest| {
        !marker.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
    })
}

/// The lines of a text, trimmed, empty ones left out. A lone carriage return ends a line too.
fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            out.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start += piece.len();
    }
    out
}

/// What two printings of one line share: letters and digits, folded.
pub(super) fn key(line: &str) -> String {
    fold(line).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn count_words(line: &str) -> usize {
    line.split_whitespace()
        .filter(|w| w.contains(char::is_alphanumeric))
        .count()
}

/// Whether a line ends as a sentence does, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '*']);
    bare.ends_with(['.', '!', '?', '…', ';', ':', '。'])
}

/// Whether a short line says something: an auxiliary among its words.
fn has_verb_shape(folded: &str) -> bool {
    folded.split(' ').any(|w| {
        matches!(
            w,
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "may"
                | "said"
                | "says"
                | "did"
                | "does"
        )
    })
}

/// Leaves out a dateline: 'PELLAMOR, Oct 14 (Interlink) - '.
fn after_dateline(text: &str, line: Span) -> Span {
    let Some(raw) = line.of(text) else {
        return line;
    };
    let window_end = raw
        .char_indices()
        .map(|(i, _)| i)
        .find(|i| *i >= 70)
        .unwrap_or(raw.len());
    let window = &raw[..window_end];
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
        let page = part(&article, None);
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
    fn mixed_line_ends_and_empty_text() {
        assert_eq!(
            story("One thing happened.\r\nAnother did.\rA third did.").len(),
            3
        );
        assert!(story("").is_empty());
    }
}
