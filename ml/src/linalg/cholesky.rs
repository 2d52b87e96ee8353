//! The square root of a positive definite matrix.

use ndarray::{Array1, Array2};

use super::{Error, array, dense, solve_lower, solve_upper, symmetric};
use crate::plot::Values;

/// A = LLᵀ with a lower triangle L.
#[derive(Clone, Debug, PartialEq)]
pub struct Cholesky {
    l: Array2<f64>,
    lt: Array2<f64>,
}

/// The decomposition of a symmetric positive definite matrix in n³/3 operations; that it exists is the cheapest proof of positive
/// definiteness (Golub and Van Loan, 2013, § 4.2).
///
/// # Errors
/// When the matrix is not square, finite, symmetric and positive definite.
pub fn cholesky(a: &Array2<f64>) -> Result<Cholesky, Error> {
    let matrix = dense(a)?;
    symmetric(a)?;
    let l = array(&matrix.cholesky().ok_or(Error::NotPositiveDefinite)?.l());
    Ok(Cholesky { lt: l.t().to_owned(), l })
}

impl Cholesky {
    /// The lower triangle L.
    pub fn l(&self) -> &Array2<f64> {
        &self.l
    }

    /// Solves Ax = b.
    ///
    /// # Errors
    /// When b has not n numbers.
    pub fn solve(&self, b: impl Values) -> Result<Array1<f64>, Error> {
        solve_upper(&self.lt, &solve_lower(&self.l, &Array1::from(b.values()))?)
    }

    /// Solves AX = B, column by column.
    ///
    /// # Errors
    /// When B has not n rows.
    pub fn solve_matrix(&self, b: &Array2<f64>) -> Result<Array2<f64>, Error> {
        let mut x = Array2::zeros(b.dim());
        for (from, mut to) in b.columns().into_iter().zip(x.columns_mut()) {
            to.assign(&self.solve(from)?);
        }
        Ok(x)
    }

    /// The logarithm of the determinant, 2 Σ ln lᵢᵢ, where the determinant itself would overflow.
    pub fn ln_det(&self) -> f64 {
        2.0 * self.l.diag().iter().map(|&pivot| libm::log(pivot)).sum::<f64>()
    }
}
