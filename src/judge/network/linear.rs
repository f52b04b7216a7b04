//! The arithmetic of a layer, in whole numbers.
//!
//! Weights are small whole numbers with one scale an output; inputs are rounded to twelve bits, one scale a row. Sums of whole
//! numbers are exact in any order, and what remains in floating point (scales, exponentials, roots) is written out in one
//! fixed order of additions and multiplications. So the same pair gets the same bits on every machine, which no library
//! that picks instructions by processor promises.

use crate::judge::sums::{WHOLE, exp};
pub(super) use crate::judge::sums::{dot, softmax};

/// A layer: `outputs` rows of `inputs` weights, a scale and a bias each.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    weights: Vec<i8>,
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
        wide(
            #[inline(always)]
            || Self::round(x, width),
        )
    }

    #[inline(always)]
    fn round(x: &[f32], width: usize) -> Self {
        let mut numbers = Vec::with_capacity(x.len());
        let mut scales = Vec::with_capacity(x.len() / width);
        for row in x.chunks_exact(width) {
            let most = row.iter().fold(1e-6f32, |m, x| m.max(x.abs()));
            let scale = most / REACH;
            let turn = REACH / most;
            // Adding a large number rounds, and leaves the whole number in the lower bits.
            let whole = |x: &f32| (x * turn + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits());
            numbers.extend(row.iter().map(|x| whole(x) as i16));
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
    pub(super) fn new(inputs: usize, weights: Vec<i8>, scales: Vec<f32>, bias: Vec<f32>) -> Self {
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
        let x = Rounded::rows(x, self.inputs);
        let mut out = vec![0f32; x.scales.len() * self.outputs()];
        self.multiply(&x, &mut out);
        out
    }

    fn multiply(&self, x: &Rounded, out: &mut [f32]) {
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = pulp::x86::V3::try_new() {
            return wide.vectorize(Wide {
                layer: self,
                x,
                out,
                wide,
            });
        }
        self.multiply_by(Plain, x, out);
    }

    #[inline(always)]
    fn multiply_by<P: Pairs>(&self, by: P, x: &Rounded, out: &mut [f32]) {
        let (width, outputs) = (self.inputs, self.outputs());
        // Weights in the outer loop: they are many, the rows are few. Some rows of them are made wide and used up before the next.
        let mut wide = vec![0i16; BLOCK * width];
        for (at, weights) in self.weights.chunks(BLOCK * width).enumerate() {
            for (wide, weight) in wide.iter_mut().zip(weights) {
                *wide = i16::from(*weight);
            }
            let mut numbers = x.numbers.chunks_exact(2 * width);
            let mut rows = out.chunks_exact_mut(outputs).zip(&x.scales);
            for pair in &mut numbers {
                for (sums, row) in dots::<P, 2>(by, pair, &wide, width).iter().zip(&mut rows) {
                    self.put(sums, at, row);
                }
            }
            if let Some(row) = rows.next() {
                let [sums] = dots(by, numbers.remainder(), &wide, width);
                self.put(&sums, at, row);
            }
        }
    }

    /// Puts the sums of a block of outputs into a row of them, given its inputs' scale.
    #[inline(always)]
    fn put(&self, sums: &[i32; BLOCK], block: usize, (row, scale): (&mut [f32], &f32)) {
        let first = BLOCK * block;
        let fixed = self.scales[first..].iter().zip(&self.bias[first..]);
        for ((out, sum), (own, bias)) in row[first..].iter_mut().zip(sums).zip(fixed) {
            *out = *sum as f32 * (own * scale) + bias;
        }
    }
}

/// Does work with the widest instructions that the processor has; what it calls is to be inlined. Rust never changes the order of
/// additions, so that the result is the same in every width.
#[inline(always)]
pub(super) fn wide<T>(work: impl FnOnce() -> T) -> T {
    pulp::Arch::new().dispatch(work)
}

/// Rows of weights that are multiplied at once: with two rows of inputs as many sums as a processor with sixteen registers holds.
const BLOCK: usize = 4;
/// Numbers that are multiplied at once.
const LANES: usize = 16;

/// How a processor multiplies whole numbers and adds up neighbours. The sums are the same whichever does it.
trait Pairs: Copy {
    type Sums: Copy;
    fn none(self) -> Self::Sums;
    fn add(self, sums: Self::Sums, x: [i16; LANES], y: [i16; LANES]) -> Self::Sums;
    fn total(self, sums: Self::Sums) -> i32;
}

/// As every processor can.
#[derive(Clone, Copy)]
struct Plain;

impl Pairs for Plain {
    type Sums = [i32; LANES / 2];

    #[inline(always)]
    fn none(self) -> Self::Sums {
        [0; LANES / 2]
    }

    #[inline(always)]
    fn add(self, mut sums: Self::Sums, x: [i16; LANES], y: [i16; LANES]) -> Self::Sums {
        let product = |at: usize| i32::from(x[at]) * i32::from(y[at]);
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += product(2 * lane) + product(2 * lane + 1);
        }
        sums
    }

    #[inline(always)]
    fn total(self, sums: Self::Sums) -> i32 {
        sums.iter().sum()
    }
}

/// With AVX2.
#[cfg(target_arch = "x86_64")]
impl Pairs for pulp::x86::V3 {
    type Sums = pulp::i32x8;

    #[inline(always)]
    fn none(self) -> Self::Sums {
        pulp::bytemuck::Zeroable::zeroed()
    }

    #[inline(always)]
    fn add(self, sums: Self::Sums, x: [i16; LANES], y: [i16; LANES]) -> Self::Sums {
        let (x, y) = (pulp::bytemuck::cast(x), pulp::bytemuck::cast(y));
        self.wrapping_add_i32x8(sums, self.multiply_wrapping_add_adjacent_i16x16(x, y))
    }

    #[inline(always)]
    fn total(self, sums: Self::Sums) -> i32 {
        let sums: [i32; LANES / 2] = pulp::bytemuck::cast(sums);
        sums.iter().sum()
    }
}

/// A product on a processor with AVX2.
#[cfg(target_arch = "x86_64")]
struct Wide<'a> {
    layer: &'a Linear,
    x: &'a Rounded,
    out: &'a mut [f32],
    wide: pulp::x86::V3,
}

#[cfg(target_arch = "x86_64")]
impl pulp::NullaryFnOnce for Wide<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.layer.multiply_by(self.wide, self.x, self.out);
    }
}

/// Each row of `x` times each of `y`, all of one width.
#[inline(always)]
fn dots<'a, P: Pairs, const R: usize>(
    by: P,
    x: &'a [i16],
    y: &'a [i16],
    width: usize,
) -> [[i32; BLOCK]; R] {
    let whole = width / LANES;
    let lanes = |row: &'a [i16]| &row.as_chunks::<LANES>().0[..whole];
    let p: [_; R] = std::array::from_fn(|i| lanes(&x[i * width..][..width]));
    let q: [_; BLOCK] = std::array::from_fn(|j| lanes(&y[j * width..][..width]));
    let mut sums = [[by.none(); BLOCK]; R];
    for at in 0..whole {
        for i in 0..R {
            let x = p[i][at];
            for j in 0..BLOCK {
                sums[i][j] = by.add(sums[i][j], x, q[j][at]);
            }
        }
    }
    let mut out = [[0; BLOCK]; R];
    for i in 0..R {
        for j in 0..BLOCK {
            out[i][j] = by.total(sums[i][j]);
            for at in LANES * whole..width {
                out[i][j] += i32::from(x[i * width + at]) * i32::from(y[j * width + at]);
            }
        }
    }
    out
}

/// Layer normalisation (Ba et al. 2016): each row to mean 0 and variance 1, then stretched and shifted.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) stretch: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

impl Norm {
    pub(super) fn apply(&self, x: &mut [f32]) {
        wide(
            #[inline(always)]
            || self.normalise(x),
        )
    }

    #[inline(always)]
    fn normalise(&self, x: &mut [f32]) {
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
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let inner = 1.595_769 * (x + 0.044_715 * x * x * x);
    x - x / (1.0 + exp(inner))
}

/// Each number through [`gelu`].
pub(super) fn bend(x: &mut [f32]) {
    wide(
        #[inline(always)]
        || x.iter_mut().for_each(|x| *x = gelu(*x)),
    )
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
        let weights: Vec<i8> = (0..6).map(|w| w * 20 - 50).collect();
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
