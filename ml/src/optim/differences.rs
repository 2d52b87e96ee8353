//! Derivatives by central differences: the second way to compute what was derived by hand.

use ndarray::{Array1, Array2};

/// The gradient of f at x, (f(x + heᵢ) − f(x − heᵢ))/2h with h = ∛ε·max(1, |xᵢ|): about ten right digits of a smooth function.
pub fn gradient(f: &dyn Fn(&[f64]) -> f64, x: &[f64]) -> Array1<f64> {
    let mut at = x.to_vec();
    (0..x.len()).map(|i| central(x[i], &mut |xi| value(f, &mut at, i, xi))).collect()
}

/// The matrix of derivatives ∂fᵢ/∂xⱼ of a vector function, by central differences.
pub fn jacobian(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Array2<f64> {
    let outputs = f(x).len();
    let mut columns = Array2::zeros((outputs, x.len()));
    let mut at = x.to_vec();
    for j in 0..x.len() {
        let step = step(x[j]);
        at[j] = x[j] + step;
        let above = f(&at);
        let width = at[j] - (x[j] - step);
        at[j] = x[j] - step;
        let below = f(&at);
        at[j] = x[j];
        (0..outputs).for_each(|i| columns[[i, j]] = (above[i] - below[i]) / width);
    }
    columns
}

/// The matrix of second derivatives of f at x, by central differences with h = ε^¼·max(1, |xᵢ|): about seven right digits.
pub fn hessian(f: &dyn Fn(&[f64]) -> f64, x: &[f64]) -> Array2<f64> {
    let n = x.len();
    let steps: Vec<f64> = x.iter().map(|x| libm::pow(f64::EPSILON, 0.25) * x.abs().max(1.0)).collect();
    let at = |shifts: &[(usize, f64)]| {
        let mut at = x.to_vec();
        shifts.iter().for_each(|&(i, shift)| at[i] += shift * steps[i]);
        f(&at)
    };
    let centre = f(x);
    let mut h = Array2::zeros((n, n));
    for i in 0..n {
        h[[i, i]] = (at(&[(i, 1.0)]) - 2.0 * centre + at(&[(i, -1.0)])) / (steps[i] * steps[i]);
        for j in 0..i {
            let corners = at(&[(i, 1.0), (j, 1.0)]) - at(&[(i, 1.0), (j, -1.0)]) - at(&[(i, -1.0), (j, 1.0)])
                + at(&[(i, -1.0), (j, -1.0)]);
            h[[i, j]] = corners / (4.0 * steps[i] * steps[j]);
            h[[j, i]] = h[[i, j]];
        }
    }
    h
}

/// How far a gradient is from that by differences: ‖g − ĝ‖/max(‖g‖, ‖ĝ‖); a right one gives 1e−7 or less, one wrong sign about 1.
///
/// 0 when both are zero, NaN when one of them is not finite.
///
/// # Panics
/// When the gradient has another length than x.
#[track_caller]
pub fn gradient_error(f: &dyn Fn(&[f64]) -> f64, x: &[f64], by_hand: &[f64]) -> f64 {
    assert!(x.len() == by_hand.len(), "optim: {} derivatives for {} variables", by_hand.len(), x.len());
    let found = gradient(f, x);
    let norm = |numbers: &mut dyn Iterator<Item = f64>| numbers.map(|x| x * x).sum::<f64>().sqrt();
    let away = norm(&mut found.iter().zip(by_hand).map(|(a, b)| a - b));
    let (a, b) = (norm(&mut found.iter().copied()), norm(&mut by_hand.iter().copied()));
    if away == 0.0 { 0.0 } else { away / if a > b { a } else { b } }
}

fn value(f: &dyn Fn(&[f64]) -> f64, at: &mut [f64], i: usize, xi: f64) -> f64 {
    let before = std::mem::replace(&mut at[i], xi);
    let value = f(at);
    at[i] = before;
    value
}

fn central(x: f64, f: &mut dyn FnMut(f64) -> f64) -> f64 {
    let step = step(x);
    // The distance that the rounded abscissas have.
    let (above, below) = (x + step, x - step);
    (f(above) - f(below)) / (above - below)
}

fn step(x: f64) -> f64 {
    libm::cbrt(f64::EPSILON) * x.abs().max(1.0)
}
