//! The tool for a book whose Rust cells are compiled and run: it builds, checks and serves it.
//!
//! A program that knows more of its books (a course, with lectures that have points to cover) is this library and a [`Tool`].

mod absent;
mod anchors;
mod archive;
mod bodies;
mod checks;
mod cli;
mod clock;
mod cmd;
mod console;
mod containment;
mod counts;
mod crates;
mod definitions;
mod directives;
mod extension;
mod html;
mod inputs;
mod install;
mod invocation;
mod launcher;
mod leftovers;
mod linked;
mod links;
mod load;
mod markdown;
mod mdbook_log;
mod mendable;
mod named;
mod outgoing;
mod paper;
mod paths;
mod pipeline;
mod progress;
mod proposals;
mod redirects;
mod select;
mod serve;
mod shared;
mod stamp;
mod steps;
mod summary;
mod tables;
mod titles;
mod tool;
mod values;
mod verdict;

use std::process::ExitCode;

pub use crate::clock::Clock;
pub use crate::console::Console;
pub use crate::counts::counted;
pub use crate::extension::{Extension, Findings, Fixes};
pub use crate::invocation::Invocation;
pub use crate::links::linked;
pub use crate::load::texts;
pub use crate::paths::relative;
pub use crate::summary::{Entry, entries};
pub use crate::tables::Table;
pub use crate::tool::{Plain, Tool};
pub use crate::verdict::Verdict;
pub use diagnostic::{any_of, near};
pub use step::chapter::from_root;

/// The whole program.
pub fn main(tool: &dyn Tool) -> ExitCode {
    engine::main_if_asked();
    match cli::run(tool) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
