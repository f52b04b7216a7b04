//! Outlets and what they publish.

use crate::text::{self, Date};
use fnv::FnvHasher;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::Hasher;

/// An outlet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Its name as given: 'Channel 24'.
    pub name: String,
}

/// One published text of a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The caller's id; where absent, [`Article::id_or_made`] makes one from source, date and text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name of the source.
    #[serde(alias = "domain")]
    pub source: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language that it is said to be in, as a BCP 47 tag: 'en', 'fr', 'pt-BR'. In a graph, the one that was recognised, where there is
    /// text enough.
    #[serde(default, alias = "lang", skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Day of publication; an undated article is compared without dates.
    #[serde(default, alias = "date", skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The text, as scraped.
    #[serde(alias = "content")]
    pub text: String,
    /// Every further field of the input, kept as it came.
    #[serde(flatten)]
    pub metadata: BTreeMap<String, serde_json::Value>,
}

impl Article {
    /// An undated article without title.
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: None,
            source: source.into(),
            title: None,
            url: None,
            language: None,
            published: None,
            text: text.into(),
            metadata: BTreeMap::new(),
        }
    }

    /// Sets the caller's id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the headline.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the address.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the language that it is said to be in.
    #[must_use]
    pub fn language(mut self, tag: impl Into<String>) -> Self {
        self.language = Some(tag.into());
        self
    }

    /// Sets the day of publication.
    #[must_use]
    pub fn published(mut self, day: Date) -> Self {
        self.published = Some(day);
        self
    }

    /// The language it is in: as the text shows, where there is enough of it ([`text::language`]), since what pages and feeds say of
    /// their language is often the default of some program; else as given.
    pub fn recognised_language(&self) -> Option<&str> {
        let given = self.language.as_deref();
        let Some(shown) = text::language(&self.text) else {
            return given;
        };
        // 'pt-BR' says more than 'pt'.
        let agrees = |tag: &&str| {
            let main = tag.split(['-', '_']).next();
            main.is_some_and(|main| main.eq_ignore_ascii_case(shown))
        };
        given.filter(agrees).or(Some(shown))
    }

    /// Whether it is in English, as far as can be told; a short text that says nothing else counts as English.
    pub fn is_english(&self) -> bool {
        self.recognised_language().is_none_or(text::is_english)
    }

    /// The caller's id, or one made from source, date and text (64-bit FNV-1a, the same on every machine).
    pub fn id_or_made(&self) -> String {
        if let Some(id) = &self.id {
            return id.clone();
        }
        let date = self.published.map(|d| d.to_string()).unwrap_or_default();
        let mut hash = FnvHasher::default();
        for part in [&self.source, &date, &self.text] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        format!("{:016x}", hash.finish())
    }
}
