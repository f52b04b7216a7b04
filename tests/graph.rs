//! The graph from outside: what a program that depends on the crate would do.

use claimgraph::graph::Progress;
use claimgraph::judge::{AdditiveJudge, Relation};
use claimgraph::{Article, ClaimGraph, Date, ErrorKind, extract::Extractor};
use std::ops::ControlFlow;

fn day(d: i8) -> Date {
    Date::new(2024, 5, d).expect("a day of May")
}

fn post(text: &str) -> Article {
    Article::new("Post", text).id("post").published(day(7))
}

fn herald(text: &str) -> Article {
    Article::new("Herald", text).id("herald").published(day(8))
}

fn two(a: &str, b: &str) -> ClaimGraph {
    let mut graph = ClaimGraph::new();
    graph.add_article(post(a)).expect("new");
    graph.add_article(herald(b)).expect("new");
    graph.settle();
    graph
}

#[test]
fn parts_may_cross_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<ClaimGraph>();
    shared::<AdditiveJudge>();
    shared::<Extractor>();
    shared::<Box<dyn claimgraph::judge::Judge>>();
}

#[test]
fn the_same_words_in_two_outlets_are_one_cluster() {
    let text = "The harbour of Belport was closed on 6 May 2024 after a storm.";
    let graph = two(text, text);
    assert_eq!(graph.clusters().len(), 1);
    assert_eq!(graph.links()[0].link.relation, Relation::Duplicate);
}

#[test]
fn an_article_twice_is_reported_and_another_text_under_its_id_is_an_error() {
    let mut graph = ClaimGraph::new();
    graph
        .add_article(post("The harbour was closed."))
        .expect("new");
    assert!(
        graph
            .add_article(post("The harbour was closed."))
            .expect("the same")
            .repeated
    );
    let error = graph
        .add_article(post("The harbour was open."))
        .expect_err("another text");
    assert_eq!(error.kind(), ErrorKind::ClashingId);
    assert_eq!(graph.len(), 1);
}

#[test]
fn empty_text_and_mere_furniture_give_no_claim() {
    let graph = two("", "Post | Home | Sport\nBy Ana Holt\nLeave a comment (3)");
    assert!(graph.is_empty());
    assert_eq!(graph.articles().len(), 2);
}

#[test]
fn copies_make_a_star_and_no_clique() {
    let mut graph = ClaimGraph::new();
    for n in 0..60 {
        let text = "The harbour of Belport was closed on 6 May 2024 after a storm.";
        graph
            .add_article(
                Article::new(format!("Outlet {n}"), text)
                    .id(format!("c{n}"))
                    .published(day(7)),
            )
            .expect("new");
    }
    graph.settle();
    assert_eq!(graph.clusters()[0].claims.len(), 60);
    assert!(graph.links().len() < 100, "{} links", graph.links().len());
}

#[test]
fn a_batch_can_be_stopped_and_keeps_what_it_has() {
    let mut graph = ClaimGraph::new();
    let articles = (0..5).map(|n| {
        Article::new("Post", format!("The harbour number {n} was closed.")).id(format!("n{n}"))
    });
    let stop = |p: Progress| {
        if p.articles == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    assert_eq!(
        graph
            .add_articles(articles, stop)
            .expect_err("stopped")
            .kind(),
        ErrorKind::Stopped
    );
    assert_eq!(graph.articles().len(), 2);
}

#[test]
fn thresholds_outside_zero_to_one_are_refused() {
    let error = ClaimGraph::builder()
        .threshold(Relation::Duplicate, 1.5)
        .expect_err("no probability");
    assert_eq!(error.kind(), ErrorKind::InvalidValue);
    assert!(error.to_string().contains("1.5"));
}

#[test]
fn explain_answers_for_pairs_without_a_link() {
    let graph = two(
        "The harbour of Belport was closed on Monday.",
        "A singer from Norway won the prize in Vienna.",
    );
    let ids = graph.claim_ids();
    let why = graph.explain(ids[0], ids[1]).expect("both are claims");
    assert!(why.linked.is_none() && why.unlinked.is_some());
    assert!(why.to_string().contains("not linked"));
}

#[test]
fn filters_compose() {
    let graph = two(
        "Ana Holt said that the harbour was closed. Bread is cheap in May.",
        "The harbour was open.",
    );
    assert_eq!(graph.claims().about("harbour").count(), 2);
    assert_eq!(
        graph.claims().about("harbour").by_speaker("Holt").count(),
        1
    );
    assert_eq!(graph.claims().between(day(8), day(9)).count(), 1);
    assert_eq!(
        graph
            .claims()
            .from_source("Post")
            .from_source("Herald")
            .count(),
        0
    );
}

#[test]
fn words_that_a_caller_adds_are_used() {
    let mut lexicon = claimgraph::Lexicon::english();
    lexicon.add_report(claimgraph::lexicon::Report::Neutral, &["quoth"]);
    let article = post("Ana Holt quoth that the harbour was closed.");
    let claims = Extractor::new(lexicon).claims(&article);
    assert_eq!(claims[0].attribution.speaker.as_deref(), Some("Ana Holt"));
}

#[test]
fn a_line_of_a_megabyte_is_read_through() {
    let text = "The harbour of Belport was closed, and the mayor said that nobody was hurt; "
        .repeat(13_000);
    assert!(!Extractor::default().claims(&post(&text)).is_empty());
}
