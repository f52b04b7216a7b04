//! What must hold for any text and any order.

use claimgraph::extract::Extractor;
use claimgraph::judge::{
    self, AdditiveJudge, Context, Factor, Judge, Rarity, Reading, Relation, Statement,
};
use claimgraph::{Article, ArticleId, Claim, ClaimGraph, Date, Lexicon, export};
use proptest::prelude::*;
use std::sync::Arc;

const WHO: [&str; 5] = [
    "The mayor",
    "The ministry",
    "Ana Holt",
    "The union",
    "Belarus",
];
const DID: [&str; 8] = [
    "closed",
    "opened",
    "did not close",
    "approved",
    "rejected",
    "failed to open",
    "bought",
    "never sold",
];
const WHAT: [&str; 5] = [
    "the harbour",
    "the bridge",
    "the mine",
    "the contract worth 3 million dollars",
    "the contract worth 5 million dollars",
];
const WHEN: [&str; 4] = ["on Monday", "on 3 May 2024", "last month", "in Minsk"];

prop_compose! {
    fn sentence()(a in 0..5usize, b in 0..8usize, c in 0..5usize, d in 0..4usize, said in any::<bool>()) -> String {
        let core = format!("{} {} {} {}", WHO[a], DID[b], WHAT[c], WHEN[d]);
        if said { format!("{core}, Jon Reed said.") } else { format!("{core}.") }
    }
}

prop_compose! {
    fn articles()(texts in prop::collection::vec(prop::collection::vec(sentence(), 1..4), 2..6)) -> Vec<Article> {
        texts
            .into_iter()
            .enumerate()
            .map(|(n, s)| {
                let day = Date::new(2024, 5, 1 + n as i8).expect("a day of May");
                Article::new(format!("Outlet {}", n % 3), s.join("\n")).id(format!("a{n}")).published(day)
            })
            .collect()
    }
}

/// Text with the characters that break careless code: marks, other scripts, no-width and right-to-left signs.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,120}",
        "(The harbour was closed|“We knew|said Ana Holt|[.,”\n ]|\u{200b}|\u{2060}){0,12}",
        "([A-Za-z ,.!?\"“”‘’';:()\\-\n\r]|said|that|5|\u{200b}|\u{202e}|é|Київ|中|😀){0,60}",
    ]
}

fn read(text: &str) -> Reading {
    let day = Date::new(2024, 5, 8).ok();
    Reading::new(
        &Statement {
            text,
            published: day,
            ..Statement::default()
        },
        &Lexicon::english(),
    )
}

fn graph(articles: &[Article]) -> ClaimGraph {
    // What holds of the graph holds with any judge; the additive one is the fastest.
    let mut graph = ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .context(Some(Context::english()))
        .build();
    for article in articles {
        graph.add_article(article.clone()).expect("ids differ");
    }
    graph.settle();
    graph
}

/// Everything that the graph says, in words instead of ids.
fn told(graph: &ClaimGraph) -> Vec<String> {
    let name = |id| {
        format!(
            "{:?}/{:?}",
            graph.article_of(id).map(|a| a.1.id.clone()),
            graph.claim(id).map(|c| c.span)
        )
    };
    let mut out: Vec<String> = graph.claim_ids().into_iter().map(name).collect();
    out.extend(graph.links().iter().map(|l| {
        format!(
            "{} {} {} {:.9}",
            name(l.a),
            name(l.b),
            l.link.relation,
            l.link.probability()
        )
    }));
    out.extend(graph.clusters().iter().map(|c| {
        c.claims
            .iter()
            .map(|id| name(*id))
            .collect::<Vec<_>>()
            .join("+")
    }));
    out.extend(graph.disputes().iter().map(ToString::to_string));
    out
}

/// The graph file with places in articles for the ids of claims, and names for those of sources.
fn without_ids(file: &serde_json::Value) -> String {
    let rows = |name: &str| file[name].as_array().expect("a list").iter();
    let mut names: Vec<(String, String)> = rows("claims")
        .map(|c| {
            (
                c["id"].to_string(),
                format!("\"{}/{}\"", c["article"], c["start"]),
            )
        })
        .collect();
    names.extend(rows("sources").map(|s| (s["id"].to_string(), s["name"].to_string())));
    let mut text = file.to_string();
    for (id, name) in names {
        text = text.replace(&id, &name);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn extraction_is_total_and_spans_fit(text in any_text(), title in any_text()) {
        let article = Article::new("Post", text.clone()).title(title);
        let claims = Extractor::default().claims(&article);
        for claim in &claims {
            let words = claim.span.of(&text);
            prop_assert!(words.is_some_and(|w| !w.trim().is_empty()));
            prop_assert!(claim.sentence.of(&text).is_some());
            for span in claim.names.iter().map(|n| n.span).chain(claim.quantities.iter().map(|q| q.span)).chain(claim.dates.iter().map(|d| d.span)) {
                prop_assert!(claim.span.contains(span) && span.of(&text).is_some());
            }
        }
        for pair in claims.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start, "claims overlap: {:?}", pair);
        }
        for claim in claims {
            let json = serde_json::to_string(&claim).expect("claims are plain data");
            prop_assert_eq!(serde_json::from_str::<Claim>(&json).expect("what was written"), claim);
        }
    }

    #[test]
    fn judging_is_mirrored_and_evidence_sums(a in sentence(), b in sentence()) {
        let (x, y) = (read(&a), read(&b));
        let judges: [Arc<dyn Judge>; 2] = [Arc::new(AdditiveJudge::english()), judge::shipped(Lexicon::english())];
        for judge in judges {
        let there = judge.judge(&x, &y, &Rarity::background());
        let back = judge.judge(&y, &x, &Rarity::background());
        for relation in [Relation::Duplicate, Relation::Contradiction, Relation::Entailment, Relation::Entailed, Relation::Neutral] {
            let (p, q) = (there.probability(relation), back.probability(relation.mirrored()));
            prop_assert!((p - q).abs() < 1e-9, "{relation}: {p} {q}");
        }
        let odds = |factor| 1.0 / (1.0 + (-there.evidence.iter().filter(|e| e.factor == factor).map(|e| e.bits).sum::<f64>()).exp2());
        // To the last bit and word: what is shown must not depend on which side was asked first either.
        prop_assert!(back.clone().mirrored() == there, "{a} / {b}");
        let contradiction = odds(Factor::SameMatter) * odds(Factor::Clash);
        prop_assert!((contradiction - there.probabilities.contradiction).abs() < 1e-9);
        let p = there.probabilities;
        prop_assert!((p.duplicate + p.contradiction + p.entailment + p.entailed + p.neutral - 1.0).abs() < 1e-9);
        for e in &there.evidence {
            prop_assert!(e.a.iter().all(|s| s.of(&a).is_some()) && e.b.iter().all(|s| s.of(&b).is_some()));
        }
        }
    }

    #[test]
    fn the_order_of_articles_does_not_matter(articles in articles(), seed in 0..24usize) {
        let mut other = articles.clone();
        other.rotate_left(seed % articles.len());
        if seed % 2 == 1 {
            other.reverse();
        }
        prop_assert_eq!(told(&graph(&articles)), told(&graph(&other)));
    }

    #[test]
    fn what_came_and_went_leaves_no_trace(articles in articles(), order in prop::collection::vec((any::<bool>(), 0..24usize), 1..30), narrow in any::<bool>()) {
        use claimgraph::block::BlockOptions;
        let options = match narrow {
            true => BlockOptions { common: 1, top: 3, ..BlockOptions::default() },
            false => BlockOptions::default(),
        };
        let empty = || ClaimGraph::builder().judge(AdditiveJudge::english()).block(options).build();
        let mut graph = empty();
        let mut held: Vec<Option<ArticleId>> = vec![None; articles.len()];
        for (comes, at) in order {
            let at = at % articles.len();
            match (comes, held[at].take()) {
                (true, None) => held[at] = Some(graph.add_article(articles[at].clone()).expect("new").article),
                (false, Some(id)) => _ = graph.retract_article(id).expect("held"),
                (_, id) => held[at] = id,
            }
        }
        let mut fresh = empty();
        for (article, _) in articles.iter().zip(&held).filter(|(_, id)| id.is_some()) {
            fresh.add_article(article.clone()).expect("new");
        }
        // Before anything is settled a search finds the same, and after it all is the same.
        for article in &articles {
            let found = |graph: &ClaimGraph| {
                let found = graph.search(&article.text);
                let name = |claim| (graph.article_of(claim).and_then(|a| a.1.id.clone()), graph.text(claim).map(str::to_owned));
                let mut hits: Vec<_> = found.hits.iter().map(|h| (name(h.claim), format!("{:.6}", h.score))).collect();
                hits.sort();
                (hits, found.truncated)
            };
            prop_assert_eq!(found(&graph), found(&fresh));
        }
        graph.settle();
        fresh.settle();
        prop_assert_eq!(told(&graph), told(&fresh));
    }

    #[test]
    fn retracting_undoes_adding(articles in articles()) {
        let mut whole = graph(&articles);
        let last = whole.articles().last().map(|a| a.0).expect("two articles at least");
        whole.retract_article(last).expect("it was there");
        whole.settle();
        prop_assert_eq!(told(&whole), told(&graph(&articles[..articles.len() - 1])));
    }

    #[test]
    fn no_cluster_holds_both_ends_of_a_contradiction(articles in articles()) {
        let graph = graph(&articles);
        let clusters = graph.clusters();
        for link in graph.links().iter().filter(|l| l.link.relation == Relation::Contradiction) {
            prop_assert!(!clusters.iter().any(|c| c.claims.contains(&link.a) && c.claims.contains(&link.b)));
        }
    }

    #[test]
    fn the_graph_file_is_the_same_but_for_ids(articles in articles(), seed in 0..24usize) {
        let mut other = articles.clone();
        other.rotate_left(seed % articles.len());
        prop_assert_eq!(without_ids(&export::json(&graph(&articles))), without_ids(&export::json(&graph(&other))));
        let dots = [&articles, &other].map(|a| export::dot(&graph(a)).lines().count());
        prop_assert_eq!(dots[0], dots[1]);
        let article = &articles[0];
        let json = serde_json::to_string(article).expect("articles are plain data");
        prop_assert_eq!(&serde_json::from_str::<Article>(&json).expect("what was written"), article);
    }

    #[test]
    fn blocking_keeps_what_the_oracle_keeps_in_a_small_corpus(texts in prop::collection::vec(sentence(), 2..25)) {
        use claimgraph::block::{BlockOptions, Index, oracle};
        let all: Vec<_> = texts.iter().map(|t| read(t).sketch().terms()).collect();
        let mut index = Index::new(BlockOptions::default());
        for (key, t) in all.iter().enumerate() {
            index.add(key as u32, t);
        }
        let pairs = oracle(&all);
        let found = pairs.iter().filter(|(a, b)| index.candidates(&all[*a], |k| k as usize == *a, |k| k).keys.contains(&(*b as u32))).count();
        prop_assert!(found == pairs.len(), "{found} of {}", pairs.len());
    }

    #[test]
    fn caps_hold_and_what_they_cut_off_is_said(texts in prop::collection::vec(sentence(), 2..40), top in 1..8usize, common in 1..12usize) {
        use claimgraph::block::{BlockOptions, Index, oracle};
        let readings: Vec<_> = texts.iter().map(|t| read(t)).collect();
        let all: Vec<_> = readings.iter().map(|r| r.sketch().terms()).collect();
        let options = BlockOptions { top, common, ..BlockOptions::default() };
        let mut index = Index::new(options);
        for (key, t) in all.iter().enumerate() {
            index.add(key as u32, t);
        }
        let pairs = oracle(&all);
        for (at, terms) in all.iter().enumerate() {
            let found = index.candidates(terms, |k| k as usize == at, |k| k);
            prop_assert!(found.keys.len() <= top);
            prop_assert!(found.keys.iter().all(|k| pairs.contains(&(at.min(*k as usize), at.max(*k as usize)))));
            let own: Vec<&str> = readings[at].stems().collect();
            for (other, reading) in readings.iter().enumerate() {
                let shares = other != at && reading.stems().any(|s| own.contains(&s));
                prop_assert!(!shares || found.truncated || found.keys.contains(&(other as u32)));
            }
            // A copy is the best candidate, unless words that tell it from others are too common to be followed.
            let copies = texts.iter().filter(|t| **t == texts[at]).count() - 1;
            if (1..=top).contains(&copies) && found.keys.len() == top && !found.truncated {
                let best: Vec<_> = found.keys[..copies].iter().map(|k| &texts[*k as usize]).collect();
                prop_assert!(best.iter().all(|t| **t == texts[at]), "{best:?} for {}", texts[at]);
            }
        }
    }
}
