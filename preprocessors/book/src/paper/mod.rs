//! Pages on paper: an installed Chromium prints each, and what it printed is bound into one file.

pub mod bind;
pub mod contents;
mod pdf;
pub mod printer;
