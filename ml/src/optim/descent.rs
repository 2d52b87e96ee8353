//! Minima of functions of many numbers, with gradients.

use std::collections::VecDeque;

use super::Error;

/// Where a search ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The point.
    pub x: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// How many steps led there.
    pub steps: usize,
    /// How often the value, or the gradient, was asked for.
    pub calls: usize,
    /// The points on the way, the start included.
    pub path: Vec<Vec<f64>>,
}

/// A function with its gradient: x ↦ (f(x), ∇f(x)).
pub type WithGradient<'a> = &'a dyn Fn(&[f64]) -> (f64, Vec<f64>);

/// The step along a direction that satisfies the rule of Armijo (1966), f(x + tp) ⩽ f(x) + 10⁻⁴·t·∇f·p, halved from `first`.
///
/// # Errors
/// When the direction does not lead down, or fifty halvings are not enough.
pub fn line_search(
    f: &dyn Fn(&[f64]) -> f64,
    x: &[f64],
    gradient: &[f64],
    direction: &[f64],
    first: f64,
) -> Result<f64, Error> {
    let slope = dot(gradient, direction);
    // Also when the slope is NaN.
    if !matches!(slope.partial_cmp(&0.0), Some(std::cmp::Ordering::Less)) {
        return Err(Error::NotDescent { slope });
    }
    let here = f(x);
    let mut step = first;
    for _ in 0..50 {
        if f(&moved(x, step, direction)) <= here + 1e-4 * step * slope {
            return Ok(step);
        }
        step /= 2.0;
    }
    Err(Error::NoConvergence { steps: 50 })
}

/// A minimum by BFGS (Broyden, Fletcher, Goldfarb and Shanno, 1970) from `start`, until ‖∇f‖ ⩽ `tolerance`; it keeps n² numbers.
///
/// # Errors
/// When f is not finite, or `steps` are not enough.
pub fn bfgs(f: WithGradient<'_>, start: &[f64], tolerance: f64, steps: usize) -> Result<Minimum, Error> {
    // All pairs are kept: products of the same rank-two updates, without the matrix.
    lbfgs(f, start, usize::MAX, tolerance, steps)
}

/// A minimum by L-BFGS (Nocedal, 1980) that keeps the last `memory` steps and changes of the gradient, with a line search by Wolfe's conditions (1969).
///
/// # Errors
/// When f is not finite, or `steps` are not enough.
pub fn lbfgs(
    f: WithGradient<'_>,
    start: &[f64],
    memory: usize,
    tolerance: f64,
    steps: usize,
) -> Result<Minimum, Error> {
    let mut at = Minimum { x: start.to_vec(), value: 0.0, steps: 0, calls: 1, path: vec![start.to_vec()] };
    let (value, mut gradient) = f(start);
    at.value = value;
    let mut pairs: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    while norm(&gradient) > tolerance {
        if !at.value.is_finite() || gradient.iter().any(|g| !g.is_finite()) {
            return Err(Error::NotFinite);
        }
        if at.steps == steps {
            return Err(Error::NoConvergence { steps });
        }
        let direction = two_loops(&pairs, &gradient);
        let first = if pairs.is_empty() { (1.0 / norm(&gradient)).min(1.0) } else { 1.0 };
        let Some((step, value, next, calls)) = wolfe(f, &at, &gradient, &direction, first) else {
            // No better point can be told from this one by rounded values.
            return if norm(&gradient) <= tolerance.max(1e-6 * (1.0 + at.value.abs())) {
                Ok(at)
            } else {
                Err(Error::NoConvergence { steps: at.steps })
            };
        };
        let x = moved(&at.x, step, &direction);
        let s: Vec<f64> = x.iter().zip(&at.x).map(|(new, old)| new - old).collect();
        let y: Vec<f64> = next.iter().zip(&gradient).map(|(new, old)| new - old).collect();
        if dot(&s, &y) > 1e-12 * norm(&s) * norm(&y) {
            if pairs.len() == memory {
                pairs.pop_front();
            }
            pairs.push_back((s, y));
        }
        gradient = next;
        at.path.push(x.clone());
        at = Minimum { x, value, steps: at.steps + 1, calls: at.calls + calls, path: at.path };
    }
    if at.value.is_finite() { Ok(at) } else { Err(Error::NotFinite) }
}

/// Solves Ax = b for a symmetric positive definite A given by its product with a vector (Hestenes and Stiefel, 1952), until
/// ‖b − Ax‖ ⩽ `tolerance`·‖b‖; the path holds all iterates, the value is the residual.
///
/// # Errors
/// When `steps` are not enough, or the product shows that A is not positive definite.
pub fn conjugate_gradients(
    product: &dyn Fn(&[f64]) -> Vec<f64>,
    b: &[f64],
    tolerance: f64,
    steps: usize,
) -> Result<Minimum, Error> {
    let mut x = vec![0.0; b.len()];
    let mut residual = b.to_vec();
    let mut direction = b.to_vec();
    let mut square = dot(&residual, &residual);
    let mut path = vec![x.clone()];
    for step in 0..=steps {
        if square.sqrt() <= tolerance * norm(b) {
            return Ok(Minimum { x, value: square.sqrt(), steps: step, calls: step, path });
        }
        let turned = product(&direction);
        let curvature = dot(&direction, &turned);
        if curvature <= 0.0 {
            return Err(Error::NotDescent { slope: curvature });
        }
        let by = square / curvature;
        x = moved(&x, by, &direction);
        residual = moved(&residual, -by, &turned);
        let before = std::mem::replace(&mut square, dot(&residual, &residual));
        direction = moved(&residual, square / before, &direction);
        path.push(x.clone());
    }
    Err(Error::NoConvergence { steps })
}

/// −H∇f by the two loops over the kept pairs (Nocedal and Wright, 2006, algorithm 7.4).
fn two_loops(pairs: &VecDeque<(Vec<f64>, Vec<f64>)>, gradient: &[f64]) -> Vec<f64> {
    let mut q = gradient.to_vec();
    let mut kept = Vec::with_capacity(pairs.len());
    for (s, y) in pairs.iter().rev() {
        let by = dot(s, &q) / dot(s, y);
        q = moved(&q, -by, y);
        kept.push(by);
    }
    if let Some((s, y)) = pairs.back() {
        let scale = dot(s, y) / dot(y, y);
        q.iter_mut().for_each(|x| *x *= scale);
    }
    for ((s, y), by) in pairs.iter().zip(kept.into_iter().rev()) {
        q = moved(&q, by - dot(y, &q) / dot(s, y), s);
    }
    q.into_iter().map(|x| -x).collect()
}

/// A step that satisfies Wolfe's conditions, by halves and doubles, with the value, the gradient and the calls it took.
fn wolfe(
    f: WithGradient<'_>,
    at: &Minimum,
    gradient: &[f64],
    direction: &[f64],
    first: f64,
) -> Option<(f64, f64, Vec<f64>, usize)> {
    let slope = dot(gradient, direction);
    let (mut low, mut high, mut step) = (0.0, f64::INFINITY, first);
    for calls in 1..=60 {
        let (value, next) = f(&moved(&at.x, step, direction));
        let enough = value <= at.value + 1e-4 * step * slope;
        if !enough || value.is_nan() {
            high = step;
        } else if dot(&next, direction) < 0.9 * slope {
            low = step;
        } else {
            return Some((step, value, next, calls));
        }
        step = if high.is_finite() { (low + high) / 2.0 } else { 2.0 * step };
    }
    None
}

fn moved(x: &[f64], step: f64, direction: &[f64]) -> Vec<f64> {
    x.iter().zip(direction).map(|(x, d)| x + step * d).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}
