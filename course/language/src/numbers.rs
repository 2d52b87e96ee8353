//! Products of matrices that lie in slices, and functions of one number that compilers turn into vector instructions.

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayBase, ArrayView2, ArrayViewMut2, Axis, Ix2, RawData, Slice};

/// A matrix whose rows lie one after another.
pub(crate) fn matrix(numbers: &[f32], columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((numbers.len() / columns, columns), numbers).expect("a slice of whole rows has this shape")
}

/// As [`matrix`], to write into.
pub(crate) fn matrix_mut(numbers: &mut [f32], columns: usize) -> ArrayViewMut2<'_, f32> {
    let rows = numbers.len() / columns;
    ArrayViewMut2::from_shape((rows, columns), numbers).expect("a slice of whole rows has this shape")
}

/// Some rows and columns of a view; what ndarray's `s!` writes, without the block that `forbid(unsafe_code)` refuses.
pub(crate) fn cut<S: RawData>(
    mut view: ArrayBase<S, Ix2>,
    rows: Range<usize>,
    columns: Range<usize>,
) -> ArrayBase<S, Ix2> {
    view.slice_axis_inplace(Axis(0), Slice::from(rows));
    view.slice_axis_inplace(Axis(1), Slice::from(columns));
    view
}

/// c = scale·ab.
#[expect(clippy::needless_pass_by_value, reason = "a view is a pointer: by value, a call reads as its formula")]
pub(crate) fn product(scale: f32, a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, mut c: ArrayViewMut2<'_, f32>) {
    general_mat_mul(scale, &a, &b, 0.0, &mut c);
}

/// c += scale·ab.
#[expect(clippy::needless_pass_by_value, reason = "a view is a pointer: by value, a call reads as its formula")]
pub(crate) fn add_product(scale: f32, a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>, mut c: ArrayViewMut2<'_, f32>) {
    general_mat_mul(scale, &a, &b, 1.0, &mut c);
}

/// eˣ for x ⩽ 88 with a relative error below 3·10⁻⁷; 0 below −87.
///
/// 2ⁿ is written into the exponent, 2^f for |f| ⩽ ½ is a polynomial (of Taylor: terms up to the sixth): no branch and no call, so a loop of it
/// runs four numbers at a time.
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding it rounds a number to a whole one, which then stands in the last bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.max(-87.3);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    // ln 2 in two parts, the first of which n multiplies exactly.
    let f = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let p = 1.0 + f * (1.0 + f * (0.5 + f * (1.0 / 6.0 + f * (1.0 / 24.0 + f * (1.0 / 120.0 + f * (1.0 / 720.0))))));
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
    p * power
}

/// 1/(1 + e⁻ˣ).
#[inline]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp((-x).min(80.0)))
}

/// Σxy, eight sums side by side.
pub(crate) fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (x8, y8) = (x.chunks_exact(8), y.chunks_exact(8));
    let rest: f32 = x8.remainder().iter().zip(y8.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in x8.zip(y8) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_that_of_libm() {
        for step in -870..=880 {
            let x = step as f32 / 10.0;
            let (found, right) = (f64::from(exp(x)), libm::exp(f64::from(x)));
            assert!((found / right - 1.0).abs() < 3e-7, "{x}: {found}, not {right}");
        }
        assert!(exp(-1e9) < 1e-37);
    }
}
