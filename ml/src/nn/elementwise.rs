//! Functions of single numbers whose derivative, or value, is not what `Tensor`'s own method gives.

use candle_core::{CpuStorage, CustomOp1, CustomOp2, Layout, Result, Shape, Tensor};
use num_traits::Float;

use super::rows::{self, Rows, float};

/// max(x, 0) with derivative 0 at zero, as in PyTorch and TensorFlow (see Bertoin et al., 2021, for what that choice does).
///
/// `Tensor::relu` has derivative 1 there, and turns NaN into 0.
///
/// # Errors
/// When candle cannot compute it.
pub fn relu(x: &Tensor) -> Result<Tensor> {
    x.le(0.0)?.where_cond(&x.zeros_like()?, x)
}

/// x·Φ(x) (Hendrycks and Gimpel, 2016), with a derivative of full precision: that of `Tensor::gelu_erf` has six digits.
///
/// # Errors
/// When candle cannot compute it.
pub fn gelu(x: &Tensor) -> Result<Tensor> {
    (x * 0.5)? * ((x * std::f64::consts::FRAC_1_SQRT_2)?.erf()? + 1.0)?
}

/// x^y for every pair of elements of tensors of one shape, negative x with whole y too, where `Tensor::pow` gives NaN.
///
/// # Errors
/// When the shapes differ, or the numbers are not of one type, `f32` or `f64`.
pub fn pow(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    if x.shape() != y.shape() {
        candle_core::bail!("pow: shapes {:?} and {:?}", x.shape(), y.shape());
    }
    x.contiguous()?.apply_op2(&y.contiguous()?, Pow)
}

/// The nearest whole number, of two the even one (as IEEE 754 rounds); the gradient passes as if nothing had been rounded.
///
/// This is the straight-through estimator (Bengio, Léonard and Courville, 2013); `Tensor::round` has no gradient and takes halves away from zero.
///
/// # Errors
/// When the numbers are neither `f32` nor `f64`.
pub fn round_through(x: &Tensor) -> Result<Tensor> {
    x.contiguous()?.apply_op1(Round)
}

struct Pow;

impl Rows<2> for Pow {
    fn run<T: Float>(&self, [x, y]: [&[T]; 2], _: usize, out: &mut [T]) {
        out.iter_mut().zip(x.iter().zip(y)).for_each(|(out, (x, y))| *out = x.powf(*y));
    }
}

impl CustomOp2 for Pow {
    fn name(&self) -> &'static str {
        "pow"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout, y: &CpuStorage, ly: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (y, ly)])
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, _: &Tensor, g: &Tensor) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let by_x = x.apply_op2_no_bwd(y, &ByBase)?;
        let by_y = x.apply_op2_no_bwd(y, &ByExponent)?;
        Ok((Some((by_x * g)?), Some((by_y * g)?)))
    }
}

/// ∂(x^y)/∂x = y·x^(y − 1), and 0 where y = 0.
struct ByBase;

impl Rows<2> for ByBase {
    fn run<T: Float>(&self, [x, y]: [&[T]; 2], _: usize, out: &mut [T]) {
        for (out, (x, y)) in out.iter_mut().zip(x.iter().zip(y)) {
            *out = if y.is_zero() { T::zero() } else { *y * x.powf(*y - T::one()) };
        }
    }
}

impl CustomOp2 for ByBase {
    fn name(&self) -> &'static str {
        "pow-by-base"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout, y: &CpuStorage, ly: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (y, ly)])
    }
}

/// ∂(x^y)/∂y = x^y·ln x; NaN where x < 0, since there is no such derivative, and 0 where x = 0 and y > 0.
struct ByExponent;

impl Rows<2> for ByExponent {
    fn run<T: Float>(&self, [x, y]: [&[T]; 2], _: usize, out: &mut [T]) {
        for (out, (x, y)) in out.iter_mut().zip(x.iter().zip(y)) {
            *out = if x.is_zero() && *y > T::zero() { T::zero() } else { x.powf(*y) * x.ln() };
        }
    }
}

impl CustomOp2 for ByExponent {
    fn name(&self) -> &'static str {
        "pow-by-exponent"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout, y: &CpuStorage, ly: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (y, ly)])
    }
}

struct Round;

impl Rows<1> for Round {
    fn run<T: Float>(&self, [x]: [&[T]; 1], _: usize, out: &mut [T]) {
        let (half, two) = (float::<T>(0.5), float::<T>(2.0));
        for (out, x) in out.iter_mut().zip(x) {
            let tie = (*x - x.trunc()).abs() == half;
            *out = if tie { two * (*x / two).round() } else { x.round() };
        }
    }
}

impl CustomOp1 for Round {
    fn name(&self) -> &'static str {
        "round"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(storage, layout)])
    }

    fn bwd(&self, _: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        Ok(Some(gradient.clone()))
    }
}
