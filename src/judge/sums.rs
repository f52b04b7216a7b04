//! Sums and exponentials that are the same on every machine: whole numbers, or one fixed order of additions and multiplications.

/// 1.5 * 2^23: added to a number of lesser size it leaves no room for a fraction.
pub(in crate::judge) const WHOLE: f32 = 12_582_912.0;

/// A plain loop: the compiler makes it multiply eight pairs or more and add them up in one step.
#[inline(always)]
pub(in crate::judge) fn whole_dot(x: &[i16], y: &[i16]) -> i32 {
    let pairs = x.iter().zip(y);
    pairs.map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

/// The dot product, in eight sums side by side.
#[inline(always)]
pub(in crate::judge) fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    let (p, q) = (x.chunks_exact(8), y.chunks_exact(8));
    let rest: f32 = p
        .remainder()
        .iter()
        .zip(q.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in p.zip(q) {
        for at in 0..8 {
            sums[at] += x[at] * y[at];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// e to the power of x, to some six digits, without the machine's own.
#[inline(always)]
pub(in crate::judge) fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = (x + WHOLE) - WHOLE;
    let part = x - whole;
    // Taylor's series of 2^part, part within half a unit.
    let power = 1.0
        + part
            * (std::f32::consts::LN_2
                + part
                    * (0.240_226_5
                        + part * (0.055_504_11 + part * (0.009_618_13 + part * 0.001_333_36))));
    power * f32::from_bits(((whole as i32 + 127) << 23) as u32)
}

/// Turns scores into shares that sum to one.
#[inline(always)]
pub(in crate::judge) fn softmax(x: &mut [f32]) {
    let most = x.iter().fold(f32::MIN, |m, x| m.max(*x));
    x.iter_mut().for_each(|x| *x = exp(*x - most));
    let total: f32 = x.iter().sum();
    x.iter_mut().for_each(|x| *x /= total);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_near_the_exact_one() {
        for at in -4000..4000 {
            let x = at as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 1e-5, "exp {x}");
        }
        assert!(exp(-1e9) >= 0.0 && exp(1e9).is_finite());
    }

    #[test]
    fn shares_sum_to_one() {
        let mut x = [1.0, 2.0, -50.0];
        softmax(&mut x);
        assert!((x.iter().sum::<f32>() - 1.0).abs() < 1e-6 && x[1] > x[0] && x[2] < 1e-6);
    }
}
