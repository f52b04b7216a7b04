//! How a graph grows: claims a second, memory and the slope of the cost, at ever more articles.
//!
//! `cargo bench --bench scale -- [FILE] [--claims 10000,100000] [--incremental]`
//!
//! FILE is JSON Lines of articles, plain or gzip; without one, articles are made up. Each row is a graph of its own, of the first articles that
//! come to so many claims, with the additive judge. Prints a line a row, and the slope of the logarithm of the time over that of the claims: 1 where
//! the cost of a claim does not grow with the graph. Memory is that of the process, as Linux counts it; of the articles' own text, too.

use claimgraph::graph::Memory;
use claimgraph::judge::AdditiveJudge;
use claimgraph::read::Reader;
use claimgraph::{Article, ClaimGraph};
use made_up::{Draw, article};
use process::megabytes;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

mod made_up;
#[allow(dead_code)] // Some benches ask for other figures.
mod process;

const CLAIMS: [usize; 3] = [1_000, 10_000, 100_000];
const QUESTIONS: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut file, mut claims, mut incremental) = (None::<PathBuf>, CLAIMS.to_vec(), false);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("claims") => {
                let list = arguments.value()?.string()?;
                claims = list.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            Long("incremental") => incremental = true,
            // What cargo gives every bench.
            Long("bench") => {}
            Value(path) if file.is_none() => file = Some(path.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let articles = match file {
        Some(path) => Reader::default().path(path)?.articles,
        None => {
            let mut draw = Draw(3);
            let most = claims.iter().max().copied().unwrap_or_default();
            (0..most / 10).map(|n| article(&mut draw, n)).collect()
        }
    };
    println!(
        "{:>9} {:>8} {:>8} {:>9} {:>10} {:>9} {:>9} {:>12} {:>12}",
        "claims",
        "articles",
        "links",
        "seconds",
        "claims/s",
        "MB",
        "peak",
        "bytes/claim",
        "text/claim"
    );
    let mut points = Vec::new();
    for wanted in claims {
        let row = grown(&articles, wanted, incremental);
        println!("{row}");
        println!("          {}", parts(&row));
        println!("          {}", row.asked);
        points.push(((row.claims as f64).ln(), row.seconds.ln()));
    }
    if points.len() > 1 {
        println!("slope of ln seconds over ln claims: {:.3}", slope(&points));
    }
    Ok(())
}

struct Row {
    claims: usize,
    articles: usize,
    links: usize,
    seconds: f64,
    megabytes: f64,
    text: usize,
    memory: Memory,
    peak: f64,
    asked: String,
}

/// A graph of the first articles that come to so many claims.
fn grown(articles: &[Article], wanted: usize, incremental: bool) -> Row {
    let mut graph = ClaimGraph::builder()
        .judge(AdditiveJudge::english())
        .build();
    let before = megabytes()[0];
    let (start, mut taken, mut text) = (Instant::now(), 0, 0);
    if incremental {
        for article in articles {
            if graph.len() >= wanted {
                break;
            }
            (taken, text) = (taken + 1, text + article.text.len());
            // An article that is there twice changes nothing.
            let _ = graph.add_article(article.clone());
        }
    } else {
        // So many articles as come to the number of claims, told from the mean of the first hundred.
        let some = &articles[..articles.len().min(100)];
        let extractor = claimgraph::extract::Extractor::default();
        let found: usize = some.iter().map(|a| extractor.claims(a).len()).sum();
        taken = (wanted * some.len() / found.max(1)).clamp(1, articles.len());
        text = articles[..taken].iter().map(|a| a.text.len()).sum();
        let _ = graph.add_articles(articles[..taken].iter().cloned(), |_| {
            ControlFlow::Continue(())
        });
    }
    let seconds = start.elapsed().as_secs_f64();
    Row {
        claims: graph.len(),
        articles: taken,
        links: graph.links().len(),
        seconds,
        megabytes: megabytes()[0] - before,
        text,
        memory: graph.memory(),
        peak: megabytes()[1] - before,
        asked: asked(&graph),
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let claims = self.claims.max(1) as f64;
        write!(
            f,
            "{:>9} {:>8} {:>8} {:>9.2} {:>10.0} {:>9.0} {:>9.0} {:>12.0} {:>12.0}",
            self.claims,
            self.articles,
            self.links,
            self.seconds,
            claims / self.seconds,
            self.megabytes,
            self.peak,
            self.peak * 1048576.0 / claims,
            self.text as f64 / claims
        )
    }
}

/// Milliseconds that questions take: of claims of the graph, put again as somebody's own, and of headlines.
fn asked(graph: &ClaimGraph) -> String {
    let start = Instant::now();
    let (clusters, disputes) = (graph.clusters().len(), graph.disputes().len());
    let first = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let again = graph.clusters().len() + graph.disputes().len();
    let again = (again, start.elapsed().as_secs_f64() * 1e3);
    let claims = graph.claim_ids();
    let step = (claims.len() / QUESTIONS).max(1);
    let texts = claims.iter().step_by(step).filter_map(|id| graph.text(*id));
    let texts: Vec<&str> = texts.collect();
    let articles = graph.articles();
    let step = (articles.len() / QUESTIONS).max(1);
    let headlines = articles.iter().step_by(step);
    let headlines: Vec<&str> = headlines.filter_map(|a| a.1.title.as_deref()).collect();
    let checked = latencies(&texts, |text| graph.check(text).same.len());
    let found = latencies(&texts, |text| graph.search(text).hits.len());
    let by_headline = latencies(&headlines, |text| graph.search(text).hits.len());
    format!(
        "{clusters} clusters and {disputes} disputes: {first:.1} ms, again {:.3}; median and p99 ms: check {checked}, search {found}, of headlines {by_headline}",
        again.1
    )
}

/// Median and ninety-ninth percentile of what each question takes, after one that is not counted.
fn latencies(questions: &[&str], ask: impl Fn(&str) -> usize) -> String {
    let Some(first) = questions.first() else {
        return "-".to_owned();
    };
    ask(first);
    let mut each: Vec<f64> = (questions.iter())
        .map(|question| {
            let start = Instant::now();
            std::hint::black_box(ask(question));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    each.sort_by(f64::total_cmp);
    let at = |share: usize| each[(each.len() * share / 100).min(each.len() - 1)];
    format!("{:.2} {:.2}", at(50), at(99))
}

/// Bytes a claim of each part.
fn parts(row: &Row) -> String {
    let m = row.memory;
    let parts = [
        ("text", m.text),
        ("articles", m.articles),
        ("claims", m.claims),
        ("sketches", m.sketches),
        ("index", m.index),
        ("links", m.links),
        ("counts", m.counts),
        ("all", m.total()),
    ];
    let each = parts.map(|(name, bytes)| format!("{name} {}", bytes / row.claims.max(1)));
    format!("bytes a claim: {}", each.join(", "))
}

/// The slope of the line of least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points
        .iter()
        .fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let (over, under) = points.iter().fold((0.0, 0.0), |(over, under), p| {
        (over + (p.0 - x) * (p.1 - y), under + (p.0 - x).powi(2))
    });
    over / under
}
