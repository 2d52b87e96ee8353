//! The teaching crate as a cell sees it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod data;
mod elementary;
mod gradients;
mod metrics;
mod networks;
mod shown;
mod silent;
