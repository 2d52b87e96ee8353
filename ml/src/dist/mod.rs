//! Distributions: density, distribution function, quantile, moments, samples.
//!
//! All of it is made with `libm`, so the numbers are the same on every machine; `statrs`, which would be the crate for this, takes
//! logarithms from the operating system. Against SciPy 1.17 they agree to twelve digits where a test looks. A parameter that makes no
//! distribution is a mistake of the page and a panic at its line.
//!
//! ```
//! use ml::dist::{Continuous, Normal};
//! let height = Normal::new(178.0, 7.0);
//! assert!((height.cdf(192.0) - 0.977_249_868).abs() < 1e-9);
//! ```

mod continuous;
mod discrete;
mod family;
mod kolmogorov;
mod multivariate;
mod normal;
mod special;

pub use continuous::{Cauchy, Exponential, Laplace, Uniform};
pub use discrete::{Binomial, Discrete, Poisson};
pub use family::{Beta, ChiSquare, FisherF, Gamma, StudentT};
pub use kolmogorov::kolmogorov_sf;
pub use multivariate::MultivariateNormal;
pub use normal::Normal;
pub use special::{beta_inc, digamma, erf, erfc, gamma_p, gamma_q, ln_beta, ln_choose, ln_gamma};

use crate::random::Rng;

/// A distribution with a density.
pub trait Continuous {
    /// The logarithm of the density at x; −∞ where there is none.
    fn ln_pdf(&self, x: f64) -> f64;

    /// The probability of a number not above x.
    fn cdf(&self, x: f64) -> f64;

    /// The probability of a number above x, small ones to full precision.
    fn sf(&self, x: f64) -> f64;

    /// The number that is not exceeded with probability p.
    ///
    /// # Panics
    /// When p is not in [0; 1].
    fn quantile(&self, p: f64) -> f64;

    /// The expectation; NaN when there is none.
    fn mean(&self) -> f64;

    /// The variance; infinite or NaN when there is none.
    fn variance(&self) -> f64;

    /// A random number of this distribution.
    fn sample(&self, rng: &mut Rng) -> f64;

    /// The density at x.
    fn pdf(&self, x: f64) -> f64 {
        libm::exp(self.ln_pdf(x))
    }

    /// `n` independent random numbers.
    fn samples(&self, n: usize, rng: &mut Rng) -> Vec<f64> {
        (0..n).map(|_| self.sample(rng)).collect()
    }
}

/// Where a quantile is looked for, by halves, until no number is left between the ends.
fn invert(p: f64, support: (f64, f64), distribution: &impl Continuous) -> f64 {
    probability(p);
    let (least, most) = support;
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 { least } else { most };
    }
    // In the upper half the other tail has the digits.
    let below = |x: f64| if p <= 0.5 { distribution.cdf(x) < p } else { distribution.sf(x) > 1.0 - p };
    let (mut low, mut high) = (least.max(-1.0), most.min(1.0));
    while !below(low) && low > least {
        low = (low * 2.0).max(least);
    }
    while below(high) && high < most {
        high = (high * 2.0).min(most);
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return high;
        }
        if below(middle) { low = middle } else { high = middle }
    }
}

#[track_caller]
fn probability(p: f64) {
    assert!((0.0..=1.0).contains(&p), "dist: {p} is not a probability");
}

#[track_caller]
fn positive(name: &str, value: f64) -> f64 {
    assert!(value > 0.0 && value.is_finite(), "dist: {name} must be positive, not {value}");
    value
}
