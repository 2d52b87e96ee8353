//! Weights that depend on a seed and their names alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use candle_core::{DType, Device, Error, Result, Shape, Tensor, Var};
use candle_nn::init::NormalOrUniform;
use candle_nn::var_builder::SimpleBackend;
use candle_nn::{Init, VarBuilder};

use crate::random::{Rng, rng};

/// The weights of a network by name, in the order of their names.
#[derive(Clone, Debug)]
pub struct Weights {
    vars: Arc<Mutex<BTreeMap<String, Var>>>,
    seed: u64,
}

/// Weights with a seed, and the builder that the layers of `candle_nn` take them from; numbers are `f32` on the CPU.
///
/// A weight depends on the seed and its name alone: another layer changes nothing in the rest of the network.
pub fn seeded(seed: u64) -> (Weights, VarBuilder<'static>) {
    seeded_as(seed, DType::F32)
}

/// As [`seeded`], with numbers of another type: `f64` where gradients are compared with finite differences.
pub fn seeded_as(seed: u64, dtype: DType) -> (Weights, VarBuilder<'static>) {
    let weights = Weights { vars: Arc::default(), seed };
    let builder = VarBuilder::from_backend(Box::new(weights.clone()), dtype, Device::Cpu);
    (weights, builder)
}

impl Weights {
    /// The variables that an optimiser changes, in the order of their names.
    pub fn vars(&self) -> Vec<Var> {
        self.lock().values().cloned().collect()
    }

    /// The variables and their names.
    pub fn named(&self) -> Vec<(String, Var)> {
        self.lock().iter().map(|(name, var)| (name.clone(), var.clone())).collect()
    }

    /// How many numbers the network has.
    pub fn count(&self) -> usize {
        self.lock().values().map(|var| var.elem_count()).sum()
    }

    /// The weights as the bytes of a safetensors file, ready for `artefact::save`.
    ///
    /// # Errors
    /// When candle cannot write them.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let vars = self.lock();
        let tensors = vars.iter().map(|(name, var)| (name.as_str(), var.as_tensor()));
        safetensors::serialize(tensors, None).map_err(Error::wrap)
    }

    /// Sets the weights to those of a safetensors file, as `artefact::load` brings it.
    ///
    /// # Errors
    /// When the bytes are not such a file, or a weight of the network is missing or has another shape.
    pub fn load(&self, bytes: &[u8]) -> Result<()> {
        let mut loaded = candle_core::safetensors::load_buffer(bytes, &Device::Cpu)?;
        for (name, var) in self.lock().iter() {
            let Some(tensor) = loaded.remove(name) else {
                candle_core::bail!("there is no weight `{name}` in the file")
            };
            var.set(&tensor.to_dtype(var.dtype())?)?;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Var>> {
        self.vars.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SimpleBackend for Weights {
    fn get(&self, shape: Shape, name: &str, init: Init, dtype: DType, device: &Device) -> Result<Tensor> {
        let mut vars = self.lock();
        if let Some(var) = vars.get(name) {
            if *var.shape() != shape {
                candle_core::bail!("the weight `{name}` has shape {:?}, not {shape:?}", var.shape());
            }
            return Ok(var.as_tensor().clone());
        }
        let mut rng = rng(self.seed ^ hash(name));
        let values: Vec<f64> = (0..shape.elem_count()).map(|_| draw(&mut rng, init, &shape)).collect();
        let var = Var::from_tensor(&Tensor::from_vec(values, shape, device)?.to_dtype(dtype)?)?;
        let tensor = var.as_tensor().clone();
        vars.insert(name.to_owned(), var);
        Ok(tensor)
    }

    fn get_unchecked(&self, name: &str, _: DType, _: &Device) -> Result<Tensor> {
        let vars = self.lock();
        let Some(var) = vars.get(name) else { candle_core::bail!("there is no weight `{name}`") };
        Ok(var.as_tensor().clone())
    }

    fn contains_tensor(&self, name: &str) -> bool {
        self.lock().contains_key(name)
    }
}

/// A number for a weight, as the layer wishes (He et al., 2015, for `Kaiming`).
fn draw(rng: &mut Rng, init: Init, shape: &Shape) -> f64 {
    match init {
        Init::Const(value) => value,
        Init::Uniform { lo, up } => rng.between(lo, up),
        Init::Randn { mean, stdev } => mean + stdev * rng.normal(),
        Init::Kaiming { dist, fan, non_linearity } => {
            let deviation = non_linearity.gain() / (fan.for_shape(shape) as f64).sqrt();
            match dist {
                NormalOrUniform::Uniform => rng.between(-1.0, 1.0) * 3f64.sqrt() * deviation,
                NormalOrUniform::Normal => deviation * rng.normal(),
            }
        }
    }
}

/// FNV-1a (Fowler, Noll and Vo, 1991): the same for a name on every machine and in every version.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
