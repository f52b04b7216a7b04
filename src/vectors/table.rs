//! The file form of a table of vectors, and looking a unit up in it. Knows bytes and indices, not what words are.
//!
//! All numbers are little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | magic `claimvec` |
//! | 2, 2 | version (1), dimensions |
//! | 4, 4, 4 | words, pieces, bytes of all keys together |
//! | words + pieces | length of each key: words first, the most frequent first; pieces go on a word begun |
//! | as stated | the keys, one after the other, without separators (and without the `##` of pieces) |
//! | (words + pieces) x dimensions | the vectors, a row each, as signed bytes; only a row's direction means anything |

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::error::{Error, ErrorKind};

const MAGIC: &[u8] = b"claimvec";
const VERSION: u16 = 1;
/// An empty place of the look-up table.
const EMPTY: u32 = u32::MAX;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A whole word, or its beginning.
    Word,
    /// Goes on a word begun: '##ing'.
    Piece,
}

pub(super) struct Table {
    bytes: Cow<'static, [u8]>,
    dimensions: usize,
    words: usize,
    /// Where the keys begin in `bytes`, and past the last one the end.
    keys: Vec<u32>,
    /// Where the rows begin in `bytes`.
    rows: usize,
    /// One over the length of each row, so that a similarity needs no square root.
    scale: Vec<f32>,
    /// Open addressing over `keys`: a map of owned strings would take 60,000 allocations at start-up and, to hold borrowed
    /// ones, a struct that borrows from itself.
    slots: Vec<u32>,
    longest_key: usize,
}

impl Table {
    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        let mut at = 0;
        if take(&bytes, &mut at, MAGIC.len())? != MAGIC {
            return Err(bad("the magic number is missing"));
        }
        let version = number(take(&bytes, &mut at, 2)?);
        if version != usize::from(VERSION) {
            return Err(bad(format!("version {version}, expected {VERSION}")));
        }
        let dimensions = number(take(&bytes, &mut at, 2)?);
        let words = number(take(&bytes, &mut at, 4)?);
        let pieces = number(take(&bytes, &mut at, 4)?);
        let key_bytes = number(take(&bytes, &mut at, 4)?);
        // Checked against the length below, before anything is reserved: a forged header cannot ask for memory.
        let units = words.saturating_add(pieces);
        if dimensions == 0 || words == 0 {
            return Err(bad("no vectors"));
        }
        let start = at.saturating_add(units);
        let lengths = at..start;
        let text = take(&bytes, &mut at, units).and_then(|_| take(&bytes, &mut at, key_bytes))?;
        if !text.is_ascii() {
            return Err(bad("a key is not ASCII"));
        }
        let rows = at;
        take(&bytes, &mut at, units.saturating_mul(dimensions))?;
        if at != bytes.len() || u32::try_from(bytes.len()).is_err() {
            return Err(bad(format!("{} bytes, expected {at}", bytes.len())));
        }
        let mut keys = Vec::with_capacity(units + 1);
        let mut end = start;
        let mut longest_key = 0;
        keys.push(end as u32);
        for &length in &bytes[lengths] {
            let length = usize::from(length);
            longest_key = longest_key.max(length);
            end += length;
            keys.push(end as u32);
        }
        if end != rows {
            return Err(bad(format!(
                "keys of {} bytes, expected {key_bytes}",
                end - start
            )));
        }
        let scale = bytes[rows..]
            .chunks_exact(dimensions)
            .map(|row| {
                let square: i32 = row.iter().map(|&b| i32::from(b.cast_signed()).pow(2)).sum();
                if square == 0 {
                    0.0
                } else {
                    1.0 / (square as f32).sqrt()
                }
            })
            .collect();
        let mut table = Self {
            bytes,
            dimensions,
            words,
            keys,
            rows,
            scale,
            slots: vec![EMPTY; (units * 2).next_power_of_two()],
            longest_key,
        };
        for index in 0..units {
            let unit = table.unit(index);
            let Err(slot) = table.slot(table.key(index), unit) else {
                return Err(bad(format!("key {index} stands twice")));
            };
            table.slots[slot] = index as u32;
        }
        Ok(table)
    }

    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Number of whole words; their indices are their ranks.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Bytes of the longest key.
    pub(super) fn longest_key(&self) -> usize {
        self.longest_key
    }

    pub(super) fn find(&self, key: &[u8], unit: Unit) -> Option<u32> {
        self.slot(key, unit).ok()
    }

    /// The row and what to multiply it with to make it of length one; empty for an index of another table.
    pub(super) fn row(&self, index: u32) -> (&[u8], f32) {
        let index = index as usize;
        match self.scale.get(index) {
            Some(&scale) => (
                &self.bytes[self.rows + index * self.dimensions..][..self.dimensions],
                scale,
            ),
            None => (&[], 0.0),
        }
    }

    fn unit(&self, index: usize) -> Unit {
        if index < self.words {
            Unit::Word
        } else {
            Unit::Piece
        }
    }

    fn key(&self, index: usize) -> &[u8] {
        &self.bytes[self.keys[index] as usize..self.keys[index + 1] as usize]
    }

    /// The index of a key, or else the empty place where it belongs. The table is at most half full, so it ends.
    fn slot(&self, key: &[u8], unit: Unit) -> Result<u32, usize> {
        let mut hasher = FxHasher::default();
        hasher.write(key);
        hasher.write_u8(unit as u8);
        let hash = hasher.finish();
        let mask = self.slots.len() - 1;
        let mut slot = (hash ^ (hash >> 32)) as usize & mask;
        loop {
            let index = self.slots[slot];
            if index == EMPTY {
                return Err(slot);
            }
            if self.unit(index as usize) == unit && self.key(index as usize) == key {
                return Ok(index);
            }
            slot = (slot + 1) & mask;
        }
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("words", &self.words)
            .field("pieces", &(self.scale.len() - self.words))
            .field("dimensions", &self.dimensions)
            .finish()
    }
}

fn take<'a>(bytes: &'a [u8], at: &mut usize, length: usize) -> Result<&'a [u8], Error> {
    let end = at.saturating_add(length);
    let found = bytes.get(*at..end).ok_or_else(|| {
        bad(format!(
            "ends after {} bytes, expected {end} or more",
            bytes.len()
        ))
    })?;
    *at = end;
    Ok(found)
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |n, &b| n << 8 | usize::from(b))
}

fn bad(what: impl std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Format,
        format!("not a table of word vectors: {what}"),
    )
}
