//! Linear algebra over `f64`: matrices are `Array2`, vectors any sequence of numbers.
//!
//! Decompositions are those of `nalgebra`, built without its `std`: then it multiplies in one order on every processor, and takes its
//! elementary functions from `libm`. `faer` is faster and chooses its instructions by the processor. What comes back has one form: singular values and eigenvalues
//! from the largest, and of every vector the first of its largest components is positive.
//!
//! ```
//! use ml::linalg;
//! use ml::ndarray::array;
//! let a = array![[2.0, 1.0], [1.0, 3.0]];
//! let x = linalg::solve(&a, [3.0, 5.0])?;
//! assert!((x[0] - 0.8).abs() < 1e-15 && (x[1] - 1.4).abs() < 1e-15);
//! # Ok::<(), linalg::Error>(())
//! ```

mod cholesky;
mod eigen;
mod lu;
mod norms;
mod qr;
mod svd;

pub use cholesky::{Cholesky, cholesky};
pub use eigen::{Eig, Eigh, eig, eigh};
pub use lu::{Lu, det, inverse, lu, solve, solve_lower, solve_matrix, solve_upper};
pub use norms::{condition, cosine, distance, dot, frobenius, norm, norm_1, norm_2, norm_inf, product};
pub use qr::{Qr, least_squares, qr};
pub use svd::{Svd, pinv, rank, svd};

use std::fmt;

use nalgebra::DMatrix;
use ndarray::Array2;

/// Why a matrix could not be dealt with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// A square matrix was needed.
    NotSquare {
        /// Its rows and columns.
        shape: (usize, usize),
    },
    /// Two shapes do not fit.
    Shapes {
        /// Rows and columns of the first.
        left: (usize, usize),
        /// Rows and columns of the second.
        right: (usize, usize),
    },
    /// The matrix has no rows or no columns.
    Empty,
    /// An element is infinite or not a number.
    NotFinite {
        /// Its row and column, from 0.
        place: (usize, usize),
    },
    /// The matrix has no inverse.
    Singular,
    /// Two elements that should be equal are not.
    NotSymmetric {
        /// The row and column of one of them, from 0.
        place: (usize, usize),
    },
    /// The matrix is symmetric and not positive definite.
    NotPositiveDefinite,
    /// The iteration did not converge.
    NoConvergence,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("linalg: ")?;
        match self {
            Self::NotSquare { shape: (rows, columns) } => write!(f, "a matrix {rows} × {columns} is not square"),
            Self::Shapes { left: (n, m), right: (k, l) } => write!(f, "shapes {n} × {m} and {k} × {l} do not fit"),
            Self::Empty => f.write_str("the matrix is empty"),
            Self::NotFinite { place: (row, column) } => write!(f, "element [{row}, {column}] is not a finite number"),
            Self::Singular => f.write_str("the matrix is singular"),
            Self::NotSymmetric { place: (i, j) } => write!(f, "elements [{i}, {j}] and [{j}, {i}] differ"),
            Self::NotPositiveDefinite => f.write_str("the matrix is not positive definite"),
            Self::NoConvergence => f.write_str("the iteration did not converge"),
        }
    }
}

impl std::error::Error for Error {}

/// A matrix of finite numbers with rows and columns, as `nalgebra` has it.
fn dense(a: &Array2<f64>) -> Result<DMatrix<f64>, Error> {
    if a.is_empty() {
        return Err(Error::Empty);
    }
    if let Some((place, _)) = a.indexed_iter().find(|(_, x)| !x.is_finite()) {
        return Err(Error::NotFinite { place });
    }
    Ok(DMatrix::from_row_iterator(a.nrows(), a.ncols(), a.iter().copied()))
}

fn array(a: &DMatrix<f64>) -> Array2<f64> {
    Array2::from_shape_fn(a.shape(), |place| a[place])
}

fn square(a: &Array2<f64>) -> Result<(), Error> {
    if a.is_square() { Ok(()) } else { Err(Error::NotSquare { shape: a.dim() }) }
}

/// Refuses a matrix whose halves differ by more than rounding.
fn symmetric(a: &Array2<f64>) -> Result<(), Error> {
    square(a)?;
    let scale = a.iter().fold(0.0, |most, x| f64::max(most, x.abs()));
    let differs = |i: usize, j: usize| (a[[i, j]] - a[[j, i]]).abs() > 1e-12 * scale;
    let pairs = (0..a.nrows()).flat_map(|i| (0..i).map(move |j| (i, j)));
    pairs.into_iter().find(|&(i, j)| differs(i, j)).map_or(Ok(()), |place| Err(Error::NotSymmetric { place }))
}

/// The sign that makes the first of the largest components positive; those that differ by rounding are equal.
fn orientation<'a>(column: impl Iterator<Item = &'a f64> + Clone) -> f64 {
    let largest = column.clone().fold(0.0, |most, x| f64::max(most, x.abs()));
    column.into_iter().find(|x| x.abs() >= largest * (1.0 - 1e-8)).map_or(1.0, |x| 1_f64.copysign(*x))
}
