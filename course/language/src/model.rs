//! A transformer that has been trained: how well it foresees a text, and as a file.

use half::f16;
use ndarray::Array2;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use crate::layer::Trace;
use crate::network::{self, Plan, Workspace};
use crate::numbers::matrix;
use crate::shape::Shape;
use crate::{Alphabet, Error};

/// Sequences that are computed together.
const TOGETHER: usize = 8;

/// A transformer over characters.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) plan: Plan,
    pub(crate) alphabet: Alphabet,
    pub(crate) weights: Vec<f32>,
}

impl Model {
    pub(crate) fn new(shape: Shape, alphabet: Alphabet, weights: Vec<f32>) -> Self {
        Self { plan: Plan::new(shape), alphabet, weights }
    }

    /// Its sizes.
    pub fn shape(&self) -> Shape {
        self.plan.shape
    }

    /// The characters that it knows.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// How many numbers it has.
    pub fn count(&self) -> usize {
        self.plan.count()
    }

    /// The weights by name: rows, columns, numbers row by row.
    pub fn weights(&self) -> impl Iterator<Item = (&str, usize, usize, &[f32])> {
        let of = |part: &crate::shape::Part| part.range.clone();
        self.plan.parts.iter().map(move |part| (part.name.as_str(), part.rows, part.columns, &self.weights[of(part)]))
    }

    /// −ln p of every character of a text but the first, given those before it.
    ///
    /// Windows of the context's length overlap by half, so that a character behind the first window has at least half a context before it.
    ///
    /// # Errors
    /// When the text has fewer than two characters, or one that the alphabet has not.
    pub fn nats(&self, text: &str) -> Result<Vec<f64>, Error> {
        let text = self.alphabet.encode(text)?;
        let Shape { symbols, context, .. } = self.plan.shape;
        if text.len() < 2 {
            return Err(Error::Short { found: text.len(), needed: 2 });
        }
        let half = context / 2;
        let mut begins: Vec<usize> = (0..text.len() - 1).step_by(half).collect();
        // A window that would only repeat the end of the one before it.
        begins.retain(|begin| *begin == 0 || begin + half < text.len() - 1);
        let length = |begin: usize| context.min(text.len() - 1 - begin);
        let mut all = Vec::with_capacity(text.len());
        for alike in begins.chunk_by(|a, b| length(*a) == length(*b)) {
            for part in alike.chunks(TOGETHER) {
                let length = length(part[0]);
                let cut = |by: usize| -> Vec<usize> {
                    part.iter().flat_map(|at| &text[at + by..at + by + length]).copied().collect()
                };
                let mut space = Workspace::new(self.plan.shape, part.len(), length);
                network::forward(&self.plan, &self.weights, &cut(0), &mut space);
                let nats = network::nats(symbols, &mut space.logits, &cut(1));
                for (window, begin) in nats.chunks_exact(length).zip(part) {
                    all.extend(&window[if *begin == 0 { 0 } else { half }..]);
                }
            }
        }
        Ok(all)
    }

    /// Bits a character: the mean of −log₂ p over all but the first.
    ///
    /// # Errors
    /// As [`Model::nats`].
    pub fn bits(&self, text: &str) -> Result<f64, Error> {
        let nats = self.nats(text)?;
        Ok(nats.iter().sum::<f64>() / nats.len() as f64 / std::f64::consts::LN_2)
    }

    /// By layer and head: how much each place (row) of a text takes from those up to it (columns); rows sum to 1.
    ///
    /// # Errors
    /// When the text is empty or longer than the context, or has a character that the alphabet has not.
    pub fn attention(&self, text: &str) -> Result<Vec<Vec<Array2<f64>>>, Error> {
        let (text, shape) = (self.alphabet.encode(text)?, self.plan.shape);
        if text.is_empty() {
            return Err(Error::Short { found: 0, needed: 1 });
        }
        if text.len() > shape.context {
            return Err(Error::Long { found: text.len(), most: shape.context });
        }
        let mut space = Workspace::new(shape, 1, text.len());
        network::forward(&self.plan, &self.weights, &text, &mut space);
        let square = |shares: &[f32]| matrix(shares, text.len()).mapv(f64::from);
        let layer = |trace: &Trace| trace.shares.chunks_exact(text.len().pow(2)).map(square).collect();
        Ok(space.layers.iter().map(layer).collect())
    }

    /// The model as the bytes of a safetensors file with numbers of 16 bits.
    ///
    /// # Errors
    /// When safetensors cannot write it.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let mut tensors: Vec<(&str, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
        for (name, rows, columns, numbers) in self.weights() {
            let bytes = numbers.iter().flat_map(|number| f16::from_f32(*number).to_le_bytes()).collect();
            tensors.push((name, Dtype::F16, vec![rows, columns], bytes));
        }
        let whole = |numbers: &mut dyn Iterator<Item = u32>| numbers.flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
        let sizes = [self.plan.shape.heads as u32, self.plan.shape.context as u32];
        let alphabet = whole(&mut self.alphabet.symbols().iter().map(|symbol| u32::from(*symbol)));
        tensors.push(("alphabet", Dtype::U32, vec![self.alphabet.len()], alphabet));
        tensors.push(("heads and context", Dtype::U32, vec![2], whole(&mut sizes.into_iter())));
        let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
            TensorView::new(*dtype, shape.clone(), bytes).map(|view| (*name, view)).map_err(file)
        });
        let views: Vec<_> = views.collect::<Result<_, Error>>()?;
        safetensors::serialize(views, None).map_err(file)
    }

    /// The model that [`Model::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else: a tensor is missing, or has another size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let tensors = SafeTensors::deserialize(bytes).map_err(file)?;
        let whole = |name: &str| -> Result<Vec<u32>, Error> {
            let (chunks, _) = typed(&tensors, name, Dtype::U32)?.as_chunks::<4>();
            Ok(chunks.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
        };
        let symbol = |code: u32| char::from_u32(code).ok_or_else(|| Error::File(format!("{code} is not a character")));
        let symbols = whole("alphabet")?.into_iter().map(symbol).collect::<Result<Vec<_>, Error>>()?;
        let alphabet = Alphabet::from_symbols(symbols.into_iter());
        let sizes = whole("heads and context")?;
        let [heads, context] = sizes[..] else { return Err(Error::File("there are not two sizes".to_owned())) };
        let size = |name: &str, side: usize| -> Result<usize, Error> {
            let tensor = tensors.tensor(name).map_err(file)?;
            tensor.shape().get(side).copied().ok_or_else(|| Error::File(format!("`{name}` is not a matrix")))
        };
        let layers = (0..).take_while(|layer| tensors.tensor(&format!("layers.{layer}.qkv")).is_ok()).count();
        let shape = Shape {
            symbols: alphabet.len(),
            width: size("embedding", 1)?,
            layers,
            heads: heads as usize,
            hidden: size("layers.0.down", 1)?,
            context: context as usize,
        };
        shape.check()?;
        let plan = Plan::new(shape);
        let mut weights = Vec::with_capacity(plan.count());
        for part in &plan.parts {
            let (chunks, _) = typed(&tensors, &part.name, Dtype::F16)?.as_chunks::<2>();
            if chunks.len() != part.range.len() {
                let (found, right) = (chunks.len(), part.range.len());
                return Err(Error::File(format!("`{}` has {found} numbers, not {right}", part.name)));
            }
            weights.extend(chunks.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32()));
        }
        Ok(Self { plan, alphabet, weights })
    }
}

fn typed<'a>(tensors: &SafeTensors<'a>, name: &str, dtype: Dtype) -> Result<&'a [u8], Error> {
    let tensor = tensors.tensor(name).map_err(file)?;
    if tensor.dtype() != dtype {
        return Err(Error::File(format!("`{name}` has numbers of {:?}, not {dtype:?}", tensor.dtype())));
    }
    Ok(tensor.data())
}

fn file(error: impl std::fmt::Display) -> Error {
    Error::File(error.to_string())
}
