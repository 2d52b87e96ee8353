//! Samples: their summaries, ranks, intervals and tests.
//!
//! Sums go in the order of the sample; logarithms and roots are those of `libm` or of IEEE 754. An empty sample, or two of different
//! length, is a mistake of the page and a panic at its line.

mod interval;
mod ranks;
mod resample;
mod summary;
mod tests;

pub use interval::{Interval, clopper_pearson, mean_interval, wald, wilson};
pub use ranks::{kendall, ranks, spearman};
pub use resample::{Seeds, bootstrap, over_seeds, permutation_test};
pub use summary::{
    correlation, correlation_matrix, covariance, covariance_matrix, mad, mean, median, quantile, sd, sd_population,
    standard_error, variance, variance_population,
};
pub use tests::{
    Test, benjamini_hochberg, bonferroni, chi_square_fit, chi_square_independence, ks, ks_two_samples, t_test,
    welch_test,
};

use crate::plot::Values;

/// A sample that is not empty.
#[track_caller]
fn sample(xs: impl Values) -> Vec<f64> {
    let xs = xs.values();
    assert!(!xs.is_empty(), "stats: the sample is empty");
    xs
}

/// Two samples of the same objects.
#[track_caller]
fn pairs(xs: impl Values, ys: impl Values) -> (Vec<f64>, Vec<f64>) {
    let (xs, ys) = (sample(xs), sample(ys));
    assert!(xs.len() == ys.len(), "stats: {} numbers beside {}", xs.len(), ys.len());
    (xs, ys)
}
