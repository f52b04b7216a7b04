//! What lies in a model's folder. Knows names of files.

use super::{SCRIPT, bad};
use crate::error::{Error, ErrorKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Names under which a network is looked for, in this order, first in the folder and then in its folder `onnx`: the plain one,
/// then those that quantising tools write.
pub(super) const NETWORKS: [&str; 6] = [
    "model.onnx",
    "model_int8.onnx",
    "model_quantized.onnx",
    "model_qint8_avx512_vnni.onnx",
    "model_qint8_avx512.onnx",
    "model_quint8_avx2.onnx",
];
/// Weights in the forms of PyTorch.
const WEIGHTS: [&str; 4] = [
    "model.safetensors",
    "pytorch_model.bin",
    "model.safetensors.index.json",
    "pytorch_model.bin.index.json",
];

/// A folder with a model.
pub(super) struct Folder {
    path: PathBuf,
    pub(super) config: Config,
}

/// What is read of `config.json`.
#[derive(Deserialize)]
pub(super) struct Config {
    pub(super) id2label: Option<BTreeMap<String, String>>,
    pub(super) max_position_embeddings: Option<f64>,
    pub(super) pad_token_id: Option<f64>,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        if !path.is_dir() {
            let what =
                "no such folder, expected one with config.json, tokenizer.json and model.onnx";
            return Err(Error::new(ErrorKind::Io, what).in_file(path));
        }
        let file = path.join("config.json");
        if !file.is_file() {
            return Err(missing(
                &file,
                "the model's labels (id2label) are read from it",
            ));
        }
        let text = std::fs::read(&file).map_err(|e| Error::io(&file, e))?;
        let config = serde_json::from_slice(&text)
            .map_err(|e| bad(&file, format!("not a model's configuration: {e}")))?;
        Ok(Self {
            path: path.to_owned(),
            config,
        })
    }

    /// A file beside the configuration, whether it exists or not.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The tokenizer's file.
    pub(super) fn tokenizer(&self) -> Result<PathBuf, Error> {
        let file = self.file("tokenizer.json");
        if file.is_file() {
            return Ok(file);
        }
        let how = format!("{SCRIPT} of the repository makes it from a vocabulary's older files");
        Err(missing(&file, &how))
    }

    /// The network's file.
    pub(super) fn network(&self) -> Result<PathBuf, Error> {
        let names = NETWORKS
            .iter()
            .flat_map(|name| [self.file(name), self.file("onnx").join(name)]);
        if let Some(file) = names.into_iter().find(|file| file.is_file()) {
            return Ok(file);
        }
        let how = match WEIGHTS.iter().find(|name| self.file(name).is_file()) {
            Some(weights) => format!("{SCRIPT} of the repository makes it from {weights}"),
            None => format!(
                "the network is read from it, from onnx/model.onnx or, quantised, from {} there",
                NETWORKS[1..].join(", ")
            ),
        };
        Err(missing(&self.file(NETWORKS[0]), &how))
    }
}

fn missing(file: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Io, format!("no such file: {what}")).in_file(file)
}
