//! Distributions with elementary formulas.

use std::f64::consts::{LN_2, PI};

use super::{Continuous, positive, probability};
use crate::random::Rng;

/// The uniform distribution on [a; b].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    /// Between two numbers.
    ///
    /// # Panics
    /// When the second is not above the first.
    #[track_caller]
    pub fn new(low: f64, high: f64) -> Self {
        positive("b − a", high - low);
        Self { low, high }
    }
}

impl Continuous for Uniform {
    fn ln_pdf(&self, x: f64) -> f64 {
        if (self.low..=self.high).contains(&x) { -libm::log(self.high - self.low) } else { f64::NEG_INFINITY }
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn sf(&self, x: f64) -> f64 {
        ((self.high - x) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    fn quantile(&self, p: f64) -> f64 {
        probability(p);
        self.low + (self.high - self.low) * p
    }

    fn mean(&self) -> f64 {
        self.low + (self.high - self.low) / 2.0
    }

    fn variance(&self) -> f64 {
        (self.high - self.low) * (self.high - self.low) / 12.0
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        rng.between(self.low, self.high)
    }
}

/// The exponential distribution with density λe^(−λx).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    rate: f64,
}

impl Exponential {
    /// With a rate λ, in 1/units of the number.
    ///
    /// # Panics
    /// When λ is not positive.
    #[track_caller]
    pub fn new(rate: f64) -> Self {
        Self { rate: positive("λ", rate) }
    }
}

impl Continuous for Exponential {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x < 0.0 { f64::NEG_INFINITY } else { libm::log(self.rate) - self.rate * x }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-self.rate * x) }
    }

    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { libm::exp(-self.rate * x) }
    }

    fn quantile(&self, p: f64) -> f64 {
        probability(p);
        -libm::log1p(-p) / self.rate
    }

    fn mean(&self) -> f64 {
        1.0 / self.rate
    }

    fn variance(&self) -> f64 {
        1.0 / (self.rate * self.rate)
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        rng.exponential(self.rate)
    }
}

/// The distribution of Laplace with density e^(−|x − μ|/b)/(2b), the noise of differential privacy (Dwork et al., 2006).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laplace {
    mean: f64,
    scale: f64,
}

impl Laplace {
    /// With a mean μ and a scale b.
    ///
    /// # Panics
    /// When b is not positive.
    #[track_caller]
    pub fn new(mean: f64, scale: f64) -> Self {
        Self { mean, scale: positive("b", scale) }
    }
}

impl Continuous for Laplace {
    fn ln_pdf(&self, x: f64) -> f64 {
        -(x - self.mean).abs() / self.scale - libm::log(self.scale) - LN_2
    }

    fn cdf(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.scale;
        if z < 0.0 { 0.5 * libm::exp(z) } else { 1.0 - 0.5 * libm::exp(-z) }
    }

    fn sf(&self, x: f64) -> f64 {
        self.cdf(2.0 * self.mean - x)
    }

    fn quantile(&self, p: f64) -> f64 {
        probability(p);
        let z = if p < 0.5 { libm::log(2.0 * p) } else { -libm::log(2.0 * (1.0 - p)) };
        self.mean + self.scale * z
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        2.0 * self.scale * self.scale
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        let size = rng.exponential(1.0 / self.scale);
        if rng.chance(0.5) { self.mean + size } else { self.mean - size }
    }
}

/// The distribution of Cauchy with density 1/(πγ(1 + ((x − x₀)/γ)²)), which has no mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cauchy {
    centre: f64,
    scale: f64,
}

impl Cauchy {
    /// With a median x₀ and a half width γ.
    ///
    /// # Panics
    /// When γ is not positive.
    #[track_caller]
    pub fn new(centre: f64, scale: f64) -> Self {
        Self { centre, scale: positive("γ", scale) }
    }
}

impl Continuous for Cauchy {
    fn ln_pdf(&self, x: f64) -> f64 {
        let z = (x - self.centre) / self.scale;
        -libm::log(PI * self.scale) - libm::log1p(z * z)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.sf(2.0 * self.centre - x)
    }

    fn sf(&self, x: f64) -> f64 {
        // atan2 keeps the digits of a small tail.
        libm::atan2(self.scale, x - self.centre) / PI
    }

    fn quantile(&self, p: f64) -> f64 {
        probability(p);
        match p {
            0.0 => f64::NEG_INFINITY,
            1.0 => f64::INFINITY,
            _ => self.centre + self.scale * libm::tan(PI * (p - 0.5)),
        }
    }

    fn mean(&self) -> f64 {
        f64::NAN
    }

    fn variance(&self) -> f64 {
        f64::NAN
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        self.quantile(rng.uniform())
    }
}
