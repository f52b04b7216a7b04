//! What is known of a text: hashes of its words, and a number that tells most texts apart.

use crate::block::mixed;
use crate::text;

/// Words of a text that count: of a longer one those whose hashes are smallest, which is a fair draw.
const LONGEST: usize = 256;

/// What tells of most texts, without a look at their words, that they are no near copies. Small, so that those of many texts
/// fit a processor's cache.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sketch {
    /// One bit a word.
    bits: u64,
    /// How many they are.
    ones: u16,
    len: u16,
}

impl Sketch {
    pub(super) fn new(words: &[u32]) -> Self {
        let bits = words.iter().fold(0u64, |bits, w| bits | 1 << (w % 64));
        Self {
            bits,
            ones: bits.count_ones() as u16,
            len: words.len() as u16,
        }
    }

    /// Number of words.
    pub(super) fn len(&self) -> u32 {
        u32::from(self.len)
    }

    /// Words that both can share, at the most: a bit of one that the other lacks is a word that the other lacks.
    pub(super) fn bound(&self, other: &Self) -> u32 {
        // Counted once for both sides: without an instruction for it, counting is most of the work.
        let either = (self.bits | other.bits).count_ones();
        let own = either - u32::from(other.ones);
        let others = either - u32::from(self.ones);
        (self.len() - own).min(other.len() - others)
    }
}

/// The hash of all words, which tells texts apart and orders them by what they are.
pub(super) fn whole(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash, w| mixed(hash ^ u64::from(*w)))
}

/// How many numbers two sorted lists share.
pub(super) fn shared(a: &[u32], b: &[u32]) -> u32 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        count += u32::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

/// The words of a text as hashes, sorted: a word that comes again counts again, as another one. Two words of one hash are taken
/// for one, which among a million words befalls one in four thousand.
pub(super) fn words(text: &str) -> Vec<u32> {
    let mut out = hashes(&text::fold(text));
    out.sort_unstable();
    let mut again = 0u64;
    let mut last = None;
    for word in &mut out {
        again = if last == Some(*word) { again + 1 } else { 0 };
        last = Some(*word);
        if again > 0 {
            *word = mixed(u64::from(*word) | again << 32) as u32;
        }
    }
    out.sort_unstable();
    out.dedup();
    out.truncate(LONGEST);
    out
}

/// The hashes of the words of a folded text in their order: runs of letters and digits, what stands between digits of one number
/// with them ('1.5'), but for the commas of thousands and apostrophes, which some write and some do not.
fn hashes(folded: &str) -> Vec<u32> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut out = Vec::with_capacity(folded.len() / 5 + 1);
    let (mut word, mut last) = (START, ' ');
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let counts = c.is_alphanumeric();
        let mut within = || last.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
        if counts || c == '.' && within() {
            word = (word ^ u64::from(c)).wrapping_mul(0x100_0000_01b3);
        } else if c == '\'' || c == ',' && within() {
            continue;
        } else if word != START {
            out.push(mixed(word) as u32);
            word = START;
        }
        last = c;
    }
    if word != START {
        out.push(mixed(word) as u32);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_what_all_spellings_share() {
        let number = |text: &str| hashes(&text::fold(text)).len();
        assert_eq!(number("The co-author's 1,500 pages, 2.5 kg."), 7);
        assert_eq!(words("It's 1,500"), words("its “1500”!"));
        assert_ne!(words("2.5"), words("25"));
        assert_ne!(
            words("no"),
            words("no no"),
            "a word that comes again counts"
        );
        assert_eq!(words("no no yes"), words("no yes no"));
        assert_eq!(words(" -- "), [0u32; 0]);
    }

    proptest! {
        #[test]
        fn the_bound_holds(a in "[a-z]( [a-z]){0,90}", b in "[a-z]( [a-z]){0,90}") {
            let (a, b) = (words(&a), words(&b));
            prop_assert!(Sketch::new(&a).bound(&Sketch::new(&b)) >= shared(&a, &b));
            prop_assert_eq!(Sketch::new(&a).bound(&Sketch::new(&a)), a.len() as u32);
        }
    }
}
