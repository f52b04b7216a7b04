//! A rejection that says 'this' or 'such a scenario' and little else, judged by what it points to.
//!
//! 'Such a transit would be illogical' shares hardly a word with 'Belarus may become a hub for Chinese arms'. But it points to
//! a proposition, and whoever agrees with that proposition is contradicted by its rejection. Knows readings and judgements,
//! not how either was made.

use super::judgement::{ConflictKind, Evidence, Factor, Judgement, Probabilities};
use super::reading::Reading;
use crate::lexicon::Cue;

/// The bar that says how far the other side agrees with what is rejected.
pub(super) const SAID: &str = "what is rejected is said on the other side";
const REJECTED: &str = "rejected on one side";
const DENIED: &str = "denied on one side";
/// Bits for a clash: that a rejection rejects all of what its 'this' seems to point to is right about five times in six.
const CLASH: f64 = 2.3;

/// The likelier contradiction of two: as the pair was judged by its words (`direct`), and as `judge` takes what one side rejects
/// to agree with the other. `judge` may leave out the evidence of links less likely than its last argument, as
/// [`Judge::judge_above`](super::Judge::judge_above) does: here that of all.
pub(super) fn by_what_is_rejected(
    a: &Reading,
    b: &Reading,
    direct: Judgement,
    judge: impl Fn(&Reading, &Reading, f64) -> Judgement,
) -> Judgement {
    let (said, rejecting) = match (&a.rejected, &b.rejected) {
        (Some(what), None) => (judge(what, b, f64::INFINITY), a),
        (None, Some(what)) => (judge(a, what, f64::INFINITY), b),
        _ => return direct,
    };
    let agreement = said.agreement().clamp(1e-9, 1.0 - 1e-9);
    let matter = (agreement / (1.0 - agreement)).log2();
    let pointed = Probabilities::of(|factor| match factor {
        Factor::SameMatter => matter,
        Factor::Clash => CLASH,
        Factor::Forward | Factor::Backward => 0.0,
    });
    if pointed.contradiction <= direct.probabilities.contradiction {
        return direct;
    }
    let denies = |cue: &Cue| *cue == Cue::Denial;
    let cues = rejecting.cues.iter();
    let cues: Vec<_> = cues
        .filter(|(cue, _)| matches!(cue, Cue::Rejection | Cue::Denial))
        .collect();
    let (name, kind) = match !cues.is_empty() && cues.iter().all(|(cue, _)| denies(cue)) {
        true => (DENIED, ConflictKind::Denial),
        false => (REJECTED, ConflictKind::Rejection),
    };
    let spans: Vec<_> = cues.iter().map(|(_, span)| *span).collect();
    let (own, other) = match a.rejected.is_some() {
        true => (spans, Vec::new()),
        false => (Vec::new(), spans),
    };
    let bar = |factor, name: &str, bits, a, b| Evidence {
        factor,
        name: name.to_owned().into(),
        bits,
        a,
        b,
    };
    let evidence = vec![
        bar(Factor::SameMatter, SAID, matter, Vec::new(), Vec::new()),
        bar(Factor::Clash, name, CLASH, own, other),
    ];
    Judgement::from_evidence(evidence, Some(kind))
}
