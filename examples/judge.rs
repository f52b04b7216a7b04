//! Judges pairs of claims: JSON Lines in, verdicts out.
//!
//! `cargo run --release --example judge < pairs.jsonl > verdicts.jsonl`

use claimgraph::Lexicon;
use claimgraph::judge::{self, AdditiveJudge, Judge, Rarity, Reading, Statement};
use serde_json::json;
use std::error::Error;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::sync::Arc;

const HELP: &str = "\
judge [--judge additive|cascade] [--weights FILE] < pairs.jsonl > verdicts.jsonl

Reads rows {\"id\",\"a\",\"b\",\"a_date\"?,\"b_date\"?,\"a_source\"?,\"b_source\"?} and writes rows
{\"id\",\"relation\",\"probabilities\",\"kind\",\"evidence\"}. Dates are year-month-day; an unreadable one counts as none.
--judge    additive: no network is asked; cascade: it is (the default, with the feature `neural`).
--weights  judges additively with a weights file that `train` wrote instead of the shipped one.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("judge: {e}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let mut judge = judge::shipped(Lexicon::english());
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("judge") => match arguments.value()?.to_str() {
                Some("additive") => judge = Arc::new(AdditiveJudge::english()),
                Some("cascade") if cfg!(feature = "neural") => {
                    judge = judge::shipped(Lexicon::english());
                }
                _ => {
                    eprintln!("judge: --judge: expected additive or cascade\n\n{HELP}");
                    return Ok(ExitCode::from(2));
                }
            },
            Long("weights") => {
                let path = std::path::PathBuf::from(arguments.value()?);
                let text = std::fs::read_to_string(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                judge = Arc::new(
                    AdditiveJudge::from_json(&text)
                        .map_err(|e| format!("{}: {e}", path.display()))?,
                );
            }
            other => {
                eprintln!("judge: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let place = |what: &str| format!("standard input:{}: {what}", at + 1);
        let row: serde_json::Value = serde_json::from_str(&line)
            .map_err(|e| place(&format!("expected a JSON object: {e}")))?;
        let read = |side: &str| -> Result<Reading, Box<dyn Error>> {
            let text = row[side]
                .as_str()
                .ok_or_else(|| place(&format!("expected a string in field {side:?}")))?;
            let published = row[format!("{side}_date")]
                .as_str()
                .and_then(|d| d.parse().ok());
            let source = row[format!("{side}_source")].as_str();
            Ok(Reading::new(
                &Statement {
                    text,
                    published,
                    source,
                    ..Statement::default()
                },
                &lexicon,
            ))
        };
        let verdict = judge.judge(&read("a")?, &read("b")?, &rarity);
        let row = json!({
            "id": row["id"],
            "relation": verdict.relation(),
            "probabilities": verdict.probabilities,
            "kind": verdict.kind,
            "evidence": verdict.evidence,
        });
        match serde_json::to_writer(&mut out, &row)
            .map_err(std::io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
        {
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            done => done?,
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
