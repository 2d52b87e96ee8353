//! Summaries of samples.

use ndarray::{Array1, Array2, Axis};

use super::{pairs, sample};
use crate::plot::Values;

/// The mean Σxᵢ/n.
///
/// # Panics
/// When the sample is empty.
#[track_caller]
pub fn mean(xs: impl Values) -> f64 {
    mean_of(&sample(xs))
}

/// The unbiased variance Σ(xᵢ − x̄)²/(n − 1), in two passes; NaN for one number.
///
/// # Panics
/// When the sample is empty.
#[track_caller]
pub fn variance(xs: impl Values) -> f64 {
    let xs = sample(xs);
    squares(&xs) / (xs.len() as f64 - 1.0)
}

/// The variance of a whole population, Σ(xᵢ − x̄)²/n.
///
/// # Panics
/// When the sample is empty.
#[track_caller]
pub fn variance_population(xs: impl Values) -> f64 {
    let xs = sample(xs);
    squares(&xs) / xs.len() as f64
}

/// The standard deviation, divided by n − 1: how far the numbers are spread; NaN for one number.
///
/// # Panics
/// When the sample is empty.
#[track_caller]
pub fn sd(xs: impl Values) -> f64 {
    variance(xs).sqrt()
}

/// The standard deviation of a whole population, divided by n.
///
/// # Panics
/// When the sample is empty.
#[track_caller]
pub fn sd_population(xs: impl Values) -> f64 {
    variance_population(xs).sqrt()
}

/// The standard error of the mean, sd/√n; NaN for one number.
///
/// # Panics
/// When the sample is empty.
#[track_caller]
pub fn standard_error(xs: impl Values) -> f64 {
    let xs = sample(xs);
    (squares(&xs) / (xs.len() as f64 - 1.0) / xs.len() as f64).sqrt()
}

/// The middle number, or the mean of the two middle ones.
///
/// # Panics
/// When the sample is empty or holds a NaN.
#[track_caller]
pub fn median(xs: impl Values) -> f64 {
    quantile(xs, 0.5)
}

/// The quantile of a level in [0; 1], linear between the two numbers at places (n − 1)·level (type 7 of Hyndman and Fan, 1996, as in
/// NumPy and R).
///
/// # Panics
/// When the sample is empty or holds a NaN, or the level is not in [0; 1].
#[track_caller]
pub fn quantile(xs: impl Values, level: f64) -> f64 {
    let mut xs = sample(xs);
    assert!((0.0..=1.0).contains(&level), "stats: {level} is not a level of a quantile");
    assert!(xs.iter().all(|x| !x.is_nan()), "stats: there is a NaN in the sample");
    xs.sort_by(f64::total_cmp);
    let place = level * (xs.len() - 1) as f64;
    let (low, high) = (xs[place.floor() as usize], xs[place.ceil() as usize]);
    // Equal neighbours may be infinite.
    if low == high { low } else { low + (place - place.floor()) * (high - low) }
}

/// The median of distances to the median, which outliers do not move; times 1.4826 it estimates σ of normal data (Hampel, 1974).
///
/// # Panics
/// When the sample is empty or holds a NaN.
#[track_caller]
pub fn mad(xs: impl Values) -> f64 {
    let xs = sample(xs);
    let centre = median(&xs);
    median(xs.iter().map(|x| (x - centre).abs()))
}

/// The unbiased covariance Σ(xᵢ − x̄)(yᵢ − ȳ)/(n − 1).
///
/// # Panics
/// When the samples are empty or differ in length.
#[track_caller]
pub fn covariance(xs: impl Values, ys: impl Values) -> f64 {
    let (xs, ys) = pairs(xs, ys);
    products(&xs, &ys) / (xs.len() as f64 - 1.0)
}

/// The correlation of Pearson, from −1 to 1; NaN when one of the samples does not vary.
///
/// # Panics
/// When the samples are empty or differ in length.
#[track_caller]
pub fn correlation(xs: impl Values, ys: impl Values) -> f64 {
    let (xs, ys) = pairs(xs, ys);
    let r = products(&xs, &ys) / (squares(&xs).sqrt() * squares(&ys).sqrt());
    // Rounding may lead past the end.
    if r.is_nan() { r } else { r.clamp(-1.0, 1.0) }
}

/// The matrix of covariances of columns (objects by rows), divided by n − 1.
///
/// # Panics
/// When there are fewer than two objects.
#[track_caller]
pub fn covariance_matrix(x: &Array2<f64>) -> Array2<f64> {
    assert!(x.nrows() > 1, "stats: covariances of {} objects", x.nrows());
    let centre: Array1<f64> = x.columns().into_iter().map(|column| mean_of(&column.to_vec())).collect();
    let columns: Vec<Vec<f64>> =
        x.axis_iter(Axis(1)).zip(&centre).map(|(c, m)| c.iter().map(|x| x - m).collect()).collect();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let scale = x.nrows() as f64 - 1.0;
    Array2::from_shape_fn((x.ncols(), x.ncols()), |(i, j)| dot(&columns[i], &columns[j]) / scale)
}

/// The matrix of correlations of columns (objects by rows).
///
/// # Panics
/// When there are fewer than two objects.
#[track_caller]
pub fn correlation_matrix(x: &Array2<f64>) -> Array2<f64> {
    let covariances = covariance_matrix(x);
    let sd: Vec<f64> = covariances.diag().iter().map(|variance| variance.sqrt()).collect();
    Array2::from_shape_fn(covariances.dim(), |(i, j)| if i == j { 1.0 } else { covariances[[i, j]] / (sd[i] * sd[j]) })
}

pub(super) fn mean_of(xs: &[f64]) -> f64 {
    xs.iter().sum::<f64>() / xs.len() as f64
}

/// Σ(xᵢ − x̄)².
pub(super) fn squares(xs: &[f64]) -> f64 {
    let centre = mean_of(xs);
    xs.iter().map(|x| (x - centre) * (x - centre)).sum()
}

fn products(xs: &[f64], ys: &[f64]) -> f64 {
    let (x0, y0) = (mean_of(xs), mean_of(ys));
    xs.iter().zip(ys).map(|(x, y)| (x - x0) * (y - y0)).sum()
}
