//! Stories with gold links, as the candidate pairs that the graph would judge.

use claimgraph::judge::{Rarity, Reading, Relation};
use std::error::Error;
use std::path::{Path, PathBuf};

/// A candidate pair of a story with what the gold links say of it.
pub struct Candidate {
    pub a: Reading,
    pub b: Reading,
    pub rarity: Rarity,
    pub relation: Relation,
    pub kind: String,
    pub group: u64,
}

/// The story folders of a folder, by name.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).filter(|p| p.join("links.jsonl").exists()).collect();
    out.sort();
    out
}

/// The story's candidate pairs across articles.
pub fn candidates(_story: &Path) -> Result<Vec<Candidate>, Box<dyn Error>> {
    Ok(Vec::new())
}
