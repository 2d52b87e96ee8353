//! The singular value decomposition, and what it answers.

use ndarray::{Array1, Array2};

use super::{Error, array, dense, orientation};

/// A = U·diag(σ)·Vᵀ with orthonormal columns of U and V.
#[derive(Clone, Debug, PartialEq)]
pub struct Svd {
    /// Left vectors, by columns (n, k), where k is the smaller side of A (n, m).
    pub u: Array2<f64>,
    /// Singular values, from the largest.
    pub s: Array1<f64>,
    /// Right vectors, by rows (k, m).
    pub vt: Array2<f64>,
}

/// The decomposition by bidiagonalisation and implicit QR steps (Golub and Kahan, 1965); the first of the largest components of every left vector is positive.
///
/// # Errors
/// When the matrix is empty or holds a number that is not finite.
pub fn svd(a: &Array2<f64>) -> Result<Svd, Error> {
    let found = dense(a)?.try_svd(true, true, f64::EPSILON, 10_000).ok_or(Error::NoConvergence)?;
    let (Some(u), Some(vt)) = (found.u, found.v_t) else { return Err(Error::NoConvergence) };
    let mut order: Vec<usize> = (0..found.singular_values.len()).collect();
    order.sort_by(|&i, &j| found.singular_values[j].total_cmp(&found.singular_values[i]));
    let signs: Vec<f64> = order.iter().map(|&k| orientation(u.column(k).iter())).collect();
    let (u, vt) = (array(&u), array(&vt));
    Ok(Svd {
        u: Array2::from_shape_fn(u.dim(), |(i, j)| signs[j] * u[[i, order[j]]]),
        s: order.iter().map(|&k| found.singular_values[k]).collect(),
        vt: Array2::from_shape_fn(vt.dim(), |(i, j)| signs[i] * vt[[order[i], j]]),
    })
}

impl Svd {
    /// The nearest matrix of rank not above k in the spectral and the Frobenius norm (Eckart and Young, 1936).
    pub fn truncated(&self, k: usize) -> Array2<f64> {
        let k = k.min(self.s.len());
        let term = |i: usize, j: usize| (0..k).map(|r| self.u[[i, r]] * self.s[r] * self.vt[[r, j]]).sum();
        Array2::from_shape_fn((self.u.nrows(), self.vt.ncols()), |(i, j)| term(i, j))
    }

    /// How many singular values exceed σ₁·ε·(the larger side): the rank that rounding lets one see, as in NumPy.
    pub fn rank(&self) -> usize {
        self.s.iter().filter(|value| **value > self.tolerance()).count()
    }

    /// The pseudo-inverse V·diag(1/σ)·Uᵀ over the singular values that [`rank`](Self::rank) counts (Penrose, 1955).
    pub fn pinv(&self) -> Array2<f64> {
        let rank = self.rank();
        let term = |i: usize, j: usize| (0..rank).map(|r| self.vt[[r, i]] / self.s[r] * self.u[[j, r]]).sum();
        Array2::from_shape_fn((self.vt.ncols(), self.u.nrows()), |(i, j)| term(i, j))
    }

    fn tolerance(&self) -> f64 {
        self.s[0] * f64::EPSILON * self.u.nrows().max(self.vt.ncols()) as f64
    }
}

/// The pseudo-inverse A⁺ (m, n) of A (n, m): A⁺b is the shortest of the least-squares solutions.
///
/// # Errors
/// As [`svd`].
pub fn pinv(a: &Array2<f64>) -> Result<Array2<f64>, Error> {
    Ok(svd(a)?.pinv())
}

/// The number of independent columns, up to rounding.
///
/// # Errors
/// As [`svd`].
pub fn rank(a: &Array2<f64>) -> Result<usize, Error> {
    Ok(svd(a)?.rank())
}
