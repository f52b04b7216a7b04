//! How a graph grows and shrinks: what changed is told, what is taken out leaves no trace, and no input makes it chain or swell.

use claimgraph::block::BlockOptions;
use claimgraph::graph::{Changes, LinkSummary};
use claimgraph::judge::{AdditiveJudge, Relation};
use claimgraph::{Article, ClaimGraph, Date, ErrorKind};
use std::ops::ControlFlow;

fn graph() -> ClaimGraph {
    ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .build()
}

fn article(id: &str, source: &str, day: i8, text: &str) -> Article {
    let day = Date::new(2024, 5, day).expect("a day of May");
    Article::new(source, text).id(id).published(day)
}

const CLOSED: &str = "The harbour of Belport was closed on 3 May 2024.";
const OPEN: &str = "The harbour of Belport was not closed on 3 May 2024.";

/// What a graph says, without ids.
fn told(graph: &ClaimGraph) -> Vec<String> {
    let name = |id| {
        let (_, article) = graph.article_of(id).expect("held");
        format!("{:?} {:?}", article.id, graph.text(id))
    };
    let claims = graph.claim_ids().into_iter().map(name);
    let links = graph.links().into_iter().map(|l| {
        let (relation, p) = (l.link.relation, l.link.probability());
        format!("{} {relation} {} {p:.9}", name(l.a), name(l.b))
    });
    let clusters = graph.clusters().iter();
    let clusters = clusters.map(|c| c.claims.iter().map(|id| name(*id)).collect::<String>());
    claims.chain(links).chain(clusters).collect()
}

#[test]
fn an_article_tells_of_the_contradiction_that_it_brings() {
    let mut graph = graph();
    let first = graph
        .add_article(article("a", "Post", 4, CLOSED))
        .expect("new");
    assert!(first.links.is_empty());
    let second = graph
        .add_article(article("b", "Herald", 5, OPEN))
        .expect("new");
    let [LinkSummary { a, b, relation, .. }] = second.links[..] else {
        panic!("one link: {:?}", second.links);
    };
    assert_eq!(relation, Relation::Contradiction);
    assert_eq!((a, b), (first.claims[0], second.claims[0]));
    assert_eq!(graph.links().len(), 1);
}

#[test]
fn a_batch_tells_what_it_brought() {
    let mut graph = graph();
    let go = |_| ControlFlow::Continue(());
    let both = [
        article("a", "Post", 4, CLOSED),
        article("b", "Herald", 5, OPEN),
    ];
    let first = graph.add_articles(both, go).expect("new");
    assert_eq!((first.claims.len(), first.links.len()), (2, 1));
    // A small batch leaves the rest as it is.
    let more = graph
        .add_articles([article("c", "Courier", 6, CLOSED)], go)
        .expect("new");
    assert_eq!(more.claims.len(), 1);
    let relations: Vec<Relation> = more.links.iter().map(|l| l.relation).collect();
    assert_eq!(relations, [Relation::Duplicate, Relation::Contradiction]);
    assert_eq!(graph.links().len(), 3);
    // The same again changes nothing.
    let again = graph
        .add_articles([article("c", "Courier", 6, CLOSED)], go)
        .expect("held");
    assert_eq!(again, Changes::default());
}

#[test]
fn what_is_retracted_leaves_no_trace() {
    let texts = [
        CLOSED,
        OPEN,
        CLOSED,
        "Her grandmother knitted woollen socks.",
    ];
    let articles: Vec<Article> = (texts.iter().enumerate())
        .map(|(at, text)| article(&format!("a{at}"), &format!("Paper {at}"), 4, text))
        .collect();
    let mut without = graph();
    for a in &articles[1..] {
        without.add_article(a.clone()).expect("new");
    }
    let mut with = graph();
    let mut ids = Vec::new();
    for a in &articles {
        ids.push(with.add_article(a.clone()).expect("new").article);
    }
    let changes = with.retract_article(ids[0]).expect("held");
    assert_eq!(changes.gone.len(), 1);
    assert_eq!(changes.unlinked.len(), 2, "a copy and a contradiction");
    assert!(with.article(ids[0]).is_none());
    for graph in [&mut with, &mut without] {
        graph.settle();
    }
    assert_eq!(told(&with), told(&without));
    // And comes back as if it had never gone.
    let back = with.add_article(articles[0].clone()).expect("new again");
    assert_eq!(back.links.len(), 2);
    let again = with.retract_article(ids[0]).expect_err("its id is gone");
    assert_eq!(again.kind(), ErrorKind::UnknownId);
}

#[test]
fn a_corrected_article_takes_the_place_of_the_first() {
    let mut graph = graph();
    graph
        .add_article(article("a", "Post", 4, CLOSED))
        .expect("new");
    let wrong = graph
        .add_article(article("b", "Herald", 5, OPEN))
        .expect("new");
    let corrected = article("b", "Herald", 5, CLOSED);
    let clash = graph
        .add_article(corrected.clone())
        .expect_err("other text");
    assert_eq!(clash.kind(), ErrorKind::ClashingId);
    let (added, gone) = graph
        .replace_article(wrong.article, corrected.clone())
        .expect("held");
    assert_eq!(gone.unlinked[0].relation, Relation::Contradiction);
    assert_eq!(added.links[0].relation, Relation::Duplicate);
    assert_eq!(graph.articles().len(), 2);
    // Nothing is lost where the new one cannot come in.
    let other = article("a", "Post", 4, OPEN);
    let clash = graph
        .replace_article(added.article, other)
        .expect_err("taken");
    assert_eq!(clash.kind(), ErrorKind::ClashingId);
    assert_eq!(graph.articles().len(), 2);
    // The same text again is no change.
    let (same, none) = graph
        .replace_article(added.article, corrected)
        .expect("held");
    assert!(same.repeated && none == Changes::default());
}

#[test]
fn a_copy_that_hung_on_one_that_went_hangs_on_another() {
    let mut graph = graph();
    let mut ids = Vec::new();
    for at in 0..10 {
        let copy = article(&format!("a{at}"), &format!("Paper {at}"), 4, CLOSED);
        ids.push(graph.add_article(copy).expect("new").article);
    }
    assert_eq!(graph.clusters()[0].claims.len(), 10);
    let name = graph.clusters()[0].id();
    // The first six are in the index, the others hang on them.
    for (left, id) in ids.drain(1..8).enumerate() {
        graph.retract_article(id).expect("held");
        assert_eq!(graph.clusters()[0].claims.len(), 9 - left);
        assert_eq!(graph.clusters()[0].id(), name, "it persists");
        let answer = graph.check("The harbour of Belport was closed on 3 May 2024");
        assert_eq!(answer.same.len(), 9 - left);
    }
}

#[test]
fn near_copies_in_a_chain_are_no_cluster() {
    // Each differs from the next in one word, the first and the last share none of ten.
    let words: Vec<&str> = "farmers harvest wheat beside ancient castles while trains carry copper toward distant markets \
        where painters repair violins under silver lamps and doctors study whales near frozen lighthouses as pilots \
        deliver medicine across deserts until teachers publish recipes about volcanic islands"
        .split_whitespace()
        .collect();
    let chain = words.windows(10).enumerate();
    let mut graph = graph();
    for (at, words) in chain {
        let text = format!("{}.", words.join(" "));
        let one = article(&format!("a{at}"), &format!("Paper {at}"), 4, &text);
        graph.add_article(one).expect("new");
    }
    let duplicates = graph
        .links()
        .into_iter()
        .filter(|l| l.link.relation == Relation::Duplicate);
    assert!(duplicates.count() > 20, "each is like the next");
    let most = graph.clusters().iter().map(|c| c.claims.len()).max();
    assert!(most.is_some_and(|most| most < 12), "{most:?}");
}

/// A made-up word of its own.
fn word(n: usize) -> String {
    let syllables = ["ba", "do", "ke", "li", "mu", "na", "po", "ri"];
    [n / 64, n / 8, n].map(|d| syllables[d % 8]).concat()
}

#[test]
fn a_thousand_copies_cost_a_link_each() {
    let mut graph = graph();
    let copies = (0..1000).map(|at| article(&format!("a{at}"), &format!("Paper {at}"), 4, CLOSED));
    graph
        .add_articles(copies, |_| ControlFlow::Continue(()))
        .expect("new");
    assert_eq!(graph.clusters()[0].claims.len(), 1000);
    // Six in the index, all linked to each other; every other one to one of them.
    assert_eq!(graph.links().len(), 15 + 994);
}

#[test]
fn memory_is_told_by_part_and_comes_back() {
    let mut graph = graph();
    let empty = graph.memory().total();
    let ids: Vec<_> = (0..50)
        .map(|at| {
            let text = format!("{CLOSED} The {} of {} sank.", word(at), word(at + 60));
            let one = article(&format!("a{at}"), "Post", 4, &text);
            graph.add_article(one).expect("new").article
        })
        .collect();
    let full = graph.memory();
    assert!(full.text > 50 * CLOSED.len());
    assert!(full.claims > 0 && full.sketches > 0 && full.index > 0 && full.counts > 0);
    for id in ids {
        graph.retract_article(id).expect("held");
    }
    let left = graph.memory();
    assert_eq!(left.text, 0);
    assert!(left.total() < full.total() && left.total() >= empty);
}

#[test]
fn threads_decide_nothing() {
    let sources = ["Post", "Herald", "Courier", "Gazette"];
    let articles: Vec<Article> = (0..120)
        .map(|at| {
            let place = ["Belport", "Tessel", "Minsk"][at % 3];
            let not = if at % 5 == 0 { "not " } else { "" };
            let text = format!(
                "The harbour of {place} was {not}closed on {} May 2024. It cost {} dollars.",
                at % 7 + 1,
                at * 13 % 40
            );
            article(
                &format!("a{at}"),
                sources[at % 4],
                (at % 9) as i8 + 1,
                &text,
            )
        })
        .collect();
    let grown = |threads| {
        let mut graph = ClaimGraph::builder()
            .judge(AdditiveJudge::english())
            .threads(threads)
            .build();
        graph
            .add_articles(articles.clone(), |_| ControlFlow::Continue(()))
            .expect("new");
        told(&graph)
    };
    let alone = grown(1);
    assert!(alone.len() > 300);
    assert_eq!(alone, grown(2));
    assert_eq!(alone, grown(7));
}

#[test]
fn an_exact_search_leaves_nothing_out() {
    let options = BlockOptions {
        top: 1,
        exact: true,
        ..BlockOptions::default()
    };
    let of = |options| {
        let mut graph = ClaimGraph::builder()
            .judge(AdditiveJudge::english())
            .block(options)
            .build();
        for at in 0..4 {
            let one = article(&format!("a{at}"), &format!("Paper {at}"), 4, CLOSED);
            graph.add_article(one).expect("new");
        }
        let no = article("b", "Herald", 4, OPEN);
        graph.add_article(no).expect("new");
        graph.settle();
        (graph.links().len(), graph.truncated())
    };
    assert_eq!(of(options), (6 + 4, 0));
    let narrow = BlockOptions {
        exact: false,
        ..options
    };
    let (links, truncated) = of(narrow);
    assert!(links < 10 && truncated > 0, "{links}");
}

#[test]
fn a_corrected_day_or_headline_is_a_change() {
    let mut graph = graph();
    let first = graph
        .add_article(article("a", "Post", 4, CLOSED).title("Old"))
        .expect("new");
    let other = graph
        .add_article(article("b", "Herald", 5, OPEN))
        .expect("new");
    let (added, _) = graph
        .replace_article(first.article, article("a", "Post", 9, CLOSED).title("New"))
        .expect("held");
    assert!(!added.repeated);
    let now = graph.article(added.article).expect("held");
    assert_eq!(now.title.as_deref(), Some("New"));
    assert_eq!(now.published, Date::new(2024, 5, 9).ok());
    // A third article that is held already does not take its place.
    let again = article("b", "Herald", 5, OPEN);
    let clash = graph
        .replace_article(added.article, again)
        .expect_err("held");
    assert_eq!(clash.kind(), ErrorKind::ClashingId);
    assert_eq!(graph.articles().len(), 2);
    assert!(graph.article(other.article).is_some());
}

#[test]
fn what_is_broken_off_keeps_what_was_linked_before() {
    let mut graph = graph();
    graph
        .add_article(article("a", "Post", 4, CLOSED))
        .expect("new");
    graph
        .add_article(article("b", "Herald", 5, OPEN))
        .expect("new");
    assert_eq!(graph.links().len(), 1);
    let more = (0..5).map(|at| article(&format!("c{at}"), &format!("Paper {at}"), 6, CLOSED));
    let stop = graph.add_articles(more, |progress| match progress.pairs {
        0 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    });
    assert_eq!(stop.expect_err("broken off").kind(), ErrorKind::Stopped);
    let contradicts =
        |l: &claimgraph::graph::Linked<'_>| l.link.relation == Relation::Contradiction;
    assert!(graph.links().iter().any(contradicts));
    graph.settle();
    assert_eq!(graph.links().len(), 6 + 15);
}

#[test]
fn claims_further_apart_than_the_window_are_not_compared() {
    let of = |window| {
        let options = BlockOptions {
            window,
            ..BlockOptions::default()
        };
        let mut graph = ClaimGraph::builder()
            .judge(AdditiveJudge::english())
            .block(options)
            .build();
        for (at, day) in [1, 3, 20].into_iter().enumerate() {
            let one = article(&format!("a{at}"), &format!("Paper {at}"), day, CLOSED);
            graph.add_article(one).expect("new");
        }
        graph.links().len()
    };
    assert_eq!(of(None), 3);
    assert_eq!(of(Some(7)), 1);
    assert_eq!(of(Some(0)), 0);
}

#[test]
fn words_that_are_written_apart_or_cost_another_money_are_no_copies() {
    let texts = [
        "The man from Belport is now here on 3 May 2024.",
        "The man from Belport is nowhere on 3 May 2024.",
        "The  man from “Belport” is now here, on 3 May 2024!",
    ];
    let mut graph = graph();
    for (at, text) in texts.into_iter().enumerate() {
        let one = article(&format!("a{at}"), &format!("Paper {at}"), 4, text);
        graph.add_article(one).expect("new");
    }
    let sure = graph
        .links()
        .into_iter()
        .filter(|l| l.link.probability() > 0.99);
    let sure: Vec<_> = sure.map(|l| (graph.text(l.a), graph.text(l.b))).collect();
    assert_eq!(sure.len(), 1, "{sure:?}");
}

#[test]
fn links_of_a_claim_are_told_by_themselves() {
    let mut graph = graph();
    let first = graph
        .add_article(article("a", "Post", 4, CLOSED))
        .expect("new");
    let second = graph
        .add_article(article("b", "Herald", 5, OPEN))
        .expect("new");
    graph
        .add_article(article("c", "Courier", 6, CLOSED))
        .expect("new");
    let of = |claim| {
        let links = graph.links_of(claim).into_iter();
        links.map(|l| l.link.relation).collect::<Vec<_>>()
    };
    let both = [Relation::Contradiction, Relation::Duplicate];
    assert_eq!(of(first.claims[0]), both);
    assert_eq!(of(second.claims[0]), [Relation::Contradiction; 2]);
    assert_eq!(
        graph.disputes()[0].id(),
        [first.claims[0], second.claims[0]]
    );
}
