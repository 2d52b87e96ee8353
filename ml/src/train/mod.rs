//! Training networks: rules that change weights, schedules of their rate, clipping, what happened on the way.
//!
//! ```
//! use ml::train::{Mlp, Optimiser, Rule};
//! use ml::{nn, random};
//! let (weights, vb) = nn::seeded(1);
//! let network = Mlp::new(&[2, 8, 1], nn::Activation::Tanh, &vb)?;
//! let x = random::rng(2).normal_tensor((32, 2))?;
//! let y = x.sum_keepdim(1)?;
//! let mut optimiser = Optimiser::new(Rule::adam(), 0.05, &weights);
//! for _ in 0..100 {
//!     optimiser.step(&nn::loss::mse(&network.forward(&x)?, &y)?)?;
//! }
//! assert!(nn::loss::mse(&network.forward(&x)?, &y)?.to_scalar::<f32>()? < 0.01);
//! # Ok::<(), ml::candle::Error>(())
//! ```

mod history;
mod lbfgs;
mod mlp;
mod optimiser;
mod schedule;

pub use history::{History, Norms};
pub use lbfgs::lbfgs;
pub use mlp::Mlp;
pub use optimiser::{Optimiser, Rule, clip, gradient_norm};
pub use schedule::Schedule;
