//! What a glance tells: most candidates share a word or two and no more, and need no comparison word by word.

use super::Sketch;

/// Whether two statements share so little that nothing would come of comparing them: no stem, and their words lie farther apart than
/// those of two sentences drawn at random. A third of all candidates of the training stories are of this sort, and a thirtieth of the
/// links, of which a judge finds next to none. Costs some hundred nanoseconds.
#[cfg(feature = "neural")]
pub(super) fn hopeless(a: &Sketch, b: &Sketch) -> bool {
    // A rejection may share no word with what it speaks against, but for those of its context.
    !(a.is_against() || b.is_against())
        && a.likeness(b) < 0.0
        && a.covers(b).iter().all(|share| *share == 0.0)
}

/// Log odds, natural, that the additive judge links a pair, as far as a glance tells: of the smaller and the greater share of the two that
/// the other covers, the cosine of their directions, the log2 of the probability that the articles tell of one event, and none of these.
/// Learned by `train --glance` from what the judge says of candidates of the training stories, each by itself and all in one pile.
const LINKS: [f32; 5] = [1.82, 5.95, 7.09, 3.18, -5.26];

/// Log odds from which a pair is looked at. Of candidates of a story 43 in a hundred lie above, and 993 in a thousand of those that the judge
/// links; in the pile of all stories, where nearly all candidates are of two events, 5 in a thousand, and 91 in a hundred of the links.
const ENOUGH: f32 = -5.5;

/// Least log2 of the probability of one event that counts: less is as little.
const LEAST_EVENT: f32 = -8.0;

/// What speaks against something in its context may share no word with it. It is looked at unless its article is hardly of the same event:
/// no link is likelier than that.
const MAYBE_ONE_EVENT: f32 = -3.3;

/// What a pair promises that is not worth a look, and one that is of the same words.
pub(super) const NOTHING: f32 = -1.0;
const ALL: f32 = 100.0;

/// How likely the additive judge links two statements: by how much the log odds lie above those that are enough. `one_event` is the
/// probability that their articles tell of one event.
pub(super) fn promise(a: &Sketch, b: &Sketch, one_event: Option<f64>) -> f32 {
    if a.copy_key() == b.copy_key() {
        return ALL;
    }
    let event = one_event.map_or(0.0, |p| (p.log2() as f32).max(LEAST_EVENT));
    let [x, y] = a.covers(b);
    let seen = [x.min(y), x.max(y), a.likeness(b), event, 1.0];
    let odds: f32 = LINKS.iter().zip(seen).map(|(w, x)| w * x).sum();
    let promise = odds - ENOUGH;
    match a.is_against() || b.is_against() {
        true if event >= MAYBE_ONE_EVENT => promise.max(0.0),
        true => NOTHING,
        false => promise,
    }
}
