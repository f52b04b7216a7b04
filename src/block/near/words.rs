//! What is known of a text: hashes of its words, and a number that tells most texts apart.

use crate::block::mixed;
use crate::text;

/// Words of a text that count: of a longer one those whose hashes are smallest, which is a fair draw.
const LONGEST: usize = 256;

/// What tells of most texts, without a look at their words, that they are no near copies.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sketch {
    /// Hash of the words; orders texts by what they are.
    pub(super) hash: u64,
    /// One bit a word.
    pub(super) bits: u64,
    pub(super) len: u32,
}

impl Sketch {
    pub(super) fn new(words: &[u32]) -> Self {
        Self {
            hash: words.iter().fold(0, |hash, w| mixed(hash ^ u64::from(*w))),
            bits: words.iter().fold(0, |bits, w| bits | 1 << (w % 64)),
            len: words.len() as u32,
        }
    }

    /// Words that both can share, at the most: a bit of one that the other lacks is a word that the other lacks.
    pub(super) fn bound(&self, other: &Self) -> u32 {
        let own = (self.bits & !other.bits).count_ones();
        let others = (other.bits & !self.bits).count_ones();
        (self.len - own).min(other.len - others)
    }
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
