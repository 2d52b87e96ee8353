//! Running sums.

use candle_core::{CpuStorage, CustomOp1, D, Layout, Result, Shape, Tensor, shape::Dim};
use num_traits::Float;

use super::rows::{self, Rows};

/// Sums of the first 1, 2, … numbers along a dimension.
///
/// `Tensor::cumsum` multiplies by a triangle of zeros and ones: it takes n times longer, and one infinity makes all of its row NaN.
///
/// # Errors
/// When the numbers are neither `f32` nor `f64`.
pub fn cumsum(x: &Tensor, dim: impl Dim + Copy) -> Result<Tensor> {
    let dim = dim.to_index(x.shape(), "cumsum")?;
    if x.elem_count() == 0 {
        return Ok(x.clone());
    }
    x.transpose(dim, D::Minus1)?.contiguous()?.apply_op1(Cumsum)?.transpose(dim, D::Minus1)
}

struct Cumsum;

impl Rows<1> for Cumsum {
    fn run<T: Float>(&self, [x]: [&[T]; 1], width: usize, out: &mut [T]) {
        for (x, out) in x.chunks(width).zip(out.chunks_mut(width)) {
            let mut sum = T::zero();
            for (x, out) in x.iter().zip(out) {
                sum = sum + *x;
                *out = sum;
            }
        }
    }
}

impl CustomOp1 for Cumsum {
    fn name(&self) -> &'static str {
        "cumsum"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(storage, layout)])
    }

    /// A number is in its own sum and in all that follow.
    fn bwd(&self, _: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        let last = gradient.rank() - 1;
        cumsum(&gradient.flip(&[last])?, D::Minus1)?.flip(&[last]).map(Some)
    }
}
