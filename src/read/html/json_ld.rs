//! What a page tells machines about its article: JSON-LD in the words of schema.org.

use super::{filled, lines};
use dom_query::Document;
use serde_json::Value;

/// What is told of the article, as far as it is.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) headline: Option<String>,
    pub(super) body: Option<String>,
    pub(super) published: Option<String>,
    pub(super) author: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) site: Option<String>,
}

/// What the page tells of the article that it says most of.
pub(super) fn told(document: &Document) -> Told {
    let mut best = Told::default();
    for script in document
        .select("script[type='application/ld+json']")
        .nodes()
    {
        let Some(value) = parsed(&script.text()) else {
            continue;
        };
        let mut left = vec![&value];
        while let Some(value) = left.pop() {
            match value {
                Value::Array(items) => left.extend(items.iter().rev()),
                Value::Object(fields) => {
                    left.extend(fields.get("@graph"));
                    left.extend(fields.get("mainEntity"));
                    let told = of_object(value);
                    let length = |t: &Told| t.body.as_ref().map_or(0, String::len);
                    let first = best.headline.is_none() && best.body.is_none();
                    if is_article(&value["@type"]) && (first || length(&told) > length(&best)) {
                        best = told;
                    }
                }
                _ => {}
            }
        }
    }
    best
}

/// Line ends within strings are wrong in JSON and common on pages.
fn parsed(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("//").trim_start();
    let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
    let script = script
        .trim_end_matches("]]>")
        .trim_end()
        .trim_end_matches("//");
    serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&script.replace(char::is_control, " ")))
        .ok()
}

/// schema.org's `Article` or a kind of it: `NewsArticle`, `LiveBlogPosting`, `Report`, with or without the vocabulary's address.
fn is_article(kind: &Value) -> bool {
    let one = |kind: &Value| {
        let name = kind
            .as_str()
            .map(|k| k.rsplit(['/', ':', '#']).next().unwrap_or(k));
        name.is_some_and(|k| {
            k.ends_with("Article")
                || k.ends_with("BlogPosting")
                || matches!(
                    k,
                    "SocialMediaPosting" | "DiscussionForumPosting" | "Report"
                )
        })
    };
    match kind {
        Value::Array(kinds) => kinds.iter().any(one),
        kind => one(kind),
    }
}

fn of_object(article: &Value) -> Told {
    let line = |value: &Value| filled(&lines::of_value(value.as_str()?));
    let body = article["articleBody"].as_str().map(lines::of_value);
    let names = named(&article["author"]);
    let language = &article["inLanguage"];
    let language = language.as_str().or(language["alternateName"].as_str());
    Told {
        headline: line(&article["headline"]).or_else(|| line(&article["name"])),
        body: body.filter(|b| !b.is_empty()),
        published: line(&article["datePublished"]),
        author: filled(&names.join(", ")),
        language: language.and_then(filled),
        url: line(&article["url"]),
        site: named(&article["publisher"]).into_iter().next(),
    }
}

/// Names of a person or organisation, or of several.
fn named(who: &Value) -> Vec<String> {
    let one = |who: &Value| filled(&lines::of_value(who.as_str().or(who["name"].as_str())?));
    match who {
        Value::Array(all) => all.iter().filter_map(one).collect(),
        who => one(who).into_iter().collect(),
    }
}
