//! Speeds of extraction, judging and adding, on generated text. Run with `cargo bench`.

use claimgraph::extract::Extractor;
use claimgraph::graph::Progress;
use claimgraph::judge::{AdditiveJudge, Judge, Rarity, Reading, Statement};
#[cfg(feature = "neural")]
use claimgraph::judge::{CascadeJudge, Context, Network, NeuralJudge};
use claimgraph::{Article, ClaimGraph, Lexicon};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use made_up::{Draw, article, sentence};
use std::hint::black_box;
use std::ops::ControlFlow;

mod made_up;

fn extraction(c: &mut Criterion) {
    let mut draw = Draw(1);
    let articles: Vec<Article> = (0..100).map(|n| article(&mut draw, n)).collect();
    let extractor = Extractor::default();
    let mut group = c.benchmark_group("extraction");
    group.throughput(Throughput::Bytes(
        articles.iter().map(|a| a.text.len() as u64).sum(),
    ));
    group.bench_function("bytes", |b| {
        b.iter(|| {
            articles
                .iter()
                .map(|a| extractor.claims(black_box(a)).len())
                .sum::<usize>()
        })
    });
    group.throughput(Throughput::Elements(1000));
    group.bench_function("sentences", |b| {
        b.iter(|| {
            articles
                .iter()
                .map(|a| extractor.claims(black_box(a)).len())
                .sum::<usize>()
        })
    });
    // Prose as papers print it, with names, quotations and figures: the articles that ship with the examples.
    let articles: Vec<Article> = include_str!("../examples/articles/articles.jsonl")
        .lines()
        .map(|row| serde_json::from_str(row).expect("an article"))
        .collect();
    group.throughput(Throughput::Bytes(
        articles.iter().map(|a| a.text.len() as u64).sum(),
    ));
    group.bench_function("bytes of articles", |b| {
        b.iter(|| {
            articles
                .iter()
                .map(|a| extractor.claims(black_box(a)).len())
                .sum::<usize>()
        })
    });
    group.finish();
}

/// Texts without end: the bytes a second must not fall as they grow.
fn linear(c: &mut Criterion) {
    let extractor = Extractor::default();
    let mut group = c.benchmark_group("linear");
    group.sample_size(10);
    let nested = |n: usize| format!("{}The quay was closed{}.", "“".repeat(n), "”".repeat(n));
    let line = "The minister said that the quay had been closed and the crews left it on 3 May, ";
    for size in [250_000, 500_000, 1_000_000] {
        for (name, text) in [
            ("one line", line.repeat(size / line.len())),
            ("short sentences", "The quay was closed. ".repeat(size / 21)),
            ("nested quotation marks", nested(size / 6)),
        ] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            let article = Article::new("Post", text);
            group.bench_with_input(BenchmarkId::new(name, size), &article, |b, article| {
                b.iter(|| extractor.claims(black_box(article)).len())
            });
        }
    }
    group.finish();
}

fn readings() -> Vec<Reading> {
    let mut draw = Draw(2);
    let lexicon = Lexicon::english();
    let mut read = || {
        let text = sentence(&mut draw);
        let statement = Statement {
            text: &text,
            ..Statement::default()
        };
        Reading::new(&statement, &lexicon)
    };
    (0..200).map(|_| read()).collect()
}

/// Judges a hundred pairs.
fn judged(judge: &dyn Judge, readings: &[Reading]) -> f64 {
    let rarity = Rarity::background();
    let (one, other) = readings.split_at(100);
    let pairs = one.iter().zip(other);
    pairs
        .map(|(a, b)| judge.judge(a, b, &rarity).probabilities.duplicate)
        .sum()
}

fn judging(c: &mut Criterion) {
    let readings = readings();
    let mut group = c.benchmark_group("judging");
    group.throughput(Throughput::Elements(100));
    group.bench_function("pairs", |b| {
        let judge = AdditiveJudge::english();
        b.iter(|| judged(&judge, black_box(&readings)))
    });
    group.bench_function("pairs, without the student", |b| {
        let judge = AdditiveJudge::english().alone();
        b.iter(|| judged(&judge, black_box(&readings)))
    });
    // Candidates that have nothing in common are most of what a graph asks about.
    let judge = AdditiveJudge::english();
    let sketches: Vec<_> = readings.iter().map(|r| r.sketch()).collect();
    let all = sketches.iter().enumerate();
    let every = all.flat_map(|(at, a)| sketches[at + 1..].iter().map(move |b| (a, b)));
    let hopeless: Vec<_> = every
        .filter(|(a, b)| judge.glance(a, b, None) < 0.0)
        .take(100)
        .collect();
    group.throughput(Throughput::Elements(hopeless.len() as u64));
    group.bench_function("glances", |b| {
        b.iter(|| {
            let pairs = black_box(&hopeless).iter();
            pairs.map(|(a, b)| judge.glance(a, b, None)).sum::<f32>()
        })
    });
    group.throughput(Throughput::Elements(100));
    // A reading keeps what the network made of it: pairs alone are timed, then readings and pairs.
    #[cfg(feature = "neural")]
    {
        // Of its own answers each measured judge knows nothing.
        let asking = || CascadeJudge::english().neural(Network::english());
        group.sample_size(10);
        group.bench_function("pairs, with the network", |b| {
            b.iter_with_setup(asking, |judge| judged(&judge, black_box(&readings)))
        });
        group.bench_function("pairs, with the network, from the text", |b| {
            let fresh = || (asking(), self::readings());
            b.iter_with_setup(fresh, |(judge, readings)| judged(&judge, &readings))
        });
        // Beside training/network/race.py: two statements of 32 pieces each.
        group.throughput(Throughput::Elements(1));
        group.sample_size(100);
        let long = |last: &str| {
            let text = format!(
                "{} {last}",
                "the old house by the sea was closed for a year and".repeat(2)
            );
            Reading::new(&Statement::from(&text), &Lexicon::english())
        };
        let fresh = || {
            (
                NeuralJudge::from(Network::english()),
                long("the town was sad"),
                long("no man came back"),
            )
        };
        let rarity = Rarity::background();
        group.bench_function("network, a pair of 32 pieces each", |b| {
            let (_, x, y) = fresh();
            b.iter_with_setup(
                || NeuralJudge::from(Network::english()),
                |judge| judge.judge(&x, &y, &rarity),
            )
        });
        group.bench_function("network, the same from the text", |b| {
            b.iter_with_setup(fresh, |(judge, x, y)| judge.judge(&x, &y, &rarity))
        });
    }
    group.finish();
}

/// Adds articles of ten sentences each and settles them.
fn added(mut graph: ClaimGraph, articles: &[Article]) -> usize {
    let go_on = |_: Progress| ControlFlow::Continue(());
    graph
        .add_articles(articles.to_vec(), go_on)
        .expect("ids differ");
    graph.len()
}

fn adding(c: &mut Criterion) {
    let mut group = c.benchmark_group("adding");
    group.sample_size(10);
    let mut draw = Draw(3);
    let articles: Vec<Article> = (0..10_000).map(|n| article(&mut draw, n)).collect();
    for claims in [1_000, 10_000, 100_000] {
        group.throughput(Throughput::Elements(claims as u64));
        group.bench_with_input(BenchmarkId::new("claims", claims), &claims, |b, claims| {
            b.iter(|| {
                let judge = AdditiveJudge::english();
                added(
                    ClaimGraph::builder().judge(judge).build(),
                    &articles[..claims / 10],
                )
            })
        });
    }
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("claims, without the student/10000", |b| {
        b.iter(|| {
            let judge = AdditiveJudge::english().alone();
            added(
                ClaimGraph::builder().judge(judge).build(),
                &articles[..1000],
            )
        })
    });
    #[cfg(feature = "neural")]
    {
        group.throughput(Throughput::Elements(1000));
        group.bench_function("claims, with the network/1000", |b| {
            b.iter(|| {
                let judge = CascadeJudge::english().neural(Network::english());
                let parts = ClaimGraph::builder().judge(judge);
                added(
                    parts.context(Some(Context::english())).build(),
                    &articles[..100],
                )
            })
        });
    }
    group.finish();
}

criterion_group!(benches, extraction, linear, judging, adding);
criterion_main!(benches);
