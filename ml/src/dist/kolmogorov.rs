//! The limit law of the largest gap between an empirical and a true distribution function.

use std::f64::consts::PI;

/// The probability that √n·D exceeds x: 2 Σ (−1)^(k − 1) e^(−2k²x²), or, for small x, one minus the sum that converges there (Kolmogorov, 1933).
pub fn kolmogorov_sf(x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if x < 1.0 {
        let term = |k: i32| {
            let odd = f64::from(2 * k - 1) * PI;
            libm::exp(-odd * odd / (8.0 * x * x))
        };
        return 1.0 - (2.0 * PI).sqrt() / x * (1..=20).map(term).sum::<f64>();
    }
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
        sign * libm::exp(-2.0 * f64::from(k * k) * x * x)
    };
    (1..=20).map(term).sum()
}
