//! Neural networks: the layers of `candle_nn`, with the same weights for the same seed and gradients that reach all of them.
//!
//! Two things of `candle_nn` do not serve a course. Its random numbers on a CPU have no seed: here [`seeded`] makes the weights
//! of every layer from one, and [`Dropout`] takes one. And some of its layers stop gradients without a word, because they are
//! written for trained networks: [`LayerNorm`], [`RmsNorm`] and [`ops::softmax_last_dim`] are our own, with derivatives, and the
//! rotations of [`rotary_emb`] are those versions of candle's that have them. What is missing here is missing for such a reason.
//!
//! Where a method of `Tensor` itself answers wrongly and says nothing, there is a function here that a page calls instead: [`count`],
//! [`accuracy`], [`mean`], [`sum`], [`largest`], [`smallest`] and [`difference`] for numbers about a tensor, [`ops::max`], [`ops::relu`], [`ops::pow`],
//! [`ops::cumsum`], [`ops::sum`] and [`ops::round_through`] for tensors of them; [`tensor`] and [`matrix`] go between them and `ndarray`.
//!
//! ```
//! use ml::candle::{DType, Device, Tensor};
//! use ml::nn::{self, Module};
//! let (weights, vb) = nn::seeded(7);
//! let layer = nn::linear(3, 2, vb.pp("слой"))?;
//! let y = layer.forward(&Tensor::ones((1, 3), DType::F32, &Device::Cpu)?)?;
//! assert_eq!(y.dims(), [1, 2]);
//! assert_eq!(weights.count(), 3 * 2 + 2);
//! # Ok::<(), ml::candle::Error>(())
//! ```
//!
//! Why candle and not burn: `preprocessors/MEASUREMENTS.md`. Names are exported one by one, `conv1d` not at all;
//! `ml/tests/suite/gradients.rs` compares the layers and 55 tensor operations with central differences in f64. Methods of
//! `Tensor` itself cannot be replaced (`max_all` forgets a NaN, `mean_all` of whole numbers is whole, `cumsum` and `pow` make
//! NaN, half precision is added in half precision): `nn` and [`ops`] have functions that answer rightly,
//! `ml/tests/suite/silent.rs` pins both answers.

mod activation;
mod convert;
mod dropout;
mod elementwise;
mod largest;
pub mod loss;
mod norm;
pub mod ops;
mod reduce;
mod rows;
mod scan;
mod softmax;
mod weights;
mod wide;

pub use activation::Activation;
pub use candle_nn::{
    AdamW, BatchNorm, BatchNormConfig, Conv2d, Conv2dConfig, ConvTranspose2d, ConvTranspose2dConfig, Embedding, Func,
    FuncT, GRU, GRUConfig, GroupNorm, Init, LSTM, LSTMConfig, LayerNormConfig, Linear, Module, ModuleT, Optimizer,
    PReLU, ParamsAdamW, RNN, SGD, Sequential, VarBuilder, batch_norm, conv_transpose2d, conv_transpose2d_no_bias,
    conv2d, conv2d_no_bias, embedding, encoding, func, func_t, group_norm, gru, init, kv_cache, linear, linear_b,
    linear_no_bias, lstm, prelu, rnn, seq,
};
pub use convert::{classes, matrix, tensor, tensor_f64, vector};
pub use dropout::Dropout;
pub use largest::max_pool2d;
pub use norm::{LayerNorm, RmsNorm, layer_norm, layer_norm_no_bias, rms_norm};
pub use reduce::{accuracy, count, difference, largest, mean, smallest, sum};
pub use weights::{Weights, seeded, seeded_as};

/// Rotary positions (Su et al., 2021).
pub mod rotary_emb {
    pub use candle_nn::rotary_emb::{rope_i_slow as rope_i, rope_slow as rope};
}
