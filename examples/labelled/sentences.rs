//! Sentences of real articles drawn by a seed, each with what stands around it: a person reads whether both ends are right.

use super::{labelled::group_of, lines};
use claimgraph::extract::Extractor;
use claimgraph::{Article, Span};
use flate2::read::GzDecoder;
use std::collections::BinaryHeap;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Bytes that are shown of what stands before and after.
const AROUND: usize = 60;

/// What is drawn from articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Sentences,
    Claims,
}

/// The drawn stretches, in an order that says nothing.
pub(crate) struct Drawn {
    unit: Unit,
    articles: usize,
    all: usize,
    shown: Vec<(u64, String)>,
}

impl Drawn {
    /// Draws `count` sentences or claims of the stories in a file of articles, each as likely as any other. What is drawn hangs on
    /// article and place alone: a sentence whose beginning stays is drawn again after a change.
    pub(crate) fn of(
        file: &Path,
        unit: Unit,
        count: usize,
        seed: u64,
    ) -> Result<Self, Box<dyn Error>> {
        let extractor = Extractor::default();
        let (mut articles, mut all) = (0, 0);
        let mut drawn: BinaryHeap<(u64, String)> = BinaryHeap::new();
        let stream = BufReader::new(GzDecoder::new(File::open(file)?));
        lines::each(
            "evaluate",
            &file.display().to_string(),
            false,
            stream,
            |mut row| {
                // Days are not shown, and some are written in ways that only warnings would come of.
                row["date"].take();
                let article: Article = serde_json::from_value(row)?;
                let id = group_of(&article.id_or_made());
                articles += 1;
                // Claims cost ten times as much as sentences: every thirtieth article is enough to draw from.
                if unit == Unit::Claims && !mixed(id ^ seed).is_multiple_of(30) {
                    return Ok(());
                }
                let spans = match unit {
                    Unit::Sentences => extractor.sentences(&article),
                    Unit::Claims => {
                        let claims = extractor.claims(&article);
                        claims.into_iter().map(|c| c.span).collect()
                    }
                };
                all += spans.len();
                for span in spans {
                    let rank = mixed(mixed(id ^ seed).wrapping_add(span.start as u64));
                    if drawn.len() < count || drawn.peek().is_some_and(|(most, _)| rank < *most) {
                        drawn.push((rank, shown(&article, span)));
                        if drawn.len() > count {
                            drawn.pop();
                        }
                    }
                }
                Ok(())
            },
        )?;
        Ok(Self {
            unit,
            articles,
            all,
            shown: drawn.into_sorted_vec(),
        })
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.unit {
            Unit::Sentences => "sentences",
            Unit::Claims => "claims",
        };
        let (count, all, articles) = (self.shown.len(), self.all, self.articles);
        write!(f, "{count} of {all} {what} of {articles} articles")?;
        for (at, (_, shown)) in self.shown.iter().enumerate() {
            write!(f, "\n{:>3} {shown}", at + 1)?;
        }
        Ok(())
    }
}

/// The stretch in brackets amid what stands around it; line ends are written as '|'.
fn shown(article: &Article, span: Span) -> String {
    let text = article.text.as_str();
    let (mut from, mut to) = (
        span.start.saturating_sub(AROUND),
        (span.end + AROUND).min(text.len()),
    );
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let before = text.get(from..span.start).unwrap_or_default();
    let own = span.of(text).unwrap_or_default();
    let after = text.get(span.end..to).unwrap_or_default();
    format!("{before} ⟦{own}⟧ {after}").replace(['\n', '\r'], "|")
}

/// The finaliser of splitmix64: neighbouring numbers come out far apart.
fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
