//! Intervals of confidence.

use super::sample;
use super::summary::{mean_of, squares};
use crate::dist::{Beta, Continuous as _, Normal, StudentT};
use crate::plot::Values;

/// From one number to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a number is in it, the ends included.
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// The distance of the ends.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// The interval of the mean of a normal sample by the distribution of Student (1908): x̄ ± t·sd/√n.
///
/// # Panics
/// When there are fewer than two numbers, or the level (0.95, say) is not between 0 and 1.
#[track_caller]
pub fn mean_interval(xs: impl Values, level: f64) -> Interval {
    let xs = sample(xs);
    assert!(xs.len() > 1, "stats: one number has no spread");
    inside(level);
    let n = xs.len() as f64;
    let t = StudentT::new(n - 1.0).quantile(0.5 + level / 2.0);
    let reach = t * (squares(&xs) / (n - 1.0) / n).sqrt();
    Interval { low: mean_of(&xs) - reach, high: mean_of(&xs) + reach }
}

/// The interval of Wald for a share: p̂ ± z√(p̂(1 − p̂)/n), which is empty at 0 and at n and covers too seldom. For comparison.
///
/// # Panics
/// When `hits` exceeds `n`, `n` is 0, or the level is not between 0 and 1.
#[track_caller]
pub fn wald(hits: usize, n: usize, level: f64) -> Interval {
    let (p, n) = share(hits, n, level);
    let reach = z(level) * (p * (1.0 - p) / n).sqrt();
    Interval { low: p - reach, high: p + reach }
}

/// The interval of Wilson (1927) for a share: all p that the score test does not reject.
///
/// # Panics
/// When `hits` exceeds `n`, `n` is 0, or the level is not between 0 and 1.
#[track_caller]
pub fn wilson(hits: usize, n: usize, level: f64) -> Interval {
    let (p, n) = share(hits, n, level);
    let z = z(level);
    let square = z * z / n;
    let centre = (p + square / 2.0) / (1.0 + square);
    let reach = z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt() / (1.0 + square);
    // At the ends the formula is 0 and 1, rounding apart.
    let low = if p == 0.0 { 0.0 } else { centre - reach };
    let high = if p == 1.0 { 1.0 } else { centre + reach };
    Interval { low, high }
}

/// The interval of Clopper and Pearson (1934) for a share, which covers at least as often as it says.
///
/// # Panics
/// When `hits` exceeds `n`, `n` is 0, or the level is not between 0 and 1.
#[track_caller]
pub fn clopper_pearson(hits: usize, n: usize, level: f64) -> Interval {
    share(hits, n, level);
    let tail = (1.0 - level) / 2.0;
    let (k, left) = (hits as f64, (n - hits) as f64);
    let low = if hits == 0 { 0.0 } else { Beta::new(k, left + 1.0).quantile(tail) };
    let high = if hits == n { 1.0 } else { Beta::new(k + 1.0, left).quantile(1.0 - tail) };
    Interval { low, high }
}

#[track_caller]
fn share(hits: usize, n: usize, level: f64) -> (f64, f64) {
    assert!(n > 0 && hits <= n, "stats: {hits} hits of {n}");
    inside(level);
    (hits as f64 / n as f64, n as f64)
}

#[track_caller]
fn inside(level: f64) {
    assert!(level > 0.0 && level < 1.0, "stats: a level of confidence is between 0 and 1, not {level}");
}

fn z(level: f64) -> f64 {
    Normal::standard().quantile(0.5 + level / 2.0)
}
