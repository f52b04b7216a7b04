//! The judges that ask a network, from outside.

use claimgraph::judge::{
    AdditiveJudge, CascadeJudge, Factor, Judge, NeuralJudge, Rarity, Reading, Relation, Statement,
};
use claimgraph::{Article, ClaimGraph, Date, Lexicon};
use std::ops::ControlFlow;

fn read(text: &str) -> Reading {
    Reading::new(&Statement::from(text), &Lexicon::english())
}

const CLOSED: &str = "The plant at Westmark will shut within two years";
const OPEN: &str = "The Westmark factory stays open until at least 2035";

#[test]
fn a_neural_judge_says_what_the_network_says_and_mirrors_it() {
    let (judge, rarity) = (NeuralJudge::english(), Rarity::background());
    let (a, b) = (read(CLOSED), read(OPEN));
    let said = judge.judge(&a, &b, &rarity);
    assert!(said.probability(Relation::Contradiction) > said.probability(Relation::Duplicate));
    let factors: Vec<Factor> = said.evidence.iter().map(|e| e.factor).collect();
    assert_eq!(factors, Factor::ALL);
    assert_eq!(judge.judge(&b, &a, &rarity), said.mirrored());
    assert_eq!(judge.failures(), 0);
    for wordless in ["", "—?!"] {
        let nothing = judge.judge(&a, &read(wordless), &rarity);
        assert!(nothing.probability(Relation::Neutral) > 0.999, "{wordless}");
    }
    // Megabytes of numbers are not for a log.
    assert!(format!("{judge:?}").len() < 200, "{judge:?}");
}

#[test]
fn an_answer_that_is_kept_is_the_same_answer() {
    let (fresh, rarity) = (NeuralJudge::english(), Rarity::background());
    let (a, b) = (read(CLOSED), read(OPEN));
    let first = fresh.judge(&a, &b, &rarity);
    // Other readings of the same words, asked the other way round: found among what was kept.
    let again = fresh.judge(&read(OPEN), &read(CLOSED), &rarity);
    assert_eq!(again.mirrored(), first);
    assert_eq!(NeuralJudge::english().judge(&a, &b, &rarity), first);
}

#[test]
fn haste_leaves_the_network_out() {
    let (cascade, rarity) = (CascadeJudge::english(), Rarity::background());
    let (a, b) = (read(CLOSED), read(OPEN));
    let hasty = cascade.judge_hastily(&a, &b, &rarity, 0.0);
    assert_eq!(hasty, AdditiveJudge::english().judge(&a, &b, &rarity));
    assert_ne!(hasty, cascade.judge(&a, &b, &rarity));
    // A floor that nothing reaches leaves nothing worth a look.
    let apart = read("Rain fell on Tuesday in the far north of Sudan");
    assert!(cascade.worth(&a, &b, &rarity) > cascade.worth(&a, &apart, &rarity));
    assert_eq!(cascade.clone().floor(1.0).worth(&a, &b, &rarity), 0.0);
    assert_eq!(AdditiveJudge::english().worth(&a, &b, &rarity), 0.0);
}

fn articles() -> Vec<Article> {
    let texts = [
        (
            "Post",
            "The plant at Westmark will shut within two years. Some 900 workers of the plant will lose their jobs.",
        ),
        (
            "Herald",
            "The Westmark factory stays open until at least 2035. No worker of the plant will lose a job.",
        ),
        (
            "Wire",
            "The Westmark plant will close within two years, the Post reports. It makes ferries.",
        ),
    ];
    let day = Date::new(2024, 5, 7).expect("a day");
    let made = texts.map(|(source, text)| Article::new(source, text).published(day));
    made.to_vec()
}

/// Without context, so that a closer look at one pair changes nothing of others.
fn graph(judge: impl Judge + 'static, budget: Option<usize>) -> ClaimGraph {
    let mut graph = ClaimGraph::builder().judge(judge).budget(budget).build();
    graph
        .add_articles(articles(), |_| ControlFlow::Continue(()))
        .expect("added");
    graph
}

fn links(graph: &ClaimGraph) -> Vec<(String, String, Relation, f64)> {
    let text = |id| graph.text(id).expect("a claim").to_owned();
    let links = graph.links().into_iter();
    links
        .map(|l| {
            let relation = l.link.relation;
            (text(l.a), text(l.b), relation, l.link.probability())
        })
        .collect()
}

#[test]
fn a_budget_is_spent_on_the_pairs_that_are_worth_most() {
    let cascade = CascadeJudge::english();
    let all = links(&graph(cascade.clone(), None));
    assert!(
        all.iter().any(|l| l.2 == Relation::Contradiction),
        "{all:?}"
    );
    assert_eq!(links(&graph(cascade.clone(), Some(usize::MAX))), all);
    let none = links(&graph(cascade.clone(), Some(0)));
    assert_eq!(none, links(&graph(AdditiveJudge::english(), None)));
    // What explains a link is what it was made from.
    let hasty = graph(cascade.clone(), Some(0));
    for l in hasty.links() {
        let why = hasty.explain(l.a, l.b).expect("claims of the graph");
        assert_eq!(why.judgement.probabilities, l.link.probabilities);
    }
    // One closer look goes to the pair that is likeliest linked, and changes what is said of that one alone.
    let one = links(&graph(cascade, Some(1)));
    let new: Vec<_> = one.iter().filter(|l| !none.contains(l)).collect();
    assert_eq!(new.len(), 1, "{one:?}");
    assert!(all.contains(new[0]), "{one:?}");
    assert!(
        new[0].0.contains("will shut") && new[0].1.contains("will close"),
        "{one:?}"
    );
}

#[test]
fn a_graph_names_the_words_that_a_contradiction_hangs_on() {
    let graph = graph(CascadeJudge::english(), None);
    let dispute = graph
        .links()
        .into_iter()
        .find(|l| l.link.relation == Relation::Contradiction)
        .map(|l| (l.a, l.b))
        .expect("a contradiction");
    let [a, b] = graph
        .influences(dispute.0, dispute.1, Relation::Contradiction)
        .expect("claims of the graph");
    for (side, claim) in [(a, dispute.0), (b, dispute.1)] {
        let text = graph.text(claim).expect("a claim");
        assert!(!side.is_empty());
        assert!(side.iter().all(|i| i.span.of(text).is_some()));
        assert!(side.windows(2).all(|w| w[0].bits.abs() >= w[1].bits.abs()));
    }
}
