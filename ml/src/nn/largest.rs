//! The largest number of a row, with a gradient that goes to one place.

use candle_core::{CpuStorage, CustomOp1, CustomOp2, D, Layout, Result, Shape, Tensor, shape::Dim};
use num_traits::Float;

use super::rows::{self, Rows};

/// The largest numbers along a dimension, which disappears. NaN is larger than everything.
///
/// The gradient goes to the first of several equal numbers, as in PyTorch; `Tensor::max` gives the whole of it to each, and forgets
/// a NaN that does not stand first.
///
/// # Errors
/// When the dimension has no elements, or the numbers are neither `f32` nor `f64`.
pub fn max(x: &Tensor, dim: impl Dim + Copy) -> Result<Tensor> {
    let dim = dim.to_index(x.shape(), "max")?;
    if x.dim(dim)? == 0 {
        candle_core::bail!("max: there is no number along dimension {dim} of {:?}", x.shape());
    }
    let last = x.transpose(dim, D::Minus1)?.contiguous()?.apply_op1(Largest)?;
    last.unsqueeze(D::Minus1)?.transpose(dim, D::Minus1)?.squeeze(dim)
}

/// The smallest numbers along a dimension, on the terms of [`max`].
///
/// # Errors
/// As [`max`].
pub fn min(x: &Tensor, dim: impl Dim + Copy) -> Result<Tensor> {
    max(&x.neg()?, dim)?.neg()
}

/// The largest number of every `size` × `size` square of a batch of pictures (batch, channel, row, column); squares do not overlap.
///
/// The gradient goes to the first of several equal numbers of a square; that of `Tensor::max_pool2d` is too small by the area of the square.
///
/// # Errors
/// When the sides of the pictures are not multiples of `size`.
pub fn max_pool2d(x: &Tensor, size: usize) -> Result<Tensor> {
    let (batch, channels, rows, columns) = x.dims4()?;
    if size == 0 || rows % size != 0 || columns % size != 0 {
        candle_core::bail!("max_pool2d: pictures of {rows} × {columns} do not consist of squares {size} × {size}");
    }
    let squares = x.reshape((batch * channels, rows / size, size, columns / size, size))?.permute((0, 1, 3, 2, 4))?;
    let squares = squares.reshape((batch, channels, rows / size, columns / size, size * size))?;
    max(&squares, D::Minus1)
}

/// The place of the first largest number, or of the first NaN.
pub(super) fn first_largest<T: Float>(row: &[T]) -> usize {
    let mut best = 0;
    for (place, number) in row.iter().enumerate() {
        if row[best].is_nan() {
            break;
        }
        if number.is_nan() || *number > row[best] {
            best = place;
        }
    }
    best
}

struct Largest;

impl Rows<1> for Largest {
    fn shape(&self, first: &Shape) -> Shape {
        let dims = first.dims();
        Shape::from(&dims[..dims.len().saturating_sub(1)])
    }

    fn run<T: Float>(&self, [x]: [&[T]; 1], width: usize, out: &mut [T]) {
        x.chunks(width).zip(out).for_each(|(row, out)| *out = row[first_largest(row)]);
    }
}

impl CustomOp1 for Largest {
    fn name(&self) -> &'static str {
        "largest"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(storage, layout)])
    }

    fn bwd(&self, x: &Tensor, _: &Tensor, gradient: &Tensor) -> Result<Option<Tensor>> {
        x.apply_op2_no_bwd(&gradient.contiguous()?, &Back).map(Some)
    }
}

struct Back;

impl Rows<2> for Back {
    fn run<T: Float>(&self, [x, g]: [&[T]; 2], width: usize, out: &mut [T]) {
        for ((row, g), out) in x.chunks(width).zip(g).zip(out.chunks_mut(width)) {
            out[first_largest(row)] = *g;
        }
    }
}

impl CustomOp2 for Back {
    fn name(&self) -> &'static str {
        "largest-back"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout, g: &CpuStorage, lg: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (g, lg)])
    }
}
