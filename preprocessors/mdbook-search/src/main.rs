//! The preprocessor as a plug-in of plain mdBook.

use std::process::ExitCode;

use mdbook_search::Search;

fn main() -> ExitCode {
    plugin::main(env!("CARGO_BIN_NAME"), |_sink| Search)
}
