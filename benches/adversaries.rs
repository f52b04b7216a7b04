//! Inputs made to cost as much as they can: time and memory stay bounded, and what a cap cut off is told.
//!
//! `cargo bench --bench adversaries -- [--size 100000] [CASE]...`
//!
//! Each case is a graph of its own with the additive judge, in a batch and, with `one by one`, an article after the other: claims, links, the largest
//! cluster, claims whose search was cut off, seconds, and megabytes of the process.

use claimgraph::judge::AdditiveJudge;
use claimgraph::{Article, ClaimGraph};
use made_up::{Draw, sentence};
use process::megabytes;
use std::error::Error;
use std::ops::ControlFlow;
use std::time::Instant;

#[allow(dead_code)] // Its articles are for other benches.
mod made_up;
#[allow(dead_code)] // Some benches ask for other figures.
mod process;

type Case = (&'static str, fn(usize) -> Vec<Article>);

const CASES: [Case; 6] = [
    ("copies", copies),
    ("rare-term", rare_term),
    ("one-article", one_article),
    ("briefs", briefs),
    ("chain", chain),
    ("one-name", one_name),
];

fn main() -> Result<(), Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut size, mut wanted) = (100_000, Vec::new());
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("size") => size = arguments.value()?.parse()?,
            // What cargo gives every bench.
            Long("bench") => {}
            Value(case) => wanted.push(case.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    println!(
        "{:>12} {:>9} {:>8} {:>8} {:>10} {:>8} {:>11} {:>7} {:>7}",
        "case", "claims", "links", "cluster", "truncated", "seconds", "one by one", "MB", "peak"
    );
    for (name, make) in CASES {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            attacked(name, make(size));
        }
    }
    Ok(())
}

fn attacked(name: &str, articles: Vec<Article>) {
    let graph = || {
        ClaimGraph::builder()
            .judge(AdditiveJudge::english())
            .build()
    };
    let start = Instant::now();
    let mut one_by_one = graph();
    for article in &articles {
        one_by_one.add_article(article.clone()).expect("made up");
    }
    let alone = start.elapsed().as_secs_f64();
    drop(one_by_one);
    let (start, mut batch) = (Instant::now(), graph());
    batch
        .add_articles(articles, |_| ControlFlow::Continue(()))
        .expect("made up");
    let seconds = start.elapsed().as_secs_f64();
    let cluster = batch.clusters().first().map_or(1, |c| c.claims.len());
    let [held, peak] = megabytes();
    println!(
        "{name:>12} {:>9} {:>8} {cluster:>8} {:>10} {seconds:>8.1} {alone:>11.1} {held:>7.0} {peak:>7.0}",
        batch.len(),
        batch.links().len(),
        batch.truncated(),
    );
}

fn brief(at: usize, text: String) -> Article {
    Article::new(format!("Outlet {}", at % 500), text).id(format!("n{at}"))
}

/// The same words, so many times.
fn copies(size: usize) -> Vec<Article> {
    let text = "The harbour of Belport was closed on 3 May 2024.";
    (0..size).map(|at| brief(at, text.to_owned())).collect()
}

/// Sentences that share nothing but a word that nothing else has.
fn rare_term(size: usize) -> Vec<Article> {
    let text = |at: usize| {
        format!(
            "Zelmira {} {} {}.",
            word(at),
            word(at / 7 + 11),
            word(at * 3)
        )
    };
    (0..size).map(|at| brief(at, text(at))).collect()
}

/// One article of so many sentences, and one that says the first of them again.
fn one_article(size: usize) -> Vec<Article> {
    let mut draw = Draw(7);
    let all: Vec<String> = (0..size).map(|_| sentence(&mut draw)).collect();
    vec![brief(0, all.join("\n")), brief(1, all[0].clone())]
}

/// Articles of one sentence each, ten times as many.
fn briefs(size: usize) -> Vec<Article> {
    let mut draw = Draw(9);
    let each = (0..10 * size).map(|at| {
        let text = format!("{} {}", sentence(&mut draw), word(at));
        brief(at, text)
    });
    each.collect()
}

/// Each differs from the one before in one word of ten.
fn chain(size: usize) -> Vec<Article> {
    let text = |at: usize| (at..at + 10).map(word).collect::<Vec<_>>().join(" ") + ".";
    (0..size).map(|at| brief(at, text(at))).collect()
}

/// Everybody tells of one person.
fn one_name(size: usize) -> Vec<Article> {
    let mut draw = Draw(5);
    let text = |draw: &mut Draw| sentence(draw).replace("The ", "Ana Holt and the ");
    (0..size).map(|at| brief(at, text(&mut draw))).collect()
}

/// A made-up word of its own, like no other.
fn word(n: usize) -> String {
    let mut draw = Draw(n as u64 + 1);
    draw.below(2);
    let letter = |draw: &mut Draw, of: &[u8]| char::from(of[draw.below(of.len())]);
    let syllable = |draw: &mut Draw| {
        let [first, last] = [b"bcdfghjklmnpqrstvwxz"; 2].map(|of| letter(draw, of));
        format!("{first}{}{last}", letter(draw, b"aeiou"))
    };
    (0..3).map(|_| syllable(&mut draw)).collect()
}
