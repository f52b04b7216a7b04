//! The graph file: one JSON object with sources, articles, claims, links, related pairs, clusters and disputes.

use crate::graph::ClaimGraph;
use crate::model::{Claim, ClaimId};
use serde_json::{Value, json as value};

/// The graph file. `article` is the input's id; `start` and `end` are UTF-8 byte offsets into the article's text; `speaker`
/// is `null` for the outlet's own voice; an article's `language` is `null` where the text is too short to tell and none was given; `metadata` holds an article's further fields as they came; `relation` is `duplicate`, `entailment` (a entails b) or `contradiction`.
///
/// ```
/// use claimgraph::{Article, ClaimGraph, export};
/// let mut graph = ClaimGraph::new();
/// graph.add_article(Article::new("Post", "The harbour was closed on Monday.").id("p1"))?;
/// let file = export::json(&graph);
/// assert_eq!(file["claims"][0]["article"], "p1");
/// assert_eq!(file["claims"][0]["end"], 32);
/// # Ok::<(), claimgraph::Error>(())
/// ```
pub fn json(graph: &ClaimGraph) -> Value {
    let ids = graph.claim_ids();
    let key = |id: ClaimId| {
        graph
            .article_of(id)
            .and_then(|(a, _)| graph.corpus().key(a))
    };
    let claims: Vec<Value> = ids
        .iter()
        .filter_map(|id| {
            let text = graph.text(*id)?;
            Some(claim(&id.to_string(), key(*id)?, text, graph.claim(*id)?))
        })
        .collect();
    let articles: Vec<Value> = graph
        .articles()
        .into_iter()
        .map(|(id, a)| {
            value!({
                "id": graph.corpus().key(id),
                "source": a.source,
                "title": a.title,
                "url": a.url,
                "language": a.language,
                "published": a.published,
                "metadata": a.metadata,
            })
        })
        .collect();
    let links: Vec<Value> = graph
        .links()
        .into_iter()
        .map(|l| {
            value!({
                "a": l.a.to_string(),
                "b": l.b.to_string(),
                "relation": l.link.relation,
                "kind": l.link.kind,
                "probability": round(l.link.probability()),
                "weight": round(l.link.weight()),
                "evidence": graph.evidence(&l),
            })
        })
        .collect();
    let related: Vec<Value> = graph
        .related()
        .iter()
        .map(|r| value!({"a": r.a.to_string(), "b": r.b.to_string(), "kind": r.kind}))
        .collect();
    let names = |ids: &[ClaimId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    let clusters: Vec<Value> = graph
        .clusters()
        .iter()
        .enumerate()
        .map(|(at, c)| value!({"id": format!("k{at}"), "claims": names(&c.claims)}))
        .collect();
    let disputes: Vec<Value> = graph
        .disputes()
        .iter()
        .enumerate()
        .map(|(at, d)| {
            let pairs: Vec<[String; 2]> = d
                .links
                .iter()
                .map(|(a, b)| [a.to_string(), b.to_string()])
                .collect();
            value!({
                "id": format!("d{at}"),
                "a": names(&d.a.claims),
                "b": names(&d.b.claims),
                "kind": d.kind,
                "probability": round(d.probability),
                "links": pairs,
            })
        })
        .collect();
    value!({
        "sources": graph.sources().into_iter().map(|(id, s)| value!({"id": id.to_string(), "name": s.name})).collect::<Vec<_>>(),
        "articles": articles,
        "claims": claims,
        "links": links,
        "related": related,
        "clusters": clusters,
        "disputes": disputes,
        "truncated": graph.truncated(),
    })
}

/// The row of one claim in the graph file: `id` and `article` are the ids that it is to carry, `text` its words.
pub fn claim(id: &str, article: &str, text: &str, claim: &Claim) -> Value {
    value!({
        "id": id,
        "article": article,
        "start": claim.span.start,
        "end": claim.span.end,
        "text": text,
        "sentence": claim.sentence,
        "speaker": claim.attribution.speaker,
        "via": claim.attribution.via,
        "direct": claim.attribution.direct,
        "cue": claim.attribution.cue,
        "stance": claim.stance,
        "polarity": claim.polarity,
        "names": claim.names,
        "quantities": claim.quantities,
        "dates": claim.dates,
        "annotations": claim.annotations,
        "salience": round(claim.salience),
    })
}

/// Six places: more would promise a precision that no judge has.
fn round(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}
