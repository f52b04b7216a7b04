//! The article on a web page: its main text, found by dom_smoothie (after Mozilla's Readability), and what the page says of itself.
//!
//! Total: any page gives an article, if one without text.

mod json_ld;
mod lines;

use super::{Intake, day, json_lines, plain};
use crate::error::Error;
use crate::model::Article;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use json_ld::Told;
use serde_json::json;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// No page that a person laid out is nested deeper, and Readability takes at least the square of the depth.
const DEPTH: usize = 256;
/// Of longer pages the rest is left out.
const LONGEST: usize = 4 << 20;
/// Of pages with so many elements open at once the rest is left out: the parser goes through all of them at every tag.
const OPEN: usize = 1024;
/// Elements that hold nothing or that a following one closes: how often they are opened says nothing.
const CLOSED_BY_OTHERS: [&str; 27] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
];
/// Elements that look words over: the parser opens those that are open anew in every paragraph, so that of pages with more open than
/// any page needs the rest is left out.
const FORMATS: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
const OPEN_FORMATS: usize = 32;

impl Article {
    /// The article on a web page (feature `html`): its main text, a line for each paragraph, and, as far as the page names them,
    /// title, day of publication, language, address (the canonical one) and, as `author` in the metadata, who wrote it.
    ///
    /// What a page tells machines (JSON-LD of schema.org's `Article` and its kinds) is believed before its looks; of the text only
    /// where it is about as long as what is seen on the page, as many pages tell no more than the beginning. A page without any text
    /// gives an article whose text is empty.
    ///
    /// ```
    /// use claimgraph::Article;
    /// let page = r#"<html lang="en"><head><title>Quay closed</title></head><body><nav><a href="/">Home</a></nav>
    ///     <article><p>The quay was closed on Monday, the harbour master said.</p><p>Nobody was hurt.</p></article></body></html>"#;
    /// let article = Article::from_html("Tessel Post", page);
    /// assert_eq!(article.text, "The quay was closed on Monday, the harbour master said.\nNobody was hurt.");
    /// assert_eq!(article.title.as_deref(), Some("Quay closed"));
    /// assert_eq!(article.language.as_deref(), Some("en"));
    /// ```
    pub fn from_html(source: impl Into<String>, html: &str) -> Self {
        Self {
            source: source.into(),
            ..page(html).0
        }
    }
}

/// Reads one article from a file. Its source is the one of the file's name, if that begins with a day ('2023-02-28 Channel 24.html');
/// else the page's own, its host, or the file's name as it is.
pub(super) fn read(bytes: &[u8], intake: &mut Intake) -> Result<(), Error> {
    let (mut article, site) = page(&plain::decoded(bytes, intake)?);
    if article.text.is_empty() {
        return intake.bad(1, "no text: expected a page with an article");
    }
    let (day, name) = plain::name_parts(&intake.file);
    let host = || article.url.as_deref().and_then(json_lines::host);
    let told = site.or_else(|| host().map(str::to_owned));
    article.source = told.filter(|_| day.is_none()).unwrap_or(name);
    article.published = article.published.or(day);
    if article.published.is_none() {
        intake.warn(Some(1), plain::UNDATED);
    }
    intake.take(article, 1)
}

/// The article on a page, without a source, and what the page calls its site.
fn page(html: &str) -> (Article, Option<String>) {
    let document = Document::from(shallow(html));
    let told = json_ld::told(&document);
    let attribute = |selector: &str, name: &str| {
        let found = document.select_single(selector).attr(name);
        found.and_then(|value| filled(&value))
    };
    let address = ["link[rel~='canonical']", "meta[property='og:url']"];
    let url = (address.iter().zip(["href", "content"]))
        .find_map(|(selector, name)| attribute(selector, name).filter(|url| absolute(url)))
        .or_else(|| told.url.clone().filter(|url| absolute(url)));
    let language = told.language.clone();
    let language = language.or_else(|| attribute("html[lang]", "lang"));
    let time = attribute("time[datetime]", "datetime");
    let seen = seen(document);
    let mut article = Article::new(String::new(), text(&told, seen.text));
    article.title = told.headline.or(seen.title);
    article.published = [told.published, seen.published, time]
        .iter()
        .flatten()
        .find_map(|d| day::of_str(d));
    article.language = language;
    article.url = url;
    if let Some(author) = told.author.or(seen.author) {
        article.metadata.insert("author".to_owned(), json!(author));
    }
    (article, told.site.or(seen.site))
}

/// A page up to where it gets too long or too many elements are open.
fn shallow(html: &str) -> &str {
    // How often each element is open: an end tag of what is not open closes nothing.
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut open, mut formats) = (0usize, 0usize);
    // The element whose content is no markup: 'i<n' in a script opens nothing.
    let mut raw: Option<&str> = None;
    let mut comment = 0;
    for (at, _) in html.match_indices('<') {
        if at > LONGEST {
            return &html[..at];
        }
        if at < comment {
            continue;
        }
        let tag = &html[at + 1..];
        if raw.is_none() && tag.starts_with("!--") {
            comment = tag.find("-->").map_or(html.len(), |end| at + end);
            continue;
        }
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        if name.is_empty() || CLOSED_BY_OTHERS.contains(&name.as_str()) {
            continue;
        }
        match raw {
            Some(element) if !(closes && element == name) => continue,
            Some(_) => raw = None,
            None => {
                raw = ["script", "style"]
                    .into_iter()
                    .find(|e| !closes && *e == name)
            }
        }
        // In a drawing or a formula '<path/>' is closed at once.
        let is_open = |name: &str| counts.get(name).is_some_and(|n| *n > 0);
        let own = tag.split(['<', '>']).next().unwrap_or_default();
        if (is_open("svg") || is_open("math")) && own.ends_with('/') {
            continue;
        }
        let format = usize::from(FORMATS.contains(&name.as_str()));
        let count = counts.entry(name).or_default();
        if !closes {
            *count += 1;
            open += 1;
            formats += format;
        } else if *count > 0 {
            *count -= 1;
            open -= 1;
            formats -= format;
        }
        if open > OPEN || formats > OPEN_FORMATS {
            return &html[..at];
        }
    }
    html
}

/// What a person sees on a page, as far as it can be told.
#[derive(Default)]
struct Seen {
    text: String,
    title: Option<String>,
    published: Option<String>,
    author: Option<String>,
    site: Option<String>,
}

fn seen(document: Document) -> Seen {
    let whole = lines::of(document.root());
    if lines::deeper_than(document.root(), DEPTH) {
        return Seen {
            text: whole,
            ..Seen::default()
        };
    }
    let config = Config {
        // Read by ourselves (json_ld), with a parser that takes any input.
        disable_json_ld: true,
        ..Config::default()
    };
    // Some hundred heuristics of another crate: whatever page they stumble over still has its plain text.
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let mut page = Readability::with_document(document, None, Some(config)).ok()?;
        let named = page.get_article_metadata(None);
        let found = page.parse().ok();
        let main = page.doc.select_single("#readability-page-1");
        let text = found
            .as_ref()
            .and(main.nodes().first())
            .map(|n| lines::of(*n));
        let author = found.and_then(|f| f.byline).or(named.byline);
        Some((
            text,
            author,
            named.title,
            named.published_time,
            named.site_name,
        ))
    }));
    let Ok(Some((text, author, title, published, site))) = parsed else {
        return Seen {
            text: whole,
            ..Seen::default()
        };
    };
    Seen {
        text: text.filter(|t| !t.is_empty()).unwrap_or(whole),
        title: filled(&title),
        published,
        author: author.and_then(|a| filled(&a)),
        site: site.and_then(|s| filled(&s)),
    }
}

/// The text that the page tells, where it is whole; else the one that is seen.
fn text(told: &Told, seen: String) -> String {
    let Some(body) = told.body.as_deref() else {
        return seen;
    };
    // Run together into one line, it has lost its paragraphs and often the spaces between them.
    let whole = if body.contains('\n') || !seen.contains('\n') {
        10 * body.len() >= 9 * seen.len()
    } else {
        body.len() >= 2 * seen.len()
    };
    if whole { body.to_owned() } else { seen }
}

/// A value with its spaces put right; none where it says nothing.
fn filled(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
