//! Learns the additive judge's weights from a data folder.
//!
//! `cargo run --release --example train -- training --out src/judge/weights.json`

use claimgraph::Lexicon;
use claimgraph::judge::{
    AdditiveJudge, CascadeJudge, Example, FitOptions, Judge, Network, Rarity, Reading, Relation,
    fit,
};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/rows.rs"]
mod labelled;
#[allow(unreachable_pub, reason = "a module of a program")]
#[path = "labelled/sequences.rs"]
mod sequences;
#[allow(dead_code, unreachable_pub, reason = "shared by two programs")]
#[path = "labelled/stories.rs"]
mod stories;

const HELP: &str = "\
train FOLDER [--sequences FILE --public DIR] [--network FILE] [--fold N] --out FILE

Learns the additive judge's weights from labelled text: FOLDER/families/*.jsonl, and FOLDER/stories/*/ judged as the graph
would judge them. Families and stories are parted into quarters, 0 to 3, whole.

  --sequences FILE  write every pair as the network sees it, for training/network, and stop; with --public also
                    the sets of that data folder (DIR/public/pairs) that weights may be learned from
  --network FILE    a network of training/network to read with instead of the shipped one
  --fold N          learn from quarter N only: the one that a network of `train.py --leave-out N` has not seen, so
                    that the weights trust it no more than it deserves
  --check           learn from every second family and story of these and score the others";

/// How much one pair counts, by where it comes from: a story's candidates are many and mostly unrelated.
const STORY_WEIGHT: f64 = 0.35;
const STRANGER_WEIGHT: f64 = 0.5;

struct Labelled {
    a: Arc<Reading>,
    b: Arc<Reading>,
    rarity: Arc<Rarity>,
    relation: Relation,
    kind: String,
    /// Whether it belongs to the half of its quarter that is scored under `--check`.
    kept_back: bool,
    weight: f64,
}

const FOLDS: usize = 4;

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
    let (mut dir, mut out, mut fold, mut check) = (None, None, None, false);
    let (mut sequences, mut public, mut network) = (None, None, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("sequences") => sequences = Some(PathBuf::from(arguments.value()?)),
            Long("public") => public = Some(PathBuf::from(arguments.value()?)),
            Long("network") => network = Some(PathBuf::from(arguments.value()?)),
            Long("fold") => fold = Some(arguments.value()?.parse::<usize>()?),
            Long("check") => check = true,
            Value(value) if dir.is_none() => dir = Some(PathBuf::from(value)),
            other => {
                eprintln!("train: {}\n\n{HELP}", other.unexpected());
                return Ok(ExitCode::from(2));
            }
        }
    }
    let Some(dir) = dir else {
        eprintln!("train: a folder of labelled text is needed\n\n{HELP}");
        return Ok(ExitCode::from(2));
    };
    if let Some(path) = sequences {
        let file = std::fs::File::create(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut writer = sequences::Writer::new(BufWriter::new(file));
        for file in labelled::files(&dir.join("families")) {
            let pairs = labelled::families(&file)?;
            for family in pairs.chunk_by(|p, q| p.group == q.group) {
                let name = family[0].group.to_string();
                writer.family(&name, fold_of(family[0].group), family)?;
            }
        }
        for (at, folder) in stories::folders(&dir.join("stories")).iter().enumerate() {
            writer.story(at % FOLDS, &stories::read(folder)?)?;
        }
        if let Some(folder) = public {
            writer.public(&folder)?;
        }
        eprintln!("{} statements", writer.finish()?);
        return Ok(ExitCode::SUCCESS);
    }
    let network = match network {
        Some(path) if path.as_os_str() == "shipped" => Some(Network::english()),
        Some(path) => {
            let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            Some(Network::from_bytes(&bytes)?)
        }
        None => None,
    };
    let set = load(&dir, fold)?;
    let learned_from = set.iter().filter(|l| !(check && l.kept_back));
    let (learned, judge): (AdditiveJudge, Box<dyn Judge>) = match network {
        None => {
            let judge = AdditiveJudge::english();
            let learned = fitted(learned_from, |l| {
                Example::new(&judge, &l.a, &l.b, &l.rarity, l.relation, l.weight)
            });
            (learned.clone(), Box::new(learned))
        }
        Some(network) => {
            let judge = CascadeJudge::english().network(network.clone());
            let learned = fitted(learned_from, |l| {
                Example::with_network(&judge, &l.a, &l.b, &l.rarity, l.relation, l.weight)
            });
            let cascade = CascadeJudge::english().second(network, &learned.to_json())?;
            (learned, Box::new(cascade))
        }
    };
    if check {
        score(&*judge, set.iter().filter(|l| l.kept_back));
    }
    if let Some(out) = out {
        std::fs::write(&out, learned.to_json()).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the pairs on all cores, then learns from them in their order.
fn fitted<'a>(
    set: impl Iterator<Item = &'a Labelled>,
    example: impl Fn(&Labelled) -> Example + Sync,
) -> AdditiveJudge {
    let set: Vec<&Labelled> = set.collect();
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let examples: Vec<Example> = std::thread::scope(|scope| {
        let example = &example;
        let parts: Vec<_> = set
            .chunks(set.len().div_ceil(cores).max(1))
            .map(|part| scope.spawn(move || part.iter().map(|l| example(l)).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("reading a pair does not panic"))
            .collect()
    });
    eprintln!("{} examples", examples.len());
    fit(&examples, FitOptions::default())
}

fn fold_of(group: u64) -> usize {
    (group / 10) as usize % FOLDS
}

/// The labelled pairs of a folder, of one quarter where it is asked for.
fn load(dir: &Path, fold: Option<usize>) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let lexicon = Lexicon::english();
    let mut out = Vec::new();
    let mut strangers: Vec<labelled::Pair> = Vec::new();
    for file in labelled::files(&dir.join("families")) {
        let mut pairs = labelled::families(&file)?;
        pairs.retain(|p| fold.is_none_or(|f| f == fold_of(p.group)));
        // Bases of one file share a field of news and nothing else.
        let bases: Vec<&labelled::Pair> = pairs
            .chunk_by(|p, q| p.group == q.group)
            .map(|family| &family[0])
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
    let mut readings: HashMap<labelled::Side, Arc<Reading>> = HashMap::new();
    let mut read = |side: &labelled::Side| {
        readings
            .entry(side.clone())
            .or_insert_with(|| Arc::new(side.read(&lexicon)))
            .clone()
    };
    let plain = Arc::new(Rarity::background());
    let mut set: Vec<Labelled> = Vec::new();
    for (p, weight) in out {
        set.push(Labelled {
            a: read(&p.a),
            b: read(&p.b),
            rarity: plain.clone(),
            relation: p.relation,
            kind: p.kind,
            kept_back: (p.group / 40) % 2 == 1,
            weight,
        });
    }
    for (at, folder) in stories::folders(&dir.join("stories")).iter().enumerate() {
        if fold.is_some_and(|f| f != at % FOLDS) {
            continue;
        }
        let story = stories::read(folder)?;
        let rarity = Arc::new(story.rarity);
        for pair in story.candidates {
            set.push(Labelled {
                a: story.claims[pair.a].clone(),
                b: story.claims[pair.b].clone(),
                rarity: rarity.clone(),
                relation: pair.relation,
                kind: format!("story {}", pair.kind.as_deref().unwrap_or("unlisted")),
                kept_back: at / FOLDS % 2 == 1,
                weight: STORY_WEIGHT,
            });
        }
    }
    if set.is_empty() {
        return Err(format!("{}: expected families/*.jsonl or stories/*/", dir.display()).into());
    }
    Ok(set)
}

fn score<'a>(judge: &dyn Judge, set: impl Iterator<Item = &'a Labelled>) {
    let mut kinds: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let (mut right, mut all, mut loss) = (0, 0, 0.0);
    let mut said: BTreeMap<(bool, Relation), (usize, usize, usize)> = BTreeMap::new();
    let mut ranked: Vec<(Relation, Vec<(f64, bool)>)> =
        [Relation::Duplicate, Relation::Contradiction]
            .map(|r| (r, Vec::new()))
            .into();
    for l in set {
        let verdict = judge.judge(&l.a, &l.b, &l.rarity);
        let relation = verdict.relation();
        let hit = relation == l.relation;
        let story = l.kind.starts_with("story");
        if story {
            for (relation, list) in &mut ranked {
                list.push((verdict.probability(*relation), l.relation == *relation));
            }
        }
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
    for (relation, mut list) in ranked {
        // The best that a threshold on single candidates could do: where to look for the graph's own.
        list.sort_by(|x, y| y.0.total_cmp(&x.0));
        let gold = list.iter().filter(|x| x.1).count();
        let (mut right, mut best) = (0, (0.0, 0.0));
        for (at, (threshold, hit)) in list.iter().enumerate() {
            right += usize::from(*hit);
            let f1 = 2.0 * right as f64 / (at + 1 + gold) as f64;
            if f1 > best.0 {
                best = (f1, *threshold);
            }
        }
        println!(
            "stories {relation}: best f1 {:.3} at probability {:.2}",
            best.0, best.1
        );
    }
    for ((relation, kind), (hits, all)) in kinds {
        println!("  {relation}/{kind} {hits}/{all}");
    }
}
