//! What a glance tells: many candidates have nothing in common but a corner of the space of word vectors, and need no comparison
//! word by word.

use super::Judgement;
use super::judgement::Probabilities;
use super::reading::Reading;
use std::cmp::Ordering;

/// Whether two statements share so little that nothing would come of comparing them: no stem, and their words lie farther apart than
/// those of two sentences drawn at random. A third of all candidates of the training stories are of this sort, and a thirtieth of the
/// links, of which a judge finds next to none. Costs some hundred nanoseconds.
pub(super) fn hopeless(a: &Reading, b: &Reading) -> bool {
    // A rejection may share no word with what it speaks against, but for those of its context.
    let alone = |r: &Reading| r.rejected.is_none() && !r.items.iter().any(|i| i.borrowed);
    a.likeness(b) < 0.0 && !share(&a.stems, &b.stems) && alone(a) && alone(b)
}

/// Whether two lists in order have anything in common.
fn share(mut a: &[String], mut b: &[String]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        match x.cmp(y) {
            Ordering::Less => a = rest_a,
            Ordering::Greater => b = rest_b,
            Ordering::Equal => return true,
        }
    }
    false
}

/// What is said of such a pair.
pub(super) fn nothing() -> Judgement {
    Judgement {
        probabilities: Probabilities {
            duplicate: 0.0,
            contradiction: 0.0,
            entailment: 0.0,
            entailed: 0.0,
            neutral: 1.0,
        },
        kind: None,
        evidence: Vec::new(),
    }
}
