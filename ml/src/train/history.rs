//! What happened while a network was trained, layer by layer.

use candle_core::Result;
use candle_core::backprop::GradStore;

use crate::nn::{self, Weights};

/// The size of one weight tensor at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Norms {
    /// The name of the weights.
    pub name: String,
    /// Their length √Σθ².
    pub weight: f64,
    /// The length of their gradient; 0 where none reached them.
    pub gradient: f64,
}

/// Losses and sizes over the steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The loss of every step.
    pub losses: Vec<f64>,
    /// The sizes of every step, in the order of the names.
    pub norms: Vec<Vec<Norms>>,
}

impl History {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes down a step: its loss, and the sizes of all weights and gradients.
    ///
    /// # Errors
    /// When candle cannot read them.
    pub fn record(&mut self, loss: f64, weights: &Weights, gradients: &GradStore) -> Result<()> {
        let mut norms = Vec::new();
        for (name, var) in weights.named() {
            let gradient = gradients.get(&var).map(length).transpose()?.unwrap_or(0.0);
            norms.push(Norms { name, weight: length(&var)?, gradient });
        }
        self.losses.push(loss);
        self.norms.push(norms);
        Ok(())
    }

    /// The lengths of the gradient of one weight tensor over the steps; empty when there is no such name.
    pub fn gradients(&self, name: &str) -> Vec<f64> {
        self.of(name, |norms| norms.gradient)
    }

    /// The lengths of one weight tensor over the steps; empty when there is no such name.
    pub fn weights(&self, name: &str) -> Vec<f64> {
        self.of(name, |norms| norms.weight)
    }

    fn of(&self, name: &str, size: impl Fn(&Norms) -> f64) -> Vec<f64> {
        self.norms.iter().flatten().filter(|norms| norms.name == name).map(size).collect()
    }
}

fn length(x: &candle_core::Tensor) -> Result<f64> {
    Ok(nn::sum(&x.to_dtype(candle_core::DType::F64)?.sqr()?)?.sqrt())
}
