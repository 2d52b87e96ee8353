//! Roots and minima of functions of one number.

use super::Error;

const STEPS: usize = 200;

/// A root of f between two numbers where it has different signs (Brent, 1973: bisection, secants and inverse parabolas), to `tolerance`.
///
/// # Errors
/// When f has one sign at both ends, or is not finite somewhere.
pub fn root(f: &dyn Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Result<f64, Error> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (finite(f(a))?, finite(f(b))?);
    if fa * fb > 0.0 {
        return Err(Error::NoChangeOfSign { left: fa, right: fb });
    }
    let (mut c, mut fc) = (a, fa);
    let mut step = b - a;
    let mut before = step;
    for _ in 0..STEPS {
        if fb * fc > 0.0 {
            (c, fc) = (a, fa);
            step = b - a;
            before = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let near = 2.0 * f64::EPSILON * b.abs() + tolerance / 2.0;
        let half = (c - b) / 2.0;
        if half.abs() <= near || fb == 0.0 {
            return Ok(b);
        }
        if before.abs() >= near && fa.abs() > fb.abs() {
            let (p, q) = interpolated([(a, fa), (b, fb), (c, fc)], half);
            if 2.0 * p < (3.0 * half * q - (near * q).abs()).min((before * q).abs()) {
                (before, step) = (step, p / q);
            } else {
                (before, step) = (half, half);
            }
        } else {
            (before, step) = (half, half);
        }
        (a, fa) = (b, fb);
        b += if step.abs() > near { step } else { near.copysign(half) };
        fb = finite(f(b))?;
    }
    Err(Error::NoConvergence { steps: STEPS })
}

/// A step p/q, p ⩾ 0, by a secant through two points or an inverse parabola through three.
fn interpolated([(a, fa), (b, fb), (c, fc)]: [(f64, f64); 3], half: f64) -> (f64, f64) {
    let s = fb / fa;
    let (p, q) = if a == c {
        (2.0 * half * s, 1.0 - s)
    } else {
        let (q, r) = (fa / fc, fb / fc);
        (s * (2.0 * half * q * (q - r) - (b - a) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
    };
    if p > 0.0 { (p, -q) } else { (-p, q) }
}

/// A minimum of f between two numbers by the golden section (Kiefer, 1953), to `tolerance`; of a function with one minimum there, that one.
///
/// Near a minimum f differs by its own rounding only within √ε of it: no smaller tolerance can be met.
///
/// # Errors
/// When f is not finite somewhere.
pub fn minimum(f: &dyn Fn(f64) -> f64, low: f64, high: f64, tolerance: f64) -> Result<f64, Error> {
    let golden = (5_f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (low, high);
    let (mut x, mut y) = (b - golden * (b - a), a + golden * (b - a));
    let (mut fx, mut fy) = (finite(f(x))?, finite(f(y))?);
    for _ in 0..STEPS {
        if b - a <= tolerance.max(f64::EPSILON.sqrt() * (a.abs() + b.abs()) / 2.0) {
            break;
        }
        if fx <= fy {
            (b, y, fy) = (y, x, fx);
            x = b - golden * (b - a);
            fx = finite(f(x))?;
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + golden * (b - a);
            fy = finite(f(y))?;
        }
    }
    Ok(if fx <= fy { x } else { y })
}

fn finite(value: f64) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(Error::NotFinite) }
}
