//! Reports on many incidents that look alike: links within an incident may be right, links across incidents are wrong.

use super::labelled::{group_of, rows};
use claimgraph::graph::GraphBuilder;
use claimgraph::judge::{ConflictKind, Relation};
use claimgraph::{Article, ClaimId};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;

/// Links of a kind that are drawn to be read.
const DRAWN: usize = 50;

/// The links of one graph over the articles of some incidents.
pub(crate) struct Counts {
    articles: usize,
    incidents: usize,
    claims: usize,
    /// Links within an incident and across, by relation.
    links: BTreeMap<Relation, [usize; 2]>,
    /// Conflicts of figures, and links of any kind across incidents, in the order in which they are drawn to be read.
    conflicts: Vec<String>,
    strangers: Vec<String>,
}

impl Counts {
    /// Links the articles of a folder's *.jsonl.gz, whole incidents of at most so many articles in all; each row names its incident
    /// as `event`.
    pub(crate) fn of(
        folder: &Path,
        parts: &GraphBuilder,
        limit: usize,
    ) -> Result<Self, Box<dyn Error>> {
        let mut incidents: BTreeMap<(u64, String), Vec<Article>> = BTreeMap::new();
        for file in super::labelled::files(folder) {
            for row in rows(&file)? {
                let event = row["event"].as_str().unwrap_or_default().to_owned();
                // In an order that says nothing, so that any number of them is a fair part.
                let incident = incidents.entry((group_of(&event), event)).or_default();
                incident.push(serde_json::from_value(row)?);
            }
        }
        let mut event_of = BTreeMap::new();
        let mut articles = Vec::new();
        let mut taken = 0;
        for ((_, event), own) in incidents {
            if articles.len() + own.len() > limit {
                break;
            }
            taken += 1;
            event_of.extend(own.iter().map(|a| (a.id_or_made(), event.clone())));
            articles.extend(own);
        }
        let count = articles.len();
        let mut graph = parts.clone().build();
        graph.add_articles(articles, |_| ControlFlow::Continue(()))?;
        let event = |id: ClaimId| {
            let article = graph.article_of(id).map(|(_, a)| a.id_or_made());
            article.and_then(|id| event_of.get(&id))
        };
        let mut links: BTreeMap<Relation, [usize; 2]> = BTreeMap::new();
        let (mut conflicts, mut strangers) = (Vec::new(), Vec::new());
        for l in graph.links() {
            let across = event(l.a) != event(l.b);
            links.entry(l.link.relation).or_default()[usize::from(across)] += 1;
            let told = |id: ClaimId| {
                let day = graph.article_of(id).and_then(|(_, a)| a.published);
                let day = day.map_or("undated".to_owned(), |d| d.to_string());
                let text = graph.text(id).unwrap_or_default().replace('\n', " ");
                format!("    {day} {text}")
            };
            let both = format!("{}\n{}", told(l.a), told(l.b));
            let place = if across { " (two incidents)" } else { "" };
            let (relation, p) = (l.link.relation, l.link.probability());
            let shown = (
                group_of(&both),
                format!("  {relation} {p:.2}{place}\n{both}"),
            );
            let figures = l.link.kind == Some(ConflictKind::Quantity);
            if relation == Relation::Contradiction && figures {
                conflicts.push(shown.clone());
            }
            if across {
                strangers.push(shown);
            }
        }
        let drawn = |mut list: Vec<(u64, String)>| -> Vec<String> {
            list.sort();
            list.into_iter().map(|(_, shown)| shown).collect()
        };
        Ok(Self {
            articles: count,
            incidents: taken,
            claims: graph.len(),
            links,
            conflicts: drawn(conflicts),
            strangers: drawn(strangers),
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "incidents: {} articles on {} incidents, {} claims",
            self.articles, self.incidents, self.claims
        )?;
        let (mut within, mut across) = (0, 0);
        for (relation, [inside, outside]) in &self.links {
            writeln!(
                f,
                "  {relation:<14} within {inside:>6}  across {outside:>5}"
            )?;
            if matches!(relation, Relation::Duplicate | Relation::Contradiction) {
                (within, across) = (within + inside, across + outside);
            }
        }
        let share = across as f64 / (within + across).max(1) as f64;
        writeln!(
            f,
            "  duplicates and contradictions: {within} within, {across} across ({:.1} %)",
            100.0 * share
        )?;
        for (what, list) in [
            ("conflicts of figures", &self.conflicts),
            ("links across", &self.strangers),
        ] {
            write!(f, "  {what}, {} of {}:", list.len().min(DRAWN), list.len())?;
            for shown in list.iter().take(DRAWN) {
                write!(f, "\n{shown}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
