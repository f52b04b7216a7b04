//! Finds the claims that fit a query: JSON Lines in, hits out.
//!
//! `cargo run --release --example search -- --claims claims.jsonl < queries.jsonl > hits.jsonl`

use claimgraph::{Article, Claim, ClaimGraph, Span};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
search --claims claims.jsonl < queries.jsonl > hits.jsonl

Of claims.jsonl it needs \"id\" and \"text\" (or \"claim\"); a \"title\" is searched too. Queries are rows {\"id\",\"text\"},
hits are rows {\"id\",\"hits\":[{\"id\",\"score\"}]}, the best first.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("search: {e}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let mut claims = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("claims") => claims = Some(PathBuf::from(arguments.value()?)),
            other => {
                eprintln!("search: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let Some(path) = claims else {
        eprintln!("search: --claims is needed\n\n{HELP}");
        return Ok(ExitCode::from(2));
    };
    let name = path.display().to_string();
    let file = std::fs::File::open(&path).map_err(|e| format!("{name}: {e}"))?;
    let mut graph = ClaimGraph::new();
    let mut ids = BTreeMap::new();
    for (at, row) in rows(std::io::BufReader::new(file), name.clone()) {
        let row = row?;
        let place = |what: &str| format!("{name}:{at}: {what}");
        let id = named(&row["id"]).ok_or_else(|| place("expected an \"id\""))?;
        let text = row["text"]
            .as_str()
            .or(row["claim"].as_str())
            .ok_or_else(|| place("expected a string in \"text\""))?;
        let whole = match row["title"].as_str() {
            Some(title) if !title.is_empty() => format!("{title}: {text}"),
            _ => text.to_owned(),
        };
        let span = Span::new(0, whole.len());
        let claim = Claim {
            span,
            sentence: span,
            ..Claim::default()
        };
        let added = graph
            .add_article_with_claims(Article::new("claims", whole).id(id.clone()), vec![claim])?;
        if let Some(claim) = added.claims.first() {
            ids.insert(*claim, id);
        }
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (at, row) in rows(std::io::stdin().lock(), "standard input".to_owned()) {
        let row = row?;
        let text = row["text"]
            .as_str()
            .ok_or_else(|| format!("standard input:{at}: expected a string in \"text\""))?;
        let hits: Vec<Json> = graph
            .search(text)
            .into_iter()
            .filter_map(|h| Some(json!({"id": ids.get(&h.claim)?, "score": h.score})))
            .collect();
        let line = json!({"id": row["id"], "hits": hits});
        match writeln!(out, "{line}") {
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            done => done?,
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn named(id: &Json) -> Option<String> {
    id.as_str()
        .map(str::to_owned)
        .or_else(|| id.as_i64().map(|n| n.to_string()))
}

/// The rows of a stream with their line numbers.
fn rows(stream: impl BufRead, name: String) -> impl Iterator<Item = (usize, Result<Json, String>)> {
    stream.lines().enumerate().filter_map(move |(at, line)| {
        let at = at + 1;
        let place = |e: String| format!("{name}:{at}: expected a JSON object: {e}");
        match line {
            Ok(line) if line.trim().is_empty() => None,
            Ok(line) => Some((
                at,
                serde_json::from_str(&line).map_err(|e| place(e.to_string())),
            )),
            Err(e) => Some((at, Err(place(e.to_string())))),
        }
    })
}
