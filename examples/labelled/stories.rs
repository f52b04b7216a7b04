//! Stories with gold links, as the candidate pairs that the graph would judge.

use super::labelled::{group_of, rows};
use claimgraph::extract::Extractor;
use claimgraph::judge::{Rarity, Reading, Relation, Statement};
use claimgraph::{Article, Lexicon, Span};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// A candidate pair of a story with what the gold links say of it.
pub struct Candidate {
    pub a: Reading,
    pub b: Reading,
    pub relation: Relation,
    pub kind: String,
}

/// A story's candidate pairs across articles, and how telling its words are.
pub struct Story {
    pub rarity: Rarity,
    pub candidates: Vec<Candidate>,
    pub group: u64,
}

/// The story folders of a folder, by name.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.join("links.jsonl").exists())
        .collect();
    out.sort();
    out
}

/// A claim covers a quote where they overlap by half of the shorter one and the claim is at most three times as long as
/// the quote, sixty bytes at least.
fn covers(claim: Span, quote: Span) -> bool {
    let shared = claim
        .end
        .min(quote.end)
        .saturating_sub(claim.start.max(quote.start));
    shared > 0
        && 2 * shared >= claim.len().min(quote.len())
        && claim.len() <= 3 * quote.len().max(60)
}

/// Reads a story, extracts its claims and labels every pair of claims of two articles that share a word.
pub fn read(folder: &Path) -> Result<Story, Box<dyn Error>> {
    let lexicon = Lexicon::english();
    let extractor = Extractor::default();
    let mut claims: Vec<(usize, Span, Reading)> = Vec::new();
    let mut places: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    let articles = rows(&folder.join("articles.jsonl"))?;
    let count = articles.len();
    for (at, row) in articles.into_iter().enumerate() {
        let article: Article = serde_json::from_value(row)?;
        let first = claims.len();
        for claim in extractor.claims(&article) {
            let reading = Reading::new(&Statement::of_claim(&article, &claim), &lexicon);
            claims.push((at, claim.span, reading));
        }
        let mut stems: Vec<String> = claims[first..]
            .iter()
            .flat_map(|c| c.2.stems().map(str::to_owned))
            .collect();
        stems.sort();
        stems.dedup();
        for stem in stems {
            *spread.entry(stem).or_default() += 1;
        }
        places.insert(article.id_or_made(), (at, article.text.clone()));
    }
    let mut rarity = Rarity::background();
    for (stem, articles) in &spread {
        rarity.set(stem, Rarity::bucket(*articles, count));
    }
    let mut gold = Vec::new();
    for row in rows(&folder.join("links.jsonl"))? {
        let end = |side: &str| -> Option<(usize, Span)> {
            let (at, text) = places.get(row[side]["article"].as_str()?)?;
            let quote = row[side]["quote"].as_str()?;
            let start = text.find(quote)?;
            Some((*at, Span::new(start, start + quote.len())))
        };
        let (Some(a), Some(b)) = (end("a"), end("b")) else {
            continue;
        };
        let relation = match row["relation"].as_str().unwrap_or_default() {
            "duplicate" => Relation::Duplicate,
            "contradiction" => Relation::Contradiction,
            "entailment" => Relation::Entailment,
            _ => Relation::Neutral,
        };
        gold.push((
            a,
            b,
            relation,
            row["kind"].as_str().unwrap_or_default().to_owned(),
        ));
    }
    let mut candidates = Vec::new();
    for (n, x) in claims.iter().enumerate() {
        for y in &claims[n + 1..] {
            if x.0 == y.0 {
                continue;
            }
            let at = |c: &(usize, Span, Reading), g: &(usize, Span)| c.0 == g.0 && covers(c.1, g.1);
            let straight = gold.iter().find(|g| at(x, &g.0) && at(y, &g.1));
            let turned = || gold.iter().find(|g| at(x, &g.1) && at(y, &g.0));
            let (a, b, label) = match (straight, straight.is_none().then(turned).flatten()) {
                (Some(g), _) => (x, y, Some(g)),
                (_, Some(g)) => (y, x, Some(g)),
                _ => (x, y, None),
            };
            if label.is_none() && !a.2.stems().any(|s| b.2.stems().any(|t| s == t)) {
                continue;
            }
            let (relation, kind) = match label {
                Some(g) if g.2 == Relation::Neutral => (g.2, format!("trap {}", g.3)),
                Some(g) => (g.2, g.3.clone()),
                None => (Relation::Neutral, "unlisted".to_owned()),
            };
            candidates.push(Candidate {
                a: a.2.clone(),
                b: b.2.clone(),
                relation,
                kind,
            });
        }
    }
    let group = group_of(&folder.file_name().unwrap_or_default().to_string_lossy());
    Ok(Story {
        rarity,
        candidates,
        group,
    })
}
