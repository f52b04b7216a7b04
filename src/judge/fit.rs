//! Learning the additive judge's weights from labelled pairs.

#[cfg(feature = "neural")]
use super::CascadeJudge;
use super::additive::{AdditiveJudge, KNOTS, Weights, fixed, gated, hats};
use super::seen::Term;
use super::terms::{GATE, TERMS, mirror, term};
use super::{Around, Evidence, Factor, Judgement, Rarity, Reading, Relation, Student};
use crate::error::{Error, ErrorKind};
use std::borrow::Cow;

/// A labelled pair to learn from.
#[derive(Debug, Clone)]
pub struct Example {
    /// Log-odds of the four factors that stand whatever is learned, nats.
    base: [f64; 4],
    /// The probability that the two articles tell of one event; 1 where nothing is known of them.
    gate: f64,
    seen: Vec<Column>,
    relation: Relation,
    weight: f64,
    /// Whether the label says nothing of what follows from `b`.
    one_way: bool,
}

/// One knot's share of one observation, from either side.
#[derive(Debug, Clone, Copy)]
struct Column {
    /// Where the term stands for the factors without a direction.
    either: u16,
    forward: u16,
    backward: u16,
    value: f32,
}

/// How to learn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitOptions {
    /// Full passes over the examples; default 400.
    pub steps: usize,
    /// Pull of every weight to zero, per example; default 1e-5.
    pub shrink: f64,
    /// Pull of neighbouring knots together; default 1e-4.
    pub smooth: f64,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self {
            steps: 400,
            shrink: 1e-5,
            smooth: 1e-4,
        }
    }
}

impl Example {
    /// What `judge` sees in a pair that is known to stand in `relation`, without a student. `weight` is how much it counts beside others.
    pub fn new(
        judge: &AdditiveJudge,
        a: &Reading,
        b: &Reading,
        rarity: &Rarity,
        relation: Relation,
        weight: f64,
    ) -> Self {
        Self::of_terms(&judge.terms(a, b, rarity), relation, weight)
    }

    /// The same with what a student says of the pair, for weights beside it.
    pub fn with_student(
        student: &Student,
        a: &Reading,
        b: &Reading,
        rarity: &Rarity,
        relation: Relation,
        weight: f64,
    ) -> Self {
        let terms = AdditiveJudge::english().terms_with(student, a, b, rarity);
        Self::of_terms(&terms, relation, weight)
    }

    /// The same with what a network says of the pair, for the second stage of a cascade; `None` where its first stage would not ask
    /// the network.
    #[cfg(feature = "neural")]
    pub fn with_network(
        judge: &CascadeJudge,
        a: &Reading,
        b: &Reading,
        rarity: &Rarity,
        relation: Relation,
        weight: f64,
    ) -> Option<Self> {
        let terms = judge.asked(a, b, rarity)?;
        Some(Self::of_terms(&terms, relation, weight))
    }

    /// What the rivals of a pair add to a judgement that stands, for the weights of a [`Context`](super::Context).
    pub fn in_context(
        judgement: &Judgement,
        around: &Around,
        relation: Relation,
        weight: f64,
    ) -> Self {
        Self {
            base: Factor::ALL.map(|f| judgement.score(f) * std::f64::consts::LN_2),
            ..Self::of_terms(&around.seen().terms, relation, weight)
        }
    }

    /// What a judge of these weights says of the pair: one bar a factor. It costs no second look at the statements.
    pub fn judged_by(&self, judge: &AdditiveJudge) -> Judgement {
        let bits = |factor, place: fn(&Column) -> u16| -> f64 {
            let seen = self.seen.iter();
            let learned: f64 = seen
                .map(|c| judge.bits_at(factor, usize::from(place(c))) * f64::from(c.value))
                .sum();
            self.base[factor as usize] / std::f64::consts::LN_2 + learned
        };
        let bar = |factor, bits| Evidence {
            factor,
            name: Cow::Borrowed("sum"),
            bits,
            a: Vec::new(),
            b: Vec::new(),
        };
        let same = bits(Factor::SameMatter, |c| c.either);
        let evidence = vec![
            bar(Factor::SameMatter, same + gated(same, self.gate)),
            bar(Factor::Clash, bits(Factor::Clash, |c| c.either)),
            bar(Factor::Forward, bits(Factor::Forward, |c| c.forward)),
            bar(Factor::Backward, bits(Factor::Backward, |c| c.backward)),
        ];
        Judgement::from_evidence(evidence, None)
    }

    /// The same where the label only says whether `b` follows from `a`, as in sets for language inference: their entailments may be
    /// duplicates, and `a` may follow from `b` where the two are called neutral.
    pub fn one_way(mut self) -> Self {
        self.one_way = true;
        self
    }

    /// The same as if the terms of these names had not been seen, to find out what they are worth.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] where a name is no learned term's.
    pub fn without(&self, names: &[&str]) -> Result<Self, Error> {
        let place = |name: &&str| {
            let id = TERMS
                .iter()
                .position(|t| t.name == *name && t.fixed.is_none());
            id.ok_or_else(|| {
                Error::new(
                    ErrorKind::Format,
                    format!("{name:?}: expected the name of a learned term"),
                )
            })
        };
        let left_out = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        let mut rest = self.clone();
        rest.seen
            .retain(|c| !left_out.contains(&(usize::from(c.forward) / KNOTS)));
        Ok(rest)
    }

    fn of_terms(terms: &[Term], relation: Relation, weight: f64) -> Self {
        let sure = |factor| {
            terms
                .iter()
                .filter_map(move |t| fixed(factor, t.id))
                .sum::<f64>()
        };
        let gate = |t: &&Term| t.id == term!(GATE);
        let learned = terms.iter().filter(|t| TERMS[t.id].fixed.is_none());
        Self {
            gate: terms.iter().find(gate).map_or(1.0, |t| t.at),
            base: Factor::ALL.map(|factor| sure(factor) * std::f64::consts::LN_2),
            seen: learned.flat_map(columns).collect(),
            relation,
            weight,
            one_way: false,
        }
    }
}

fn columns(term: &Term) -> impl Iterator<Item = Column> {
    let (id, strength) = (term.id, term.strength);
    hats(term.at)
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .map(move |(knot, share)| Column {
            either: (id.min(mirror(id)) * KNOTS + knot) as u16,
            forward: (id * KNOTS + knot) as u16,
            backward: (mirror(id) * KNOTS + knot) as u16,
            value: (strength * share) as f32,
        })
}

const WIDTH: usize = TERMS.len() * KNOTS;

/// Learns weights by maximum likelihood of the five relations, all factors jointly, with Adam on the whole set; the same
/// examples in the same order give the same weights. Cost: examples x observations x steps.
pub fn fit(examples: &[Example], options: FitOptions) -> AdditiveJudge {
    let mut theta = vec![0f64; 3 * WIDTH];
    let (mut first, mut second) = (vec![0f64; 3 * WIDTH], vec![0f64; 3 * WIDTH]);
    let total: f64 = examples.iter().map(|e| e.weight).sum::<f64>().max(1e-9);
    for step in 1..=options.steps {
        let mut gradient = vec![0f64; 3 * WIDTH];
        for example in examples {
            let mut logit = example.base;
            for c in &example.seen {
                let v = f64::from(c.value);
                logit[0] += theta[usize::from(c.either)] * v;
                logit[1] += theta[WIDTH + usize::from(c.either)] * v;
                logit[2] += theta[2 * WIDTH + usize::from(c.forward)] * v;
                logit[3] += theta[2 * WIDTH + usize::from(c.backward)] * v;
            }
            let slope = slopes(logit, example).map(|d| d * example.weight / total);
            for c in &example.seen {
                let v = f64::from(c.value);
                gradient[usize::from(c.either)] += slope[0] * v;
                gradient[WIDTH + usize::from(c.either)] += slope[1] * v;
                gradient[2 * WIDTH + usize::from(c.forward)] += slope[2] * v;
                gradient[2 * WIDTH + usize::from(c.backward)] += slope[3] * v;
            }
        }
        for (at, g) in gradient.iter_mut().enumerate() {
            *g -= options.shrink * theta[at];
            let knot = at % KNOTS;
            if knot > 0 {
                *g -= options.smooth * (theta[at] - theta[at - 1]);
            }
            if knot + 1 < KNOTS {
                *g -= options.smooth * (theta[at] - theta[at + 1]);
            }
        }
        let rate = 0.1 * (1.0 - 0.9 * step as f64 / options.steps as f64);
        for at in 0..theta.len() {
            let g = gradient[at];
            first[at] = 0.9 * first[at] + 0.1 * g;
            second[at] = 0.99 * second[at] + 0.01 * g * g;
            let m = first[at] / (1.0 - 0.9f64.powi(step as i32));
            let v = second[at] / (1.0 - 0.99f64.powi(step as i32));
            theta[at] += rate * m / (v.sqrt() + 1e-10);
        }
    }
    AdditiveJudge::with_weights(Weights::from_fn(|factor, id, knot| {
        let block = match factor {
            Factor::SameMatter => 0,
            Factor::Clash => 1,
            Factor::Forward | Factor::Backward => 2,
        };
        // Whether two statements are of one matter, and whether they clash, has no direction.
        let id = if block < 2 { id.min(mirror(id)) } else { id };
        theta[block * WIDTH + id * KNOTS + knot] / std::f64::consts::LN_2
    }))
}

/// Slopes of the log-likelihood of a pair's relation over the four logits; as if nothing ever followed from `b` where that is not
/// known. Two statements of two events teach nothing: however alike they are, they are not of one matter.
fn slopes(logit: [f64; 4], example: &Example) -> [f64; 4] {
    let [s, c, f, b] = logit.map(|x| 1.0 / (1.0 + (-x).exp()));
    let b = if example.one_way { 0.0 } else { b };
    match example.relation {
        Relation::Contradiction => [1.0 - s, 1.0 - c, 0.0, 0.0],
        Relation::Duplicate => [1.0 - s, -c, 1.0 - f, 1.0 - b],
        Relation::Entailment => [1.0 - s, -c, 1.0 - f, -b],
        Relation::Entailed => [1.0 - s, -c, -f, 1.0 - b],
        Relation::Neutral => {
            let rest = (1.0 - c) * (1.0 - f) * (1.0 - b);
            let same = example.gate * s;
            let p = (1.0 - same + same * rest).max(1e-12);
            [
                -(1.0 - rest) * same * (1.0 - s) / p,
                -same * rest * c / p,
                -same * rest * f / p,
                -same * rest * b / p,
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{Judge, Statement};
    use crate::lexicon::Lexicon;

    #[test]
    fn an_example_is_judged_as_its_pair_is() {
        let read = |text| {
            let statement = Statement {
                text,
                ..Statement::default()
            };
            Reading::new(&statement, &Lexicon::english())
        };
        let (a, b) = (read("Twelve people died in Belport."), read("Nobody died."));
        let (judge, rarity) = (AdditiveJudge::english().alone(), Rarity::background());
        let example = Example::new(&judge, &a, &b, &rarity, Relation::Neutral, 1.0);
        let (one, other) = (example.judged_by(&judge), judge.judge(&a, &b, &rarity));
        for factor in Factor::ALL {
            let (x, y) = (one.score(factor), other.score(factor));
            // Shares of the knots are held with fewer digits.
            assert!((x - y).abs() < 1e-4, "{factor:?}: {x} is not {y}");
        }
        // What stands already is kept in each factor.
        let again = Example::in_context(&one, &Around::default(), Relation::Neutral, 1.0);
        for factor in Factor::ALL {
            let (x, y) = (again.judged_by(&judge).score(factor), one.score(factor));
            assert!((x - y).abs() < 1e-9, "{factor:?}: {x} is not {y}");
        }
    }

    #[test]
    fn an_example_with_a_student_is_judged_as_its_pair_is() {
        let read = |text: &str| Reading::new(&text.into(), &Lexicon::english());
        let (a, b) = (read("Twelve people died in Belport."), read("Nobody died."));
        let (student, rarity) = (Student::english(), Rarity::background());
        let example = Example::with_student(&student, &a, &b, &rarity, Relation::Neutral, 1.0);
        let weights = AdditiveJudge::from_json(include_str!("student/weights.json"));
        let one = example.judged_by(&weights.expect("terms of this version"));
        let other = AdditiveJudge::english().judge(&a, &b, &rarity);
        let names = |b: &Evidence| b.name.starts_with("words compared");
        assert!(other.evidence.iter().any(names), "{other:?}");
        for factor in Factor::ALL {
            let (x, y) = (one.score(factor), other.score(factor));
            assert!((x - y).abs() < 1e-4, "{factor:?}: {x} is not {y}");
        }
    }

    #[test]
    fn what_is_left_out_says_nothing() {
        let read = |text: &str| Reading::new(&text.into(), &Lexicon::english());
        let (a, b) = (read("Twelve people died in Belport."), read("Nobody died."));
        let (judge, rarity) = (AdditiveJudge::english().alone(), Rarity::background());
        let example = Example::new(&judge, &a, &b, &rarity, Relation::Neutral, 1.0);
        let whole = judge.judge(&a, &b, &rarity);
        let bar = |e: &&Evidence| e.name == "prior" && e.factor == Factor::SameMatter;
        let prior = whole.evidence.iter().find(bar).expect("a prior").bits;
        let rest = example.without(&["prior"]).expect("a learned term");
        let left = rest.judged_by(&judge).score(Factor::SameMatter);
        assert!(prior.abs() > 0.01);
        assert!((left + prior - whole.score(Factor::SameMatter)).abs() < 1e-4);
        for name in ["no such term", "word for word the same"] {
            assert!(example.without(&[name]).is_err(), "{name}");
        }
    }

    #[test]
    fn a_term_that_one_judge_does_not_know_is_the_others() {
        let judge = |rows: &[(&str, f64)]| {
            let row = |(name, bits): &(&str, f64)| {
                let (bits, zero) = (vec![bits; KNOTS], vec![0.0; KNOTS]);
                format!(
                    r#"{{"name":"{name}","same":{bits:?},"clash":{zero:?},"forward":{zero:?}}}"#
                )
            };
            let rows: Vec<String> = rows.iter().map(row).collect();
            let json = format!(r#"{{"version":1,"terms":[{}]}}"#, rows.join(","));
            AdditiveJudge::from_json(&json).expect("terms of this version")
        };
        let one = judge(&[("prior", 1.0), ("names shared", 3.0)]);
        let both = one.averaged(&judge(&[("prior", 2.0), ("dates agree", 5.0)]));
        let mean = judge(&[("prior", 1.5), ("names shared", 3.0), ("dates agree", 5.0)]);
        assert_eq!(both.to_json(), mean.to_json());
    }

    #[test]
    fn slopes_are_those_of_the_likelihood() {
        let likelihood = |logit: [f64; 4], example: &Example| {
            let [s, c, f, b] = logit.map(|x| 1.0 / (1.0 + (-x).exp()));
            let s = example.gate * s;
            let b = if example.one_way { 0.0 } else { b };
            let agree = s * (1.0 - c);
            f64::ln(match example.relation {
                Relation::Duplicate => agree * f * b,
                Relation::Entailment => agree * f * (1.0 - b),
                Relation::Entailed => agree * (1.0 - f) * b,
                Relation::Contradiction => s * c,
                Relation::Neutral => 1.0 - s + agree * (1.0 - f) * (1.0 - b),
            })
        };
        let at = [0.3, -0.7, 0.2, 1.1];
        for (relation, one_way, gate) in [
            (Relation::Duplicate, false, 1.0),
            (Relation::Contradiction, false, 0.4),
            (Relation::Entailment, false, 1.0),
            (Relation::Entailed, false, 1.0),
            (Relation::Neutral, false, 1.0),
            (Relation::Neutral, false, 0.4),
            (Relation::Entailment, true, 1.0),
            (Relation::Neutral, true, 1.0),
        ] {
            let example = Example {
                gate,
                one_way,
                ..Example::of_terms(&[], relation, 1.0)
            };
            let slope = slopes(at, &example);
            for i in 0..4 {
                let (mut up, mut down) = (at, at);
                up[i] += 1e-5;
                down[i] -= 1e-5;
                let likely = |at| likelihood(at, &example);
                let measured = (likely(up) - likely(down)) / 2e-5;
                assert!(
                    (measured - slope[i]).abs() < 1e-6,
                    "{relation} {i}: {measured} is not {}",
                    slope[i]
                );
            }
        }
    }
}
