//! What the graph holds of articles and claims: who issued which id, what was read, how rare the words are.

use crate::error::{Error, ErrorKind};
use crate::judge::{Rarity, Reading, Setting, Statement};
use crate::lexicon::Lexicon;
use crate::model::{Article, ArticleId, Claim, ClaimId, Source, SourceId};
use crate::text::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A claim with its reading.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) claim: Claim,
    pub(crate) article: ArticleId,
    pub(crate) reading: Reading,
}

#[derive(Debug, Clone)]
struct Held {
    key: String,
    article: Article,
    setting: Setting,
    claims: Vec<ClaimId>,
    /// Distinct stems of its claims, for taking their counts back.
    stems: Vec<String>,
}

impl Held {
    fn statement<'a>(&'a self, claim: &'a Claim, lexicon: &Lexicon) -> Statement<'a> {
        Statement {
            setting: Some(&self.setting),
            ..Statement::of_claim(&self.article, claim, lexicon)
        }
    }

    fn read(&self, claim: &Claim, lexicon: &Lexicon) -> Reading {
        Reading::new(&self.statement(claim, lexicon), lexicon)
    }
}

/// Articles and claims by id. Ids are issued in order and never again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corpus {
    articles: Vec<Option<Held>>,
    claims: Vec<Option<Entry>>,
    /// The article of each claim by itself: the search for candidates asks for nothing else of them.
    homes: Vec<Option<ArticleId>>,
    by_key: FxHashMap<String, ArticleId>,
    /// Names of sources in order of their ids.
    sources: Vec<String>,
    source_ids: BTreeMap<String, SourceId>,
    /// In how many articles a stem stands.
    spread: BTreeMap<String, usize>,
    count: usize,
    rarity: Rarity,
    /// Candidates whose articles name the same, and all whose articles tell.
    alike: usize,
    told: usize,
    /// How many articles there were when the rarities were last brought up to date.
    weighed_at: usize,
}

/// What output is sorted by: publication date (undated last), article id, place.
pub(crate) type Rank<'a> = (bool, Option<Date>, &'a str, usize, usize);

impl Corpus {
    /// The id of the article where the very same is held.
    pub(super) fn holds(&self, article: &Article) -> Result<Option<ArticleId>, Error> {
        let key = article.id_or_made();
        let Some(id) = self.by_key.get(&key) else {
            return Ok(None);
        };
        match self.article(*id) {
            Some(held) if held.text == article.text => Ok(Some(*id)),
            Some(held) => Err(Error::new(
                ErrorKind::ClashingId,
                format!(
                    "article id {key:?} is taken by another text of {:?}: expected one text for an id",
                    held.source
                ),
            )),
            None => Ok(None),
        }
    }

    pub(super) fn add(
        &mut self,
        article: Article,
        claims: Vec<Claim>,
        lexicon: &Lexicon,
    ) -> ArticleId {
        let id = ArticleId::from_index(self.articles.len());
        let key = article.id_or_made();
        if !self.source_ids.contains_key(&article.source) {
            self.source_ids.insert(
                article.source.clone(),
                SourceId::from_index(self.sources.len()),
            );
            self.sources.push(article.source.clone());
        }
        self.by_key.insert(key.clone(), id);
        let mut held = Held {
            key,
            setting: Setting::of(&article),
            article,
            claims: Vec::new(),
            stems: Vec::new(),
        };
        for claim in claims {
            let reading = held.read(&claim, lexicon);
            held.stems.extend(reading.stems().map(str::to_owned));
            held.claims.push(ClaimId::from_index(self.claims.len()));
            self.homes.push(Some(id));
            self.claims.push(Some(Entry {
                claim,
                article: id,
                reading,
            }));
        }
        held.stems.sort_unstable();
        held.stems.dedup();
        for stem in &held.stems {
            *self.spread.entry(stem.clone()).or_default() += 1;
        }
        self.count += 1;
        self.articles.push(Some(held));
        self.weigh();
        id
    }

    pub(super) fn add_claim(
        &mut self,
        article: ArticleId,
        claim: Claim,
        lexicon: &Lexicon,
    ) -> ClaimId {
        let id = ClaimId::from_index(self.claims.len());
        if let Some(held) = self
            .articles
            .get_mut(article.index())
            .and_then(Option::as_mut)
        {
            let reading = held.read(&claim, lexicon);
            for stem in reading.stems() {
                if let Err(at) = held.stems.binary_search_by(|s| s.as_str().cmp(stem)) {
                    held.stems.insert(at, stem.to_owned());
                    *self.spread.entry(stem.to_owned()).or_default() += 1;
                }
            }
            held.claims.push(id);
            self.homes.push(Some(article));
            self.claims.push(Some(Entry {
                claim,
                article,
                reading,
            }));
        }
        id
    }

    pub(super) fn retract(&mut self, article: ArticleId) {
        let Some(held) = self
            .articles
            .get_mut(article.index())
            .and_then(Option::take)
        else {
            return;
        };
        self.by_key.remove(&held.key);
        for stem in &held.stems {
            if let Some(n) = self.spread.get_mut(stem) {
                *n -= 1;
                if *n == 0 {
                    self.spread.remove(stem);
                }
            }
        }
        for claim in held.claims {
            if let Some(slot) = self.claims.get_mut(claim.index()) {
                *slot = None;
                self.homes[claim.index()] = None;
            }
        }
        self.count -= 1;
        self.weigh();
    }

    /// Brings the buckets up to date where it is due. They change rarely once a corpus has grown, but a small one must be right
    /// at once: whenever the number of articles has changed by a sixteenth.
    fn weigh(&mut self) {
        if self.count.abs_diff(self.weighed_at) > self.weighed_at / 16 {
            self.weigh_now();
        }
    }

    /// The same, due or not: then the rarities do not depend on when articles came and went.
    pub(super) fn weigh_now(&mut self) {
        self.weighed_at = self.count;
        let mut rarity = Rarity::background();
        for (stem, n) in &self.spread {
            if *n > 1 {
                rarity.set(stem, Rarity::bucket(*n, self.count));
            }
        }
        rarity.set_alike(self.alike, self.told);
        self.rarity = rarity;
    }

    /// Counts how many candidates stand in articles that name the same, after those counted before or afresh.
    pub(super) fn count_alike(&mut self, pairs: &[(ClaimId, ClaimId)], afresh: bool) {
        if afresh {
            (self.alike, self.told) = (0, 0);
        }
        let setting = |claim: ClaimId| {
            let id = self.homes.get(claim.index())?.as_ref()?;
            self.articles.get(id.index())?.as_ref().map(|h| &h.setting)
        };
        let told = (pairs.iter()).filter_map(|(a, b)| setting(*a)?.is_alike(setting(*b)?));
        let (alike, told) = told.fold((0, 0), |(alike, told), is| {
            (alike + usize::from(is), told + 1)
        });
        self.alike += alike;
        self.told += told;
        self.rarity.set_alike(self.alike, self.told);
    }

    pub(crate) fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    pub(super) fn article_count(&self) -> usize {
        self.count
    }

    /// Drops what student and network made of all claims.
    pub(super) fn forget(&mut self) {
        for entry in self.claims.iter_mut().flatten() {
            entry.reading.forget();
        }
    }

    pub(crate) fn article(&self, id: ArticleId) -> Option<&Article> {
        self.articles.get(id.index())?.as_ref().map(|h| &h.article)
    }

    /// The input's id of an article, or the one made for it.
    pub(crate) fn key(&self, id: ArticleId) -> Option<&str> {
        self.articles
            .get(id.index())?
            .as_ref()
            .map(|h| h.key.as_str())
    }

    pub(super) fn claims_of(&self, id: ArticleId) -> Vec<ClaimId> {
        self.articles
            .get(id.index())
            .and_then(Option::as_ref)
            .map(|h| h.claims.clone())
            .unwrap_or_default()
    }

    pub(super) fn home(&self, id: ClaimId) -> Option<ArticleId> {
        *self.homes.get(id.index())?
    }

    pub(crate) fn entry(&self, id: ClaimId) -> Option<&Entry> {
        self.claims.get(id.index())?.as_ref()
    }

    /// What was read of a claim.
    pub(crate) fn statement(&self, id: ClaimId, lexicon: &Lexicon) -> Option<Statement<'_>> {
        let entry = self.entry(id)?;
        let held = self.articles.get(entry.article.index())?.as_ref()?;
        Some(held.statement(&entry.claim, lexicon))
    }

    pub(crate) fn rank(&self, id: ClaimId) -> Rank<'_> {
        let Some(entry) = self.entry(id) else {
            return (true, None, "", 0, id.index());
        };
        let Some(held) = self
            .articles
            .get(entry.article.index())
            .and_then(Option::as_ref)
        else {
            return (true, None, "", 0, id.index());
        };
        let day = held.article.published;
        (
            day.is_none(),
            day,
            &held.key,
            entry.claim.span.start,
            entry.claim.span.end,
        )
    }

    /// All claims in the order of output.
    pub(crate) fn ordered(&self) -> Vec<ClaimId> {
        let mut out: Vec<ClaimId> = (0..self.claims.len())
            .filter(|i| self.claims[*i].is_some())
            .map(ClaimId::from_index)
            .collect();
        out.sort_by(|a, b| self.rank(*a).cmp(&self.rank(*b)));
        out
    }

    pub(super) fn articles(&self) -> Vec<(ArticleId, &Article)> {
        let mut out: Vec<(ArticleId, &Held)> = self
            .articles
            .iter()
            .enumerate()
            .filter_map(|(i, h)| h.as_ref().map(|h| (ArticleId::from_index(i), h)))
            .collect();
        out.sort_by(|(_, x), (_, y)| {
            let rank = |h: &Held| (h.article.published.is_none(), h.article.published);
            rank(x).cmp(&rank(y)).then_with(|| x.key.cmp(&y.key))
        });
        out.into_iter().map(|(id, h)| (id, &h.article)).collect()
    }

    pub(super) fn sources(&self) -> Vec<(SourceId, Source)> {
        let held = self.articles.iter().flatten();
        let held: FxHashSet<&str> = held.map(|h| h.article.source.as_str()).collect();
        self.source_ids
            .iter()
            .filter(|(name, _)| held.contains(name.as_str()))
            .map(|(name, id)| (*id, Source { name: name.clone() }))
            .collect()
    }
}
