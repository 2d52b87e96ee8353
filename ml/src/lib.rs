//! The teaching crate: what a cell of the course sees as `use ml::prelude::*`.
//!
//! It shows ([`plot`], [`table`]), brings data ([`data`]) and seeded randomness ([`random`]), and re-exports the crates that do the
//! arithmetic. It knows nothing of the book: a page program is Rust that runs anywhere.

pub mod artefact;
pub mod plot;
pub mod prelude;

pub use {kernel, ndarray};
