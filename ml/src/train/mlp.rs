//! A network of linear layers.

use candle_core::{Result, Tensor, bail};
use candle_nn::{Module as _, VarBuilder};

use crate::nn::{self, Activation, Linear};

/// Linear layers with a function between them, none after the last.
#[derive(Clone, Debug)]
pub struct Mlp {
    layers: Vec<Linear>,
    activation: Activation,
}

impl Mlp {
    /// Layers from each size to the next: `[64, 32, 10]` has a hidden layer of 32; weights are called `слой 1.weight`, `слой 1.bias`, …
    ///
    /// # Errors
    /// When there are fewer than two sizes.
    pub fn new(sizes: &[usize], activation: Activation, vb: &VarBuilder<'_>) -> Result<Self> {
        if sizes.len() < 2 {
            bail!("train: a network has an input and an output, {} sizes are given", sizes.len());
        }
        let layer =
            |(place, pair): (usize, &[usize])| nn::linear(pair[0], pair[1], vb.pp(format!("слой {}", place + 1)));
        Ok(Self { layers: sizes.windows(2).enumerate().map(layer).collect::<Result<_>>()?, activation })
    }

    /// The output for objects by rows (objects, sizes\[0\]).
    ///
    /// # Errors
    /// When the objects have another size.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        self.hidden(x)?.pop().map_or_else(|| bail!("train: the network has no layer"), Ok)
    }

    /// What every layer gives, functions applied; the output is the last.
    ///
    /// # Errors
    /// When the objects have another size.
    pub fn hidden(&self, x: &Tensor) -> Result<Vec<Tensor>> {
        let mut states: Vec<Tensor> = Vec::with_capacity(self.layers.len());
        for (place, layer) in self.layers.iter().enumerate() {
            let y = layer.forward(states.last().unwrap_or(x))?;
            states.push(if place + 1 < self.layers.len() { self.activation.forward(&y)? } else { y });
        }
        Ok(states)
    }
}
