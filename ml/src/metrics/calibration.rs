//! Whether probabilities mean what they say. Outcomes are classes 0 and 1, probabilities those of class 1.

use super::fit;
use crate::plot::Values;

/// The objects whose probability fell into one part of [0; 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// How many objects there are.
    pub count: usize,
    /// The mean of their probabilities.
    pub predicted: f64,
    /// The share of outcomes 1 among them.
    pub happened: f64,
}

/// The score of Brier (1950): the mean of (p − y)², from 0 to 1.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn brier(y: &[usize], p: impl Values) -> f64 {
    let p = p.values();
    fit(y.len(), p.len());
    y.iter().zip(&p).map(|(&y, p)| (p - y as f64) * (p - y as f64)).sum::<f64>() / y.len() as f64
}

/// Cross-entropy in nats: the mean of −ln of the probability that was given to what happened; infinite where that was 0.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn log_loss(y: &[usize], p: impl Values) -> f64 {
    let p = p.values();
    fit(y.len(), p.len());
    let of = |y: usize, p: f64| if y == 1 { -libm::log(p) } else { -libm::log1p(-p) };
    y.iter().zip(&p).map(|(&y, &p)| of(y, p)).sum::<f64>() / y.len() as f64
}

/// The curve of calibration: objects by the part of [0; 1] that their probability falls into, parts of equal width, empty ones left out.
///
/// # Panics
/// When the sequences differ in length or are empty, `bins` is 0, or a number is not a probability.
#[track_caller]
pub fn calibration(y: &[usize], p: impl Values, bins: usize) -> Vec<Bin> {
    let p = p.values();
    fit(y.len(), p.len());
    assert!(bins > 0, "metrics: there must be at least one bin");
    let mut sums = vec![(0, 0.0, 0); bins];
    for (&y, &p) in y.iter().zip(&p) {
        assert!((0.0..=1.0).contains(&p), "metrics: {p} is not a probability");
        let bin = &mut sums[((p * bins as f64) as usize).min(bins - 1)];
        *bin = (bin.0 + 1, bin.1 + p, bin.2 + y);
    }
    let full = sums.into_iter().filter(|(count, ..)| *count > 0);
    full.map(|(count, predicted, happened)| Bin {
        count,
        predicted: predicted / count as f64,
        happened: happened as f64 / count as f64,
    })
    .collect()
}

/// The expected error of calibration (Naeini et al., 2015): the mean of |happened − predicted| over bins, by their counts.
///
/// # Panics
/// As [`calibration`].
#[track_caller]
pub fn expected_calibration_error(y: &[usize], p: impl Values, bins: usize) -> f64 {
    let error = |bin: &Bin| bin.count as f64 * (bin.happened - bin.predicted).abs();
    calibration(y, p, bins).iter().map(error).sum::<f64>() / y.len() as f64
}
