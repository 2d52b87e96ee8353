//! The teaching crate: what a cell of the course sees as `use ml::prelude::*`.
//!
//! It shows ([`plot`], [`mod@table`]), brings data ([`data`]), seeded randomness ([`random`]) and networks ([`nn`]), and re-exports the crates that do
//! the arithmetic. It knows nothing of the book: a page program is Rust that runs anywhere.

pub mod artefact;
pub mod data;
pub mod dist;
pub mod dual;
pub mod fft;
pub mod graph;
pub mod linalg;
pub mod metrics;
pub mod nn;
mod number;
pub mod optim;
pub mod prelude;
pub mod random;
mod show;
pub mod sparse;
pub mod split;
pub mod stats;
mod steps;
pub mod tape;
pub mod text;
pub mod train;

// Not for its items: whoever links this crate has its functions in the place of the C library's.
extern crate elementary as _;

pub use plots::{plot, table};
pub use show::{Element, ForeignShow};
pub use steps::steps;
pub use {candle_core as candle, kernel, language, ndarray};
