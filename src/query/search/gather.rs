//! Gathers the claims that hold the rarest words of a query, from the index.

use super::asked::Word;
use crate::block::Index;
use crate::model::ClaimId;
use rustc_hash::FxHashMap;

/// Claims that are ranked, at the most.
const FINALISTS: usize = 96;
/// Postings read for one query; the rarest words come first, and those past the bound only rank what was found by the others.
const POSTINGS: usize = crate::block::SEARCHED;

/// What the index gave.
pub(super) struct Gathered {
    /// Those that hold the most telling words, the best first; ties in the order of the index.
    pub(super) claims: Vec<ClaimId>,
    /// Whether more claims hold a word of the query.
    pub(super) truncated: bool,
}

/// The claims that hold the most of these words by weight.
pub(super) fn gather(index: &Index, words: &[Word]) -> Gathered {
    let mut words: Vec<&Word> = words.iter().filter(|w| w.spread > 0).collect();
    words.sort_by(|x, y| x.spread.cmp(&y.spread).then_with(|| x.stem.cmp(&y.stem)));
    let mut truncated = false;
    let mut read = 0;
    let mut places: FxHashMap<u32, usize> = FxHashMap::default();
    let mut found: Vec<(u32, f32)> = Vec::new();
    for word in words {
        // Of a single word that stands nearly everywhere the first claims are better than none.
        if read > 0 && read + word.spread > POSTINGS {
            truncated = true;
            break;
        }
        truncated |= word.spread > POSTINGS;
        read += word.spread;
        for key in index.holding(&word.stem).take(POSTINGS) {
            let place = *places.entry(key).or_insert(found.len());
            match found.get_mut(place) {
                Some(one) => one.1 += word.weight,
                None => found.push((key, word.weight)),
            }
        }
    }
    truncated |= found.len() > FINALISTS;
    Gathered {
        claims: best(found),
        truncated,
    }
}

/// The first of what was found by weight.
fn best(found: Vec<(u32, f32)>) -> Vec<ClaimId> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let by = |x: &usize, y: &usize| found[*y].1.total_cmp(&found[*x].1).then(x.cmp(y));
    if order.len() > FINALISTS {
        order.select_nth_unstable_by(FINALISTS, by);
        order.truncate(FINALISTS);
    }
    order.sort_unstable_by(by);
    let key = |place: usize| ClaimId::from_index(found[place].0 as usize);
    order.into_iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{self, BlockOptions};

    fn word(index: &Index, stem: &str, weight: f32) -> Word {
        Word {
            stem: stem.into(),
            word: stem.into(),
            weight,
            spread: index.spread(stem),
        }
    }

    fn index(claims: usize, stems: impl Fn(usize) -> Vec<&'static str>) -> Index {
        let mut index = Index::new(BlockOptions::default());
        for key in 0..claims {
            let terms = block::terms(stems(key).into_iter(), [].into_iter(), &[], &[]);
            index.add(key as u32, &terms);
        }
        index
    }

    #[test]
    fn who_holds_more_comes_first() {
        let index = index(3, |n| {
            [vec!["port"], vec!["port", "fire"], vec!["fire"]][n].clone()
        });
        let found = gather(
            &index,
            &[word(&index, "port", 2.0), word(&index, "fire", 1.0)],
        );
        let order: Vec<usize> = found.claims.iter().map(|c| c.index()).collect();
        assert_eq!(order, [1, 0, 2]);
        assert!(!found.truncated);
        assert!(
            gather(&index, &[word(&index, "tram", 1.0)])
                .claims
                .is_empty()
        );
    }

    #[test]
    fn a_cap_is_told() {
        let index = index(40_000, |n| {
            if n == 39_999 {
                vec!["port", "fire"]
            } else {
                vec!["port"]
            }
        });
        let common = gather(&index, &[word(&index, "port", 1.0)]);
        assert_eq!(common.claims.len(), FINALISTS);
        assert!(common.truncated);
        // The rare word finds what the common one alone would not reach.
        let rare = gather(
            &index,
            &[word(&index, "port", 1.0), word(&index, "fire", 1.0)],
        );
        assert_eq!(rare.claims, [ClaimId::from_index(39_999)]);
        assert!(rare.truncated);
    }
}
