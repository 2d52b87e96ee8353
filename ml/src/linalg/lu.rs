//! Systems of equations by elimination.

use ndarray::{Array1, Array2};

use super::{Error, array, dense, square};
use crate::plot::Values;

/// PA = LU: rows in another order make a lower triangle with ones on the diagonal times an upper one.
#[derive(Clone, Debug, PartialEq)]
pub struct Lu {
    /// The lower triangle.
    pub l: Array2<f64>,
    /// The upper triangle; its diagonal holds the pivots.
    pub u: Array2<f64>,
    /// Which row of A stands at each place.
    pub rows: Vec<usize>,
    /// 1 or −1: the determinant of P.
    pub sign: f64,
}

/// Elimination with the largest pivot of each column (Golub and Van Loan, 2013, § 3.4), 2n³/3 operations.
///
/// A singular matrix has this decomposition too: there is a zero among the pivots.
///
/// # Errors
/// When the matrix is not square, is empty or holds a number that is not finite.
pub fn lu(a: &Array2<f64>) -> Result<Lu, Error> {
    square(a)?;
    let decomposition = dense(a)?.lu();
    let mut order = nalgebra::DVector::from_fn(a.nrows(), |row, _| row);
    decomposition.p().permute_rows(&mut order);
    Ok(Lu {
        l: array(&decomposition.l()),
        u: array(&decomposition.u()),
        rows: order.iter().copied().collect(),
        sign: decomposition.p().determinant(),
    })
}

impl Lu {
    /// The determinant: the product of the pivots, with its sign.
    pub fn det(&self) -> f64 {
        self.u.diag().iter().fold(self.sign, |product, pivot| product * pivot)
    }

    /// Solves Ax = b in 2n² operations.
    ///
    /// # Errors
    /// When b has not n numbers, or a pivot is 0.
    pub fn solve(&self, b: impl Values) -> Result<Array1<f64>, Error> {
        let b = b.values();
        if b.len() != self.rows.len() {
            return Err(Error::Shapes { left: self.l.dim(), right: (b.len(), 1) });
        }
        let turned: Array1<f64> = self.rows.iter().map(|&row| b[row]).collect();
        solve_upper(&self.u, &solve_lower(&self.l, &turned)?)
    }
}

/// The solution of Ax = b for a square A (n, n) and b (n).
///
/// Nearly singular matrices are solved too, with as many wrong digits as [`condition`](super::condition) has.
///
/// # Errors
/// When the shapes do not fit, a number is not finite, or A is singular.
pub fn solve(a: &Array2<f64>, b: impl Values) -> Result<Array1<f64>, Error> {
    lu(a)?.solve(b)
}

/// The solution of AX = B, column by column.
///
/// # Errors
/// As [`solve`].
pub fn solve_matrix(a: &Array2<f64>, b: &Array2<f64>) -> Result<Array2<f64>, Error> {
    let factors = lu(a)?;
    let mut x = Array2::zeros(b.dim());
    for (from, mut to) in b.columns().into_iter().zip(x.columns_mut()) {
        to.assign(&factors.solve(from)?);
    }
    Ok(x)
}

/// The determinant; 0 for a singular matrix.
///
/// # Errors
/// When the matrix is not square, is empty or holds a number that is not finite.
pub fn det(a: &Array2<f64>) -> Result<f64, Error> {
    Ok(lu(a)?.det())
}

/// The inverse A⁻¹. Where it is only multiplied by something, [`solve`] is faster and more exact.
///
/// # Errors
/// As [`solve`].
pub fn inverse(a: &Array2<f64>) -> Result<Array2<f64>, Error> {
    solve_matrix(a, &Array2::eye(a.nrows()))
}

/// The solution of Lx = b for a lower triangle, by substitution; what stands above the diagonal is not read.
///
/// # Errors
/// When the shapes do not fit, or there is a 0 on the diagonal.
pub fn solve_lower(l: &Array2<f64>, b: &Array1<f64>) -> Result<Array1<f64>, Error> {
    substitute(l, b, (0..b.len()).collect(), |i| 0..i)
}

/// The solution of Ux = b for an upper triangle, by substitution; what stands below the diagonal is not read.
///
/// # Errors
/// When the shapes do not fit, or there is a 0 on the diagonal.
pub fn solve_upper(u: &Array2<f64>, b: &Array1<f64>) -> Result<Array1<f64>, Error> {
    let n = b.len();
    substitute(u, b, (0..n).rev().collect(), |i| i + 1..n)
}

fn substitute(
    a: &Array2<f64>,
    b: &Array1<f64>,
    order: Vec<usize>,
    known: impl Fn(usize) -> std::ops::Range<usize>,
) -> Result<Array1<f64>, Error> {
    if a.dim() != (b.len(), b.len()) {
        return Err(Error::Shapes { left: a.dim(), right: (b.len(), 1) });
    }
    let mut x = Array1::zeros(b.len());
    for i in order {
        if a[[i, i]] == 0.0 {
            return Err(Error::Singular);
        }
        let sum: f64 = known(i).map(|j| a[[i, j]] * x[j]).sum();
        x[i] = (b[i] - sum) / a[[i, i]];
    }
    Ok(x)
}
