//! Speeds of extraction, judging and adding, on generated text. Run with `cargo bench`.

use claimgraph::extract::Extractor;
use claimgraph::graph::Progress;
use claimgraph::judge::{AdditiveJudge, Judge, Rarity, Reading, Statement};
#[cfg(feature = "neural")]
use claimgraph::judge::{CascadeJudge, Context, Network, NeuralJudge};
use claimgraph::{Article, ClaimGraph, Date, Lexicon};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::ops::ControlFlow;

/// Numbers that look drawn at random and are the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const WHO: &[&str] = &[
    "The ministry",
    "President Rezik",
    "The miners' union",
    "Ana Holt",
    "The port authority",
    "A spokesman",
    "The court",
    "Kestrel Airways",
];
const DID: &[&str] = &[
    "closed",
    "reopened",
    "denied",
    "approved",
    "rejected",
    "bought",
    "sold",
    "inspected",
    "repaired",
    "blocked",
];
const WHAT: &[&str] = &[
    "the bridge",
    "the harbour",
    "the old mine",
    "a contract",
    "the pipeline",
    "the railway line",
    "the hospital",
    "the budget",
    "the strike",
    "the ferry",
];
const WHERE: &[&str] = &[
    "in Belport",
    "near Minsk",
    "in the north",
    "at Port Ellmar",
    "in Tessel",
    "on the coast",
    "in the capital",
];
const WHEN: &[&str] = &[
    "on Monday",
    "last month",
    "in 2023",
    "on 3 May",
    "yesterday",
    "a week ago",
];

fn sentence(draw: &mut Draw) -> String {
    let (who, did, what) = (draw.one(WHO), draw.one(DID), draw.one(WHAT));
    let (place, day, count) = (draw.one(WHERE), draw.one(WHEN), draw.below(9000) + 100);
    match draw.below(3) {
        0 => format!("{who} said that {what} {place} had been {did} {day}."),
        1 => format!("{who} {did} {what} {place} {day}, which cost {count} dollars."),
        _ => format!(
            "“We have {did} {what} {place} for {count} people,” {} said {day}.",
            who.to_lowercase()
        ),
    }
}

fn article(draw: &mut Draw, number: usize) -> Article {
    let text: Vec<String> = (0..10).map(|_| sentence(draw)).collect();
    let day = Date::new(2024, 1, 1)
        .expect("a day of the calendar")
        .plus_days((number % 300) as i64);
    Article::new(format!("Outlet {}", number % 20), text.join("\n"))
        .id(format!("n{number}"))
        .published(day)
}

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
    // Candidates that have nothing in common are most of what a graph asks about.
    let rarity = Rarity::background();
    let judge = AdditiveJudge::english();
    let all = readings.iter().enumerate();
    let every = all.flat_map(|(at, a)| readings[at + 1..].iter().map(move |b| (a, b)));
    let hopeless: Vec<_> = every
        .filter(|(a, b)| judge.judge_above(a, b, &rarity, 0.01).probabilities.neutral == 1.0)
        .take(100)
        .collect();
    group.throughput(Throughput::Elements(hopeless.len() as u64));
    group.bench_function("hopeless pairs", |b| {
        b.iter(|| {
            let pairs = black_box(&hopeless).iter();
            pairs
                .map(|(a, b)| judge.judge_above(a, b, &rarity, 0.01).probabilities.neutral)
                .sum::<f64>()
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
