//! What samples drawn again say of a sample.

use super::interval::Interval;
use super::{mean, quantile, sample, sd};
use crate::plot::Values;
use crate::random::Rng;

/// The percentile interval of a statistic by the bootstrap (Efron, 1979): its quantiles over `times` samples drawn with replacement.
///
/// ```
/// use ml::{random, stats};
/// let xs = random::rng(1).normals(100);
/// let interval = stats::bootstrap(&xs, |xs| stats::median(xs), 1000, 0.95, &mut random::rng(2));
/// assert!(interval.contains(stats::median(&xs)));
/// ```
///
/// # Panics
/// When the sample is empty, `times` is 0, or the level is not in [0; 1].
#[track_caller]
pub fn bootstrap(
    xs: impl Values,
    statistic: impl Fn(&[f64]) -> f64,
    times: usize,
    level: f64,
    rng: &mut Rng,
) -> Interval {
    let xs = sample(xs);
    assert!(times > 0, "stats: the bootstrap draws at least once");
    let mut drawn = vec![0.0; xs.len()];
    let mut draw = || {
        drawn.iter_mut().for_each(|place| *place = xs[rng.below(xs.len())]);
        statistic(&drawn)
    };
    let values: Vec<f64> = (0..times).map(|_| draw()).collect();
    let tail = (1.0 - level) / 2.0;
    Interval { low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) }
}

/// The p-value of a difference of means, two-sided, by `times` random permutations of who belongs to which sample (Fisher, 1935):
/// (1 + how many differences are at least as large)/(1 + times), which is never 0.
///
/// # Panics
/// When a sample is empty.
#[track_caller]
pub fn permutation_test(xs: impl Values, ys: impl Values, times: usize, rng: &mut Rng) -> f64 {
    let (xs, ys) = (sample(xs), sample(ys));
    let mut all = [xs.as_slice(), &ys].concat();
    let difference = |all: &[f64]| (mean(&all[..xs.len()]) - mean(&all[xs.len()..])).abs();
    // Orders of one sample give sums that differ by rounding.
    let seen = difference(&all) * (1.0 - 1e-12);
    let mut shuffled = || {
        rng.shuffle(&mut all);
        difference(&all) >= seen
    };
    let as_large = (0..times).filter(|_| shuffled()).count();
    (1 + as_large) as f64 / (1 + times) as f64
}

/// A result over several seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Seeds {
    /// The result of every seed, in their order.
    pub values: Vec<f64>,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation, divided by n − 1.
    pub sd: f64,
}

/// The result of an experiment for each of the seeds 1, 2, …, `seeds`: what a single lucky start would hide.
///
/// # Errors
/// When the experiment fails for a seed.
///
/// # Panics
/// When there are fewer than two seeds.
#[track_caller]
pub fn over_seeds<E>(seeds: u64, mut experiment: impl FnMut(u64) -> Result<f64, E>) -> Result<Seeds, E> {
    assert!(seeds > 1, "stats: a spread needs two seeds");
    let values = (1..=seeds).map(&mut experiment).collect::<Result<Vec<f64>, E>>()?;
    Ok(Seeds { mean: mean(&values), sd: sd(&values), values })
}
