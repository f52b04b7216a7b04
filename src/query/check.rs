//! Who says so, who says the opposite.

use crate::graph::ClaimGraph;
use crate::judge::{self, ConflictKind, Judgement, Reading, Relation};
use crate::model::ClaimId;
use crate::text::Date;
use serde::Serialize;
use std::fmt;

/// A statement to check that brings its day with it; a plain string converts into one without.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statement {
    text: String,
    day: Option<Date>,
}

impl Statement {
    /// The day that 'on Tuesday' and the like are counted from.
    pub fn on(mut self, day: Date) -> Self {
        self.day = Some(day);
        self
    }
}

impl<T: Into<String>> From<T> for Statement {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            day: None,
        }
    }
}

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
    /// On what they clash.
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
    /// Compares a statement of the caller's with the graph's claims. Adds nothing. Costs one search and at most
    /// [`BlockOptions::top`](crate::block::BlockOptions::top) judgements.
    ///
    /// ```
    /// use claimgraph::{Article, ClaimGraph};
    /// let mut graph = ClaimGraph::new();
    /// graph.add_article(Article::new("Post", "The harbour of Belport was closed on 3 May 2024."))?;
    /// let answer = graph.check("The harbour of Belport was closed on 3 May 2024");
    /// assert_eq!(answer.same[0].source, "Post");
    /// # Ok::<(), claimgraph::Error>(())
    /// ```
    pub fn check(&self, statement: impl Into<Statement>) -> Answer {
        let statement = statement.into();
        let reading = Reading::new(
            &judge::Statement {
                text: &statement.text,
                published: statement.day,
                ..Default::default()
            },
            self.extractor().lexicon(),
        );
        let found = self.find(&reading.terms());
        let mut answer = Answer {
            same: Vec::new(),
            opposite: Vec::new(),
            related: Vec::new(),
            truncated: found.1,
        };
        for claim in found.0 {
            let Some(own) = self.reading(claim) else {
                continue;
            };
            let judgement = self.judge().judge(own, &reading, self.corpus().rarity());
            let relation = self.thresholds().relation(&judgement);
            let update = judgement.kind == Some(ConflictKind::Update) && relation.is_none();
            let Some(voice) = self.voice(claim, relation.unwrap_or(Relation::Neutral), &judgement)
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

    fn voice(&self, claim: ClaimId, relation: Relation, judgement: &Judgement) -> Option<Voice> {
        let (_, article) = self.article_of(claim)?;
        Some(Voice {
            claim,
            text: self.text(claim)?.to_owned(),
            source: article.source.clone(),
            speaker: self.claim(claim)?.attribution.speaker.clone(),
            published: article.published,
            relation,
            kind: judgement.kind,
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
