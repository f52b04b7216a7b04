//! The judge that a program's options name.

use claimgraph::judge::{AdditiveJudge, Context, Judge};
use lexopt::ValueExt;
use std::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

/// What the options say.
#[derive(Default)]
pub(crate) struct Choice {
    /// One of [`NAMES`]; none is the shipped one.
    name: Option<String>,
    /// A folder with a network to ask instead of the shipped one.
    model: Option<PathBuf>,
}

/// A judge, and what weighs its pairs beside their rivals.
pub(crate) type Chosen = (Arc<dyn Judge>, Option<Context>);

const NAMES: [&str; 3] = ["additive", "neural", "cascade"];

pub(crate) const HELP: &str = "\
--judge additive  judges without a network; neural: by what a network says alone; cascade: asks it about pairs that may be
                  linked (the default, with the feature `neural`).
--model DIR       asks a network of your own (config.json, tokenizer.json, model.onnx; with the feature `onnx`).";

impl Choice {
    /// The value of `--judge`.
    pub(crate) fn name(&mut self, value: OsString) -> Result<(), lexopt::Error> {
        let name = value.string()?;
        if !NAMES.contains(&name.as_str()) {
            return Err(format!("--judge {name}: expected {}", NAMES.join(", ")).into());
        }
        self.name = Some(name);
        Ok(())
    }

    /// The value of `--model`.
    pub(crate) fn model(&mut self, value: OsString) {
        self.model = Some(value.into());
    }

    /// The judge that was chosen.
    pub(crate) fn judge(&self) -> Result<Chosen, Box<dyn Error>> {
        match self.name.as_deref() {
            Some("additive") if self.model.is_some() => {
                Err("--model: the additive judge asks no network".into())
            }
            Some("additive") => Ok((Arc::new(AdditiveJudge::english()), None)),
            _ => self.asking(),
        }
    }

    #[cfg(feature = "neural")]
    fn asking(&self) -> Result<Chosen, Box<dyn Error>> {
        use claimgraph::judge::{CascadeJudge, NeuralJudge};
        let neural = match &self.model {
            #[cfg(feature = "onnx")]
            Some(path) => NeuralJudge::from_dir(path)?,
            #[cfg(not(feature = "onnx"))]
            Some(_) => {
                return Err("--model: this program was built without the feature onnx".into());
            }
            None => NeuralJudge::english(),
        };
        Ok(match self.name.as_deref() {
            Some("neural") => (Arc::new(neural), None),
            _ => (
                Arc::new(CascadeJudge::english().neural(neural)),
                Some(Context::english()),
            ),
        })
    }

    #[cfg(not(feature = "neural"))]
    fn asking(&self) -> Result<Chosen, Box<dyn Error>> {
        match (&self.name, &self.model) {
            (None, None) => Ok((
                claimgraph::judge::shipped(claimgraph::Lexicon::english()),
                None,
            )),
            _ => Err("--judge, --model: this program was built without the feature neural".into()),
        }
    }
}
