//! Whose an article's own words are, where they are not the outlet's: a comment's author, the body whose statement it is.
//!
//! Knows the lines around the story and how the story speaks of itself, not what it says.

use super::furniture::Page;
use super::quotation;
use crate::lexicon::{Class, Lexicon};
use crate::model::Article;
use crate::text::fold;

/// Lines of more words than this are no byline.
const BYLINE_WORDS: usize = 12;
/// Of 'we' and 'our', a body's statement has at least so many.
const OWN_WORDS: usize = 3;
/// The same for a single author's: 'I', 'my'.
const OWN_SINGLE: usize = 2;

/// How often a story speaks in the first person outside quotations.
#[derive(Debug, Default, Clone, Copy)]
struct FirstPerson {
    /// 'I', 'my'.
    one: usize,
    /// 'We', 'our'.
    several: usize,
}

/// Who speaks where the article names nobody: the author of a comment or an analysis, the ministry, firm or institute whose own
/// statement it is; nobody else than the outlet in a report.
pub(super) fn of(article: &Article, page: &Page, lexicon: &Lexicon) -> Option<String> {
    let lines = || page.furniture.iter().filter_map(|l| l.of(&article.text));
    let signed = lines().find_map(byline);
    if let Some((author, line)) = signed {
        let title = article.title.as_deref().into_iter();
        let marked = std::iter::once(line).any(opinion) || title.chain(lines()).any(headed);
        if marked || learned(line) || first_person(article, page).one >= OWN_SINGLE {
            return Some(author);
        }
    }
    let name = fold(&article.source);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    if words.iter().any(|w| Class::Paper.holds(w)) {
        return None;
    }
    // 'Ministry of Ports', 'Port Office', not 'Box Office Weekly'.
    let heads = |at: usize| {
        matches!(
            words.get(at + 1),
            None | Some(&("of" | "for" | "in" | "on"))
        )
    };
    let official = (0..words.len()).any(|at| heads(at) && Class::Official.holds(words[at]));
    let firm = || {
        let own = first_person(article, page).several >= OWN_WORDS;
        own && named_in(article, page, lexicon)
    };
    (official || firm()).then(|| article.source.clone())
}

/// The author whom a byline names, and the line: 'By Dr Ana Holt, senior fellow', 'Comment by Ana Holt'.
fn byline(line: &str) -> Option<(String, &str)> {
    if line.split_whitespace().take(BYLINE_WORDS + 1).count() > BYLINE_WORDS {
        return None;
    }
    let at = (line.match_indices("by ").chain(line.match_indices("By ")))
        .map(|(at, _)| at)
        .filter(|at| !line[..*at].ends_with(char::is_alphanumeric))
        .min()?;
    let before = fold(&line[..at]);
    let free = before.split_whitespace().all(|w| Class::Opinion.holds(w));
    let name = &line[at + 3..];
    let end = name
        .find([',', '|', '·', '(', ':', ';'])
        .unwrap_or(name.len());
    let author: Vec<&str> = name[..end]
        .split_whitespace()
        .filter(|w| !Class::Learned.holds(fold(w).trim_end_matches('.')))
        .take_while(|w| w.starts_with(char::is_uppercase) || *w == "and")
        .collect();
    let named = author.len() >= 2 && author.iter().all(|w| w.chars().any(char::is_lowercase));
    (free && named).then(|| (author.join(" "), line))
}

/// Whether a byline says that an opinion follows.
fn opinion(line: &str) -> bool {
    let first = fold(line.split_whitespace().next().unwrap_or_default());
    Class::Opinion.holds(&first)
}

/// Whether a headline says so: 'Opinion: the port should close'.
fn headed(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    first.ends_with(':') && Class::Opinion.holds(&fold(first.trim_end_matches(':')))
}

/// Whether a byline gives the author a title of learning: 'By Dr Ana Holt', 'By Ana Holt, senior fellow'.
fn learned(line: &str) -> bool {
    let folded = fold(line);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|w| Class::Learned.holds(w))
}

/// Counts the story's first person; what stands in quotation marks is somebody else's.
fn first_person(article: &Article, page: &Page) -> FirstPerson {
    let mut found = FirstPerson::default();
    for paragraph in page.paragraphs.iter().filter_map(|p| p.of(&article.text)) {
        let mut own = String::with_capacity(paragraph.len());
        let mut from = 0;
        for quoted in quotation::quotations(paragraph) {
            own.push_str(paragraph.get(from..quoted.start).unwrap_or_default());
            from = from.max(quoted.end);
        }
        own.push_str(paragraph.get(from..).unwrap_or_default());
        // 'World War I' is numbered.
        let mut named = false;
        for word in own
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
        {
            match word {
                "I" if named => {}
                "I" | "my" | "My" => found.one += 1,
                "we" | "We" | "our" | "Our" => found.several += 1,
                _ => {}
            }
            named = word.len() > 1 && word.starts_with(char::is_uppercase);
        }
    }
    found
}

/// Whether the story speaks of its source by name and not as papers speak of themselves ('told the Post').
fn named_in(article: &Article, page: &Page, lexicon: &Lexicon) -> bool {
    let first = article.source.split_whitespace().next().unwrap_or_default();
    if first.len() < 3 || lexicon.is_function_word(&fold(first)) {
        return false;
    }
    let paragraphs = page.paragraphs.iter().filter_map(|p| p.of(&article.text));
    let mut named = false;
    for paragraph in paragraphs {
        for (at, _) in paragraph.match_indices(first) {
            if paragraph[..at].ends_with("the ") || paragraph[..at].ends_with("The ") {
                return false;
            }
            named = true;
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use crate::Article;
    use crate::extract::Extractor;

    fn speaker(source: &str, text: &str) -> Option<String> {
        let claims = Extractor::default().claims(&Article::new(source, text));
        claims.into_iter().last()?.attribution.speaker
    }

    #[test]
    fn a_comment_is_its_authors() {
        let comment = "Comment by Dr Ana Holt, 3 May 2021\nThe port was closed on Monday. The plan for the quay is a mistake.";
        assert_eq!(speaker("Tessel Post", comment).as_deref(), Some("Ana Holt"));
        let report =
            "By Ana Holt\nThe port was closed on Monday. The plan for the quay was rejected.";
        assert_eq!(speaker("Tessel Post", report), None);
        let first = "By Ana Holt\nI was at the port on Monday with my crew. The plan for the quay was rejected.";
        assert_eq!(speaker("Tessel Post", first).as_deref(), Some("Ana Holt"));
        let others = "By Ana Holt\n'I left my house and I ran,' he said. World War I and World War I graves lie there. The quay was closed.";
        assert_eq!(speaker("Tessel Post", others), None);
    }

    #[test]
    fn a_statement_is_the_bodys() {
        let statement = "Our ferries ran on Monday. Lind Lines has ten ferries, and we are proud of our crews. The quay was repaired.";
        assert_eq!(
            speaker("Lind Lines", statement).as_deref(),
            Some("Lind Lines")
        );
        assert_eq!(speaker("Lind Post", statement), None);
        let office = "The port was closed on Monday. The quay was repaired.";
        assert_eq!(
            speaker("Ministry of Ports", office).as_deref(),
            Some("Ministry of Ports")
        );
        assert_eq!(speaker("Gull & Sons", office), None);
    }
}
