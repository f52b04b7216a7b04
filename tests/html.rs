//! Articles from web pages: what is story and what is page, what the page tells of itself, and pages made to break readers.

use claimgraph::Article;
use claimgraph::read::Reader;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;

const FIRST: &str = "The harbour of Belport was closed on Monday after a crack was found in the eastern quay, the harbour master said.";
const SECOND: &str = "“Nobody was hurt, and no ship was at the quay,” said Ana Holt, who has led the port since 2019.";
const THIRD: &str =
    "Repairs will take three weeks and cost 2.4 million crowns, according to the council.";

/// A page as sites make them: menus, a sidebar, a story in three paragraphs, comments; `head` goes into its head.
fn site(head: &str, title: &str) -> String {
    format!(
        r#"<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title} | Tessel Post</title>{head}
        <style>p {{ color: red }}</style><script>var story = "The script speaks.";</script></head><body>
        <header><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></header>
        <nav><a href="/a">Sport</a> <a href="/b">Weather</a></nav>
        <main><article><h1>{title}</h1>
        <p>{FIRST}</p>
        <p>{SECOND}</p><div class="share"><button>Share</button><button>Print</button></div>
        <p>{}</p></article></main>
        <aside class="sidebar"><h3>Most read</h3><ul><li><a href="/1">Ten ways to boil an egg</a></li></ul></aside>
        <footer>© Tessel Post. All rights reserved.</footer></body></html>"#,
        // Line ends within a paragraph are spaces, and marked-up words belong to their sentence.
        THIRD.replace("three weeks", "<b>three\n   weeks</b>")
    )
}

fn story() -> String {
    [FIRST, SECOND, THIRD].join("\n")
}

fn ld(value: &Value) -> String {
    format!(r#"<script type="application/ld+json">{value}</script>"#)
}

fn news() -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Crack closes Belport&#8217;s harbour",
        "datePublished": "2024-05-06T07:30:00+02:00",
        "author": [{"@type": "Person", "name": "Mira Lund"}, {"@type": "Person", "name": "Jon Reed"}],
        "inLanguage": "en",
        "publisher": {"@type": "Organization", "name": "The Tessel Post"},
    })
}

#[track_caller]
fn check_told(value: &Value) {
    let article = Article::from_html("Post", &site(&ld(value), "Harbour closed"));
    assert_eq!(
        article.title.as_deref(),
        Some("Crack closes Belport’s harbour")
    );
    assert_eq!(article.published.expect("a day").to_string(), "2024-05-06");
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.metadata["author"], "Mira Lund, Jon Reed");
    assert_eq!(article.text.lines().last(), Some(THIRD));
}

#[test]
fn the_story_is_found_and_the_page_is_not() {
    let head = r#"<link rel="canonical" href="https://post.example/harbour">
        <meta property="article:published_time" content="2024-05-06T05:30:00Z"><meta name="author" content="Mira Lund">"#;
    let article = Article::from_html(
        "Tessel Post",
        &site(head, "Crack closes harbour of Belport"),
    );
    let lines: Vec<&str> = article.text.lines().collect();
    // The headline may stand in the text: the extractor knows it.
    assert_eq!(lines[lines.len() - 3..], [FIRST, SECOND, THIRD]);
    for page in ["Home", "Sport", "egg", "Share", "rights", "script", "color"] {
        assert!(!article.text.contains(page), "{page} in {}", article.text);
    }
    assert_eq!(
        article.title.as_deref(),
        Some("Crack closes harbour of Belport")
    );
    assert_eq!(article.published.expect("a day").to_string(), "2024-05-06");
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(article.url.as_deref(), Some("https://post.example/harbour"));
    assert_eq!(article.metadata["author"], "Mira Lund");
    assert_eq!(article.source, "Tessel Post");
}

#[test]
fn what_machines_are_told_is_read_in_all_its_forms() {
    check_told(&news());
    check_told(&json!([{"@type": "BreadcrumbList", "name": "Home"}, news()]));
    check_told(
        &json!({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Post"}, news()]}),
    );
    for kind in [
        json!("ReportageNewsArticle"),
        json!("Article"),
        json!(["Thing", "NewsArticle"]),
    ] {
        let mut other = news();
        other["@type"] = kind;
        check_told(&other);
    }
    let mut person = news();
    person["author"] = json!("Mira Lund, Jon Reed");
    person["inLanguage"] = json!({"@type": "Language", "name": "English", "alternateName": "en"});
    check_told(&person);
    // A line end within a string is wrong, and common.
    let broken = ld(&news()).replace("Crack closes", "Crack\ncloses");
    let article = Article::from_html("Post", &site(&broken, "Harbour closed"));
    assert_eq!(
        article.title.as_deref(),
        Some("Crack closes Belport’s harbour")
    );
    for other in [
        "{",
        "[]",
        "null",
        r#"{"@type": "NewsArticle"}"#,
        r#"{"@type": 3, "headline": "No"}"#,
    ] {
        let script = format!(r#"<script type="application/ld+json">{other}</script>"#);
        let article = Article::from_html("Post", &site(&script, "Crack closes harbour of Belport"));
        assert_eq!(
            article.title.as_deref(),
            Some("Crack closes harbour of Belport"),
            "{other}"
        );
    }
}

#[test]
fn a_told_text_counts_where_it_is_whole() {
    let read = |body: &str| {
        let mut value = news();
        value["articleBody"] = json!(body);
        Article::from_html("Post", &site(&ld(&value), "Harbour closed")).text
    };
    let seen = read("");
    let fourth =
        "A second crack was found on Tuesday, and the ferry will call at Norby until June.";
    assert_eq!(
        read(&format!("{}\n\n{fourth}", story())),
        format!("{}\n{fourth}", story())
    );
    assert_eq!(
        read(&format!(
            "<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD} A&amp;B.</p>"
        )),
        format!("{} A&B.", story())
    );
    // The beginning only; and all of it, but its paragraphs are gone.
    assert_eq!(read(&FIRST[..60]), seen);
    assert_eq!(read(&story().replace('\n', "")), seen);
    // Of a page that shows the beginning only, the told text is all there is.
    let mut value = news();
    value["articleBody"] = json!(story().replace('\n', " "));
    let page = format!(
        "<html><head>{}</head><body><p>{FIRST}</p></body></html>",
        ld(&value)
    );
    assert_eq!(
        Article::from_html("Post", &page).text,
        story().replace('\n', " ")
    );
}

#[test]
fn cells_items_and_breaks_are_lines() {
    let page = "<table><tr><td>Dead</td><td>4</td></tr></table><ul><li>One.</li><li>Two.</li></ul>\
        Three.<br>Four <i>fi</i>ve.<figure><img src=x><figcaption>Six.</figcaption></figure>Seven.&nbsp;&lt;Eight&gt;.";
    let wanted = "Dead\n4\nOne.\nTwo.\nThree.\nFour five.\nSix.\nSeven. <Eight>.";
    assert_eq!(Article::from_html("Post", page).text, wanted);
}

#[test]
fn pages_of_nothing_and_of_too_much() {
    for page in [
        "",
        " ",
        "<html>",
        "<!-- ",
        "\0",
        "<title>Only a title</title>",
        "<script>alert(1)",
    ] {
        assert_eq!(Article::from_html("Post", page).text, "", "{page:?}");
    }
    assert_eq!(
        Article::from_html("Post", "No page at all.").text,
        "No page at all."
    );
    for unit in [
        "<div>",
        "<b>",
        "<a href=x>",
        "<table><td>",
        "<p><font>",
        "<ul><li>",
        "<svg><g>",
        "</p>",
        "<br>",
        "<script>",
        "<!--",
        "&#1;",
        "<select><option>",
        "<noscript><img></noscript>",
        "<math><mi>",
        "<template>",
        "<table colspan=99999999999>",
        "<h1>",
        "<form>",
    ] {
        let page = format!("<body><p>{FIRST}</p>{}</body>", unit.repeat(2000));
        let text = Article::from_html("Post", &page).text;
        assert!(text.starts_with(FIRST), "{unit}: {text}");
    }
    // Half a megabyte that is never closed: a matter of hours where each tag looks at all that are open.
    let page = format!("<p>{FIRST}</p>{}", "<div>".repeat(100_000));
    assert_eq!(Article::from_html("Post", &page).text, FIRST);
    let script = format!("<script>{}</script>", "for(i=0;i<n;i++);".repeat(5_000));
    assert!(
        Article::from_html("Post", &site(&script, "Harbour closed"))
            .text
            .ends_with(THIRD)
    );
    let nested = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let page = site(
        &format!(r#"<script type="application/ld+json">{nested}</script>"#),
        "Harbour closed",
    );
    assert!(Article::from_html("Post", &page).text.ends_with(THIRD));
}

proptest! {
    #[test]
    fn no_page_breaks_the_reader(pieces in prop::collection::vec(piece(), 0..60)) {
        let page = pieces.concat();
        let article = Article::from_html("Post", &page);
        let lines: Vec<&str> = article.text.split('\n').collect();
        prop_assert!(article.text.is_empty() || lines.iter().all(|l| !l.trim().is_empty()), "{:?}", article.text);
    }
}

/// Pieces of pages in no order: tags that are never closed or opened, attributes out of range, text between.
fn piece() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "p",
        "div",
        "a",
        "article",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "br",
        "img",
        "noscript",
        "script",
        "style",
        "h1",
        "h2",
        "b",
        "font",
        "figure",
        "figcaption",
        "iframe",
        "form",
        "svg",
        "math",
        "template",
        "select",
        "option",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "base",
        "time",
        "object",
        "embed",
        "pre",
        "blockquote",
        "section",
        "aside",
        "frameset",
        "plaintext",
        "textarea",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        " class='byline author'",
        " class='comment sidebar'",
        " href='#'",
        " src='//x?y, 1x'",
        " colspan=99999999999",
        " rel=author",
        " id=content",
        " style='display:none'",
        " content='2024-13-45'",
        " property='og:title'",
        " datetime=now",
        " hidden",
        " role=dialog",
        " itemprop=author",
        " href='http://['",
        " srcset=', ,'",
        " type='application/ld+json'",
        " lang=''",
    ]);
    let tag = (names, attributes, any::<bool>());
    prop_oneof![
        4 => tag.prop_map(|(name, attribute, closes)| if closes { format!("</{name}>") } else { format!("<{name}{attribute}>") }),
        2 => Just(format!("{SECOND} ")),
        1 => "\\PC{0,20}",
        1 => prop::sample::select(vec!["{\"@type\":\"Article\"", "<!--", "-->", "<![CDATA[", "&", "&#xFFFFFF;", "\0", "\n"]).prop_map(str::to_owned),
    ]
}

#[test]
fn drawings_comments_and_stray_ends_cost_no_story() {
    let story =
        "<p>The quay of Belport was closed on Monday, the harbour master said.</p>".repeat(4);
    let text = |before: &str| {
        let page = format!("<html><body>{before}<article>{story}</article></body></html>");
        Article::from_html("Post", &page).text
    };
    let plain = text("");
    assert!(plain.contains("harbour master"));
    let paths = "<path d='M0 0'/>".repeat(3000);
    for before in [
        format!("<svg>{paths}</svg>"),
        "<!-- <div> -->".repeat(3000),
        "<b>x</b></i>".repeat(40),
    ] {
        assert!(
            text(&before).contains("harbour master"),
            "{}",
            &before[..30]
        );
    }
    // What stays open is cut off, whatever ends stand between.
    assert_eq!(text(&"<div></x>".repeat(3000)), "");
    let bold: String = (0..100).map(|n| format!("<b id={n}>")).collect();
    assert_eq!(text(&bold), "");
}

#[test]
fn folders_hold_pages() {
    let folder = std::env::temp_dir().join(format!("claimgraph-pages-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let told = |url: &str| format!(r#"<link rel="canonical" href="{url}">"#);
    fs::write(
        folder.join("2024-05-07 Northgate Post.html"),
        site("", "Harbour closed"),
    )
    .expect("written");
    fs::write(
        folder.join("harbour-closed-3.htm"),
        site(
            &told("https://www.herald.example/3"),
            "Harbour still closed",
        ),
    )
    .expect("written");
    fs::write(
        folder.join("other.HTML"),
        site(&ld(&news()), "Quay closed").replace(THIRD, ""),
    )
    .expect("written");
    fs::write(folder.join("void.html"), "<html></html>").expect("written");
    let reading = Reader::default().path(&folder);
    fs::remove_dir_all(&folder).expect("removed");
    let reading = reading.expect("warnings only");
    let got: Vec<(&str, String)> = (reading.articles.iter())
        .map(|a| {
            (
                a.source.as_str(),
                a.published.map(|d| d.to_string()).unwrap_or_default(),
            )
        })
        .collect();
    let wanted = [
        ("Northgate Post", "2024-05-07"),
        ("herald.example", ""),
        ("The Tessel Post", "2024-05-06"),
    ];
    assert_eq!(got, wanted.map(|(s, d)| (s, d.to_owned())));
    let warned: Vec<String> = reading.warnings.iter().map(|w| w.message.clone()).collect();
    assert_eq!(warned.len(), 2, "{warned:?}");
    assert!(warned[0].starts_with("no date"), "{warned:?}");
    assert_eq!(warned[1], "no text: expected a page with an article");
}
