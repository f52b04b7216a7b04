//! Marked attributions of news articles (the form of PolNeAR): who is quoted as saying what, held against extraction.
//!
//! The rule: a marked content is found where claims that are given to somebody cover at least half of it; a claim that is given
//! to somebody is right where at least half of it lies within a marked content. The speaker of a found content is right where one of
//! the claims that cover it names it with a word of the marked source, or names anybody where the source is a pronoun.

use super::labelled::rows;
use claimgraph::extract::Extractor;
use claimgraph::text::{TokenKind, tokens};
use claimgraph::{Article, Lexicon, Span};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::Path;

/// Found and marked, by kind of cue and in all.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    documents: usize,
    kinds: BTreeMap<&'static str, Tally>,
    claims: usize,
    right: usize,
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    marked: usize,
    found: usize,
    sourced: usize,
    named: usize,
}

/// What an annotator marked: content, source, cue.
struct Marked {
    content: Span,
    source: Option<String>,
    cue: Option<String>,
}

impl Counts {
    /// Reads docs.jsonl.gz and attributions.jsonl.gz of a folder and scores the documents of a split.
    pub(crate) fn of(folder: &Path, split: &str) -> Result<Self, Box<dyn Error>> {
        let mut marks: BTreeMap<String, Value> = BTreeMap::new();
        for row in rows(&folder.join("attributions.jsonl.gz"))? {
            // Of several annotators the first in the order of the file.
            let doc = row["doc"].as_str().unwrap_or_default().to_owned();
            marks.entry(doc).or_insert(row);
        }
        let (extractor, lexicon) = (Extractor::default(), Lexicon::english());
        let mut counts = Self::default();
        for row in rows(&folder.join("docs.jsonl.gz"))? {
            let wanted = row["split"].as_str() == Some(split);
            let Some(marked) = row["id"].as_str().and_then(|id| marks.get(id)) else {
                continue;
            };
            if wanted {
                let article: Article = serde_json::from_value(row)?;
                counts.add(
                    &article,
                    &marked_in(&article.text, marked),
                    &extractor,
                    &lexicon,
                );
            }
        }
        Ok(counts)
    }

    fn add(
        &mut self,
        article: &Article,
        marked: &[Marked],
        extractor: &Extractor,
        lexicon: &Lexicon,
    ) {
        self.documents += 1;
        let claims = extractor.claims(article);
        let given: Vec<_> = (claims.iter())
            .filter(|c| c.attribution.cue.is_some() || c.attribution.direct)
            .collect();
        let shared = |x: Span, y: Span| x.end.min(y.end).saturating_sub(x.start.max(y.start));
        for claim in &given {
            let inside = marked.iter().map(|m| shared(claim.span, m.content)).max();
            self.claims += 1;
            self.right += usize::from(2 * inside.unwrap_or(0) >= claim.span.len());
        }
        for m in marked {
            let covering: Vec<_> = (given.iter())
                .filter(|c| shared(c.span, m.content) > 0)
                .collect();
            let covered: usize = covering.iter().map(|c| shared(c.span, m.content)).sum();
            let found = 2 * covered >= m.content.len();
            let tally = self
                .kinds
                .entry(kind(m, &article.text, lexicon))
                .or_default();
            tally.marked += 1;
            tally.found += usize::from(found);
            let Some(source) = m.source.as_deref().filter(|_| found) else {
                continue;
            };
            let names = |s: &str| words(s, lexicon);
            let wanted = names(source);
            let named = covering.iter().any(|c| {
                let speaker = c.attribution.speaker.as_deref();
                speaker.is_some_and(|s| {
                    wanted.is_empty() || names(s).iter().any(|w| wanted.contains(w))
                })
            });
            tally.sourced += 1;
            tally.named += usize::from(named);
        }
    }
}

/// Words of a name or phrase that tell it from another; a pronoun has none.
fn words(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let all = tokens(text).into_iter();
    let telling = all.filter(|t| t.kind != TokenKind::Mark && !lexicon.is_function_word(&t.word));
    telling.map(|t| t.stem()).collect()
}

fn marked_in(text: &str, row: &Value) -> Vec<Marked> {
    // Offsets are characters; 'i j;k l' are pieces.
    let bytes: Vec<usize> = (text.char_indices().map(|(at, _)| at))
        .chain([text.len()])
        .collect();
    let hull = |id: &str| -> Option<Span> {
        let offsets = row["spans"][id]["offsets"].as_str()?;
        let ends: Vec<usize> = offsets
            .split([' ', ';'])
            .map(|n| n.parse().ok())
            .collect::<Option<_>>()?;
        let (from, to) = (*ends.iter().min()?, *ends.iter().max()?);
        Some(Span::new(*bytes.get(from)?, *bytes.get(to)?))
    };
    let words = |id: &str| row["spans"][id]["text"].as_str().map(str::to_owned);
    let events = row["events"].as_array().into_iter().flatten();
    events
        .filter_map(|event| {
            let part = |name: &str| {
                let parts = event.as_array().into_iter().flatten();
                let mut parts = parts.filter_map(Value::as_str);
                parts.find_map(|p| p.strip_prefix(name)?.strip_prefix(':').map(str::to_owned))
            };
            Some(Marked {
                content: hull(&part("Content")?)?,
                source: part("Source").and_then(|id| words(&id)),
                cue: part("Cue").and_then(|id| words(&id)),
            })
        })
        .collect()
}

/// What gives the content to its source: a verb, a noun, 'according to', quotation marks alone, or something else.
fn kind(marked: &Marked, text: &str, lexicon: &Lexicon) -> &'static str {
    let cue = marked.cue.as_deref().unwrap_or_default();
    let row: Vec<Cow<str>> = tokens(cue).into_iter().map(|t| t.word).collect();
    let quoted = marked.content.of(text).is_some_and(|c| {
        let mut marks = c.chars().filter(|c| matches!(c, '"' | '“' | '‘' | '”'));
        c.starts_with(['"', '“', '‘']) || marks.next().is_some()
    });
    if row.iter().any(|w| w == "according") {
        "according to"
    } else if row.iter().any(|w| lexicon.report(w).is_some()) {
        if quoted {
            "verb, with a quotation"
        } else {
            "verb, without quotation"
        }
    } else if row.iter().any(|w| lexicon.report_noun(w).is_some()) {
        "noun"
    } else if row.iter().all(|w| !w.contains(char::is_alphanumeric)) {
        if quoted { "quotation alone" } else { "other" }
    } else {
        "other"
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |x: usize, y: usize| x as f64 / y.max(1) as f64;
        let mut all = Tally::default();
        for tally in self.kinds.values() {
            all.marked += tally.marked;
            all.found += tally.found;
            all.sourced += tally.sourced;
            all.named += tally.named;
        }
        writeln!(
            f,
            "attributions: {} documents, {} contents, {} claims given to somebody",
            self.documents, all.marked, self.claims
        )?;
        writeln!(
            f,
            "  contents found {:.3}, claims right {:.3}, speaker right {:.3}",
            share(all.found, all.marked),
            share(self.right, self.claims),
            share(all.named, all.sourced)
        )?;
        for (kind, t) in &self.kinds {
            writeln!(
                f,
                "  {kind:<26} marked {:>5}  found {:.3}  speaker {:.3} of {}",
                t.marked,
                share(t.found, t.marked),
                share(t.named, t.sourced),
                t.sourced
            )?;
        }
        Ok(())
    }
}
