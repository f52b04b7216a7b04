//! What is true of the texts of `near_copies.rs` and of `peers/gaoya`, and how both are measured.

use super::process::{cpu_seconds, megabytes};
use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// What was done to a copy.
pub(crate) const LEVELS: [&str; 4] = ["surface", "words_1_2", "reorder", "words_30pct"];
/// One text.
#[derive(serde::Deserialize)]
pub(crate) struct Row<'a> {
    pub(crate) id: u32,
    #[serde(borrow)]
    pub(crate) text: Cow<'a, str>,
    pub(crate) cluster: u32,
    #[serde(borrow)]
    pub(crate) level: Cow<'a, str>,
    pub(crate) of: Option<u32>,
}

/// Reads the texts of a file, plain or gzip, one at a time: none is kept.
pub(crate) fn each(path: &Path, mut take: impl FnMut(Row<'_>)) -> Result<(), Box<dyn Error>> {
    let opened = std::fs::File::open(path)?;
    let plain: Box<dyn Read> = match path.extension().is_some_and(|e| e == "gz") {
        true => Box::new(flate2::read::MultiGzDecoder::new(opened)),
        false => Box::new(opened),
    };
    let mut lines = BufReader::with_capacity(1 << 16, plain);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        take(serde_json::from_str(&line)?);
        line.clear();
    }
    Ok(())
}

/// What is known of the texts.
#[derive(Default)]
pub(crate) struct Truth {
    /// By id, if there is such a text: its cluster.
    clusters: Vec<Option<u32>>,
    /// Of each level the pairs of a copy and its original.
    copies: [Vec<(u32, u32)>; LEVELS.len()],
    texts: usize,
}

impl Truth {
    pub(crate) fn add(&mut self, row: &Row<'_>) {
        let at = row.id as usize;
        if at >= self.clusters.len() {
            self.clusters.resize(at + 1, None);
        }
        self.clusters[at] = Some(row.cluster);
        self.texts += 1;
        let level = LEVELS.iter().position(|l| *l == row.level);
        if let (Some(level), Some(of)) = (level, row.of) {
            self.copies[level].push((row.id.min(of), row.id.max(of)));
        }
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = u32> {
        (0..)
            .zip(&self.clusters)
            .filter_map(|(id, c)| c.map(|_| id))
    }

    /// A line of the table, of pairs that are there once each.
    pub(crate) fn row(&self, who: &str, mut pairs: Vec<(u32, u32)>) -> String {
        pairs.sort_unstable();
        let (seconds, megabytes) = (cpu_seconds(), megabytes()[1]);
        let cluster = |id: u32| self.clusters[id as usize];
        let right = pairs
            .iter()
            .filter(|p| cluster(p.0) == cluster(p.1))
            .count();
        let mut out = format!("{who:<12}");
        for copies in &self.copies {
            let found = copies
                .iter()
                .filter(|p| pairs.binary_search(p).is_ok())
                .count();
            let _ = write!(out, " {:>11.4}", share(found, copies.len()));
        }
        let _ = write!(
            out,
            " {:>9.4} {:>8} {seconds:>7.2} {megabytes:>6.0} {:>8.0}",
            share(right, pairs.len()),
            pairs.len(),
            self.texts as f64 / seconds
        );
        out
    }
}

pub(crate) fn heading() -> String {
    let mut out = format!("{:<12}", "recall:");
    for level in LEVELS {
        let _ = write!(out, " {level:>11}");
    }
    out + "  precision    pairs   CPU s     MB  texts/s"
}

pub(crate) fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}
