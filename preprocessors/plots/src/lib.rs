//! Plots and tables as values: a picture in the theme's colours, a description for those who cannot see it, and its data.
//!
//! It needs neither a library of arrays nor one of networks: numbers come as sequences and rows. With the feature `ndarray` matrices
//! of that crate are taken too.

mod language;
mod number;
pub mod plot;
pub mod sources;
pub mod table;
