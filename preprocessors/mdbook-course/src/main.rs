//! The preprocessor as a plug-in of plain mdBook.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use diagnostic::{Colour, Sources};
use mdbook_course::CourseMap;
use mdbook_preprocessor::{Preprocessor, parse_input};

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("mdbook-course: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => mark_book(),
        // What is put into the pages is HTML.
        ["supports", renderer] => Ok(if renderer == "html" { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        _ => bail!("started by mdBook, with a book on standard input"),
    }
}

fn mark_book() -> Result<ExitCode> {
    let (context, book) = parse_input(io::stdin().lock())?;
    let sink = Arc::new(Mutex::new(Vec::new()));
    let book = CourseMap::new(Arc::clone(&sink)).run(&context, book)?;
    let mut diagnostics = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    if !diagnostics.is_empty() {
        diagnostic::sort(&mut diagnostics);
        let mut sources = Sources::default();
        for path in diagnostics.iter().map(|diagnostic| &diagnostic.place.path) {
            sources.insert(path, std::fs::read_to_string(context.root.join(path)).unwrap_or_default());
        }
        eprintln!("{}", diagnostic::render_all(&diagnostics, &sources, Colour::Never));
    }
    if diagnostic::has_errors(&diagnostics) {
        return Ok(ExitCode::FAILURE);
    }
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &book).context("writing the book to mdBook")?;
    out.flush().context("writing the book to mdBook")?;
    Ok(ExitCode::SUCCESS)
}
