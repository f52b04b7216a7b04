//! Which pairs of claims are judged: the index, copies that stand beside it, and the first look at what they bring up.

use super::ClaimGraph;
use super::corpus::{HeldClaim, Numbers};
use super::parallel::share_out;
use crate::block::{Candidates, Term};
use crate::model::{ArticleId, ClaimId};
use crate::text::is_english;
use fnv::FnvHasher;
use petgraph::stable_graph::NodeIndex;
use std::hash::Hasher;

/// Claims that a core looks up at a time.
const FEW: usize = 32;
/// Claims that are looked up at once: their candidates are held until a glance has sorted most of them out.
const AT_ONCE: usize = 8192;
/// Claims of a graph of any size whose candidates tell how many of them stand in articles of one event.
const SAMPLE: usize = 2000;

impl ClaimGraph {
    /// Puts new claims into the index; the pairs to judge.
    pub(super) fn look_up(&mut self, new: &[ClaimId]) -> Vec<(ClaimId, ClaimId)> {
        let (asked, mut pairs) = self.enter(new);
        pairs.extend(self.candidates_of(&asked));
        pairs.sort_unstable_by(|x, y| self.by_rank(x, y));
        pairs.dedup();
        pairs
    }

    /// Puts all claims into an empty index; the pairs to judge, in the order of `place`. Every claim is asked with the whole corpus in the index.
    pub(super) fn look_up_all(
        &mut self,
        order: &[ClaimId],
        place: impl Fn(ClaimId) -> u32 + Sync,
    ) -> Vec<(ClaimId, ClaimId)> {
        let (asked, mut pairs) = self.enter(order);
        let every = asked.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<ClaimId> = asked.iter().step_by(every).copied().collect();
        let found = self.found(&sample, &place);
        self.corpus.count_alike(&paired(&sample, &found), true);
        for some in asked.chunks(AT_ONCE) {
            let found = self.found(some, &place);
            self.truncated += self.cut_off(&found);
            pairs.extend(self.to_judge(some, &found, &place));
        }
        pairs.sort_unstable_by_key(|(a, b)| (place(*a), place(*b)));
        pairs.dedup();
        pairs
    }

    /// The pairs of claims that are in the index with their candidates, as far as they are worth judging.
    pub(super) fn candidates_of(&mut self, asked: &[ClaimId]) -> Vec<(ClaimId, ClaimId)> {
        let mut pairs = Vec::new();
        for some in asked.chunks(AT_ONCE) {
            let found = self.found(some, |claim| self.corpus.rank(claim));
            let all = paired(some, &found);
            self.corpus.count_alike(&all, false);
            self.truncated += self.cut_off(&found);
            pairs.extend(self.to_judge(some, &found, |claim| self.corpus.rank(claim)));
        }
        pairs
    }

    /// Puts claims into the index, or, where a text came often enough, beside its copies. Returns those that are to be asked for
    /// candidates, and the pairs of the others.
    pub(super) fn enter(&mut self, claims: &[ClaimId]) -> (Vec<ClaimId>, Vec<(ClaimId, ClaimId)>) {
        let (mut asked, mut pairs) = (Vec::new(), Vec::new());
        for part in claims.chunks(AT_ONCE) {
            let terms = share_out(self.threads, part, FEW, |claim| {
                let entry = self.corpus.entry(*claim)?;
                self.reads(entry.article).then(|| entry.sketch.terms())
            });
            for (claim, terms) in part.iter().zip(terms) {
                let (Some(entry), Some(terms)) = (self.corpus.entry(*claim), terms) else {
                    continue;
                };
                let key = claim.index() as u32;
                if self.options.exact || self.copies.add(entry.sketch.copy_key(), key) {
                    self.index.add(key, &terms);
                    asked.push(*claim);
                } else if let Some(first) = self.star(*claim) {
                    pairs.push(self.in_order(first, *claim));
                }
            }
        }
        (asked, pairs)
    }

    /// The claim of another article that a copy beside the index is paired with.
    pub(super) fn star(&self, claim: ClaimId) -> Option<ClaimId> {
        let entry = self.corpus.entry(claim)?;
        let kept = self
            .copies
            .standing(entry.sketch.copy_key(), claim.index() as u32)?;
        // Spread over them by what names the article: one that goes leaves a sixth of the copies alone.
        let mut name = FnvHasher::default();
        name.write(self.corpus.key(entry.article)?.as_bytes());
        let first = (name.finish() % kept.len() as u64) as usize;
        let kept = kept.iter().cycle().skip(first).take(kept.len());
        let kept = kept.map(|k| ClaimId::from_index(*k as usize));
        let elsewhere = |k: &ClaimId| self.home(*k).is_some_and(|home| home != entry.article);
        kept.filter(|k| *k != claim).find(elsewhere)
    }

    /// Takes a claim out of index and graph; returns a copy that took its place in the index.
    pub(super) fn take_out(&mut self, claim: ClaimId) -> Option<ClaimId> {
        self.changed();
        if let Some(node) = self.node(claim) {
            self.graph.remove_node(node);
            self.nodes[claim.index()] = NodeIndex::end();
        }
        let entry = self.corpus.entry(claim)?;
        if !self.reads(entry.article) {
            return None;
        }
        let (key, terms) = (claim.index() as u32, entry.sketch.terms());
        let (hung, next) = self.copies.remove(entry.sketch.copy_key(), key);
        if hung {
            return None;
        }
        let sparse = self.index.remove(key, &terms);
        let next = next.map(|next| ClaimId::from_index(next as usize));
        if let Some(entry) = next.and_then(|next| Some((next, self.corpus.entry(next)?))) {
            let (next, entry) = entry;
            self.index.add(next.index() as u32, &entry.sketch.terms());
        }
        if !sparse.is_empty() {
            self.refill(&sparse);
        }
        next
    }

    /// Gives the index the claims of terms back that were so common that they were only counted. Looks at every claim, once in so many
    /// claims of the term that go.
    fn refill(&mut self, terms: &[Term]) {
        let indexed = |claim: &ClaimId| {
            // Those on their way out have no node any more.
            let entry = self.node(*claim).and_then(|_| self.corpus.entry(*claim));
            let copies = |e: &HeldClaim| {
                self.copies
                    .standing(e.sketch.copy_key(), claim.index() as u32)
            };
            entry.filter(|e| self.reads(e.article) && copies(e).is_none())
        };
        let all: Vec<ClaimId> = (0..self.nodes.len()).map(ClaimId::from_index).collect();
        let held = share_out(self.threads, &all, AT_ONCE, |claim| {
            let entry = indexed(claim);
            let has = |term: &Term| entry.is_some_and(|e| e.sketch.has(*term));
            terms.iter().map(has).collect::<Vec<bool>>()
        });
        for (at, term) in terms.iter().enumerate() {
            let keys = all.iter().zip(&held).filter(|(_, held)| held[at]);
            let keys = keys.map(|(claim, _)| claim.index() as u32).collect();
            self.index.refill(*term, keys);
        }
    }

    /// Whether the claims of an article are compared with others: the judge has to know its language.
    pub(crate) fn reads(&self, article: ArticleId) -> bool {
        let held = self.corpus.article(article);
        let language = held.and_then(|a| a.language.as_deref());
        self.every_language || language.is_none_or(is_english)
    }

    /// The candidates of claims, of other articles; `rank` orders those that fit equally well.
    fn found<K: Ord>(
        &self,
        claims: &[ClaimId],
        rank: impl Fn(ClaimId) -> K + Sync,
    ) -> Vec<Candidates> {
        share_out(self.threads, claims, FEW, |claim| {
            let terms = self.corpus.entry(*claim).map(|e| e.sketch.terms());
            self.candidates(*claim, &terms.unwrap_or_default(), &rank)
        })
    }

    fn candidates<K: Ord>(
        &self,
        claim: ClaimId,
        terms: &[Term],
        rank: impl Fn(ClaimId) -> K,
    ) -> Candidates {
        // Claims of one article mostly stand together: to ask each where it belongs would cost more than the search.
        let own = self.home(claim).map(|home| self.corpus.numbers(home));
        let skip = |key: u32| match &own {
            Some(Numbers::Together(range)) => range.contains(&key),
            Some(Numbers::Apart(article)) => {
                self.home(ClaimId::from_index(key as usize)) == Some(*article)
            }
            None => false,
        };
        let far = |key: u32| match self.options.window {
            Some(days) => {
                self.days_apart(claim, ClaimId::from_index(key as usize)) > u64::from(days)
            }
            None => false,
        };
        let rank = |key| rank(ClaimId::from_index(key as usize));
        (self.index).candidates(terms, |key| skip(key) || far(key), rank)
    }

    /// Days between the publications of two claims' articles; 0 where one is undated.
    fn days_apart(&self, a: ClaimId, b: ClaimId) -> u64 {
        let day = |claim| {
            self.article_of(claim)
                .and_then(|(_, article)| article.published)
        };
        match (day(a), day(b)) {
            (Some(x), Some(y)) => x.days_until(y).unsigned_abs(),
            _ => 0,
        }
    }

    /// Whether blocking brings the two together, from either side.
    pub(crate) fn compared(&self, a: ClaimId, b: ClaimId) -> bool {
        let finds = |x: ClaimId, y: ClaimId| {
            let found = self.found(&[x], |claim| self.corpus.rank(claim));
            found[0].keys.contains(&(y.index() as u32))
        };
        let hangs = |x: ClaimId| {
            let entry = self.corpus.entry(x);
            entry.is_some_and(|e| {
                self.copies
                    .standing(e.sketch.copy_key(), x.index() as u32)
                    .is_some()
            })
        };
        if self.options.exact {
            return true;
        }
        if hangs(a) || hangs(b) {
            return self.star(a) == Some(b) || self.star(b) == Some(a);
        }
        (finds(a, b) || finds(b, a)) && self.glance(a, b)
    }

    /// Whether a first look promises something of a pair.
    fn glance(&self, a: ClaimId, b: ClaimId) -> bool {
        let (Some(x), Some(y)) = (self.corpus.entry(a), self.corpus.entry(b)) else {
            return false;
        };
        let event = self.corpus.one_event(a, b);
        self.judge.glance(&x.sketch, &y.sketch, event) >= 0.0
    }

    /// Of how many claims a cap cut candidates off.
    fn cut_off(&self, found: &[Candidates]) -> usize {
        let cut = found.iter().filter(|f| f.truncated && !self.options.exact);
        cut.count()
    }

    /// The pairs of claims with their candidates of which a first look promises something, or with all others where the search is
    /// exact; each in the order of output.
    fn to_judge<K: Ord>(
        &self,
        claims: &[ClaimId],
        found: &[Candidates],
        rank: impl Fn(ClaimId) -> K + Sync,
    ) -> Vec<(ClaimId, ClaimId)> {
        let pairs = match self.options.exact {
            true => self.with_all(claims),
            false => paired(claims, found),
        };
        let looked = share_out(self.threads, &pairs, 16 * FEW, |(a, b)| {
            let pair = || match rank(*a) <= rank(*b) {
                true => (*a, *b),
                false => (*b, *a),
            };
            (self.options.exact || self.glance(*a, *b)).then(pair)
        });
        looked.into_iter().flatten().collect()
    }

    /// Each claim with every one of another article.
    fn with_all(&self, claims: &[ClaimId]) -> Vec<(ClaimId, ClaimId)> {
        let each = claims.iter().flat_map(|claim| {
            let others = self
                .index
                .all()
                .map(|key| ClaimId::from_index(key as usize));
            others.map(|other| (*claim, other))
        });
        each.filter(|(a, b)| self.home(*a) != self.home(*b))
            .collect()
    }
}

/// Each claim with its candidates.
fn paired(claims: &[ClaimId], found: &[Candidates]) -> Vec<(ClaimId, ClaimId)> {
    let each = claims.iter().zip(found);
    let keys = each.flat_map(|(claim, found)| found.keys.iter().map(|key| (*claim, *key)));
    keys.map(|(claim, key)| (claim, ClaimId::from_index(key as usize)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BlockOptions;
    use crate::judge::AdditiveJudge;
    use crate::model::Article;

    /// Bands that more than two claims share are not followed, and of five they are only counted: every article that goes makes some of
    /// them rare again, while its own other claims are still going. Claims are the same texts, in the index and beside it.
    #[test]
    fn the_index_forgets_what_goes_and_finds_what_is_rare_again() {
        let options = BlockOptions {
            common: 2,
            ..BlockOptions::default()
        };
        let empty = || {
            ClaimGraph::builder()
                .judge(AdditiveJudge::english())
                .block(options)
                .build()
        };
        let article = |at: usize| {
            let own = ["Belport", "Tessel", "Ellmar", "Minsk", "Gomel"][at % 5];
            let text = format!(
                "The ferry sank in the storm. The ferries of {own} sank in the storms. It sank near {own}."
            );
            Article::new(format!("Paper {at}"), text).id(format!("a{at}"))
        };
        for left in 1..9 {
            let (mut graph, mut fresh) = (empty(), empty());
            let all: Vec<_> = (0..10)
                .map(|at| graph.add_article(article(at)).expect("new").article)
                .collect();
            for at in 0..left {
                fresh.add_article(article(at)).expect("new");
            }
            for id in &all[left..] {
                graph.retract_article(*id).expect("held");
            }
            // The first articles have the same claims' numbers in both.
            assert_eq!(graph.index.contents(), fresh.index.contents(), "{left}");
        }
        // Those go that were first, and copies that hung on them take their places.
        let mut graph = empty();
        let all: Vec<_> = (0..10)
            .map(|at| graph.add_article(article(at)).expect("new").article)
            .collect();
        for id in &all[..8] {
            graph.retract_article(*id).expect("held");
        }
        let claims = graph.claim_ids();
        let mut wanted = crate::block::Index::new(options);
        for claim in &claims {
            let entry = graph.corpus.entry(*claim).expect("held");
            wanted.add(claim.index() as u32, &entry.sketch.terms());
        }
        assert_eq!(graph.index.contents(), wanted.contents());
    }
}
