//! Activations as layers.

use candle_core::{Result, Tensor};
use candle_nn::Module;

use super::ops;

/// A function of single numbers between the layers of a network.
///
/// candle's own has derivative 1 at zero for `Relu` and six digits in the derivatives of `Gelu`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// max(x, 0), with derivative 0 at zero.
    Relu,
    /// x for positive numbers, `slope`·x for the others.
    LeakyRelu(f64),
    /// x for positive numbers, `alpha`·(eˣ − 1) for the others (Clevert et al., 2015).
    Elu(f64),
    /// x·Φ(x) (Hendrycks and Gimpel, 2016).
    Gelu,
    /// x·σ(x), also known as Swish (Ramachandran et al., 2017).
    Silu,
    /// x·tanh(ln(1 + eˣ)) (Misra, 2019).
    Mish,
    /// 1/(1 + e⁻ˣ).
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
}

impl Module for Activation {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        match *self {
            Self::Relu => ops::relu(x),
            Self::LeakyRelu(slope) => ops::leaky_relu(x, slope),
            Self::Elu(alpha) => x.elu(alpha),
            Self::Gelu => ops::gelu(x),
            Self::Silu => x.silu(),
            Self::Mish => ops::mish(x),
            Self::Sigmoid => ops::sigmoid(x),
            Self::Tanh => x.tanh(),
        }
    }
}
