//! Distributions of counts.

use super::special::{beta_inc, gamma_q, ln_choose, ln_gamma};
use super::{positive, probability};
use crate::random::Rng;

/// A distribution of whole numbers from 0.
pub trait Discrete {
    /// The logarithm of the probability of k; −∞ where it is 0.
    fn ln_pmf(&self, k: u64) -> f64;

    /// The probability of a number not above k.
    fn cdf(&self, k: u64) -> f64;

    /// The expectation.
    fn mean(&self) -> f64;

    /// The variance.
    fn variance(&self) -> f64;

    /// A random number of this distribution.
    fn sample(&self, rng: &mut Rng) -> u64;

    /// The probability of k.
    fn pmf(&self, k: u64) -> f64 {
        libm::exp(self.ln_pmf(k))
    }

    /// The smallest k with cdf(k) ⩾ p; for p = 1, the smallest whose cdf rounds to 1.
    ///
    /// # Panics
    /// When p is not in [0; 1].
    fn quantile(&self, p: f64) -> u64 {
        probability(p);
        let (mut low, mut high) = (0, 1);
        while self.cdf(high) < p {
            (low, high) = (high, 2 * high);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.cdf(middle) < p { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// How many of n independent trials succeed, each with probability p.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binomial {
    n: u64,
    p: f64,
}

impl Binomial {
    /// Of n trials with probability p.
    ///
    /// # Panics
    /// When p is not in [0; 1].
    #[track_caller]
    pub fn new(n: u64, p: f64) -> Self {
        probability(p);
        Self { n, p }
    }
}

impl Discrete for Binomial {
    fn ln_pmf(&self, k: u64) -> f64 {
        if k > self.n {
            return f64::NEG_INFINITY;
        }
        let hits = if k == 0 { 0.0 } else { k as f64 * libm::log(self.p) };
        let misses = if k == self.n { 0.0 } else { (self.n - k) as f64 * libm::log1p(-self.p) };
        ln_choose(self.n, k) + hits + misses
    }

    fn cdf(&self, k: u64) -> f64 {
        if k >= self.n { 1.0 } else { beta_inc((self.n - k) as f64, k as f64 + 1.0, 1.0 - self.p) }
    }

    fn mean(&self) -> f64 {
        self.n as f64 * self.p
    }

    fn variance(&self) -> f64 {
        self.n as f64 * self.p * (1.0 - self.p)
    }

    fn sample(&self, rng: &mut Rng) -> u64 {
        (0..self.n).filter(|_| rng.chance(self.p)).count() as u64
    }
}

/// How many of many rare independent events happen, λ on the average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poisson {
    mean: f64,
}

impl Poisson {
    /// With a mean λ.
    ///
    /// # Panics
    /// When λ is not positive.
    #[track_caller]
    pub fn new(mean: f64) -> Self {
        Self { mean: positive("λ", mean) }
    }
}

impl Discrete for Poisson {
    fn ln_pmf(&self, k: u64) -> f64 {
        k as f64 * libm::log(self.mean) - self.mean - ln_gamma(k as f64 + 1.0)
    }

    fn cdf(&self, k: u64) -> f64 {
        gamma_q(k as f64 + 1.0, self.mean)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean
    }

    fn sample(&self, rng: &mut Rng) -> u64 {
        rng.poisson(self.mean)
    }
}
