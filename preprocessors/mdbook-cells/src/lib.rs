//! Compiles and runs the Rust cells of a book and puts what they computed into its pages.

pub mod assemble;
pub mod clean;
pub mod compiler;
pub mod config;
pub mod draft;
pub mod engine;
pub mod escape;
pub mod execution;
pub mod key;
pub mod labels;
pub mod number;
pub mod options;
pub mod page;
pub mod parse;
pub mod pin;
pub mod plan;
pub mod preprocessor;
pub mod program;
pub mod record;
pub mod render;
pub mod run;
pub mod schedule;
pub mod spec;
pub mod store;
pub mod syntax;
pub mod world;
