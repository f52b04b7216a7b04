//! Scores the shipped judge on every labelled set of pairs found in a data folder, one table.
//!
//! `cargo run --release --example evaluate -- DIR`

use claimgraph::ClaimGraph;
use claimgraph::judge::{AdditiveJudge, CascadeJudge, Context, Judge, Network};
use std::error::Error;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[path = "labelled/attributions.rs"]
mod attributions;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/brought_up.rs"]
mod brought_up;
#[path = "labelled/finding.rs"]
mod finding;
#[allow(unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/idle.rs"]
mod idle;
#[path = "labelled/incidents.rs"]
mod incidents;
#[path = "labelled/judges.rs"]
mod judges;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/rows.rs"]
mod labelled;
#[allow(dead_code, reason = "shared by two programs")]
#[path = "labelled/lines.rs"]
mod lines;
#[path = "labelled/links.rs"]
mod links;
#[allow(unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/ranking.rs"]
mod ranking;
#[path = "labelled/salience.rs"]
mod salience;
#[path = "labelled/sentences.rs"]
mod sentences;
#[path = "labelled/sets.rs"]
mod sets;

const HELP: &str = "\
evaluate DIR [--only pairs|stories|attributions|salience|incidents|search|sentences|claims] [--set NAME]... [--refit]
    [--judge additive|neural|cascade] [--model DIR] [--budget N] [--weights FILE] [--network FILE] [--context FILE|none] [--limit N] [--seed N] [--sweep]

Finds sets of labelled pairs under DIR (pairs/*.jsonl, public/pairs/*/*.jsonl.gz; rows with a, b and a relation or label) and
prints for each: pairs, accuracy, precision and recall of contradiction and of duplicate-or-entailment, and average precision
beside the overlap of words and the word vectors alone; Spearman's correlation where pairs are graded; recall by kind and
calibration where a set marks duplicates.
Then whole stories (stories/*/, training_stories/*/ with articles.jsonl and links.jsonl): links found and right, traps sprung, and
the share of gold links whose claims were candidates at all.
Then marked attributions (public/docs/polnear): contents found, claims given to somebody that are right, speakers.
Then salience: how well it ranks claims of stories/ that are labelled in training/salience.
Then, with --only incidents, one graph over look-alike incidents (public/docs/gva_incidents): links within them and across.
Or, with --only search, how well queries find what they repeat: posts among checked claims (public/docs/checkthat2022_2a), and in all stories
one end of a gold link by the other. Under `headline` stand the shares of the first, five and ten hits that are of the headline's story.
Or, with --only sentences or --only claims, 200 of them drawn from real articles (public/docs/article_bias), each with what stands around
it, to be read by a person.
--only   nothing but this.
--set    of the pairs nothing but the sets whose path under DIR holds NAME.
--refit  also learns the additive judge's weights from a set's train split, where it has one beside dev, and scores them on dev.
--limit  at most N pairs of a set, evenly spread (default 2000), or articles of incidents (default all), or drawn (default 200).
--seed   another draw of sentences or claims (default 1).
--weights FILE  judges additively by other weights of `train`.
--budget N  of a story or pile the network is asked about N pairs at most.
--network FILE --weights FILE  judges with another network of training/network and the weights learned beside it.
--context FILE  weighs pairs beside their rivals with these weights of `train` instead of the shipped ones; none: not at all.
--sweep  also tries other thresholds of the graph on the stories.";

const ONLY: [&str; 8] = [
    "pairs",
    "stories",
    "attributions",
    "salience",
    "incidents",
    "search",
    "sentences",
    "claims",
];

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
    let (mut dir, mut limit, mut sweep) = (None, None, false);
    let (mut named, mut refit) = (Vec::new(), false);
    let mut context = None;
    let (mut choice, mut budget) = (judges::Choice::default(), None);
    let (mut weights, mut network) = (None, None);
    let (mut only, mut seed) = (None, 1);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}\n{}", judges::HELP);
                return Ok(ExitCode::SUCCESS);
            }
            Long("limit") => limit = Some(arguments.value()?.parse::<usize>()?),
            Long("set") => named.push(arguments.value()?.string()?),
            Long("refit") => refit = true,
            Long("context") => {
                let path = PathBuf::from(arguments.value()?);
                context = Some(match path.to_str() {
                    Some("none") => None,
                    _ => {
                        let text = std::fs::read_to_string(&path)
                            .map_err(|e| format!("{}: {e}", path.display()))?;
                        Some(Context::from_json(&text)?)
                    }
                });
            }
            Long("sweep") => sweep = true,
            Long("seed") => seed = arguments.value()?.parse::<u64>()?,
            Long("only") => {
                let what = arguments.value()?.string()?;
                if !ONLY.contains(&what.as_str()) {
                    eprintln!("evaluate: --only {what}: expected {}", ONLY.join(", "));
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
            Long("judge") => choice.name(arguments.value()?)?,
            Long("model") => choice.model(arguments.value()?),
            Long("budget") => budget = Some(arguments.value()?.parse::<usize>()?),
            Value(value) if dir.is_none() => dir = Some(PathBuf::from(value)),
            other => {
                eprintln!(
                    "evaluate: {}\n\n{HELP}\n{}",
                    other.unexpected(),
                    judges::HELP
                );
                return Ok(ExitCode::from(2));
            }
        }
    }
    let Some(dir) = dir else {
        eprintln!("evaluate: a data folder is needed\n\n{HELP}");
        return Ok(ExitCode::from(2));
    };
    let beside =
        |judge: CascadeJudge| (Arc::new(judge) as Arc<dyn Judge>, Some(Context::english()));
    let (judge, learned) = match (network, weights) {
        (Some(network), Some(weights)) => {
            beside(CascadeJudge::english().second(network, &weights)?)
        }
        (None, Some(weights)) => (
            Arc::new(AdditiveJudge::from_json(&weights)?) as Arc<dyn Judge>,
            None,
        ),
        (Some(network), None) => beside(CascadeJudge::english().neural(network)),
        (None, None) => choice.judge()?,
    };
    let parts = ClaimGraph::builder()
        .judge(judge.clone())
        .context(context.unwrap_or(learned))
        .budget(budget);
    let wanted = |what: &str| only.as_deref().is_none_or(|o| o == what);
    let mut sets = if wanted("pairs") {
        files(&dir)
    } else {
        Vec::new()
    };
    let name = |file: &Path| {
        file.strip_prefix(&dir)
            .unwrap_or(file)
            .display()
            .to_string()
    };
    sets.retain(|f| named.is_empty() || named.iter().any(|n| name(f).contains(n)));
    let folders: Vec<(&str, Vec<PathBuf>)> = ["stories", "training_stories"]
        .map(|name| (name, labelled::folders(&dir.join(name))))
        .into_iter()
        .filter(|(_, stories)| wanted("stories") && !stories.is_empty())
        .collect();
    let marked = dir.join("public/docs/polnear");
    let marked = (wanted("attributions") && marked.exists()).then_some(marked);
    // The labels of salience lie beside this crate, and are of these stories.
    let worthy = dir.join("stories");
    let worthy = (wanted("salience") && worthy.join("ferry-accident").exists()).then_some(worthy);
    let piled = dir.join("public/docs/gva_incidents");
    let piled = (only.as_deref() == Some("incidents") && piled.exists()).then_some(piled);
    let drawn = dir.join("public/docs/article_bias/docs.jsonl.gz");
    let unit = match only.as_deref() {
        Some("sentences") => Some(sentences::Unit::Sentences),
        Some("claims") => Some(sentences::Unit::Claims),
        _ => None,
    };
    let unit = unit.filter(|_| drawn.exists());
    let searched = only.as_deref() == Some("search");
    let checks = dir.join("public/docs/checkthat2022_2a");
    let checks = (searched && checks.exists()).then_some(checks);
    let nothing = sets.is_empty() && folders.is_empty() && marked.is_none() && worthy.is_none();
    if nothing && piled.is_none() && unit.is_none() && !searched {
        return Err(format!(
            "{}: expected pairs/*.jsonl, public/pairs/*/*.jsonl.gz, stories/*/links.jsonl, public/docs/polnear, \
             public/docs/gva_incidents or public/docs/article_bias",
            dir.display()
        )
        .into());
    }
    if !sets.is_empty() {
        println!("{}", sets::HEAD);
    }
    for file in sets {
        if std::io::stderr().is_terminal() {
            eprint!("\r{}\x1b[K", file.display());
        }
        sets::report(&*judge, &name(&file), &file, limit.unwrap_or(2000))?;
        let train = file.with_file_name("train.jsonl.gz");
        if refit && file.ends_with("dev.jsonl.gz") && train.exists() {
            sets::refit(&name(&train), &train, &file)?;
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
    if let Some(stories) = worthy {
        println!("\n{}", salience::Counts::of(&stories)?);
    }
    if let Some(folder) = piled {
        let limit = limit.unwrap_or(usize::MAX);
        println!("\n{}", incidents::Counts::of(&folder, &parts, limit)?);
    }
    if let Some(folder) = checks {
        for dated in [true, false] {
            println!("{}\n", finding::Counts::of_checks(&folder, dated)?);
        }
    }
    if searched {
        let stories = ["stories", "training_stories"].map(|s| labelled::folders(&dir.join(s)));
        println!("{}", finding::Counts::of_stories(&stories.concat())?);
    }
    if let Some(unit) = unit {
        let count = limit.unwrap_or(200);
        println!("{}", sentences::Drawn::of(&drawn, unit, count, seed)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn files(dir: &Path) -> Vec<PathBuf> {
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
