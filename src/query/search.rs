//! Search: the claims that are about some words, best first, whether or not they agree.

use crate::graph::ClaimGraph;
use crate::judge::{Reading, Statement};
use crate::model::ClaimId;
use crate::vectors::Vectors;
use serde::Serialize;

/// A claim found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Hit {
    /// The claim.
    pub claim: ClaimId,
    /// How well it fits: the share of the query's telling words that it holds, 0 to 1, plus the cosine of meaning.
    pub score: f64,
}

/// Cosine from which a claim is found that shares no word with the query: words of one field.
const ALIKE: f64 = 0.5;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The claims, best first.
    pub hits: Vec<Hit>,
    /// Whether more claims share words with the query than are given.
    pub truncated: bool,
}

impl ClaimGraph {
    /// The claims that share a telling word with the query, or whose words mean much the same, best first; at most [`BlockOptions::top`](crate::block::BlockOptions::top). Ties keep the
    /// order of output.
    pub fn search(&self, words: &str) -> Found {
        let reading = Reading::new(
            &Statement {
                text: words,
                ..Statement::default()
            },
            self.extractor().lexicon(),
        );
        let rarity = self.corpus().rarity();
        let weight = |stem: &str| {
            f64::from(rarity.weight(stem) * (0.15 + 0.85 * Vectors::english().rarity(stem)))
        };
        let all: f64 = reading.stems().map(weight).sum();
        let (found, truncated) = self.find(&reading.sketch().terms());
        let mut hits: Vec<Hit> = found
            .into_iter()
            .filter_map(|claim| {
                let own = self.reading(claim)?;
                let shared: f64 = reading
                    .stems()
                    .filter(|s| own.stems().any(|t| t == *s))
                    .map(weight)
                    .sum();
                let cover = if all > 0.0 { shared / all } else { 0.0 };
                let likeness = f64::from(reading.likeness(&own));
                (cover > 0.0 || likeness >= ALIKE).then_some(Hit {
                    claim,
                    score: cover + likeness,
                })
            })
            .collect();
        hits.sort_by(|x, y| y.score.total_cmp(&x.score));
        let most = self.block_options().top;
        let truncated = truncated || hits.len() > most;
        hits.truncate(most);
        Found { hits, truncated }
    }
}
