//! Labelled pairs as the micro student sees them, for `training/micro`.
//!
//! Files in a folder, all numbers little-endian. `vectors.bin`: rows of 96 floats, the first of zeros. `tokens.bin`: of each token the
//! row of its vector (four bytes), then floats, what is known of it. `statements.bin`: first token and number of tokens, four
//! bytes each. `ties.bin`: places of two tokens, tie, likeness in 255ths, a byte each. `pairs.bin`: two statements, first tie and
//! number of ties, four bytes each; then label, source, whether it is held back, and fold, a byte each. `texts.jsonl`: text and day
//! of every statement.

use super::labelled;
use super::sequences::PUBLIC;
use claimgraph::judge::{Reading, Relation, Student};
use claimgraph::vectors::Vectors;
use claimgraph::{Lexicon, text};
use serde_json::json;
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// What a label says: a relation's place, or one of these.
pub const UNLISTED: u8 = 6;
const FOLLOWS: u8 = 7;
const LOOSE: u8 = 8;
const CLASH: u8 = 9;

/// Where a pair comes from.
#[derive(Clone, Copy)]
pub enum Source {
    Family,
    Story,
    Public,
    Stranger,
}

/// Rows of a public set, at the most: beside our own text a few of each do.
const SOME: usize = 4000;

/// The label of a relation.
pub fn label(relation: Relation) -> u8 {
    match relation {
        Relation::Duplicate => 0,
        Relation::Entailment => 1,
        Relation::Entailed => 2,
        Relation::Contradiction => 3,
        _ => 4,
    }
}

/// Which of two students must not learn from a group: weights beside a student are learned from what it has not seen.
pub fn fold(group: u64) -> usize {
    ((group >> 1) as u32 / 40 % 2) as usize
}

/// Writes statements as they come and numbers them.
pub struct Writer {
    files: HashMap<&'static str, BufWriter<File>>,
    vectors: HashMap<String, u32>,
    places: HashMap<*const Reading, u32>,
    /// Readings that places are kept of, so that none takes another's place in memory.
    kept: Vec<Arc<Reading>>,
    tokens: u32,
    ties: u32,
    lexicon: Lexicon,
}

impl Writer {
    pub fn new(folder: &Path) -> Result<Self, Box<dyn Error>> {
        std::fs::create_dir_all(folder)?;
        let mut files = HashMap::new();
        for name in [
            "vectors.bin",
            "tokens.bin",
            "statements.bin",
            "ties.bin",
            "pairs.bin",
            "texts.jsonl",
        ] {
            files.insert(name, BufWriter::new(File::create(folder.join(name))?));
        }
        let mut writer = Self {
            files,
            vectors: HashMap::from([(String::new(), 0)]),
            places: HashMap::new(),
            kept: Vec::new(),
            tokens: 0,
            ties: 0,
            lexicon: Lexicon::english(),
        };
        let nothing = vec![0.0; Vectors::english().dimensions()];
        writer.floats("vectors.bin", &nothing)?;
        Ok(writer)
    }

    fn bytes(&mut self, file: &'static str, bytes: &[u8]) -> std::io::Result<()> {
        let file = self.files.get_mut(file).expect("one of those made above");
        file.write_all(bytes)
    }

    fn floats(&mut self, file: &'static str, floats: &[f32]) -> std::io::Result<()> {
        let bytes: Vec<u8> = floats.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.bytes(file, &bytes)
    }

    fn vector(&mut self, word: String) -> std::io::Result<u32> {
        if let Some(row) = self.vectors.get(&word) {
            return Ok(*row);
        }
        let vectors = Vectors::english();
        let rows = self.vectors.values().max().map_or(0, |row| row + 1);
        let row = match vectors.word(&text::fold(&word)) {
            Some(vector) => {
                self.floats("vectors.bin", &vectors.components(&vector))?;
                rows
            }
            None => 0,
        };
        self.vectors.insert(word, row);
        Ok(row)
    }

    fn place(&mut self, reading: &Arc<Reading>) -> std::io::Result<u32> {
        if let Some(place) = self.places.get(&Arc::as_ptr(reading)) {
            return Ok(*place);
        }
        let words = Student::words(reading);
        let count = words.len() as u32;
        for (word, known) in words {
            let row = self.vector(word)?;
            self.bytes("tokens.bin", &row.to_le_bytes())?;
            self.floats("tokens.bin", &known)?;
        }
        let statement = [self.tokens, count].map(u32::to_le_bytes);
        self.bytes("statements.bin", statement.as_flattened())?;
        let day = reading.published().map(|day| day.to_string());
        let row = format!("{}\n", json!([reading.text(), day]));
        self.bytes("texts.jsonl", row.as_bytes())?;
        self.tokens += count;
        let place = self.kept.len() as u32;
        self.places.insert(Arc::as_ptr(reading), place);
        self.kept.push(reading.clone());
        Ok(place)
    }

    /// Writes a pair.
    pub fn pair(
        &mut self,
        a: &Arc<Reading>,
        b: &Arc<Reading>,
        label: u8,
        source: Source,
        held: bool,
        group: u64,
    ) -> std::io::Result<()> {
        let (x, y) = (self.place(a)?, self.place(b)?);
        let ties = Student::ties(a, b, &self.lexicon);
        let count = ties.len() as u32;
        let row = [x, y, self.ties, count].map(u32::to_le_bytes);
        self.bytes("pairs.bin", row.as_flattened())?;
        let rest = [label, source as u8, u8::from(held), fold(group) as u8];
        self.bytes("pairs.bin", &rest)?;
        for (i, j, tie, like) in ties {
            let like = (like * 255.0).round() as u8;
            self.bytes("ties.bin", &[i as u8, j as u8, tie as u8, like])?;
        }
        self.ties += count;
        Ok(())
    }

    /// Some pairs of the public sets of a data folder that weights may be learned from.
    pub fn public(&mut self, folder: &Path) -> Result<(), Box<dyn Error>> {
        for (name, part) in PUBLIC {
            let mut rows = Vec::new();
            for path in labelled::files(&folder.join("public/pairs").join(name)) {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                if file.contains(part) {
                    rows.extend(labelled::pairs(&path)?);
                }
            }
            let step = (rows.len() / SOME).max(1);
            for p in rows.into_iter().step_by(step) {
                let label = match p.relation {
                    Relation::Entailment => FOLLOWS,
                    Relation::Neutral => LOOSE,
                    Relation::Contradiction => CLASH,
                    _ => continue,
                };
                let [a, b] = [&p.a, &p.b].map(|side| Arc::new(side.read(&self.lexicon)));
                self.pair(&a, &b, label, Source::Public, false, p.group)?;
            }
        }
        Ok(())
    }

    pub fn finish(mut self) -> std::io::Result<usize> {
        self.files.values_mut().try_for_each(|file| file.flush())?;
        Ok(self.kept.len())
    }
}
