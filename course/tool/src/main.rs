//! `cargo book`: the tool for any book, with what only this course has.

mod comments;
mod copies;
mod course;
mod formulas;
mod lectures;
mod marks;
mod new;
mod prose;
mod stats;
mod template;

use std::process::ExitCode;

fn main() -> ExitCode {
    book::main(&course::Course)
}
