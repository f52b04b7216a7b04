//! Texts that come again word for word.

use super::of_map;
use crate::text::{self, DateMention};
use fnv::FnvHasher;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::hash::Hasher;

/// Texts that come again word for word: the first few of a kind are compared with the rest of the corpus, further ones hang
/// on one of them like the points of a star.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    /// Of each kind the only claim, or the first one.
    first: FxHashMap<u64, u32>,
    /// All claims of a kind that has several.
    more: FxHashMap<u64, Vec<u32>>,
}

/// Copies of one text that are indexed; what comes after them is only linked to one of these.
const KEPT: usize = 6;

impl Copies {
    /// What two copies share: the words of the text, signs of money and shares, what stands between and before digits ('1.5' is not '15',
    /// nor '-5' '5'), and the days that it names. Other marks and the kind of white space do not count. Of a billion texts a few share their
    /// key with another by chance.
    pub fn key(words: &str, dates: &[DateMention]) -> u64 {
        let mut key = FnvHasher::default();
        let (mut last, mut mark, mut apart) = (None, None, false);
        for c in text::fold(words).chars() {
            if c.is_alphanumeric() {
                let sign = mark == Some((None, '-'));
                let between = last.is_some_and(char::is_numeric) && mark.is_some();
                if c.is_numeric() && (sign || between) {
                    key.write(&mark.map_or(0, |(_, m)| u32::from(m)).to_le_bytes());
                }
                // 'Now here' is not 'nowhere'.
                if apart && last.is_some() {
                    key.write(&[0]);
                }
                key.write(&u32::from(c).to_le_bytes());
                (last, mark, apart) = (Some(c), None, false);
            } else {
                apart |= c.is_whitespace() || matches!(c, '-' | '–' | '—');
                if matches!(c, '$' | '€' | '£' | '¥' | '%') {
                    key.write(&u32::from(c).to_le_bytes());
                }
                // What stands before it: a letter or digit, or nothing that belongs to it.
                let before = if mark.is_none() { last } else { None };
                mark = Some((before, c));
            }
        }
        for date in dates {
            for day in [date.interval.from, date.interval.to] {
                key.write(&day.year().to_le_bytes());
                key.write(&[day.month().unsigned_abs(), day.day().unsigned_abs()]);
            }
        }
        key.finish()
    }

    /// Adds a claim; whether it is to be indexed, since not enough copies are.
    pub fn add(&mut self, key: u64, claim: u32) -> bool {
        let first = match self.first.entry(key) {
            Entry::Vacant(free) => {
                free.insert(claim);
                return true;
            }
            Entry::Occupied(held) => *held.get(),
        };
        let group = self.more.entry(key).or_insert_with(|| vec![first]);
        group.push(claim);
        group.len() <= KEPT
    }

    /// Takes a claim out; whether it was not indexed, and else the one that is to be indexed in its place.
    pub fn remove(&mut self, key: u64, claim: u32) -> (bool, Option<u32>) {
        let Some(group) = self.more.get_mut(&key) else {
            if self.first.get(&key) == Some(&claim) {
                self.first.remove(&key);
            }
            return (false, None);
        };
        let Some(at) = group.iter().position(|c| *c == claim) else {
            return (false, None);
        };
        group.remove(at);
        let next = (at < KEPT).then(|| group.get(KEPT - 1).copied()).flatten();
        self.first.insert(key, group[0]);
        if group.len() == 1 {
            self.more.remove(&key);
        }
        (at >= KEPT, next)
    }

    /// Those of a kind that are indexed and stand for a claim that is not.
    pub fn standing(&self, key: u64, claim: u32) -> Option<&[u32]> {
        let kept = self.more.get(&key)?.get(..KEPT)?;
        (!kept.contains(&claim)).then_some(kept)
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        // order: summed.
        // order: summed.
        let lists = self.more.values();
        let lists = lists.map(|keys| keys.capacity() * size_of::<u32>());
        of_map(self.first.capacity(), size_of::<(u64, u32)>())
            + of_map(self.more.capacity(), size_of::<(u64, Vec<u32>)>())
            + lists.sum::<usize>()
    }

    /// Those of a kind that are not indexed, and so not found by a search.
    pub fn hanging(&self, key: u64) -> &[u32] {
        let group = self.more.get(&key).map_or(&[][..], Vec::as_slice);
        group.get(KEPT..).unwrap_or_default()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.first.clear();
        self.more.clear();
    }
}
