//! How well salience ranks claims that a reader labelled check-worthy or not (`training/salience`).

use super::labelled::rows;
use super::ranking::average_precision;
use claimgraph::extract::Extractor;
use claimgraph::{Article, Claim, Span};
use std::error::Error;
use std::fmt;
use std::path::Path;

/// The labelled claims with what they are ranked by.
pub(crate) struct Counts {
    /// Salience, length in bytes, and the label, of every labelled claim that is still found.
    ranked: Vec<(f64, usize, bool)>,
    labelled: usize,
}

impl Counts {
    /// Reads the labels beside this crate and the stories that they are of.
    pub(crate) fn of(stories: &Path) -> Result<Self, Box<dyn Error>> {
        let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("training/salience/claims.jsonl");
        let labels = rows(&labels)?;
        let mut out = Self {
            ranked: Vec::new(),
            labelled: labels.len(),
        };
        let extractor = Extractor::default();
        for group in labels.chunk_by(|a, b| a["story"] == b["story"]) {
            let story = group[0]["story"].as_str().unwrap_or_default();
            let articles: Vec<Article> = rows(&stories.join(story).join("articles.jsonl"))?
                .into_iter()
                .map(serde_json::from_value)
                .collect::<Result<_, _>>()?;
            for label in group {
                let article = articles
                    .iter()
                    .find(|a| a.id.as_deref() == label["article"].as_str());
                let claims = article.map(|a| extractor.claims(a)).unwrap_or_default();
                let offset = |end: &str| label[end].as_u64().unwrap_or_default() as usize;
                let span = Span::new(offset("start"), offset("end"));
                let shared = |c: &Claim| {
                    c.span
                        .end
                        .min(span.end)
                        .saturating_sub(c.span.start.max(span.start))
                };
                let best = claims.iter().max_by_key(|c| shared(c));
                if let Some(claim) = best.filter(|c| 2 * shared(c) > span.len()) {
                    let worthy = label["worthy"].as_bool().unwrap_or_default();
                    out.ranked.push((claim.salience, claim.span.len(), worthy));
                }
            }
        }
        Ok(out)
    }

    fn worthy(&self) -> usize {
        self.ranked.iter().filter(|r| r.2).count()
    }

    fn average_precision(&self, score: impl Fn(&(f64, usize, bool)) -> f64) -> f64 {
        let scored = self.ranked.iter().map(|r| (score(r), r.2)).collect();
        average_precision(scored).unwrap_or_default()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, worthy) = (self.ranked.len(), self.worthy());
        writeln!(
            f,
            "salience: {all} of {} labelled claims found, {worthy} worth checking",
            self.labelled
        )?;
        writeln!(
            f,
            "  average precision      {:.3}",
            self.average_precision(|r| r.0)
        )?;
        writeln!(
            f,
            "  of length alone        {:.3}",
            self.average_precision(|r| r.1 as f64)
        )?;
        write!(
            f,
            "  of no order (the rate) {:.3}",
            worthy as f64 / all.max(1) as f64
        )?;
        let above = |least: f64| {
            let kept: Vec<bool> = self
                .ranked
                .iter()
                .filter(|r| r.0 >= least)
                .map(|r| r.2)
                .collect();
            let hits = kept.iter().filter(|w| **w).count();
            (
                kept.len(),
                hits as f64 / kept.len().max(1) as f64,
                hits as f64 / worthy.max(1) as f64,
            )
        };
        for least in [0.3, 0.5, 0.7] {
            let (kept, precision, recall) = above(least);
            write!(
                f,
                "\n  from {least}: {kept} claims, precision {precision:.2}, recall {recall:.2}"
            )?;
        }
        Ok(())
    }
}
