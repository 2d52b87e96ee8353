//! Matrices and vectors of `ndarray` as tensors, and back.

use candle_core::{DType, Device, Result, Tensor};
use ndarray::{Array1, Array2, ArrayBase, Data, Dimension};

/// An array as a tensor of `f32` of the same shape, element for element.
///
/// Going through `into_raw_vec` would take the elements as they lie in memory: those of a transposed array come in another order,
/// and `to_owned` does not mend it.
///
/// # Errors
/// When candle cannot make a tensor of this shape.
pub fn tensor<S: Data<Elem = f64>, D: Dimension>(x: &ArrayBase<S, D>) -> Result<Tensor> {
    let numbers: Vec<f32> = x.iter().map(|number| *number as f32).collect();
    Tensor::from_vec(numbers, x.shape(), &Device::Cpu)
}

/// As [`tensor`], without rounding to `f32`.
///
/// # Errors
/// When candle cannot make a tensor of this shape.
pub fn tensor_f64<S: Data<Elem = f64>, D: Dimension>(x: &ArrayBase<S, D>) -> Result<Tensor> {
    Tensor::from_vec(x.iter().copied().collect::<Vec<f64>>(), x.shape(), &Device::Cpu)
}

/// Classes as a tensor of `u32`, as losses want them.
///
/// # Errors
/// When candle cannot make the tensor.
pub fn classes(y: &[usize]) -> Result<Tensor> {
    let numbers: Vec<u32> = y.iter().map(|class| *class as u32).collect();
    Tensor::from_vec(numbers, y.len(), &Device::Cpu)
}

/// A tensor of two dimensions as a matrix.
///
/// # Errors
/// When it has not two dimensions.
pub fn matrix(x: &Tensor) -> Result<Array2<f64>> {
    let shape = x.dims2()?;
    let numbers = x.flatten_all()?.to_dtype(DType::F64)?.to_vec1()?;
    Array2::from_shape_vec(shape, numbers).map_err(candle_core::Error::wrap)
}

/// A tensor of one dimension as a vector.
///
/// # Errors
/// When it has not one dimension.
pub fn vector(x: &Tensor) -> Result<Array1<f64>> {
    Ok(x.to_dtype(DType::F64)?.to_vec1()?.into())
}
