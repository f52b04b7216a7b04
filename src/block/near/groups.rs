//! Near copies in groups around the texts that they are copies of.

use super::NearCopies;
use std::cmp::Reverse;

/// Texts that are near copies of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearGroup {
    /// What the others were verified against: the text with the most near copies.
    pub of: u32,
    /// All others, in the order of their keys.
    pub copies: Vec<u32>,
}

/// All near copies, each in one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NearGroups {
    /// In the order of the keys of [`NearGroup::of`]; texts without a near copy are in none.
    pub groups: Vec<NearGroup>,
    /// Whether a cap left something out.
    pub truncated: bool,
}

/// Near copies of a text, the most alike, that count in making groups.
const LINKS: usize = 16;

impl NearCopies {
    /// All near copies in groups. Texts with many copies come first; one that is near no earlier such text is what a group is
    /// about, and each other text joins the one that it is most alike. Asks for every distinct text once.
    ///
    /// Every copy was verified against [`NearGroup::of`]: a chain of texts of which each is near the next falls into several
    /// groups. The groups are a function of the keys and texts held.
    pub fn groups(&self) -> NearGroups {
        let (links, truncated) = self.links();
        let order = self.by_copies(&links);
        let mut heads = vec![false; self.texts.len()];
        for at in &order {
            heads[*at as usize] = !links.of(*at).any(|l| heads[l.to as usize]);
        }
        let head = |at: u32| {
            let near = links.of(at).filter(|l| heads[l.to as usize]);
            let best = near.max_by(|a, b| {
                let alike = a.similarity.total_cmp(&b.similarity);
                alike.then_with(|| self.hash(b.to).cmp(&self.hash(a.to)))
            });
            best.map_or(at, |l| l.to)
        };
        let pairs = order.iter().map(|at| match heads[*at as usize] {
            true => (*at, *at),
            false => (head(*at), *at),
        });
        NearGroups {
            groups: self.gathered(pairs),
            truncated,
        }
    }

    /// The places of texts, those with the most copies first, ties by what they are.
    fn by_copies(&self, links: &Links) -> Vec<u32> {
        let held = (0..).zip(&self.texts).filter(|(_, t)| !t.words.is_empty());
        let counted = held.map(|(at, text)| {
            let near = links.of(at).map(|l| self.texts[l.to as usize].keys.len());
            let copies = text.keys.len() + near.sum::<usize>();
            (Reverse(copies), self.hash(at), at)
        });
        let mut order: Vec<_> = counted.collect();
        order.sort_unstable();
        order.into_iter().map(|(.., at)| at).collect()
    }

    /// Groups of keys, of the places of texts with those of what they are copies of.
    fn gathered(&self, pairs: impl Iterator<Item = (u32, u32)>) -> Vec<NearGroup> {
        let mut members: Vec<(u32, bool, u32)> = Vec::new();
        for (head, at) in pairs {
            let keys = self.texts[at as usize].keys.iter();
            members.extend(keys.map(|key| (head, at != head, key)));
        }
        // The head's own keys first.
        members.sort_unstable();
        let several = members.chunk_by(|a, b| a.0 == b.0).filter(|m| m.len() > 1);
        let mut groups: Vec<NearGroup> = several
            .map(|members| {
                let mut copies: Vec<u32> = members[1..].iter().map(|m| m.2).collect();
                copies.sort_unstable();
                let of = members[0].2;
                NearGroup { of, copies }
            })
            .collect();
        groups.sort_unstable_by_key(|group| group.of);
        groups
    }

    /// Who is near whom, both ways, and whether a cap left something out.
    fn links(&self) -> (Links, bool) {
        let (mut links, mut truncated) = (Vec::new(), false);
        for (at, text) in (0..).zip(&self.texts) {
            let (mut found, cut) = self.found(&text.words, self.sketches[at as usize], Some(at));
            truncated |= cut | (found.len() > LINKS);
            if found.len() > LINKS {
                found.sort_unstable_by(|a, b| {
                    let alike = b.1.total_cmp(&a.1);
                    alike.then_with(|| self.hash(a.0).cmp(&self.hash(b.0)))
                });
                found.truncate(LINKS);
            }
            for (to, similarity) in found {
                let similarity = similarity as f32;
                for (from, to) in [(at, to), (to, at)] {
                    links.push(Link {
                        from,
                        to,
                        similarity,
                    });
                }
            }
        }
        links.sort_unstable_by_key(|l| (l.from, l.to));
        links.dedup_by_key(|l| (l.from, l.to));
        (Links(links), truncated)
    }

    /// What orders texts whatever their place.
    fn hash(&self, at: u32) -> u64 {
        self.hashes[at as usize]
    }
}

/// Two places, and how alike their texts are.
#[derive(Debug, Clone, Copy)]
struct Link {
    from: u32,
    to: u32,
    similarity: f32,
}

/// Sorted by `from`.
struct Links(Vec<Link>);

impl Links {
    fn of(&self, at: u32) -> impl Iterator<Item = &Link> {
        let first = self.0.partition_point(|l| l.from < at);
        self.0[first..].iter().take_while(move |l| l.from == at)
    }
}
