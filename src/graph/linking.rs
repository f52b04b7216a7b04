//! Judging pairs and choosing which become links.

use super::link::{Link, LinkSummary, Linked, Related};
use super::parallel::share_out;
use super::{ClaimGraph, Progress};
use crate::judge::{ConflictKind, Context, Judgement, Relation};
use crate::model::{ArticleId, ClaimId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;

/// Pairs that a core takes at once.
const FEW: usize = 16;
/// Pairs judged between two calls of a progress callback.
const STRIDE: usize = 1000;

/// A pair and what was judged of it.
pub(super) type Judged = (ClaimId, ClaimId, Judgement);

impl ClaimGraph {
    /// Judges pairs and links those that pass: see [`link`](Self::link). Where `progress` breaks off, those judged so far are linked.
    pub(super) fn judge_pairs(
        &mut self,
        pairs: Vec<(ClaimId, ClaimId)>,
        progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> (ControlFlow<()>, Vec<LinkSummary>) {
        let close = self.worth_most(&pairs);
        let (flow, judged) = self.judge_each(&pairs, &close, progress);
        (flow, self.link(judged, &close))
    }

    /// Judges pairs until `progress` breaks off.
    pub(super) fn judge_each(
        &self,
        pairs: &[(ClaimId, ClaimId)],
        close: &Close,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> (ControlFlow<()>, Vec<Judged>) {
        let (mut judged, mut handed_out) = (Vec::new(), 0);
        for part in pairs.chunks(STRIDE) {
            judged.extend(self.judge_all(part, close));
            handed_out += part.len();
            if progress(self.progress(handed_out, pairs.len())).is_break() {
                return (ControlFlow::Break(()), judged);
            }
        }
        (ControlFlow::Continue(()), judged)
    }

    /// Links those of the pairs that pass; the links that are new. Two articles seldom say one thing twice: of several claims of one article
    /// that agree with a claim of another, only the best is linked, if the other is its best too. Of those that contradict it
    /// the best is linked, and any whose best it is: one statement may speak against two. In
    /// a settled graph all pairs of two articles come together, so that the choice does not depend on the order of adding.
    pub(super) fn link(&mut self, judged: Vec<Judged>, close: &Close) -> Vec<LinkSummary> {
        let mut new = Vec::new();
        self.changed();
        let judged = self.in_context(judged);
        let strengths = |j: &Judgement| [j.agreement(), j.probabilities.contradiction];
        let mut best: FxHashMap<(ClaimId, Option<ArticleId>), [f64; 2]> = FxHashMap::default();
        for (a, b, judgement) in &judged {
            for (x, y) in [(*a, *b), (*b, *a)] {
                let held = best.entry((x, self.home(y))).or_default();
                for (held, own) in held.iter_mut().zip(strengths(judgement)) {
                    *held = held.max(own);
                }
            }
        }
        for (a, b, judgement) in judged {
            let own = strengths(&judgement);
            let rival = |x: ClaimId, y: ClaimId, which: usize| {
                best.get(&(x, self.home(y)))
                    .is_some_and(|most| own[which] < most[which] - 1e-9)
            };
            let beaten = rival(a, b, 0) || rival(b, a, 0);
            let outdone = rival(a, b, 1) && rival(b, a, 1);
            let (Some(x), Some(y)) = (self.node(a), self.node(b)) else {
                continue;
            };
            let relation = self.thresholds.relation(&judgement);
            let closely = close.look(a, b);
            let judgement = match relation.is_some() && judgement.is_condensed() {
                true => self.judged_as(a, b, closely).unwrap_or(judgement),
                false => judgement,
            };
            let (from, to, link) = match relation {
                // The later of two counts is no contradiction, however likely it looks like one.
                None | Some(Relation::Contradiction)
                    if judgement.kind == Some(ConflictKind::Update) =>
                {
                    let kind = ConflictKind::Update;
                    self.related.push(Related { a, b, kind });
                    continue;
                }
                None => continue,
                Some(Relation::Contradiction) if outdone => continue,
                Some(Relation::Contradiction) => (
                    x,
                    y,
                    Link::new(Relation::Contradiction, &judgement, closely),
                ),
                Some(_) if beaten => continue,
                Some(Relation::Entailed) => {
                    let judgement = judgement.mirrored();
                    (y, x, Link::new(Relation::Entailment, &judgement, closely))
                }
                Some(relation) => (x, y, Link::new(relation, &judgement, closely)),
            };
            let (a, b) = if from == x { (a, b) } else { (b, a) };
            let summary = LinkSummary::from(&Linked { a, b, link: &link });
            let held = self
                .graph
                .find_edge(from, to)
                .and_then(|e| self.graph.edge_weight(e));
            if held.is_none_or(|held| held.relation != link.relation) {
                new.push(summary);
            }
            self.graph.update_edge(from, to, link);
            // A pair has one link, whichever way it looked before.
            if let Some(other) = self.graph.find_edge(to, from) {
                self.graph.remove_edge(other);
            }
        }
        new
    }

    pub(crate) fn home(&self, claim: ClaimId) -> Option<ArticleId> {
        self.corpus.home(claim)
    }

    /// Weighs every pair beside its rivals. They are gathered as the judge judged them, so that no pair is weighed by what
    /// context made of another.
    fn in_context(&mut self, judged: Vec<Judged>) -> Vec<Judged> {
        let Some(context) = &self.context else {
            return judged;
        };
        for (a, b, judgement) in &judged {
            let home = |claim: ClaimId| self.corpus.home(claim);
            if let (Some(x), Some(y)) = (home(*a), home(*b)) {
                self.company.add((*a, x), (*b, y), judgement);
            }
        }
        judged
            .into_iter()
            .map(|(a, b, alone)| (a, b, self.beside_rivals(context, a, b, alone)))
            .collect()
    }

    fn beside_rivals(
        &self,
        context: &Context,
        a: ClaimId,
        b: ClaimId,
        alone: Judgement,
    ) -> Judgement {
        match (self.home(a), self.home(b)) {
            (Some(x), Some(y)) if x != y => {
                context.weigh(alone, &self.company.around((a, x), (b, y)))
            }
            _ => alone,
        }
    }

    /// Judges pairs on all cores.
    fn judge_all(&self, pairs: &[(ClaimId, ClaimId)], close: &Close) -> Vec<Judged> {
        let lift = self.context.as_ref().map_or(1.0, Context::lift);
        // Below this nothing comes of a pair; below that only its rivals could make a link of it, and why is found out then.
        let enough = self.thresholds.least();
        let least = enough / lift;
        // And below this it is no rival either: most pairs are dropped here.
        let trace = match &self.context {
            Some(_) => least.min(Context::TRACE),
            None => least,
        };
        let judged = share_out(self.threads, pairs, FEW, |(a, b)| {
            let judgement = self.alone(*a, *b, least, close.look(*a, *b))?;
            let told = judgement.kind == Some(ConflictKind::Update);
            if judgement.probabilities.below(trace) && !told {
                return None;
            }
            // Only context asks for the bars again: without it what a link keeps of them is enough, and many pairs are held.
            Some(
                match (&self.context, judgement.probabilities.below(enough)) {
                    (None, _) => (*a, *b, judgement.clash_alone()),
                    (Some(_), true) => (*a, *b, judgement.condensed()),
                    (Some(_), false) => (*a, *b, judgement),
                },
            )
        });
        judged.into_iter().flatten().collect()
    }

    /// The pairs that the budget for a closer look is spent on.
    pub(super) fn worth_most(&self, pairs: &[(ClaimId, ClaimId)]) -> Close {
        let Some(budget) = self.budget else {
            return Close::All;
        };
        let worths = share_out(self.threads, pairs, FEW, |(a, b)| {
            match (self.reading(*a), self.reading(*b)) {
                (Some(x), Some(y)) => self.judge.worth(&x, &y, self.corpus.rarity()),
                _ => 0.0,
            }
        });
        let mut order: Vec<usize> = (0..pairs.len()).filter(|at| worths[*at] > 0.0).collect();
        // Of equals what comes first: in a settled graph the order of the pairs is that of the articles.
        order.sort_by(|x, y| worths[*y].total_cmp(&worths[*x]));
        order.truncate(budget);
        Close::Some(order.into_iter().map(|at| pairs[at]).collect())
    }

    /// What the judge says of two claims, with the word rarities of this corpus and beside their rivals (see
    /// [`Context`]); `None` where one is not of this graph. Judges the pair afresh, and closely, whatever the budget.
    pub fn judgement(&self, a: ClaimId, b: ClaimId) -> Option<Judgement> {
        self.judged_as(a, b, true)
    }

    pub(crate) fn judged_as(&self, a: ClaimId, b: ClaimId, closely: bool) -> Option<Judgement> {
        let alone = self.alone(a, b, 0.0, closely)?;
        Some(match &self.context {
            Some(context) => self.beside_rivals(context, a, b, alone),
            None => alone,
        })
    }

    fn alone(&self, a: ClaimId, b: ClaimId, least: f64, closely: bool) -> Option<Judgement> {
        let (x, y, rarity) = (self.reading(a)?, self.reading(b)?, self.corpus.rarity());
        Some(match closely {
            true => self.judge.judge_above(&x, &y, rarity, least),
            false => self.judge.judge_hastily(&x, &y, rarity, least),
        })
    }
}

/// The pairs that the judge looks at closely.
pub(super) enum Close {
    All,
    Some(FxHashSet<(ClaimId, ClaimId)>),
}

impl Close {
    fn look(&self, a: ClaimId, b: ClaimId) -> bool {
        match self {
            Self::All => true,
            Self::Some(pairs) => pairs.contains(&(a, b)),
        }
    }
}
