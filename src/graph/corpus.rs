//! What the graph holds of articles and claims: who issued which id, what was read, how rare the words are.

use super::memory;
use super::readings::Readings;
use crate::block::of_map;
use crate::error::{Error, ErrorKind};
use crate::judge::{Rarity, Reading, Setting, Sketch, Statement};
use crate::lexicon::Lexicon;
use crate::model::{Article, ArticleId, Claim, ClaimId, Source, SourceId};
use crate::text::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

/// A claim with its sketch.
#[derive(Debug, Clone)]
pub(crate) struct HeldClaim {
    pub(crate) claim: Claim,
    pub(crate) article: ArticleId,
    pub(crate) sketch: Sketch,
}

/// What is read of an article before it is held.
#[derive(Debug)]
pub(super) struct Draft {
    key: String,
    language: Option<String>,
    setting: Setting,
    claims: Vec<(Claim, Sketch)>,
}

impl Draft {
    /// Reads an article's claims. This is most of what adding them costs, and asks nothing of the graph.
    pub(super) fn new(article: &Article, claims: Vec<Claim>, lexicon: &Lexicon) -> Self {
        let sketched = |mut claim: Claim| {
            memory::trim(&mut claim);
            let statement = Statement::of_claim(article, &claim, lexicon);
            let sketch = Sketch::new(&statement, lexicon);
            (claim, sketch)
        };
        Self {
            key: article.id_or_made(),
            language: article.recognised_language().map(str::to_owned),
            setting: Setting::of(article),
            claims: claims.into_iter().map(sketched).collect(),
        }
    }
}

#[derive(Debug, Clone)]
struct Held {
    key: String,
    article: Article,
    /// What the article is about by itself, and beside the others.
    own_setting: Setting,
    setting: Setting,
    claims: Vec<ClaimId>,
}

impl Held {
    fn statement<'a>(&'a self, claim: &'a Claim, lexicon: &Lexicon) -> Statement<'a> {
        Statement {
            setting: Some(&self.setting),
            ..Statement::of_claim(&self.article, claim, lexicon)
        }
    }
}

/// Where the claims of an article stand among all.
pub(super) enum Numbers {
    /// One after the other.
    Together(Range<u32>),
    /// Claims were added later.
    Apart(ArticleId),
}

/// Articles and claims by id. Ids are issued in order and never again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Corpus {
    articles: Vec<Option<Box<Held>>>,
    claims: Vec<Option<Box<HeldClaim>>>,
    /// The article of each claim by itself: the search for candidates asks for nothing else of them.
    homes: Vec<Option<ArticleId>>,
    by_key: FxHashMap<String, ArticleId>,
    /// Names of sources in order of their ids.
    sources: Vec<String>,
    source_ids: BTreeMap<String, SourceId>,
    /// In how many articles a stem stands, by its hash.
    spread: FxHashMap<u32, u32>,
    /// In how many articles a name stands, by its hash.
    named: FxHashMap<u32, u32>,
    readings: Readings,
    /// The article that claims were last added to by themselves, with the stems of its claims.
    filling: Option<(ArticleId, FxHashSet<u32>)>,
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

    pub(super) fn add(&mut self, mut article: Article, draft: Draft) -> ArticleId {
        let id = ArticleId::from_index(self.articles.len());
        let Draft {
            key,
            language,
            setting,
            claims,
        } = draft;
        article.language = language;
        if !self.source_ids.contains_key(&article.source) {
            self.source_ids.insert(
                article.source.clone(),
                SourceId::from_index(self.sources.len()),
            );
            self.sources.push(article.source.clone());
        }
        self.by_key.insert(key.clone(), id);
        let names: Vec<u32> = setting.names().collect();
        let mut held = Held {
            key,
            setting: setting.among(self.count + 1, |name| {
                self.named.get(&name).map_or(0, |n| *n as usize)
            }),
            own_setting: setting,
            article,
            claims: Vec::with_capacity(claims.len()),
        };
        for (claim, sketch) in claims {
            held.claims.push(ClaimId::from_index(self.claims.len()));
            self.homes.push(Some(id));
            self.claims.push(Some(Box::new(HeldClaim {
                claim,
                article: id,
                sketch,
            })));
        }
        self.articles.push(Some(Box::new(held)));
        for stem in self.stems(id) {
            *self.spread.entry(stem).or_default() += 1;
        }
        for name in names {
            *self.named.entry(name).or_default() += 1;
        }
        self.count += 1;
        self.weigh();
        id
    }

    /// Distinct stems of an article's claims.
    fn stems(&self, article: ArticleId) -> Vec<u32> {
        let claims = self.claims_of(article);
        let entries = claims.iter().filter_map(|claim| self.entry(*claim));
        let mut stems: Vec<u32> = entries.flat_map(|e| e.sketch.stems()).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    pub(super) fn add_claim(
        &mut self,
        article: ArticleId,
        claim: Claim,
        lexicon: &Lexicon,
    ) -> ClaimId {
        let id = ClaimId::from_index(self.claims.len());
        // Whoever adds one claim adds more: its stems are gathered once.
        let known = match &mut self.filling {
            Some((filling, known)) if *filling == article => std::mem::take(known),
            _ => self.stems(article).into_iter().collect(),
        };
        let mut known: FxHashSet<u32> = known;
        if let Some(held) = (self.articles.get_mut(article.index())).and_then(Option::as_mut) {
            let sketch = Sketch::new(&held.statement(&claim, lexicon), lexicon);
            for stem in sketch.stems() {
                if known.insert(stem) {
                    *self.spread.entry(stem).or_default() += 1;
                }
            }
            held.claims.push(id);
            self.homes.push(Some(article));
            self.claims.push(Some(Box::new(HeldClaim {
                claim,
                article,
                sketch,
            })));
        }
        self.filling = Some((article, known));
        id
    }

    pub(super) fn retract(&mut self, article: ArticleId) {
        self.filling = None;
        let stems = self.stems(article);
        let Some(held) = self
            .articles
            .get_mut(article.index())
            .and_then(Option::take)
        else {
            return;
        };
        self.by_key.remove(&held.key);
        let less = |counts: &mut FxHashMap<u32, u32>, what: u32| {
            if let Entry::Occupied(mut count) = counts.entry(what) {
                *count.get_mut() -= 1;
                if *count.get() == 0 {
                    count.remove();
                }
            }
        };
        stems.into_iter().for_each(|s| less(&mut self.spread, s));
        (held.own_setting.names()).for_each(|n| less(&mut self.named, n));
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
        // order: each sets its own.
        for (stem, n) in &self.spread {
            if *n > 1 {
                rarity.set_hashed(*stem, Rarity::bucket(*n as usize, self.count));
            }
        }
        rarity.set_alike(self.alike, self.told);
        let (count, named) = (self.count, &self.named);
        let spread = |name: u32| named.get(&name).map_or(0, |n| *n as usize);
        let mut changed = false;
        for held in self.articles.iter_mut().flatten() {
            let setting = held.own_setting.among(count, spread);
            changed |= setting != held.setting;
            held.setting = setting;
        }
        // They were read with the settings that were.
        if changed {
            self.readings.clear();
        }
        self.rarity = rarity;
    }

    /// Bytes of the articles' texts, and of what else is known of them.
    pub(super) fn bytes_of_articles(&self) -> (usize, usize) {
        let held = self.articles.iter().flatten();
        let text = held.clone().map(|h| h.article.text.capacity()).sum();
        let rest = held.map(|h| {
            // The key stands in the map of keys, too.
            let keys = 2 * h.key.capacity() + size_of::<(String, ArticleId)>();
            let settings = h.own_setting.bytes() + h.setting.bytes();
            let claims = h.claims.capacity() * size_of::<ClaimId>();
            memory::of_article(&h.article) + keys + settings + claims
        });
        let own = self.articles.capacity() * size_of::<Option<Box<Held>>>()
            + self.count * size_of::<Held>();
        (text, own + rest.sum::<usize>())
    }

    /// Bytes of the claims, and of their sketches.
    pub(super) fn bytes_of_claims(&self) -> (usize, usize) {
        let held = self.claims.iter().flatten();
        let sketch = |c: &HeldClaim| size_of::<Sketch>() + c.sketch.bytes();
        let own = size_of::<HeldClaim>() - size_of::<Sketch>();
        let sketches: usize = held.clone().map(|c| sketch(c)).sum();
        let claims: usize = held.map(|c| own + memory::of_claim(&c.claim)).sum();
        let each = size_of::<Option<Box<HeldClaim>>>() + size_of::<Option<ArticleId>>();
        (self.claims.capacity() * each + claims, sketches)
    }

    /// Bytes of the counts of words and names.
    pub(super) fn bytes_of_counts(&self) -> usize {
        let maps = [&self.spread, &self.named];
        maps.map(|m| of_map(m.capacity(), size_of::<(u32, u32)>()))
            .iter()
            .sum()
    }

    /// Counts how many candidates stand in articles that name the same, after those counted before or afresh.
    pub(super) fn count_alike(&mut self, pairs: &[(ClaimId, ClaimId)], afresh: bool) {
        if afresh {
            (self.alike, self.told) = (0, 0);
        }
        let told =
            (pairs.iter()).filter_map(|(a, b)| self.setting(*a)?.is_alike(self.setting(*b)?));
        let (alike, told) = told.fold((0, 0), |(alike, told), is| {
            (alike + usize::from(is), told + 1)
        });
        self.alike += alike;
        self.told += told;
        self.rarity.set_alike(self.alike, self.told);
    }

    /// The setting of a claim's article.
    fn setting(&self, claim: ClaimId) -> Option<&Setting> {
        let article = self.home(claim)?;
        self.articles
            .get(article.index())?
            .as_ref()
            .map(|h| &h.setting)
    }

    /// The same of a claim and a statement from elsewhere; `None` where that brings no setting.
    pub(crate) fn one_event_as(&self, claim: ClaimId, setting: Option<&Setting>) -> Option<f64> {
        self.rarity.one_event(self.setting(claim)?, setting?)
    }

    /// The probability that the articles of two claims tell of one event, as far as their names and the rest of the corpus tell.
    pub(super) fn one_event(&self, a: ClaimId, b: ClaimId) -> Option<f64> {
        self.rarity.one_event(self.setting(a)?, self.setting(b)?)
    }

    pub(crate) fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    pub(super) fn article_count(&self) -> usize {
        self.count
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

    /// The numbers of an article's claims.
    pub(super) fn numbers(&self, id: ArticleId) -> Numbers {
        let held = self.articles.get(id.index()).and_then(Option::as_ref);
        let claims = held.map_or(&[][..], |h| &h.claims);
        let ends = (claims.first(), claims.last());
        match ends {
            (Some(first), Some(last)) if last.index() - first.index() + 1 == claims.len() => {
                Numbers::Together(first.index() as u32..last.index() as u32 + 1)
            }
            _ => Numbers::Apart(id),
        }
    }

    pub(super) fn home(&self, id: ClaimId) -> Option<ArticleId> {
        *self.homes.get(id.index())?
    }

    pub(crate) fn entry(&self, id: ClaimId) -> Option<&HeldClaim> {
        self.claims.get(id.index())?.as_deref()
    }

    /// A claim with what is known around it.
    pub(crate) fn statement(&self, id: ClaimId, lexicon: &Lexicon) -> Option<Statement<'_>> {
        let entry = self.entry(id)?;
        let held = self.articles.get(entry.article.index())?.as_ref()?;
        Some(held.statement(&entry.claim, lexicon))
    }

    /// What is read of a claim; read now, unless it was asked for not long ago.
    pub(crate) fn reading(&self, id: ClaimId, lexicon: &Lexicon) -> Option<Arc<Reading>> {
        let statement = self.statement(id, lexicon)?;
        Some((self.readings).get(id, || Reading::new(&statement, lexicon)))
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
        let mut out = Vec::with_capacity(self.claims.len());
        for (article, _) in self.articles() {
            let from = out.len();
            out.extend(self.claims_of(article));
            let place = |id: &ClaimId| {
                self.entry(*id)
                    .map(|e| (e.claim.span.start, e.claim.span.end))
            };
            // Claims of one place keep the order in which they were added.
            out[from..].sort_by_key(place);
        }
        out
    }

    pub(super) fn articles(&self) -> Vec<(ArticleId, &Article)> {
        let mut out: Vec<(ArticleId, &Held)> = self
            .articles
            .iter()
            .enumerate()
            .filter_map(|(i, h)| h.as_deref().map(|h| (ArticleId::from_index(i), h)))
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
