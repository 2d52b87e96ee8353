//! The larger of two numbers, where a number may be missing.

/// The larger of two numbers; NaN if one of them is. `f64::max` drops NaN, and a check of the worst error would pass where the
/// computation broke.
///
/// ```
/// use ml::prelude::larger;
/// assert_eq!([1.0, 3.0, 2.0].into_iter().fold(0.0, larger), 3.0);
/// assert!([1.0, f64::NAN, 2.0].into_iter().fold(0.0, larger).is_nan());
/// ```
pub fn larger(a: f64, b: f64) -> f64 {
    if a >= b || a.is_nan() { a } else { b }
}
