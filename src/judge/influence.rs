//! Which words a judgement hangs on, found by leaving them out.

use super::{Judge, Judgement, Rarity, Reading, Relation, Statement};
use crate::lexicon::Lexicon;
use crate::text::Span;
use serde::Serialize;

/// A word, name, figure or day of a statement, and what it does to a judgement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Influence {
    /// Where it stands in its statement's text.
    pub span: Span,
    /// How much its presence raises the log2 odds of the relation; negative where it speaks against it.
    pub bits: f64,
}

/// The words of `a` and of `b` that make two statements stand in `relation`, each side's strongest first: every name, figure, day and
/// other content word is left out in turn, and the pair judged without it (Li et al. 2016, 'Understanding neural networks through
/// representation erasure').
///
/// It works with any judge, and asks it once for every such word: with a network, half a second for two sentences. Influences do not sum to
/// the score; of two words that say the same, each alone may be left out without any loss.
///
/// ```
/// use claimgraph::judge::{self, AdditiveJudge, Rarity, Relation, Statement};
/// use claimgraph::Lexicon;
///
/// let a = Statement::from("The Lenne bridge was not closed on Monday");
/// let b = Statement::from("The Lenne bridge was closed on Monday");
/// let [of_a, of_b] = judge::influences(
///     &AdditiveJudge::english(), &a, &b, Relation::Contradiction, &Lexicon::english(), &Rarity::background(),
/// );
/// assert_eq!(of_a[0].span.of(a.text), Some("not"));
/// assert!(of_b.iter().all(|i| i.bits < of_a[0].bits));
/// ```
pub fn influences(
    judge: &dyn Judge,
    a: &Statement<'_>,
    b: &Statement<'_>,
    relation: Relation,
    lexicon: &Lexicon,
    rarity: &Rarity,
) -> [Vec<Influence>; 2] {
    let (x, y) = (Reading::new(a, lexicon), Reading::new(b, lexicon));
    let whole = odds(&judge.judge(&x, &y, rarity), relation);
    let of = |statement: &Statement<'_>, own: &Reading, judged: &dyn Fn(&Reading) -> Judgement| {
        let mut found: Vec<Influence> = units(own)
            .into_iter()
            .map(|span| {
                let rest = without(statement.text, span);
                // A word left out must not come back from the sentence, which rejections borrow from.
                let around = statement
                    .context
                    .map(|c| c.replacen(statement.text, &rest, 1));
                let shorter = Statement {
                    text: &rest,
                    context: around.as_deref(),
                    ..*statement
                };
                let bits = whole - odds(&judged(&Reading::new(&shorter, lexicon)), relation);
                Influence { span, bits }
            })
            .collect();
        found.sort_by(|p, q| q.bits.abs().total_cmp(&p.bits.abs()));
        found
    };
    [
        of(a, &x, &|shorter| judge.judge(shorter, &y, rarity)),
        of(b, &y, &|shorter| judge.judge(&x, shorter, rarity)),
    ]
}

fn odds(judgement: &Judgement, relation: Relation) -> f64 {
    let p = judgement.probability(relation).clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).log2()
}

/// Names, figures, days, cues such as 'not', and the content words outside them, in the order of the text; none overlaps another.
fn units(reading: &Reading) -> Vec<Span> {
    let own = |span: Span| (!span.is_empty()).then_some(span);
    let wide = (reading.names.iter().map(|n| n.span))
        .chain(reading.quantities.iter().map(|q| q.span))
        .chain(reading.dates.iter().map(|d| d.span))
        .chain(reading.cues.iter().map(|c| c.1));
    let words = (reading.items.iter())
        .filter(|i| !i.borrowed)
        .map(|i| i.span);
    let mut units: Vec<Span> = Vec::new();
    for span in wide.chain(words).filter_map(own) {
        if !units.iter().any(|held| held.overlaps(span)) {
            units.push(span);
        }
    }
    units.sort_unstable_by_key(|span| span.start);
    units
}

/// A text without a part, and without the space before it.
fn without(text: &str, span: Span) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    format!("{}{}", before.trim_end(), after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::AdditiveJudge;

    fn of(a: &str, b: &str, relation: Relation) -> [Vec<(String, f64)>; 2] {
        let (a, b) = (Statement::from(a), Statement::from(b));
        let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
        let [x, y] = influences(
            &AdditiveJudge::english(),
            &a,
            &b,
            relation,
            &lexicon,
            &rarity,
        );
        let named = |found: Vec<Influence>, text: &str| -> Vec<(String, f64)> {
            let words = found.iter().map(|i| {
                (
                    i.span.of(text).expect("a span of the text").to_owned(),
                    i.bits,
                )
            });
            words.collect()
        };
        [named(x, a.text), named(y, b.text)]
    }

    #[test]
    fn the_negation_is_what_makes_the_contradiction() {
        let [a, b] = of(
            "The Lenne bridge was not closed on Monday",
            "The Lenne bridge was closed on Monday",
            Relation::Contradiction,
        );
        assert_eq!(a[0].0, "not", "{a:?}");
        assert!(a[0].1 > 3.0, "{a:?}");
        assert!(b.iter().all(|(word, _)| word != "not"));
    }

    #[test]
    fn a_turned_pair_has_the_same_influences() {
        let (x, y) = (
            "Holt said twelve sailors died off Brenna",
            "Nineteen sailors died off Brenna, Holt said",
        );
        let [a, b] = of(x, y, Relation::Contradiction);
        let [c, d] = of(y, x, Relation::Contradiction);
        assert_eq!((a, b), (d, c));
    }

    #[test]
    fn what_is_left_out_does_not_come_back_from_the_sentence() {
        let text = "The ministry denied that the nuclear plant at Westmark would close";
        let other = Statement::from("The nuclear plant at Westmark will close");
        let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
        let own = Statement {
            context: Some(text),
            ..Statement::from(text)
        };
        let judge = AdditiveJudge::english();
        let [found, _] = influences(
            &judge,
            &own,
            &other,
            Relation::Contradiction,
            &lexicon,
            &rarity,
        );
        let nuclear = found.iter().find(|i| i.span.of(text) == Some("nuclear"));
        // Borrowed back, it would be worth half a bit.
        assert!(nuclear.is_some_and(|i| i.bits.abs() > 1.5), "{found:?}");
    }

    #[test]
    fn every_unit_is_named_once() {
        let [a, _] = of(
            "Anna Holt denied that 12 people died in New Brenna on 3 May 2024",
            "Rain fell",
            Relation::Neutral,
        );
        let mut words: Vec<&str> = a.iter().map(|(word, _)| word.as_str()).collect();
        words.sort_unstable();
        assert_eq!(
            words,
            [
                "12",
                "3 May 2024",
                "Anna Holt",
                "New Brenna",
                "denied",
                "died",
                "people"
            ]
        );
        assert!(of("", "", Relation::Neutral).iter().all(Vec::is_empty));
    }
}
