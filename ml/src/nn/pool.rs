//! Pooling by the largest number.

use candle_core::{Result, Tensor};

/// The largest number of every `size` × `size` square of a batch of pictures (batch, channel, row, column); squares do not overlap.
///
/// The gradient of `Tensor::max_pool2d` is too small by the area of the square; this one is right.
///
/// # Errors
/// When the sides of the pictures are not multiples of `size`.
pub fn max_pool2d(x: &Tensor, size: usize) -> Result<Tensor> {
    let (batch, channels, rows, columns) = x.dims4()?;
    let squares = (batch * channels, rows / size, size, columns / size, size);
    let x = x.reshape(squares)?.max(4)?.max(2)?;
    x.reshape((batch, channels, rows / size, columns / size))
}
