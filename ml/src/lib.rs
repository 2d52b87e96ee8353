//! The teaching crate: what a cell of the course sees as `use ml::prelude::*`.
//!
//! It shows ([`plot`], [`mod@table`]), brings data ([`data`]), seeded randomness ([`random`]) and networks ([`nn`]), and re-exports the crates that do
//! the arithmetic. It knows nothing of the book: a page program is Rust that runs anywhere.
//!
//! A function takes numbers (`impl Values`) or an `Array2`, gives values back, adds in one order and is compiled once, with
//! the library: a page links it and does not compile it. What depends on the numbers (a singular matrix) is a `Result`; a
//! mistake of the page (samples of different length) is a panic at its line.
//!
//! **The same digits on every processor.** Decompositions are nalgebra 0.35 without `std` and with `libm-force`: with `std`
//! it multiplies by `matrixmultiply`, which chooses instructions by the processor, as faer does; its logarithms would be the
//! operating system's, as those of statrs and rustfft are. So `dist` and `fft` are ours, on `libm`, and tested against SciPy
//! and their definitions; searches in graphs are petgraph's.
//!
//! **Randomness** is PCG-64 (`rand_pcg`), distributions with `libm`: `rand_distr` takes logarithms from the operating system
//! here, because ndarray switches `num-traits/std` on. candle's own CPU generator has no seed, so `nn::seeded` makes weights
//! from a seed and their names.

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
