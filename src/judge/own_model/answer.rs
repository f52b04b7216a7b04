//! From the probabilities of a model's labels to the log-odds of the four questions that a judgement asks.

use crate::judge::network::Logits;

/// The least that a probability counts as: so every log-odds is finite, and no model is surer than a million to one.
const FLOOR: f64 = 1e-6;

/// Probabilities of inference: does the second text follow from the first?
#[derive(Debug, Clone, Copy)]
pub(super) struct Three {
    pub(super) entailment: f64,
    pub(super) neutral: f64,
    pub(super) contradiction: f64,
}

/// Probabilities of the crate's five relations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Five {
    pub(super) duplicate: f64,
    pub(super) contradiction: f64,
    pub(super) entailment: f64,
    pub(super) entailed: f64,
    pub(super) neutral: f64,
}

/// Probabilities from a model's numbers, those at `places`, each at least [`FLOOR`].
pub(super) fn shares<const N: usize>(row: &[f32], places: &[usize; N]) -> [f64; N] {
    let numbers = places.map(|at| f64::from(row[at]));
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Added in the order of the labels, not of the file: an order of labels tells nothing.
    let parts = numbers.map(|x| (x - most).exp());
    let sum: f64 = parts.iter().sum();
    parts.map(|x| (x / sum).max(FLOOR))
}

/// What `b` after `a` (`forth`) and `a` after `b` (`back`) say together.
///
/// A contradiction knows no direction: the two answers measure one thing twice, and their mean is taken. Entailment does know
/// one: a pair of which only the second follows from the first is neutral the other way round, and still of one matter. So the
/// surer of both directions says how likely it is that anything follows, and neutral is what is left, though no less than as if
/// both directions were neutral independently of each other. (The mean of both neutral probabilities would give a text and
/// its summary even odds at best.) Then
///
/// - same matter: contradiction or anything follows, against neutral;
/// - clash: contradiction against anything follows;
/// - forward and backward: entailment against neutral in that direction, which leaves contradiction out of account.
pub(super) fn of_three(forth: Three, back: Three) -> Logits {
    let clash = (forth.contradiction + back.contradiction) / 2.0;
    let follows = forth.entailment.max(back.entailment);
    let neutral = (1.0 - clash - follows).max(forth.neutral * back.neutral);
    Logits {
        same: odds(clash + follows, neutral),
        clash: odds(clash, follows),
        forward: odds(forth.entailment, forth.neutral),
        backward: odds(back.entailment, back.neutral),
    }
}

/// The same for the crate's own relations: the factors of a [`Judgement`](crate::judge::Judgement) solved for what was multiplied
/// of them. The two orders are two measurements of all five, and averaged.
///
/// With duplicate D = g f b, entailment E = g f (1-b), entailed R = g (1-f) b, where g = s (1-c): the odds of f are D : R, those
/// of b are D : E, and of g the part g (1-f) (1-b) = E R / D counts as neutral. Where that would be more than half of what is neutral
/// (both entailments likely and a duplicate not, which no factors give) it is half, and f and b keep the probabilities of
/// their directions, (D + E) / g and (D + R) / g.
pub(super) fn of_five(forth: Five, back: Five) -> Logits {
    let mean = |x: f64, y: f64| (x + y) / 2.0;
    let duplicate = mean(forth.duplicate, back.duplicate);
    let contradiction = mean(forth.contradiction, back.contradiction);
    let neutral = mean(forth.neutral, back.neutral);
    let entailment = mean(forth.entailment, back.entailed);
    let entailed = mean(forth.entailed, back.entailment);
    let neither = (entailment * entailed / duplicate).min(neutral / 2.0);
    // Added up so that neither direction comes first.
    let agree = duplicate + (entailment + entailed) + neither;
    Logits {
        same: odds(contradiction + agree, neutral - neither),
        clash: odds(contradiction, agree),
        forward: odds(duplicate + entailment, entailed + neither),
        backward: odds(duplicate + entailed, entailment + neither),
    }
}

fn odds(yes: f64, no: f64) -> f32 {
    (yes.max(FLOOR) / no.max(FLOOR)).ln() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::{Factor, Probabilities, Relation};

    fn three(entailment: f64, neutral: f64, contradiction: f64) -> Three {
        Three {
            entailment,
            neutral,
            contradiction,
        }
    }

    fn probabilities(x: Logits) -> Probabilities {
        Probabilities::of(|factor| {
            let nats = match factor {
                Factor::SameMatter => x.same,
                Factor::Clash => x.clash,
                Factor::Forward => x.forward,
                Factor::Backward => x.backward,
            };
            f64::from(nats) / std::f64::consts::LN_2
        })
    }

    fn likeliest(p: Probabilities) -> (Relation, f64) {
        [
            (Relation::Duplicate, p.duplicate),
            (Relation::Contradiction, p.contradiction),
            (Relation::Entailment, p.entailment),
            (Relation::Entailed, p.entailed),
            (Relation::Neutral, p.neutral),
        ]
        .into_iter()
        .max_by(|x, y| x.1.total_cmp(&y.1))
        .expect("five relations")
    }

    #[test]
    fn each_relation_is_told_by_two_answers_of_inference() {
        let (follows, neutral, clash) = (
            three(0.9, 0.08, 0.02),
            three(0.02, 0.96, 0.02),
            three(0.02, 0.03, 0.95),
        );
        for (forth, back, relation) in [
            (follows, follows, Relation::Duplicate),
            (follows, neutral, Relation::Entailment),
            (neutral, follows, Relation::Entailed),
            (clash, clash, Relation::Contradiction),
            (neutral, neutral, Relation::Neutral),
        ] {
            let (found, p) = likeliest(probabilities(of_three(forth, back)));
            assert_eq!(found, relation);
            assert!(p > 0.7, "{relation} {p}");
        }
    }

    #[test]
    fn answers_that_disagree_on_a_clash_leave_it_open() {
        let (clash, neutral) = (three(0.03, 0.07, 0.9), three(0.03, 0.92, 0.05));
        let p = probabilities(of_three(clash, neutral));
        assert!((0.4..0.6).contains(&p.contradiction), "{p:?}");
    }

    #[test]
    fn sure_answers_stay_finite() {
        let all = [
            three(1.0, 0.0, 0.0),
            three(0.0, 1.0, 0.0),
            three(0.0, 0.0, 1.0),
        ];
        for forth in all {
            for back in all {
                let x = of_three(forth, back);
                for y in [x.same, x.clash, x.forward, x.backward] {
                    assert!(y.abs() < 14.6, "{x:?}");
                }
            }
        }
        assert_eq!(shares(&[1e6, -1e6, 0.0], &[0, 1, 2]), [1.0, FLOOR, FLOOR]);
    }

    #[test]
    fn five_relations_come_back_from_their_factors() {
        let steps = [-3.0, -0.5, 0.0, 1.5, 4.0];
        let mut exact = 0;
        for same in steps {
            for clash in steps {
                for forward in steps {
                    for backward in steps {
                        let given = Logits {
                            same,
                            clash,
                            forward,
                            backward,
                        };
                        let p = probabilities(given);
                        let five = Five {
                            duplicate: p.duplicate,
                            contradiction: p.contradiction,
                            entailment: p.entailment,
                            entailed: p.entailed,
                            neutral: p.neutral,
                        };
                        let turned = Five {
                            entailment: p.entailed,
                            entailed: p.entailment,
                            ..five
                        };
                        if p.entailment * p.entailed / p.duplicate > p.neutral / 2.0 {
                            continue;
                        }
                        exact += 1;
                        let found = of_five(five, turned);
                        for (x, y) in [
                            (found.same, same),
                            (found.clash, clash),
                            (found.forward, forward),
                            (found.backward, backward),
                        ] {
                            assert!((x - y).abs() < 1e-3, "{given:?} {found:?}");
                        }
                    }
                }
            }
        }
        assert!(exact > 300, "{exact}");
    }

    #[test]
    fn five_relations_that_no_factors_give_keep_their_directions() {
        let five = Five {
            duplicate: 0.02,
            contradiction: 0.08,
            entailment: 0.4,
            entailed: 0.3,
            neutral: 0.2,
        };
        let turned = Five {
            entailment: 0.3,
            entailed: 0.4,
            ..five
        };
        let p = probabilities(of_five(five, turned));
        assert!((p.duplicate + p.entailment - 0.42).abs() < 0.01, "{p:?}");
        assert!((p.duplicate + p.entailed - 0.32).abs() < 0.01, "{p:?}");
        assert!((p.contradiction - 0.08).abs() < 0.01, "{p:?}");
    }
}
