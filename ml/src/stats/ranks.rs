//! Orders of samples.

use super::{correlation, pairs, sample};
use crate::plot::Values;

/// The places of the numbers from the smallest, from 1; equal numbers share the mean of their places.
///
/// # Panics
/// When the sample is empty or holds a NaN.
#[track_caller]
pub fn ranks(xs: impl Values) -> Vec<f64> {
    let xs = sample(xs);
    assert!(xs.iter().all(|x| !x.is_nan()), "stats: a NaN has no rank");
    let mut order: Vec<usize> = (0..xs.len()).collect();
    order.sort_by(|&a, &b| xs[a].total_cmp(&xs[b]));
    let mut ranks = vec![0.0; xs.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..].iter().take_while(|&&place| xs[place] == xs[order[from]]).count();
        let rank = from as f64 + (same as f64 + 1.0) / 2.0;
        order[from..from + same].iter().for_each(|&place| ranks[place] = rank);
        from += same;
    }
    ranks
}

/// ρ of Spearman (1904): the correlation of ranks.
///
/// # Panics
/// When the samples are empty, differ in length, or hold a NaN.
#[track_caller]
pub fn spearman(xs: impl Values, ys: impl Values) -> f64 {
    let (xs, ys) = pairs(xs, ys);
    correlation(ranks(xs), ranks(ys))
}

/// τ_b of Kendall (1945): pairs in the same order minus pairs in the opposite one, over √((n₀ − n₁)(n₀ − n₂)), which leaves out the tied
/// ones; NaN when one of the samples does not vary. Time grows as n².
///
/// # Panics
/// When the samples are empty, differ in length, or hold a NaN.
#[track_caller]
pub fn kendall(xs: impl Values, ys: impl Values) -> f64 {
    let (xs, ys) = pairs(xs, ys);
    assert!(xs.iter().chain(&ys).all(|x| !x.is_nan()), "stats: a NaN has no rank");
    let (mut balance, mut by_x, mut by_y) = (0_i64, 0_i64, 0_i64);
    for i in 0..xs.len() {
        for j in 0..i {
            let order = |a: f64, b: f64| i64::from(a > b) - i64::from(a < b);
            let (x, y) = (order(xs[i], xs[j]), order(ys[i], ys[j]));
            balance += x * y;
            by_x += x * x;
            by_y += y * y;
        }
    }
    balance as f64 / ((by_x as f64).sqrt() * (by_y as f64).sqrt())
}
