//! The judge that the graph uses: additive, with a network asked about the pairs that may turn out linked.

use super::additive::AdditiveJudge;
use super::features;
use super::judgement::Judgement;
use super::neural::NeuralJudge;
use super::pointed::by_what_is_rejected;
use super::scratch::{self, Scratch};
use super::seen::Term;
use super::{Judge, Rarity, Reading, Sketch, glance};
use crate::error::Error;
use crate::lexicon::Lexicon;
use std::sync::OnceLock;

/// Two additive judges in a row. The first decides most pairs at once: those that are almost certainly about two matters. For
/// the others a network reads both statements, and the second weighs what it says with everything else.
///
/// Either way the bars of the judgement sum to its score. A pair that the first decides costs some tens of microseconds;
/// one that the network is asked about some four milliseconds, and each statement five once.
///
/// ```
/// use claimgraph::judge::{CascadeJudge, Judge, Rarity, Reading, Relation, Statement};
/// use claimgraph::Lexicon;
///
/// let read = |text| Reading::new(&Statement { text, ..Statement::default() }, &Lexicon::english());
/// let judge = CascadeJudge::english();
/// let said = judge.judge(
///     &read("The plant at Westmark will shut within two years"),
///     &read("The Westmark factory stays open until at least 2035"),
///     &Rarity::background(),
/// );
/// assert!(said.probability(Relation::Contradiction) > said.probability(Relation::Duplicate));
/// ```
#[derive(Debug, Clone)]
pub struct CascadeJudge {
    first: AdditiveJudge,
    second: AdditiveJudge,
    neural: NeuralJudge,
    floor: f64,
}

/// Pairs that the first judge gives less than this probability of any link are not read by the network.
const FLOOR: f64 = 0.02;

impl CascadeJudge {
    /// The shipped judges and network for English news.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<CascadeJudge> = OnceLock::new();
        SHIPPED
            .get_or_init(|| Self {
                first: AdditiveJudge::english(),
                second: AdditiveJudge::from_json(include_str!("network/weights.json"))
                    .expect("the embedded weights name the terms of this version"),
                neural: NeuralJudge::english(),
                floor: FLOOR,
            })
            .clone()
    }

    /// Replaces the word lists that opposites are looked up in.
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.first = self.first.lexicon(lexicon.clone());
        self.second = self.second.lexicon(lexicon);
        self
    }

    /// Replaces the judge of the first stage.
    pub fn first(mut self, judge: AdditiveJudge) -> Self {
        self.first = judge;
        self
    }

    /// Replaces the network that is asked, and the weights of the second stage, which say how far it is trusted and should have been learned
    /// beside it (see [`Example::with_network`](super::Example::with_network)).
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) as of [`AdditiveJudge::from_json`].
    pub fn second(mut self, neural: impl Into<NeuralJudge>, weights: &str) -> Result<Self, Error> {
        self.second = AdditiveJudge::from_json(weights)?;
        self.neural = neural.into();
        Ok(self)
    }

    /// Replaces the network alone: it is trusted as far as the shipped one.
    pub fn neural(mut self, neural: impl Into<NeuralJudge>) -> Self {
        self.neural = neural.into();
        self
    }

    /// The network is asked where the first judge gives at least this probability that the pair is no neutral one. Default
    /// 0.02; 0 asks it about every pair, 1 about none.
    pub fn floor(mut self, floor: f64) -> Self {
        self.floor = floor;
        self
    }

    /// Everything seen in a pair, by the network too; `None` where it is not asked.
    pub(super) fn asked(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Option<Vec<Term>> {
        scratch::with(|scratch| match self.read(a, b, rarity, scratch, 0.0) {
            Read::Asked => Some(scratch.seen.terms.clone()),
            Read::Decided(_) => None,
        })
    }

    fn read(
        &self,
        a: &Reading,
        b: &Reading,
        rarity: &Rarity,
        scratch: &mut Scratch,
        least: f64,
    ) -> Read {
        let least = least.min(self.floor);
        let judgement = self.first.weigh_pair(a, b, rarity, scratch, least);
        if judgement.probabilities.below(self.floor) {
            return Read::Decided(judgement);
        }
        match self.neural.ask(a, b) {
            Some(logits) => {
                features::read(logits, &mut scratch.seen);
                Read::Asked
            }
            None => Read::Decided(judgement),
        }
    }
}

/// What came of the first stage.
enum Read {
    /// It was enough.
    Decided(Judgement),
    /// The network was asked too, and what it says stands among what was seen.
    Asked,
}

impl Default for CascadeJudge {
    fn default() -> Self {
        Self::english()
    }
}

impl Judge for CascadeJudge {
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement {
        self.judge_above(a, b, rarity, 0.0)
    }

    fn judge_above(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        let words = |a: &Reading, b: &Reading, least: f64| {
            scratch::with(|scratch| match self.read(a, b, rarity, scratch, least) {
                Read::Decided(judgement) => judgement,
                Read::Asked => self.second.weigh_above(scratch, least),
            })
        };
        by_what_is_rejected(a, b, words(a, b, least), words)
    }

    /// The network finds links in which the first judge sees little, so that only what has nothing in common is left out.
    fn glance(&self, a: &Sketch, b: &Sketch, one_event: Option<f64>) -> f32 {
        match glance::hopeless(a, b) {
            true => glance::NOTHING,
            false => glance::promise(a, b, one_event).max(0.0),
        }
    }

    /// How likely the first judge holds a link that it is not sure of: what it takes for certain the network would not change.
    fn worth(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> f64 {
        let said = self.first.judge_above(a, b, rarity, self.floor);
        if said.probabilities.below(self.floor) {
            return 0.0;
        }
        1.0 - said.probabilities.neutral
    }

    fn judge_hastily(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        self.first.judge_above(a, b, rarity, least)
    }
}
