//! The judge that ships: additive, every bar named, its weights learned from labelled pairs.

use super::features::terms;
use super::judgement::{Evidence, Factor, Judgement, Probabilities};
use super::pointed::by_what_is_rejected;
use super::terms::{GATE, TERMS, Term, UPDATE, term};
use super::{Judge, Rarity, Reading, glance};
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Points between which a term's shape is drawn straight: 0, 1/4, 1/2, 3/4, 1.
pub(crate) const KNOTS: usize = 5;
/// Version of the weights file's form.
const VERSION: u32 = 1;

/// Shapes of every term for the three learned factors (forward and backward share one), in bits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Weights {
    version: u32,
    /// One row a term: its name and its bits at the knots for same matter, clash and direction.
    terms: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    name: String,
    same: [f32; KNOTS],
    clash: [f32; KNOTS],
    forward: [f32; KNOTS],
}

/// The shipped judge: two factors and two directions, each the sum of the bars in its evidence.
///
/// A bar is what was seen (0 to 1) times a learned shape over how well the two statements cover each other; see DESIGN.md.
/// A pair costs some tens of microseconds once both statements are read. It asks no network; `CascadeJudge` does.
#[derive(Debug, Clone)]
pub struct AdditiveJudge {
    weights: Arc<Weights>,
    lexicon: Lexicon,
}

impl AdditiveJudge {
    /// The shipped weights for English news.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<Arc<Weights>> = OnceLock::new();
        let weights = SHIPPED.get_or_init(|| {
            let weights = Weights::from_json(include_str!("weights.json"));
            Arc::new(weights.expect("the embedded weights name the terms of this version"))
        });
        Self {
            weights: weights.clone(),
            lexicon: Lexicon::english(),
        }
    }

    /// Replaces the word lists that opposites are looked up in.
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicon = lexicon;
        self
    }

    /// Reads weights that [`AdditiveJudge::to_json`] wrote.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] where the text is no weights file or names terms that this version does not know.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Ok(Self {
            weights: Arc::new(Weights::from_json(json)?),
            lexicon: Lexicon::english(),
        })
    }

    /// The weights as a file to keep: JSON, one term a line, bits at the knots; terms that say nothing are left out.
    pub fn to_json(&self) -> String {
        let rows: Vec<String> = self
            .weights
            .terms
            .iter()
            .filter(|row| row.shapes().any(|bits| bits != 0.0))
            .map(|row| serde_json::to_string(row).expect("rows are plain numbers"))
            .collect();
        format!(
            "{{\"version\":{},\"terms\":[\n{}\n]}}\n",
            self.weights.version,
            rows.join(",\n")
        )
    }

    /// The judge whose every weight is the mean of two judges': of two that were learned from different text, mostly the better
    /// one on text of a third kind. Of a term that one of them did not know it is the other's.
    pub fn averaged(&self, other: &Self) -> Self {
        let knows = |judge: &Self, id: usize| judge.weights.terms[id].shapes().any(|x| x != 0.0);
        let place = |factor: Factor, id: usize, knot: usize| {
            let (x, y) = (
                self.bits_at(factor, id * KNOTS + knot),
                other.bits_at(factor, id * KNOTS + knot),
            );
            match (knows(self, id), knows(other, id)) {
                (true, true) => (x + y) / 2.0,
                _ => x + y,
            }
        };
        Self {
            weights: Arc::new(Weights::from_fn(place)),
            lexicon: self.lexicon.clone(),
        }
    }

    pub(crate) fn with_weights(weights: Weights) -> Self {
        Self {
            weights: Arc::new(weights),
            lexicon: Lexicon::english(),
        }
    }

    /// The learned bits of a factor at a knot, numbered by term and then knot.
    pub(super) fn bits_at(&self, factor: Factor, at: usize) -> f64 {
        let row = &self.weights.terms[at / KNOTS];
        f64::from(row.shape(factor)[at % KNOTS])
    }

    /// The learned bits of every term at the knots.
    pub(super) fn shapes(&self, factor: Factor) -> impl Iterator<Item = [f64; KNOTS]> {
        let rows = self.weights.terms.iter();
        rows.map(move |row| row.shape(factor).map(f64::from))
    }

    pub(crate) fn terms(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Vec<Term> {
        terms(a, b, rarity, &self.lexicon)
    }
}

impl Default for AdditiveJudge {
    fn default() -> Self {
        Self::english()
    }
}

impl Row {
    /// A term that says nothing.
    fn silent(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            same: [0.0; KNOTS],
            clash: [0.0; KNOTS],
            forward: [0.0; KNOTS],
        }
    }

    fn shape(&self, factor: Factor) -> &[f32; KNOTS] {
        match factor {
            Factor::SameMatter => &self.same,
            Factor::Clash => &self.clash,
            Factor::Forward | Factor::Backward => &self.forward,
        }
    }

    fn shapes(&self) -> impl Iterator<Item = f32> {
        [self.same, self.clash, self.forward].into_iter().flatten()
    }
}

impl Weights {
    pub(crate) fn from_fn(bits: impl Fn(Factor, usize, usize) -> f64) -> Self {
        let row = |id: usize| {
            let shape = |factor| {
                std::array::from_fn(|knot| {
                    (bits(factor, id, knot) * 1000.0).round() as f32 / 1000.0
                })
            };
            Row {
                name: TERMS[id].name.to_owned(),
                same: shape(Factor::SameMatter),
                clash: shape(Factor::Clash),
                forward: shape(Factor::Forward),
            }
        };
        Self {
            version: VERSION,
            terms: (0..TERMS.len()).map(row).collect(),
        }
    }

    fn from_json(json: &str) -> Result<Self, Error> {
        let bad = |what: String| Error::new(ErrorKind::Format, format!("weights: {what}"));
        let mut weights: Self = serde_json::from_str(json).map_err(|e| bad(e.to_string()))?;
        if weights.version != VERSION {
            return Err(bad(format!(
                "version {} where {VERSION} was expected",
                weights.version
            )));
        }
        let mut rows: Vec<Option<Row>> = vec![None; TERMS.len()];
        for row in weights.terms {
            let id = TERMS.iter().position(|t| t.name == row.name);
            let Some(place) = id.map(|id| &mut rows[id]) else {
                return Err(bad(format!(
                    "the term '{}' is not one of this version of the crate",
                    row.name
                )));
            };
            if place.is_some() {
                return Err(bad(format!("the term '{}' stands twice", row.name)));
            }
            *place = Some(row);
        }
        weights.terms = rows
            .into_iter()
            .zip(TERMS)
            .map(|(row, kind)| row.unwrap_or_else(|| Row::silent(kind.name)))
            .collect();
        Ok(weights)
    }

    fn bits(&self, factor: Factor, term: &Term) -> f64 {
        if let Some(bits) = fixed(factor, term.id) {
            return bits;
        }
        let id = match factor {
            Factor::Backward => mirror(term.id),
            _ => term.id,
        };
        let row = &self.terms[id];
        let shape = row.shape(factor);
        hats(term.at)
            .iter()
            .map(|(knot, share)| f64::from(shape[*knot]) * share)
            .sum::<f64>()
            * term.strength
    }
}

/// The order in which bars are summed and kept.
fn sort(bars: &mut [(Factor, f64, &Term)]) {
    let name = |t: &Term| TERMS[t.id].name;
    bars.sort_unstable_by(|(_, x, s), (_, y, t)| {
        (y.abs().total_cmp(&x.abs())).then_with(|| name(s).cmp(name(t)))
    });
}

/// What the bar of a gate says, in bits: with it, log2 odds of `bits` become those of their probability times `p`.
pub(super) fn gated(bits: f64, p: f64) -> f64 {
    let p = p.clamp(1e-6, 1.0);
    // odds of q p, where q has odds o: o p / (1 + o (1 - p)).
    p.log2() - (1.0 + bits.min(1000.0).exp2() * (1.0 - p)).log2()
}

/// The bits of a term that are not learned, if they are not.
pub(crate) fn fixed(factor: Factor, id: usize) -> Option<f64> {
    let [same, clash, forward] = TERMS[id].fixed?;
    Some(match factor {
        Factor::SameMatter => same,
        Factor::Clash => clash,
        Factor::Forward | Factor::Backward => forward,
    })
}

/// The term that sees the pair from the other side; most see the same.
pub(crate) fn mirror(id: usize) -> usize {
    static MIRRORS: OnceLock<Vec<usize>> = OnceLock::new();
    MIRRORS.get_or_init(|| {
        TERMS
            .iter()
            .enumerate()
            .map(|(id, kind)| kind.mirror.map_or(id, term))
            .collect()
    })[id]
}

/// The two knots beside a value, with their shares.
pub(crate) fn hats(at: f64) -> [(usize, f64); 2] {
    let place = at.clamp(0.0, 1.0) * (KNOTS - 1) as f64;
    let low = (place.floor() as usize).min(KNOTS - 2);
    let share = place - low as f64;
    [(low, 1.0 - share), (low + 1, share)]
}

impl AdditiveJudge {
    /// Weighs what was seen: a bar for every term that says something.
    pub(crate) fn weigh(&self, terms: &[Term]) -> Judgement {
        self.weigh_above(terms, 0.0)
    }

    /// The same, as [`Judge::judge_above`] asks for.
    pub(super) fn weigh_above(&self, terms: &[Term], least: f64) -> Judgement {
        // Put in order, and summed in that order, while they are small.
        let mut bars: Vec<(Factor, f64, &Term)> = Vec::with_capacity(4 * terms.len());
        let gate = terms.iter().find(|t| TERMS[t.id].name == GATE);
        for factor in Factor::ALL {
            let first = bars.len();
            let weighed = terms
                .iter()
                .map(|t| (factor, self.weights.bits(factor, t), t));
            bars.extend(weighed.filter(|(_, bits, _)| *bits != 0.0));
            sort(&mut bars[first..]);
            if let Some(gate) = gate.filter(|_| factor == Factor::SameMatter) {
                let so_far = bars[first..].iter().map(|bar| bar.1).sum();
                bars.push((factor, gated(so_far, gate.at), gate));
                sort(&mut bars[first..]);
            }
        }
        let of = |factor| bars.iter().filter(move |bar| bar.0 == factor);
        let probabilities = Probabilities::of(|factor| of(factor).map(|bar| bar.1).sum());
        if probabilities.below(least) && !terms.iter().any(|t| TERMS[t.id].name == UPDATE) {
            return Judgement {
                probabilities,
                kind: None,
                evidence: Vec::new(),
            };
        }
        let evidence = bars.iter().map(|(factor, bits, term)| Evidence {
            factor: *factor,
            name: Cow::Borrowed(TERMS[term.id].name),
            bits: *bits,
            a: term.a.clone(),
            b: term.b.clone(),
        });
        Judgement::of_bars(evidence.collect()).pruned(least)
    }
}

impl Judge for AdditiveJudge {
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement {
        self.judge_above(a, b, rarity, 0.0)
    }

    fn judge_above(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        if least > 0.0 && glance::hopeless(a, b) {
            return glance::nothing();
        }
        let words = |a: &Reading, b: &Reading| self.weigh_above(&self.terms(a, b, rarity), least);
        by_what_is_rejected(a, b, words(a, b), words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_multiplies_the_probability() {
        let p = |bits: f64| 1.0 / (1.0 + (-bits).exp2());
        for bits in [-30.0, -2.0, 0.0, 3.0, 12.0, 200.0] {
            for gate in [0.01, 0.5, 1.0] {
                let through = p(bits + gated(bits, gate));
                let wanted = p(bits) * gate;
                assert!((through - wanted).abs() < 1e-9, "{bits} {gate}: {through}");
                assert!(gated(bits, gate) <= 0.0);
            }
        }
    }
}
