//! Labelled pairs as the network sees them, for `training/network`.
//!
//! JSON Lines. A statement: `{"pieces", "own"}`, numbered from 0 in the order of the file. A set of pairs that belong
//! together (a family, a story, a public set): `{"set", "name", "held", "pairs": [[a, b, relation, kind, likeness]]}`.

use super::labelled::{self, Pair, Side};
use super::stories::Story;
use claimgraph::Lexicon;
use claimgraph::judge::{Reading, Sequence};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

/// Public sets for the network's first lessons: folder and part of the file's name. All are marked `train: yes`.
pub const PUBLIC: [(&str, &str); 14] = [
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

/// Writes statements as they come and numbers them.
pub struct Writer<W> {
    out: W,
    places: HashMap<Sequence, usize>,
    lexicon: Lexicon,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Self {
        Self {
            out,
            places: HashMap::new(),
            lexicon: Lexicon::english(),
        }
    }

    fn place(&mut self, reading: &Reading) -> std::io::Result<usize> {
        let sequence = reading.sequence();
        if let Some(place) = self.places.get(sequence) {
            return Ok(*place);
        }
        let own = sequence.own();
        let row = json!({"pieces": sequence.pieces(), "own": [own.start, own.end]});
        writeln!(self.out, "{row}")?;
        let place = self.places.len();
        self.places.insert(sequence.clone(), place);
        Ok(place)
    }

    fn pair(&mut self, a: &Reading, b: &Reading, label: [Value; 2]) -> std::io::Result<Value> {
        let likeness = (f64::from(a.likeness(b)) * 1000.0).round() / 1000.0;
        let [relation, kind] = label;
        let (a, b) = (self.place(a)?, self.place(b)?);
        Ok(json!([a, b, relation, kind, likeness]))
    }

    fn set(&mut self, set: &str, name: &str, held: bool, pairs: Vec<Value>) -> std::io::Result<()> {
        let row = json!({"set": set, "name": name, "held": held, "pairs": pairs});
        writeln!(self.out, "{row}")
    }

    /// A family, its pairs together.
    pub fn family(&mut self, name: &str, held: bool, pairs: &[Pair]) -> std::io::Result<()> {
        let mut readings: HashMap<&Side, Reading> = HashMap::new();
        for side in pairs.iter().flat_map(|p| [&p.a, &p.b]) {
            let lexicon = &self.lexicon;
            readings.entry(side).or_insert_with(|| side.read(lexicon));
        }
        let mut rows = Vec::new();
        for p in pairs {
            rows.push(self.pair(
                &readings[&p.a],
                &readings[&p.b],
                [json!(p.relation), json!(p.kind)],
            )?);
        }
        self.set("family", name, held, rows)
    }

    /// A story, with what is not listed under a relation of null.
    pub fn story(&mut self, held: bool, story: &Story) -> std::io::Result<()> {
        let mut rows = Vec::new();
        for c in &story.candidates {
            let relation = c.kind.as_ref().map(|_| c.relation);
            rows.push(self.pair(
                &story.claims[c.a],
                &story.claims[c.b],
                [json!(relation), json!(c.kind)],
            )?);
        }
        self.set("story", &story.name, held, rows)
    }

    /// The public sets of a data folder that weights may be learned from.
    pub fn public(&mut self, folder: &Path) -> Result<(), Box<dyn Error>> {
        for (name, part) in PUBLIC {
            let mut rows = Vec::new();
            for path in labelled::files(&folder.join("public/pairs").join(name)) {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                if !file.contains(part) {
                    continue;
                }
                for p in labelled::pairs(&path)? {
                    let (a, b) = (p.a.read(&self.lexicon), p.b.read(&self.lexicon));
                    rows.push(self.pair(&a, &b, [json!(p.relation), json!(p.kind)])?);
                }
            }
            self.set("public", name, false, rows)?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> std::io::Result<usize> {
        self.out.flush()?;
        Ok(self.places.len())
    }
}
