//! Stories with gold links, as the candidate pairs that the graph would judge.

use super::brought_up::BroughtUp;
use super::labelled::{covers, rows};
use claimgraph::judge::{Rarity, Reading, Relation};
use claimgraph::{Article, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// A pair of a story's claims with what the gold links say of it.
pub struct Candidate {
    /// Places in [`Story::claims`].
    pub a: usize,
    pub b: usize,
    pub relation: Relation,
    /// The link's kind; 'trap' and its kind; `None` for what is not listed.
    pub kind: Option<String>,
}

/// A story's claims, the pairs of them that blocking brings up, and how telling its words are.
pub struct Story {
    pub name: String,
    pub rarity: Rarity,
    pub claims: Vec<Arc<Reading>>,
    /// The number of each claim's article.
    pub articles: Vec<usize>,
    pub candidates: Vec<Candidate>,
}

/// A gold link: the places of its two quotes (number of the article, span), relation and kind.
type Link = ((usize, Span), (usize, Span), Relation, String);

/// Reads a story, extracts its claims and labels the pairs that blocking brings up, and every pair that is listed.
///
/// Without its dates a story teaches what tells two look-alike events apart when their days do not: the other event of these stories
/// is of another year.
pub fn read(folder: &Path, dated: bool) -> Result<Story, Box<dyn Error>> {
    let mut articles: Vec<Article> = Vec::new();
    for row in rows(&folder.join("articles.jsonl"))? {
        let mut article: Article = serde_json::from_value(row)?;
        article.published = article.published.filter(|_| dated);
        articles.push(article);
    }
    let places = articles.iter().enumerate();
    let places: BTreeMap<String, (usize, &str)> = places
        .map(|(at, article)| (article.id_or_made(), (at, article.text.as_str())))
        .collect();
    let BroughtUp {
        claims,
        spots,
        rarity,
        pairs,
        ..
    } = BroughtUp::of(&articles, 1);
    let mut gold: Vec<Link> = Vec::new();
    for row in rows(&folder.join("links.jsonl"))? {
        let end = |side: &str| -> Result<(usize, Span), String> {
            let missing = || format!("{}: no place for {}", folder.display(), row["id"]);
            let article = row[side]["article"].as_str().ok_or_else(missing)?;
            let quote = row[side]["quote"].as_str().ok_or_else(missing)?;
            let (at, text) = places.get(article).ok_or_else(missing)?;
            let start = text.find(quote).ok_or_else(missing)?;
            Ok((*at, Span::new(start, start + quote.len())))
        };
        let kind = row["kind"].as_str().unwrap_or_default();
        let (relation, kind) = match row["relation"].as_str().unwrap_or_default() {
            "duplicate" => (Relation::Duplicate, kind.to_owned()),
            "contradiction" => (Relation::Contradiction, kind.to_owned()),
            "entailment" => (Relation::Entailment, kind.to_owned()),
            _ => (Relation::Neutral, format!("trap {kind}")),
        };
        gold.push((end("a")?, end("b")?, relation, kind));
    }
    let at = |spot: &(usize, Span), g: &(usize, Span)| spot.0 == g.0 && covers(spot.1, g.1);
    // A quote may run over several claims: of the pairs that a link covers, those count in which one is the other's likest.
    let mut meant = BTreeSet::new();
    for (link, g) in gold.iter().enumerate() {
        let side = |g: &(usize, Span)| -> Vec<usize> {
            (0..spots.len()).filter(|n| at(&spots[*n], g)).collect()
        };
        let (left, right) = (side(&g.0), side(&g.1));
        let like = |n: usize, m: usize| claims[n].likeness(&claims[m]);
        let likest = |n: usize, others: &[usize]| {
            let by = |x: &&usize, y: &&usize| like(n, **x).total_cmp(&like(n, **y));
            others.iter().max_by(by).copied()
        };
        for n in &left {
            for m in &right {
                if likest(*n, &right) == Some(*m) || likest(*m, &left) == Some(*n) {
                    meant.insert((link, *n, *m));
                }
            }
        }
    }
    let mut candidates = Vec::new();
    for (n, x) in spots.iter().enumerate() {
        for (m, y) in spots.iter().enumerate().skip(n + 1) {
            if x.0 == y.0 {
                continue;
            }
            // Where several links cover a pair, a true one counts before a trap.
            let covered = |g: &Link| at(x, &g.0) && at(y, &g.1) || at(x, &g.1) && at(y, &g.0);
            let counts =
                |link: usize| meant.contains(&(link, n, m)) || meant.contains(&(link, m, n));
            let listed = gold
                .iter()
                .enumerate()
                .filter(|(link, _)| counts(*link))
                .map(|(_, g)| g)
                .min_by_key(|g| g.2 == Relation::Neutral);
            if listed.is_none() && (gold.iter().any(covered) || !pairs.contains(&(n, m))) {
                continue;
            }
            let turned = listed.is_some_and(|g| !(at(x, &g.0) && at(y, &g.1)));
            let (a, b) = if turned { (m, n) } else { (n, m) };
            candidates.push(Candidate {
                a,
                b,
                relation: listed.map_or(Relation::Neutral, |g| g.2),
                kind: listed.map(|g| g.3.clone()),
            });
        }
    }
    Ok(Story {
        name: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        rarity,
        claims,
        articles: spots.iter().map(|spot| spot.0).collect(),
        candidates,
    })
}
