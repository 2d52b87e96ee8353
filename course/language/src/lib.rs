//! Models of language over characters: counts after Kneser and Ney, and a small transformer, its training and its writing.
//!
//! The transformer is written out by hand, forward and back, and not in candle, because a course trains it on two processors
//! without a graphics card: its numbers lie in one slice, its sums have a fixed order, nothing is allocated on the way
//! (`opt-level = 3`; 45 thousand million operations a second and processor). Tests compare it with another one that follows
//! the papers in f64, and gradients with differences. `matrixmultiply` adds in another order on another kind of processor, so
//! losses are compared with a tolerance.
//!
//! The course's own model is trained once, by `ml/examples/language.rs`; `data/` carries it with its recipe, and
//! `ml/tests/suite/language.rs` computes its loss again.

mod alphabet;
mod attention;
mod error;
mod kneser_ney;
mod layer;
mod model;
mod network;
mod norm;
mod numbers;
mod optimiser;
mod reader;
mod rotary;
mod sample;
mod shape;
mod train;

pub use alphabet::Alphabet;
pub use error::Error;
pub use kneser_ney::KneserNey;
pub use model::Model;
pub use optimiser::Rates;
pub use reader::Reader;
pub use shape::{Part, Role, Shape};
pub use train::{Recipe, Training};
