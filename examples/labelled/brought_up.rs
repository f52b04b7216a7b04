//! The pairs of claims that a graph of some articles would look at, for programs that learn from what the judge is asked.

use claimgraph::block::{BlockOptions, Index};
use claimgraph::extract::Extractor;
use claimgraph::judge::{Rarity, Reading, Setting, Sketch, Statement};
use claimgraph::{Article, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The claims of some articles, and what a search brings up of them.
pub struct BroughtUp {
    pub claims: Vec<Arc<Reading>>,
    pub sketches: Vec<Sketch>,
    /// The number of each claim's article, and where in it the claim stands.
    pub spots: Vec<(usize, Span)>,
    /// What each article is about, beside the others.
    pub settings: Vec<Setting>,
    pub rarity: Rarity,
    /// Places of two claims of different articles, the lesser first.
    pub pairs: BTreeSet<(usize, usize)>,
}

impl BroughtUp {
    /// Reads articles as a graph does. Candidates are those of every so many claims.
    pub fn of(articles: &[Article], every: usize) -> Self {
        let extractor = Extractor::default();
        let lexicon = extractor.lexicon();
        let own: Vec<Setting> = articles.iter().map(Setting::of).collect();
        let mut named: BTreeMap<u32, usize> = BTreeMap::new();
        let names = own.iter().flat_map(Setting::names);
        names.for_each(|name| *named.entry(name).or_default() += 1);
        let spread = |name| named.get(&name).copied().unwrap_or(0);
        let settings: Vec<Setting> = own
            .iter()
            .map(|s| s.among(articles.len(), spread))
            .collect();
        let (mut claims, mut spots) = (Vec::new(), Vec::new());
        let mut stood: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (article, setting)) in articles.iter().zip(&settings).enumerate() {
            let mut stems = BTreeSet::new();
            for claim in extractor.claims(article) {
                let statement = Statement {
                    setting: Some(setting),
                    ..Statement::of_claim(article, &claim, lexicon)
                };
                let reading = Reading::new(&statement, lexicon);
                stems.extend(reading.stems().map(str::to_owned));
                claims.push(Arc::new(reading));
                spots.push((at, claim.span));
            }
            stems
                .into_iter()
                .for_each(|stem| *stood.entry(stem).or_default() += 1);
        }
        let mut rarity = Rarity::background();
        for (stem, count) in &stood {
            rarity.set(stem, Rarity::bucket(*count, articles.len()));
        }
        let sketches: Vec<Sketch> = claims.iter().map(|c| c.sketch()).collect();
        let mut index = Index::new(BlockOptions::default());
        for (key, sketch) in sketches.iter().enumerate() {
            index.add(key as u32, &sketch.terms());
        }
        let mut pairs = BTreeSet::new();
        for at in (0..sketches.len()).step_by(every) {
            let skip = |key: u32| spots[key as usize].0 == spots[at].0;
            let found = index.candidates(&sketches[at].terms(), skip, |key| key);
            let found = found.keys.iter().map(|key| *key as usize);
            pairs.extend(found.map(|key| (at.min(key), at.max(key))));
        }
        let alike =
            |(a, b): &(usize, usize)| settings[spots[*a].0].is_alike(&settings[spots[*b].0]);
        let told: Vec<bool> = pairs.iter().filter_map(alike).collect();
        rarity.set_alike(told.iter().filter(|is| **is).count(), told.len());
        Self {
            claims,
            sketches,
            spots,
            settings,
            rarity,
            pairs,
        }
    }
}
