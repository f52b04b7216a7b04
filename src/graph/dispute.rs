//! Disputes: two sides that cannot both be right, who holds which, and the words that clash.

use super::link::Linked;
use super::{ClaimGraph, Cluster};
use crate::judge::{ConflictKind, Relation};
use crate::model::ClaimId;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Two clusters with contradictions between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// The side with the earlier claim.
    pub a: Side,
    /// The other side.
    pub b: Side,
    /// On what they clash, by the strongest link.
    pub kind: ConflictKind,
    /// Probability of the strongest link, 0 to 1.
    pub probability: f64,
    /// The contradicting pairs, a claim of `a` first.
    pub links: Vec<(ClaimId, ClaimId)>,
    /// The clashing words of the strongest link: of side `a`, of side `b`.
    pub words: (Vec<String>, Vec<String>),
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Claims that say so.
    pub claims: Vec<ClaimId>,
    /// The words of the claim that the strongest link rests on.
    pub text: String,
    /// Who says so: outlets with the speakers that they quote.
    pub holders: Vec<Holder>,
}

/// Someone who holds a side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holder {
    /// The outlet.
    pub source: String,
    /// Whom it quotes; `None` is its own voice.
    pub speaker: Option<String>,
    /// The article's day, where known.
    pub published: Option<crate::text::Date>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.speaker {
            Some(speaker) => write!(f, "{speaker}, in {}", self.source)?,
            None => f.write_str(&self.source)?,
        }
        match self.published {
            Some(day) => write!(f, " ({day})"),
            None => Ok(()),
        }
    }
}

impl Dispute {
    /// What names it in one graph: of each side the claim that was added first, the lesser first. See [`Cluster::id`].
    pub fn id(&self) -> [ClaimId; 2] {
        let first = |side: &Side| side.claims.iter().min().copied();
        let none = ClaimId::from_index(0);
        let [a, b] = [&self.a, &self.b].map(|side| first(side).unwrap_or(none));
        [a.min(b), a.max(b)]
    }
}

/// Several lines: kind and probability, then each side with its words and holders, then what clashes.
impl fmt::Display for Dispute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "dispute ({}, {:.2})", self.kind, self.probability)?;
        for (mark, side) in [('A', &self.a), ('B', &self.b)] {
            // A claim may run over the line ends of its page.
            let words: Vec<&str> = side.text.split_whitespace().collect();
            writeln!(f, "  {mark}: “{}”", words.join(" "))?;
            for holder in &side.holders {
                writeln!(f, "     {holder}")?;
            }
        }
        let quoted = |words: &[String]| {
            if words.is_empty() {
                "-".to_owned()
            } else {
                words
                    .iter()
                    .map(|w| format!("‘{w}’"))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
        };
        match &self.words {
            (a, b) if a.is_empty() && b.is_empty() => Ok(()),
            (a, b) => write!(f, "  clash: {} against {}", quoted(a), quoted(b)),
        }
    }
}

pub(super) fn disputes(graph: &ClaimGraph) -> Vec<Dispute> {
    let links = graph.links();
    let linked = graph.linked_claims(&links);
    let mut clusters = graph.clusters().to_vec();
    let joined: FxHashSet<ClaimId> = clusters
        .iter()
        .flat_map(|c| c.claims.iter().copied())
        .collect();
    let single = |claim: ClaimId| Cluster {
        claims: vec![claim],
    };
    let alone = linked.into_iter().filter(|claim| !joined.contains(claim));
    clusters.extend(alone.map(single));
    let mut home: FxHashMap<ClaimId, usize> = FxHashMap::default();
    for (at, c) in clusters.iter().enumerate() {
        home.extend(c.claims.iter().map(|id| (*id, at)));
    }
    let mut fronts: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, l) in links.iter().enumerate() {
        if l.link.relation == Relation::Contradiction
            && let (Some(&x), Some(&y)) = (home.get(&l.a), home.get(&l.b))
        {
            fronts.entry((x.min(y), x.max(y))).or_default().push(at);
        }
    }
    let mut out = Vec::new();
    for ((x, y), own) in fronts {
        let Some(&best) = own.iter().max_by(|a, b| {
            links[**a]
                .link
                .weight()
                .total_cmp(&links[**b].link.weight())
                .then(b.cmp(a))
        }) else {
            continue;
        };
        let top = links[best];
        // The strongest link runs from the earlier claim; its side is side A.
        let (first, second) = if home.get(&top.a) == Some(&x) {
            (x, y)
        } else {
            (y, x)
        };
        let pairs = own
            .iter()
            .map(|i| {
                if home.get(&links[*i].a) == Some(&first) {
                    (links[*i].a, links[*i].b)
                } else {
                    (links[*i].b, links[*i].a)
                }
            })
            .collect();
        out.push(Dispute {
            a: side(graph, &clusters[first].claims, top.a),
            b: side(graph, &clusters[second].claims, top.b),
            kind: top.link.kind.unwrap_or(ConflictKind::Other),
            probability: top.link.probability(),
            links: pairs,
            words: clashing(graph, &top),
        });
    }
    // The most certain first; what is equally certain keeps the order of output.
    out.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    out
}

fn side(graph: &ClaimGraph, claims: &[ClaimId], chosen: ClaimId) -> Side {
    let mut holders: Vec<Holder> = claims
        .iter()
        .filter_map(|id| {
            let (_, article) = graph.article_of(*id)?;
            let speaker = graph.claim(*id)?.attribution.speaker.clone();
            Some(Holder {
                source: article.source.clone(),
                speaker,
                published: article.published,
            })
        })
        .collect();
    holders.sort_by(|x, y| {
        (x.published.is_none(), x.published, x).cmp(&(y.published.is_none(), y.published, y))
    });
    holders.dedup();
    Side {
        claims: claims.to_vec(),
        text: graph.text(chosen).unwrap_or_default().to_owned(),
        holders,
    }
}

/// The words under the strongest bar that speaks for a clash.
fn clashing(graph: &ClaimGraph, top: &Linked<'_>) -> (Vec<String>, Vec<String>) {
    let Some([a, b]) = top.link.words.as_deref() else {
        return Default::default();
    };
    let words = |id: ClaimId, spans: &[crate::text::Span]| {
        let text = graph.text(id).unwrap_or_default();
        spans
            .iter()
            .filter_map(|s| s.of(text))
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    (words(top.a, a), words(top.b, b))
}
