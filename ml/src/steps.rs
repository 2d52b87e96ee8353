//! Numbers at equal distances.

use std::ops::Range;

/// The numbers from, from + step, from + 2·step, … below the end; the end itself is not among them.
///
/// Each is computed by one multiplication. Adding the step up, as `Tensor::arange_step` does, makes eleven numbers of [0; 1) with a step
/// of 0.1; here a number that misses the end by rounding alone counts as the end.
///
/// ```
/// assert_eq!(ml::steps(0.0..1.0, 0.1).len(), 10);
/// ```
///
/// # Panics
/// When the step leads away from the end, or nowhere, or a number is not finite.
#[track_caller]
pub fn steps(range: Range<f64>, step: f64) -> Vec<f64> {
    let Range { start, end } = range;
    assert!(
        start.is_finite() && end.is_finite() && step.is_finite(),
        "steps: {start}, {end} and {step} must be finite"
    );
    let count = (end - start) / step;
    assert!(start == end || count > 0.0 && step != 0.0, "steps: a step of {step} from {start} leads nowhere");
    if start == end {
        return Vec::new();
    }
    let count = (count - 1e-9 * count.max(1.0)).ceil() as usize;
    (0..count).map(|k| start + k as f64 * step).collect()
}
