//! Scores the shipped judge on every labelled set of pairs found in a data folder, one table.
//!
//! `cargo run --release --example evaluate -- DIR`

use claimgraph::Lexicon;
use claimgraph::judge::{AdditiveJudge, Judge, Rarity, Relation};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/rows.rs"]
mod labelled;

const HELP: &str = "\
evaluate DIR [--weights FILE] [--limit N]

Finds sets of labelled pairs under DIR (pairs/*.jsonl, public/pairs/*/*.jsonl.gz; rows with a, b and a relation or label of
duplicate, contradiction, entailment, neutral) and prints for each: pairs, accuracy, and precision and recall of
contradiction and of duplicate-or-entailment, then recall by kind where a set names kinds.
--limit  at most N pairs of a set, evenly spread (default 2000).
--weights  judges with a weights file that `train` wrote instead of the shipped one.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("evaluate: {e}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut dir, mut limit, mut judge) = (None, 2000usize, AdditiveJudge::english());
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("limit") => limit = arguments.value()?.parse()?,
            Long("weights") => {
                let path = PathBuf::from(arguments.value()?);
                let text = std::fs::read_to_string(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                judge = AdditiveJudge::from_json(&text)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
            }
            Value(value) if dir.is_none() => dir = Some(PathBuf::from(value)),
            other => {
                eprintln!("evaluate: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let Some(dir) = dir else {
        eprintln!("evaluate: a data folder is needed\n\n{HELP}");
        return Ok(ExitCode::from(2));
    };
    let sets = sets(&dir);
    if sets.is_empty() {
        return Err(format!(
            "{}: expected pairs/*.jsonl or public/pairs/*/*.jsonl.gz",
            dir.display()
        )
        .into());
    }
    println!(
        "{:<44} {:>6} {:>8}  contradiction P / R   support P / R",
        "set", "pairs", "accuracy"
    );
    for file in sets {
        if std::io::stderr().is_terminal() {
            eprint!("\r{}\x1b[K", file.display());
        }
        let pairs = labelled::pairs(&file)?;
        if !pairs.is_empty() {
            report(&judge, &dir, &file, &pairs, limit);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn sets(dir: &Path) -> Vec<PathBuf> {
    let mut out = labelled::files(&dir.join("pairs"));
    let mut public: Vec<PathBuf> = std::fs::read_dir(dir.join("public/pairs"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    public.sort();
    out.extend(public.iter().flat_map(|set| labelled::files(set)));
    out
}

fn report(judge: &AdditiveJudge, dir: &Path, file: &Path, pairs: &[labelled::Pair], limit: usize) {
    let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
    let step = pairs.len().div_ceil(limit.max(1));
    let class = |r: Relation| match r {
        Relation::Contradiction => 0,
        Relation::Duplicate | Relation::Entailment => 1,
        Relation::Entailed | Relation::Neutral => 2,
    };
    let mut table = [[0usize; 3]; 3];
    let (mut right, mut all) = (0, 0);
    let mut kinds: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    for pair in pairs.iter().step_by(step) {
        let said = judge
            .judge(&pair.a.read(&lexicon), &pair.b.read(&lexicon), &rarity)
            .relation();
        table[class(pair.relation)][class(said)] += 1;
        right += usize::from(said == pair.relation);
        all += 1;
        if !pair.kind.is_empty() {
            let entry = kinds
                .entry((pair.relation.to_string(), &pair.kind))
                .or_default();
            entry.0 += usize::from(said == pair.relation);
            entry.1 += 1;
        }
    }
    let share = |x: usize, y: usize| {
        if y == 0 {
            "  -  ".to_owned()
        } else {
            format!("{:.3}", x as f64 / y as f64)
        }
    };
    let precision = |c: usize| share(table[c][c], (0..3).map(|g| table[g][c]).sum());
    let recall = |c: usize| share(table[c][c], table[c].iter().sum());
    let name = file.strip_prefix(dir).unwrap_or(file).display().to_string();
    println!(
        "{name:<44} {all:>6} {:>8}        {} / {}   {} / {}",
        share(right, all),
        precision(0),
        recall(0),
        precision(1),
        recall(1)
    );
    for ((relation, kind), (hits, all)) in kinds {
        println!("    {relation}/{kind} {hits}/{all}");
    }
}
