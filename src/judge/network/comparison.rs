//! Two statements' vectors to four log-odds.
//!
//! Each side's pieces look at their own side and at the other in turn; the two sides go through the same weights, so that
//! turning a pair round turns the answer round, to the last bit.

use super::encoder::{add, feed};
use super::linear::{Linear, Norm, Rounded, bend, dot, softmax, wide};
use super::wordpiece::Piece;
use std::ops::Range;

#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) width: usize,
    pub(super) heads: usize,
    /// The encoder's vectors to this width.
    pub(super) project: Linear,
    /// What is added to a piece of the surroundings, and to one of the statement.
    pub(super) place: [Vec<f32>; 2],
    pub(super) project_norm: Norm,
    pub(super) layers: Vec<Layer>,
    pub(super) join: Linear,
    pub(super) out: Linear,
}

#[derive(Debug)]
pub(super) struct Layer {
    /// Query; key and value for its own side; key and value for the other side.
    pub(super) look: Linear,
    /// What it adds to a score, by head, that two pieces are the same.
    pub(super) equal: Vec<f32>,
    pub(super) gather: Linear,
    pub(super) gather_norm: Norm,
    pub(super) widen: Linear,
    pub(super) narrow: Linear,
    pub(super) narrow_norm: Norm,
}

/// A statement made ready for comparisons. Kept with its reading, so in half the bytes that floats would take.
#[derive(Debug)]
pub(super) struct Side {
    pieces: Vec<Piece>,
    own: Range<usize>,
    /// One row a piece.
    rows: Rounded,
    /// What the first layer makes of them by themselves.
    looked: Rounded,
}

impl Comparison {
    /// Makes a statement ready, given the encoder's vectors.
    pub(super) fn side(&self, pieces: &[Piece], own: Range<usize>, read: &[f32]) -> Side {
        let mut rows = self.project.apply(read);
        for (at, row) in rows.chunks_exact_mut(self.width).enumerate() {
            add(row, &self.place[usize::from(own.contains(&at))]);
        }
        self.project_norm.apply(&mut rows);
        let looked = self.layers[0].look.apply(&rows);
        Side {
            pieces: pieces.to_vec(),
            own,
            rows: Rounded::rows(&rows, self.width),
            looked: Rounded::rows(&looked, 5 * self.width),
        }
    }

    /// Same matter, clash, `a` entails `b`, `b` entails `a`.
    pub(super) fn compare(&self, a: &Side, b: &Side) -> [f32; 4] {
        // One side's rows after the other's: a layer's weights are fetched once for both.
        let mut x = a.rows.floats();
        x.extend(b.rows.floats());
        let mut looked = a.looked.floats();
        looked.extend(b.looked.floats());
        let (rows, others) = (a.pieces.len(), b.pieces.len());
        let last = self.layers.len() - 1;
        for (at, layer) in self.layers.iter().enumerate() {
            if at > 0 {
                looked = layer.look.apply(&x);
            }
            let (left, right) = looked.split_at(rows * 5 * self.width);
            let sides = ((left, &a.pieces[..]), (right, &b.pieces[..]));
            // After the last layer only the statements' own pieces are looked at.
            let (mut kept, mut there) = (0..rows, 0..others);
            if at == last {
                (kept, there) = (a.own.clone(), b.own.clone());
                x.truncate((rows + there.end) * self.width);
                x.drain(rows * self.width..(rows + there.start) * self.width);
                x.drain(kept.end * self.width..rows * self.width);
                x.drain(..kept.start * self.width);
            }
            let mut gathered = self.attend(layer, sides.0, sides.1, kept);
            gathered.extend(self.attend(layer, sides.1, sides.0, there));
            add(&mut x, &layer.gather.apply(&gathered));
            layer.gather_norm.apply(&mut x);
            feed(&mut x, &layer.widen, &layer.narrow, &layer.narrow_norm);
        }
        let (x, y) = x.split_at(a.own.len() * self.width);
        let (p, q) = (self.pool(x), self.pool(y));
        let (forward, backward) = (self.answer(&p, &q), self.answer(&q, &p));
        [
            forward[0] + backward[0],
            forward[1] + backward[1],
            2.0 * forward[2],
            2.0 * backward[2],
        ]
    }

    /// What the pieces of a range gather from their own side and from the other.
    fn attend(
        &self,
        layer: &Layer,
        own: (&[f32], &[Piece]),
        other: (&[f32], &[Piece]),
        asking: Range<usize>,
    ) -> Vec<f32> {
        wide(
            #[inline(always)]
            || self.gathered(layer, own, other, asking),
        )
    }

    #[inline(always)]
    fn gathered(
        &self,
        layer: &Layer,
        own: (&[f32], &[Piece]),
        other: (&[f32], &[Piece]),
        asking: Range<usize>,
    ) -> Vec<f32> {
        let width = self.width;
        let part = |side: &'_ [f32], row: usize, which: usize, head: Range<usize>| {
            let start = row * 5 * width + which * width;
            start + head.start..(start + head.end).min(side.len())
        };
        let (rows, others) = (own.1.len(), other.1.len());
        let size = width / self.heads;
        let scale = 1.0 / (size as f32).sqrt();
        let mut out = vec![0f32; asking.len() * width];
        let mut shares = vec![0f32; rows + others];
        for head in 0..self.heads {
            let at = head * size..(head + 1) * size;
            for i in asking.clone() {
                let query = &own.0[part(own.0, i, 0, at.clone())];
                let (here, there) = shares.split_at_mut(rows);
                for (j, share) in here.iter_mut().enumerate() {
                    *share = dot(query, &own.0[part(own.0, j, 1, at.clone())]) * scale;
                }
                for (j, share) in there.iter_mut().enumerate() {
                    let equal = f32::from(u8::from(own.1[i] == other.1[j]));
                    *share = dot(query, &other.0[part(other.0, j, 3, at.clone())]) * scale
                        + layer.equal[head] * equal;
                }
                softmax(&mut shares);
                let (here, there) = shares.split_at(rows);
                let out = &mut out[(i - asking.start) * width..][at.clone()];
                for (j, share) in here.iter().enumerate() {
                    mix(out, *share, &own.0[part(own.0, j, 2, at.clone())]);
                }
                for (j, share) in there.iter().enumerate() {
                    mix(out, *share, &other.0[part(other.0, j, 4, at.clone())]);
                }
            }
        }
        out
    }

    /// Mean and greatest of a statement's own pieces.
    fn pool(&self, rows: &[f32]) -> Vec<f32> {
        let mut mean = vec![0f32; self.width];
        let mut most = vec![f32::MIN; self.width];
        for row in rows.chunks_exact(self.width) {
            for ((mean, most), x) in mean.iter_mut().zip(&mut most).zip(row) {
                *mean += x;
                *most = most.max(*x);
            }
        }
        let count = (rows.len() / self.width).max(1) as f32;
        mean.iter_mut().for_each(|x| *x /= count);
        mean.extend(most);
        mean
    }

    fn answer(&self, p: &[f32], q: &[f32]) -> Vec<f32> {
        let mut joined = Vec::with_capacity(4 * p.len());
        joined.extend_from_slice(p);
        joined.extend_from_slice(q);
        joined.extend(p.iter().zip(q).map(|(x, y)| (x - y).abs()));
        joined.extend(p.iter().zip(q).map(|(x, y)| x * y));
        let mut inner = self.join.apply(&joined);
        bend(&mut inner);
        self.out.apply(&inner)
    }
}

#[inline(always)]
fn mix(out: &mut [f32], share: f32, x: &[f32]) {
    out.iter_mut().zip(x).for_each(|(y, x)| *y += share * x);
}
