//! A judge that says what a neural network says, and nothing else.

use super::judgement::{Evidence, Judgement};
use super::network::{Logits, Network};
#[cfg(feature = "onnx")]
use super::own_model::OwnModel;
use super::terms::{TERMS, term};
use super::{Factor, Judge, Rarity, Reading};
#[cfg(feature = "onnx")]
use crate::error::Error;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::fmt;
#[cfg(feature = "onnx")]
use std::hash::{DefaultHasher, Hash, Hasher};
#[cfg(feature = "onnx")]
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Asks a neural network about every pair, and takes its answer as it is: four bars, one a factor. It knows no rarities, no settings and
/// no rules; [`CascadeJudge`](super::CascadeJudge) weighs the same answer beside all of that, at a fraction of the cost, and is right more often.
/// This one is for measuring what a network is worth, and it is what a cascade is given to ask.
///
/// Answers are kept, some twenty megabytes of them at most and shared by clones, so that a graph that settles again asks about new pairs only. A
/// graph's [budget](crate::graph::GraphBuilder::budget) does not bound it: there is nothing else that it could say.
///
/// ```
/// use claimgraph::judge::{Judge, NeuralJudge, Rarity, Reading, Relation, Statement};
/// use claimgraph::Lexicon;
///
/// let read = |text| Reading::new(&Statement::from(text), &Lexicon::english());
/// let said = NeuralJudge::english().judge(
///     &read("The bridge over the Lenne was closed"),
///     &read("The Lenne bridge stayed open to traffic"),
///     &Rarity::background(),
/// );
/// assert_eq!(said.relation(), Relation::Contradiction);
/// assert_eq!(said.evidence.len(), 4);
/// ```
#[derive(Clone)]
pub struct NeuralJudge {
    network: Asked,
    answers: Arc<Mutex<Answers>>,
    failures: Arc<AtomicUsize>,
}

/// What is asked.
#[derive(Debug, Clone)]
enum Asked {
    Ours(Network),
    #[cfg(feature = "onnx")]
    Own(OwnModel),
}

/// Answers by the keys of the two readings, the lesser first; `None` where a side has no words.
type Answers = FxHashMap<(u64, u64), Option<Logits>>;

/// So many answers are kept, then all are dropped and it begins anew.
const KEPT: usize = 1 << 18;

impl NeuralJudge {
    /// With the shipped network for English news.
    pub fn english() -> Self {
        Network::english().into()
    }

    /// With a cross-encoder of your own for natural language inference, from a folder of Hugging Face's form:
    ///
    /// - `config.json`, whose `id2label` names three labels, entailment, neutral and contradiction, in any order and case, or the five
    ///   relations of this crate: duplicate, entailment, entailed, contradiction, neutral;
    /// - `tokenizer.json`;
    /// - the network as ONNX: `model.onnx`, also under `onnx/`, or one in eight bits under the usual names where there is no plain one.
    ///   `training/models/to_onnx.py` of the repository writes it from the weights of PyTorch.
    ///
    /// It is given the two statements as they stand, without dates and sources, in both orders, so that its answer mirrors. What it says is the
    /// same whatever the number of threads; processors differ in the order of additions, and so may the sixth digit from one machine to
    /// the next (the second, of a network in eight bits). A pair costs two runs of it: of one of MiniLM's size some 20 milliseconds, of
    /// DeBERTa's ten times as much.
    ///
    /// [`CascadeJudge::neural`](super::CascadeJudge::neural) puts it into the cascade, where it is trusted as far as the shipped network unless weights
    /// are learned beside it.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where a file is missing or cannot be read, [`ErrorKind::Format`](crate::ErrorKind::Format) where one is of another form, the
    /// parts do not go together, or the network cannot be run; each names the file and what was expected.
    #[cfg(feature = "onnx")]
    #[cfg_attr(docsrs, doc(cfg(feature = "onnx")))]
    pub fn from_dir(path: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(Self::asking(Asked::Own(OwnModel::from_dir(path.as_ref())?)))
    }

    fn asking(network: Asked) -> Self {
        Self {
            network,
            answers: Arc::default(),
            failures: Arc::default(),
        }
    }

    /// How often it, or a clone of it, could not be asked, since the network failed or gave what is no number: 0 but for one that was damaged in training. Such a
    /// pair is as if a side had no words: the cascade decides it without the network.
    pub fn failures(&self) -> usize {
        self.failures.load(Ordering::Relaxed)
    }

    /// What it makes of a pair; `None` where a side has no word.
    pub(crate) fn ask(&self, a: &Reading, b: &Reading) -> Option<Logits> {
        let has_word = |r: &Reading| r.text.chars().any(char::is_alphanumeric);
        if !has_word(a) || !has_word(b) {
            return None;
        }
        let (x, y) = (self.key(a), self.key(b));
        let key = (x.min(y), x.max(y));
        let turned = |logits: Logits| if x <= y { logits } else { logits.mirrored() };
        let answers = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers().get(&key) {
            return answer.map(turned);
        }
        let answer = match &self.network {
            Asked::Ours(network) => network.compare(a, b),
            #[cfg(feature = "onnx")]
            Asked::Own(model) => model.compare(&a.text, &b.text).ok(),
        };
        let numbers = |l: &Logits| [l.same, l.clash, l.forward, l.backward];
        let answer = answer.filter(|l| numbers(l).iter().all(|x| x.is_finite()));
        if answer.is_none() {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        let mut answers = answers();
        if answers.len() >= KEPT {
            answers.clear();
        }
        answers.insert(key, answer.map(turned));
        answer
    }

    /// What tells a reading from others, as far as the network can.
    fn key(&self, reading: &Reading) -> u64 {
        match &self.network {
            Asked::Ours(_) => reading.sequence().key(),
            #[cfg(feature = "onnx")]
            Asked::Own(_) => {
                let mut hasher = DefaultHasher::new();
                reading.text.hash(&mut hasher);
                hasher.finish()
            }
        }
    }
}

/// What it knows is too much to print.
impl fmt::Debug for NeuralJudge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NeuralJudge")
            .field("network", &self.network)
            .finish_non_exhaustive()
    }
}

/// With another network of `training/network`.
impl From<Network> for NeuralJudge {
    fn from(network: Network) -> Self {
        Self::asking(Asked::Ours(network))
    }
}

impl Default for NeuralJudge {
    fn default() -> Self {
        Self::english()
    }
}

impl Judge for NeuralJudge {
    fn judge(&self, a: &Reading, b: &Reading, _rarity: &Rarity) -> Judgement {
        // Without words there is nothing that two statements could be one matter by.
        let answer = self.ask(a, b).unwrap_or(Logits {
            same: -f32::INFINITY,
            clash: 0.0,
            forward: 0.0,
            backward: 0.0,
        });
        let bar = |factor, id: usize, logit: f32| Evidence {
            factor,
            name: Cow::Borrowed(TERMS[id].name),
            bits: f64::from(logit.clamp(-MOST, MOST)) / std::f64::consts::LN_2,
            a: Vec::new(),
            b: Vec::new(),
        };
        Judgement::of_bars(vec![
            bar(Factor::SameMatter, term!("read as one matter"), answer.same),
            bar(Factor::Clash, term!("read as a clash"), answer.clash),
            bar(Factor::Forward, term!("a read to entail b"), answer.forward),
            bar(
                Factor::Backward,
                term!("b read to entail a"),
                answer.backward,
            ),
        ])
    }
}

/// Log-odds that are as good as never, nats.
const MOST: f32 = 30.0;
