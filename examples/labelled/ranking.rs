//! Measures of scores against labels: how well they rank, and whether they mean what they say.

use std::fmt;

/// Average precision of scored rows, 0 to 1; rows of one score count together, whatever their order. `None` where no row is
/// positive.
pub fn average_precision(mut scored: Vec<(f64, bool)>) -> Option<f64> {
    scored.sort_by(|x, y| y.0.total_cmp(&x.0));
    let positive = scored.iter().filter(|x| x.1).count();
    let (mut seen, mut hits, mut sum) = (0, 0, 0.0);
    for tied in scored.chunk_by(|x, y| x.0 == y.0) {
        let right = tied.iter().filter(|x| x.1).count();
        seen += tied.len();
        hits += right;
        sum += right as f64 * hits as f64 / seen as f64;
    }
    (positive > 0).then(|| sum / positive as f64)
}

/// Spearman's rank correlation of two lists of one length, -1 to 1; equal values share the mean of their ranks.
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let product = |x: &[f64], y: &[f64]| -> f64 {
        let both = x.iter().zip(y);
        both.map(|(p, q)| (p - mean) * (q - mean)).sum()
    };
    product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt()
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|i, j| values[*i].total_cmp(&values[*j]));
    let mut out = vec![0.0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|i, j| values[*i] == values[*j]) {
        for at in tied {
            out[*at] = first as f64 + (tied.len() as f64 - 1.0) / 2.0;
        }
        first += tied.len();
    }
    out
}

const BINS: usize = 10;

/// How often what is said with some probability is right, by tenths of the probability.
#[derive(Default, Clone)]
pub struct Reliability {
    /// How many fell in, how many of them were right, and their probabilities' sum.
    bins: [(usize, usize, f64); BINS],
}

impl Reliability {
    pub fn add(&mut self, probability: f64, right: bool) {
        let bin = &mut self.bins[((probability * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += usize::from(right);
        bin.2 += probability;
    }

    /// The expected calibration error: the mean distance between a bin's probability and its share right, 0 to 1.
    pub fn error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|b| b.0).sum();
        let apart = |b: &(usize, usize, f64)| (b.2 - b.1 as f64).abs();
        self.bins.iter().map(apart).sum::<f64>() / all.max(1) as f64
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "    said with      pairs   mean   right")?;
        for (at, (all, right, sum)) in self.bins.iter().enumerate().filter(|(_, b)| b.0 > 0) {
            let (low, high) = (at as f64 / BINS as f64, (at + 1) as f64 / BINS as f64);
            let share = |x: f64| x / *all as f64;
            writeln!(
                f,
                "    {low:.1} to {high:.1} {all:>9}  {:.3}   {:.3}",
                share(*sum),
                share(*right as f64)
            )?;
        }
        write!(f, "    expected calibration error {:.3}", self.error())
    }
}
