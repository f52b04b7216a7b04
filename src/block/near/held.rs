//! What is held of texts: their keys, and which of them hold a word.

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
    pub(super) fn insert(&mut self, text: u32, common: usize, hashes: &[u64]) {
        let hash = |at: u32| hashes[at as usize];
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

    pub(super) fn remove(&mut self, text: u32, common: usize, hashes: &[u64]) {
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
        let next = rest.min_by_key(|(_, at)| hashes[**at as usize]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn the_first_are_those_of_the_smallest_hashes(
            common in 0..6usize,
            steps in prop::collection::vec((0..20u32, any::<bool>()), 0..80),
        ) {
            let hashes: Vec<u64> = (0..20).map(crate::block::mixed).collect();
            let (mut posting, mut held) = (Posting::default(), BTreeSet::new());
            for (text, add) in steps {
                let rank = (hashes[text as usize], text);
                if add && held.insert(rank) {
                    posting.insert(text, common, &hashes);
                } else if !add && held.remove(&rank) {
                    posting.remove(text, common, &hashes);
                }
                let first: BTreeSet<u32> = posting.0.iter().take(common).copied().collect();
                let wanted: BTreeSet<u32> = held.iter().take(common).map(|h| h.1).collect();
                prop_assert_eq!(first, wanted);
                prop_assert_eq!(posting.0.len(), held.len());
            }
        }
    }

    #[test]
    fn a_number_is_found_where_it_stands() {
        let list: Vec<u32> = (0..200).collect();
        for at in [0, 63, 64, 130, 199] {
            assert_eq!(place(&list, at), Some(at as usize));
        }
        assert_eq!(place(&list, 200), None);
    }
}
