//! What a source's pages have in common. Knows lines by their hashes, not what they say.

use super::furniture;
use crate::model::Article;
use fnv::FnvHasher;
use rustc_hash::FxHashMap;
use std::hash::Hasher;

/// How often the lines of a source's pages return: a line seen in several of its articles is furniture. Several printings of one
/// story count as one article. What is known does not depend on the order in which articles were seen.
#[derive(Debug, Clone, Default)]
pub struct SourceProfile {
    /// For the hash of a line's key the stories that carry it, up to as many as matter.
    lines: FxHashMap<u64, Stories>,
    articles: u32,
}

/// Different stories, by what stands for each.
type Stories = [Option<u64>; REPEATS];

/// A line is furniture once this many articles of the source carry it.
const REPEATS: usize = 3;
/// Lines of more bytes than this are not remembered: what returns on every page is short.
const REMEMBERED: usize = 1000;
/// Lines of fewer bytes than this do not tell one story from another.
const TELLING: usize = 100;

impl SourceProfile {
    /// A profile that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the lines of one more article of the source.
    pub fn observe(&mut self, article: &Article) {
        self.articles += 1;
        let rows = furniture::lines(&article.text);
        let short = rows.iter().filter(|l| l.len() <= REMEMBERED);
        let mut keys: Vec<(u64, bool)> = short
            .filter_map(|l| l.of(&article.text).map(furniture::key).map(|k| (l, k)))
            .map(|(l, key)| (hash(&key), l.len() >= TELLING))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        // The least hash of the long lines stands for the story: printings that share most of these mostly share it.
        let long = keys.iter().filter(|(_, long)| *long).map(|(key, _)| *key);
        let story = long.min().unwrap_or_else(|| hash(&article.text));
        for (key, _) in keys {
            let stories = self.lines.entry(key).or_default();
            if stories.contains(&Some(story)) {
                continue;
            }
            if let Some(free) = stories.iter_mut().find(|s| s.is_none()) {
                *free = Some(story);
            }
        }
    }

    /// Number of articles seen.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    pub(super) fn repeated(&self, key: &str) -> bool {
        let stories = self.lines.get(&hash(key));
        stories.is_some_and(|s| s.iter().all(Option::is_some))
    }
}

/// The same on every machine.
fn hash(key: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(key.as_bytes());
    hasher.finish()
}
