//! The network itself: a graph in ONNX that `rten` runs.

use super::bad;
use super::pieces::Row;
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
    pub(super) fn read(file: &Path, labels: usize, padding: i32) -> Result<Self, Error> {
        // Weights laid out once for the sums, not anew for every pair: twice the memory, and half the time for eight bits.
        let mut options = ModelOptions::with_all_ops();
        let model = options.prepack_weights(true).load_file(file).map_err(|e| {
            if e.kind() == LoadErrorKind::IoError {
                return Error::new(ErrorKind::Io, e.to_string()).in_file(file);
            }
            let what = format!("not a network that can be run: {e}; expected a graph in ONNX of operators that rten has");
            bad(file, what)
        })?;
        let name = |id: &NodeId| {
            let node = model.node_info(*id);
            node.and_then(|n| n.name()).unwrap_or_default().to_owned()
        };
        let inputs: Option<Vec<_>> = (model.input_ids().iter())
            .map(|id| {
                let known = INPUTS.iter().find(|known| known.0 == name(id))?;
                Some((*id, known.1))
            })
            .collect();
        let outputs = model.output_ids();
        let output = (outputs.iter().find(|id| name(id) == OUTPUT))
            .or(outputs.first().filter(|_| outputs.len() == 1))
            .copied();
        let listed = |ids: &[NodeId]| match ids {
            [] => "nothing".to_owned(),
            ids => ids.iter().map(name).collect::<Vec<_>>().join(", "),
        };
        let Some(inputs) = inputs.filter(|i| !i.is_empty()) else {
            let what = format!(
                "the network asks for {}, expected nothing but {}",
                listed(model.input_ids()),
                INPUTS.map(|known| known.0).join(", ")
            );
            return Err(bad(file, what));
        };
        let Some(output) = output else {
            let what = format!(
                "the network answers with {}, expected {OUTPUT}",
                listed(outputs)
            );
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
        let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
        let inputs = self.inputs.iter().map(|(id, input)| {
            let mut numbers = Vec::with_capacity(rows.len() * longest);
            for row in rows {
                let fill = std::iter::repeat_n(
                    if matches!(input, Input::Ids) {
                        self.padding
                    } else {
                        0
                    },
                    longest - row.ids.len(),
                );
                match input {
                    Input::Ids => numbers.extend(row.ids.iter().copied().chain(fill)),
                    Input::Mask => numbers.extend(row.ids.iter().map(|_| 1).chain(fill)),
                    Input::Sides => numbers.extend(row.sides.iter().copied().chain(fill)),
                }
            }
            let value = Value::from_shape([rows.len(), longest], numbers);
            value.map(|value| (*id, ValueOrView::from(value)))
        });
        let inputs: Vec<_> = (inputs.collect::<Result<_, _>>())
            .map_err(|e| self.bad(&format!("pieces and sides do not go together: {e}")))?;
        let [output] = (self.model.run_n(inputs, [self.output], None)).map_err(|e| {
            self.bad(&format!(
                "the network fails on a pair of {longest} pieces: {e}"
            ))
        })?;
        let expected = [rows.len(), self.labels];
        let (shape, numbers) = (output.into_shape_vec::<f32, 2>()).map_err(|e| {
            self.bad(&format!(
                "the network's answer is not a table of floats: {e}"
            ))
        })?;
        if shape != expected {
            return Err(self.bad(&format!(
                "for {} pairs the network answers with a table of {shape:?}, expected {expected:?}: a number for each label of config.json",
                rows.len(),
            )));
        }
        Ok(numbers.chunks(self.labels).map(<[f32]>::to_vec).collect())
    }

    /// An error in the network's file.
    pub(super) fn bad(&self, what: &str) -> Error {
        bad(&self.file, what)
    }
}
