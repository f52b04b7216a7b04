//! Who says so, who says the opposite.

use crate::graph::ClaimGraph;
use crate::judge::{ConflictKind, Judgement, Reading, Relation, Sketch, Statement};
use crate::model::{ArticleId, ClaimId, Stance};
use crate::text::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::collections::hash_map::Entry;
use std::fmt;

/// Different texts that are judged, at the most: those that promise the most at a first look. Of long ones fewer, down to so many, since a
/// judgement costs the product of the words.
const JUDGED: usize = 16;
const LEAST_JUDGED: usize = 6;
/// Products of words that are looked at, at the most.
const WORK: usize = 10_000;

/// A claim that speaks to the statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Voice {
    /// The claim.
    pub claim: ClaimId,
    /// Its words.
    pub text: String,
    /// The outlet.
    pub source: String,
    /// Whom the outlet quotes; `None` is its own voice.
    pub speaker: Option<String>,
    /// The article's day.
    pub published: Option<Date>,
    /// How the claim stands to the statement: `Entailment` where the claim entails it.
    pub relation: Relation,
    /// On what they clash, if they do; or that the claim's count is an update.
    pub kind: Option<ConflictKind>,
    /// Probability of the relation, 0 to 1.
    pub probability: f64,
}

/// Who says so, who says the opposite; each the most certain first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Claims that say the same or more.
    pub same: Vec<Voice>,
    /// Claims that contradict it.
    pub opposite: Vec<Voice>,
    /// Claims that it entails, being less specific, or whose count is an update.
    pub related: Vec<Voice>,
    /// Whether a cap of the search left claims out.
    pub truncated: bool,
}

impl ClaimGraph {
    /// Compares a statement of the caller's with the graph's claims. Adds nothing. Text alone will do; a [`Statement`] can bring
    /// its day, from which 'on Tuesday' is counted, and who says it. Costs one search, a first look at
    /// [`BlockOptions::top`](crate::block::BlockOptions::top) texts, and a judgement of the sixteen that promise the most: copies of a
    /// text are judged once and all named.
    ///
    /// ```
    /// use claimgraph::{Article, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// graph.add_article(Article::new("Post", "The harbour of Belport was closed on 3 May 2024."))?;
    /// let answer = graph.check("The harbour of Belport was closed on 3 May 2024");
    /// assert_eq!(answer.same[0].source, "Post");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn check<'s>(&self, statement: impl Into<Statement<'s>>) -> Answer {
        let reading = Reading::new(&statement.into(), self.extractor().lexicon());
        let sketch = reading.sketch();
        let found = self.find(&sketch.terms());
        let mut answer = Answer {
            same: Vec::new(),
            opposite: Vec::new(),
            related: Vec::new(),
            truncated: found.1,
        };
        // Claims in the same words are judged once, unless it is asked where they stand.
        let placed = reading.setting.is_some();
        let mut judged: FxHashMap<(u64, Stance, Option<ArticleId>), Judgement> =
            FxHashMap::default();
        for claim in self.most_promising(found.0, &sketch, &reading, &mut answer.truncated) {
            let Some(own) = self.corpus().entry(claim) else {
                continue;
            };
            let alike = (
                own.sketch.copy_key(),
                own.claim.stance,
                self.home(claim).filter(|_| placed),
            );
            let judgement = match judged.entry(alike) {
                Entry::Occupied(held) => held.into_mut(),
                Entry::Vacant(free) => {
                    let Some(own) = self.reading(claim) else {
                        continue;
                    };
                    let (rarity, least) = (self.corpus().rarity(), self.thresholds().least());
                    free.insert(self.judge().judge_above(&own, &reading, rarity, least))
                }
            };
            let relation = self.thresholds().relation(judgement);
            let update = judgement.kind == Some(ConflictKind::Update) && relation.is_none();
            let Some(voice) = self.voice(claim, relation.unwrap_or(Relation::Neutral), judgement)
            else {
                continue;
            };
            match relation {
                Some(Relation::Duplicate | Relation::Entailment) => answer.same.push(voice),
                Some(Relation::Contradiction) => answer.opposite.push(voice),
                Some(Relation::Entailed) => answer.related.push(voice),
                _ if update => answer.related.push(voice),
                _ => {}
            }
        }
        // The search gives an order that does not depend on insertion; the sort keeps it among equals.
        for voices in [&mut answer.same, &mut answer.opposite, &mut answer.related] {
            voices.sort_by(|x, y| y.probability.total_cmp(&x.probability));
        }
        answer
    }

    /// Those of the claims that promise the most, of so many different texts, in the order in which they came.
    fn most_promising(
        &self,
        claims: Vec<ClaimId>,
        sketch: &Sketch,
        reading: &Reading,
        truncated: &mut bool,
    ) -> Vec<ClaimId> {
        // Claims in the same words are judged once, unless it is asked where they stand.
        let placed = reading.setting.is_some();
        let mut promises: Vec<(f32, usize, ClaimId)> = Vec::new();
        for (at, claim) in claims.into_iter().enumerate() {
            let Some(own) = self.corpus().entry(claim) else {
                continue;
            };
            let event = self.corpus().one_event_as(claim, reading.setting.as_ref());
            let promise = self.judge().glance(&own.sketch, sketch, event);
            if promise >= 0.0 {
                promises.push((promise, at, claim));
            }
        }
        promises.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let (mut texts, mut work) = (FxHashSet::default(), 0);
        promises.retain(|(_, _, claim)| {
            let Some(own) = self.corpus().entry(*claim).map(|e| &e.sketch) else {
                return false;
            };
            let alike = (own.copy_key(), self.home(*claim).filter(|_| placed));
            if texts.contains(&alike) {
                return true;
            }
            work += own.len() * sketch.len();
            let most = if work > WORK { LEAST_JUDGED } else { JUDGED };
            let taken = texts.len() < most;
            *truncated |= !taken;
            if taken {
                texts.insert(alike);
            }
            taken
        });
        promises.sort_unstable_by_key(|p| p.1);
        promises.into_iter().map(|p| p.2).collect()
    }

    fn voice(&self, claim: ClaimId, relation: Relation, judgement: &Judgement) -> Option<Voice> {
        let (_, article) = self.article_of(claim)?;
        Some(Voice {
            claim,
            text: self.text(claim)?.to_owned(),
            source: article.source.clone(),
            speaker: self.claim(claim)?.attribution.speaker.clone(),
            published: article.published,
            relation,
            kind: judgement.kind.filter(|kind| {
                relation == Relation::Contradiction || *kind == ConflictKind::Update
            }),
            probability: judgement.probability(relation),
        })
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}  “{}” ", self.probability, self.text)?;
        match &self.speaker {
            Some(speaker) => write!(f, "({speaker}, in {})", self.source),
            None => write!(f, "({})", self.source),
        }
    }
}

/// Three headed lists, empty ones left out.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (head, voices) in [
            ("say so", &self.same),
            ("say the opposite", &self.opposite),
            ("on the same matter", &self.related),
        ] {
            if !voices.is_empty() {
                writeln!(f, "{head}:")?;
                for voice in voices {
                    writeln!(f, "  {voice}")?;
                }
            }
        }
        if self.same.is_empty() && self.opposite.is_empty() && self.related.is_empty() {
            writeln!(f, "nobody speaks to this")?;
        }
        Ok(())
    }
}
