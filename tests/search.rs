//! Search: what a query finds, and what comes first.

use claimgraph::judge::AdditiveJudge;
use claimgraph::{Article, ClaimGraph, Date};

fn graph(articles: impl IntoIterator<Item = Article>) -> ClaimGraph {
    let mut graph = ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .build();
    for article in articles {
        graph.add_article(article).expect("new");
    }
    graph.settle();
    graph
}

fn texts(texts: &[&str]) -> ClaimGraph {
    let article = |(n, text): (usize, &&str)| Article::new(format!("Outlet {n}"), *text);
    graph(texts.iter().enumerate().map(article))
}

/// The texts found, the best first.
fn found<'g>(graph: &'g ClaimGraph, query: &str) -> Vec<&'g str> {
    let hits = graph.search(query).hits.into_iter();
    hits.filter_map(|h| graph.text(h.claim)).collect()
}

#[track_caller]
fn first(graph: &ClaimGraph, query: &str, expected: &str) {
    let found = found(graph, query);
    let first = found.first().copied().unwrap_or_default();
    assert!(first.contains(expected), "{query}: {found:#?}");
}

fn news() -> ClaimGraph {
    texts(&[
        "The mayor of Orran opened the new bridge on Monday.",
        "The harbour of Belport burned for six days.",
        "The mayor of Belport denied that the ferry was overloaded.",
        "Foodbanks in Tessel ran out of bread.",
        "The minister of transport visited the new station.",
    ])
}

#[test]
fn the_rarer_word_comes_first() {
    let graph = news();
    first(&graph, "mayor ferry", "ferry");
    first(&graph, "mayor bridge", "bridge");
    first(&graph, "the minister", "minister");
    assert!(found(&graph, "zxqv the of").is_empty());
    assert!(found(&graph, "").is_empty());
}

#[test]
fn a_post_is_read_as_one() {
    let graph = news();
    first(&graph, "#HarbourFire", "harbour");
    first(&graph, "look at this #ferryoverloaded", "ferry");
    first(&graph, "so true @TesselBread", "bread");
    let plain = graph.search("the ferry was overloaded");
    let linked = graph.search("the ferry was overloaded https://ex.am/mayor pic.twitter.com/bread");
    assert_eq!(plain, linked);
}

#[test]
fn other_spellings_are_found() {
    let graph = news();
    first(&graph, "overlaoded", "overloaded");
    first(&graph, "Belporte", "Belport");
    first(&graph, "food banks", "Foodbanks");
}

#[test]
fn the_headline_and_the_day_tell_equals_apart() {
    let article = |place: &str, month: i8| {
        Article::new(
            "Post",
            format!("Twelve people were rescued by {month} boats."),
        )
        .id(place)
        .title(format!("Ferry sinks off {place}"))
        .published(Date::new(2024, month, 7).expect("a day"))
    };
    let graph = graph([
        article("Orran", 3),
        article("Belport", 5),
        article("Tessel", 9),
    ]);
    let home = |query: &str| {
        let hits = graph.search(query).hits;
        let article = hits.first().and_then(|h| graph.article_of(h.claim));
        article.map(|a| a.1.id_or_made()).unwrap_or_default()
    };
    for place in ["Orran", "Belport", "Tessel"] {
        assert_eq!(home(&format!("people rescued off {place}")), place);
    }
    assert_eq!(home("people rescued on 6 May 2024"), "Belport");
    assert_eq!(home("people rescued on 6 September 2024"), "Tessel");
}

#[test]
fn what_is_found_does_not_depend_on_the_order_of_adding() {
    let article = |n: usize| {
        let place = ["Belport", "Tessel", "Orran"][n % 3];
        let text = format!("The harbour of {place} was closed after storm {n}.");
        Article::new(format!("Outlet {n}"), text).id(format!("n{n}"))
    };
    let told = |order: Vec<usize>| {
        let graph = graph(order.into_iter().map(article));
        let hits = |query: &str| {
            let found = graph.search(query);
            let hits = found.hits.into_iter();
            let hits = hits.map(|h| (graph.text(h.claim).unwrap_or_default().to_owned(), h.score));
            (hits.collect::<Vec<_>>(), found.truncated)
        };
        [
            hits("harbour of Tessel"),
            hits("storms"),
            hits("harbour closed by storm 7"),
        ]
    };
    let forward = told((0..150).collect());
    assert_eq!(forward[0].0.len(), 48);
    assert!(forward[0].1, "there are more harbours");
    assert_eq!(forward, told((0..150).rev().collect()));
}
