//! Finds the claims of articles: JSON Lines in, claims out.
//!
//! `cargo run --release --example extract < articles.jsonl > claims.jsonl`

use claimgraph::export::{self, Marked};
use claimgraph::extract::{Extractor, SourceProfile};
use claimgraph::read::Reader;
use claimgraph::{Article, Claim, Span};
use serde_json::json;
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
extract [--strict] [--profile] [--furniture] [--html OUT] < articles.jsonl > claims.jsonl

Reads articles {\"id\"?,\"source\",\"title\"?,\"url\"?,\"published\"?,\"text\"} and writes one row a claim:
{\"id\",\"article\",\"start\",\"end\",\"text\",\"speaker\",\"via\",\"direct\",\"stance\",...}; offsets are UTF-8 bytes.
--strict     stops at the first bad line instead of warning and going on.
--profile    also leaves out the lines that several stories of a source carry, wherever in the input they stand.
--furniture  writes the lines that were left out as page furniture instead: {\"article\",\"start\",\"end\",\"text\"}.
--html OUT   also writes the articles with their claims and speakers marked, as one HTML file.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("extract: {e}");
            ExitCode::from(if e.is::<lexopt::Error>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut strict, mut profiled, mut furniture, mut html) = (false, false, false, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("strict") => strict = true,
            Long("profile") => profiled = true,
            Long("furniture") => furniture = true,
            Long("html") => html = Some(PathBuf::from(arguments.value()?)),
            other => {
                eprintln!("extract: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let reading = Reader::default()
        .strict(strict)
        .json_lines(std::io::stdin().lock(), "standard input")?;
    for warning in &reading.warnings {
        eprintln!("extract: {warning}");
    }
    let mut profiles: BTreeMap<&str, SourceProfile> = BTreeMap::new();
    for article in reading.articles.iter().filter(|_| profiled) {
        profiles
            .entry(&article.source)
            .or_default()
            .observe(article);
    }
    let (extractor, unknown) = (Extractor::default(), SourceProfile::new());
    let of = |article: &Article| profiles.get(article.source.as_str()).unwrap_or(&unknown);
    let claims = |article: &Article| -> Vec<Claim> { extractor.claims_with(article, of(article)) };
    let left_out =
        |article: &Article| -> Vec<Span> { extractor.furniture_with(article, of(article)) };
    if let Some(path) = html {
        let found = |a| (claims(a), left_out(a));
        let found: Vec<_> = reading.articles.iter().map(found).collect();
        let pages = reading.articles.iter().zip(&found);
        let marked: Vec<Marked> = pages
            .map(|(article, (claims, furniture))| Marked {
                article,
                claims,
                furniture,
            })
            .collect();
        std::fs::write(&path, export::marked(&marked))
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut count = 0;
    for article in &reading.articles {
        let id = article.id_or_made();
        let mut rows = Vec::new();
        if furniture {
            for span in left_out(article) {
                rows.push(json!({"article": id, "start": span.start, "end": span.end, "text": span.of(&article.text)}));
            }
        } else {
            for claim in claims(article) {
                let text = claim.span.of(&article.text).unwrap_or_default();
                rows.push(export::claim(&format!("c{count}"), &id, text, &claim));
                count += 1;
            }
        }
        for row in rows {
            match serde_json::to_writer(&mut out, &row)
                .map_err(std::io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
            {
                Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => {
                    return Ok(ExitCode::SUCCESS);
                }
                done => done?,
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
