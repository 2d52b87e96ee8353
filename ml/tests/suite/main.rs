//! The teaching crate as a cell sees it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod algebra;
mod calculus;
mod data;
mod dists;
mod elementary;
mod gradients;
mod language;
mod metrics;
mod networks;
mod samples;
mod shown;
mod silent;
mod structures;
mod training;
