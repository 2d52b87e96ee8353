//! How the rate changes over the steps of training.

use std::f64::consts::PI;

/// A rate for every step, as a factor of the largest one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// The same all the time.
    Constant,
    /// Multiplied by `factor` after every `every` steps.
    Steps {
        /// How many steps the rate stays.
        every: usize,
        /// What it is multiplied by then.
        factor: f64,
    },
    /// Up in a line over `warmup` steps, then down half a cosine to `floor` at step `total` (Loshchilov and Hutter, 2017).
    Cosine {
        /// How many steps lead up.
        warmup: usize,
        /// When the floor is reached.
        total: usize,
        /// The factor at the end.
        floor: f64,
    },
    /// Up in a line over `warmup` steps, then down as 1/√step (Vaswani et al., 2017).
    InverseRoot {
        /// How many steps lead up.
        warmup: usize,
    },
}

impl Schedule {
    /// The factor of a step, the first of which is 0.
    pub fn factor(self, step: usize) -> f64 {
        let next = (step + 1) as f64;
        match self {
            Self::Constant => 1.0,
            Self::Steps { every, factor } => libm::pow(factor, (step / every.max(1)) as f64),
            Self::Cosine { warmup, .. } if step < warmup => next / warmup as f64,
            Self::Cosine { warmup, total, floor } => {
                let way = (step - warmup) as f64 / total.saturating_sub(warmup).max(1) as f64;
                floor + (1.0 - floor) * (1.0 + libm::cos(PI * way.min(1.0))) / 2.0
            }
            Self::InverseRoot { warmup } if step < warmup => next / warmup as f64,
            Self::InverseRoot { warmup } => (warmup.max(1) as f64 / next).sqrt(),
        }
    }
}
