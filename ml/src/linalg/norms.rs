//! Sizes of vectors and matrices, and products in one order of summation.

use ndarray::Array2;

use super::{Error, svd};
use crate::plot::Values;

/// The dot product Σ xᵢyᵢ, summed in order; `ndarray`'s own order depends on the processor.
///
/// # Panics
/// When the vectors differ in length.
#[track_caller]
pub fn dot(x: impl Values, y: impl Values) -> f64 {
    let (x, y) = pair(x, y);
    x.iter().zip(&y).map(|(x, y)| x * y).sum()
}

/// The Euclidean length √(Σ xᵢ²), which neither overflows nor vanishes before its time.
pub fn norm(x: impl Values) -> f64 {
    length(&x.values())
}

/// The Euclidean distance of two vectors.
///
/// # Panics
/// When the vectors differ in length.
#[track_caller]
pub fn distance(x: impl Values, y: impl Values) -> f64 {
    let (x, y) = pair(x, y);
    length(&x.iter().zip(&y).map(|(x, y)| x - y).collect::<Vec<f64>>())
}

/// The cosine of the angle between two vectors, from −1 to 1; NaN when one of them is zero and there is no angle.
///
/// # Panics
/// When the vectors differ in length.
#[track_caller]
pub fn cosine(x: impl Values, y: impl Values) -> f64 {
    let (x, y) = pair(x, y);
    let (a, b) = (length(&x), length(&y));
    let cosine: f64 = x.iter().zip(&y).map(|(x, y)| x / a * (y / b)).sum();
    // Rounding may lead past the end.
    if cosine.is_nan() { cosine } else { cosine.clamp(-1.0, 1.0) }
}

/// The product AB of matrices (n, k) and (k, m); each element is a sum in the order of k.
///
/// # Errors
/// When the columns of A and the rows of B differ in number.
pub fn product(a: &Array2<f64>, b: &Array2<f64>) -> Result<Array2<f64>, Error> {
    if a.ncols() != b.nrows() {
        return Err(Error::Shapes { left: a.dim(), right: b.dim() });
    }
    let mut sum = Array2::zeros((a.nrows(), b.ncols()));
    for (row, mut to) in a.rows().into_iter().zip(sum.rows_mut()) {
        for (&by, from) in row.iter().zip(b.rows()) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += by * from);
        }
    }
    Ok(sum)
}

/// The Frobenius norm √(Σ aᵢⱼ²).
pub fn frobenius(a: &Array2<f64>) -> f64 {
    norm(a)
}

/// The largest sum of moduli of a column: by how much A can stretch in the norm ℓ₁.
pub fn norm_1(a: &Array2<f64>) -> f64 {
    a.columns().into_iter().map(|column| column.iter().map(|x| x.abs()).sum()).fold(0.0, larger)
}

/// The largest sum of moduli of a row: by how much A can stretch in the norm ℓ∞.
pub fn norm_inf(a: &Array2<f64>) -> f64 {
    a.rows().into_iter().map(|row| row.iter().map(|x| x.abs()).sum()).fold(0.0, larger)
}

/// The spectral norm σ₁: by how much A can stretch a vector.
///
/// # Errors
/// When the matrix is empty or holds a number that is not finite.
pub fn norm_2(a: &Array2<f64>) -> Result<f64, Error> {
    Ok(svd(a)?.s[0])
}

/// The condition number σ₁/σₖ: by how much a relative error of b can grow in the solution of Ax = b; infinite for a singular matrix.
///
/// # Errors
/// When the matrix is empty or holds a number that is not finite.
pub fn condition(a: &Array2<f64>) -> Result<f64, Error> {
    let s = svd(a)?.s;
    Ok(if s[s.len() - 1] == 0.0 { f64::INFINITY } else { s[0] / s[s.len() - 1] })
}

#[track_caller]
fn pair(x: impl Values, y: impl Values) -> (Vec<f64>, Vec<f64>) {
    let (x, y) = (x.values(), y.values());
    assert!(x.len() == y.len(), "linalg: vectors of {} and {} numbers", x.len(), y.len());
    (x, y)
}

fn length(x: &[f64]) -> f64 {
    let plain: f64 = x.iter().map(|x| x * x).sum();
    if plain.is_normal() && plain < 1e300 {
        return plain.sqrt();
    }
    let scale = x.iter().map(|x| x.abs()).fold(0.0, larger);
    if scale == 0.0 || !scale.is_finite() {
        return scale;
    }
    scale * x.iter().map(|x| x / scale * (x / scale)).sum::<f64>().sqrt()
}

/// `f64::max` forgets a NaN.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}
