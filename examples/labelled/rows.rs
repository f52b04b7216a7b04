//! Labelled rows of a data folder, as the programs `train` and `evaluate` read them.

use claimgraph::judge::{Reading, Relation, Statement};
use claimgraph::{Date, Lexicon, Span};
use serde_json::Value;
use std::error::Error;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A labelled pair of statements.
pub struct Pair {
    pub a: Side,
    pub b: Side,
    pub relation: Relation,
    pub kind: String,
    /// Pairs of one group (a family) must not be parted between learning and checking.
    pub group: u64,
}

/// One statement of a pair.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Side {
    pub text: String,
    pub published: Option<Date>,
}

impl Side {
    pub fn read(&self, lexicon: &Lexicon) -> Reading {
        Reading::new(
            &Statement {
                text: &self.text,
                published: self.published,
                ..Statement::default()
            },
            lexicon,
        )
    }
}

/// The JSON rows of a `.jsonl` or `.jsonl.gz` file.
pub fn rows(path: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut text = String::new();
    let mut file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        file.read_to_string(&mut text)?;
    }
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|e| {
                format!("{}:{}: expected a JSON object: {e}", path.display(), at + 1).into()
            })
        })
        .collect()
}

/// The files of a folder that end in `.jsonl` or `.jsonl.gz`, by name.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| {
            p.to_string_lossy().ends_with(".jsonl") || p.to_string_lossy().ends_with(".jsonl.gz")
        })
        .collect();
    out.sort();
    out
}

/// The story folders of a folder, by name.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.join("links.jsonl").exists())
        .collect();
    out.sort();
    out
}

/// A claim covers a quote where they overlap by half of the shorter one and the claim is at most three times as long as
/// the quote, sixty bytes at least.
pub fn covers(claim: Span, quote: Span) -> bool {
    let shared = claim
        .end
        .min(quote.end)
        .saturating_sub(claim.start.max(quote.start));
    shared > 0
        && 2 * shared >= claim.len().min(quote.len())
        && claim.len() <= 3 * quote.len().max(60)
}

/// FNV-1a, so that a split is the same on every machine.
pub fn group_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

pub fn side(row: &Value, text: &str, date: &str) -> Option<Side> {
    let published = row[date].as_str().and_then(|d| d.parse().ok());
    Some(Side {
        text: row[text].as_str()?.to_owned(),
        published,
    })
}

/// A file of pairs: `{a, b, relation|label, kind?, a_date?, b_date?}`.
pub fn pairs(path: &Path) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut out = Vec::new();
    for row in rows(path)? {
        let label = row["relation"]
            .as_str()
            .or(row["label"].as_str())
            .unwrap_or_default();
        let relation = match label {
            "duplicate" => Relation::Duplicate,
            "entailment" => Relation::Entailment,
            "contradiction" => Relation::Contradiction,
            "neutral" => Relation::Neutral,
            _ => continue,
        };
        if let (Some(a), Some(b)) = (side(&row, "a", "a_date"), side(&row, "b", "b_date")) {
            let group = group_of(&a.text);
            out.push(Pair {
                a,
                b,
                relation,
                kind: row["kind"].as_str().unwrap_or_default().to_owned(),
                group,
            });
        }
    }
    Ok(out)
}

/// A file of families: every variant against the base, and every duplicate against the other variants, to which it stands
/// as the base does.
pub fn families(path: &Path) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut out = Vec::new();
    for family in rows(path)? {
        let group = group_of(family["id"].as_str().unwrap_or_default());
        let Some(base) = side(&family, "base", "date") else {
            continue;
        };
        let mut variants = Vec::new();
        for v in family["variants"].as_array().into_iter().flatten() {
            let Some(s) = side(v, "text", "date") else {
                continue;
            };
            let relation = match v["relation"].as_str().unwrap_or_default() {
                "duplicate" => Relation::Duplicate,
                "entailment" => Relation::Entailment,
                "entailed_by_variant" => Relation::Entailed,
                "contradiction" => Relation::Contradiction,
                "neutral" => Relation::Neutral,
                _ => continue,
            };
            variants.push((
                s,
                relation,
                v["kind"].as_str().unwrap_or_default().to_owned(),
            ));
        }
        for (s, relation, kind) in &variants {
            out.push(Pair {
                a: base.clone(),
                b: s.clone(),
                relation: *relation,
                kind: kind.clone(),
                group,
            });
        }
        for (at, (twin, relation, _)) in variants.iter().enumerate() {
            if *relation != Relation::Duplicate {
                continue;
            }
            for (other, (s, relation, kind)) in variants.iter().enumerate() {
                if other != at && (*relation != Relation::Duplicate || other > at) {
                    out.push(Pair {
                        a: twin.clone(),
                        b: s.clone(),
                        relation: *relation,
                        kind: kind.clone(),
                        group,
                    });
                }
            }
        }
    }
    Ok(out)
}
