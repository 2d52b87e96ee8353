//! Softmax over the last dimension in one pass, with its derivative.

use candle_core::{CpuStorage, CustomOp1, CustomOp2, Layout, Result, Shape, Tensor};
use num_traits::Float;

use super::rows::{self, Rows};

/// Softmax over the last dimension: positive numbers with sum 1.
///
/// The function of this name in `candle_nn` has no derivative and stops gradients without a word (candle#3569).
///
/// # Errors
/// When the numbers are neither `f32` nor `f64`.
pub fn softmax_last_dim(x: &Tensor) -> Result<Tensor> {
    x.contiguous()?.apply_op1(Softmax)
}

struct Softmax;

impl Rows<1> for Softmax {
    fn run<T: Float>(&self, [x]: [&[T]; 1], width: usize, out: &mut [T]) {
        for (x, y) in x.chunks(width).zip(out.chunks_mut(width)) {
            let largest = x.iter().copied().fold(T::neg_infinity(), T::max);
            let mut sum = T::zero();
            for (x, y) in x.iter().zip(y.iter_mut()) {
                *y = (*x - largest).exp();
                sum = sum + *y;
            }
            y.iter_mut().for_each(|y| *y = *y / sum);
        }
    }
}

impl CustomOp1 for Softmax {
    fn name(&self) -> &'static str {
        "softmax"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(storage, layout)])
    }

    fn bwd(&self, _: &Tensor, y: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        y.apply_op2_no_bwd(&gradient.contiguous()?, &Back).map(Some)
    }
}

/// dx = y ∘ (g − ⟨g, y⟩).
struct Back;

impl Rows<2> for Back {
    fn run<T: Float>(&self, [y, g]: [&[T]; 2], width: usize, out: &mut [T]) {
        for ((y, g), out) in y.chunks(width).zip(g.chunks(width)).zip(out.chunks_mut(width)) {
            let dot = y.iter().zip(g).fold(T::zero(), |sum, (y, g)| sum + *y * *g);
            out.iter_mut().zip(y.iter().zip(g)).for_each(|(out, (y, g))| *out = *y * (*g - dot));
        }
    }
}

impl CustomOp2 for Back {
    fn name(&self) -> &'static str {
        "softmax-back"
    }

    fn cpu_fwd(&self, y: &CpuStorage, ly: &Layout, g: &CpuStorage, lg: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(y, ly), (g, lg)])
    }
}
