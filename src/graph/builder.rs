//! The parts of a graph: extractor, blocking, judge, thresholds.

use super::ClaimGraph;
use super::link::Thresholds;
use crate::block::{BlockOptions, Index};
use crate::error::{Error, ErrorKind};
use crate::extract::Extractor;
use crate::judge::{self, Judge, Relation};
use std::sync::Arc;

/// Puts a [`ClaimGraph`] together from parts of your own.
#[derive(Clone, Default)]
pub struct GraphBuilder {
    extractor: Extractor,
    judge: Option<Arc<dyn Judge>>,
    options: BlockOptions,
    thresholds: Thresholds,
}

impl GraphBuilder {
    /// Extracts with these word lists; the shipped judge uses them too.
    pub fn extractor(mut self, extractor: Extractor) -> Self {
        self.extractor = extractor;
        self
    }

    /// Judges with another judge. Default: [`judge::shipped`].
    pub fn judge(mut self, judge: impl Judge + 'static) -> Self {
        self.judge = Some(Arc::new(judge));
        self
    }

    /// Bounds of the search for candidates.
    pub fn block(mut self, options: BlockOptions) -> Self {
        self.options = options;
        self
    }

    /// The probability from which a relation becomes a link, 0 to 1. `Entailed` counts as `Entailment`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] for a probability outside 0 to 1 and for `Neutral`, which is never a link.
    pub fn threshold(mut self, relation: Relation, probability: f64) -> Result<Self, Error> {
        if !(0.0..=1.0).contains(&probability) {
            return Err(Error::new(
                ErrorKind::InvalidValue,
                format!("threshold {probability}: expected a probability, 0 to 1"),
            ));
        }
        match relation {
            Relation::Duplicate => self.thresholds.duplicate = probability,
            Relation::Contradiction => self.thresholds.contradiction = probability,
            Relation::Entailment | Relation::Entailed => self.thresholds.entailment = probability,
            Relation::Neutral => {
                return Err(Error::new(
                    ErrorKind::InvalidValue,
                    "threshold: neutral pairs are never linked",
                ));
            }
        }
        Ok(self)
    }

    /// The empty graph.
    pub fn build(self) -> ClaimGraph {
        let lexicon = self.extractor.lexicon().clone();
        ClaimGraph {
            judge: self.judge.unwrap_or_else(|| judge::shipped(lexicon)),
            extractor: self.extractor,
            thresholds: self.thresholds,
            corpus: Default::default(),
            index: Index::new(self.options),
            copies: Default::default(),
            options: self.options,
            graph: Default::default(),
            nodes: Default::default(),
            related: Vec::new(),
            truncated: 0,
            settled: true,
        }
    }
}

impl std::fmt::Debug for GraphBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphBuilder")
            .field("options", &self.options)
            .field("thresholds", &self.thresholds)
            .finish_non_exhaustive()
    }
}
