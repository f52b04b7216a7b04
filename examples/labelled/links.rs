//! Whole stories with gold links: what the graph links, against what it should.

use super::labelled::{covers, rows};
use claimgraph::graph::GraphBuilder;
use claimgraph::judge::Relation;
use claimgraph::query::Unlinked;
use claimgraph::{Article, ClaimGraph, ClaimId, Span};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What was found in some stories.
#[derive(Default)]
pub(crate) struct Counts {
    /// Gold links, found ones, links said and right ones; of duplicates, then of contradictions.
    tallies: [Tally; 2],
    traps: usize,
    sprung: usize,
    /// Gold links, those with a claim at both ends, and those with a pair of such claims that was compared.
    gold: usize,
    covered: usize,
    compared: usize,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    gold: usize,
    found: usize,
    said: usize,
    right: usize,
}

/// An article's id and a place in its text.
type Place = (String, Span);

impl Counts {
    /// Runs a graph of these parts on stories, all its thresholds set to one value where one is given.
    pub(crate) fn of(
        stories: &[PathBuf],
        parts: &GraphBuilder,
        threshold: Option<f64>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut counts = Self::default();
        for story in stories {
            counts.add(story, parts, threshold)?;
        }
        Ok(counts)
    }

    fn add(
        &mut self,
        story: &Path,
        parts: &GraphBuilder,
        threshold: Option<f64>,
    ) -> Result<(), Box<dyn Error>> {
        let mut texts = BTreeMap::new();
        let mut articles = Vec::new();
        for row in rows(&story.join("articles.jsonl"))? {
            let article: Article = serde_json::from_value(row)?;
            texts.insert(article.id_or_made(), article.text.clone());
            articles.push(article);
        }
        let build = |threshold: Option<f64>| -> Result<ClaimGraph, Box<dyn Error>> {
            let mut builder = parts.clone();
            if let Some(t) = threshold {
                for relation in [
                    Relation::Duplicate,
                    Relation::Contradiction,
                    Relation::Entailment,
                ] {
                    builder = builder.threshold(relation, t)?;
                }
            }
            let mut graph = builder.build();
            graph.add_articles(articles.clone(), |_| ControlFlow::Continue(()))?;
            Ok(graph)
        };
        let place = |article: &str, quote: &str| -> Result<Place, String> {
            let start = texts.get(article).and_then(|t| t.find(quote));
            let start = start
                .ok_or_else(|| format!("{}: quote not in {article}: {quote}", story.display()))?;
            Ok((article.to_owned(), Span::new(start, start + quote.len())))
        };
        let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        let listed = |name: &str| -> Result<Vec<serde_json::Value>, Box<dyn Error>> {
            let path = story.join(name);
            if path.exists() {
                rows(&path)
            } else {
                Ok(Vec::new())
            }
        };
        // Other places of one article that state the same.
        let mut groups: Vec<Vec<Place>> = Vec::new();
        for row in listed("restatements.jsonl")? {
            let quotes = row["quotes"].as_array().into_iter().flatten();
            let group = quotes
                .map(|q| place(&text(&row["article"]), &text(q)))
                .collect::<Result<_, _>>()?;
            groups.push(group);
        }
        let ends = |row: &serde_json::Value| -> Result<[Vec<Place>; 2], String> {
            let mut out = [Vec::new(), Vec::new()];
            for (side, out) in ["a", "b"].iter().zip(&mut out) {
                let p = place(&text(&row[side]["article"]), &text(&row[side]["quote"]))?;
                for group in &groups {
                    if group.iter().any(|g| g.0 == p.0 && covers(g.1, p.1)) {
                        out.extend(group.iter().cloned());
                    }
                }
                out.push(p);
            }
            Ok(out)
        };
        let graph = build(threshold)?;
        let at = |graph: &ClaimGraph, id: ClaimId, places: &[Place]| -> bool {
            let (Some(claim), Some((_, article))) = (graph.claim(id), graph.article_of(id)) else {
                return false;
            };
            let key = article.id_or_made();
            places.iter().any(|p| p.0 == key && covers(claim.span, p.1))
        };
        let hits = |a: ClaimId, b: ClaimId, ends: &[Vec<Place>; 2]| {
            at(&graph, a, &ends[0]) && at(&graph, b, &ends[1])
                || at(&graph, a, &ends[1]) && at(&graph, b, &ends[0])
        };
        let mut gold = Vec::new();
        for row in listed("links.jsonl")? {
            gold.push((text(&row["relation"]), text(&row["kind"]), ends(&row)?));
        }
        let mut spare = Vec::new();
        for row in listed("borderline.jsonl")? {
            spare.push(ends(&row)?);
        }
        let links = graph.links();
        for (tally, name) in self.tallies.iter_mut().zip(["duplicate", "contradiction"]) {
            let said: Vec<_> = links
                .iter()
                .filter(|l| {
                    // An entailment finds a duplicate too.
                    (l.link.relation == Relation::Contradiction) == (name == "contradiction")
                })
                .collect();
            let mine: Vec<_> = gold.iter().filter(|g| g.0 == name).collect();
            tally.gold += mine.len();
            let found =
                |g: &&&(String, String, [Vec<Place>; 2])| said.iter().any(|l| hits(l.a, l.b, &g.2));
            tally.found += mine.iter().filter(found).count();
            for l in &said {
                if !spare.iter().any(|s| hits(l.a, l.b, s)) {
                    tally.said += 1;
                    tally.right += usize::from(mine.iter().any(|g| hits(l.a, l.b, &g.2)));
                }
            }
        }
        for (_, kind, ends) in gold.iter().filter(|g| g.0 == "trap") {
            self.traps += 1;
            self.sprung += usize::from(links.iter().any(|l| {
                hits(l.a, l.b, ends)
                    && (l.link.relation != Relation::Entailment || kind.starts_with("different"))
            }));
        }
        // With nothing below a threshold, what is not linked was beaten by a rival or never compared.
        let open = build(Some(0.0))?;
        let ids = open.claim_ids();
        for (_, _, ends) in gold.iter().filter(|g| g.0 != "trap") {
            let [a, b] = ends.each_ref().map(|places| -> Vec<ClaimId> {
                ids.iter()
                    .copied()
                    .filter(|id| at(&open, *id, places))
                    .collect()
            });
            self.gold += 1;
            self.covered += usize::from(!a.is_empty() && !b.is_empty());
            let compared = |x: &ClaimId| {
                b.iter().any(|y| {
                    open.explain(*x, *y)
                        .is_ok_and(|e| e.unlinked != Some(Unlinked::NoCandidate))
                })
            };
            self.compared += usize::from(a.iter().any(compared));
        }
        Ok(())
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |x: usize, y: usize| x as f64 / y.max(1) as f64;
        for (t, name) in self.tallies.iter().zip(["duplicate", "contradiction"]) {
            let (recall, precision) = (share(t.found, t.gold), share(t.right, t.said));
            let f1 = 2.0 * recall * precision / (recall + precision).max(1e-9);
            writeln!(
                f,
                "  {name:<14} recall {recall:.3} precision {precision:.3} f1 {f1:.3} (found {}/{}, right {}/{})",
                t.found, t.gold, t.right, t.said
            )?;
        }
        write!(
            f,
            "  traps sprung {}/{}; gold links with claims at both ends {}/{}, compared {}/{} ({:.3})",
            self.sprung,
            self.traps,
            self.covered,
            self.gold,
            self.compared,
            self.gold,
            share(self.compared, self.gold)
        )
    }
}
