//! How much a claim is worth checking: a sum of what a reader sees, figures and names against talk and atmosphere.
//!
//! Ranks, and decides nothing. The parts are those that work on check-worthiness agrees on; their sizes are round numbers from
//! reason, with an eye on which claims of training/stories several outlets make or dispute, so that a person can say why one claim stands
//! before another.

use super::clause;
use crate::lexicon::{Cue, CueMatch, Is, Lexicon};
use crate::model::Claim;
use crate::text::{Token, TokenKind};

/// What a plain statement without anything else has.
const PLAIN: f64 = 0.25;
/// Fewer words than this are mostly asides: 'Then the calendar.'
const SHORT: usize = 5;
/// As many words as this leave room for who, what and where.
const LONG: usize = 9;

/// What the words of a claim give, given its tokens and the cues among them; [`with_speaker`] makes it whole.
pub(super) fn of_words(
    claim: &Claim,
    tokens: &[Token],
    cues: &[CueMatch],
    lexicon: &Lexicon,
) -> f64 {
    let any = |kinds: &[Cue]| cues.iter().any(|c| kinds.contains(&c.cue));
    let talk = |t: &Token| {
        matches!(
            t.word.as_ref(),
            "i" | "me" | "my" | "we" | "us" | "our" | "you" | "your"
        )
    };
    let first = tokens.first().map_or("", |t| t.word.as_ref());
    let count = tokens.iter().filter(|t| t.kind != TokenKind::Mark).count();
    let office = |t: &Token| {
        let known = lexicon.known(t);
        known.is(Is::Role) || known.is(Is::OrganisationHead)
    };
    let parts = [
        (0.25, claim.quantities.iter().any(|q| !q.ordinal)),
        (0.1, !claim.names.is_empty()),
        (0.05, claim.names.len() > 1),
        // 'the ministry' is as good a name as many.
        (0.1, claim.names.is_empty() && tokens.iter().any(office)),
        (0.15, !claim.dates.is_empty()),
        // One case to the contrary settles it.
        (0.05, any(&[Cue::All, Cue::None, Cue::Only])),
        (-0.25, tokens.iter().any(talk)),
        (0.1, count >= LONG),
        (-0.2, count < SHORT),
        (
            -0.2,
            !(0..tokens.len()).any(|at| clause::finite(tokens, at, lexicon)),
        ),
        // It says nothing by itself: a condition, part of a sentence, or about somebody not named.
        (-0.15, any(&[Cue::Condition])),
        (
            -0.15,
            matches!(
                first,
                "who" | "whose" | "which" | "why" | "how" | "as" | "until" | "after" | "than"
            ),
        ),
        (
            -0.1,
            matches!(first, "it" | "this" | "that" | "he" | "she" | "they"),
        ),
    ];
    PLAIN + parts.iter().filter(|p| p.1).map(|p| p.0).sum::<f64>()
}

/// The salience, 0 to 1, of a claim whose words give so much, once all speakers of the article are known.
pub(super) fn with_speaker(words: f64, speaker: Option<&str>) -> f64 {
    // Somebody can be held to it: 'Ana Holt' and 'minister Ana Holt', not 'one' or 'Several survivors'.
    let last = speaker.and_then(|s| s.split(' ').next_back());
    let named = last.is_some_and(|w| w.starts_with(char::is_uppercase));
    (words + if named { 0.05 } else { 0.0 }).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use crate::extract::Extractor;
    use crate::model::Article;

    /// Saliences of the claims of a text.
    fn saliences(text: &str) -> Vec<f64> {
        let claims = Extractor::default().claims(&Article::new("Post", text));
        claims.iter().map(|c| c.salience).collect()
    }

    #[track_caller]
    fn ranks(more: &str, less: &str) {
        let (a, b) = (saliences(more), saliences(less));
        assert_eq!((a.len(), b.len()), (1, 1), "{more} | {less}");
        assert!(a[0] > b[0] + 0.04, "{more} {} | {less} {}", a[0], b[0]);
        assert!((0.0..=1.0).contains(&a[0]) && (0.0..=1.0).contains(&b[0]));
    }

    #[test]
    fn each_part_counts() {
        ranks(
            "The port was closed for 14 weeks.",
            "The port was closed for some weeks.",
        );
        ranks(
            "The port of Belport was closed for weeks.",
            "The port was closed for some weeks.",
        );
        ranks(
            "Ana Holt closed the port of Belport for weeks.",
            "The port of Belport was closed for weeks.",
        );
        ranks(
            "The ministry closed the big old quay.",
            "Somebody closed the big old quay.",
        );
        ranks(
            "The big old quay was closed on 3 May 2024.",
            "The big old quay was closed after a storm.",
        );
        ranks(
            "The big old quay was closed, Ana Holt said.",
            "The big old quay was closed, somebody said.",
        );
        ranks(
            "Every crane on the quay was rusty.",
            "The crane on the quay was rusty.",
        );
        ranks(
            "The crane on the quay is rusty.",
            "My crane on the quay is rusty.",
        );
        ranks("The quay was safe and dry.", "The quay was safe.");
        ranks(
            "The quay was safe and dry in storms too then.",
            "The quay was safe and dry in storms.",
        );
        ranks(
            "The crane on the quay was rusty.",
            "Who on the quay was rusty.",
        );
        ranks(
            "The crane on the quay is rusty.",
            "The rusty crane on the quay.",
        );
        ranks(
            "The quay would close for repairs.",
            "The quay would close if repairs failed.",
        );
        ranks(
            "The crane on the quay is rusty.",
            "It is still rusty on the quay.",
        );
    }
}
