//! A neural network of the user's own: a cross-encoder for inference (NLI) from a folder of Hugging Face's form. Knows texts.
//!
//! The folder holds
//!
//! - `config.json`, whose `id2label` names the labels ([`labels`]): entailment, neutral and contradiction in any order and case, or
//!   the five relations of this crate;
//! - `tokenizer.json` ([`pieces`]);
//! - the network as ONNX ([`folder`] says under which names, [`graph`] what it must look like). `training/models/to_onnx.py` of
//!   the repository writes it from the weights of PyTorch, and `tokenizer.json` where only older files are there.
//!
//! A pair is asked in both orders, so an answer mirrors exactly ([`answer`]). On one machine the same pair has the same answer to the
//! last bit, for any number of threads. From one kind of processor to the next it has not: the widest registers set the order in
//! which sums are taken. How far apart that is was not measured on two machines, but against another library on one: floats
//! differ from PyTorch's by less than 1e-5; of networks in eight bits, whose roundings may fall the other way, logits
//! differ by as much as the eight bits themselves cost (0.2 of a spread of 2). Who needs the same graph everywhere takes floats.

mod answer;
mod folder;
mod graph;
mod labels;
mod pieces;
#[cfg(test)]
mod tests;

use super::network::Logits;
use crate::error::{Error, ErrorKind};
use folder::Folder;
use graph::Graph;
use labels::Labels;
use pieces::Pieces;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The script that turns other forms into the one that is read.
const SCRIPT: &str = "training/models/to_onnx.py";

/// A cross-encoder of the user's own. Cheap to clone.
#[derive(Clone)]
pub(crate) struct OwnModel(Arc<Parts>);

struct Parts {
    path: PathBuf,
    labels: Labels,
    pieces: Pieces,
    graph: Graph,
}

impl OwnModel {
    /// Reads the model and tries it on a short and on the longest pair, so that what comes to light only in running it does so
    /// here. Takes as long as two pairs and the reading of the file. A model is trusted as a program is: one that is damaged, or made to
    /// do harm, may ask for any amount of time and memory.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where a file is missing or cannot be read, [`ErrorKind::Format`] where one is of another form, or the
    /// parts do not go together. The message names the file and says what was expected.
    pub(crate) fn from_dir(path: &Path) -> Result<Self, Error> {
        let folder = Folder::open(path)?;
        let labels = Labels::of(&folder)?;
        let pieces = Pieces::of(&folder)?;
        let graph = Graph::read(&folder.network()?, labels.len(), pieces.padding())?;
        let model = Self(Arc::new(Parts {
            path: path.to_owned(),
            labels,
            pieces,
            graph,
        }));
        model.try_out()?;
        Ok(model)
    }

    /// What it makes of a pair of texts with words. Turned round, the answer is turned round to the last bit.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] where the network fails on this pair or its answer is not finite: a network that does so was damaged
    /// in training, since its form has been tried.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Result<Logits, Error> {
        let [forth, back] = self.logits(a, b)?;
        Ok(self.0.labels.answer(&forth, &back))
    }

    /// The bare numbers of the network, of `a` before `b` and of `b` before `a`.
    fn logits(&self, a: &str, b: &str) -> Result<[Vec<f32>; 2], Error> {
        // Asked in one order whichever side is called a: the same sums, to the last bit.
        if a > b {
            let [back, forth] = self.logits(b, a)?;
            return Ok([forth, back]);
        }
        let Parts { pieces, graph, .. } = &*self.0;
        let forth = pieces.of_pair(a, b)?;
        let mut rows = if a == b {
            let row = graph.run(&[forth])?.remove(0);
            vec![row.clone(), row]
        } else {
            graph.run(&[forth, pieces.of_pair(b, a)?])?
        };
        if !rows.iter().flatten().all(|x| x.is_finite()) {
            return Err(graph.bad("the network answers with what is no number"));
        }
        let back = rows.pop().unwrap_or_default();
        Ok([rows.pop().unwrap_or_default(), back])
    }

    fn try_out(&self) -> Result<(), Error> {
        let long = "The ferry is late. ".repeat(pieces::LONGEST);
        self.logits("The ferry is late.", "It was never on time.")?;
        self.logits(&long, &long).map(|_| ())
    }
}

impl fmt::Debug for OwnModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnModel").field(&self.0.path).finish()
    }
}

/// Does what may panic in a library where a file is damaged, and says so of the file.
fn guarded<T>(file: &Path, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(bad(file, "damaged: the library that reads it gave up")))
}

/// An error of kind [`ErrorKind::Format`] in a file.
fn bad(file: &Path, what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Format, what).in_file(file)
}
