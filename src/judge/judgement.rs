//! What a judge says of a pair, and why.

use super::terms::{RISEN, UPDATE, conflict, mirrored};
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// How statement `a` stands to statement `b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Both say the same.
    Duplicate,
    /// `a` entails `b`, not the reverse.
    Entailment,
    /// `b` entails `a`, not the reverse.
    Entailed,
    /// Both cannot be true.
    Contradiction,
    /// Neither follows from nor excludes the other.
    Neutral,
}

impl Relation {
    /// The relation of `b` to `a`.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Entailment => Self::Entailed,
            Self::Entailed => Self::Entailment,
            other => other,
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Duplicate => "duplicate",
            Self::Entailment => "entailment",
            Self::Entailed => "entailed",
            Self::Contradiction => "contradiction",
            Self::Neutral => "neutral",
        })
    }
}

/// On what two statements clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// One side negates what the other states.
    Negation,
    /// Words that exclude each other.
    Antonym,
    /// Different figures for one thing.
    Quantity,
    /// Different days for one thing.
    Date,
    /// Different places for one thing.
    Place,
    /// Someone else did it, or to someone else.
    Role,
    /// One side calls the other's proposition implausible.
    Rejection,
    /// One side denies it.
    Denial,
    /// 'failed to' against 'did'.
    Implicative,
    /// 'all' against 'some did not'.
    Quantifier,
    /// The later of two counts: not a real dispute.
    Update,
    /// None of these.
    Other,
}

impl fmt::Display for ConflictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Negation => "negation",
            Self::Antonym => "antonym",
            Self::Quantity => "quantity",
            Self::Date => "date",
            Self::Place => "place",
            Self::Role => "role",
            Self::Rejection => "rejection",
            Self::Denial => "denial",
            Self::Implicative => "implicative",
            Self::Quantifier => "quantifier",
            Self::Update => "update",
            Self::Other => "other",
        })
    }
}

/// The question that a bar of evidence bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// Are the two about the same matter?
    SameMatter,
    /// Given one matter: do they exclude each other?
    Clash,
    /// Given one matter and no clash: does `a` entail `b`?
    Forward,
    /// Given one matter and no clash: does `b` entail `a`?
    Backward,
}

impl Factor {
    /// All four, in order.
    pub const ALL: [Factor; 4] = [
        Factor::SameMatter,
        Factor::Clash,
        Factor::Forward,
        Factor::Backward,
    ];
}

/// One bar of the waterfall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The question that it bears on.
    pub factor: Factor,
    /// What was seen: 'prior', 'shared words', 'quantities differ'.
    pub name: Cow<'static, str>,
    /// Log2 Bayes factor: positive speaks for a yes. The bars of a factor sum to its log2 odds.
    pub bits: f64,
    /// The words of `a` that it rests on; offsets into the statement's text.
    #[serde(default)]
    pub a: Vec<Span>,
    /// The words of `b` that it rests on.
    #[serde(default)]
    pub b: Vec<Span>,
}

/// Probabilities of the five relations; they sum to one.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Probabilities {
    /// Both say the same.
    pub duplicate: f64,
    /// Both cannot be true.
    pub contradiction: f64,
    /// `a` entails `b`.
    pub entailment: f64,
    /// `b` entails `a`.
    pub entailed: f64,
    /// None of the others.
    pub neutral: f64,
}

impl Probabilities {
    /// From the log2 odds of the factors.
    pub(super) fn of(score: impl Fn(Factor) -> f64) -> Self {
        let p = |factor| probability(score(factor));
        let (same, clash) = (p(Factor::SameMatter), p(Factor::Clash));
        let (forward, backward) = (p(Factor::Forward), p(Factor::Backward));
        let agree = same * (1.0 - clash);
        // In an order of arithmetic that does not know which side is a.
        let (duplicate, entailment, entailed) = (
            agree * (forward * backward),
            agree * forward * (1.0 - backward),
            agree * backward * (1.0 - forward),
        );
        let contradiction = same * clash;
        Self {
            duplicate,
            contradiction,
            entailment,
            entailed,
            neutral: (1.0 - contradiction - duplicate - (entailment + entailed)).max(0.0),
        }
    }

    /// The probability of one relation, 0 to 1.
    pub fn of_relation(&self, relation: Relation) -> f64 {
        match relation {
            Relation::Duplicate => self.duplicate,
            Relation::Entailment => self.entailment,
            Relation::Entailed => self.entailed,
            Relation::Contradiction => self.contradiction,
            Relation::Neutral => self.neutral,
        }
    }

    /// Log2 odds of a relation: what a threshold should be set on, since it does not saturate near one.
    pub fn weight(&self, relation: Relation) -> f64 {
        let p = self.of_relation(relation).clamp(1e-12, 1.0 - 1e-12);
        (p / (1.0 - p)).log2()
    }

    /// Whether all links together are less likely than this.
    pub(crate) fn below(&self, least: f64) -> bool {
        1.0 - self.neutral < least
    }
}

/// What a judge says of a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Probabilities of the five relations.
    pub probabilities: Probabilities,
    /// On what the two clash, or (kind update under a neutral relation) seem to. Also named where another relation is likelier but
    /// a contradiction has a tenth: what a caller with a low threshold would call it.
    pub kind: Option<ConflictKind>,
    /// The bars, by factor and then by size. None where [`Judge::judge_above`](super::Judge::judge_above) left them out.
    pub evidence: Vec<Evidence>,
}

impl ConflictKind {
    /// How much a kind says of a clash: where one side rejects or denies, that is what the clash is, whatever else differs.
    pub(crate) fn telling(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Rejection | Self::Denial => 2,
            _ => 1,
        }
    }
}

/// The bar of a factor whose bars were thrown together.
const CONDENSED: &str = "all bars";
/// Bits that a bar must have to say on what two statements clash: one that less than doubles the odds is not what the clash is.
const TELLING: f64 = 1.0;
/// Probability from which a contradiction is named by [`Judgement::relation`].
const NAMED: f64 = 0.7;
/// Probability from which it is said on what two statements would clash.
pub(super) const SUSPECTED: f64 = 0.1;
/// Log2 odds of one matter from which a later count is an update of the earlier.
pub(super) const ONE_MATTER: f64 = -2.0;

impl Judgement {
    /// Puts the two factors and the two directions together, each given by the log2 odds that its evidence sums to:
    /// contradiction = same x clash; the rest of 'same' is shared out by the two directions as if they were independent.
    pub fn from_evidence(evidence: Vec<Evidence>, kind: Option<ConflictKind>) -> Self {
        let bars = |factor| evidence.iter().filter(move |e| e.factor == factor);
        Self {
            probabilities: Probabilities::of(|factor| bars(factor).map(|e| e.bits).sum()),
            kind,
            evidence,
        }
    }

    /// A judgement whose kind its own bars tell, in the order in which evidence is kept. The bars of a factor are put in one
    /// order whatever the side, so that sums mirror to the last bit.
    pub(super) fn of_bars(mut evidence: Vec<Evidence>) -> Self {
        sort(&mut evidence);
        let mut judgement = Self::from_evidence(evidence, None);
        let later = (judgement.evidence.iter()).any(|e| e.name == UPDATE || e.name == RISEN);
        let contradiction = judgement.probabilities.contradiction;
        judgement.kind = match judgement.relation() {
            Relation::Neutral if later && judgement.score(Factor::SameMatter) > ONE_MATTER => {
                Some(ConflictKind::Update)
            }
            // What is too weak to be the likeliest may still pass a caller's threshold.
            relation if relation == Relation::Contradiction || contradiction >= SUSPECTED => Some(
                judgement
                    .clash()
                    .and_then(|bar| conflict(&bar.name))
                    .unwrap_or(ConflictKind::Other),
            ),
            _ => None,
        };
        judgement
    }

    /// The same with one bar a factor, for keeping many; a judgement of few bars stays as it is.
    pub(crate) fn condensed(self) -> Self {
        if self.evidence.len() <= Factor::ALL.len() {
            return self;
        }
        let bar = |factor| Evidence {
            factor,
            name: Cow::Borrowed(CONDENSED),
            bits: self.score(factor),
            a: Vec::new(),
            b: Vec::new(),
        };
        let evidence = Factor::ALL.map(bar).into();
        Self { evidence, ..self }
    }

    /// The same with no bar but the one that says on what the two clash.
    pub(crate) fn clash_alone(mut self) -> Self {
        self.evidence = self.clash().cloned().into_iter().collect();
        self
    }

    /// Whether its bars were thrown together.
    pub(crate) fn is_condensed(&self) -> bool {
        self.evidence.iter().any(|e| e.name == CONDENSED)
    }

    /// The same with more bars. A kind that was named stays.
    pub(super) fn and(self, bars: Vec<Evidence>) -> Self {
        let kind = self.kind;
        let mut judgement = Self::of_bars(self.evidence.into_iter().chain(bars).collect());
        // What was an update may be a contradiction now.
        judgement.kind = kind
            .filter(|k| *k != ConflictKind::Update || judgement.kind.is_none())
            .or(judgement.kind);
        judgement
    }

    /// Without evidence, where all links together are less likely than `least` and the pair is no update.
    pub(super) fn pruned(mut self, least: f64) -> Self {
        if self.probabilities.below(least) && self.kind != Some(ConflictKind::Update) {
            self.evidence = Vec::new();
        }
        self
    }

    /// The probability that one of the two follows from the other: duplicate or either entailment.
    pub fn agreement(&self) -> f64 {
        let p = &self.probabilities;
        p.duplicate + p.entailment + p.entailed
    }

    /// The likeliest relation; ties go to the earlier of duplicate, contradiction, entailment, entailed, neutral. A
    /// contradiction is only named from odds of seven to three on: to say wrongly that somebody contradicts somebody is the
    /// worse mistake. (Of held families this names six in seven rightly and two thirds of all.)
    pub fn relation(&self) -> Relation {
        let p = &self.probabilities;
        [
            (Relation::Duplicate, p.duplicate),
            (Relation::Contradiction, p.contradiction),
            (Relation::Entailment, p.entailment),
            (Relation::Entailed, p.entailed),
            (Relation::Neutral, p.neutral),
        ]
        .into_iter()
        .filter(|(relation, p)| *relation != Relation::Contradiction || *p >= NAMED)
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map_or(Relation::Neutral, |(relation, _)| relation)
    }

    /// The probability of one relation, 0 to 1.
    pub fn probability(&self, relation: Relation) -> f64 {
        self.probabilities.of_relation(relation)
    }

    /// Log2 odds of a relation: what a threshold should be set on, since it does not saturate near one.
    pub fn weight(&self, relation: Relation) -> f64 {
        self.probabilities.weight(relation)
    }

    /// The bar that says best on what the two clash: one of a more telling kind before others, then the strongest.
    pub fn clash(&self) -> Option<&Evidence> {
        let telling = |e: &Evidence| conflict(&e.name).map(ConflictKind::telling);
        self.evidence
            .iter()
            .filter(|e| {
                let least = match telling(e) {
                    Some(2..) => 0.0,
                    Some(_) => TELLING,
                    None => f64::INFINITY,
                };
                e.factor == Factor::Clash && e.bits > least
            })
            .max_by(|x, y| {
                (telling(x).cmp(&telling(y)))
                    .then(x.bits.total_cmp(&y.bits))
                    .then_with(|| y.name.cmp(&x.name))
            })
    }

    /// The log2 odds that a factor's bars sum to.
    pub fn score(&self, factor: Factor) -> f64 {
        self.evidence
            .iter()
            .filter(|e| e.factor == factor)
            .map(|e| e.bits)
            .sum()
    }

    /// The same judgement seen from `b`.
    pub fn mirrored(mut self) -> Self {
        let p = &mut self.probabilities;
        std::mem::swap(&mut p.entailment, &mut p.entailed);
        for e in &mut self.evidence {
            std::mem::swap(&mut e.a, &mut e.b);
            e.factor = match e.factor {
                Factor::Forward => Factor::Backward,
                Factor::Backward => Factor::Forward,
                other => other,
            };
            if let Some(name) = mirrored(&e.name) {
                e.name = Cow::Borrowed(name);
            }
        }
        sort(&mut self.evidence);
        self
    }
}

/// The order in which evidence is kept: by factor, then by size, then by name.
fn sort(evidence: &mut [Evidence]) {
    evidence.sort_by(|x, y| {
        x.factor
            .cmp(&y.factor)
            .then(y.bits.abs().total_cmp(&x.bits.abs()))
            .then_with(|| x.name.cmp(&y.name))
    });
}

fn probability(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(clash: f64, bars: &[(&'static str, f64)]) -> Judgement {
        let bar = |factor, name, bits| Evidence {
            factor,
            name: Cow::Borrowed(name),
            bits,
            a: Vec::new(),
            b: Vec::new(),
        };
        let mut evidence = vec![bar(Factor::SameMatter, "prior", 20.0)];
        let rest: f64 = bars.iter().map(|b| b.1).sum();
        evidence.push(bar(Factor::Clash, "prior", clash - rest));
        evidence.extend(
            bars.iter()
                .map(|(name, bits)| bar(Factor::Clash, name, *bits)),
        );
        Judgement::from_evidence(evidence, None)
    }

    #[test]
    fn a_contradiction_is_named_from_seven_to_three_on() {
        let likely = judgement(1.0, &[]);
        assert!((0.5..NAMED).contains(&likely.probabilities.contradiction));
        assert_ne!(likely.relation(), Relation::Contradiction);
        assert_eq!(judgement(1.4, &[]).relation(), Relation::Contradiction);
    }

    #[test]
    fn a_rejection_names_the_clash_before_a_stronger_bar() {
        let bars = [
            ("rejected on one side", 0.1),
            ("quantities differ", 2.0),
            ("read as a clash", 3.0),
        ];
        let name = |bars| judgement(5.0, bars).clash().map(|e| e.name.clone());
        assert_eq!(name(&bars).as_deref(), Some("rejected on one side"));
        assert_eq!(name(&bars[1..]).as_deref(), Some("quantities differ"));
        assert_eq!(name(&bars[2..]).as_deref(), Some("read as a clash"));
    }
}
