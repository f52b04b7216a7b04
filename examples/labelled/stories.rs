//! Stories with gold links, as the candidate pairs that the graph would judge.

use super::labelled::{covers, rows};
use claimgraph::block::{BlockOptions, Index};
use claimgraph::extract::Extractor;
use claimgraph::judge::{Rarity, Reading, Relation, Setting, Statement};
use claimgraph::{Article, Lexicon, Span};
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
    let lexicon = Lexicon::english();
    let extractor = Extractor::default();
    let mut claims: Vec<Arc<Reading>> = Vec::new();
    let mut spots: Vec<(usize, Span)> = Vec::new();
    let mut places: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut spread: BTreeMap<String, usize> = BTreeMap::new();
    let articles = rows(&folder.join("articles.jsonl"))?;
    let count = articles.len();
    let mut settings = Vec::new();
    for (at, row) in articles.into_iter().enumerate() {
        let mut article: Article = serde_json::from_value(row)?;
        article.published = article.published.filter(|_| dated);
        let mut stems = BTreeSet::new();
        let setting = Setting::of(&article);
        for claim in extractor.claims(&article) {
            let statement = Statement {
                setting: Some(&setting),
                ..Statement::of_claim(&article, &claim, &lexicon)
            };
            let reading = Reading::new(&statement, &lexicon);
            stems.extend(reading.stems().map(str::to_owned));
            claims.push(Arc::new(reading));
            spots.push((at, claim.span));
        }
        for stem in stems {
            *spread.entry(stem).or_default() += 1;
        }
        places.insert(article.id_or_made(), (at, article.text.clone()));
        settings.push(setting);
    }
    let mut rarity = Rarity::background();
    for (stem, articles) in &spread {
        rarity.set(stem, Rarity::bucket(*articles, count));
    }
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
    let mut index = Index::new(BlockOptions::default());
    let terms: Vec<_> = claims.iter().map(|c| c.sketch().terms()).collect();
    for (at, terms) in terms.iter().enumerate() {
        index.add(at as u32, terms);
    }
    let mut pairs = BTreeSet::new();
    for (at, terms) in terms.iter().enumerate() {
        let own = |key: u32| spots[key as usize].0 == spots[at].0;
        for key in index.candidates(terms, own, |key| key).keys {
            pairs.insert((at.min(key as usize), at.max(key as usize)));
        }
    }
    let told =
        (pairs.iter()).filter_map(|(m, n)| settings[spots[*m].0].is_alike(&settings[spots[*n].0]));
    let told: Vec<bool> = told.collect();
    rarity.set_alike(told.iter().filter(|alike| **alike).count(), told.len());
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
