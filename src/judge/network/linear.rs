//! The arithmetic of a layer, in whole numbers.
//!
//! Weights are signed bytes with one scale an output; inputs are rounded to twelve bits, one scale a row. Sums of whole
//! numbers are exact in any order, and what remains in floating point (scales, exponentials, roots) is written out in one
//! fixed order of additions and multiplications. So the same pair gets the same bits on every machine, which no library
//! that picks instructions by processor promises.

use crate::judge::sums::whole_dot;
pub(super) use crate::judge::sums::{dot, exp, softmax};

/// A layer: `outputs` rows of `inputs` weights, a scale and a bias each.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    weights: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of inputs, rounded for a layer.
#[derive(Debug, Default)]
pub(super) struct Rounded {
    numbers: Vec<i16>,
    scales: Vec<f32>,
}

/// Inputs are rounded to whole numbers between this and its negative: 4096 products of two bytes and twelve bits fit 32 bits.
const REACH: f32 = 2047.0;

impl Rounded {
    /// Rounds rows of `width` numbers.
    pub(super) fn rows(x: &[f32], width: usize) -> Self {
        let mut numbers = Vec::with_capacity(x.len());
        let mut scales = Vec::with_capacity(x.len() / width);
        for row in x.chunks_exact(width) {
            let most = row.iter().fold(1e-6f32, |m, x| m.max(x.abs()));
            let scale = most / REACH;
            let turn = REACH / most;
            // Half away from zero by truncation: `round` is a call on machines without the instruction.
            numbers.extend(row.iter().map(|x| {
                let y = x * turn;
                (y + if y < 0.0 { -0.5 } else { 0.5 }) as i16
            }));
            scales.push(scale);
        }
        Self { numbers, scales }
    }

    /// The rows, as near as they were rounded.
    pub(super) fn floats(&self) -> Vec<f32> {
        let width = self.numbers.len() / self.scales.len().max(1);
        let rows = self.numbers.chunks_exact(width.max(1)).zip(&self.scales);
        rows.flat_map(|(row, scale)| row.iter().map(move |n| f32::from(*n) * scale))
            .collect()
    }
}

impl Linear {
    pub(super) fn new(inputs: usize, weights: Vec<i16>, scales: Vec<f32>, bias: Vec<f32>) -> Self {
        debug_assert_eq!(weights.len(), inputs * bias.len());
        debug_assert_eq!(scales.len(), bias.len());
        Self {
            inputs,
            weights,
            scales,
            bias,
        }
    }

    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The layer's outputs for rows of inputs, one after the other.
    pub(super) fn apply(&self, x: &[f32]) -> Vec<f32> {
        self.apply_rounded(&Rounded::rows(x, self.inputs))
    }

    /// The same where several layers share their inputs.
    pub(super) fn apply_rounded(&self, x: &Rounded) -> Vec<f32> {
        let mut out = vec![0f32; x.scales.len() * self.outputs()];
        let product = Product {
            layer: self,
            x,
            out: &mut out,
        };
        pulp::Arch::new().dispatch(product);
        out
    }

    #[inline(always)]
    fn multiply(&self, x: &Rounded, out: &mut [f32]) {
        let (width, outputs) = (self.inputs, self.outputs());
        let mut put = |i: usize, j: usize, sum: i32| {
            out[i * outputs + j] = sum as f32 * (self.scales[j] * x.scales[i]) + self.bias[j];
        };
        // Weights in the outer loop: they are many, the rows are few.
        for (j, weights) in self.weights.chunks_exact(width).enumerate() {
            let mut fours = x.numbers.chunks_exact(4 * width);
            let mut i = 0;
            for four in &mut fours {
                for (at, sum) in whole_dots(four, weights).into_iter().enumerate() {
                    put(i + at, j, sum);
                }
                i += 4;
            }
            for row in fours.remainder().chunks_exact(width) {
                put(i, j, whole_dot(row, weights));
                i += 1;
            }
        }
    }
}

/// A product, compiled once for plain processors and once for those with wider instructions: whole numbers are the same in
/// both.
struct Product<'a> {
    layer: &'a Linear,
    x: &'a Rounded,
    out: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.layer.multiply(self.x, self.out);
    }
}

/// Four rows of the width of `y`, each times `y`, which is fetched once for all. By index: the compiler makes less of iterators.
#[inline(always)]
fn whole_dots(x: &[i16], y: &[i16]) -> [i32; 4] {
    let width = y.len();
    let (p, q) = (&x[..width], &x[width..2 * width]);
    let (r, s) = (&x[2 * width..3 * width], &x[3 * width..4 * width]);
    let mut sums = [0i32; 4];
    for at in 0..width {
        let y = i32::from(y[at]);
        sums[0] += i32::from(p[at]) * y;
        sums[1] += i32::from(q[at]) * y;
        sums[2] += i32::from(r[at]) * y;
        sums[3] += i32::from(s[at]) * y;
    }
    sums
}

/// Layer normalisation (Ba et al. 2016): each row to mean 0 and variance 1, then stretched and shifted.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) stretch: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

impl Norm {
    pub(super) fn apply(&self, x: &mut [f32]) {
        let width = self.stretch.len();
        let ones = vec![1f32; width];
        for row in x.chunks_exact_mut(width) {
            let mean = dot(row, &ones) / width as f32;
            row.iter_mut().for_each(|x| *x -= mean);
            let turn = 1.0 / (dot(row, row) / width as f32 + 1e-12).sqrt();
            for ((x, stretch), shift) in row.iter_mut().zip(&self.stretch).zip(&self.shift) {
                *x = *x * turn * stretch + shift;
            }
        }
    }
}

/// The Gaussian error linear unit (Hendrycks and Gimpel 2016), by the hyperbolic tangent.
pub(super) fn gelu(x: f32) -> f32 {
    let inner = 1.595_769 * (x + 0.044_715 * x * x * x);
    x - x / (1.0 + exp(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_near_the_exact_one() {
        for at in -4000..4000 {
            let x = at as f32 / 100.0;
            let y = f64::from(x);
            let tanh = (0.797_884_560_8 * (y + 0.044_715 * y * y * y)).tanh();
            assert!(
                (f64::from(gelu(x)) - 0.5 * y * (1.0 + tanh)).abs() < 1e-4,
                "gelu {x}"
            );
        }
    }

    #[test]
    fn a_layer_is_near_its_product() {
        let weights: Vec<i16> = (0..6).map(|w| w * 20 - 50).collect();
        let layer = Linear::new(3, weights, vec![0.01, 0.02], vec![1.0, -1.0]);
        let out = layer.apply(&[1.0, -2.0, 0.5, 0.0, 0.0, 0.0]);
        let expected = [
            1.0 + 0.01 * (-50.0 + 60.0 - 5.0),
            -1.0 + 0.02 * (10.0 - 60.0 + 25.0),
            1.0,
            -1.0,
        ];
        for (x, y) in out.iter().zip(expected) {
            assert!((x - y).abs() < 2e-3, "{out:?}");
        }
    }

    #[test]
    fn rows_are_normal() {
        let norm = Norm {
            stretch: vec![1.0; 4],
            shift: vec![0.0; 4],
        };
        let mut row = [1.0, 2.0, 3.0, 4.0];
        norm.apply(&mut row);
        assert!(
            (row[0] + 1.341_64).abs() < 1e-4 && (row[3] - 1.341_64).abs() < 1e-4,
            "{row:?}"
        );
    }
}
