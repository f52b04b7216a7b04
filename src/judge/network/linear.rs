//! The arithmetic of a layer, in whole numbers.
//!
//! Weights are whole numbers of four bits with one scale an output; inputs are rounded to eight, one scale and one lowest value a row. Sums
//! of whole numbers are exact in any order, and what remains in floating point (scales, exponentials, roots) is written out in one
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
    /// What inputs of one would come to.
    totals: Vec<f32>,
}

/// Rows of inputs, rounded to steps above their lowest.
#[derive(Debug, Default)]
struct Levels {
    numbers: Vec<u8>,
    scales: Vec<f32>,
    lows: Vec<f32>,
}

/// Rows of numbers to keep, in half the bytes that floats would take.
#[derive(Debug, Default)]
pub(super) struct Rounded {
    numbers: Vec<i16>,
    scales: Vec<f32>,
}

/// Numbers to keep are rounded to whole ones between this and its negative.
const REACH: f32 = 2047.0;
/// The greatest step of an input.
const STEPS: f32 = 255.0;

impl Levels {
    fn rows(x: &[f32], width: usize) -> Self {
        wide(
            #[inline(always)]
            || Self::round(x, width),
        )
    }

    #[inline(always)]
    fn round(x: &[f32], width: usize) -> Self {
        let mut numbers = Vec::with_capacity(x.len());
        let count = x.len() / width;
        let (mut scales, mut lows) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for row in x.chunks_exact(width) {
            let (low, high) = range(row);
            let scale = (high - low).max(1e-6) / STEPS;
            let turn = 1.0 / scale;
            // Adding a large number rounds, and leaves the whole number in the lower bits.
            let step = |x: &f32| {
                ((x - low) * turn + WHOLE)
                    .to_bits()
                    .wrapping_sub(WHOLE.to_bits())
            };
            numbers.extend(row.iter().map(|x| step(x).min(STEPS as u32) as u8));
            scales.push(scale);
            lows.push(low);
        }
        Self {
            numbers,
            scales,
            lows,
        }
    }
}

/// The lowest and the highest of a row, found in eight columns side by side.
#[inline(always)]
fn range(row: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([f32::MAX; 8], [f32::MIN; 8]);
    for some in row.chunks(8) {
        for ((low, high), x) in low.iter_mut().zip(&mut high).zip(some) {
            *low = low.min(*x);
            *high = high.max(*x);
        }
    }
    let low = low.iter().fold(f32::MAX, |m, x| m.min(*x));
    (low, high.iter().fold(f32::MIN, |m, x| m.max(*x)))
}

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
        // Else sums of sixteen bits may run over.
        debug_assert!(weights.iter().all(|w| (-8..=7).contains(w)));
        let rows = weights.chunks_exact(inputs).zip(&scales);
        let totals = rows.map(|(row, scale)| {
            let total: i32 = row.iter().map(|w| i32::from(*w)).sum();
            total as f32 * scale
        });
        Self {
            totals: totals.collect(),
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
        let x = Levels::rows(x, self.inputs);
        let mut out = vec![0f32; x.scales.len() * self.outputs()];
        self.multiply(&x, &mut out);
        out
    }

    fn multiply(&self, x: &Levels, out: &mut [f32]) {
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
    fn multiply_by<P: Pairs>(&self, by: P, x: &Levels, out: &mut [f32]) {
        let width = self.inputs;
        // Weights in the outer loop: they are many, the rows are few.
        let mut blocks = self.weights.chunks_exact(BLOCK * width);
        let mut first = 0;
        for weights in &mut blocks {
            self.block::<P, BLOCK>(by, weights, first, x, out);
            first += BLOCK;
        }
        for weights in blocks.remainder().chunks_exact(width) {
            self.block::<P, 1>(by, weights, first, x, out);
            first += 1;
        }
    }

    /// Some outputs, from `first` on, of all rows.
    #[inline(always)]
    fn block<P: Pairs, const B: usize>(
        &self,
        by: P,
        weights: &[i8],
        first: usize,
        x: &Levels,
        out: &mut [f32],
    ) {
        let width = self.inputs;
        let mut numbers = x.numbers.chunks_exact(2 * width);
        let rows = out.chunks_exact_mut(self.outputs());
        let mut rows = rows.zip(&x.scales).zip(&x.lows);
        for pair in &mut numbers {
            let [one, two] = dots::<P, 2, B>(by, pair, weights, width);
            for sums in [one, two] {
                if let Some(((row, scale), low)) = rows.next() {
                    self.put(&sums, first, &mut row[first..][..B], *scale, *low);
                }
            }
        }
        if let Some(((row, scale), low)) = rows.next() {
            let [sums] = dots::<P, 1, B>(by, numbers.remainder(), weights, width);
            self.put(&sums, first, &mut row[first..][..B], *scale, *low);
        }
    }

    /// Turns sums into outputs, given the scale and lowest value of their row of inputs.
    #[inline(always)]
    fn put<const B: usize>(
        &self,
        sums: &[i32; B],
        first: usize,
        out: &mut [f32],
        scale: f32,
        low: f32,
    ) {
        let scales = &self.scales[first..][..B];
        let (totals, bias) = (&self.totals[first..][..B], &self.bias[first..][..B]);
        for j in 0..B {
            out[j] = sums[j] as f32 * (scales[j] * scale) + low * totals[j] + bias[j];
        }
    }
}

/// Does work with the widest instructions that the processor has; what it calls is to be inlined. Rust never changes the order of
/// additions, so that the result is the same in every width.
#[inline(always)]
pub(super) fn wide<T>(work: impl FnOnce() -> T) -> T {
    pulp::Arch::new().dispatch(work)
}

/// Rows of weights that are multiplied at once: with two rows of inputs about as many sums as a processor with sixteen registers holds.
const BLOCK: usize = 4;
/// Numbers that are multiplied at once.
const LANES: usize = 32;
/// Products that are added up in sixteen bits: two neighbours of 255 times 8 each, eight times.
const SHORT: usize = 8;

/// How a processor multiplies whole numbers and adds up neighbours. The sums are the same whichever does it.
trait Pairs: Copy {
    type Short: Copy;
    type Sums: Copy;
    fn short(self) -> Self::Short;
    fn none(self) -> Self::Sums;
    fn add(self, short: Self::Short, x: [u8; LANES], y: [i8; LANES]) -> Self::Short;
    fn widen(self, sums: Self::Sums, short: Self::Short) -> Self::Sums;
    fn total(self, sums: Self::Sums) -> i32;
}

/// As every processor can.
#[derive(Clone, Copy)]
struct Plain;

impl Pairs for Plain {
    type Short = [i16; LANES / 2];
    type Sums = [i32; LANES / 4];

    #[inline(always)]
    fn short(self) -> Self::Short {
        [0; LANES / 2]
    }

    #[inline(always)]
    fn none(self) -> Self::Sums {
        [0; LANES / 4]
    }

    #[inline(always)]
    fn add(self, mut short: Self::Short, x: [u8; LANES], y: [i8; LANES]) -> Self::Short {
        let product = |at: usize| i16::from(x[at]) * i16::from(y[at]);
        for (lane, sum) in short.iter_mut().enumerate() {
            *sum += product(2 * lane) + product(2 * lane + 1);
        }
        short
    }

    #[inline(always)]
    fn widen(self, mut sums: Self::Sums, short: Self::Short) -> Self::Sums {
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += i32::from(short[2 * lane]) + i32::from(short[2 * lane + 1]);
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
    type Short = pulp::i16x16;
    type Sums = pulp::i32x8;

    #[inline(always)]
    fn short(self) -> Self::Short {
        pulp::bytemuck::Zeroable::zeroed()
    }

    #[inline(always)]
    fn none(self) -> Self::Sums {
        pulp::bytemuck::Zeroable::zeroed()
    }

    #[inline(always)]
    fn add(self, short: Self::Short, x: [u8; LANES], y: [i8; LANES]) -> Self::Short {
        // The first side is read without signs, whatever the name of its type.
        let (x, y) = (pulp::bytemuck::cast(x), pulp::bytemuck::cast(y));
        let products = self.multiply_saturating_add_adjacent_i8x32(x, y);
        self.wrapping_add_i16x16(short, products)
    }

    #[inline(always)]
    fn widen(self, sums: Self::Sums, short: Self::Short) -> Self::Sums {
        let ones = pulp::bytemuck::cast([1i16; LANES / 2]);
        self.wrapping_add_i32x8(
            sums,
            self.multiply_wrapping_add_adjacent_i16x16(short, ones),
        )
    }

    #[inline(always)]
    fn total(self, sums: Self::Sums) -> i32 {
        let sums: [i32; LANES / 4] = pulp::bytemuck::cast(sums);
        sums.iter().sum()
    }
}

/// A product on a processor with AVX2.
#[cfg(target_arch = "x86_64")]
struct Wide<'a> {
    layer: &'a Linear,
    x: &'a Levels,
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
fn dots<P: Pairs, const R: usize, const B: usize>(
    by: P,
    x: &[u8],
    y: &[i8],
    width: usize,
) -> [[i32; B]; R] {
    let whole = width / LANES;
    let p: [_; R] = std::array::from_fn(|i| lanes(&x[i * width..][..width]));
    let q: [_; B] = std::array::from_fn(|j| lanes(&y[j * width..][..width]));
    let mut sums = [[by.none(); B]; R];
    let mut start = 0;
    while start < whole {
        let end = (start + SHORT).min(whole);
        let mut short = [[by.short(); B]; R];
        for at in start..end {
            for i in 0..R {
                for j in 0..B {
                    short[i][j] = by.add(short[i][j], p[i][at], q[j][at]);
                }
            }
        }
        for i in 0..R {
            for j in 0..B {
                sums[i][j] = by.widen(sums[i][j], short[i][j]);
            }
        }
        start = end;
    }
    let mut out = [[0; B]; R];
    for i in 0..R {
        for j in 0..B {
            out[i][j] = by.total(sums[i][j]);
            for at in LANES * whole..width {
                out[i][j] += i32::from(x[i * width + at]) * i32::from(y[j * width + at]);
            }
        }
    }
    out
}

/// A row in parts that are multiplied at once; what is left over at its end is not among them.
#[inline(always)]
fn lanes<T>(row: &[T]) -> &[[T; LANES]] {
    row.as_chunks().0
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

    /// Every way to multiply gives the exact sums, at the greatest values and at widths that are no multiple of anything.
    #[test]
    fn products_are_exact_on_every_processor() {
        let mut draw = 1u64;
        let mut next = |n: u64| {
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (draw >> 33) % n
        };
        for width in [1, 31, 32, 33, 255, 256, 257, 384, 1536] {
            for (rows, outputs) in [(1, 1), (2, 4), (3, 5), (5, 9)] {
                for case in 0..4 {
                    let weights: Vec<i8> = (0..width * outputs)
                        .map(|_| match case {
                            0 => -8,
                            1 => 7,
                            _ => next(16) as i8 - 8,
                        })
                        .collect();
                    let numbers: Vec<u8> = (0..width * rows)
                        .map(|_| if case < 2 { 255 } else { next(256) as u8 })
                        .collect();
                    let layer = Linear::new(width, weights, vec![1.0; outputs], vec![0.0; outputs]);
                    let x = Levels {
                        numbers,
                        scales: vec![1.0; rows],
                        lows: vec![0.0; rows],
                    };
                    let exact: Vec<f32> = (x.numbers.chunks_exact(width))
                        .flat_map(|row| {
                            layer.weights.chunks_exact(width).map(|weights| {
                                let pairs = row.iter().zip(weights);
                                pairs
                                    .map(|(x, w)| i32::from(*x) * i32::from(*w))
                                    .sum::<i32>() as f32
                            })
                        })
                        .collect();
                    let (mut plain, mut widest) = (exact.clone(), exact.clone());
                    plain.fill(0.0);
                    widest.fill(0.0);
                    layer.multiply_by(Plain, &x, &mut plain);
                    layer.multiply(&x, &mut widest);
                    assert_eq!(plain, exact, "{width} {rows} {outputs} {case}");
                    assert_eq!(widest, exact, "{width} {rows} {outputs} {case}");
                }
            }
        }
    }

    #[test]
    fn a_layer_is_near_its_product() {
        let weights: Vec<i8> = vec![-5, -3, -1, 1, 3, 5];
        let layer = Linear::new(3, weights, vec![0.1, 0.2], vec![1.0, -1.0]);
        let out = layer.apply(&[1.0, -2.0, 0.5, 0.0, 0.0, 0.0]);
        let expected = [
            1.0 + 0.1 * (-5.0 + 6.0 - 0.5),
            -1.0 + 0.2 * (1.0 - 6.0 + 2.5),
            1.0,
            -1.0,
        ];
        for (x, y) in out.iter().zip(expected) {
            assert!((x - y).abs() < 1e-2, "{out:?}");
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
