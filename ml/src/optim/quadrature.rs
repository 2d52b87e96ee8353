//! Integrals of functions of one number.

use super::Error;

/// How deep an interval is halved.
const DEPTH: usize = 60;

/// ∫ f from a to b to an absolute `tolerance`, by Gauss's and Kronrod's points (1965), 7 and 15, halving where they disagree.
///
/// # Errors
/// When f is not finite somewhere, or the tolerance cannot be met.
pub fn integrate(f: &dyn Fn(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Result<f64, Error> {
    part(f, a, b, tolerance, DEPTH)
}

fn part(f: &dyn Fn(f64) -> f64, a: f64, b: f64, tolerance: f64, depth: usize) -> Result<f64, Error> {
    let (coarse, fine) = both(f, a, b);
    if !fine.is_finite() {
        return Err(Error::NotFinite);
    }
    if (fine - coarse).abs() <= tolerance.max(fine.abs() * 1e-15) {
        return Ok(fine);
    }
    let middle = a + (b - a) / 2.0;
    if depth == 0 || middle == a || middle == b {
        return Err(Error::NoConvergence { steps: DEPTH });
    }
    Ok(part(f, a, middle, tolerance / 2.0, depth - 1)? + part(f, middle, b, tolerance / 2.0, depth - 1)?)
}

/// The integral by 7 and by 15 points.
fn both(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> (f64, f64) {
    let (centre, half) = ((a + b) / 2.0, (b - a) / 2.0);
    let middle = f(centre);
    let (mut coarse, mut fine) = (GAUSS[3] * middle, KRONROD[7] * middle);
    for (k, (point, weight)) in POINTS.iter().zip(KRONROD).enumerate() {
        let sum = f(centre - half * point) + f(centre + half * point);
        fine += weight * sum;
        if k % 2 == 1 {
            coarse += GAUSS[k / 2] * sum;
        }
    }
    (coarse * half, fine * half)
}

/// Kronrod's points right of the middle, from the end; every second is one of Gauss's.
const POINTS: [f64; 7] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
];

const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_83,
];

const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_67, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];
