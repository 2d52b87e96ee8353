//! Functions of tensors, all of which gradients pass through.

pub use candle_nn::ops::{
    hard_sigmoid, leaky_relu, log_softmax, mish, pixel_shuffle, pixel_unshuffle, replication_pad2d, selu, sigmoid,
    silu, softmax, swiglu,
};

pub use super::elementwise::{gelu, pow, relu, round_through};
pub use super::largest::{max, min};
pub use super::scan::cumsum;
pub use super::softmax::softmax_last_dim;
pub use super::wide::{mean, sum};
