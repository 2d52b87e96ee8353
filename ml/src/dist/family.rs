//! Distributions made of incomplete gamma and beta functions.

use std::f64::consts::PI;

use super::special::{beta_inc_at, gamma_p, gamma_q, ln_beta, ln_gamma};
use super::{Continuous, invert, positive};
use crate::random::Rng;

/// The gamma distribution with density ∝ x^(k − 1)·e^(−x/θ).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    /// With a shape k and a scale θ, in units of the number.
    ///
    /// # Panics
    /// When one of them is not positive.
    #[track_caller]
    pub fn new(shape: f64, scale: f64) -> Self {
        Self { shape: positive("the shape", shape), scale: positive("the scale", scale) }
    }
}

impl Continuous for Gamma {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return f64::NEG_INFINITY;
        }
        power(x / self.scale, self.shape - 1.0) - x / self.scale - ln_gamma(self.shape) - libm::log(self.scale)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { gamma_p(self.shape, x / self.scale) }
    }

    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { gamma_q(self.shape, x / self.scale) }
    }

    fn quantile(&self, p: f64) -> f64 {
        invert(p, (0.0, f64::INFINITY), self)
    }

    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        self.scale * rng.gamma(self.shape)
    }
}

/// The distribution χ² of a sum of squares of k standard normal numbers (Pearson, 1900).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquare(Gamma);

impl ChiSquare {
    /// With k degrees of freedom.
    ///
    /// # Panics
    /// When k is not positive.
    #[track_caller]
    pub fn new(freedom: f64) -> Self {
        Self(Gamma { shape: positive("k", freedom) / 2.0, scale: 2.0 })
    }
}

impl Continuous for ChiSquare {
    fn ln_pdf(&self, x: f64) -> f64 {
        self.0.ln_pdf(x)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.0.cdf(x)
    }

    fn sf(&self, x: f64) -> f64 {
        self.0.sf(x)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.0.quantile(p)
    }

    fn mean(&self) -> f64 {
        self.0.mean()
    }

    fn variance(&self) -> f64 {
        self.0.variance()
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        self.0.sample(rng)
    }
}

/// The beta distribution with density ∝ x^(a − 1)·(1 − x)^(b − 1) on [0; 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
}

impl Beta {
    /// With parameters a and b.
    ///
    /// # Panics
    /// When one of them is not positive.
    #[track_caller]
    pub fn new(a: f64, b: f64) -> Self {
        Self { a: positive("a", a), b: positive("b", b) }
    }
}

impl Continuous for Beta {
    fn ln_pdf(&self, x: f64) -> f64 {
        if !(0.0..=1.0).contains(&x) {
            return f64::NEG_INFINITY;
        }
        power(x, self.a - 1.0) + power(1.0 - x, self.b - 1.0) - ln_beta(self.a, self.b)
    }

    fn cdf(&self, x: f64) -> f64 {
        beta_inc_at(self.a, self.b, x.clamp(0.0, 1.0), 1.0 - x.clamp(0.0, 1.0))
    }

    fn sf(&self, x: f64) -> f64 {
        beta_inc_at(self.b, self.a, 1.0 - x.clamp(0.0, 1.0), x.clamp(0.0, 1.0))
    }

    fn quantile(&self, p: f64) -> f64 {
        invert(p, (0.0, 1.0), self)
    }

    fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    fn variance(&self) -> f64 {
        let sum = self.a + self.b;
        self.a * self.b / (sum * sum * (sum + 1.0))
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        rng.beta(self.a, self.b)
    }
}

/// The distribution of Student (1908): of a standard normal number over the root of a χ² per degree of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    freedom: f64,
}

impl StudentT {
    /// With ν degrees of freedom.
    ///
    /// # Panics
    /// When ν is not positive.
    #[track_caller]
    pub fn new(freedom: f64) -> Self {
        Self { freedom: positive("ν", freedom) }
    }
}

impl Continuous for StudentT {
    fn ln_pdf(&self, x: f64) -> f64 {
        let nu = self.freedom;
        ln_gamma((nu + 1.0) / 2.0)
            - ln_gamma(nu / 2.0)
            - 0.5 * libm::log(nu * PI)
            - (nu + 1.0) / 2.0 * libm::log1p(x * x / nu)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.sf(-x)
    }

    fn sf(&self, x: f64) -> f64 {
        let square = x * x;
        if square.is_infinite() {
            return if x > 0.0 { 0.0 } else { 1.0 };
        }
        let whole = self.freedom + square;
        let tail = 0.5 * beta_inc_at(self.freedom / 2.0, 0.5, self.freedom / whole, square / whole);
        if x >= 0.0 { tail } else { 1.0 - tail }
    }

    fn quantile(&self, p: f64) -> f64 {
        invert(p, (f64::NEG_INFINITY, f64::INFINITY), self)
    }

    fn mean(&self) -> f64 {
        if self.freedom > 1.0 { 0.0 } else { f64::NAN }
    }

    fn variance(&self) -> f64 {
        match self.freedom {
            nu if nu > 2.0 => nu / (nu - 2.0),
            nu if nu > 1.0 => f64::INFINITY,
            _ => f64::NAN,
        }
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        rng.normal() / (rng.gamma(self.freedom / 2.0) * 2.0 / self.freedom).sqrt()
    }
}

/// The distribution F (Snedecor, 1934): of a quotient of two χ² per degree of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherF {
    above: f64,
    below: f64,
}

impl FisherF {
    /// With degrees of freedom of the numerator and of the denominator.
    ///
    /// # Panics
    /// When one of them is not positive.
    #[track_caller]
    pub fn new(above: f64, below: f64) -> Self {
        Self { above: positive("d₁", above), below: positive("d₂", below) }
    }
}

impl Continuous for FisherF {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return f64::NEG_INFINITY;
        }
        let (a, b) = (self.above / 2.0, self.below / 2.0);
        let ratio = self.above / self.below;
        a * libm::log(ratio) + power(x, a - 1.0) - (a + b) * libm::log1p(ratio * x) - ln_beta(a, b)
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        let whole = self.above * x + self.below;
        beta_inc_at(self.above / 2.0, self.below / 2.0, self.above * x / whole, self.below / whole)
    }

    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 1.0;
        }
        let whole = self.above * x + self.below;
        beta_inc_at(self.below / 2.0, self.above / 2.0, self.below / whole, self.above * x / whole)
    }

    fn quantile(&self, p: f64) -> f64 {
        invert(p, (0.0, f64::INFINITY), self)
    }

    fn mean(&self) -> f64 {
        if self.below > 2.0 { self.below / (self.below - 2.0) } else { f64::NAN }
    }

    fn variance(&self) -> f64 {
        let (n, m) = (self.above, self.below);
        if m <= 4.0 {
            return f64::NAN;
        }
        2.0 * m * m * (n + m - 2.0) / (n * (m - 2.0) * (m - 2.0) * (m - 4.0))
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        rng.gamma(self.above / 2.0) / self.above / (rng.gamma(self.below / 2.0) / self.below)
    }
}

/// The logarithm of x^e, with 0⁰ = 1.
fn power(x: f64, exponent: f64) -> f64 {
    if exponent == 0.0 { 0.0 } else { exponent * libm::log(x) }
}
