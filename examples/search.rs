//! Finds the claims that fit a query: JSON Lines in, hits out.
//!
//! `cargo run --release --example search -- --claims claims.jsonl < queries.jsonl > hits.jsonl`

use claimgraph::{Article, Claim, ClaimGraph, Span};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[allow(unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/idle.rs"]
mod idle;
#[path = "labelled/lines.rs"]
mod lines;

const HELP: &str = "\
search --claims claims.jsonl [--strict] < queries.jsonl > hits.jsonl

Of claims.jsonl it needs \"id\" and \"text\" (or \"claim\"); a \"title\" is searched too. Queries are rows {\"id\",\"text\"},
hits are rows {\"id\",\"hits\":[{\"id\",\"score\"}]}, the best first.
--strict  stops at the first bad row instead of warning and going on.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("search: {e}");
            ExitCode::from(if e.is::<lexopt::Error>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut claims, mut strict) = (None, false);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("strict") => strict = true,
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
    // Only found, not linked: nothing is judged.
    let mut graph = ClaimGraph::builder().judge(idle::Idle).build();
    let mut ids = BTreeMap::new();
    let stream = std::io::BufReader::new(file);
    lines::each("search", &name, strict, stream, |row| {
        let id = named(&row["id"]).ok_or("expected an \"id\"")?;
        let text = row["text"]
            .as_str()
            .or(row["claim"].as_str())
            .ok_or("expected a string in \"text\"")?;
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
        let article = Article::new("claims", whole).id(id.clone());
        let added = graph.add_article_with_claims(article, vec![claim])?;
        if let Some(claim) = added.claims.first() {
            ids.insert(*claim, id);
        }
        Ok(())
    })?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let stream = std::io::stdin().lock();
    let done = lines::each("search", "standard input", strict, stream, |row| {
        let text = row["text"]
            .as_str()
            .ok_or("expected a string in \"text\"")?;
        let hits: Vec<Json> = graph
            .search(text)
            .hits
            .into_iter()
            .filter_map(|h| Some(json!({"id": ids.get(&h.claim)?, "score": h.score})))
            .collect();
        let line = json!({"id": row["id"], "hits": hits});
        Ok(writeln!(out, "{line}")?)
    });
    let done = done.and_then(|()| Ok(out.flush()?));
    lines::unless_pipe_closed(done)?;
    Ok(ExitCode::SUCCESS)
}

fn named(id: &Json) -> Option<String> {
    id.as_str()
        .map(str::to_owned)
        .or_else(|| id.as_i64().map(|n| n.to_string()))
}
