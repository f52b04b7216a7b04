//! Judging pairs and choosing which become links.

use super::link::{Link, Related};
use super::{ClaimGraph, Progress};
use crate::judge::{ConflictKind, Context, Judgement, Relation};
use crate::model::{ArticleId, ClaimId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer pairs than this are not worth a thread.
const PARALLEL: usize = 64;
/// Pairs that a core takes at once.
const FEW: usize = 16;
/// Pairs judged between two calls of a progress callback.
const STRIDE: usize = 1000;

/// What student and network made of claims is kept for up to so many of them (some hundred kilobytes each); a larger graph drops it after
/// every so many pairs, and reads anew what it needs again.
const REMEMBERED: usize = 4000;
const FORGET: usize = 4 * STRIDE;

/// A pair and what was judged of it.
type Judged = (ClaimId, ClaimId, Judgement);

impl ClaimGraph {
    /// Judges pairs and links those that pass. Two articles seldom say one thing twice: of several claims of one article
    /// that agree with a claim of another, only the best is linked, if the other is its best too. Of those that contradict it
    /// the best is linked, and any whose best it is: one statement may speak against two. In
    /// a settled graph all pairs of two articles come together, so that the choice does not depend on the order of adding.
    ///
    /// `afresh` where these are all candidates there are. Where `progress` breaks off, the pairs judged so far are linked.
    pub(super) fn judge_pairs(
        &mut self,
        pairs: Vec<(ClaimId, ClaimId)>,
        afresh: bool,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.corpus.count_alike(&pairs, afresh);
        let close = self.worth_most(&pairs);
        let (mut judged, mut flow) = (Vec::new(), ControlFlow::Continue(()));
        let mut handed_out = 0;
        for part in pairs.chunks(STRIDE) {
            judged.extend(self.judge_all(part, &close));
            handed_out += part.len();
            if self.len() > REMEMBERED && handed_out.is_multiple_of(FORGET) {
                self.corpus.forget();
            }
            flow = progress(self.progress(handed_out, pairs.len()));
            if flow.is_break() {
                break;
            }
        }
        if self.len() > REMEMBERED {
            self.corpus.forget();
        }
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
            let (Some(x), Some(y)) = (self.nodes.get(&a).copied(), self.nodes.get(&b).copied())
            else {
                continue;
            };
            let relation = self.thresholds.relation(&judgement);
            let judgement = match relation.is_some() && judgement.is_condensed() {
                true => self.judged_as(a, b, close.look(a, b)).unwrap_or(judgement),
                false => judgement,
            };
            match relation {
                // The later of two counts is no contradiction, however likely it looks like one.
                None | Some(Relation::Contradiction)
                    if judgement.kind == Some(ConflictKind::Update) =>
                {
                    let kind = ConflictKind::Update;
                    self.related.push(Related { a, b, kind });
                }
                None => {}
                Some(Relation::Contradiction) if outdone => {}
                Some(Relation::Contradiction) => {
                    self.graph
                        .update_edge(x, y, Link::new(Relation::Contradiction, judgement));
                }
                Some(_) if beaten => {}
                Some(Relation::Entailed) => {
                    self.graph.update_edge(
                        y,
                        x,
                        Link::new(Relation::Entailment, judgement.mirrored()),
                    );
                }
                Some(relation) => {
                    self.graph.update_edge(x, y, Link::new(relation, judgement));
                }
            }
        }
        flow
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
        let judged = on_all_cores(pairs, |(a, b)| {
            let judgement = self.alone(*a, *b, least, close.look(*a, *b))?;
            Some(match judgement.probabilities.below(enough) {
                true => (*a, *b, judgement.condensed()),
                false => (*a, *b, judgement),
            })
        });
        judged.into_iter().flatten().collect()
    }

    /// The pairs that the budget for a closer look is spent on.
    fn worth_most(&mut self, pairs: &[(ClaimId, ClaimId)]) -> Close {
        let Some(budget) = self.budget else {
            return Close::All;
        };
        let mut worths = Vec::with_capacity(pairs.len());
        for part in pairs.chunks(FORGET) {
            let (judge, corpus) = (&self.judge, &self.corpus);
            worths.extend(on_all_cores(part, |(a, b)| {
                match (corpus.entry(*a), corpus.entry(*b)) {
                    (Some(x), Some(y)) => judge.worth(&x.reading, &y.reading, corpus.rarity()),
                    _ => 0.0,
                }
            }));
            if self.len() > REMEMBERED {
                self.corpus.forget();
            }
        }
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

    fn judged_as(&self, a: ClaimId, b: ClaimId, closely: bool) -> Option<Judgement> {
        let alone = self.alone(a, b, 0.0, closely)?;
        Some(match &self.context {
            Some(context) => self.beside_rivals(context, a, b, alone),
            None => alone,
        })
    }

    fn alone(&self, a: ClaimId, b: ClaimId, least: f64, closely: bool) -> Option<Judgement> {
        let (x, y) = (self.corpus.entry(a)?, self.corpus.entry(b)?);
        let (x, y, rarity) = (&x.reading, &y.reading, self.corpus.rarity());
        Some(match closely {
            true => self.judge.judge_above(x, y, rarity, least),
            false => self.judge.judge_hastily(x, y, rarity, least),
        })
    }
}

/// The pairs that the judge looks at closely.
enum Close {
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

/// One answer for each pair, from all cores; the answers come in the order of the pairs, so that threads decide nothing.
fn on_all_cores<T: Send>(
    pairs: &[(ClaimId, ClaimId)],
    answer: impl Fn(&(ClaimId, ClaimId)) -> T + Sync,
) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    if cores == 1 || pairs.len() < PARALLEL {
        return pairs.iter().map(answer).collect();
    }
    // A core that is done takes the next few: pairs that are looked at closely cost hundreds of times as much as others.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut own = Vec::new();
        loop {
            let first = next.fetch_add(FEW, Ordering::Relaxed);
            match pairs.get(first..) {
                Some(rest) if !rest.is_empty() => {
                    let some = &rest[..rest.len().min(FEW)];
                    own.push((first, some.iter().map(&answer).collect::<Vec<T>>()));
                }
                _ => return own,
            }
        }
    };
    let mut parts: Vec<(usize, Vec<T>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().flat_map(|worker| match worker.join() {
            Ok(parts) => parts,
            // A panic of a caller's judge goes on where it would have without threads.
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    });
    parts.sort_by_key(|(first, _)| *first);
    parts.into_iter().flat_map(|(_, part)| part).collect()
}
