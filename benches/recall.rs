//! What the search for candidates leaves out: of all pairs of claims of different articles, how many it brings up, by how alike they are; and of
//! the links of a graph in which every pair is judged, how many a usual graph has.
//!
//! `cargo bench --bench recall -- FILE [--claims 5000] [--judged 1500]`
//!
//! FILE is JSON Lines of articles, plain or gzip. How alike two claims are is the root of the product of the shares that each covers of the other
//! ([`Sketch::covers`]), or, in the second table, the cosine of the mean vectors of their words of pairs that share no telling word.

use claimgraph::block::{BlockOptions, Index};
use claimgraph::judge::{AdditiveJudge, Sketch, Statement};
use claimgraph::read::Reader;
use claimgraph::{Article, ClaimGraph};
use std::collections::BTreeSet;
use std::error::Error;
use std::ops::ControlFlow;
use std::path::PathBuf;

const BANDS: [f32; 6] = [0.9, 0.7, 0.5, 0.4, 0.3, 0.2];
const COSINES: [f32; 4] = [0.9, 0.8, 0.7, 0.6];

fn main() -> Result<(), Box<dyn Error>> {
    use lexopt::prelude::*;
    let (mut file, mut claims, mut judged) = (None::<PathBuf>, 5000, 1500);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("claims") => claims = arguments.value()?.parse()?,
            Long("judged") => judged = arguments.value()?.parse()?,
            // What cargo gives every bench.
            Long("bench") => {}
            Value(path) if file.is_none() => file = Some(path.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(file) = file else {
        println!("no file of articles: nothing to measure");
        return Ok(());
    };
    let articles = Reader::default().path(&file)?.articles;
    brought_up(&articles, claims);
    linked(&articles, judged);
    Ok(())
}

/// The first articles that come to so many claims, with the sketches of these.
fn first(articles: &[Article], claims: usize) -> Vec<(usize, Sketch)> {
    let extractor = claimgraph::extract::Extractor::default();
    let lexicon = extractor.lexicon();
    let each = articles.iter().enumerate().flat_map(|(at, article)| {
        let sketch = |claim| Sketch::new(&Statement::of_claim(article, claim, lexicon), lexicon);
        let own: Vec<Sketch> = extractor.claims(article).iter().map(sketch).collect();
        own.into_iter().map(move |sketch| (at, sketch))
    });
    each.take(claims).collect()
}

fn brought_up(articles: &[Article], claims: usize) {
    let all = first(articles, claims);
    let mut index = Index::new(BlockOptions::default());
    let terms: Vec<_> = all.iter().map(|(_, sketch)| sketch.terms()).collect();
    for (key, terms) in terms.iter().enumerate() {
        index.add(key as u32, terms);
    }
    let mut found = BTreeSet::new();
    for (key, terms) in terms.iter().enumerate() {
        let skip = |other: u32| all[other as usize].0 == all[key].0;
        for other in index.candidates(terms, skip, |other| other).keys {
            found.insert((key.min(other as usize), key.max(other as usize)));
        }
    }
    let (mut worded, mut meant) = ([[0usize; 2]; 6], [[0usize; 2]; 4]);
    for (a, (home, x)) in all.iter().enumerate() {
        for (b, (there, y)) in all.iter().enumerate().skip(a + 1) {
            if home == there {
                continue;
            }
            let [own, other] = x.covers(y);
            let alike = (own * other).sqrt();
            let (table, bands, value): (&mut [[usize; 2]], &[f32], f32) = match alike > 0.0 {
                true => (&mut worded, &BANDS, alike),
                false => (&mut meant, &COSINES, x.likeness(y)),
            };
            if let Some(band) = bands.iter().position(|least| value >= *least) {
                table[band][0] += 1;
                table[band][1] += usize::from(found.contains(&(a, b)));
            }
        }
    }
    println!(
        "{} claims of {} articles; {} pairs brought up",
        all.len(),
        all.last().map_or(0, |one| one.0 + 1),
        found.len()
    );
    for (name, table, bands) in [
        ("words shared", &worded[..], &BANDS[..]),
        ("no word shared, cosine", &meant[..], &COSINES[..]),
    ] {
        println!("{name:>24} {:>10} {:>10} {:>7}", "pairs", "found", "recall");
        for ([pairs, found], least) in table.iter().zip(bands) {
            let recall = *found as f64 / (*pairs).max(1) as f64;
            println!(
                "{:>24} {pairs:>10} {found:>10} {recall:>7.3}",
                format!("from {least}")
            );
        }
    }
}

/// Of the links of a graph that judges every pair those that a usual graph has.
fn linked(articles: &[Article], claims: usize) {
    let count = first(articles, claims).last().map_or(0, |one| one.0 + 1);
    let links = |exact: bool| {
        let options = BlockOptions {
            exact,
            ..BlockOptions::default()
        };
        let mut graph = ClaimGraph::builder()
            .judge(AdditiveJudge::english())
            .block(options)
            .build();
        let some = articles[..count].iter().cloned();
        let _ = graph.add_articles(some, |_| ControlFlow::Continue(()));
        let name = |id| {
            let (article, _) = graph.article_of(id).expect("a claim of the graph");
            (article, graph.claim(id).expect("held").span)
        };
        let links = graph.links().into_iter();
        let links: BTreeSet<_> = links
            .map(|l| (name(l.a), name(l.b), l.link.relation))
            .collect();
        links
    };
    let (all, usual) = (links(true), links(false));
    println!(
        "links among {count} articles: {} where every pair is judged, {} usually, {} of them the same",
        all.len(),
        usual.len(),
        all.intersection(&usual).count()
    );
}
