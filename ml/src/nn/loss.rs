//! Losses: what training makes smaller. All are means over their terms.

use candle_core::{CpuStorage, CustomOp2, D, Layout, Result, Shape, Tensor, bail};
use num_traits::Float;

pub use candle_nn::loss::{cross_entropy, huber, mse, nll};

use super::ops;
use super::rows::{self, Rows};

/// Cross-entropy of probabilities σ(x) and targets in [0; 1], from logits: mean of max(x, 0) − x·y + ln(1 + e^−|x|).
///
/// The function of this name in `candle_nn` takes the logarithm of a rounded σ: it is infinite from a logit of 17 on. This one is
/// exact for every logit, its gradient is (σ(x) − y)/n, also at zero.
///
/// # Errors
/// When the shapes differ, or logits are neither `f32` nor `f64`.
pub fn binary_cross_entropy_with_logit(logits: &Tensor, target: &Tensor) -> Result<Tensor> {
    same("binary_cross_entropy_with_logit", logits, target)?;
    let target = target.to_dtype(logits.dtype())?.contiguous()?;
    logits.contiguous()?.apply_op2(&target, BinaryCrossEntropy)?.mean_all()
}

/// Focal loss of logits: the terms of [`binary_cross_entropy_with_logit`] times (1 − p)^γ, where p is the probability that the
/// model gives to the right answer (Lin et al., 2017); γ = 0 is cross-entropy itself.
///
/// # Errors
/// As [`binary_cross_entropy_with_logit`].
pub fn focal(logits: &Tensor, target: &Tensor, gamma: f64) -> Result<Tensor> {
    same("focal", logits, target)?;
    let target = target.to_dtype(logits.dtype())?.contiguous()?;
    let terms = logits.contiguous()?.apply_op2(&target, BinaryCrossEntropy)?;
    if gamma == 0.0 {
        return terms.mean_all();
    }
    let p = ops::sigmoid(logits)?;
    // 1 − p of the right answer: y(1 − σ) + (1 − y)σ.
    let wrong = ((&target * (1.0 - &p)?)? + ((1.0 - &target)? * &p)?)?;
    (terms * wrong.powf(gamma)?)?.mean_all()
}

/// The mean of absolute errors |x − y|.
///
/// # Errors
/// When the shapes differ.
pub fn mae(x: &Tensor, target: &Tensor) -> Result<Tensor> {
    (x - target)?.abs()?.mean_all()
}

/// The pinball loss: `level`·(y − x) below the target and (1 − `level`)·(x − y) above it; the quantile of this level makes it
/// smallest (Koenker and Bassett, 1978).
///
/// # Errors
/// When the shapes differ.
pub fn pinball(x: &Tensor, target: &Tensor, level: f64) -> Result<Tensor> {
    let below = (target - x)?;
    ((ops::relu(&below)? * level)? + (ops::relu(&below.neg()?)? * (1.0 - level))?)?.mean_all()
}

/// Cross-entropy with a distribution over classes as the target: −mean Σ qₖ ln softmax(x)ₖ, of logits and targets (objects, classes).
///
/// # Errors
/// When the shapes differ.
pub fn soft_cross_entropy(logits: &Tensor, target: &Tensor) -> Result<Tensor> {
    same("soft_cross_entropy", logits, target)?;
    let log_p = ops::log_softmax(logits, D::Minus1)?;
    // A class that never happens adds nothing, even where its logarithm is infinite.
    let terms = target.eq(0.0)?.where_cond(&log_p.zeros_like()?, &(target * log_p)?)?;
    terms.sum(D::Minus1)?.mean_all()?.neg()
}

/// Cross-entropy whose targets give `share` of their probability to all classes evenly (label smoothing; Szegedy et al., 2016).
///
/// # Errors
/// When the shapes do not fit, or a class is not below their number.
pub fn smoothed_cross_entropy(logits: &Tensor, classes: &Tensor, share: f64) -> Result<Tensor> {
    let log_p = ops::log_softmax(logits, D::Minus1)?;
    let hard = nll(&log_p, classes)?;
    let even = log_p.mean_all()?.neg()?;
    (hard * (1.0 - share))? + (even * share)?
}

/// Divergence of Kullback and Leibler (1951) from the model to the target, in nats: mean Σ qₖ (ln qₖ − ln softmax(x)ₖ).
///
/// # Errors
/// When the shapes differ.
pub fn kl_divergence(logits: &Tensor, target: &Tensor) -> Result<Tensor> {
    let zero = target.zeros_like()?;
    let absent = target.eq(0.0)?;
    let logarithm = absent.where_cond(&target.ones_like()?, target)?.log()?;
    let entropy = absent.where_cond(&zero, &(target * logarithm)?)?.sum(D::Minus1)?.mean_all()?;
    soft_cross_entropy(logits, target)? + entropy
}

fn same(name: &str, x: &Tensor, target: &Tensor) -> Result<()> {
    if x.shape() != target.shape() {
        bail!("{name}: predictions {:?} and targets {:?} differ in shape", x.shape(), target.shape());
    }
    Ok(())
}

struct BinaryCrossEntropy;

impl Rows<2> for BinaryCrossEntropy {
    fn run<T: Float>(&self, [x, y]: [&[T]; 2], _: usize, out: &mut [T]) {
        for (out, (x, y)) in out.iter_mut().zip(x.iter().zip(y)) {
            // `max` would turn a NaN into 0.
            let positive = if *x < T::zero() { T::zero() } else { *x };
            *out = positive - *x * *y + (-x.abs()).exp().ln_1p();
        }
    }
}

impl CustomOp2 for BinaryCrossEntropy {
    fn name(&self) -> &'static str {
        "binary-cross-entropy"
    }

    fn cpu_fwd(&self, x: &CpuStorage, lx: &Layout, y: &CpuStorage, ly: &Layout) -> Result<(CpuStorage, Shape)> {
        rows::run(self.name(), self, [(x, lx), (y, ly)])
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, _: &Tensor, g: &Tensor) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let by_x = ((ops::sigmoid(x)? - y)? * g)?;
        let by_y = (x.neg()? * g)?;
        Ok((Some(by_x), Some(by_y)))
    }
}
