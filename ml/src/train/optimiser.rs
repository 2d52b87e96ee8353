//! Rules that change weights by their gradients.

use candle_core::backprop::GradStore;
use candle_core::{DType, Result, Tensor, Var, bail};

use super::Schedule;
use crate::nn::{self, Weights};

/// How a gradient g becomes a change of a weight θ, with the rate η.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// v ← `momentum`·v + g, θ ← θ − ηv (Polyak, 1964; as PyTorch writes it); with 0 it is plain descent.
    Sgd {
        /// How much of the last change is kept, from 0.
        momentum: f64,
    },
    /// As `Sgd`, θ ← θ − η(g + `momentum`·v) (Nesterov, 1983; Sutskever et al., 2013).
    Nesterov {
        /// How much of the last change is kept.
        momentum: f64,
    },
    /// s ← `decay`·s + (1 − `decay`)·g², θ ← θ − ηg/(√s + `epsilon`) (Tieleman and Hinton, 2012).
    RmsProp {
        /// How slowly the mean of squares forgets.
        decay: f64,
        /// What keeps the quotient finite.
        epsilon: f64,
    },
    /// θ ← θ − η·m̂/(√v̂ + `epsilon`) with unbiased running means m̂ of g and v̂ of g² (Kingma and Ba, 2015), then
    /// θ ← θ − η·`weight_decay`·θ of the weight before the step (Loshchilov and Hutter, 2019).
    AdamW {
        /// How slowly the mean of gradients forgets.
        beta1: f64,
        /// How slowly the mean of squares forgets.
        beta2: f64,
        /// What keeps the quotient finite.
        epsilon: f64,
        /// Which share of a weight disappears at a step with η = 1.
        weight_decay: f64,
    },
}

impl Rule {
    /// Adam with the parameters of its paper: 0.9, 0.999, 10⁻⁸.
    pub fn adam() -> Self {
        Self::adamw(0.0)
    }

    /// AdamW with the parameters of Adam and this decay of weights.
    pub fn adamw(weight_decay: f64) -> Self {
        Self::AdamW { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay }
    }

    /// RMSProp with decay 0.9 and ε = 10⁻⁸.
    pub fn rms_prop() -> Self {
        Self::RmsProp { decay: 0.9, epsilon: 1e-8 }
    }
}

/// A rule with the memory it has of every weight.
#[derive(Debug)]
pub struct Optimiser {
    rule: Rule,
    rate: f64,
    schedule: Schedule,
    steps: usize,
    slots: Vec<Slot>,
}

/// A weight, the running mean of its gradients and that of their squares.
#[derive(Debug)]
struct Slot {
    var: Var,
    first: Option<Tensor>,
    second: Option<Tensor>,
}

impl Optimiser {
    /// Changes all weights of a network at this rate η.
    pub fn new(rule: Rule, rate: f64, weights: &Weights) -> Self {
        Self::of_vars(rule, rate, weights.vars())
    }

    /// Changes these weights alone, as when the others are frozen.
    pub fn of_vars(rule: Rule, rate: f64, vars: Vec<Var>) -> Self {
        let slots = vars.into_iter().map(|var| Slot { var, first: None, second: None }).collect();
        Self { rule, rate, schedule: Schedule::Constant, steps: 0, slots }
    }

    /// Multiplies the rate by a factor of its own at every step.
    #[must_use]
    pub fn schedule(self, schedule: Schedule) -> Self {
        Self { schedule, ..self }
    }

    /// The rate of the next step.
    pub fn rate(&self) -> f64 {
        self.rate * self.schedule.factor(self.steps)
    }

    /// Goes back from a loss and changes the weights once.
    ///
    /// # Errors
    /// When candle cannot go back, or no weight is reached.
    pub fn step(&mut self, loss: &Tensor) -> Result<()> {
        self.apply(&loss.backward()?)
    }

    /// Changes the weights once by gradients that are there already, such as clipped ones.
    ///
    /// # Errors
    /// When no gradient reaches any of the weights.
    pub fn apply(&mut self, gradients: &GradStore) -> Result<()> {
        if self.slots.iter().all(|slot| gradients.get(&slot.var).is_none()) {
            bail!("train: the loss does not depend on any of the {} weights", self.slots.len());
        }
        let rate = self.rate();
        self.steps += 1;
        for slot in &mut self.slots {
            if let Some(gradient) = gradients.get(&slot.var) {
                // A gradient keeps the graph it was made by; the running means must not.
                slot.change(self.rule, rate, self.steps, &gradient.detach())?;
            }
        }
        Ok(())
    }
}

impl Slot {
    fn change(&mut self, rule: Rule, rate: f64, steps: usize, g: &Tensor) -> Result<()> {
        let theta = self.var.as_tensor().detach();
        let change = match rule {
            Rule::Sgd { momentum } => self.velocity(momentum, g)?,
            Rule::Nesterov { momentum } => (g + (self.velocity(momentum, g)? * momentum)?)?,
            Rule::RmsProp { decay, epsilon } => {
                let squares = running(&mut self.second, decay, &g.sqr()?)?;
                (g / (squares.sqrt()? + epsilon)?)?
            }
            Rule::AdamW { beta1, beta2, epsilon, weight_decay } => {
                let mean = (running(&mut self.first, beta1, g)? / (1.0 - libm::pow(beta1, steps as f64)))?;
                let squares = running(&mut self.second, beta2, &g.sqr()?)?;
                let squares = (squares / (1.0 - libm::pow(beta2, steps as f64)))?;
                ((mean / (squares.sqrt()? + epsilon)?)? + (&theta * weight_decay)?)?
            }
        };
        self.var.set(&(theta - (change * rate)?)?)
    }

    fn velocity(&mut self, momentum: f64, g: &Tensor) -> Result<Tensor> {
        let velocity = match &self.first {
            Some(velocity) => ((velocity * momentum)? + g)?,
            None => g.clone(),
        };
        self.first = Some(velocity.clone());
        Ok(velocity)
    }
}

/// mean ← decay·mean + (1 − decay)·x, from 0.
fn running(mean: &mut Option<Tensor>, decay: f64, x: &Tensor) -> Result<Tensor> {
    let new = (x * (1.0 - decay))?;
    let new = match mean {
        Some(mean) => ((&*mean * decay)? + new)?,
        None => new,
    };
    *mean = Some(new.clone());
    Ok(new)
}

/// The length √Σg² of all gradients of some weights together.
///
/// # Errors
/// When candle cannot read them.
pub fn gradient_norm(gradients: &GradStore, vars: &[Var]) -> Result<f64> {
    let mut square = 0.0;
    for gradient in vars.iter().filter_map(|var| gradients.get(var)) {
        square += nn::sum(&gradient.to_dtype(DType::F64)?.sqr()?)?;
    }
    Ok(square.sqrt())
}

/// Shortens all gradients of some weights by one factor when their length exceeds `most` (Pascanu et al., 2013); gives the length before.
///
/// # Errors
/// When the length is not finite: no factor would mend that.
pub fn clip(gradients: &mut GradStore, vars: &[Var], most: f64) -> Result<f64> {
    let norm = gradient_norm(gradients, vars)?;
    if !norm.is_finite() {
        bail!("train: the gradients have length {norm}");
    }
    if norm > most {
        for var in vars {
            if let Some(gradient) = gradients.remove(var) {
                gradients.insert(var, (gradient * (most / norm))?);
            }
        }
    }
    Ok(norm)
}
