//! The commands, one a file.

pub mod build;
pub mod check;
pub mod clean;
pub mod install;
pub mod mutate;
pub mod pdf;
pub mod preprocess;
pub mod rebuild;
pub mod run;
pub mod serve;
pub mod store;
pub mod take;
pub mod why;
