//! Sets of labelled pairs: how right the judge is on them, beside the overlap of words and the word vectors alone.

use super::labelled::{Side, rows, side};
use super::ranking::{Reliability, average_precision, spearman};
use claimgraph::Lexicon;
use claimgraph::judge::{
    AdditiveJudge, Example, FitOptions, Judge, Judgement, Rarity, Reading, Relation, fit,
};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

/// A pair and what is known of it: of a set that marks paraphrases nothing is known of clashes, and the other way round.
struct Row {
    a: Side,
    b: Side,
    relation: Option<Relation>,
    /// Whether the second follows from the first, or says the same.
    supports: Option<bool>,
    clashes: Option<bool>,
    /// How alike the two are, of sets that grade it.
    degree: Option<f64>,
    kind: String,
}

/// The head of the table of [`report`].
pub(crate) const HEAD: &str = "\
set                                            pairs accuracy   clash: P     R  false   support: P     R   support by AP, clash by AP:
                                                                              on support                   judge, words, vectors each";

fn row(row: &serde_json::Value) -> Option<Row> {
    let label = &row["relation"];
    let label = if label.is_null() {
        &row["label"]
    } else {
        label
    };
    let (relation, supports, clashes) = match label.as_str().unwrap_or_default() {
        "duplicate" => (Some(Relation::Duplicate), Some(true), Some(false)),
        "entailment" => (Some(Relation::Entailment), Some(true), Some(false)),
        "contradiction" => (Some(Relation::Contradiction), Some(false), Some(true)),
        "neutral" => (Some(Relation::Neutral), Some(false), Some(false)),
        "for" => (None, Some(true), Some(false)),
        "against" => (None, Some(false), Some(true)),
        "observing" => (None, Some(false), Some(false)),
        "paraphrase" | "strengthens" => (None, Some(true), None),
        "not_entailment"
        | "not_paraphrase"
        | "not_strengthens"
        | "different_same_side"
        | "different_opposed" => (None, Some(false), None),
        "weakens" => (None, None, Some(true)),
        "not_weakens" => (None, None, Some(false)),
        _ if label.is_number() => (None, None, None),
        _ => return None,
    };
    Some(Row {
        a: side(row, "a", "a_date")?,
        b: side(row, "b", "b_date")?,
        relation,
        supports,
        clashes,
        degree: label.as_f64(),
        kind: row["kind"].as_str().unwrap_or_default().to_owned(),
    })
}

/// The labelled rows of a file, at most so many, evenly spread.
fn read(file: &Path, limit: usize) -> Result<Vec<Row>, Box<dyn Error>> {
    let rows: Vec<Row> = rows(file)?.iter().filter_map(row).collect();
    let step = rows.len().div_ceil(limit.max(1)).max(1);
    Ok(rows.into_iter().step_by(step).collect())
}

/// The share of two statements' content words that both have.
fn overlap(a: &Reading, b: &Reading) -> f64 {
    let [a, b] = [a, b].map(|r| r.stems().collect::<BTreeSet<_>>());
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

/// The likeliest of the three answers that every set for language inference knows, as whether it is a clash and whether support.
fn class(judgement: &Judgement) -> (bool, bool) {
    let clash = judgement.probability(Relation::Contradiction);
    let support = supported(judgement, true);
    let neither = 1.0 - clash - support;
    (
        clash > support && clash > neither,
        support >= clash && support > neither,
    )
}

/// The same of the relation that a judge names.
fn class_of(relation: Relation) -> (bool, bool) {
    let support = matches!(relation, Relation::Duplicate | Relation::Entailment);
    (relation == Relation::Contradiction, support)
}

#[derive(Default)]
struct Tally {
    gold: usize,
    said: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, gold: bool, said: bool) {
        self.gold += usize::from(gold);
        self.said += usize::from(said);
        self.right += usize::from(gold && said);
    }
}

/// Prints one line on a file, and what it tells by kind and on calibration where it marks the judge's own relations. Prints
/// nothing where the file has no label that says anything of support or clash.
pub(crate) fn report(
    judge: &dyn Judge,
    name: &str,
    file: &Path,
    limit: usize,
) -> Result<(), Box<dyn Error>> {
    let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
    let rows = read(file, limit)?;
    if rows.is_empty() {
        return Ok(());
    }
    // Where copies are told from entailments the very relation counts, else which of the three classes.
    let own = (rows.iter()).any(|r| r.relation == Some(Relation::Duplicate));
    let (mut right, mut all, mut false_clash) = (0, 0, Tally::default());
    let (mut clash, mut support) = (Tally::default(), Tally::default());
    let mut kinds: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    let mut reliability = Reliability::default();
    let mut scores: [Vec<f64>; 3] = Default::default();
    let mut clash_scores: Vec<f64> = Vec::new();
    for row in &rows {
        let (a, b) = (row.a.read(&lexicon), row.b.read(&lexicon));
        let judgement = judge.judge(&a, &b, &rarity);
        let said = judgement.relation();
        let directed = row.relation.is_some();
        let (says_clash, says_support) = class_of(said);
        let says_support = says_support || !directed && said == Relation::Entailed;
        scores[0].push(supported(&judgement, directed));
        scores[1].push(overlap(&a, &b));
        scores[2].push(f64::from(a.likeness(&b)));
        clash_scores.push(judgement.probability(Relation::Contradiction));
        if let Some(gold) = row.clashes {
            clash.add(gold, says_clash);
        }
        if let Some(gold) = row.supports {
            support.add(gold, says_support);
            false_clash.add(gold, says_clash);
            if let Some(clashes) = row.clashes {
                let hit = match row.relation.filter(|_| own) {
                    Some(relation) => said == relation,
                    None => (says_clash, says_support) == (clashes, gold),
                };
                right += usize::from(hit);
                all += 1;
            }
        }
        if let Some(relation) = row.relation.filter(|_| own) {
            reliability.add(judgement.probability(said), said == relation);
            if !row.kind.is_empty() {
                let entry = kinds.entry((relation.to_string(), &row.kind)).or_default();
                entry.0 += usize::from(said == relation);
                entry.1 += 1;
            }
        }
    }
    let share = |x: usize, y: usize| match y {
        0 => "  -  ".to_owned(),
        _ => format!("{:.3}", x as f64 / y as f64),
    };
    let ranked = |scores: &[f64], gold: fn(&Row) -> Option<bool>| {
        let scored = scores.iter().zip(&rows);
        let scored = scored.filter_map(|(s, row)| Some((*s, gold(row)?)));
        average_precision(scored.collect()).map_or("  -  ".to_owned(), |ap| format!("{ap:.3}"))
    };
    let by_support = scores.each_ref().map(|s| ranked(s, |r| r.supports));
    let by_clash = [&clash_scores, &scores[1], &scores[2]].map(|s| ranked(s, |r| r.clashes));
    println!(
        "{name:<44} {:>7}    {}      {} {}  {}        {} {}   {}   {}",
        rows.len(),
        share(right, all),
        share(clash.right, clash.said),
        share(clash.right, clash.gold),
        share(false_clash.right, false_clash.gold),
        share(support.right, support.said),
        share(support.right, support.gold),
        by_support.join(" "),
        by_clash.join(" "),
    );
    let degrees: Vec<f64> = rows.iter().filter_map(|r| r.degree).collect();
    if degrees.len() == rows.len() {
        let [judge, words, vectors] = scores.each_ref().map(|s| spearman(s, &degrees));
        println!(
            "    Spearman with the degree: judge {judge:.3}, words {words:.3}, vectors {vectors:.3}"
        );
    }
    for ((relation, kind), (hits, all)) in kinds {
        println!("    {relation}/{kind} {hits}/{all}");
    }
    if own {
        println!("{reliability}");
    }
    Ok(())
}

/// How likely the second follows from the first, or, where no direction is meant, either from the other.
fn supported(judgement: &Judgement, directed: bool) -> f64 {
    match directed {
        true => {
            judgement.probability(Relation::Duplicate) + judgement.probability(Relation::Entailment)
        }
        false => judgement.agreement(),
    }
}

/// What the additive judge's features are worth where they are learned from a set's own rows: learns from `train` and prints the
/// share of `dev` that it gets right. For measuring: nothing of it is kept.
pub(crate) fn refit(name: &str, train: &Path, dev: &Path) -> Result<(), Box<dyn Error>> {
    let (lexicon, rarity) = (Lexicon::english(), Rarity::background());
    let judge = AdditiveJudge::english();
    let seen = |file: &Path| -> Result<Vec<(Example, Relation)>, Box<dyn Error>> {
        let rows = read(file, usize::MAX)?.into_iter();
        let seen = rows.filter_map(|row| {
            let relation = row.relation?;
            let (a, b) = (row.a.read(&lexicon), row.b.read(&lexicon));
            let example = Example::new(&judge, &a, &b, &rarity, relation, 1.0).one_way();
            Some((example, relation))
        });
        Ok(seen.collect())
    };
    let (learned, dev) = (seen(train)?, seen(dev)?);
    if learned.is_empty() || dev.is_empty() {
        return Ok(());
    }
    let learned: Vec<Example> = learned.into_iter().map(|(example, _)| example).collect();
    let learned = fit(&learned, FitOptions::default());
    let (mut right, mut clash, mut support) = (0, Tally::default(), Tally::default());
    for (example, relation) in &dev {
        let (said, gold) = (class(&example.judged_by(&learned)), class_of(*relation));
        right += usize::from(said == gold);
        clash.add(gold.0, said.0);
        support.add(gold.1, said.1);
    }
    let share = |x: usize, y: usize| x as f64 / y.max(1) as f64;
    println!(
        "    the additive features refitted on {name}: accuracy {:.3}, clash P {:.3} R {:.3}, support P {:.3} R {:.3}",
        share(right, dev.len()),
        share(clash.right, clash.said),
        share(clash.right, clash.gold),
        share(support.right, support.said),
        share(support.right, support.gold)
    );
    Ok(())
}
