//! Search: whether the claim that a query is about comes first, and what a query costs.

use super::idle::Idle;
use super::labelled::{covers, rows};
use claimgraph::text::{dates, tokens};
use claimgraph::{Article, Claim, ClaimGraph, Date, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How well the queries of one part of a set were answered.
#[derive(Default)]
struct Tally {
    queries: usize,
    average_precision: f64,
    reciprocal: f64,
    within_5: f64,
    within_10: f64,
}

impl Tally {
    /// Counts a query: what was found, the best first, and what should have been.
    fn add<T: Ord>(&mut self, found: &[T], wanted: &BTreeSet<T>) {
        let right = |n: usize| found.iter().take(n).filter(|f| wanted.contains(f)).count() as f64;
        let mut precision = 0.0;
        for (at, _) in (found.iter().take(5).enumerate()).filter(|(_, f)| wanted.contains(f)) {
            precision += right(at + 1) / (at as f64 + 1.0);
        }
        let first = found.iter().position(|f| wanted.contains(f));
        self.queries += 1;
        self.average_precision += precision / wanted.len().min(5) as f64;
        self.reciprocal += first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0));
        self.within_5 += right(5) / wanted.len() as f64;
        self.within_10 += right(10) / wanted.len() as f64;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |x: f64| x / self.queries.max(1) as f64;
        write!(
            f,
            "{:>6} queries: MAP@5 {:.4}  MRR {:.4}  recall@5 {:.4}  recall@10 {:.4}",
            self.queries,
            share(self.average_precision),
            share(self.reciprocal),
            share(self.within_5),
            share(self.within_10)
        )
    }
}

/// How many of a headline's hits are looked at.
const FIRST: [usize; 3] = [1, 5, 10];

/// Searches over one graph.
pub(crate) struct Counts {
    name: String,
    claims: usize,
    /// By the part of the set that a query belongs to.
    parts: BTreeMap<String, Tally>,
    /// Headlines that were asked for, and the sum of the shares of their first hits that are of their story.
    headlines: usize,
    of_story: [f64; FIRST.len()],
    times: Vec<Duration>,
    /// What the processor spent on all of them, where that is known.
    spent: Option<Duration>,
}

impl Counts {
    fn new(name: &str, graph: &ClaimGraph) -> Self {
        Self {
            name: name.to_owned(),
            claims: graph.len(),
            parts: BTreeMap::new(),
            headlines: 0,
            of_story: [0.0; FIRST.len()],
            times: Vec::new(),
            spent: None,
        }
    }

    fn hits(&mut self, graph: &ClaimGraph, query: &str) -> Vec<claimgraph::ClaimId> {
        let start = Instant::now();
        let found = graph.search(query);
        self.times.push(start.elapsed());
        found.hits.into_iter().map(|h| h.claim).collect()
    }

    /// Finds the checked claims of a folder (claims, queries and relevance as *.jsonl.gz) that its queries repeat. Each is a claim in an
    /// article of its own, with the headline and the line below it; of the day of publication the graph knows where `dated`.
    pub(crate) fn of_checks(folder: &Path, dated: bool) -> Result<Self, Box<dyn Error>> {
        let mut graph = ClaimGraph::builder().judge(Idle).build();
        let mut ids = BTreeMap::new();
        for row in rows(&folder.join("claims.jsonl.gz"))? {
            let text = |key: &str| row[key].as_str().unwrap_or_default();
            let whole = format!("{} {}", text("claim"), text("subtitle"));
            let claim = Claim {
                span: Span::new(0, text("claim").len()),
                sentence: Span::new(0, whole.trim_end().len()),
                ..Claim::default()
            };
            let mut article = Article::new("checks", whole.trim_end())
                .id(text("id"))
                .title(text("title"))
                .language("en");
            article.published = day(text("date")).filter(|_| dated);
            let added = graph.add_article_with_claims(article, vec![claim])?;
            ids.extend(added.claims.iter().map(|c| (*c, text("id").to_owned())));
        }
        graph.settle();
        let mut wanted: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for row in rows(&folder.join("qrels.jsonl.gz"))? {
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let claims = wanted.entry((text("query"), text("split"))).or_default();
            claims.insert(text("claim"));
        }
        let mut queries = BTreeMap::new();
        for row in rows(&folder.join("queries.jsonl.gz"))? {
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            queries.insert(text("id"), text("text"));
        }
        let name = if dated { "dated" } else { "undated" };
        let mut counts = Self::new(&format!("checked claims, {name}"), &graph);
        let before = processor();
        for ((query, part), wanted) in wanted {
            let Some(text) = queries.get(&query) else {
                continue;
            };
            let hits = counts.hits(&graph, text);
            let found: Vec<String> = hits.iter().filter_map(|c| ids.get(c).cloned()).collect();
            counts.parts.entry(part).or_default().add(&found, &wanted);
        }
        counts.spent = processor().zip(before).map(|(now, then)| now - then);
        Ok(counts)
    }

    /// Finds in all stories together, by the words of one end of a gold link, the other end; and by the headline of each article
    /// the claims of its story.
    pub(crate) fn of_stories(folders: &[PathBuf]) -> Result<Self, Box<dyn Error>> {
        let mut graph = ClaimGraph::builder().judge(Idle).build();
        let key = |folder: &Path, id: &str| format!("{}/{id}", folder.display());
        let mut headlines = Vec::new();
        for folder in folders {
            let mut articles = Vec::new();
            for row in rows(&folder.join("articles.jsonl"))? {
                let mut article: Article = serde_json::from_value(row)?;
                article.id = Some(key(folder, &article.id_or_made()));
                headlines.extend(article.title.clone().map(|t| (folder.clone(), t)));
                articles.push(article);
            }
            graph.add_articles(articles, |_| ControlFlow::Continue(()))?;
        }
        let mut counts = Self::new("claims of stories", &graph);
        for folder in folders {
            for row in rows(&folder.join("links.jsonl"))? {
                if row["relation"] == "trap" {
                    continue;
                }
                for (asked, other) in [("a", "b"), ("b", "a")] {
                    let text = |end: &str, key: &str| row[end][key].as_str().unwrap_or_default();
                    let wanted = ends(
                        &graph,
                        &key(folder, text(other, "article")),
                        text(other, "quote"),
                    );
                    if wanted.is_empty() {
                        continue;
                    }
                    let own = key(folder, text(asked, "article"));
                    let mut found = counts.hits(&graph, text(asked, "quote"));
                    // What stands in the query's own article is no find.
                    found.retain(|c| {
                        graph
                            .article_of(*c)
                            .is_some_and(|a| a.1.id_or_made() != own)
                    });
                    // One claim is enough.
                    let first = found.iter().find(|c| wanted.contains(c)).copied();
                    let wanted = BTreeSet::from([first.unwrap_or(wanted[0])]);
                    let part = row["relation"].as_str().unwrap_or_default().to_owned();
                    counts.parts.entry(part).or_default().add(&found, &wanted);
                }
            }
        }
        for (folder, headline) in headlines {
            let hits = counts.hits(&graph, &headline);
            let home = |c: &claimgraph::ClaimId| {
                graph
                    .article_of(*c)
                    .map(|a| a.1.id_or_made())
                    .unwrap_or_default()
            };
            let of_story = key(&folder, "");
            let right = |n: usize| {
                let own = hits
                    .iter()
                    .take(n)
                    .filter(|c| home(c).starts_with(&of_story));
                own.count() as f64 / n as f64
            };
            counts.headlines += 1;
            for (share, first) in counts.of_story.iter_mut().zip(FIRST) {
                *share += right(first);
            }
        }
        Ok(counts)
    }
}

/// The claims of an article that cover a quote.
fn ends(graph: &ClaimGraph, article: &str, quote: &str) -> Vec<claimgraph::ClaimId> {
    let covering = graph.claim_ids().into_iter().filter(|id| {
        let Some((_, held)) = graph.article_of(*id) else {
            return false;
        };
        let span = held
            .text
            .find(quote)
            .map(|at| Span::new(at, at + quote.len()));
        held.id_or_made() == article
            && (graph.claim(*id).zip(span)).is_some_and(|(claim, span)| covers(claim.span, span))
    });
    covering.collect()
}

/// What the processor has spent on this thread so far, as Linux counts it.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let spent = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(spent))
}

fn day(text: &str) -> Option<Date> {
    let found = dates(text, &tokens(text), None);
    found.first().map(|d| d.interval.from)
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "search, {}: {} claims", self.name, self.claims)?;
        for (part, tally) in &self.parts {
            writeln!(f, "  {part:<14} {tally}")?;
        }
        if self.headlines > 0 {
            let shares = self.of_story.map(|sum| sum / self.headlines as f64);
            let shares = FIRST.iter().zip(shares);
            let shares: Vec<String> = shares
                .map(|(first, share)| format!("{share:.4} of the first {first}"))
                .collect();
            writeln!(
                f,
                "  headlines      {:>5} queries: of its story {}",
                self.headlines,
                shares.join(", ")
            )?;
        }
        let mut times = self.times.clone();
        times.sort();
        let at = |share: f64| {
            let place = (times.len() as f64 * share) as usize;
            times
                .get(place.min(times.len().saturating_sub(1)))
                .map_or(0.0, |t| 1e3 * t.as_secs_f64())
        };
        write!(
            f,
            "  milliseconds a query: median {:.2}, 99th percentile {:.2}",
            at(0.5),
            at(0.99)
        )?;
        match self.spent {
            Some(spent) => {
                let mean = 1e3 * spent.as_secs_f64() / times.len().max(1) as f64;
                write!(f, ", of the processor {mean:.2} in the mean")
            }
            None => Ok(()),
        }
    }
}
