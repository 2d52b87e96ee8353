//! The book as mdBook builds it, with our preprocessors in place of the commands that book.toml names.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use diagnostic::{Colour, Diagnostic, Sources};
use mdbook_cells::preprocessor::{Cells, Sink};
use mdbook_cells::run::Progress;
use mdbook_driver::MDBook;
use mdbook_highlight::Highlight;
use mdbook_html::HtmlHandlebars;

/// Builds the site.
pub fn build(root: &Path) -> anyhow::Result<ExitCode> {
    let root = std::path::absolute(root).context("finding the book's folder")?;
    let sink: Sink = Arc::new(Mutex::new(Vec::new()));
    let mut book = MDBook::load(&root)?;
    let launcher = std::env::current_exe()?;
    book.with_preprocessor(Cells::new(launcher, Arc::clone(&sink), Box::new(progress)));
    book.with_preprocessor(Highlight::new(Arc::clone(&sink)));
    book.execute_build_process(&HtmlHandlebars::new())?;
    let mut diagnostics: Vec<Diagnostic> = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    diagnostic::sort(&mut diagnostics);
    let mut sources = Sources::default();
    for diagnostic in &diagnostics {
        for path in
            std::iter::once(&diagnostic.place.path).chain(diagnostic.labels.iter().map(|label| &label.place.path))
        {
            sources.insert(path, std::fs::read_to_string(root.join(path)).unwrap_or_default());
        }
    }
    eprintln!("{}", diagnostic::render_all(&diagnostics, &sources, Colour::Never));
    Ok(if diagnostic::has_errors(&diagnostics) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn progress(progress: Progress) {
    eprintln!("{progress:?}");
}
