//! Clusters: claims that say the same, joined so that no cluster holds both ends of a contradiction and none is a chain of likenesses.

use super::link::Linked;
use crate::judge::Relation;
use crate::model::ClaimId;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// Claims that say the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its claims, in the order of output; the first stands for all.
    pub claims: Vec<ClaimId>,
}

impl Cluster {
    /// What names it in one graph: its claim that was added first. It stays while that claim does, whatever else comes or goes, unless two
    /// clusters become one.
    pub fn id(&self) -> ClaimId {
        // A cluster without claims is a caller's own.
        self.claims
            .iter()
            .min()
            .copied()
            .unwrap_or(ClaimId::from_index(0))
    }
}

/// Probability of agreement from which a link joins: one that is likelier wrong than right may bear others out, and no more.
const LIKELY: f64 = 0.5;
/// Duplicate links that are enough to join two clusters of any size.
const ENOUGH: usize = 12;

/// The clusters of more than one claim, the largest first and then in the order of their first claims.
///
/// Links are taken strongest first; one that would bring the two ends of a contradiction together is passed over. A chain of claims each
/// of which is like the next joins what has nothing in common: hence two clusters are only joined where a third of their
/// pairs are linked, or a dozen, or where two claims are `copies`, so that nothing is lost on the way from one to the other.
pub(super) fn clusters(
    links: &[Linked<'_>],
    order: &[ClaimId],
    copies: impl Fn(ClaimId, ClaimId) -> bool,
) -> Vec<Cluster> {
    let place: FxHashMap<ClaimId, usize> = order.iter().enumerate().map(|(i, c)| (*c, i)).collect();
    let mut foes: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); order.len()];
    let mut friends: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
    let mut joins: Vec<(f64, usize, usize)> = Vec::new();
    for l in links {
        let (Some(&a), Some(&b)) = (place.get(&l.a), place.get(&l.b)) else {
            continue;
        };
        match l.link.relation {
            Relation::Contradiction => {
                foes[a].insert(b);
                foes[b].insert(a);
            }
            Relation::Duplicate => {
                friends[a].push(b);
                friends[b].push(a);
                let p = &l.link.probabilities;
                if p.duplicate + p.entailment + p.entailed >= LIKELY {
                    joins.push((l.link.weight(), a.min(b), a.max(b)));
                }
            }
            _ => {}
        }
    }
    joins.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let mut home: Vec<usize> = (0..order.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..order.len()).map(|i| vec![i]).collect();
    for (_, a, b) in joins {
        let (x, y) = (home[a], home[b]);
        if x == y {
            continue;
        }
        // The smaller moves: every claim changes its home a logarithmic number of times.
        let (into, from) = if members[x].len() >= members[y].len() {
            (x, y)
        } else {
            (y, x)
        };
        let parted = members[from]
            .iter()
            // order: whether any is there.
            .any(|m| foes[*m].iter().any(|f| home[*f] == into));
        let wanted = (members[into].len() * members[from].len())
            .div_ceil(3)
            .min(ENOUGH);
        let between = || {
            let ends = members[from].iter().flat_map(|m| &friends[*m]);
            ends.filter(|f| home[**f] == into).take(wanted).count()
        };
        if parted || !copies(order[a], order[b]) && between() < wanted {
            continue;
        }
        let moved = std::mem::take(&mut members[from]);
        for m in &moved {
            home[*m] = into;
        }
        members[into].extend(moved);
    }
    let mut out: Vec<Vec<usize>> = members.into_iter().filter(|m| m.len() > 1).collect();
    for m in &mut out {
        m.sort_unstable();
    }
    out.sort_by(|x, y| y.len().cmp(&x.len()).then(x[0].cmp(&y[0])));
    out.into_iter()
        .map(|m| Cluster {
            claims: m.into_iter().map(|i| order[i]).collect(),
        })
        .collect()
}
