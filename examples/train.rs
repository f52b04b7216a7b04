//! Learns the additive judge's weights from a data folder.
//!
//! `cargo run --release --example train -- DIR --out src/judge/weights.json`

use claimgraph::Lexicon;
use claimgraph::judge::{
    AdditiveJudge, Attention, Example, FitOptions, Judge, Rarity, Reading, Relation, Word, fit,
};
use claimgraph::vectors::Vectors;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::{BufWriter, Write};
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
train DIR --words FILE
train DIR --networks FOLDER --out FILE [--leave-out N]

Learns the additive judge's weights from the labelled sets of a data folder that may be trained on:
families/*.jsonl, and training_stories/*/ judged as the graph would judge them.

  --words FILE        write every pair as the attention network sees it, for training/judge/attention.py, and stop
  --networks FOLDER   networks of that program, fold-0.bin to fold-3.bin: each pair is read by the one that has not
                      seen its family or story, so that the weights do not trust a network more than it deserves
  --leave-out N       learn without the quarter N (0 to 3) of the families and stories, and score it";

/// How much one pair counts, by where it comes from: a story's candidates are many and mostly unrelated.
const STORY_WEIGHT: f64 = 0.35;
const STRANGER_WEIGHT: f64 = 0.5;

struct Labelled {
    a: Reading,
    b: Reading,
    rarity: Rc<Rarity>,
    relation: Relation,
    kind: String,
    /// The quarter that it belongs to: whole families, whole stories.
    fold: usize,
    weight: f64,
}

const FOLDS: usize = 4;

/// Public sets for the network's first lessons: folder and part of the file's name. All are marked `train: yes`.
const PUBLIC: [(&str, &str); 14] = [
    ("cad_nli", "train"),
    ("conjnli", "train"),
    ("fever_nli_binary", ""),
    ("mnli", "dev_matched"),
    ("monli", ""),
    ("scone_nli", ""),
    ("snli", "train_sample33k"),
    ("snli_mnli_openie", "train"),
    ("vania_nli_base_wiki", ""),
    ("vania_nli_sim_wiki", ""),
    ("vania_nli_translate_wiki", ""),
    ("wikifactcheck_negated", "part0"),
    ("wikifactcheck_negated", "part1"),
    ("wikifactcheck_negated", "part2"),
];

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
    let (mut dir, mut out, mut left_out) = (None, None, None);
    let (mut words, mut networks) = (None, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Long("words") => words = Some(PathBuf::from(arguments.value()?)),
            Long("networks") => networks = Some(PathBuf::from(arguments.value()?)),
            Long("leave-out") => left_out = Some(arguments.value()?.parse::<usize>()?),
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
    if let Some(words) = words {
        write_words(&dir, &set, &words)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut readers = vec![Attention::english(); FOLDS];
    if let Some(folder) = networks {
        for (fold, reader) in readers.iter_mut().enumerate() {
            let path = folder.join(format!("fold-{fold}.bin"));
            let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            *reader = Attention::from_bytes(&bytes)?;
        }
    }
    let judges: Vec<AdditiveJudge> = readers
        .iter()
        .map(|r| AdditiveJudge::english().attention(r.clone()))
        .collect();
    let example =
        |l: &Labelled| Example::new(&judges[l.fold], &l.a, &l.b, &l.rarity, l.relation, l.weight);
    let learned_from: Vec<Example> = set
        .iter()
        .filter(|l| Some(l.fold) != left_out)
        .map(example)
        .collect();
    eprintln!("{} examples", learned_from.len());
    let mut learned = fit(&learned_from, FitOptions::default());
    if let Some(quarter) = left_out {
        let reader = readers.get(quarter).ok_or("--leave-out: expected 0 to 3")?;
        learned = learned.attention(reader.clone());
        score(&learned, set.iter().filter(|l| l.fold == quarter));
    }
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
            fold: (p.group / 10) as usize % FOLDS,
            weight,
        })
        .collect();
    for (at, story) in stories::folders(&dir.join("training_stories"))
        .iter()
        .enumerate()
    {
        let story = stories::read(story)?;
        let rarity = Rc::new(story.rarity);
        for pair in story.candidates {
            set.push(Labelled {
                a: pair.a,
                b: pair.b,
                rarity: rarity.clone(),
                relation: pair.relation,
                kind: format!("story {}", pair.kind),
                fold: at % FOLDS,
                weight: STORY_WEIGHT,
            });
        }
    }
    Ok(set)
}

/// The pairs as the network sees them: first every distinct word, then the pairs as places in that list.
fn write_words(dir: &Path, set: &[Labelled], out: &Path) -> Result<(), Box<dyn Error>> {
    let file = std::fs::File::create(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let mut file = BufWriter::new(file);
    let mut places: HashMap<(u64, u32, Vec<u32>), usize> = HashMap::new();
    let mut numbered =
        |words: &[Word], file: &mut BufWriter<_>| -> Result<Vec<usize>, Box<dyn Error>> {
            let mut out = Vec::with_capacity(words.len());
            for word in words {
                let vector = word
                    .vector
                    .as_ref()
                    .map(|v| Vectors::english().components(v));
                let bits = vector.iter().flatten().map(|x| x.to_bits()).collect();
                let next = places.len();
                let place = *places
                    .entry((word.stem, word.rarity.to_bits(), bits))
                    .or_insert(next);
                if place == next {
                    let row = json!({
                        "stem": word.stem,
                        "rarity": word.rarity,
                        "number": word.number,
                        "vector": vector,
                    });
                    writeln!(file, "{row}")?;
                }
                out.push(place);
            }
            Ok(out)
        };
    for l in set {
        let (a, b) = (
            numbered(l.a.words(), &mut file)?,
            numbered(l.b.words(), &mut file)?,
        );
        let from = match l.kind.as_str() {
            "stranger" => "stranger",
            kind if kind.starts_with("story") => "story",
            _ => "family",
        };
        let row = json!({"set": from, "fold": l.fold, "relation": l.relation, "a": a, "b": b});
        writeln!(file, "{row}")?;
    }
    let lexicon = Lexicon::english();
    for (folder, part) in PUBLIC {
        for path in labelled::files(&dir.join("public/pairs").join(folder)) {
            if !path
                .file_name()
                .is_some_and(|n| n.to_string_lossy().contains(part))
            {
                continue;
            }
            for pair in labelled::pairs(&path)? {
                let a = numbered(pair.a.read(&lexicon).words(), &mut file)?;
                let b = numbered(pair.b.read(&lexicon).words(), &mut file)?;
                let row = json!({"set": "public", "fold": FOLDS, "relation": pair.relation, "a": a, "b": b});
                writeln!(file, "{row}")?;
            }
        }
    }
    file.flush()?;
    Ok(())
}

fn score<'a>(judge: &AdditiveJudge, set: impl Iterator<Item = &'a Labelled>) {
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
