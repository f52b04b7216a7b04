//! Reading the files of networks and students. Knows bytes and numbers, not what they are for.

use crate::error::{Error, ErrorKind};

/// What is left of a file.
pub(in crate::judge) struct Bytes<'a> {
    rest: &'a [u8],
    /// What errors call the file.
    name: &'static str,
}

impl<'a> Bytes<'a> {
    /// A file that begins with a magic number.
    pub(in crate::judge) fn after(
        magic: &[u8],
        bytes: &'a [u8],
        name: &'static str,
    ) -> Result<Self, Error> {
        let whole = Self { rest: bytes, name };
        match bytes.strip_prefix(magic) {
            Some(rest) => Ok(Self { rest, name }),
            None => Err(whole.bad("the magic number is missing")),
        }
    }

    /// An error of this file.
    pub(in crate::judge) fn bad(&self, what: &str) -> Error {
        Error::new(ErrorKind::Format, format!("{}: {what}", self.name))
    }

    /// So many bytes.
    pub(in crate::judge) fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| self.bad("cut short"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// A whole number of two bytes, the lower one first.
    pub(in crate::judge) fn number(&mut self) -> Result<usize, Error> {
        let two = self.take(2)?;
        Ok(usize::from(u16::from_le_bytes([two[0], two[1]])))
    }

    /// Floats of four bytes.
    pub(in crate::judge) fn floats(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        let (fours, _) = self.take(4 * count)?.as_chunks();
        self.finite(fours.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// Floats of two bytes: the upper half of four.
    #[cfg(feature = "neural")]
    pub(in crate::judge) fn short_floats(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        let (twos, _) = self.take(2 * count)?.as_chunks();
        let floats = twos.iter().map(|[x, y]| f32::from_le_bytes([0, 0, *x, *y]));
        self.finite(floats.collect())
    }

    fn finite(&self, numbers: Vec<f32>) -> Result<Vec<f32>, Error> {
        match numbers.iter().all(|x| x.is_finite()) {
            true => Ok(numbers),
            false => Err(self.bad("a number is not finite")),
        }
    }

    /// Whether all was read.
    pub(in crate::judge) fn end(&self) -> Result<(), Error> {
        match self.rest {
            [] => Ok(()),
            _ => Err(self.bad("longer than its parts")),
        }
    }
}
