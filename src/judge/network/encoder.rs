//! One statement to vectors, one a piece, each of which has seen the whole sentence.
//!
//! A transformer encoder (Vaswani et al. 2017, 'Attention is all you need') of BERT's shape. Its layers come from
//! all-MiniLM-L6-v2 (Wang et al. 2020, 'MiniLM'), tuned by `training/network` of the repository.

use super::linear::{Linear, Norm, bend, dot, softmax, wide};
use super::wordpiece::Piece;

#[derive(Debug)]
pub(super) struct Encoder {
    pub(super) width: usize,
    pub(super) heads: usize,
    /// One row a piece of the vocabulary, and its scale.
    pub(super) pieces: Vec<i8>,
    pub(super) piece_scales: Vec<f32>,
    /// One row a place.
    pub(super) places: Vec<f32>,
    pub(super) norm: Norm,
    pub(super) layers: Vec<Layer>,
}

#[derive(Debug)]
pub(super) struct Layer {
    /// Query, key and value in one.
    pub(super) look: Linear,
    pub(super) gather: Linear,
    pub(super) gather_norm: Norm,
    pub(super) widen: Linear,
    pub(super) narrow: Linear,
    pub(super) narrow_norm: Norm,
}

impl Encoder {
    pub(super) fn read(&self, pieces: &[Piece]) -> Vec<f32> {
        let width = self.width;
        let mut x = Vec::with_capacity(pieces.len() * width);
        for (at, piece) in pieces.iter().enumerate() {
            let piece = usize::from(*piece).min(self.piece_scales.len() - 1);
            let row = &self.pieces[piece * width..(piece + 1) * width];
            let place = &self.places[at * width..(at + 1) * width];
            let scale = self.piece_scales[piece];
            x.extend(
                row.iter()
                    .zip(place)
                    .map(|(w, p)| f32::from(*w) * scale + p),
            );
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            layer.apply(&mut x, width, self.heads);
        }
        x
    }
}

impl Layer {
    fn apply(&self, x: &mut [f32], width: usize, heads: usize) {
        let looked = self.look.apply(x);
        let mixed = wide(
            #[inline(always)]
            || mix(&looked, width, heads),
        );
        add(x, &self.gather.apply(&mixed));
        self.gather_norm.apply(x);
        feed(x, &self.widen, &self.narrow, &self.narrow_norm);
    }
}

/// What each row gathers from all rows, given each one's query, key and value.
#[inline(always)]
fn mix(looked: &[f32], width: usize, heads: usize) -> Vec<f32> {
    let rows = looked.len() / (3 * width);
    let part = |row: usize, which: usize| {
        let start = row * 3 * width + which * width;
        &looked[start..start + width]
    };
    let size = width / heads;
    let scale = 1.0 / (size as f32).sqrt();
    let mut mixed = vec![0f32; rows * width];
    let mut shares = vec![0f32; rows];
    for head in 0..heads {
        let own = head * size..(head + 1) * size;
        for i in 0..rows {
            let query = &part(i, 0)[own.clone()];
            for (j, share) in shares.iter_mut().enumerate() {
                *share = dot(query, &part(j, 1)[own.clone()]) * scale;
            }
            softmax(&mut shares);
            let out = &mut mixed[i * width..(i + 1) * width][own.clone()];
            for (j, share) in shares.iter().enumerate() {
                for (y, v) in out.iter_mut().zip(&part(j, 2)[own.clone()]) {
                    *y += share * v;
                }
            }
        }
    }
    mixed
}

/// The second half of a layer: each row widened, bent, narrowed and added.
pub(super) fn feed(x: &mut [f32], widen: &Linear, narrow: &Linear, norm: &Norm) {
    let mut inner = widen.apply(x);
    bend(&mut inner);
    add(x, &narrow.apply(&inner));
    norm.apply(x);
}

pub(super) fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}
