//! What a graph holds, in bytes.

use super::ClaimGraph;
use crate::model::{Article, Claim};
use serde::Serialize;
use std::mem::size_of;

/// Bytes that the parts of a graph take, as they asked for them: an allocator adds some eight bytes to each piece, and its own waste.
/// Readings of the latest claims, some tens of megabytes in a graph of any size, and the lists of clusters and disputes are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Memory {
    /// The articles' own words.
    pub text: usize,
    /// What else is known of articles: source, title, metadata, names that tell what they are about.
    pub articles: usize,
    /// Claims: spans, speakers, names, figures, days.
    pub claims: usize,
    /// What a first look at each claim needs.
    pub sketches: usize,
    /// The index that candidates are found in, and the lists of copies.
    pub index: usize,
    /// Nodes and links, and what was judged of pairs.
    pub links: usize,
    /// Counts of words and names.
    pub counts: usize,
}

impl Memory {
    /// The sum of all parts.
    pub fn total(&self) -> usize {
        [
            self.text,
            self.articles,
            self.claims,
            self.sketches,
            self.index,
            self.links,
            self.counts,
        ]
        .iter()
        .sum()
    }
}

impl ClaimGraph {
    /// The bytes that the graph holds, by part. Costs a look at every claim.
    pub fn memory(&self) -> Memory {
        let (text, articles) = self.corpus.bytes_of_articles();
        let (claims, sketches) = self.corpus.bytes_of_claims();
        let edges = self.graph.edge_count() * (size_of::<super::Link>() + 4 * size_of::<u32>());
        let nodes = self.nodes.capacity() * (size_of::<u32>() + 4 * size_of::<u32>());
        let related = self.related.capacity() * size_of::<super::Related>();
        Memory {
            text,
            articles,
            claims,
            sketches,
            index: self.index.bytes() + self.copies.bytes(),
            links: edges + nodes + related + self.company.bytes(),
            counts: self.corpus.bytes_of_counts(),
        }
    }
}

/// Gives back what lists were given to grow into.
pub(super) fn trim(claim: &mut Claim) {
    claim.attribution.via.shrink_to_fit();
    claim.names.shrink_to_fit();
    claim.quantities.shrink_to_fit();
    claim.dates.shrink_to_fit();
    claim.annotations.shrink_to_fit();
    for name in &mut claim.names {
        name.text.shrink_to_fit();
    }
}

/// Bytes of what an article refers to, its text left out.
pub(super) fn of_article(article: &Article) -> usize {
    let option = |text: &Option<String>| text.as_ref().map_or(0, String::capacity);
    let metadata = article.metadata.iter().map(|(key, value)| {
        key.capacity() + size_of::<serde_json::Value>() + value.as_str().map_or(0, str::len)
    });
    option(&article.id)
        + article.source.capacity()
        + option(&article.title)
        + option(&article.url)
        + option(&article.language)
        + metadata.sum::<usize>()
}

/// Bytes of what a claim refers to.
pub(super) fn of_claim(claim: &Claim) -> usize {
    fn list<T>(list: &Vec<T>, each: impl Fn(&T) -> usize) -> usize {
        list.capacity() * size_of::<T>() + list.iter().map(each).sum::<usize>()
    }
    let option = |text: &Option<String>| text.as_ref().map_or(0, String::capacity);
    option(&claim.attribution.speaker)
        + list(&claim.attribution.via, String::capacity)
        + list(&claim.names, |n| {
            n.text.capacity() + option(&n.country) + option(&n.role)
        })
        + list(&claim.quantities, |q| option(&q.unit) + option(&q.head))
        + list(&claim.dates, |_| 0)
        + list(&claim.annotations, |a| a.text.capacity())
}
