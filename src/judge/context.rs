//! What other pairs say about a pair.
//!
//! An article seldom contradicts itself: a claim that agrees with one claim of another article hardly clashes with a second
//! one of it, and of several clashes that seem possible between two articles' claims most are none: these pairs are rivals. And
//! a third article may bear a pair out: whoever agrees with a claim agrees with what agrees with it, and clashes with what clashes
//! with it. Knows judgements, not statements.

use super::additive::AdditiveJudge;
use super::judgement::{Evidence, Factor, Judgement};
use super::pointed::SAID;
use super::seen::Seen;
use super::terms::term;
use crate::block::of_map;
use crate::error::Error;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::OnceLock;

/// See [`Context::TRACE`].
const TRACE: f64 = Context::TRACE;
/// The measure of rival clashes, `ln(1 + sum)` of both sides, at which the bar stops growing.
const REACH: f64 = 3.0;

/// What was judged of the pairs between articles, gathered so that each pair can be seen beside its rivals.
///
/// `C` names a claim and `A` its article. Filled with [`add`](Self::add), asked with [`around`](Self::around).
#[derive(Debug, Clone)]
pub struct Company<C, A> {
    standings: FxHashMap<(C, A), Standing<C>>,
    /// Each claim's pairs: the other claim, and how likely the two agree and clash.
    pairs: FxHashMap<C, BTreeMap<C, [f64; 2]>>,
}

/// How a claim stands to the claims of one other article.
#[derive(Debug, Clone)]
struct Standing<C> {
    /// The two that it agrees with best.
    agreements: [Option<(f64, C)>; 2],
    /// Those that it may clash with, and how likely that is.
    clashes: Vec<(f64, C)>,
}

/// What one pair's rivals were judged: the other pairs of `a` with claims of `b`'s article, and the reverse.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Around {
    /// The best probability of agreement with another claim there, of `a` and of `b`.
    agreement: [f64; 2],
    /// Sums of the probabilities of contradictions with other claims there, of `a` and of `b`.
    clashes: [f64; 2],
    /// How likely a claim of a third article agrees with both, at best, and that it agrees with one and clashes with the other.
    third: [f64; 2],
}

impl<C: Copy + Ord + Hash, A: Copy + Eq + Hash> Company<C, A> {
    /// Takes in what was judged of a pair. Each pair should be added once, in an order that does not depend on chance.
    pub fn add(&mut self, a: (C, A), b: (C, A), judgement: &Judgement) {
        let (agrees, clashes) = (judgement.agreement(), judgement.probabilities.contradiction);
        if agrees < TRACE && clashes < TRACE {
            return;
        }
        for ((own, _), (other, there)) in [(a, b), (b, a)] {
            let pairs = self.pairs.entry(own).or_default();
            pairs.insert(other, [agrees, clashes]);
            let standing = self.standings.entry((own, there)).or_insert(Standing {
                agreements: [None; 2],
                clashes: Vec::new(),
            });
            if clashes >= TRACE {
                standing.clashes.push((clashes, other));
            }
            let [first, second] = &mut standing.agreements;
            let beats = |held: &Option<(f64, C)>| held.is_none_or(|(had, _)| agrees > had);
            if beats(first) {
                *second = first.replace((agrees, other));
            } else if beats(second) {
                *second = Some((agrees, other));
            }
        }
    }

    /// The rivals of a pair, whether or not it was added itself.
    pub fn around(&self, a: (C, A), b: (C, A)) -> Around {
        let mut around = Around::default();
        for (side, (claim, _), (other, there)) in [(0, a, b), (1, b, a)] {
            if let Some(standing) = self.standings.get(&(claim, there)) {
                let others = |(p, whom): &(f64, C)| (*whom != other).then_some(*p);
                let agreements = standing.agreements.iter().flatten();
                around.agreement[side] = agreements.filter_map(others).fold(0.0, f64::max);
                around.clashes[side] = standing.clashes.iter().filter_map(others).sum();
            }
        }
        around.third = self.third(a.0, b.0);
        around
    }

    /// Pairs are between articles, so that whoever is paired with both is of a third.
    fn third(&self, a: C, b: C) -> [f64; 2] {
        let mut best = [0.0, 0.0];
        let (Some(x), Some(y)) = (self.pairs.get(&a), self.pairs.get(&b)) else {
            return best;
        };
        // A claim that was copied thousands of times has thousands of pairs, each of its copies a few.
        let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        for (claim, [p, q]) in few {
            if let Some([r, s]) = many.get(claim) {
                best[0] = f64::max(best[0], p * r);
                best[1] = best[1].max(p * s).max(q * r);
            }
        }
        best
    }

    /// Forgets the pairs of a claim that goes together with all others of its article; `homes` tells the articles of claims.
    pub fn remove(&mut self, (claim, home): (C, A), homes: impl Fn(C) -> Option<A>) {
        for other in self.pairs.remove(&claim).unwrap_or_default().into_keys() {
            if let Some(pairs) = self.pairs.get_mut(&other) {
                pairs.remove(&claim);
            }
            self.standings.remove(&(other, home));
            if let Some(there) = homes(other) {
                self.standings.remove(&(claim, there));
            }
        }
    }

    /// Bytes that it takes, about.
    pub(crate) fn bytes(&self) -> usize {
        // order: summed.
        let lists = self.standings.values();
        let lists = lists.map(|s| s.clashes.capacity() * size_of::<(f64, C)>());
        // order: summed.
        let pairs = self.pairs.values();
        let pairs = pairs.map(|p| p.len() * size_of::<(C, [f64; 2])>());
        of_map(
            self.standings.capacity(),
            size_of::<((C, A), Standing<C>)>(),
        ) + of_map(
            self.pairs.capacity(),
            size_of::<(C, BTreeMap<C, [f64; 2]>)>(),
        ) + lists.sum::<usize>()
            + pairs.sum::<usize>()
    }

    /// Forgets every pair.
    pub fn clear(&mut self) {
        self.standings.clear();
        self.pairs.clear();
    }
}

impl<C, A> Default for Company<C, A> {
    fn default() -> Self {
        Self {
            standings: FxHashMap::default(),
            pairs: FxHashMap::default(),
        }
    }
}

impl Around {
    /// What is seen of the rivals; a pair without any sees nothing.
    pub(super) fn seen(&self) -> Seen {
        let [a, b] = self.agreement;
        let rivals: f64 = self.clashes.iter().map(|sum| sum.ln_1p()).sum();
        let mut seen = Seen::default();
        for (id, value) in [
            (term!("another claim there agrees"), a.max(b)),
            (term!("others agree on both sides"), a.min(b)),
            (term!("other claims there clash"), (rivals / REACH).min(1.0)),
            (term!("a third claim agrees with both"), self.third[0]),
            (
                term!("a third claim agrees with one and clashes with the other"),
                self.third[1],
            ),
        ] {
            if value > 0.0 {
                seen.add(id, value, value, [], []);
            }
        }
        seen
    }
}

/// Judges a pair anew in the light of its rivals. Its bars stand in the evidence beside the judge's own.
#[derive(Debug, Clone)]
pub struct Context(AdditiveJudge);

impl Context {
    /// Pairs less likely than this to agree or to clash leave no trace: they are most, and their sum would say nothing.
    pub(crate) const TRACE: f64 = 0.01;

    /// The shipped weights, learned beside the shipped judge.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<Context> = OnceLock::new();
        SHIPPED
            .get_or_init(|| {
                Self::from_json(include_str!("context/weights.json"))
                    .expect("the embedded weights name terms of this version")
            })
            .clone()
    }

    /// Reads weights that [`AdditiveJudge::to_json`] wrote of a judge that was learned from
    /// [`Example::in_context`](super::Example::in_context).
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) as of [`AdditiveJudge::from_json`].
    pub fn from_json(json: &str) -> Result<Self, Error> {
        AdditiveJudge::from_json(json).map(Self)
    }

    /// How many times as likely as a judge found it rivals can make a link, at the most.
    pub(crate) fn lift(&self) -> f64 {
        let most = |factor, sign: f64| -> f64 {
            let shapes = self.0.shapes(factor);
            shapes.map(|bits| highest(bits.map(|b| sign * b))).sum()
        };
        let clash = most(Factor::Clash, 1.0).max(most(Factor::Clash, -1.0));
        // A factor's probability grows at most as its odds do.
        (most(Factor::SameMatter, 1.0) + clash + most(Factor::Forward, 1.0)).exp2()
    }

    /// The judgement with the bars that its rivals add; the same judgement where there are none.
    pub fn weigh(&self, judgement: Judgement, around: &Around) -> Judgement {
        // A rejection that points to another claim of its article: that this claim agrees with the other side is the point.
        if judgement.evidence.iter().any(|e| e.name == SAID) {
            return judgement;
        }
        let seen = around.seen();
        // Evidence is left out where no rival could make a link of the pair.
        if seen.terms.is_empty() || judgement.evidence.is_empty() {
            return judgement;
        }
        let bars: Vec<Evidence> = self.0.weigh(&seen).evidence;
        judgement.and(bars)
    }
}

/// The most that a term of these bits at the knots can give where its strength is its value: the top of `v * shape(v)`, 0 at least.
fn highest<const N: usize>(bits: [f64; N]) -> f64 {
    let step = 1.0 / (N - 1) as f64;
    let mut most = 0.0f64;
    for (at, pair) in bits.windows(2).enumerate() {
        let (from, slope) = (at as f64 * step, (pair[1] - pair[0]) / step);
        let value = |v: f64| v * (pair[0] + slope * (v - from));
        // Where the derivative is zero, if that lies within the piece.
        let top = (slope * from - pair[0]) / (2.0 * slope);
        let inside = top.is_finite() && (from..=from + step).contains(&top);
        let places = [from, from + step, if inside { top } else { from }];
        most = places.into_iter().map(value).fold(most, f64::max);
    }
    most
}

impl Default for Context {
    fn default() -> Self {
        Self::english()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Relation;

    fn judged(same: f64, clash: f64, follows: f64) -> Judgement {
        let bar = |factor, bits| Evidence {
            factor,
            name: "prior".into(),
            bits,
            a: Vec::new(),
            b: Vec::new(),
        };
        Judgement::of_bars(vec![
            bar(Factor::SameMatter, same),
            bar(Factor::Clash, clash),
            bar(Factor::Forward, follows),
            bar(Factor::Backward, follows),
        ])
    }

    /// Claim 1 of article 'x' against claims 7 and 8 of article 'y'.
    fn company() -> (Company<u8, char>, Judgement, Judgement) {
        let (clash, same) = (judged(2.0, 2.0, 0.0), judged(4.0, -4.0, 4.0));
        let mut company = Company::default();
        company.add((1, 'x'), (7, 'y'), &clash);
        company.add((1, 'x'), (8, 'y'), &same);
        (company, clash, same)
    }

    #[test]
    fn a_pair_is_no_rival_of_itself() {
        let (company, clash, same) = company();
        let beside = company.around((1, 'x'), (7, 'y'));
        assert_eq!(beside.agreement, [same.agreement(), 0.0]);
        assert!(beside.clashes[0] < 0.06, "only what 8 adds: {beside:?}");
        let beside = company.around((1, 'x'), (8, 'y'));
        assert_eq!(beside.agreement, [clash.agreement(), 0.0]);
        assert!((beside.clashes[0] - clash.probabilities.contradiction).abs() < 1e-9);
    }

    #[test]
    fn claims_of_a_third_article_are_no_rivals() {
        let (company, clash, _) = company();
        let beside = company.around((1, 'x'), (9, 'z'));
        assert_eq!(beside, Around::default());
        assert_eq!(Context::english().weigh(clash.clone(), &beside), clash);
    }

    #[test]
    fn a_third_article_bears_a_pair_out() {
        let (mut company, clash, same) = company();
        company.add((5, 'z'), (1, 'x'), &same);
        company.add((7, 'y'), (5, 'z'), &clash);
        let around = company.around((1, 'x'), (7, 'y'));
        let p = same.agreement() * clash.probabilities.contradiction;
        assert!((around.third[1] - p).abs() < 1e-9, "{around:?}");
        let agree = same.agreement() * clash.agreement();
        assert!((around.third[0] - agree).abs() < 1e-9, "{around:?}");
        assert_eq!(around.third, company.around((7, 'y'), (1, 'x')).third);
        assert_eq!(company.around((1, 'x'), (8, 'y')).third, [0.0, 0.0]);
    }

    #[test]
    fn a_claim_that_agrees_with_another_there_clashes_less() {
        let (company, clash, _) = company();
        let beside = company.around((1, 'x'), (7, 'y'));
        let weighed = Context::english().weigh(clash.clone(), &beside);
        let p = |j: &Judgement| j.probability(Relation::Contradiction);
        assert!(p(&weighed) < p(&clash), "{} {}", p(&weighed), p(&clash));
        let names: Vec<&str> = weighed.evidence.iter().map(|e| &*e.name).collect();
        assert!(names.contains(&"another claim there agrees"), "{names:?}");
        for factor in Factor::ALL {
            let bars = weighed.evidence.iter().filter(|e| e.factor == factor);
            let sum: f64 = bars.map(|e| e.bits).sum();
            assert!((sum - weighed.score(factor)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_rejection_of_what_its_article_reports_has_no_rival_in_it() {
        let mut clash = judged(0.0, 4.0, 0.0);
        let beside = Around {
            agreement: [1.0, 0.0],
            ..Around::default()
        };
        assert_ne!(Context::english().weigh(clash.clone(), &beside), clash);
        clash.evidence[0].name = SAID.into();
        assert_eq!(Context::english().weigh(clash.clone(), &beside), clash);
    }

    #[test]
    fn nothing_lifts_a_pair_higher_than_said() {
        let bar = |name: &str, same: f64, clash: f64, forward: f64| {
            let row = |bits: f64| format!("[{bits},{bits},{bits},{bits},{bits}]");
            let (same, clash, forward) = (row(same), row(clash), row(forward));
            format!(r#"{{"name":"{name}","same":{same},"clash":{clash},"forward":{forward}}}"#)
        };
        let terms = [
            bar("another claim there agrees", 2.0, -3.0, 1.0),
            bar("others agree on both sides", -1.0, 1.0, 0.5),
        ];
        let json = format!(r#"{{"version":1,"terms":[{}]}}"#, terms.join(","));
        let context = Context::from_json(&json).expect("terms of this version");
        assert!((context.lift().log2() - (2.0 + 3.0 + 1.5)).abs() < 1e-9);
        let mut most = 0.0f64;
        for (same, clash, follows) in [(-9.0, -2.0, -4.0), (-9.0, 4.0, -9.0), (-3.0, 1.0, 0.0)] {
            let alone = judged(same, clash, follows);
            for agreement in [[1.0, 0.0], [1.0, 1.0], [0.3, 0.1]] {
                let around = Around {
                    agreement,
                    ..Around::default()
                };
                let beside = context.weigh(alone.clone(), &around);
                let p = |j: &Judgement| [j.agreement(), j.probabilities.contradiction];
                for (now, before) in p(&beside).into_iter().zip(p(&alone)) {
                    most = most.max(now / before);
                }
            }
        }
        // More than any one factor can give, and no more than all together.
        assert!((12.0..=context.lift()).contains(&most), "{most}");
        // 3 bits at nothing, none from a quarter on: an eighth seen gives an eighth of half of them.
        assert!((highest([3.0, 0.0, 0.0, 0.0, -1.0]) - 3.0 / 16.0).abs() < 1e-12);
        assert_eq!(highest([-1.0, -1.0, 0.0, 0.0, 2.0]), 2.0);
        // What the shipped weights can do decides how much of a pair is looked at.
        assert!(Context::english().lift() < 1000.0);
    }

    #[test]
    fn seen_from_the_other_side_it_is_the_same() {
        let (company, clash, _) = company();
        let (context, back) = (Context::english(), clash.clone().mirrored());
        let one = context.weigh(clash.clone(), &company.around((1, 'x'), (7, 'y')));
        let other = context.weigh(back.clone(), &company.around((7, 'y'), (1, 'x')));
        assert_eq!(one.probabilities, other.mirrored().probabilities);
    }
}
