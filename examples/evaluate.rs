//! Scores the shipped judge on every labelled set of pairs found in a data folder, one table.
//!
//! `cargo run --release --example evaluate -- DIR`

use claimgraph::judge::{
    self, AdditiveJudge, CascadeJudge, Context, Judge, Network, Rarity, Relation,
};
use claimgraph::{ClaimGraph, Lexicon};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[path = "labelled/attributions.rs"]
mod attributions;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/rows.rs"]
mod labelled;
#[path = "labelled/links.rs"]
mod links;
#[path = "labelled/salience.rs"]
mod salience;

const HELP: &str = "\
evaluate DIR [--only pairs|stories|attributions|salience] [--additive] [--weights FILE] [--network FILE] [--context FILE|none] [--limit N] [--sweep]

Finds sets of labelled pairs under DIR (pairs/*.jsonl, public/pairs/*/*.jsonl.gz; rows with a, b and a relation or label of
duplicate, contradiction, entailment, neutral) and prints for each: pairs, accuracy, and precision and recall of
contradiction and of duplicate-or-entailment, then recall by kind where a set names kinds.
Then whole stories (stories/*/, training_stories/*/ with articles.jsonl and links.jsonl): links found and right, traps sprung, and
the share of gold links whose claims were candidates at all.
Then marked attributions (public/docs/polnear): contents found, claims given to somebody that are right, speakers.
Then salience: how well it ranks claims of stories/ that are labelled in training/salience.
--only   nothing but this.
--limit  at most N pairs of a set, evenly spread (default 2000).
--additive  judges without the network; with --weights FILE by other weights of `train`.
--network FILE --weights FILE  judges with another network of training/network and the weights learned beside it.
--context FILE  weighs pairs beside their rivals with these weights of `train` instead of the shipped ones; none: not at all.
--sweep  also tries other thresholds of the graph on the stories.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("evaluate: {e}");
            ExitCode::from(if e.is::<lexopt::Error>() { 2 } else { 1 })
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut dir, mut limit, mut sweep) = (None, 2000usize, false);
    let mut context = Some(Context::english());
    let (mut additive, mut weights, mut network) = (false, None, None);
    let mut only = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("limit") => limit = arguments.value()?.parse()?,
            Long("context") => {
                let path = PathBuf::from(arguments.value()?);
                context = match path.to_str() {
                    Some("none") => None,
                    _ => {
                        let text = std::fs::read_to_string(&path)
                            .map_err(|e| format!("{}: {e}", path.display()))?;
                        Some(Context::from_json(&text)?)
                    }
                };
            }
            Long("sweep") => sweep = true,
            Long("only") => {
                let what = arguments.value()?.string()?;
                if !["pairs", "stories", "attributions", "salience"].contains(&what.as_str()) {
                    eprintln!(
                        "evaluate: --only {what}: expected pairs, stories, attributions or salience"
                    );
                    return Ok(ExitCode::from(2));
                }
                only = Some(what);
            }
            Long("network") => {
                let path = PathBuf::from(arguments.value()?);
                let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                network = Some(Network::from_bytes(&bytes)?);
            }
            Long("weights") => {
                let path = PathBuf::from(arguments.value()?);
                let text = std::fs::read_to_string(&path)
                    .map_err(|e| format!("{}: {e}", path.display()))?;
                weights = Some(text);
            }
            Long("additive") => additive = true,
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
    let judge: Arc<dyn Judge> = match (network, weights) {
        (Some(network), Some(weights)) => {
            Arc::new(CascadeJudge::english().second(network, &weights)?)
        }
        (None, Some(weights)) => Arc::new(AdditiveJudge::from_json(&weights)?),
        (Some(network), None) => Arc::new(CascadeJudge::english().network(network)),
        (None, None) if additive => Arc::new(AdditiveJudge::english()),
        (None, None) => judge::shipped(Lexicon::english()),
    };
    let parts = ClaimGraph::builder()
        .judge(judge.clone())
        .context(context.filter(|_| !additive));
    let wanted = |what: &str| only.as_deref().is_none_or(|o| o == what);
    let sets = if wanted("pairs") {
        sets(&dir)
    } else {
        Vec::new()
    };
    let folders: Vec<(&str, Vec<PathBuf>)> = ["stories", "training_stories"]
        .map(|name| (name, links::folders(&dir.join(name))))
        .into_iter()
        .filter(|(_, stories)| wanted("stories") && !stories.is_empty())
        .collect();
    let marked = dir.join("public/docs/polnear");
    let marked = (wanted("attributions") && marked.exists()).then_some(marked);
    // The labels of salience lie beside this crate, and are of these stories.
    let ranked = dir.join("stories");
    let ranked = (wanted("salience") && ranked.join("ferry-accident").exists()).then_some(ranked);
    if sets.is_empty() && folders.is_empty() && marked.is_none() && ranked.is_none() {
        return Err(format!(
            "{}: expected pairs/*.jsonl, public/pairs/*/*.jsonl.gz, stories/*/links.jsonl or public/docs/polnear",
            dir.display()
        )
        .into());
    }
    if !sets.is_empty() {
        println!(
            "{:<44} {:>6} {:>8}  contradiction P / R   support P / R",
            "set", "pairs", "accuracy"
        );
    }
    for file in sets {
        if std::io::stderr().is_terminal() {
            eprint!("\r{}\x1b[K", file.display());
        }
        let pairs = labelled::pairs(&file)?;
        if !pairs.is_empty() {
            report(&judge, &dir, &file, &pairs, limit);
        }
    }
    for (name, stories) in folders {
        println!(
            "\n{name}: {}\n{}",
            stories.len(),
            links::Counts::of(&stories, &parts, None)?
        );
        for threshold in [0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5] {
            if sweep {
                let counts = links::Counts::of(&stories, &parts, Some(threshold))?;
                println!("all thresholds {threshold}\n{counts}");
            }
        }
    }
    if let Some(folder) = marked {
        println!("\n{}", attributions::Counts::of(&folder, "dev")?);
    }
    if let Some(stories) = ranked {
        println!("\n{}", salience::Counts::of(&stories)?);
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

fn report(judge: &Arc<dyn Judge>, dir: &Path, file: &Path, pairs: &[labelled::Pair], limit: usize) {
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
