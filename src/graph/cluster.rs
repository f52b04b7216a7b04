//! Clusters: claims that say the same, joined so that no cluster holds both ends of a contradiction.

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

/// All clusters, single claims among them, the largest first and then in the order of their first claims.
///
/// Duplicate links are taken strongest first; one that would bring the two ends of a contradiction together is passed over.
pub(super) fn clusters(links: &[Linked<'_>], order: &[ClaimId]) -> Vec<Cluster> {
    let place: FxHashMap<ClaimId, usize> = order.iter().enumerate().map(|(i, c)| (*c, i)).collect();
    let mut foes: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); order.len()];
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
            Relation::Duplicate => joins.push((l.link.weight(), a.min(b), a.max(b))),
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
        if members[from]
            .iter()
            // order: whether any is there.
            .any(|m| foes[*m].iter().any(|f| home[*f] == into))
        {
            continue;
        }
        let moved = std::mem::take(&mut members[from]);
        for m in &moved {
            home[*m] = into;
        }
        members[into].extend(moved);
    }
    let mut out: Vec<Vec<usize>> = members.into_iter().filter(|m| !m.is_empty()).collect();
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
