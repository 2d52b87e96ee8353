//! The normal distribution.

use std::f64::consts::{PI, SQRT_2};

use super::{Continuous, positive, probability};
use crate::random::Rng;

/// The normal distribution 𝒩(μ, σ²).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// With a mean μ and a standard deviation σ, in units of the number.
    ///
    /// # Panics
    /// When σ is not positive.
    #[track_caller]
    pub fn new(mean: f64, sd: f64) -> Self {
        Self { mean, sd: positive("σ", sd) }
    }

    /// Mean 0 and standard deviation 1.
    pub fn standard() -> Self {
        Self { mean: 0.0, sd: 1.0 }
    }

    fn scaled(&self, x: f64) -> f64 {
        (x - self.mean) / self.sd
    }
}

impl Continuous for Normal {
    fn ln_pdf(&self, x: f64) -> f64 {
        let z = self.scaled(x);
        -0.5 * z * z - libm::log(self.sd) - 0.5 * libm::log(2.0 * PI)
    }

    fn cdf(&self, x: f64) -> f64 {
        0.5 * libm::erfc(-self.scaled(x) / SQRT_2)
    }

    fn sf(&self, x: f64) -> f64 {
        0.5 * libm::erfc(self.scaled(x) / SQRT_2)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.mean + self.sd * standard_quantile(p)
    }

    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.sd * self.sd
    }

    fn sample(&self, rng: &mut Rng) -> f64 {
        self.mean + self.sd * rng.normal()
    }
}

/// Rational approximations to 16 digits: algorithm AS 241, PPND16 (Wichura, 1988).
fn standard_quantile(p: f64) -> f64 {
    probability(p);
    if p == 0.0 || p == 1.0 {
        return if p == 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180_625 - q * q, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let x = if r <= 5.0 { ratio(r - 1.6, &SHOULDER) } else { ratio(r - 5.0, &TAIL) };
    if q < 0.0 { -x } else { x }
}

/// A quotient of two polynomials, coefficients from the constant.
fn ratio(x: f64, [above, below]: &[[f64; 8]; 2]) -> f64 {
    let polynomial = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c);
    polynomial(above) / polynomial(below)
}

const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];

const SHOULDER: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];

const TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_9,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_7e-15,
    ],
];
