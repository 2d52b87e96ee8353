//! Neural networks: `candle_nn`, and what it lacks to give the same network for the same seed.
//!
//! candle's own random numbers on a CPU have no seed. [`seeded`] makes the weights of every `candle_nn` layer from one, and
//! [`Dropout`] here takes its generator from the caller; both replace what `candle_nn` calls the same.
//!
//! ```
//! use ml::candle::{Device, Tensor};
//! use ml::nn::{self, Module};
//! let (weights, vb) = nn::seeded(7);
//! let layer = nn::linear(3, 2, vb.pp("слой"))?;
//! let y = layer.forward(&Tensor::ones((1, 3), ml::candle::DType::F32, &Device::Cpu)?)?;
//! assert_eq!(y.dims(), [1, 2]);
//! assert_eq!(weights.count(), 3 * 2 + 2);
//! # Ok::<(), ml::candle::Error>(())
//! ```

mod dropout;
mod weights;

pub use candle_nn::*;
pub use dropout::Dropout;
pub use weights::{Weights, seeded, seeded_as};
