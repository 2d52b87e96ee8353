//! Compiles and runs the Rust cells of a book and puts what they computed into its pages.
//!
//! Each room uses those before it: [`plan`] makes programs of a page; `assemble` makes of what they asked and said an
//! [`execution`]; [`run`] takes executions from the store or an engine; [`render`] puts them into the Markdown. [`draft`]
//! does all of it for a book, [`preprocessor`] for mdBook.

mod assemble;
mod changes;
pub mod config;
mod divided;
pub mod draft;
pub mod execution;
mod idle;
mod known;
pub mod mutate;
pub mod parallel;
pub mod pin;
pub mod plan;
pub mod preprocessor;
pub mod render;
pub mod review;
pub mod run;
pub mod traps;
mod unclaimed;
mod unstable;
pub mod words;
mod written;

pub use plan::standalone;
pub use render::{clean, labels};
pub use run::{twice, why};
