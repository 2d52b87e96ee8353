//! Tests of hypotheses; p-values are two-sided where a side can be chosen.

use ndarray::Array2;

use super::sample;
use super::summary::{mean_of, squares};
use crate::dist::{ChiSquare, Continuous as _, StudentT, kolmogorov_sf};
use crate::plot::Values;

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// The statistic: t, χ² or D.
    pub statistic: f64,
    /// Degrees of freedom; for Kolmogorov's D, the size that p was computed for.
    pub freedom: f64,
    /// How likely a statistic at least as large would be if the hypothesis were true.
    pub p: f64,
}

/// Student's test (1908) that the mean of a normal sample is `mean`.
///
/// # Panics
/// When there are fewer than two numbers.
#[track_caller]
pub fn t_test(xs: impl Values, mean: f64) -> Test {
    let xs = sample(xs);
    assert!(xs.len() > 1, "stats: one number has no spread");
    let n = xs.len() as f64;
    let error = (squares(&xs) / (n - 1.0) / n).sqrt();
    by_t((mean_of(&xs) - mean) / error, n - 1.0)
}

/// Welch's test (1947) that two normal samples have one mean; their variances may differ.
///
/// # Panics
/// When a sample has fewer than two numbers.
#[track_caller]
pub fn welch_test(xs: impl Values, ys: impl Values) -> Test {
    let (xs, ys) = (sample(xs), sample(ys));
    assert!(xs.len() > 1 && ys.len() > 1, "stats: one number has no spread");
    let (n, m) = (xs.len() as f64, ys.len() as f64);
    let (a, b) = (squares(&xs) / (n - 1.0) / n, squares(&ys) / (m - 1.0) / m);
    let freedom = (a + b) * (a + b) / (a * a / (n - 1.0) + b * b / (m - 1.0));
    by_t((mean_of(&xs) - mean_of(&ys)) / (a + b).sqrt(), freedom)
}

/// Pearson's test (1900) that counts come from given probabilities: χ² = Σ (nᵢ − npᵢ)²/(npᵢ).
///
/// # Panics
/// When counts and probabilities differ in number, or a probability is not positive.
#[track_caller]
pub fn chi_square_fit(counts: &[usize], probabilities: impl Values) -> Test {
    let p = probabilities.values();
    assert!(
        counts.len() == p.len() && counts.len() > 1,
        "stats: {} counts for {} probabilities",
        counts.len(),
        p.len()
    );
    assert!(p.iter().all(|p| *p > 0.0), "stats: a probability is not positive");
    let (n, whole) = (counts.iter().sum::<usize>() as f64, p.iter().sum::<f64>());
    let term = |(count, p): (&usize, &f64)| (*count as f64 - n * p / whole).powi(2) / (n * p / whole);
    by_chi_square(counts.iter().zip(&p).map(term).sum(), counts.len() as f64 - 1.0)
}

/// Pearson's test that rows and columns of a table of counts are independent, without a correction of continuity.
///
/// # Panics
/// When a row or a column is empty.
#[track_caller]
pub fn chi_square_independence(counts: &Array2<usize>) -> Test {
    let n = counts.sum() as f64;
    let rows: Vec<f64> = counts.rows().into_iter().map(|row| row.sum() as f64).collect();
    let columns: Vec<f64> = counts.columns().into_iter().map(|column| column.sum() as f64).collect();
    assert!(rows.iter().chain(&columns).all(|sum| *sum > 0.0), "stats: a row or a column of the table is empty");
    let term = |((i, j), &count): ((usize, usize), &usize)| {
        let expected = rows[i] * columns[j] / n;
        (count as f64 - expected).powi(2) / expected
    };
    by_chi_square(counts.indexed_iter().map(term).sum(), (rows.len() as f64 - 1.0) * (columns.len() as f64 - 1.0))
}

/// The test of Kolmogorov (1933) that a sample comes from a continuous distribution with this cdf; p by the limit law with the
/// correction of Stephens (1970), right to about 0.01 from n = 5 on.
///
/// # Panics
/// When the sample is empty or holds a NaN.
#[track_caller]
pub fn ks(xs: impl Values, cdf: impl Fn(f64) -> f64) -> Test {
    let mut xs = sample(xs);
    assert!(xs.iter().all(|x| !x.is_nan()), "stats: there is a NaN in the sample");
    xs.sort_by(f64::total_cmp);
    let n = xs.len() as f64;
    let gap = |(place, x): (usize, &f64)| {
        let f = cdf(*x);
        ((place as f64 + 1.0) / n - f).max(f - place as f64 / n)
    };
    let d = xs.iter().enumerate().map(gap).fold(0.0, f64::max);
    by_kolmogorov(d, n)
}

/// The test of Smirnov (1939) that two samples come from one continuous distribution, with p as in [`ks`] for n·m/(n + m).
///
/// # Panics
/// When a sample is empty or holds a NaN.
#[track_caller]
pub fn ks_two_samples(xs: impl Values, ys: impl Values) -> Test {
    let (mut xs, mut ys) = (sample(xs), sample(ys));
    assert!(xs.iter().chain(&ys).all(|x| !x.is_nan()), "stats: there is a NaN in a sample");
    xs.sort_by(f64::total_cmp);
    ys.sort_by(f64::total_cmp);
    let share = |sorted: &[f64], at: f64| sorted.partition_point(|x| *x <= at) as f64 / sorted.len() as f64;
    let d = xs.iter().chain(&ys).map(|&at| (share(&xs, at) - share(&ys, at)).abs()).fold(0.0, f64::max);
    let (n, m) = (xs.len() as f64, ys.len() as f64);
    by_kolmogorov(d, n * m / (n + m))
}

/// p-values times their number, at most 1: the chance of one false alarm among all stays below the level (Bonferroni, 1936).
pub fn bonferroni(p: &[f64]) -> Vec<f64> {
    p.iter().map(|one| (one * p.len() as f64).min(1.0)).collect()
}

/// Adjusted p-values of Benjamini and Hochberg (1995): rejecting those not above q keeps the expected share of false discoveries below q.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (place, &test) in order.iter().enumerate().rev() {
        smallest = smallest.min(p[test] * p.len() as f64 / (place + 1) as f64);
        adjusted[test] = smallest;
    }
    adjusted
}

fn by_t(t: f64, freedom: f64) -> Test {
    Test { statistic: t, freedom, p: 2.0 * StudentT::new(freedom).cdf(-t.abs()) }
}

fn by_chi_square(statistic: f64, freedom: f64) -> Test {
    Test { statistic, freedom, p: ChiSquare::new(freedom).sf(statistic) }
}

fn by_kolmogorov(d: f64, n: f64) -> Test {
    let root = n.sqrt();
    Test { statistic: d, freedom: n, p: kolmogorov_sf(d * (root + 0.12 + 0.11 / root)) }
}
