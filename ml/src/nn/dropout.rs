//! Dropout with a seed.

use std::sync::{Mutex, PoisonError};

use candle_core::{Result, Tensor};
use candle_nn::ModuleT;

use crate::random::{Rng, rng};

/// Sets a share of the numbers to zero while training and scales the rest up (Srivastava et al., 2014).
#[derive(Debug)]
pub struct Dropout {
    share: f64,
    rng: Mutex<Rng>,
}

impl Dropout {
    /// Drops a share of the numbers, chosen by a generator of its own.
    ///
    /// # Panics
    /// When the share is not in [0; 1).
    pub fn new(share: f64, seed: u64) -> Self {
        assert!((0.0..1.0).contains(&share), "dropout: the share {share} is not in [0; 1)");
        Self { share, rng: Mutex::new(rng(seed)) }
    }
}

impl ModuleT for Dropout {
    fn forward_t(&self, x: &Tensor, train: bool) -> Result<Tensor> {
        if !train || self.share == 0.0 {
            return Ok(x.clone());
        }
        let kept = (1.0 / (1.0 - self.share)) as f32;
        let mut rng = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        let mask = (0..x.elem_count()).map(|_| if rng.chance(self.share) { 0.0 } else { kept }).collect();
        x * Tensor::from_vec(mask, x.shape(), x.device())?.to_dtype(x.dtype())?
    }
}
