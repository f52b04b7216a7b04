//! Learns the additive judge's weights from a data folder.
//!
//! `cargo run --release --example train -- DIR --out src/judge/weights.json`

use claimgraph::Lexicon;
use claimgraph::judge::{
    AdditiveJudge, Example, FitOptions, Judge, Rarity, Reading, Relation, fit,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/rows.rs"]
mod labelled;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/stories.rs"]
mod stories;

const HELP: &str = "\
train DIR --out FILE [--no-holdout]

Learns the additive judge's weights from the labelled sets of a data folder that may be trained on:
families/*.jsonl, and training_stories/*/ judged as the graph would judge them. Without --no-holdout a tenth of the
families and of the stories is kept back and scored; the shipped file is learned from all of it.";

/// How much one pair counts, by where it comes from: a story's candidates are many and mostly unrelated.
const STORY_WEIGHT: f64 = 0.35;
const STRANGER_WEIGHT: f64 = 0.5;

struct Labelled {
    a: Reading,
    b: Reading,
    rarity: Rc<Rarity>,
    relation: Relation,
    kind: String,
    group: u64,
    weight: f64,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(e) => {
            eprintln!("train: {e}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut dir, mut out, mut holdout) = (None, None, true);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("no-holdout") => holdout = false,
            Value(value) if dir.is_none() => dir = Some(PathBuf::from(value)),
            other => {
                eprintln!("train: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let Some(dir) = dir else {
        eprintln!("train: a data folder is needed\n\n{HELP}");
        return Ok(ExitCode::from(2));
    };
    let set = load(&dir)?;
    let judge = AdditiveJudge::english();
    let example = |l: &Labelled| Example::new(&judge, &l.a, &l.b, &l.rarity, l.relation, l.weight);
    if holdout {
        let seen: Vec<Example> = set
            .iter()
            .filter(|l| l.group % 10 != 0)
            .map(example)
            .collect();
        let learned = fit(&seen, FitOptions::default());
        println!("held out (a tenth of families and stories):");
        score(&learned, set.iter().filter(|l| l.group % 10 == 0));
    }
    let all: Vec<Example> = set.iter().map(example).collect();
    eprintln!("{} examples", all.len());
    let learned = fit(&all, FitOptions::default());
    if let Some(out) = out {
        std::fs::write(&out, learned.to_json()).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn load(dir: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let lexicon = Lexicon::english();
    let mut out = Vec::new();
    let mut strangers: Vec<labelled::Pair> = Vec::new();
    for file in labelled::files(&dir.join("families")) {
        let pairs = labelled::families(&file)?;
        // Bases of one file share a field of news and nothing else.
        let bases: Vec<&labelled::Pair> = pairs
            .iter()
            .scan(None, |last, p| {
                Some((last.replace(p.group) != Some(p.group)).then_some(p))
            })
            .flatten()
            .collect();
        for step in [1, 7, 31] {
            for (p, q) in bases.iter().zip(bases.iter().cycle().skip(step)) {
                if p.group != q.group {
                    strangers.push(labelled::Pair {
                        a: p.a.clone(),
                        b: q.a.clone(),
                        relation: Relation::Neutral,
                        kind: "stranger".to_owned(),
                        group: p.group,
                    });
                }
            }
        }
        out.extend(pairs.into_iter().map(|p| (p, 1.0)));
    }
    out.extend(strangers.into_iter().map(|p| (p, STRANGER_WEIGHT)));
    if out.is_empty() {
        return Err(format!("{}: expected families/*.jsonl", dir.display()).into());
    }
    let plain = Rc::new(Rarity::background());
    let mut set: Vec<Labelled> = out
        .into_iter()
        .map(|(p, weight)| Labelled {
            a: p.a.read(&lexicon),
            b: p.b.read(&lexicon),
            rarity: plain.clone(),
            relation: p.relation,
            kind: p.kind,
            group: p.group,
            weight,
        })
        .collect();
    for story in stories::folders(&dir.join("training_stories")) {
        let story = stories::read(&story)?;
        let rarity = Rc::new(story.rarity);
        for pair in story.candidates {
            set.push(Labelled {
                a: pair.a,
                b: pair.b,
                rarity: rarity.clone(),
                relation: pair.relation,
                kind: format!("story {}", pair.kind),
                group: story.group,
                weight: STORY_WEIGHT,
            });
        }
    }
    Ok(set)
}

fn score<'a>(judge: &AdditiveJudge, set: impl Iterator<Item = &'a Labelled>) {
    let mut kinds: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let (mut right, mut all, mut loss) = (0, 0, 0.0);
    let mut said: BTreeMap<(bool, Relation), (usize, usize, usize)> = BTreeMap::new();
    for l in set {
        let verdict = judge.judge(&l.a, &l.b, &l.rarity);
        let relation = verdict.relation();
        let hit = relation == l.relation;
        let story = l.kind.starts_with("story");
        if !story {
            right += usize::from(hit);
            all += 1;
            loss -= verdict.probability(l.relation).max(1e-9).log2();
        }
        let entry = kinds
            .entry((l.relation.to_string(), l.kind.clone()))
            .or_default();
        entry.0 += usize::from(hit);
        entry.1 += 1;
        said.entry((story, relation)).or_default().0 += 1;
        said.entry((story, relation)).or_default().1 += usize::from(hit);
        said.entry((story, l.relation)).or_default().2 += 1;
    }
    println!(
        "pairs {all} accuracy {:.3} bits lost a pair {:.3}",
        right as f64 / all.max(1) as f64,
        loss / all.max(1) as f64
    );
    for ((story, relation), (said, right, gold)) in said {
        let place = if story { "stories" } else { "families" };
        println!(
            "{place} {relation}: precision {:.3} recall {:.3} ({right} right of {said} said, {gold} gold)",
            right as f64 / said.max(1) as f64,
            right as f64 / gold.max(1) as f64
        );
    }
    for ((relation, kind), (hits, all)) in kinds {
        println!("  {relation}/{kind} {hits}/{all}");
    }
}
