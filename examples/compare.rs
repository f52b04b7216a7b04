//! Compares articles: what they agree on, where they contradict each other, who holds which side.
//!
//! `cargo run --release --example compare` runs on the articles that ship with the crate.

use claimgraph::graph::Progress;
use claimgraph::read::Reader;
use claimgraph::text::is_english;
use claimgraph::{ClaimGraph, export};
use std::error::Error;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "labelled/judges.rs"]
mod judges;

const HELP: &str = "\
compare [FILE|DIR]... [--json OUT] [--dot OUT] [--judge additive|neural|cascade] [--model DIR] [--budget N] [--strict]

Reads articles (JSON Lines, also .gz, or .txt; a folder may hold several files), finds their claims, and prints the
sources, the claims that several of them make and the disputes between them. Without arguments it reads the articles
that ship under examples/articles.
--json OUT        writes the whole graph as JSON.
--dot OUT         writes the linked claims as a Graphviz drawing.
--budget N        asks a network about the N pairs at most where that may change most.
--strict          stops at the first bad line instead of warning and going on.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("compare: {e}");
            ExitCode::from(if e.is::<lexopt::Error>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut paths, mut json, mut dot, mut strict) = (Vec::new(), None, None, false);
    let (mut choice, mut budget) = (judges::Choice::default(), None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}\n{}", judges::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            Long("json") => json = Some(PathBuf::from(arguments.value()?)),
            Long("dot") => dot = Some(PathBuf::from(arguments.value()?)),
            Long("strict") => strict = true,
            Long("judge") => choice.name(arguments.value()?)?,
            Long("model") => choice.model(arguments.value()?),
            Long("budget") => budget = Some(arguments.value()?.parse::<usize>()?),
            Value(path) => paths.push(PathBuf::from(path)),
            other => {
                eprintln!(
                    "compare: {}\n\n{HELP}\n{}",
                    other.unexpected(),
                    judges::HELP
                );
                return Ok(ExitCode::from(2));
            }
        }
    }
    if paths.is_empty() {
        paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles"));
    }
    let reading = Reader::default().strict(strict).paths(&paths)?;
    for warning in &reading.warnings {
        eprintln!("compare: {warning}");
    }
    let all = reading.articles.len();
    let shown = std::io::stderr().is_terminal();
    let (judge, context) = choice.judge()?;
    let mut graph = ClaimGraph::builder()
        .judge(judge)
        .context(context)
        .budget(budget)
        .build();
    graph.add_articles(reading.articles, |p: Progress| {
        if shown {
            eprint!(
                "\r{}/{all} articles, {} claims, {}/{} pairs judged",
                p.articles, p.claims, p.judged, p.pairs
            );
        }
        ControlFlow::Continue(())
    })?;
    if shown {
        eprintln!();
    }
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&export::json(&graph))?;
        std::fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    if let Some(path) = dot {
        std::fs::write(&path, export::dot(&graph))
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    match print(&graph) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        done => done.map(|()| ExitCode::SUCCESS).map_err(Into::into),
    }
}

fn print(graph: &ClaimGraph) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let articles = graph.articles();
    writeln!(
        out,
        "{} articles of {} sources, {} claims, {} links",
        articles.len(),
        graph.sources().len(),
        graph.len(),
        graph.links().len()
    )?;
    for (_, article) in &articles {
        let day = article
            .published
            .map_or("undated".to_owned(), |d| d.to_string());
        writeln!(
            out,
            "  {day}  {}: {}",
            article.source,
            article.title.as_deref().unwrap_or("(no title)")
        )?;
    }
    let clusters = graph.clusters();
    writeln!(out, "\nSaid by several ({})", clusters.len())?;
    for cluster in clusters {
        let Some(first) = cluster.claims.first() else {
            continue;
        };
        writeln!(out, "\n  “{}”", graph.text(*first).unwrap_or_default())?;
        for id in &cluster.claims {
            let (Some((_, article)), Some(claim)) = (graph.article_of(*id), graph.claim(*id))
            else {
                continue;
            };
            let day = article
                .published
                .map_or("undated".to_owned(), |d| d.to_string());
            let text = graph.text(*id).unwrap_or_default();
            // Whoever stands in the claim itself is not quoted: 'the mayor wants to close the port'.
            let speaker = claim.attribution.speaker.as_deref();
            let speaker = speaker
                .filter(|s| !text.contains(s))
                .map(|s| format!(", quoting {s}"))
                .unwrap_or_default();
            writeln!(out, "    {day}  {}{speaker}", article.source)?;
        }
    }
    let foreign: Vec<&str> = (articles.iter())
        .filter_map(|(_, a)| a.language.as_deref())
        .filter(|tag| !is_english(tag))
        .collect();
    if !foreign.is_empty() {
        let all = foreign.join(", ");
        writeln!(
            out,
            "\nNot judged, being in another language than English: {} of the articles ({all}).",
            foreign.len()
        )?;
    }
    if graph.truncated() > 0 {
        writeln!(
            out,
            "\nOf {} claims not every claim that shares words with them was compared.",
            graph.truncated()
        )?;
    }
    let disputes = graph.disputes();
    writeln!(out, "\nDisputes ({})", disputes.len())?;
    for dispute in disputes {
        writeln!(out, "\n{dispute}")?;
    }
    out.flush()
}
