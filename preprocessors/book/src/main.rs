//! `cargo book`: builds, checks and serves the book.

mod anchors;
mod archive;
mod attributes;
mod cli;
mod clock;
mod cmd;
mod console;
mod crates;
mod formulas;
mod html;
mod lectures;
mod links;
mod load;
mod mdbook_log;
mod near;
mod outgoing;
mod outside;
mod pipeline;
mod progress;
mod prose;
mod select;
mod serve;
mod summary;
mod template;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    engine::main_if_asked();
    match cmd::run(cli::Arguments::parse()) {
        Ok(verdict) => verdict.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
