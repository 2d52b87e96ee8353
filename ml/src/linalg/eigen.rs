//! Directions that a matrix only stretches.

use nalgebra::{DMatrix, SymmetricEigen};
use ndarray::{Array1, Array2};
use num_complex::Complex64;

use super::{Error, dense, orientation, square, symmetric};

/// Sweeps allowed for one matrix.
const ITERATIONS: usize = 10_000;

/// Eigenvalues and orthonormal eigenvectors of a symmetric matrix, A = V·diag(λ)·Vᵀ.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigh {
    /// The values, from the largest.
    pub values: Array1<f64>,
    /// The vectors, by columns.
    pub vectors: Array2<f64>,
}

/// Eigenvalues and eigenvectors of a square matrix, AV = V·diag(λ).
#[derive(Clone, Debug, PartialEq)]
pub struct Eig {
    /// The values, from the largest modulus; of a pair of conjugates the one above the axis first.
    pub values: Vec<Complex64>,
    /// The vectors of length 1, by columns; columns of a matrix that cannot be diagonalised are dependent.
    pub vectors: Array2<Complex64>,
}

/// The eigenvectors of a symmetric matrix, by tridiagonalisation and implicit QR steps (Golub and Van Loan, 2013, § 8.3).
///
/// # Errors
/// When the matrix is not square, finite and symmetric.
pub fn eigh(a: &Array2<f64>) -> Result<Eigh, Error> {
    let matrix = dense(a)?;
    symmetric(a)?;
    let found = SymmetricEigen::try_new(matrix, f64::EPSILON, ITERATIONS).ok_or(Error::NoConvergence)?;
    let mut order: Vec<usize> = (0..a.nrows()).collect();
    order.sort_by(|&i, &j| found.eigenvalues[j].total_cmp(&found.eigenvalues[i]));
    let signs: Vec<f64> = order.iter().map(|&k| orientation(found.eigenvectors.column(k).iter())).collect();
    Ok(Eigh {
        values: order.iter().map(|&k| found.eigenvalues[k]).collect(),
        vectors: Array2::from_shape_fn(a.dim(), |(i, j)| signs[j] * found.eigenvectors[(i, order[j])]),
    })
}

/// Eigenvalues, complex ones too, by Schur's triangular form A = QTQ* (Golub and Van Loan, 2013, § 7.6); vectors by substitution in T.
///
/// An imaginary part that rounding alone could have made counts as 0.
///
/// # Errors
/// When the matrix is not square and finite.
pub fn eig(a: &Array2<f64>) -> Result<Eig, Error> {
    square(a)?;
    let n = a.nrows();
    let matrix = dense(a)?.map(|x| Complex64::new(x, 0.0));
    let size = a.iter().map(|x| x * x).sum::<f64>().sqrt();
    let dust = 64.0 * n as f64 * f64::EPSILON * size;
    let schur = nalgebra::Schur::try_new(matrix, f64::EPSILON, ITERATIONS).ok_or(Error::NoConvergence)?;
    let (q, t) = schur.unpack();
    let clean = |z: Complex64| if z.im.abs() <= dust { Complex64::new(z.re, 0.0) } else { z };
    let mut columns: Vec<(Complex64, Vec<Complex64>)> =
        (0..n).map(|k| (clean(t[(k, k)]), vector(&q, &t, k, dust))).collect();
    // Conjugates may differ by rounding, and must not change places for it.
    let rounded = |x: f64| if size == 0.0 { 0.0 } else { (x / size * 1e9).round() };
    columns.sort_by(|(a, _), (b, _)| {
        let key = |z: &Complex64| (rounded(z.norm()), rounded(z.re), rounded(z.im));
        key(b).partial_cmp(&key(a)).expect("values are finite")
    });
    let vectors = Array2::from_shape_fn((n, n), |(i, j)| columns[j].1[i]);
    Ok(Eig { values: columns.into_iter().map(|(value, _)| value).collect(), vectors })
}

/// The k-th eigenvector: (T − λI)y = 0 with yₖ = 1, turned back by Q; length 1, its largest component positive.
fn vector(q: &DMatrix<Complex64>, t: &DMatrix<Complex64>, k: usize, dust: f64) -> Vec<Complex64> {
    let mut y = vec![Complex64::default(); t.nrows()];
    y[k] = Complex64::new(1.0, 0.0);
    for i in (0..k).rev() {
        let sum: Complex64 = (i + 1..=k).map(|j| t[(i, j)] * y[j]).sum();
        let gap = t[(i, i)] - t[(k, k)];
        // An eigenvalue that is there twice: its neighbours are as near as rounding allows.
        let gap = if gap.norm() <= f64::EPSILON * dust.max(f64::MIN_POSITIVE) {
            Complex64::new(dust.max(f64::MIN_POSITIVE), 0.0)
        } else {
            gap
        };
        y[i] = if sum == Complex64::default() { sum } else { -sum / gap };
    }
    let x: Vec<Complex64> = (0..t.nrows()).map(|i| (0..=k).map(|j| q[(i, j)] * y[j]).sum()).collect();
    let length = x.iter().map(|z| z.norm_sqr()).sum::<f64>().sqrt();
    let largest = x.iter().map(|z| z.norm()).fold(0.0, f64::max);
    let first = x.iter().find(|z| z.norm() >= largest * (1.0 - 1e-8)).copied().unwrap_or(Complex64::new(1.0, 0.0));
    let turn = first.conj() / (first.norm() * length);
    x.into_iter().map(|z| z * turn).map(|z| if z.im.abs() <= 1e-14 { Complex64::new(z.re, 0.0) } else { z }).collect()
}
