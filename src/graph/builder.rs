//! The parts of a graph: extractor, blocking, judge, thresholds.

use super::ClaimGraph;
use super::link::Thresholds;
use super::parallel;
use crate::block::{BlockOptions, Index};
use crate::error::{Error, ErrorKind};
use crate::extract::Extractor;
use crate::judge::{self, Context, Judge, Relation};
use std::sync::{Arc, OnceLock};

/// Puts a [`ClaimGraph`] together from parts of your own.
#[must_use]
#[derive(Clone, Default)]
pub struct GraphBuilder {
    extractor: Extractor,
    judge: Option<Arc<dyn Judge>>,
    context: Option<Option<Context>>,
    options: BlockOptions,
    thresholds: Thresholds,
    every_language: bool,
    budget: Option<usize>,
    threads: Option<usize>,
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

    /// How pairs are weighed beside their rivals, the other pairs of their two articles; `None` leaves every judgement as the
    /// judge made it. Default: [`Context::english`] with the shipped judge and its network, beside which it was learned; `None`
    /// with a judge of your own or without the feature `neural`.
    pub fn context(mut self, context: Option<Context>) -> Self {
        self.context = Some(context);
        self
    }

    /// Whether articles in other languages than English are judged too: for a judge of your own that reads them, as the shipped one and the
    /// shipped extractor do not. Default: no.
    pub fn every_language(mut self, judged: bool) -> Self {
        self.every_language = judged;
        self
    }

    /// How many pairs the judge may look at closely, as by asking a network, in one call that adds or settles; those that are worth most
    /// come first, the others are judged without. Default: `None`, all that the judge wants to. A closer look of the shipped judge costs some four
    /// milliseconds a pair and five a claim; it takes one at some dozens of pairs a claim. More links are not what it is for: a closer look takes
    /// back as many as it finds. Only links are bounded by it, not what [`check`](ClaimGraph::check) or [`judgement`](ClaimGraph::judgement) ask later.
    pub fn budget(mut self, pairs: Option<usize>) -> Self {
        self.budget = pairs;
        self
    }

    /// How many threads read articles, look for candidates and judge pairs, 1 at the least. Default: as many as there are cores. The
    /// graph is the same with any number.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads.max(1));
        self
    }

    /// Bounds of the search for candidates.
    pub fn block(mut self, options: BlockOptions) -> Self {
        self.options = options;
        self
    }

    /// The probability from which a relation becomes a link, 0 to 1; default 0.3, for contradictions 0.35. `Entailed` counts as `Entailment`. That two
    /// claims agree is one question with three answers: their probabilities are taken together against the threshold of
    /// the likeliest, so that the one that names the link may itself be less probable.
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
        let shipped = self.judge.is_none() && cfg!(feature = "neural");
        let learned_beside = shipped.then(Context::english);
        ClaimGraph {
            judge: self.judge.unwrap_or_else(|| judge::shipped(lexicon)),
            context: self.context.unwrap_or(learned_beside),
            extractor: self.extractor,
            thresholds: self.thresholds,
            every_language: self.every_language,
            budget: self.budget,
            threads: self.threads.unwrap_or_else(parallel::cores),
            corpus: Default::default(),
            index: Index::new(self.options),
            copies: Default::default(),
            options: self.options,
            graph: Default::default(),
            nodes: Default::default(),
            related: Vec::new(),
            clusters: OnceLock::new(),
            disputes: OnceLock::new(),
            company: Default::default(),
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
            .field("budget", &self.budget)
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}
