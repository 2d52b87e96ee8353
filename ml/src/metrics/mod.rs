//! How good answers are: errors of numbers, classes, rankings, probabilities, clusters, and agreement of people.
//!
//! Classes are numbers from 0. Sequences of different length are a mistake of the page and a panic at its line: `ndarray` would
//! make a table of all pairs of a column and a row, and `zip` would forget the rest.

mod agreement;
mod calibration;
mod classes;
mod clusters;
mod ranking;

pub use agreement::{cohen_kappa, fleiss_kappa, krippendorff_alpha};
pub use calibration::{Bin, brier, calibration, expected_calibration_error, log_loss};
pub use classes::{Confusion, accuracy, confusion, f1};
pub use clusters::{adjusted_rand, normalised_mutual_information, silhouette};
pub use ranking::{Roc, auc, average_precision, dcg, ndcg, recall_at, reciprocal_rank, roc};

use crate::plot::Values;

/// The mean square error Σ(ŷᵢ − yᵢ)²/n, in squared units of y.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn mse(y: impl Values, y_hat: impl Values) -> f64 {
    mean_of(&y.values(), &y_hat.values(), |error| error * error)
}

/// The root of [`mse`], in units of y.
///
/// # Panics
/// As [`mse`].
#[track_caller]
pub fn rmse(y: impl Values, y_hat: impl Values) -> f64 {
    mse(y, y_hat).sqrt()
}

/// The mean absolute error Σ|ŷᵢ − yᵢ|/n, in units of y.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn mae(y: impl Values, y_hat: impl Values) -> f64 {
    mean_of(&y.values(), &y_hat.values(), f64::abs)
}

/// The coefficient of determination R² = 1 − Σ(ŷᵢ − yᵢ)²/Σ(yᵢ − ȳ)²: 1 for a perfect model, 0 for the mean, negative for a worse one.
///
/// Where all yᵢ are equal there is nothing to explain, and it is NaN.
///
/// # Panics
/// When the sequences differ in length or are empty.
#[track_caller]
pub fn r2(y: impl Values, y_hat: impl Values) -> f64 {
    let (y, y_hat) = (y.values(), y_hat.values());
    let error = mean_of(&y, &y_hat, |error| error * error);
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let spread = y.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / y.len() as f64;
    if spread == 0.0 { f64::NAN } else { 1.0 - error / spread }
}

#[track_caller]
fn mean_of(y: &[f64], y_hat: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    fit(y.len(), y_hat.len());
    y.iter().zip(y_hat).map(|(y, y_hat)| of(y_hat - y)).sum::<f64>() / y.len() as f64
}

/// Answers and predictions must be as many, and some.
#[track_caller]
fn fit(answers: usize, predictions: usize) {
    assert!(answers == predictions, "metrics: {answers} answers for {predictions} predictions");
    assert!(answers > 0, "metrics: not a single answer");
}
