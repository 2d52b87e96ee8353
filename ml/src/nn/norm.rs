//! Layer normalisation and its variant without the mean, with their derivatives.
//!
//! The layers of these names in `candle_nn` have none: gradients stop at them without a word (candle#2168, candle#3011).

use candle_core::{CpuStorage, CustomOp2, CustomOp3, Layout, Module, Result, Shape, Tensor};
use candle_nn::{Init, LayerNormConfig, VarBuilder};
use num_traits::Float;

use super::rows::{self, Rows, float, mean};

/// Layer normalisation over the last dimension (Ba, Kiros and Hinton, 2016).
#[derive(Clone, Debug)]
pub struct LayerNorm {
    weight: Tensor,
    bias: Tensor,
    norm: Norm,
}

/// Division by the root of the mean square over the last dimension (Zhang and Sennrich, 2019).
#[derive(Clone, Debug)]
pub struct RmsNorm(LayerNorm);

/// A layer of `size` features with weights and, unless the configuration says otherwise, a bias.
///
/// # Errors
/// When the builder has a weight of this name and another shape.
#[expect(clippy::needless_pass_by_value, reason = "the same signature as candle_nn's, so that code moves both ways")]
pub fn layer_norm(size: usize, config: impl Into<LayerNormConfig>, vb: VarBuilder<'_>) -> Result<LayerNorm> {
    let config = config.into();
    let weight = vb.get_with_hints(size, "weight", Init::Const(1.0))?;
    let bias =
        if config.affine { vb.get_with_hints(size, "bias", Init::Const(0.0))? } else { weight.zeros_like()?.detach() };
    let centre = if config.remove_mean { Centre::Mean } else { Centre::Zero };
    Ok(LayerNorm { weight, bias, norm: Norm { epsilon: config.eps, centre } })
}

/// As [`layer_norm`], without a bias.
///
/// # Errors
/// As [`layer_norm`].
pub fn layer_norm_no_bias(size: usize, epsilon: f64, vb: VarBuilder<'_>) -> Result<LayerNorm> {
    layer_norm(size, LayerNormConfig { eps: epsilon, remove_mean: true, affine: false }, vb)
}

/// A layer of `size` features that divides by the root of the mean square.
///
/// # Errors
/// As [`layer_norm`].
pub fn rms_norm(size: usize, epsilon: f64, vb: VarBuilder<'_>) -> Result<RmsNorm> {
    layer_norm(size, LayerNormConfig { eps: epsilon, remove_mean: false, affine: false }, vb).map(RmsNorm)
}

impl LayerNorm {
    /// A layer with given weights and bias.
    pub fn new(weight: Tensor, bias: Tensor, epsilon: f64) -> Self {
        Self { weight, bias, norm: Norm { epsilon, centre: Centre::Mean } }
    }

    /// The weights, one a feature.
    pub fn weight(&self) -> &Tensor {
        &self.weight
    }

    /// The bias, one number a feature; zeros where the layer has none.
    pub fn bias(&self) -> &Tensor {
        &self.bias
    }
}

impl RmsNorm {
    /// A layer with given weights.
    ///
    /// # Errors
    /// When candle cannot make zeros like the weights.
    pub fn new(weight: Tensor, epsilon: f64) -> Result<Self> {
        let bias = weight.zeros_like()?.detach();
        Ok(Self(LayerNorm { weight, bias, norm: Norm { epsilon, centre: Centre::Zero } }))
    }

    /// The weights, one a feature.
    pub fn weight(&self) -> &Tensor {
        &self.0.weight
    }
}

impl Module for LayerNorm {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        x.contiguous()?.apply_op3(&self.weight.contiguous()?, &self.bias.contiguous()?, self.norm)
    }
}

impl Module for RmsNorm {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        self.0.forward(x)
    }
}

#[derive(Clone, Copy, Debug)]
struct Norm {
    epsilon: f64,
    centre: Centre,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Centre {
    /// The mean of a row is taken away first.
    Mean,
    /// It stays.
    Zero,
}

impl Norm {
    /// What is taken away from a row, and what it is multiplied by.
    fn moments<T: Float>(self, x: &[T]) -> (T, T) {
        let centre = match self.centre {
            Centre::Mean => mean(x.len(), x.iter().copied()),
            Centre::Zero => T::zero(),
        };
        let square = mean(x.len(), x.iter().map(|x| (*x - centre) * (*x - centre)));
        (centre, T::one() / (square + float(self.epsilon)).sqrt())
    }
}

impl Rows<3> for Norm {
    fn run<T: Float>(&self, [x, weight, bias]: [&[T]; 3], width: usize, out: &mut [T]) {
        for (x, y) in x.chunks(width).zip(out.chunks_mut(width)) {
            let (centre, scale) = self.moments(x);
            for (place, y) in y.iter_mut().enumerate() {
                *y = (x[place] - centre) * scale * weight[place] + bias[place];
            }
        }
    }
}

impl CustomOp3 for Norm {
    fn name(&self) -> &'static str {
        "layer-norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        lx: &Layout,
        w: &CpuStorage,
        lw: &Layout,
        b: &CpuStorage,
        lb: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (w, lw), (b, lb)])
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        _: &Tensor,
        _: &Tensor,
        gradient: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gradient = gradient.contiguous()?;
        let by_x = x.apply_op3_no_bwd(weight, &gradient, &ByX(*self))?;
        let others = x.apply_op2_no_bwd(&gradient, &ByWeightAndBias(*self))?;
        Ok((Some(by_x), Some(others.get(0)?), Some(others.get(1)?)))
    }
}

/// The gradient of the input: dx = s·(h − mean h − x̂·mean(h∘x̂)) with h = g∘w; without the middle term where the mean stays.
struct ByX(Norm);

impl Rows<3> for ByX {
    fn run<T: Float>(&self, [x, weight, g]: [&[T]; 3], width: usize, out: &mut [T]) {
        for ((x, g), out) in x.chunks(width).zip(g.chunks(width)).zip(out.chunks_mut(width)) {
            let (centre, scale) = self.0.moments(x);
            let normal = |place: usize| (x[place] - centre) * scale;
            let along = mean(width, (0..width).map(|place| g[place] * weight[place] * normal(place)));
            let level = match self.0.centre {
                Centre::Mean => mean(width, (0..width).map(|place| g[place] * weight[place])),
                Centre::Zero => T::zero(),
            };
            for (place, out) in out.iter_mut().enumerate() {
                *out = scale * (g[place] * weight[place] - level - normal(place) * along);
            }
        }
    }
}

impl CustomOp3 for ByX {
    fn name(&self) -> &'static str {
        "layer-norm-by-x"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        lx: &Layout,
        w: &CpuStorage,
        lw: &Layout,
        g: &CpuStorage,
        lg: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (w, lw), (g, lg)])
    }
}

/// The gradients of weights and bias, one under another: sums over all rows of g∘x̂ and of g.
struct ByWeightAndBias(Norm);

impl Rows<2> for ByWeightAndBias {
    fn shape(&self, first: &Shape) -> Shape {
        Shape::from((2, first.dims().last().copied().unwrap_or(1)))
    }

    fn run<T: Float>(&self, [x, g]: [&[T]; 2], width: usize, out: &mut [T]) {
        let (by_weight, by_bias) = out.split_at_mut(width);
        for (x, g) in x.chunks(width).zip(g.chunks(width)) {
            let (centre, scale) = self.0.moments(x);
            for place in 0..width {
                by_weight[place] = by_weight[place] + g[place] * (x[place] - centre) * scale;
                by_bias[place] = by_bias[place] + g[place];
            }
        }
    }
}

impl CustomOp2 for ByWeightAndBias {
    fn name(&self) -> &'static str {
        "layer-norm-by-weight-and-bias"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout, g: &CpuStorage, lg: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (g, lg)])
    }
}
