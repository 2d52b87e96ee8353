//! The preprocessor as a plug-in of plain mdBook.

use std::process::ExitCode;

use course_site::CourseMap;

fn main() -> ExitCode {
    plugin::main(env!("CARGO_BIN_NAME"), CourseMap::new)
}
