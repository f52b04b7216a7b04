//! Judges pairs of claims: JSON Lines in, verdicts out.
//!
//! `cargo run --release --example judge < pairs.jsonl > verdicts.jsonl`

use claimgraph::Lexicon;
use claimgraph::judge::{AdditiveJudge, ConflictKind, Judge, Rarity, Reading, Relation, Statement};
use serde_json::json;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

#[path = "labelled/judges.rs"]
mod judges;
#[path = "labelled/lines.rs"]
mod lines;

const HELP: &str = "\
judge [--judge additive|neural|cascade] [--model DIR] [--weights FILE] [--strict] < pairs.jsonl > verdicts.jsonl

Reads rows {\"id\",\"a\",\"b\",\"a_date\"?,\"b_date\"?,\"a_source\"?,\"b_source\"?} and writes rows
{\"id\",\"relation\",\"probabilities\",\"kind\",\"evidence\"}. Dates are year-month-day; an unreadable one is warned of and counts as none.
--weights FILE    judges additively with a weights file that `train` wrote instead of the shipped one.
--strict          stops at the first bad row instead of warning and going on.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("judge: {e}");
            ExitCode::from(if e.is::<lexopt::Error>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut choice, mut weights, mut strict) = (judges::Choice::default(), None, false);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}\n{}", judges::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            Long("strict") => strict = true,
            Long("weights") => {
                let path = std::path::PathBuf::from(arguments.value()?);
                let text = std::fs::read_to_string(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                let judge = AdditiveJudge::from_json(&text)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                weights = Some(Arc::new(judge) as Arc<dyn Judge>);
            }
            Long("judge") => choice.name(arguments.value()?)?,
            Long("model") => choice.model(arguments.value()?),
            other => {
                eprintln!("judge: {}\n\n{HELP}\n{}", other.unexpected(), judges::HELP);
                return Ok(ExitCode::from(2));
            }
        }
    }
    let judge = match weights {
        Some(judge) => judge,
        None => choice.judge()?.0,
    };
    let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let stream = std::io::stdin().lock();
    let done = lines::each("judge", "standard input", strict, stream, |row| {
        let read = |side: &str| -> Result<Reading, String> {
            let text = row[side]
                .as_str()
                .ok_or_else(|| format!("expected a string in field {side:?}"))?;
            let published = match row[format!("{side}_date")].as_str().map(str::parse) {
                Some(Err(e)) if strict => return Err(format!("{side}_date: {e}")),
                Some(Err(e)) => {
                    eprintln!(
                        "judge: pair {}: {side}_date: {e}; it counts as none",
                        row["id"]
                    );
                    None
                }
                Some(Ok(day)) => Some(day),
                None => None,
            };
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
        let relation = verdict.relation();
        let row = json!({
            "id": row["id"],
            "relation": relation,
            "probabilities": verdict.probabilities,
            "kind": verdict.kind.filter(|k| relation == Relation::Contradiction || *k == ConflictKind::Update),
            "evidence": verdict.evidence,
        });
        Ok(writeln!(out, "{row}")?)
    });
    let done = done.and_then(|()| Ok(out.flush()?));
    lines::unless_pipe_closed(done)?;
    Ok(ExitCode::SUCCESS)
}
