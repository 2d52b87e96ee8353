//! Plots and tables as a cell sees them.

mod plots;
mod refused;
mod tables;
