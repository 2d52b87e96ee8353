//! Sums and means along a dimension, counted in a type that holds them.

use candle_core::{DType, Result, Tensor, shape::Dim};

/// The sum along a dimension, which disappears: half-precision numbers are added as `f32`, whole numbers as `f64`, and the result is of
/// that type. `Tensor::sum` adds in the type of the tensor, where 300 ones of `u8` are 44 and `bf16` stops growing at 256 ones.
///
/// # Errors
/// When there is no such dimension.
pub fn sum(x: &Tensor, dim: impl Dim + Copy) -> Result<Tensor> {
    wide(x)?.sum(dim)
}

/// The mean along a dimension, on the terms of [`sum`]: that of the whole numbers 1 and 2 is 1.5.
///
/// # Errors
/// When there is no such dimension, or it has no elements.
pub fn mean(x: &Tensor, dim: impl Dim + Copy) -> Result<Tensor> {
    let dim = dim.to_index(x.shape(), "mean")?;
    if x.dim(dim)? == 0 {
        candle_core::bail!("mean: there is no number along dimension {dim} of {:?}", x.shape());
    }
    wide(x)?.mean(dim)
}

fn wide(x: &Tensor) -> Result<Tensor> {
    match x.dtype() {
        DType::F32 | DType::F64 => Ok(x.clone()),
        DType::F16 | DType::BF16 => x.to_dtype(DType::F32),
        _ => x.to_dtype(DType::F64),
    }
}
