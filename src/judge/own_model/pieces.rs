//! A pair of texts to the pieces that a model reads, by its own tokenizer.

use super::folder::Folder;
use super::{bad, guarded};
use crate::error::Error;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::path::PathBuf;
use tokenizers::{PostProcessor, Tokenizer, TruncationDirection};

/// Pieces of a pair at most, whatever the model could read: statements are sentences, and time grows with the square.
pub(super) const LONGEST: usize = 256;
/// Pieces that a model must be able to read at least, marks included.
const SHORTEST: usize = 8;

/// A model's tokenizer.
pub(super) struct Pieces {
    file: PathBuf,
    tokenizer: Tokenizer,
    /// Pieces of a pair at most, without the marks.
    room: usize,
    /// From which side a text that is too long is cut.
    from: TruncationDirection,
    padding: i32,
}

/// The pieces of a pair, with the side that each is of.
pub(super) struct Row {
    pub(super) ids: Vec<i32>,
    pub(super) sides: Vec<i32>,
}

/// What is read of `tokenizer_config.json`, which may be missing. A float: where there is no limit, it says 1e30.
#[derive(Deserialize, Default)]
struct Settings {
    model_max_length: Option<f64>,
}

impl Pieces {
    /// From `tokenizer.json`. Longer pairs are cut, the longer side first, to what the configuration allows.
    pub(super) fn of(folder: &Folder) -> Result<Self, Error> {
        let file = folder.tokenizer()?;
        let text = std::fs::read(&file).map_err(|e| Error::io(&file, e))?;
        let wrong = |e| {
            bad(
                &file,
                format!("not a tokenizer of Hugging Face's form: {e}"),
            )
        };
        // Read as JSON first: on what is none, the library may panic.
        serde_json::from_slice::<IgnoredAny>(&text).map_err(|e| wrong(e.into()))?;
        let mut tokenizer = guarded(&file, || Tokenizer::from_bytes(text).map_err(wrong))?;
        let own = tokenizer.get_padding().map(|p| p.pad_id as i32);
        let padding = own.or(folder.config.pad_token_id.map(|id| id as i32));
        let longest = longest(folder)?;
        let marks = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(true));
        let Some(room) = longest.checked_sub(marks).filter(|room| *room >= 2) else {
            let what = format!("a pair has no room: {marks} of {longest} pieces are marks");
            return Err(bad(&file, what));
        };
        let from = tokenizer.get_truncation().map(|t| t.direction);
        // Cut here and not there: version 0.23.2 cuts two long texts by their places rather than by their lengths.
        tokenizer.with_truncation(None).map_err(wrong)?;
        tokenizer.with_padding(None);
        Ok(Self {
            file,
            tokenizer,
            room,
            from: from.unwrap_or_default(),
            padding: padding.unwrap_or(0),
        })
    }

    /// The piece that fills a shorter row up.
    pub(super) fn padding(&self) -> i32 {
        self.padding
    }

    /// The pieces of a pair, with the marks round them.
    pub(super) fn of_pair(&self, a: &str, b: &str) -> Result<Row, Error> {
        guarded(&self.file, || self.read(a, b))
    }

    fn read(&self, a: &str, b: &str) -> Result<Row, Error> {
        let wrong = |e| bad(&self.file, format!("it cannot read a text: {e}"));
        let side = |text| self.tokenizer.encode_fast(text, false).map_err(wrong);
        let (mut a, mut b) = (side(a)?, side(b)?);
        let (first, second) = cut(a.len(), b.len(), self.room);
        for (side, length) in [(&mut a, first), (&mut b, second)] {
            side.truncate(length, 0, self.from);
            // What was cut off stays with it, and would be paired with every part that was cut off the other side.
            side.take_overflowing();
        }
        let both = self
            .tokenizer
            .post_process(a, Some(b), true)
            .map_err(wrong)?;
        let numbers = |of: &[u32]| of.iter().map(|x| *x as i32).collect();
        Ok(Row {
            ids: numbers(both.get_ids()),
            sides: numbers(both.get_type_ids()),
        })
    }
}

/// How much of two lengths is kept where both together have so much room: the longer is cut first, and of an odd room the
/// longer, or else the second, gets one more.
fn cut(a: usize, b: usize, room: usize) -> (usize, usize) {
    if a + b <= room {
        return (a, b);
    }
    let short = a.min(b).min(room / 2);
    if a > b {
        (room - short, short)
    } else {
        (short, room - short)
    }
}

/// The least of what the tokenizer's settings, the configuration and this crate allow.
fn longest(folder: &Folder) -> Result<usize, Error> {
    let file = folder.file("tokenizer_config.json");
    let settings: Settings = if file.is_file() {
        let text = std::fs::read(&file).map_err(|e| Error::io(&file, e))?;
        serde_json::from_slice(&text)
            .map_err(|e| bad(&file, format!("not a tokenizer's settings: {e}")))?
    } else {
        Settings::default()
    };
    let limits = [
        (settings.model_max_length, "model_max_length", file),
        (
            folder.config.max_position_embeddings,
            "max_position_embeddings",
            folder.file("config.json"),
        ),
    ];
    let mut longest = LONGEST;
    for (limit, name, file) in limits {
        let Some(limit) = limit.filter(|x| *x > 0.0) else {
            continue;
        };
        if limit < SHORTEST as f64 {
            let what =
                format!("{name} is {limit}, expected at least {SHORTEST}: a pair has no room");
            return Err(bad(&file, what));
        }
        longest = longest.min(limit as usize);
    }
    Ok(longest)
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn the_longer_side_is_cut_first() {
        assert_eq!(cut(20, 25, 45), (20, 25));
        assert_eq!(cut(20, 30, 45), (20, 25));
        assert_eq!(cut(90, 10, 45), (35, 10));
        assert_eq!(cut(67, 71, 45), (22, 23));
        assert_eq!(cut(71, 67, 45), (23, 22));
        assert_eq!(cut(50, 50, 45), (22, 23));
        assert_eq!(cut(0, 50, 45), (0, 45));
    }
}
