//! The judge that ships: additive, every bar named, its weights learned from labelled pairs.

use super::features;
use super::judgement::{Evidence, Factor, Judgement, ONE_MATTER, Probabilities, SUSPECTED};
use super::pointed::by_what_is_rejected;
use super::scratch::{self, Scratch};
use super::seen::{Seen, Term};
use super::student::Student;
use super::terms::{GATE, TERMS, UPDATE, mirror, term};
use super::{Judge, Rarity, Reading, Sketch, glance};
use crate::error::{Error, ErrorKind};
use crate::lexicon::Lexicon;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

fn yes() -> bool {
    true
}

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
    /// Whether it stands in the file, or was learned.
    #[serde(skip, default = "yes")]
    known: bool,
    name: String,
    same: [f32; KNOTS],
    clash: [f32; KNOTS],
    forward: [f32; KNOTS],
}

/// The shipped judge: two factors and two directions, each the sum of the bars in its evidence.
///
/// A bar is what was seen (0 to 1) times a learned shape over how well the two statements cover each other; see DESIGN.md.
/// A pair costs some tens of microseconds once both statements are read. It asks a micro student that compares the words, and no
/// network; `CascadeJudge` does.
#[derive(Debug, Clone)]
pub struct AdditiveJudge {
    weights: Arc<Weights>,
    lexicon: Lexicon,
    studied: Option<Studied>,
}

/// A student, asked about the pairs that may turn out linked, and the weights learned beside it.
#[derive(Debug, Clone)]
struct Studied {
    student: Student,
    weights: Arc<Weights>,
}

/// Pairs that are given less than this probability of any link without the student are not shown to it.
const FLOOR: f64 = 0.06;

impl AdditiveJudge {
    /// The shipped weights for English news.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<[Arc<Weights>; 2]> = OnceLock::new();
        let [plain, studied] = SHIPPED.get_or_init(|| {
            let texts = [
                include_str!("weights.json"),
                include_str!("student/weights.json"),
            ];
            let read =
                |text| Weights::from_json(text).expect("they name the terms of this version");
            texts.map(|text| Arc::new(read(text)))
        });
        Self {
            weights: plain.clone(),
            lexicon: Lexicon::english(),
            studied: Some(Studied {
                student: Student::english(),
                weights: studied.clone(),
            }),
        }
    }

    /// Replaces the word lists that opposites are looked up in.
    pub fn lexicon(mut self, lexicon: Lexicon) -> Self {
        self.lexicon = lexicon;
        self
    }

    /// Asks a student about the pairs that may turn out linked, and weighs what it says by these weights, which should have been
    /// learned beside it (see [`Example::with_student`](super::Example::with_student)).
    ///
    /// # Errors
    /// [`ErrorKind::Format`] as of [`AdditiveJudge::from_json`].
    pub fn student(mut self, student: Student, weights: &str) -> Result<Self, Error> {
        self.studied = Some(Studied {
            student,
            weights: Arc::new(Weights::from_json(weights)?),
        });
        Ok(self)
    }

    /// Asks no student: several times as fast where most pairs are alike.
    pub fn alone(mut self) -> Self {
        self.studied = None;
        self
    }

    /// Reads weights that [`AdditiveJudge::to_json`] wrote. The judge asks no student.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] where the text is no weights file or names terms that this version does not know.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Ok(Self {
            weights: Arc::new(Weights::from_json(json)?),
            lexicon: Lexicon::english(),
            studied: None,
        })
    }

    /// The plain weights, without a student's, as a file to keep: JSON, one term a line, bits at the knots; terms that say nothing are left out.
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
    /// one on text of a third kind. Of a term that does not stand in one's file it is the other's; one that stands there with zeros is known
    /// to say nothing, and halved.
    pub fn averaged(&self, other: &Self) -> Self {
        let knows = |judge: &Self, id: usize| judge.weights.terms[id].known;
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
            studied: self.studied.clone(),
        }
    }

    pub(crate) fn with_weights(weights: Weights) -> Self {
        Self {
            weights: Arc::new(weights),
            lexicon: Lexicon::english(),
            studied: None,
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

    /// Everything seen in a pair, by a student too, whatever it is without it.
    pub(super) fn terms_with(
        &self,
        student: &Student,
        a: &Reading,
        b: &Reading,
        rarity: &Rarity,
    ) -> Vec<Term> {
        scratch::with(|scratch| {
            self.see(a, b, rarity, scratch);
            student.see(a, b, &self.lexicon, scratch);
            scratch.seen.terms.clone()
        })
    }

    /// Everything seen in a pair.
    pub(super) fn terms(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Vec<Term> {
        scratch::with(|scratch| {
            self.see(a, b, rarity, scratch);
            scratch.seen.terms.clone()
        })
    }

    /// Looks at a pair.
    pub(super) fn see(&self, a: &Reading, b: &Reading, rarity: &Rarity, scratch: &mut Scratch) {
        features::see(a, b, rarity, &self.lexicon, scratch);
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
            known: false,
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
                known: true,
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

    /// The bits that a term gives each of [`Factor::ALL`].
    fn bits(&self, term: &Term) -> [f64; 4] {
        if let Some([same, clash, forward]) = TERMS[term.id].fixed {
            return [same, clash, forward, forward];
        }
        let (own, mirrored) = (&self.terms[term.id], &self.terms[mirror(term.id)]);
        let [(low, x), (high, y)] = hats(term.at);
        let shapes = [&own.same, &own.clash, &own.forward, &mirrored.forward];
        shapes.map(|bits| (f64::from(bits[low]) * x + f64::from(bits[high]) * y) * term.strength)
    }
}

/// What a term says about a factor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    bits: f64,
    /// Its place among the terms seen.
    term: usize,
}

/// The order in which bars are summed and kept: by size, then by name.
fn sort(bars: &mut [Bar], terms: &[Term]) {
    let name = |bar: &Bar| TERMS[terms[bar.term].id].name;
    // Numbers above zero stand in the order of their digits.
    let size = |bar: &Bar| bar.bits.abs().to_bits();
    bars.sort_unstable_by(|x, y| size(y).cmp(&size(x)).then_with(|| name(x).cmp(name(y))));
}

fn sum(bars: &[Bar]) -> f64 {
    bars.iter().map(|bar| bar.bits).sum()
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

/// The two knots beside a value, with their shares.
pub(crate) fn hats(at: f64) -> [(usize, f64); 2] {
    let place = at.clamp(0.0, 1.0) * (KNOTS - 1) as f64;
    let low = (place as usize).min(KNOTS - 2);
    let share = place - low as f64;
    [(low, 1.0 - share), (low + 1, share)]
}

impl AdditiveJudge {
    /// Weighs what was seen: a bar for every term that says something.
    pub(crate) fn weigh(&self, seen: &Seen) -> Judgement {
        self.weights.weigh(seen, &mut Default::default(), 0.0)
    }

    /// The same of what was seen last, as [`Judge::judge_above`] asks for.
    #[cfg(feature = "neural")]
    pub(super) fn weigh_above(&self, scratch: &mut Scratch, least: f64) -> Judgement {
        self.weights.weigh(&scratch.seen, &mut scratch.bars, least)
    }

    /// Looks at a pair and weighs it, with the student's word where it is asked.
    pub(super) fn weigh_pair(
        &self,
        a: &Reading,
        b: &Reading,
        rarity: &Rarity,
        scratch: &mut Scratch,
        least: f64,
    ) -> Judgement {
        self.see(a, b, rarity, scratch);
        let mut probabilities = self.weights.sum_up(&scratch.seen, &mut scratch.bars);
        if let Some(studied) = &self.studied
            && !probabilities.below(FLOOR)
            && passes(&scratch.seen, least)
            && studied.student.see(a, b, &self.lexicon, scratch)
        {
            probabilities = studied.weights.sum_up(&scratch.seen, &mut scratch.bars);
        }
        told(&scratch.seen, &scratch.bars, probabilities, least)
    }
}

/// Whether a pair may be linked with a probability of `least`, whatever a student says of it: no link is likelier than that the articles
/// are of one event.
fn passes(seen: &Seen, least: f64) -> bool {
    let gate = seen.terms.iter().find(|t| t.id == term!(GATE));
    gate.is_none_or(|gate| gate.at >= least)
}

/// What is told of a pair whose bars stand, as [`Judge::judge_above`] asks for.
fn told(seen: &Seen, bars: &[Vec<Bar>; 4], probabilities: Probabilities, least: f64) -> Judgement {
    let terms = &seen.terms;
    // A later count may be an update, which is told however unlikely a link is.
    let matter = sum(&bars[Factor::SameMatter as usize]);
    let telling = matter > ONE_MATTER || probabilities.contradiction >= SUSPECTED;
    let update = telling && terms.iter().any(|t| t.id == term!(UPDATE));
    if probabilities.below(least) && !update {
        return Judgement {
            probabilities,
            kind: None,
            evidence: Vec::new(),
        };
    }
    let evidence = |(factor, bar): (Factor, &Bar)| {
        let term = &terms[bar.term];
        Evidence {
            factor,
            name: Cow::Borrowed(TERMS[term.id].name),
            bits: bar.bits,
            a: seen.spans(term.a).to_vec(),
            b: seen.spans(term.b).to_vec(),
        }
    };
    let bars = Factor::ALL.iter().zip(bars);
    let bars = bars.flat_map(|(factor, bars)| bars.iter().map(|bar| (*factor, bar)));
    Judgement::of_bars(bars.map(evidence).collect()).pruned(least)
}

impl Weights {
    fn weigh(&self, seen: &Seen, bars: &mut [Vec<Bar>; 4], least: f64) -> Judgement {
        let probabilities = self.sum_up(seen, bars);
        told(seen, bars, probabilities, least)
    }

    /// Fills in the bars; what they come to. They are put in order, and summed in that order, while they are small.
    fn sum_up(&self, seen: &Seen, bars: &mut [Vec<Bar>; 4]) -> Probabilities {
        self.fill(&seen.terms, bars);
        Probabilities::of(|factor| sum(&bars[factor as usize]))
    }

    /// Fills in the bars of every factor, in order.
    fn fill(&self, terms: &[Term], bars: &mut [Vec<Bar>; 4]) {
        bars.iter_mut().for_each(Vec::clear);
        for (at, term) in terms.iter().enumerate() {
            for (bars, bits) in bars.iter_mut().zip(self.bits(term)) {
                if bits != 0.0 {
                    bars.push(Bar { bits, term: at });
                }
            }
        }
        bars.iter_mut().for_each(|bars| sort(bars, terms));
        if let Some(gate) = terms.iter().position(|t| t.id == term!(GATE)) {
            let same = &mut bars[Factor::SameMatter as usize];
            let bits = gated(sum(same), terms[gate].at);
            same.push(Bar { bits, term: gate });
            sort(same, terms);
        }
    }
}

impl Judge for AdditiveJudge {
    fn judge(&self, a: &Reading, b: &Reading, rarity: &Rarity) -> Judgement {
        self.judge_above(a, b, rarity, 0.0)
    }

    fn judge_above(&self, a: &Reading, b: &Reading, rarity: &Rarity, least: f64) -> Judgement {
        let words = |a: &Reading, b: &Reading, least: f64| {
            scratch::with(|scratch| self.weigh_pair(a, b, rarity, scratch, least))
        };
        by_what_is_rejected(a, b, words(a, b, least), words)
    }

    fn glance(&self, a: &Sketch, b: &Sketch, one_event: Option<f64>) -> f32 {
        glance::promise(a, b, one_event)
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
