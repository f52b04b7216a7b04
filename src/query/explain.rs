//! Why two claims are linked, or why not.

use crate::error::{Error, ErrorKind};
use crate::graph::ClaimGraph;
use crate::judge::{self, Evidence, Factor, Influence, Judgement, Relation};
use crate::model::ClaimId;
use crate::text::Span;
use serde::Serialize;
use std::fmt;

/// Why no link joins two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unlinked {
    /// Both stand in one article; only claims of different articles are linked.
    OneArticle,
    /// One of them is in a language that the graph does not judge.
    OtherLanguage,
    /// No relation is probable enough.
    BelowThreshold,
    /// Another claim of the article agrees better with one of them.
    Rival,
    /// They were never compared: the search for candidates did not bring them together.
    NoCandidate,
}

/// The waterfall of a pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The words of the first claim.
    pub a: String,
    /// The words of the second.
    pub b: String,
    /// The relation that the graph links them by, seen from the first.
    pub linked: Option<Relation>,
    /// Why there is no link, where there is none.
    pub unlinked: Option<Unlinked>,
    /// What the judge says, linked or not.
    pub judgement: Judgement,
}

impl ClaimGraph {
    /// What speaks for and against a link between two claims; it need not exist. The pair is judged afresh, as closely as for its link, and
    /// closely where there is none, whatever the budget. In a settled graph that is what the link was made from; else word rarities may
    /// have changed since.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] where a claim is not of this graph.
    pub fn explain(&self, a: ClaimId, b: ClaimId) -> Result<Explanation, Error> {
        let text = |id: ClaimId| self.text(id).map(str::to_owned).ok_or_else(|| unknown(id));
        let (x, y) = (text(a)?, text(b)?);
        let link = self.link_between(a, b);
        let linked = link.as_ref().map(|l| match l.link.relation {
            Relation::Entailment if l.a == b => Relation::Entailed,
            relation => relation,
        });
        let closely = link.as_ref().is_none_or(|l| l.link.closely());
        let judgement = (self.judged_as(a, b, closely)).ok_or_else(|| unknown(b))?;
        let unlinked = if linked.is_some() {
            None
        } else if self.article_of(a).map(|x| x.0) == self.article_of(b).map(|x| x.0) {
            Some(Unlinked::OneArticle)
        } else if [a, b]
            .iter()
            .any(|id| self.article_of(*id).is_some_and(|x| !self.reads(x.0)))
        {
            Some(Unlinked::OtherLanguage)
        } else {
            match self.thresholds().relation(&judgement) {
                None => Some(Unlinked::BelowThreshold),
                Some(_) if self.compared(a, b) => Some(Unlinked::Rival),
                Some(_) => Some(Unlinked::NoCandidate),
            }
        };
        Ok(Explanation {
            a: x,
            b: y,
            linked,
            unlinked,
            judgement,
        })
    }
}

impl ClaimGraph {
    /// The words of each of two claims that make them stand in a relation, strongest first: see
    /// [`judge::influences`]. Asks the judge again for every word, so it is for the pair that somebody looks at. The two are judged by themselves: what their
    /// rivals say ([`Context`](crate::judge::Context)), and the budget, are left out.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`] where a claim is not of this graph.
    pub fn influences(
        &self,
        a: ClaimId,
        b: ClaimId,
        relation: Relation,
    ) -> Result<[Vec<Influence>; 2], Error> {
        let (lexicon, corpus) = (self.extractor().lexicon(), self.corpus());
        let statement = |id: ClaimId| corpus.statement(id, lexicon).ok_or_else(|| unknown(id));
        let (x, y) = (statement(a)?, statement(b)?);
        let rarity = corpus.rarity();
        Ok(judge::influences(
            self.judge(),
            &x,
            &y,
            relation,
            lexicon,
            rarity,
        ))
    }
}

fn unknown(id: ClaimId) -> Error {
    Error::new(ErrorKind::UnknownId, format!("no claim {id} in this graph"))
}

/// Several lines: both texts, the relation, then for each factor its bars with the words that they rest on.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "a: “{}”\nb: “{}”", self.a, self.b)?;
        match (self.linked, self.unlinked) {
            (Some(relation), _) => writeln!(
                f,
                "linked: {relation} ({:.2})",
                self.judgement.probability(relation)
            )?,
            (None, why) => {
                let why = match why {
                    Some(Unlinked::OneArticle) => "both stand in one article",
                    Some(Unlinked::OtherLanguage) => {
                        "one of them is in a language that is not judged"
                    }
                    Some(Unlinked::Rival) => "another claim of the article fits better",
                    Some(Unlinked::NoCandidate) => "they were never compared",
                    _ => "no relation is probable enough",
                };
                writeln!(
                    f,
                    "not linked: {why}; likeliest: {}",
                    self.judgement.relation()
                )?;
            }
        }
        for factor in Factor::ALL {
            let name = match factor {
                Factor::SameMatter => "one matter?",
                Factor::Clash => "do they exclude each other?",
                Factor::Forward => "does b follow from a?",
                Factor::Backward => "does a follow from b?",
            };
            writeln!(f, "{name} {:+.2} bits", self.judgement.score(factor))?;
            for bar in self
                .judgement
                .evidence
                .iter()
                .filter(|e| e.factor == factor && e.bits.abs() >= 0.05)
            {
                writeln!(f, "  {:+.2}  {}{}", bar.bits, bar.name, self.words(bar))?;
            }
        }
        Ok(())
    }
}

impl Explanation {
    fn words(&self, bar: &Evidence) -> String {
        let quoted = |text: &str, spans: &[Span]| -> String {
            spans
                .iter()
                .filter_map(|s| s.of(text))
                .filter(|w| !w.is_empty())
                .map(|w| format!("‘{w}’"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (x, y) = (quoted(&self.a, &bar.a), quoted(&self.b, &bar.b));
        match (x.is_empty(), y.is_empty()) {
            (true, true) => String::new(),
            _ => format!(
                ": {} | {}",
                if x.is_empty() { "-" } else { &x },
                if y.is_empty() { "-" } else { &y }
            ),
        }
    }
}
