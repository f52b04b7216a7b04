//! A small neural network that compares two statements. Knows their words and days, not the other terms of the judge.
//!
//! An encoder reads each statement once, in its sentence ([`encoder`]); a comparison lets the pieces of two statements look
//! at each other and gives four log-odds ([`comparison`]). So the costly half is paid once a statement and not once a pair.
//! Learned by `training/network` of the repository. What it says enters the additive judge as bars like any other.
//!
//! File form, all numbers little-endian: magic `claimnet`, then two-byte numbers: version, vocabulary, width, heads, inner
//! width, layers and places of the encoder, width, heads, inner width and layers of the comparison; then the parts in the
//! order of the fields. A linear layer: scales and biases as floats, then its weights, inputs by output, two to a byte: the first
//! in the lower half, each with 8 added. Everything else: floats; of the vocabulary's table scales first, then numbers
//! as of a layer. A float is the upper two bytes of four.

mod comparison;
mod encoder;
mod linear;
mod sequence;
mod wordpiece;

pub use sequence::Sequence;

use super::Reading;
use super::bytes::Bytes;
use crate::error::Error;
use comparison::{Comparison, Side};
use encoder::Encoder;
use linear::{Linear, Norm};
use std::fmt;
use std::sync::{Arc, OnceLock};

const MAGIC: &[u8] = b"claimnet";
const VERSION: u16 = 2;

/// Log-odds that the network gives a pair, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Logits {
    pub(crate) same: f32,
    pub(crate) clash: f32,
    pub(crate) forward: f32,
    pub(crate) backward: f32,
}

impl Logits {
    /// Those of the pair turned round.
    pub(crate) fn mirrored(self) -> Self {
        Self {
            forward: self.backward,
            backward: self.forward,
            ..self
        }
    }
}

/// A network that compares two statements piece by piece.
///
/// Cheap to clone. Reading a statement costs some five milliseconds, once; a pair of read ones some four. What it
/// made of a statement, some hundred kilobytes, is kept with its reading.
#[derive(Clone)]
pub struct Network(Arc<Parts>);

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Parts {
    encoder: Encoder,
    comparison: Comparison,
}

/// What a network made of a statement, kept with its reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept(OnceLock<(Network, Arc<Side>)>);

impl Network {
    /// The shipped network for English news.
    pub fn english() -> Self {
        static SHIPPED: OnceLock<Network> = OnceLock::new();
        SHIPPED
            .get_or_init(|| {
                Self::from_bytes(include_bytes!("network/english.bin"))
                    .expect("the shipped network is sound")
            })
            .clone()
    }

    /// Reads a network that `training/network` wrote for the shipped vocabulary.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) where the bytes are cut short, too long, of another form, or not finite numbers.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut file = Bytes::after(MAGIC, bytes, "network")?;
        let mut header = [0usize; 11];
        for number in &mut header {
            *number = file.number()?;
        }
        let [
            version,
            vocabulary,
            width,
            heads,
            inner,
            layers,
            places,
            cw,
            ch,
            ci,
            cl,
        ] = header;
        if version != usize::from(VERSION) {
            return Err(file.bad(&format!("version {version}, expected {VERSION}")));
        }
        if vocabulary != wordpiece::Vocabulary::english().len() {
            return Err(file.bad("made for another vocabulary"));
        }
        let sizes = [heads, ch, width, cw, cl, inner, ci];
        let fits = !sizes.contains(&0);
        if !fits || width % heads != 0 || cw % ch != 0 || places < sequence::LONGEST {
            return Err(file.bad("its sizes do not go together"));
        }
        let encoder = Encoder {
            width,
            heads,
            piece_scales: file.short_floats(vocabulary)?,
            pieces: file.halves(vocabulary * width)?.collect(),
            places: file.short_floats(places * width)?,
            norm: file.norm(width)?,
            layers: (0..layers)
                .map(|_| {
                    Ok(encoder::Layer {
                        look: file.linear(width, 3 * width)?,
                        gather: file.linear(width, width)?,
                        gather_norm: file.norm(width)?,
                        widen: file.linear(width, inner)?,
                        narrow: file.linear(inner, width)?,
                        narrow_norm: file.norm(width)?,
                    })
                })
                .collect::<Result<_, Error>>()?,
        };
        let comparison = Comparison {
            width: cw,
            heads: ch,
            project: file.linear(width, cw)?,
            place: [file.short_floats(cw)?, file.short_floats(cw)?],
            project_norm: file.norm(cw)?,
            layers: (0..cl)
                .map(|_| {
                    Ok(comparison::Layer {
                        look: file.linear(cw, 5 * cw)?,
                        equal: file.short_floats(ch)?,
                        gather: file.linear(cw, cw)?,
                        gather_norm: file.norm(cw)?,
                        widen: file.linear(cw, ci)?,
                        narrow: file.linear(ci, cw)?,
                        narrow_norm: file.norm(cw)?,
                    })
                })
                .collect::<Result<_, Error>>()?,
            join: file.linear(8 * cw, cw)?,
            out: file.linear(cw, 3)?,
        };
        file.end()?;
        Ok(Self(Arc::new(Parts {
            encoder,
            comparison,
        })))
    }

    /// What it makes of a pair; `None` where a side has no word.
    pub(crate) fn compare(&self, a: &Reading, b: &Reading) -> Option<Logits> {
        if a.sequence().is_empty() || b.sequence().is_empty() {
            return None;
        }
        let (x, y) = (self.side(a), self.side(b));
        let [same, clash, forward, backward] = self.0.comparison.compare(&x, &y);
        Some(Logits {
            same,
            clash,
            forward,
            backward,
        })
    }

    fn side(&self, reading: &Reading) -> Arc<Side> {
        let (made_by, side) = reading
            .kept
            .0
            .get_or_init(|| (self.clone(), Arc::new(self.read(reading.sequence()))));
        if Arc::ptr_eq(&made_by.0, &self.0) {
            return side.clone();
        }
        // Another network has read it: rare enough, as in comparing two networks, that nothing is kept.
        Arc::new(self.read(reading.sequence()))
    }

    fn read(&self, sequence: &Sequence) -> Side {
        let read = self.0.encoder.read(&sequence.pieces);
        self.0
            .comparison
            .side(&sequence.pieces, sequence.own.clone(), &read)
    }
}

impl<'a> Bytes<'a> {
    /// Whole numbers of four bits.
    fn halves(&mut self, count: usize) -> Result<impl Iterator<Item = i8> + use<'a>, Error> {
        let bytes = self.take(count.div_ceil(2))?.iter();
        let both = bytes.flat_map(|b| [(b & 15) as i8 - 8, (b >> 4) as i8 - 8]);
        Ok(both.take(count))
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Result<Linear, Error> {
        let (scales, bias) = (self.short_floats(outputs)?, self.short_floats(outputs)?);
        let weights = self.halves(inputs * outputs)?;
        Ok(Linear::new(inputs, weights.collect(), scales, bias))
    }

    fn norm(&mut self, width: usize) -> Result<Norm, Error> {
        Ok(Norm {
            stretch: self.short_floats(width)?,
            shift: self.short_floats(width)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::judge::Statement;
    use crate::lexicon::Lexicon;

    const SHIPPED: &[u8] = include_bytes!("network/english.bin");

    fn read(text: &str) -> Reading {
        let statement = Statement {
            text,
            ..Statement::default()
        };
        Reading::new(&statement, &Lexicon::english())
    }

    #[test]
    fn the_arithmetic_is_that_of_the_training() {
        let network = Network::english();
        let rows = include_str!("network/golden.jsonl").lines();
        let (mut count, mut squares) = (0, 0.0);
        for row in rows.map(|r| serde_json::from_str::<serde_json::Value>(r).expect("JSON")) {
            let numbers = |v: &serde_json::Value| -> Vec<f64> {
                let list = v.as_array().expect("a list");
                list.iter().map(|x| x.as_f64().expect("a number")).collect()
            };
            let side = |name: &str| {
                let whole = |v: &serde_json::Value| -> Vec<usize> {
                    numbers(v).iter().map(|x| *x as usize).collect()
                };
                // The marks of start and end are in the file already.
                let pieces = whole(&row[name]["pieces"]);
                let own = whole(&row[name]["own"]);
                network.read(&Sequence::of(
                    pieces.into_iter().map(|p| p as u16).collect(),
                    own[0]..own[1],
                ))
            };
            let found = network.0.comparison.compare(&side("a"), &side("b"));
            for (x, y) in found.iter().zip(numbers(&row["logits"])) {
                let off = (f64::from(*x) - y).abs();
                assert!(off < 0.4, "{found:?} {row}");
                squares += off * off;
                count += 1;
            }
        }
        // PyTorch multiplies floats; inputs of eight bits cost a twentieth of a nat, in either direction.
        assert!(count >= 32);
        assert!(
            (squares / f64::from(count)).sqrt() < 0.1,
            "{squares} {count}"
        );
    }

    #[test]
    fn a_pair_turned_round_is_read_turned_round() {
        let network = Network::english();
        let (a, b) = (
            read("The ferry sank off Brenna on Tuesday and 12 people drowned"),
            read("Nobody died when the boat went down"),
        );
        let (x, y) = (network.compare(&a, &b), network.compare(&b, &a));
        let (x, y) = (x.expect("words"), y.expect("words"));
        assert_eq!((x.same, x.clash), (y.same, y.clash));
        assert_eq!((x.forward, x.backward), (y.backward, y.forward));
        assert_ne!(x.forward, x.backward);
    }

    #[test]
    fn another_network_reads_anew() {
        let (a, b) = (read("The bridge is closed"), read("The bridge is open"));
        let first = Network::english().compare(&a, &b);
        // Other biases of the last layer: the same reading by another network.
        let mut other = SHIPPED.to_vec();
        let end = other.len() - 3 * Network::english().0.comparison.width / 2;
        other[end - 6..end].copy_from_slice(&[0; 6]);
        let other = Network::from_bytes(&other).expect("the same form");
        assert_ne!(first, other.compare(&a, &b));
        assert_eq!(first, Network::english().compare(&a, &b));
    }

    #[test]
    fn a_side_without_words_is_not_read() {
        let network = Network::english();
        assert!(network.compare(&read(""), &read("Rain fell")).is_none());
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        for end in [0, 7, 8, 13, 30, 31, SHIPPED.len() / 2, SHIPPED.len() - 1] {
            let e = Network::from_bytes(&SHIPPED[..end]).expect_err("cut short");
            assert_eq!(e.kind(), ErrorKind::Format, "{end}");
        }
        for at in (0..30).step_by(2) {
            let mut bytes = SHIPPED.to_vec();
            bytes[at] ^= 1;
            assert!(Network::from_bytes(&bytes).is_err(), "byte {at}");
            if at >= 8 {
                bytes[at..at + 2].copy_from_slice(&[0; 2]);
                assert!(Network::from_bytes(&bytes).is_err(), "no size at {at}");
            }
        }
        let mut long = SHIPPED.to_vec();
        long.push(0);
        assert!(Network::from_bytes(&long).is_err());
        let mut wild = SHIPPED.to_vec();
        wild[30..34].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Network::from_bytes(&wild).is_err());
    }
}
