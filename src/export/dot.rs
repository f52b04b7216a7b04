//! DOT, for Graphviz.

use crate::graph::ClaimGraph;
use crate::judge::Relation;
use crate::model::{ArticleId, ClaimId};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The linked claims as a DOT digraph, grouped by article; contradictions red, duplicates and entailments black. Claims
/// without a link are left out.
pub fn dot(graph: &ClaimGraph) -> String {
    let links = graph.links();
    let mut linked: Vec<_> = links.iter().flat_map(|l| [l.a, l.b]).collect();
    linked.sort_unstable();
    linked.dedup();
    let mut out =
        String::from("digraph claims {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    let mut by_article: BTreeMap<ArticleId, Vec<ClaimId>> = BTreeMap::new();
    for claim in graph.claim_ids() {
        if let (Ok(_), Some((article, _))) = (linked.binary_search(&claim), graph.article_of(claim))
        {
            by_article.entry(article).or_default().push(claim);
        }
    }
    for (at, (id, article)) in graph.articles().into_iter().enumerate() {
        let Some(own) = by_article.get(&id) else {
            continue;
        };
        let day = article
            .published
            .map(|d| format!(" ({d})"))
            .unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "  subgraph cluster_{at} {{\n    label={};",
            quoted(&format!("{}{day}", article.source))
        );
        for claim in own {
            let _ = writeln!(
                out,
                "    {claim} [label={}];",
                quoted(&wrapped(graph.text(*claim).unwrap_or_default()))
            );
        }
        out.push_str("  }\n");
    }
    for l in links {
        let look = match l.link.relation {
            Relation::Contradiction => {
                let kind = l.link.kind.map(|k| k.to_string()).unwrap_or_default();
                format!("color=red, dir=both, label={}", quoted(&kind))
            }
            Relation::Duplicate => "dir=none".to_owned(),
            _ => "style=dashed".to_owned(),
        };
        let _ = writeln!(out, "  {} -> {} [{look}];", l.a, l.b);
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}

/// Lines of some forty characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 {
            if length + word.chars().count() > 40 {
                out.push('\n');
                length = 0;
            } else {
                out.push(' ');
            }
        }
        out.push_str(word);
        length += word.chars().count() + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_line_ends_are_escaped() {
        assert_eq!(quoted("a \"b\" \\ \n"), "\"a \\\"b\\\" \\\\ \\n\"");
        assert!(wrapped(&"word ".repeat(20)).lines().all(|l| l.len() <= 45));
    }
}
