//! Articles with their claims marked, as one HTML file that needs nothing else: for a person who wants to see what was read.

use crate::model::{Article, Claim, Stance};
use crate::text::Span;
use std::fmt::Write as _;

/// An article with what was found in it: `claims` and `furniture` as of [`Extractor`](crate::extract::Extractor).
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its claims, in the order of the text.
    pub claims: &'a [Claim],
    /// The lines that were left out.
    pub furniture: &'a [Span],
}

/// One HTML page with the articles' texts: claims marked, with who says them, how, and whether in their own words, on hover and in a list
/// beside the text; page furniture grey. It loads nothing and runs no script; whatever stands in an article stays text.
///
/// ```
/// use claimgraph::{Article, export, extract::Extractor};
/// let article = Article::new("Post", "Ana Holt denied that the quay < 2 m was closed.");
/// let extractor = Extractor::default();
/// let page = export::marked(&[export::Marked {
///     article: &article,
///     claims: &extractor.claims(&article),
///     furniture: &extractor.furniture(&article),
/// }]);
/// assert!(page.contains("the quay &lt; 2 m was closed</mark>"));
/// assert!(page.contains("Ana Holt denies, reported"));
/// ```
pub fn marked(articles: &[Marked<'_>]) -> String {
    let mut page = String::from(HEAD);
    for (number, shown) in articles.iter().enumerate() {
        article(&mut page, number, shown);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="script-src 'none'; connect-src 'none'; img-src 'none'; object-src 'none'; frame-src 'none'">
<title>Claims</title>
<style>
:root { color-scheme: light dark; --page: #fdfdfb; --ink: #1b1b1b; --pale: #767676; --rule: #d8d8d4;
  --asserts: #dcebfa; --denies: #fbdcdc; --hedges: #f7ecc4; --predicts: #e0f0d9; --speaker: #7a3e00; }
@media (prefers-color-scheme: dark) { :root { --page: #17181a; --ink: #e8e6e1; --pale: #8f8f8b; --rule: #3a3b3d;
  --asserts: #1f3a55; --denies: #5a2626; --hedges: #4d431a; --predicts: #2b4524; --speaker: #f0b27a; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.6 Georgia, serif; overflow-wrap: anywhere; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
article { border-top: 1px solid var(--rule); padding: 1rem 0; display: grid; gap: 0 2rem; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
header { grid-column: 1 / -1; }
h2 { margin: 0; line-height: 1.25; }
.text { white-space: pre-wrap; }
mark { color: inherit; border-radius: .2em; padding: .05em 0; }
mark.direct { border-bottom: 2px solid var(--speaker); }
.asserts { background: var(--asserts); } .denies { background: var(--denies); }
.hedges { background: var(--hedges); } .predicts { background: var(--predicts); }
.furniture, .where { color: var(--pale); } .furniture { font-size: .85em; }
.cue, .speaker { color: var(--speaker); } .speaker { font-weight: bold; }
ol { font: .85rem/1.4 system-ui, sans-serif; padding-left: 2.5em; margin: 0; }
li { margin-bottom: .5em; } a { color: inherit; }
:target { outline: 2px solid var(--speaker); }
@media (max-width: 48rem) { article { display: block; } }
</style>
</head>
<body>
<main>
<p>Marked: <mark class="asserts">asserts</mark> <mark class="denies">denies</mark> <mark class="hedges">hedges</mark>
<mark class="predicts">predicts</mark>; <mark class="asserts direct">underlined: in the speaker's own words</mark>;
<span class="speaker">speaker</span> and <span class="cue">words that attribute</span>; <span class="furniture">left out as page furniture</span>.</p>
"#;

fn article(page: &mut String, number: usize, shown: &Marked<'_>) {
    let Marked {
        article, claims, ..
    } = shown;
    let title = article.title.as_deref().unwrap_or("(no title)");
    let day = article
        .published
        .map(|d| format!(", {d}"))
        .unwrap_or_default();
    let language = article
        .recognised_language()
        .map_or(String::new(), |tag| format!(" lang=\"{}\"", escaped(tag)));
    let _ = write!(
        page,
        "<article>\n<header><h2>{}</h2><p class=\"where\">{}{day}; {} claims</p></header>\n<div class=\"text\"{language}>",
        escaped(title),
        escaped(&article.source),
        claims.len(),
    );
    text(page, number, shown);
    page.push_str("</div>\n<ol>\n");
    for (at, claim) in claims.iter().enumerate() {
        let words = claim.span.of(&article.text).unwrap_or_default();
        let told = told(claim);
        let _ = writeln!(
            page,
            "<li><a href=\"#c{number}-{at}\">{}</a><br><span class=\"speaker\">{}</span></li>",
            escaped(words),
            escaped(&told),
        );
    }
    page.push_str("</ol>\n</article>\n");
}

/// The article's text, cut where a mark begins or ends.
fn text(page: &mut String, number: usize, shown: &Marked<'_>) {
    let whole = shown.article.text.as_str();
    let cues = shown.claims.iter().filter_map(|c| c.attribution.cue);
    let speakers = shown.claims.iter().filter_map(|c| speaker(whole, c));
    let mut frames: Vec<(Span, &str)> = (cues.map(|s| (s, "cue")))
        .chain(speakers.map(|s| (s, "speaker")))
        .collect();
    frames.sort_unstable();
    let mut cuts = vec![0, whole.len()];
    let claims = shown.claims.iter().map(|c| c.span);
    let framed = frames.iter().map(|f| f.0);
    for span in claims.chain(framed).chain(shown.furniture.iter().copied()) {
        cuts.extend(
            [span.start, span.end]
                .iter()
                .filter(|at| whole.is_char_boundary(**at)),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    // Each list is in order, so that one walk through the cuts meets every span once.
    let (mut claim, mut frame, mut furniture) = (0, 0, 0);
    for window in cuts.windows(2) {
        let (start, end) = (window[0], window[1]);
        let piece = escaped(&whole[start..end]);
        while shown.claims.get(claim).is_some_and(|c| c.span.end <= start) {
            claim += 1;
        }
        while frames.get(frame).is_some_and(|f| f.0.end <= start) {
            frame += 1;
        }
        while shown
            .furniture
            .get(furniture)
            .is_some_and(|s| s.end <= start)
        {
            furniture += 1;
        }
        let within = |span: Option<Span>| span.is_some_and(|s| s.start <= start && end <= s.end);
        let piece = match frames.get(frame) {
            Some((span, class)) if within(Some(*span)) => {
                format!("<span class=\"{class}\">{piece}</span>")
            }
            _ => piece,
        };
        match shown.claims.get(claim) {
            Some(c) if within(Some(c.span)) => {
                let id = match start == c.span.start {
                    true => format!(" id=\"c{number}-{claim}\""),
                    false => String::new(),
                };
                let direct = if c.attribution.direct { " direct" } else { "" };
                let _ = write!(
                    page,
                    "<mark{id} class=\"{}{direct}\" title=\"{}\">{piece}</mark>",
                    word(c.stance),
                    escaped(&told(c)),
                );
            }
            _ if within(shown.furniture.get(furniture).copied()) => {
                let _ = write!(page, "<span class=\"furniture\">{piece}</span>");
            }
            _ => page.push_str(&piece),
        }
    }
}

/// Where a claim's speaker stands in its sentence: by the whole name, or by its last word.
fn speaker(whole: &str, claim: &Claim) -> Option<Span> {
    let name = claim.attribution.speaker.as_deref()?;
    let sentence = claim.sentence.of(whole)?;
    let last = name
        .rsplit(' ')
        .next()
        .filter(|w| w.starts_with(char::is_uppercase));
    let found = [Some(name), last].into_iter().flatten().find_map(|part| {
        let at = sentence.find(part)?;
        Some(Span::new(at, at + part.len()))
    });
    found.map(|s| s.shift(claim.sentence.start))
}

/// Who says it and how: 'Ana Holt denies, reported, via Jon Reed'.
fn told(claim: &Claim) -> String {
    let said = &claim.attribution;
    let nobody = if said.direct {
        "somebody"
    } else {
        "the outlet"
    };
    let speaker = said.speaker.as_deref().unwrap_or(nobody);
    let how = match (&said.speaker, said.direct) {
        (_, true) => ", quoted",
        (Some(_), false) => ", reported",
        (None, false) => "",
    };
    let via = match said.via.is_empty() {
        true => String::new(),
        false => format!(", via {}", said.via.join(" and ")),
    };
    format!("{speaker} {}{how}{via}", word(claim.stance))
}

fn word(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Denies => "denies",
        Stance::Hedges => "hedges",
        Stance::Predicts => "predicts",
    }
}

/// Text as it must stand in HTML, between tags and in quoted attributes, to mean itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A bare carriage return would be read as a line feed, and no HTML may hold a null.
            '\r' => out.push_str("&#13;"),
            '\0' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Extractor;

    fn page(article: &Article) -> String {
        let extractor = Extractor::default();
        marked(&[Marked {
            article,
            claims: &extractor.claims(article),
            furniture: &extractor.furniture(article),
        }])
    }

    /// What a reader of the page sees: tags out, entities read.
    fn seen(page: &str) -> String {
        let text = page.split_once("<div class=\"text\"").expect("a text").1;
        let text = text.split_once('>').expect("its tag's end").1;
        let text = text.split_once("</div>").expect("its end").0;
        let pieces = text
            .split('<')
            .map(|p| p.split_once('>').map_or(p, |(_, after)| after));
        pieces
            .collect::<String>()
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&#13;", "\r")
            .replace("&amp;", "&")
    }

    const HOSTILE: &str = "</div></article><script>alert(1)</script> was seen at the port, <b>Ana \"O'Holt\" Berg</b> said. \
        “The quay <img src=x onerror=alert(2)> was &lt;closed&gt; & shut,” she added.\r\nShare · Print · --></style><svg/onload=alert(3)>";

    #[test]
    fn text_with_markup_stays_text() {
        let article = Article::new("\"><script>alert(4)</script>", HOSTILE)
            .title("<title>&")
            .language("\" onmouseover=\"alert(5)");
        let page = page(&article);
        assert_eq!(seen(&page), HOSTILE);
        let body = page.split_once("<body>").expect("a body").1;
        for tag in ["<script", "<img", "<svg", "<b>", "<style", "<title"] {
            assert!(!body.contains(tag), "{tag}");
        }
        // Every attribute is one that was written here.
        for tag in body
            .split('<')
            .filter_map(|t| t.split_once('>'))
            .map(|t| t.0)
        {
            for attribute in tag.split('"').step_by(2).filter(|a| a.contains('=')) {
                let name = attribute
                    .trim()
                    .trim_end_matches('=')
                    .rsplit(' ')
                    .next()
                    .unwrap_or_default();
                assert!(
                    ["class", "title", "id", "href", "lang"].contains(&name),
                    "{tag}"
                );
            }
        }
    }

    #[test]
    fn claims_speakers_and_furniture_are_marked() {
        let article = Article::new(
            "Post",
            "Home | World | Sport | Weather\n“The quay may be closed,” said Ana Holt. Jon Reed denied that the port was shut. Nobody was hurt.",
        );
        let page = page(&article);
        assert_eq!(seen(&page), article.text);
        for part in [
            "<span class=\"furniture\">Home | World | Sport | Weather</span>",
            "class=\"hedges direct\" title=\"Ana Holt hedges, quoted\">The quay may be closed</mark>",
            "class=\"denies\" title=\"Jon Reed denies, reported\">the port was shut</mark>",
            "class=\"asserts\" title=\"the outlet asserts\">Nobody was hurt</mark>",
            "<span class=\"speaker\">Jon Reed</span> <span class=\"cue\">denied",
            "<span class=\"speaker\">Ana Holt hedges, quoted</span></li>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert_eq!(page.matches("<li>").count(), 3);
    }
}
