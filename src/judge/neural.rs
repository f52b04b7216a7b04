//! A judge that says what a neural network says, and nothing else.

use super::judgement::{Evidence, Judgement};
use super::network::{Logits, Network};
use super::terms::{TERMS, term};
use super::{Factor, Judge, Rarity, Reading};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

/// Asks a neural network about every pair, and takes its answer as it is: four bars, one a factor. It knows no rarities, no settings and
/// no rules; [`CascadeJudge`](super::CascadeJudge) weighs the same answer beside all of that, at a fraction of the cost, and is right more often.
/// This one is for measuring what a network is worth, and it is what a cascade is given to ask.
///
/// Answers are kept, some 16 MB of them at most and shared by clones, so that a graph that settles again asks about new pairs only.
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
#[derive(Debug, Clone)]
pub struct NeuralJudge {
    network: Asked,
    answers: Arc<Mutex<Answers>>,
}

/// What is asked.
#[derive(Debug, Clone)]
enum Asked {
    Ours(Network),
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

    /// What it makes of a pair; `None` where a side has no word.
    pub(crate) fn ask(&self, a: &Reading, b: &Reading) -> Option<Logits> {
        let (x, y) = (self.key(a), self.key(b));
        let key = (x.min(y), x.max(y));
        let turned = |logits: Logits| if x <= y { logits } else { logits.mirrored() };
        let answers = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = answers().get(&key) {
            return answer.map(turned);
        }
        let Asked::Ours(network) = &self.network;
        let answer = network.compare(a, b);
        let mut answers = answers();
        if answers.len() >= KEPT {
            answers.clear();
        }
        answers.insert(key, answer.map(turned));
        answer
    }

    /// What tells a reading from others, as far as the network can.
    fn key(&self, reading: &Reading) -> u64 {
        let Asked::Ours(_) = &self.network;
        reading.sequence.key()
    }
}

/// With another network of `training/network`.
impl From<Network> for NeuralJudge {
    fn from(network: Network) -> Self {
        Self {
            network: Asked::Ours(network),
            answers: Arc::default(),
        }
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
            bits: f64::from(logit.max(-MOST)) / std::f64::consts::LN_2,
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
