//! What is held of texts: their keys, and which of them hold a word.

use super::words::Sketch;
use std::collections::BTreeSet;

/// A distinct text: its words as [`words`] gives them, and the keys it goes by.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) words: Box<[u32]>,
    pub(super) keys: Keys,
}

/// The keys of one text: nearly always one.
#[derive(Debug, Clone)]
pub(super) enum Keys {
    One(u32),
    Many(BTreeSet<u32>),
}

impl Default for Keys {
    fn default() -> Self {
        Self::Many(BTreeSet::new())
    }
}

impl Keys {
    pub(super) fn insert(&mut self, key: u32) {
        match self {
            Self::Many(keys) => {
                keys.insert(key);
            }
            Self::One(first) => *self = Self::Many(BTreeSet::from([*first, key])),
        }
    }

    /// Whether none is left.
    pub(super) fn remove(&mut self, key: u32) -> bool {
        match self {
            Self::One(_) => true,
            Self::Many(keys) => {
                keys.remove(&key);
                keys.is_empty()
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Many(keys) => keys.len(),
        }
    }

    /// In their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        let (one, many) = match self {
            Self::One(key) => (Some(*key), None),
            Self::Many(keys) => (None, Some(keys.iter().copied())),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

/// The texts that hold a word. Up to `common` in any order; of more, the `common` whose hashes are smallest come first and in
/// order: the same few are looked at by every text, whatever the order of adding.
#[derive(Debug, Clone, Default)]
pub(super) struct Posting(pub(super) Vec<u32>);

impl Posting {
    pub(super) fn insert(&mut self, text: u32, common: usize, sketches: &[Sketch]) {
        let hash = |at: u32| sketches[at as usize].hash;
        let list = &mut self.0;
        if list.len() == common {
            list.sort_unstable_by_key(|at| hash(*at));
        }
        list.push(text);
        if list.len() > common && common > 0 && hash(text) < hash(list[common - 1]) {
            let place = list[..common].partition_point(|at| hash(*at) < hash(text));
            // What was last of the first goes where the new one stood.
            let last = list.len() - 1;
            list.swap(common - 1, last);
            list[place..common].rotate_right(1);
        }
    }

    pub(super) fn remove(&mut self, text: u32, common: usize, sketches: &[Sketch]) {
        let list = &mut self.0;
        let Some(place) = place(list, text) else {
            return;
        };
        if place >= common || list.len() <= common {
            list.swap_remove(place);
            return;
        }
        list.remove(place);
        let rest = list[common - 1..].iter().enumerate();
        let next = rest.min_by_key(|(_, at)| sketches[**at as usize].hash);
        if let Some((next, _)) = next {
            list.swap(common - 1, common - 1 + next);
        }
    }
}

/// Where a number stands. So many at a time without a question in between: a list may be as long as there are texts.
fn place(list: &[u32], text: u32) -> Option<usize> {
    const WIDTH: usize = 64;
    let holds = |some: &[u32]| some.iter().fold(false, |held, at| held | (*at == text));
    let some = list.chunks(WIDTH).position(holds)?;
    let within = list[some * WIDTH..].iter().position(|at| *at == text)?;
    Some(some * WIDTH + within)
}
