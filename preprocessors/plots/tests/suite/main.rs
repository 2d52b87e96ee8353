//! Plots and tables as a cell sees them.

mod pictures;
mod plots;
mod refused;
mod series;
mod tables;
mod told;
