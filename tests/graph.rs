//! The graph from outside: what a program that depends on the crate would do.

use claimgraph::block::BlockOptions;
use claimgraph::extract::{Extractor, SourceProfile};
use claimgraph::graph::Progress;
use claimgraph::judge::{
    AdditiveJudge, ConflictKind, Evidence, Factor, Judge, Judgement, Rarity, Reading, Relation,
};
use claimgraph::query::Unlinked;
use claimgraph::{Article, ClaimGraph, ClaimId, Date, ErrorKind};
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
fn the_shipped_articles_hold_the_dispute_that_they_were_written_for() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let articles = claimgraph::read::Reader::default()
        .path(path)
        .expect("read")
        .articles;
    let mut graph = ClaimGraph::new();
    graph
        .add_articles(articles, |_| ControlFlow::Continue(()))
        .expect("added");
    let says =
        |id: claimgraph::ClaimId, words: &str| graph.text(id).is_some_and(|t| t.contains(words));
    let absurd = graph.links().into_iter().any(|l| {
        l.link.relation == Relation::Contradiction
            && [(l.a, l.b), (l.b, l.a)].iter().any(|(x, y)| {
                says(*x, "A transit through Belarus would also be absurd")
                    && says(*y, "transit hub")
            })
    });
    assert!(absurd, "the transit hub is reported and called absurd");
    // What only its rivals made a link of says why, too.
    for l in graph.links() {
        let bars = graph.explain(l.a, l.b).expect("held").judgement.evidence;
        assert!(bars.len() > 4 || bars.len() == 2, "{bars:?}");
        assert!(bars.iter().all(|bar| bar.name != "all bars"));
    }
    let illogical = graph.links().into_iter().any(|l| {
        l.link.kind == Some(ConflictKind::Rejection)
            && [(l.a, l.b), (l.b, l.a)].iter().any(|(x, y)| {
                says(*x, "Such a transit would be illogical") && says(*y, "a transit hub")
            })
    });
    assert!(illogical, "the transit hub is called illogical");
    // The visit of 2018 is another matter.
    for l in graph.links() {
        for claim in [l.a, l.b] {
            let (_, article) = graph.article_of(claim).expect("held");
            assert_ne!(
                article.id.as_deref(),
                Some("northgate-2018"),
                "{:?}",
                graph.text(claim)
            );
        }
    }
    let dot = claimgraph::export::dot(&graph);
    assert_eq!(dot.matches(" -> ").count(), graph.links().len());
}

#[test]
fn what_a_graph_tells_can_be_written_and_read() {
    let graph = two(
        "The harbour of Belport was closed on 3 May 2024.",
        "The harbour of Belport was not closed on 3 May 2024.",
    );
    fn same<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
        x: &T,
    ) {
        let text = serde_json::to_string(x).expect("written");
        assert_eq!(&serde_json::from_str::<T>(&text).expect("read"), x);
    }
    let link = graph.links()[0];
    same(link.link);
    same(&graph.explain(link.a, link.b).expect("held").judgement);
    same(&link.a);
    for cluster in graph.clusters() {
        same(cluster);
    }
    for dispute in graph.disputes() {
        same(dispute);
    }
}

#[test]
fn ids_stay_when_others_come_and_go() {
    let mut graph = two("The harbour was closed.", "The mayor resigned.");
    let kept = graph.articles()[1].0;
    let claim = *graph.claim_ids().last().expect("two claims");
    let first = graph.articles()[0].0;
    graph.retract_article(first).expect("held");
    let added = graph
        .add_article(Article::new("Courier", "The bridge collapsed.").published(day(9)))
        .expect("new");
    graph.settle();
    assert_eq!(graph.text(claim), Some("The mayor resigned"));
    assert_eq!(graph.article_of(claim).expect("held").0, kept);
    assert!(
        added.article != first && !added.claims.contains(&claim),
        "ids are not used again"
    );
}

#[test]
fn a_contradiction_below_its_threshold_is_no_agreement() {
    let mut graph = ClaimGraph::builder()
        .judge(Contrary)
        .threshold(Relation::Contradiction, 1.0)
        .expect("a probability")
        .threshold(Relation::Duplicate, 0.0)
        .expect("a probability")
        .build();
    graph
        .add_article(post("The old harbour burned."))
        .expect("new");
    graph
        .add_article(herald("The old harbour burned."))
        .expect("new");
    graph.settle();
    assert!(graph.links().is_empty());
}

#[test]
fn every_copy_is_found_and_none_is_linked_to_its_own_article() {
    let text = "The harbour of Belport was closed on 3 May 2024.";
    let mut graph = ClaimGraph::new();
    for n in 0..10 {
        let article = Article::new(format!("Outlet {n}"), text).published(day(7));
        graph.add_article(article).expect("new");
    }
    graph.settle();
    assert_eq!(graph.check(text).same.len(), 10);
    assert_eq!(graph.search("harbour of Belport").hits.len(), 10);
    let mut page = ClaimGraph::new();
    page.add_article(post(&[text; 9].join("\n"))).expect("new");
    page.settle();
    assert!(page.links().is_empty(), "one article is no second source");
}

#[test]
fn a_large_graph_does_not_depend_on_the_order_either() {
    let article = |n: usize| {
        let (place, what) = (
            ["Belport", "Tessel", "Orran"][n % 3],
            ["closed", "opened"][n / 3 % 2],
        );
        // Only the first two tell of a canal: how rare the word is depends on who has been counted.
        let text = match n {
            0 | 1 => format!("The canal of {place} burned {n} times."),
            _ => format!("The {what} harbour of {place} burned {n} times."),
        };
        Article::new(format!("Outlet {n}"), text)
            .id(format!("n{n}"))
            .published(day(7))
    };
    let told = |order: Vec<usize>| {
        let mut graph = ClaimGraph::builder()
            .judge(AdditiveJudge::english())
            .build();
        for n in order {
            graph.add_article(article(n)).expect("new");
        }
        graph.settle();
        let of = |id| graph.text(id).expect("held").to_owned();
        let mut links: Vec<String> = (graph.links().into_iter())
            .map(|l| {
                let mut ends = [of(l.a), of(l.b)];
                ends.sort();
                format!("{ends:?} {} {:?}", l.link.relation, l.link.weight())
            })
            .collect();
        links.sort();
        links
    };
    let forward = told((0..70).collect());
    assert!(!forward.is_empty());
    assert_eq!(forward, told((0..70).rev().collect()));
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
    // What is held can be found.
    assert_eq!(graph.search("harbour").hits.len(), 2);
    // And what was linked before stays so.
    let text = "The harbour of Belport was closed on 3 May 2024.";
    let mut graph = two(text, text);
    let more = Article::new("Courier", "The mayor of Orran resigned.").id("courier");
    let error = graph.add_articles([more], |_| ControlFlow::Break(()));
    assert_eq!(error.expect_err("stopped").kind(), ErrorKind::Stopped);
    assert_eq!((graph.links().len(), graph.articles().len()), (1, 3));
    assert_eq!(graph.search("mayor of Orran").hits.len(), 1);
}

#[test]
fn judging_can_be_stopped_and_taken_up_again() {
    let articles: Vec<Article> = [
        post("The old harbour burned."),
        herald("The old harbour stood."),
    ]
    .into();
    let build = || ClaimGraph::builder().judge(Contrary).build();
    let mut graph = build();
    let stop = |p: Progress| match p.judged {
        0 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    let error = graph
        .add_articles(articles.clone(), stop)
        .expect_err("stopped");
    assert_eq!(error.kind(), ErrorKind::Stopped);
    graph.settle();
    let mut whole = build();
    whole
        .add_articles(articles, |_| ControlFlow::Continue(()))
        .expect("added");
    assert_eq!(graph.links(), whole.links());
    assert_eq!(graph.links().len(), 1);
}

#[test]
fn signs_without_width_are_no_words() {
    let graph = two("The harbour was closed. \u{200b}", "\u{200b}\u{2060}");
    assert_eq!(graph.len(), 1);
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
    assert_eq!(
        (why.linked, why.unlinked),
        (None, Some(Unlinked::BelowThreshold))
    );
    assert!(why.to_string().contains("not linked"));
}

/// Two claims of each article, of which each contradicts both of the other's.
fn rivals() -> ClaimGraph {
    let mut graph = ClaimGraph::builder().judge(Contrary).context(None).build();
    graph
        .add_article(post(
            "Old Belport harbour burned. New Belport harbour stood.",
        ))
        .expect("new");
    graph
        .add_article(herald(
            "Old Belport harbour burned down. New Belport stood.",
        ))
        .expect("new");
    graph.settle();
    graph
}

#[test]
fn explain_tells_the_reasons_apart() {
    let graph = rivals();
    let ids = graph.claim_ids();
    let why = |a: usize, b: usize| graph.explain(ids[a], ids[b]).expect("held");
    assert_eq!(why(0, 1).unlinked, Some(Unlinked::OneArticle));
    assert_eq!(why(0, 2).linked, Some(Relation::Contradiction));
    assert_eq!(why(0, 3).unlinked, Some(Unlinked::Rival));
    // Where nothing may be a candidate, nothing is compared.
    let blind = BlockOptions {
        top: 0,
        ..BlockOptions::default()
    };
    let mut graph = ClaimGraph::builder().judge(Contrary).block(blind).build();
    graph
        .add_article(post("The old harbour burned."))
        .expect("new");
    graph
        .add_article(herald("The old harbour stood."))
        .expect("new");
    graph.settle();
    assert!(graph.links().is_empty() && graph.truncated() == 2);
    let ids = graph.claim_ids();
    let why = graph.explain(ids[0], ids[1]).expect("held");
    assert_eq!(why.unlinked, Some(Unlinked::NoCandidate));
}

#[test]
fn the_default_graph_does_not_depend_on_the_order() {
    let articles = [
        post("The harbour of Belport was closed on Monday. Ana Holt said that nobody was hurt."),
        herald(
            "The harbour of Belport was not closed on Monday. Two dockers were hurt, Ana Holt said.",
        ),
        Article::new(
            "Courier",
            "The port of Belport was shut on Monday. Such a closure makes no sense.",
        )
        .id("courier")
        .published(day(8)),
    ];
    let told = |order: [usize; 3]| {
        let mut graph = ClaimGraph::new();
        for at in order {
            graph.add_article(articles[at].clone()).expect("new");
        }
        graph.settle();
        let of = |id| graph.text(id).expect("held").to_owned();
        let links = graph.links().into_iter();
        let links = links.map(|l| (of(l.a), of(l.b), l.link.clone(), graph.judgement(l.a, l.b)));
        links.collect::<Vec<_>>()
    };
    let forward = told([0, 1, 2]);
    assert!(forward.len() > 1);
    assert_eq!(forward, told([2, 0, 1]));
    assert_eq!(forward, told([1, 2, 0]));
}

/// Finds a contradiction wherever one word is on both sides, the likelier the more there are.
struct Contrary;

impl Judge for Contrary {
    fn judge(&self, a: &Reading, b: &Reading, _: &Rarity) -> Judgement {
        let shared = a.stems().filter(|s| b.stems().any(|t| t == *s)).count() as f64;
        let bar = |factor, bits| Evidence {
            factor,
            name: "shared words".into(),
            bits,
            a: Vec::new(),
            b: Vec::new(),
        };
        let evidence = vec![bar(Factor::SameMatter, shared), bar(Factor::Clash, 3.0)];
        Judgement::from_evidence(evidence, None)
    }
}

#[test]
fn of_rival_contradictions_each_claims_best_is_linked() {
    let graph = rivals();
    let links: Vec<(&str, &str)> = (graph.links().iter())
        .map(|l| {
            (
                graph.text(l.a).expect("held"),
                graph.text(l.b).expect("held"),
            )
        })
        .collect();
    let burned = (
        "Old Belport harbour burned",
        "Old Belport harbour burned down",
    );
    let stood = ("New Belport harbour stood", "New Belport stood");
    assert_eq!(
        links,
        [burned, stood],
        "the crossed pairs have better rivals"
    );
}

#[test]
fn context_speaks_in_links_and_in_explanations_alike() {
    let mut graph = ClaimGraph::builder()
        .threshold(Relation::Contradiction, 0.02)
        .expect("a probability")
        .build();
    graph
        .add_article(post(
            "The bridge was closed on Monday. The bridge has 4 lanes.",
        ))
        .expect("new");
    graph
        .add_article(herald(
            "The bridge was not closed on Monday. The bridge was shut on Monday.",
        ))
        .expect("new");
    graph.settle();
    let links = graph.links();
    assert!(!links.is_empty());
    for l in links {
        let told = graph.explain(l.a, l.b).expect("held");
        assert_eq!(told.judgement.probabilities, l.link.probabilities);
    }
    let beside = |l: &claimgraph::graph::Linked<'_>| {
        let told = graph.explain(l.a, l.b).expect("held").judgement;
        (told.evidence.iter()).any(|e| e.name == "another claim there agrees")
    };
    assert!(
        graph.links().iter().any(beside),
        "one side agrees with another claim"
    );
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
fn filters_look_at_links() {
    let mut graph = two(
        "The harbour of Belport was closed on 6 May 2024. Bread is cheap in May.",
        "The harbour of Belport was not closed on 6 May 2024. The mayor of Orran resigned.",
    );
    let courier = Article::new(
        "Courier",
        "The harbour of Belport was closed on 6 May 2024.",
    );
    graph
        .add_article(courier.id("courier").published(day(8)))
        .expect("new");
    graph.settle();
    let told = |claims: claimgraph::query::Claims<'_>| claims.count();
    assert_eq!(told(graph.claims()), 5);
    assert_eq!(told(graph.claims().disputed()), 3);
    assert_eq!(
        told(graph.claims().with_relation(Relation::Contradiction)),
        3
    );
    assert_eq!(told(graph.claims().with_relation(Relation::Duplicate)), 2);
    assert_eq!(told(graph.claims().disputed().from_source("Herald")), 1);
    assert_eq!(told(graph.claims().min_probability(0.5)), 3);
    assert_eq!(told(graph.claims().min_probability(1.1)), 0);
    assert_eq!(told(graph.claims().linked(Relation::Contradiction, 1.1)), 0);
    assert_eq!(told(graph.claims().linked(Relation::Entailment, 0.0)), 0);
}

#[test]
fn the_later_of_two_counts_is_related_and_not_linked() {
    let graph = two(
        "At least 12 people died in the Belport fire.",
        "The number of dead in the Belport fire has risen to 19 people.",
    );
    let related = graph.related();
    assert_eq!(related.len(), 1, "{:?}", graph.links());
    assert_eq!(related[0].kind, ConflictKind::Update);
    assert!(graph.links().is_empty());
}

#[test]
fn a_statement_in_the_words_of_a_claim_is_found_without_its_day() {
    let mut graph = ClaimGraph::new();
    let text =
        "The minister has not resigned. Norline was founded in 1952. The Aurelia was overloaded.";
    graph.add_article(post(text)).expect("new");
    graph.settle();
    for id in graph.claim_ids() {
        let answer = graph.check(graph.text(id).expect("held"));
        let found = answer.same.iter().find(|v| v.claim == id);
        assert!(found.is_some_and(|v| v.probability > 0.9), "{answer}");
    }
    assert!(graph.check("The minister has resigned").same.is_empty());
    assert!(graph.search("zxqv").hits.is_empty());
    assert_eq!(graph.search("MINISTER").hits.len(), 1);
}

#[test]
fn a_quotation_that_two_papers_print_is_linked_to_itself() {
    let said = "“He was tested twice and both tests were negative,” Norline chief executive Petra Holm said.";
    let graph = two(said, said);
    let links = graph.links();
    assert!(!links.is_empty());
    for l in links {
        assert_eq!(l.link.relation, Relation::Duplicate);
        assert_eq!(graph.text(l.a), graph.text(l.b));
    }
}

#[test]
fn claims_of_a_callers_own_must_fit_the_text() {
    use claimgraph::{Attribution, Claim, Span};
    let own = |span, sentence, cue| Claim {
        span,
        sentence,
        attribution: Attribution {
            cue,
            ..Attribution::default()
        },
        ..Claim::default()
    };
    let (whole, far) = (Span::new(0, 11), Span::new(900, 903));
    let mut graph = ClaimGraph::new();
    for (claim, named) in [
        (own(far, whole, None), "span"),
        (own(Span::new(3, 3), whole, None), "span"),
        (own(whole, far, None), "sentence"),
        (own(whole, whole, Some(far)), "cue"),
    ] {
        let error = graph
            .add_article_with_claims(post("The quay é."), vec![claim])
            .expect_err("no fit");
        assert_eq!(error.kind(), ErrorKind::InvalidValue);
        assert!(error.to_string().contains(named), "{error}");
    }
    assert!(graph.articles().is_empty());
}

#[test]
fn a_batch_goes_on_after_an_article_that_cannot_be_added() {
    let mut graph = ClaimGraph::builder().judge(Contrary).build();
    let other = post("The old harbour stood.");
    let articles = [
        post("The old harbour burned."),
        other,
        herald("The old harbour sank."),
    ];
    let error = graph
        .add_articles(articles, |_| ControlFlow::Continue(()))
        .expect_err("a clash");
    assert_eq!(error.kind(), ErrorKind::ClashingId);
    assert_eq!((graph.articles().len(), graph.links().len()), (2, 1));
}

#[test]
fn lines_that_return_in_a_source_are_furniture() {
    let line = "Our kitchen serves soup to everyone in the old harbour.";
    let page = |n: usize| {
        let text =
            format!("The harbour number {n} was closed on Monday.\r{line}\rIt rained {n} times.");
        Article::new("Post", text).id(format!("n{n}"))
    };
    let extractor = Extractor::default();
    let mut profile = SourceProfile::new();
    assert_eq!(extractor.claims_with(&page(9), &profile).len(), 3);
    for n in 0..3 {
        profile.observe(&page(n));
    }
    assert_eq!(profile.articles(), 3);
    assert_eq!(extractor.claims_with(&page(9), &profile).len(), 2);
}

#[test]
fn printings_of_one_story_make_no_furniture_of_it() {
    let story = "The harbour of Belport was closed on Monday after a crane had fallen on the quay, its master told the council.";
    let printing =
        |n: usize| Article::new("Post", format!("{story}\nIt rained all day.\nUpdate {n}."));
    let extractor = Extractor::default();
    let mut profile = SourceProfile::new();
    for n in 0..5 {
        profile.observe(&printing(n));
    }
    let claims = |p: &SourceProfile| extractor.claims_with(&printing(9), p);
    assert_eq!(claims(&profile), claims(&SourceProfile::new()));
}

#[test]
fn abbreviations_that_a_caller_adds_end_no_sentence() {
    let text = "The frm. Holt bought the mine.";
    let mut lexicon = claimgraph::Lexicon::english();
    assert_eq!(claimgraph::text::sentences(text, &lexicon).len(), 2);
    lexicon.add_abbreviation("frm");
    assert_eq!(claimgraph::text::sentences(text, &lexicon).len(), 1);
}

#[test]
fn text_without_an_end_is_cut_and_compared() {
    let text = "the harbour of Belport was closed and nobody was hurt ".repeat(2_000);
    let mut graph = ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .build();
    graph.add_article(post(&text)).expect("new");
    graph.add_article(herald(&text)).expect("new");
    graph.settle();
    assert!(graph.len() > 20);
    let longest = graph
        .claim_ids()
        .into_iter()
        .filter_map(|id| graph.text(id));
    assert!(longest.map(str::len).max() < Some(2_000));
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

const FRENCH: &str = "Le port de Belport a été fermé lundi 6 mai 2024 après la découverte d'une fissure, a déclaré Ana Holt. Personne n'a été \
    blessé. Les travaux coûteront 2,4 millions de couronnes et dureront trois semaines, selon le conseil municipal.";
const UKRAINIAN: &str = "Порт Белпорт закрили в понеділок після того, як на східному причалі знайшли тріщину, повідомила Ана Холт. \
    «Ніхто не постраждав», — сказала вона. Ремонт триватиме три тижні й коштуватиме 2,4 мільйона крон.";

#[test]
fn other_languages_are_kept_and_not_judged() {
    let english = "The harbour of Belport was closed on Monday, 6 May 2024, after a crack was found, Ana Holt said. Nobody was hurt.";
    let mut graph = ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .build();
    for (source, text, language, claims) in [
        ("Matin", FRENCH, Some("fr"), 3),
        ("Soir", FRENCH, Some("fr"), 3),
        ("Ранок", UKRAINIAN, Some("uk"), 3),
        ("Post", english, None, 2),
    ] {
        // What is said of the language does not count against the text.
        let said = Article::new(source, text).id(source).language("en");
        let added = graph.add_article(said).expect("added");
        assert_eq!(added.judged, language.is_none(), "{source}");
        assert_eq!(added.claims.len(), claims, "{source}");
        let held = graph.article(added.article).expect("held");
        assert_eq!(held.language.as_deref(), language.or(Some("en")));
        for id in added.claims.iter().filter(|_| language.is_some()) {
            let claim = graph.claim(*id).expect("held");
            assert_eq!(claim.attribution.speaker, None);
            assert!(graph.text(*id).expect("its words").ends_with('.'));
        }
    }
    graph.settle();
    assert_eq!(graph.len(), 11);
    assert_eq!(graph.links().len(), 0);
    let ids = graph.claim_ids();
    let why = graph.explain(ids[0], ids[3]).expect("both held").unlinked;
    assert_eq!(why, Some(Unlinked::OtherLanguage));
    assert_eq!(
        claimgraph::export::json(&graph)["articles"][0]["language"],
        "fr"
    );
    let said = Article::new("Midi", FRENCH).language("fr-CA");
    assert_eq!(said.recognised_language(), Some("fr-CA"));
    // The text says nothing: what is given counts.
    let short =
        graph.add_article(Article::new("Soir", "Port de Belport : fermé.").language("fr-BE"));
    assert!(!short.expect("added").judged);
}

#[test]
fn a_judge_of_every_language_is_asked() {
    let mut graph = ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .every_language(true)
        .build();
    for source in ["Matin", "Soir"] {
        assert!(
            graph
                .add_article(Article::new(source, FRENCH))
                .expect("added")
                .judged
        );
    }
    assert!(!graph.links().is_empty());
}

#[test]
fn claims_are_ranked_by_salience_and_none_is_lost() {
    let text = "Then the choir sang. Ana Holt closed the harbour of Belport for 14 weeks on 3 May 2024. The quay of the port was rusty.";
    let mut graph = ClaimGraph::new();
    graph
        .add_article(Article::new("Post", text))
        .expect("added");
    let texts = |claims: Vec<ClaimId>| -> Vec<String> {
        let words = |id: &ClaimId| graph.text(*id).expect("held").chars().take(8).collect();
        claims.iter().map(words).collect()
    };
    assert_eq!(
        texts(graph.claims().collect()),
        ["Then the", "Ana Holt", "The quay"]
    );
    assert_eq!(
        texts(graph.claims().by_salience().collect()),
        ["Ana Holt", "The quay", "Then the"]
    );
    assert_eq!(texts(graph.claims().salient(0.5).collect()), ["Ana Holt"]);
    let rows = claimgraph::export::json(&graph);
    let salience = |at: usize| rows["claims"][at]["salience"].as_f64().expect("a number");
    assert!(
        salience(1) > salience(2) && salience(2) > salience(0),
        "{rows}"
    );
}
