//! The normal distribution of vectors.

use std::f64::consts::PI;

use ndarray::{Array1, Array2};

use crate::linalg::{self, Cholesky};
use crate::plot::Values;
use crate::random::Rng;

/// The normal distribution 𝒩(μ, Σ) of vectors.
#[derive(Clone, Debug)]
pub struct MultivariateNormal {
    mean: Array1<f64>,
    covariance: Array2<f64>,
    factor: Cholesky,
}

impl MultivariateNormal {
    /// With a mean μ (d) and a covariance Σ (d, d).
    ///
    /// # Errors
    /// When the shapes do not fit, or Σ is not symmetric and positive definite.
    pub fn new(mean: impl Values, covariance: &Array2<f64>) -> Result<Self, linalg::Error> {
        let mean = Array1::from(mean.values());
        let factor = linalg::cholesky(covariance)?;
        if mean.len() != covariance.nrows() {
            return Err(linalg::Error::Shapes { left: (mean.len(), 1), right: covariance.dim() });
        }
        Ok(Self { mean, covariance: covariance.clone(), factor })
    }

    /// The mean μ.
    pub fn mean(&self) -> &Array1<f64> {
        &self.mean
    }

    /// The covariance Σ.
    pub fn covariance(&self) -> &Array2<f64> {
        &self.covariance
    }

    /// The squared distance of Mahalanobis (1936), (x − μ)ᵀΣ⁻¹(x − μ); of a sample it is distributed as χ² with d degrees of freedom.
    ///
    /// # Errors
    /// When x has not d numbers.
    pub fn mahalanobis2(&self, x: impl Values) -> Result<f64, linalg::Error> {
        let away = self.away(x.values())?;
        let half = linalg::solve_lower(self.factor.l(), &away)?;
        Ok(half.iter().map(|z| z * z).sum())
    }

    /// The logarithm of the density.
    ///
    /// # Errors
    /// When x has not d numbers.
    pub fn ln_pdf(&self, x: impl Values) -> Result<f64, linalg::Error> {
        let square = self.mahalanobis2(x)?;
        Ok(-0.5 * (square + self.factor.ln_det() + self.mean.len() as f64 * libm::log(2.0 * PI)))
    }

    /// A random vector μ + Lz, where Σ = LLᵀ and z is standard normal.
    pub fn sample(&self, rng: &mut Rng) -> Array1<f64> {
        let z = rng.normals(self.mean.len());
        let l = self.factor.l();
        let row = |i: usize| self.mean[i] + (0..=i).map(|j| l[[i, j]] * z[j]).sum::<f64>();
        (0..self.mean.len()).map(row).collect()
    }

    /// `n` random vectors, by rows.
    pub fn samples(&self, n: usize, rng: &mut Rng) -> Array2<f64> {
        let mut rows = Array2::zeros((n, self.mean.len()));
        rows.rows_mut().into_iter().for_each(|mut row| row.assign(&self.sample(rng)));
        rows
    }

    /// The distribution of the other coordinates when those at `places` are known:
    /// μ₁ + Σ₁₂Σ₂₂⁻¹(x₂ − μ₂) and Σ₁₁ − Σ₁₂Σ₂₂⁻¹Σ₂₁.
    ///
    /// # Errors
    /// When places and numbers do not fit, or nothing is left unknown.
    pub fn given(&self, places: &[usize], x: impl Values) -> Result<Self, linalg::Error> {
        let x = x.values();
        let d = self.mean.len();
        let rest: Vec<usize> = (0..d).filter(|place| !places.contains(place)).collect();
        if x.len() != places.len() || rest.is_empty() || rest.len() + places.len() != d {
            return Err(linalg::Error::Shapes { left: (d, d), right: (places.len(), x.len()) });
        }
        let part = |rows: &[usize], columns: &[usize]| {
            Array2::from_shape_fn((rows.len(), columns.len()), |(i, j)| self.covariance[[rows[i], columns[j]]])
        };
        let (across, known) = (part(&rest, places), part(places, places));
        let away: Vec<f64> = places.iter().zip(&x).map(|(&place, x)| x - self.mean[place]).collect();
        let factor = linalg::cholesky(&known)?;
        let shift = linalg::product(&across, &factor.solve(away)?.insert_axis(ndarray::Axis(1)))?;
        let mean = rest.iter().zip(&shift).map(|(&place, shift)| self.mean[place] + shift);
        let less = linalg::product(&across, &factor.solve_matrix(&across.t().to_owned())?)?;
        let covariance = part(&rest, &rest) - less;
        // Rounding must not make it asymmetric.
        let symmetric = (&covariance + &covariance.t()) / 2.0;
        Self::new(mean.collect::<Vec<f64>>(), &symmetric)
    }

    fn away(&self, x: Vec<f64>) -> Result<Array1<f64>, linalg::Error> {
        if x.len() != self.mean.len() {
            return Err(linalg::Error::Shapes { left: (self.mean.len(), 1), right: (x.len(), 1) });
        }
        Ok(Array1::from(x) - &self.mean)
    }
}
