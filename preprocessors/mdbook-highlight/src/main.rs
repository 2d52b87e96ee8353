//! The preprocessor as a plug-in of plain mdBook.

use std::process::ExitCode;

use mdbook_highlight::Highlight;

fn main() -> ExitCode {
    plugin::main(env!("CARGO_BIN_NAME"), Highlight::new)
}
