//! `cargo book`: builds, checks and serves the book.

mod site;

use std::process::ExitCode;

fn main() -> ExitCode {
    mdbook_cells::engine::sandbox::main_if_asked();
    match site::build(std::path::Path::new(".")) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
