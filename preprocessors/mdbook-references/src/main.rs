//! The preprocessor as a plug-in of plain mdBook.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use diagnostic::{Colour, Diagnostic, Sources};
use mdbook_preprocessor::{Preprocessor, parse_input};
use mdbook_references::References;

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("mdbook-references: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => complete_book(),
        ["supports", renderer] => {
            let supports = References::new(Arc::default()).supports_renderer(renderer)?;
            Ok(if supports { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        _ => bail!("started by mdBook, with a book on standard input"),
    }
}

fn complete_book() -> Result<ExitCode> {
    let (context, book) = parse_input(io::stdin().lock())?;
    let sink = Arc::new(Mutex::new(Vec::new()));
    let book = References::new(Arc::clone(&sink)).run(&context, book)?;
    let mut diagnostics = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    if !diagnostics.is_empty() {
        diagnostic::sort(&mut diagnostics);
        let sources = sources(&context.root, &diagnostics);
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

/// The files that the messages are about.
fn sources(root: &Path, diagnostics: &[Diagnostic]) -> Sources {
    let labels = diagnostics.iter().flat_map(|diagnostic| diagnostic.labels.iter().map(|label| &label.place));
    let places = diagnostics.iter().map(|diagnostic| &diagnostic.place).chain(labels);
    let paths: BTreeSet<&String> = places.map(|place| &place.path).collect();
    let mut sources = Sources::default();
    for path in paths {
        sources.insert(path, std::fs::read_to_string(root.join(path)).unwrap_or_default());
    }
    sources
}
