//! What `benches/near_copies.rs` measures, of gaoya's MinHash index.
//!
//! `cargo run --release --manifest-path benches/peers/gaoya/Cargo.toml -- FILE.jsonl.gz [--spaces]`
//!
//! Words are runs of letters and digits in lower case, as ours, or what stands between spaces, as gaoya's own splitter has it.
//! gaoya verifies candidates by their signatures.

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use near_truth::{Truth, heading};
use std::error::Error;
use std::path::Path;

#[path = "../../../near_truth.rs"]
mod near_truth;
#[path = "../../../process.rs"]
mod process;

/// As in `benches/peers/near_copies.py`. The 42 bands of 3 of gaoya's README take five times the seconds.
const BANDS: usize = 32;
const WIDTH: usize = 4;
const SIMILARITY: f64 = 0.48;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let line = match arguments.next().as_deref() {
        Some("--spaces") => found(Path::new(&file), "gaoya spaces", char::is_whitespace),
        None => found(Path::new(&file), "gaoya", |c| !c.is_alphanumeric()),
        Some(other) => Err(format!("what is {other}?").into()),
    };
    println!("{}\n{}", heading(), line?);
    Ok(())
}

fn found(file: &Path, who: &str, between: impl Fn(char) -> bool) -> Result<String, Box<dyn Error>> {
    let hasher = MinHasher32::new(BANDS * WIDTH);
    let mut index = MinHashIndex::new(BANDS, WIDTH, SIMILARITY);
    let mut truth = Truth::default();
    near_truth::each(file, |row| {
        let text = row.text.to_lowercase();
        let words = text.split(&between).filter(|w| !w.is_empty());
        index.insert(row.id, hasher.create_signature(words));
        truth.add(&row);
    })?;
    let mut pairs = Vec::new();
    for id in truth.ids() {
        let near = index.query_by_id_owned(&id);
        pairs.extend(near.into_iter().filter(|b| id < *b).map(|b| (id, b)));
    }
    Ok(truth.row(who, pairs))
}
