//! Plots and tables as a cell sees them.

mod pictures;
mod plots;
mod refused;
mod series;
mod sources;
mod tables;
mod told;
