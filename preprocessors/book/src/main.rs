//! `book`: the tool for any book.

use std::process::ExitCode;

fn main() -> ExitCode {
    book::main(&book::Plain)
}
