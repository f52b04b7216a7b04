//! Search: the claims that are about some words, best first, whether or not they agree.
//!
//! In two steps: the index gathers the claims that hold the rarest words of the query, and these few are read again and ranked
//! with what stands around them.

mod asked;
mod gather;
mod hashtag;
mod rank;
mod spelling;

use crate::graph::ClaimGraph;
use crate::model::ClaimId;
use asked::Asked;
use rank::Ranking;
use rustc_hash::FxHashSet;
use serde::Serialize;

/// A claim found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Hit {
    /// The claim.
    pub claim: ClaimId,
    /// How well it fits: about the share of the query's telling words that it holds or that stand around it, 0 to 1, and a little more where its
    /// words mean much the same or its article is of a day that the query names. To be compared within one answer only.
    pub score: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The claims, best first.
    pub hits: Vec<Hit>,
    /// Whether more claims share words with the query than are given.
    pub truncated: bool,
}

impl ClaimGraph {
    /// The claims that share a telling word with the query, or whose words mean much the same, best first; at most
    /// [`BlockOptions::top`](crate::block::BlockOptions::top). Ties keep the order of output.
    ///
    /// The query may be some words, a sentence, or a post with its links, hashtags and signature. A word of a claim counts by how rare it is
    /// among the graph's claims and in English; so does one of its article's headline and, less, one of its sentence. Where the query
    /// names a day, claims of articles published about then come first. Words that the graph does not know are looked for in
    /// other spellings. The cost is bounded, however large the graph.
    pub fn search(&self, words: &str) -> Found {
        let asked = Asked::new(words, self.extractor().lexicon(), self.index());
        let gathered = gather::gather(self.index(), &asked.words);
        let mut seen: FxHashSet<ClaimId> = gathered.claims.iter().copied().collect();
        let mut claims = gathered.claims;
        // Claims that share no word but a country, a figure, or words of one field.
        let beside = self.find_indexed(&asked.terms).0;
        claims.extend(beside.into_iter().filter(|c| seen.insert(*c)));
        let most = self.block_options().top;
        let mut ranking = Ranking::new(self, &asked);
        let mut hits = ranking.hits(&claims);
        let copies = self.copies(&hits, most, &mut seen);
        if !copies.is_empty() {
            hits.extend(ranking.hits(&copies));
            self.sort(&mut hits);
        }
        let truncated = gathered.truncated || hits.len() > most;
        hits.truncate(most);
        Found { hits, truncated }
    }

    /// Copies of the best hits' texts that the index leaves out: as many as could be shown, and one more to tell that there are more.
    fn copies(&self, hits: &[Hit], most: usize, seen: &mut FxHashSet<ClaimId>) -> Vec<ClaimId> {
        let best = hits.iter().take(most);
        let copies = best.flat_map(|hit| self.hanging(hit.claim).take(most.saturating_add(1)));
        copies.filter(|c| seen.insert(*c)).collect()
    }

    /// The best first, ties in the order of output.
    fn sort(&self, hits: &mut [Hit]) {
        hits.sort_by(|x, y| {
            let score = y.score.total_cmp(&x.score);
            score.then_with(|| {
                self.corpus()
                    .rank(x.claim)
                    .cmp(&self.corpus().rank(y.claim))
            })
        });
    }
}
