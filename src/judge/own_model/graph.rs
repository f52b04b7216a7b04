//! The network itself: a graph in ONNX that `rten` runs.

use super::pieces::Row;
use super::{bad, guarded};
use crate::error::{Error, ErrorKind};
use rten::{LoadErrorKind, Model, ModelOptions, NodeId, Value, ValueOrView};
use std::path::{Path, PathBuf};

/// What a graph may ask for, one number a piece.
#[derive(Clone, Copy)]
enum Input {
    Ids,
    Mask,
    Sides,
}

const INPUTS: [(&str, Input); 3] = [
    ("input_ids", Input::Ids),
    ("attention_mask", Input::Mask),
    ("token_type_ids", Input::Sides),
];
const OUTPUT: &str = "logits";

/// A network that reads pieces and answers with one number a label.
pub(super) struct Graph {
    file: PathBuf,
    model: Model,
    inputs: Vec<(NodeId, Input)>,
    output: NodeId,
    labels: usize,
    padding: i32,
}

impl Graph {
    /// From a file in ONNX, for so many labels; `padding` is the piece that fills a shorter row up.
    pub(super) fn read(file: &Path, labels: usize, padding: i32) -> Result<Self, Error> {
        let model = guarded(file, || load(file))?;
        let name = |id: &NodeId| {
            let node = model.node_info(*id);
            node.and_then(|n| n.name()).unwrap_or_default().to_owned()
        };
        let listed = |ids: &[NodeId]| match ids {
            [] => "nothing".to_owned(),
            ids => ids.iter().map(name).collect::<Vec<_>>().join(", "),
        };
        let known = |id: &NodeId| {
            let found = INPUTS.iter().find(|known| known.0 == name(id))?;
            Some((*id, found.1))
        };
        let inputs: Option<Vec<_>> = model.input_ids().iter().map(known).collect();
        let Some(inputs) = inputs.filter(|i| !i.is_empty()) else {
            let what = format!(
                "the network asks for {}, expected nothing but {}",
                listed(model.input_ids()),
                INPUTS.map(|known| known.0).join(", ")
            );
            return Err(bad(file, what));
        };
        let outputs = model.output_ids();
        let named = outputs.iter().find(|id| name(id) == OUTPUT);
        let only = outputs.first().filter(|_| outputs.len() == 1);
        let Some(output) = named.or(only).copied() else {
            let found = listed(outputs);
            let what = format!("the network answers with {found}, expected {OUTPUT}");
            return Err(bad(file, what));
        };
        Ok(Self {
            file: file.to_owned(),
            inputs,
            output,
            labels,
            padding,
            model,
        })
    }

    /// The numbers of each row, one a label.
    pub(super) fn run(&self, rows: &[Row]) -> Result<Vec<Vec<f32>>, Error> {
        guarded(&self.file, || self.answer(rows))
    }

    fn answer(&self, rows: &[Row]) -> Result<Vec<Vec<f32>>, Error> {
        let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
        let mut inputs = Vec::new();
        for (id, input) in &self.inputs {
            let numbers = self.numbers(*input, rows, longest);
            let value = Value::from_shape([rows.len(), longest], numbers);
            let value = value.map_err(|e| self.bad(&format!("pieces make no table: {e}")))?;
            inputs.push((*id, ValueOrView::from(value)));
        }
        let fails = |e| {
            let what = format!("the network fails on a pair of {longest} pieces: {e}");
            self.bad(&what)
        };
        let [output] = (self.model.run_n(inputs, [self.output], None)).map_err(fails)?;
        let (shape, numbers) = (output.into_shape_vec::<f32, 2>())
            .map_err(|e| self.bad(&format!("the answer is no table of floats: {e}")))?;
        let expected = [rows.len(), self.labels];
        if shape != expected {
            let what = format!(
                "for {} pairs the network answers with a table of {shape:?}, expected {expected:?}: a number for each label of config.json",
                rows.len(),
            );
            return Err(self.bad(&what));
        }
        Ok(numbers.chunks(self.labels).map(<[f32]>::to_vec).collect())
    }

    /// What one input is given, each row filled up to the longest.
    fn numbers(&self, input: Input, rows: &[Row], longest: usize) -> Vec<i32> {
        let mut numbers = Vec::with_capacity(rows.len() * longest);
        for (at, row) in rows.iter().enumerate() {
            let fill = match input {
                Input::Ids => {
                    numbers.extend(&row.ids);
                    self.padding
                }
                Input::Mask => {
                    numbers.extend(row.ids.iter().map(|_| 1));
                    0
                }
                Input::Sides => {
                    numbers.extend(&row.sides);
                    0
                }
            };
            numbers.resize((at + 1) * longest, fill);
        }
        numbers
    }

    /// An error in the network's file.
    pub(super) fn bad(&self, what: &str) -> Error {
        bad(&self.file, what)
    }
}

fn load(file: &Path) -> Result<Model, Error> {
    let mut options = ModelOptions::with_all_ops();
    // Weights laid out once for the sums, not anew for every pair: more memory, and half the time for eight bits.
    options.prepack_weights(true);
    options.load_file(file).map_err(|e| {
        if e.kind() == LoadErrorKind::IoError {
            return Error::new(ErrorKind::Io, e.to_string()).in_file(file);
        }
        let what = format!(
            "not a network that can be run: {e}; expected a graph in ONNX of operators that rten has"
        );
        bad(file, what)
    })
}
