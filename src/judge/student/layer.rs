//! A layer whose products are whole numbers: sums are the same in any order, and so on every machine.

use crate::judge::sums::whole_dot;

/// A row of `inputs` weights for each output, with a scale and a bias.
#[derive(Debug)]
pub(super) struct Layer {
    inputs: usize,
    weights: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// A row of inputs, rounded. Made once and used for layer after layer.
#[derive(Debug, Default)]
pub(super) struct Rounded(Vec<i16>);

/// Inputs are rounded to whole numbers between this and its negative.
const REACH: f32 = 2047.0;

impl Rounded {
    /// Rounds a row; what one stands for.
    fn row(&mut self, row: &[f32]) -> f32 {
        let most = row.iter().fold(1e-6f32, |m, x| m.max(x.abs()));
        let turn = REACH / most;
        self.0.clear();
        // Half away from zero by truncation: `round` is a call on machines without the instruction.
        self.0.extend(row.iter().map(|x| {
            let y = x * turn;
            (y + if y < 0.0 { -0.5 } else { 0.5 }) as i16
        }));
        most / REACH
    }
}

impl Layer {
    pub(super) fn new(inputs: usize, weights: Vec<i16>, scales: Vec<f32>, bias: Vec<f32>) -> Self {
        debug_assert_eq!(weights.len(), inputs * bias.len());
        Self {
            inputs,
            weights,
            scales,
            bias,
        }
    }

    /// Fills `out` with the outputs for rows of inputs, one after the other.
    pub(super) fn apply(&self, rows: &[f32], out: &mut Vec<f32>, rounded: &mut Rounded) {
        out.clear();
        for row in rows.chunks_exact(self.inputs) {
            let one = rounded.row(row);
            let weights = self.weights.chunks_exact(self.inputs);
            let outputs = weights.zip(&self.scales).zip(&self.bias);
            out.extend(outputs.map(|((weights, scale), bias)| {
                whole_dot(&rounded.0, weights) as f32 * (scale * one) + bias
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_near_its_product() {
        let weights: Vec<i16> = (0..6).map(|w| w * 20 - 50).collect();
        let layer = Layer::new(3, weights, vec![0.01, 0.02], vec![1.0, -1.0]);
        let mut out = vec![7.0];
        layer.apply(
            &[1.0, -2.0, 0.5, 0.0, 0.0, 0.0],
            &mut out,
            &mut Rounded::default(),
        );
        let expected = [
            1.0 + 0.01 * (-50.0 + 60.0 - 5.0),
            -1.0 + 0.02 * (10.0 - 60.0 + 25.0),
            1.0,
            -1.0,
        ];
        assert_eq!(out.len(), expected.len());
        for (x, y) in out.iter().zip(expected) {
            assert!((x - y).abs() < 2e-3, "{out:?}");
        }
    }
}
