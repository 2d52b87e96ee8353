//! Orthonormal bases, and least squares by them.

use ndarray::{Array1, Array2};

use super::{Error, array, dense, pinv, product, solve_upper};
use crate::plot::Values;

/// A = QR: orthonormal columns times an upper triangle with a diagonal that is not negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Qr {
    /// Orthonormal columns (n, k), where k is the smaller side of A (n, m).
    pub q: Array2<f64>,
    /// The upper triangle, or trapezium (k, m).
    pub r: Array2<f64>,
}

/// The decomposition by Householder's reflections (1958), which keeps Q orthonormal for any A.
///
/// # Errors
/// When the matrix is empty or holds a number that is not finite.
pub fn qr(a: &Array2<f64>) -> Result<Qr, Error> {
    let (mut q, mut r) = {
        let decomposition = dense(a)?.qr();
        (array(&decomposition.q()), array(&decomposition.r()))
    };
    for k in 0..r.nrows() {
        if r[[k, k]] < 0.0 {
            r.row_mut(k).mapv_inplace(|x| -x);
            q.column_mut(k).mapv_inplace(|x| -x);
        }
    }
    Ok(Qr { q, r })
}

/// The x that makes ‖Ax − b‖ smallest, for A (n, m) and b (n); of several the one with the smallest ‖x‖.
///
/// By QR where the columns are independent; otherwise, or with fewer rows than columns, by the pseudo-inverse.
///
/// # Errors
/// When b has not n numbers, or the matrix is empty or not finite.
pub fn least_squares(a: &Array2<f64>, b: impl Values) -> Result<Array1<f64>, Error> {
    let b = Array1::from(b.values());
    if b.len() != a.nrows() {
        return Err(Error::Shapes { left: a.dim(), right: (b.len(), 1) });
    }
    let Qr { q, r } = qr(a)?;
    let column = |x: Array1<f64>| x.insert_axis(ndarray::Axis(1));
    let pivots = r.diag().mapv(f64::abs);
    let largest = pivots.iter().copied().fold(0.0, f64::max);
    let tolerance = largest * f64::EPSILON * a.nrows().max(a.ncols()) as f64;
    if a.nrows() < a.ncols() || pivots.iter().any(|pivot| *pivot <= tolerance) {
        return Ok(product(&pinv(a)?, &column(b))?.remove_axis(ndarray::Axis(1)));
    }
    let along = product(&q.t().to_owned(), &column(b))?.remove_axis(ndarray::Axis(1));
    solve_upper(&r, &along)
}
