//! The preprocessor as a plug-in of plain mdBook.

use std::process::ExitCode;

use mdbook_references::References;

fn main() -> ExitCode {
    plugin::main(env!("CARGO_BIN_NAME"), References::new)
}
