//! Everything before HTML: the preprocessors that book.toml names, ours in this process, and the links between the pages.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use diagnostic::{Diagnostic, Sources};
use mdbook_cells::preprocessor::{Cells, Sink};
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_highlight::Highlight;
use mdbook_math::Math;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_renderer::{RenderContext, Renderer};

use crate::clock::{Clock, Phase, Timed};
use crate::cmd::launcher;
use crate::console::Console;
use crate::progress::Watcher;
use crate::{links, load, mdbook_log};

/// A book that is ready to be written as HTML, or says why not.
pub struct Prepared {
    /// The book as it was read.
    pub written: MDBook,
    /// The book with everything computed.
    pub book: Book,
    /// What the preprocessors said to the renderer.
    pub context: PreprocessorContext,
    /// All that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that it is wrong in.
    pub sources: Sources,
    /// How many pages were run, found, left out.
    pub watcher: Arc<Watcher>,
}

impl Prepared {
    /// Adds what was found out later.
    pub fn add(&mut self, found: Vec<Diagnostic>) {
        self.diagnostics.extend(found);
        diagnostic::sort(&mut self.diagnostics);
        let src = &self.written.config.book.src;
        self.sources = load::sources(&self.written.root, Some((&self.written.book, src)), &self.diagnostics);
    }
}

/// The name that preprocessors are asked about; nothing is written by it.
struct Html;

impl Renderer for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn render(&self, _: &RenderContext) -> mdbook_renderer::errors::Result<()> {
        Ok(())
    }
}

/// Runs everything but HTML within a scope.
pub fn prepare(mut written: MDBook, scope: &Scope, console: &Console, clock: &Clock) -> anyhow::Result<Prepared> {
    let sink: Sink = Arc::new(Mutex::new(Vec::new()));
    let jobs = mdbook_cells::config::Config::read(&written.config)?.parallel();
    let watcher = Arc::new(Watcher::new(console, jobs, clock.clone()));
    register(&mut written, scope, &sink, &watcher, clock)?;
    let (prepared, said) = mdbook_log::listen(|| written.preprocess_book(&Html));
    watcher.finish();
    let (book, context) = prepared?;
    let src = written.config.book.src.clone();
    let mut diagnostics = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    diagnostics.extend(mdbook_log::diagnostics(said, &written.book, &src));
    diagnostics.extend(clock.time(Phase::Links, || links::check(&written, &book)));
    if let Scope::Pages(pages) = scope {
        keep(&mut diagnostics, pages, &watcher, &written.book, &src);
    }
    diagnostic::sort(&mut diagnostics);
    let sources = load::sources(&written.root, Some((&written.book, &src)), &diagnostics);
    Ok(Prepared { written, book, context, diagnostics, sources, watcher })
}

/// Puts our preprocessors in the place of the commands that book.toml names; what it does not name is not run.
fn register(
    book: &mut MDBook,
    scope: &Scope,
    sink: &Sink,
    watcher: &Arc<Watcher>,
    clock: &Clock,
) -> anyhow::Result<()> {
    let listener = Arc::clone(watcher);
    let cells = Cells::new(launcher()?, Arc::clone(sink), Box::new(move |progress| listener.hear(progress)));
    replace(book, cells.within(scope.clone()), Phase::Pages, clock);
    replace(book, Math::new(Arc::clone(sink)), Phase::Formulas, clock);
    replace(book, Highlight::new(Arc::clone(sink)), Phase::Highlighting, clock);
    Ok(())
}

fn replace<P: Preprocessor + 'static>(book: &mut MDBook, inner: P, phase: Phase, clock: &Clock) {
    if book.config.contains_key(&format!("preprocessor.{}", inner.name())) {
        book.with_preprocessor(Timed { inner, phase, clock: clock.clone() });
    }
}

/// Forgets what is wrong with pages that nobody asked for and that were not run for those.
fn keep(diagnostics: &mut Vec<Diagnostic>, asked: &BTreeSet<String>, watcher: &Watcher, book: &Book, src: &Path) {
    let pages: BTreeSet<String> =
        book.chapters().filter_map(|chapter| mdbook_cells::preprocessor::path(chapter, src)).collect();
    let ran = watcher.ran();
    let others: BTreeSet<String> =
        pages.into_iter().filter(|page| !asked.contains(page) && !ran.contains(page)).collect();
    for diagnostic in diagnostics.iter().filter(|diagnostic| others.contains(&diagnostic.place.path)) {
        watcher.leave_out(&diagnostic.place.path);
    }
    diagnostics.retain(|diagnostic| !others.contains(&diagnostic.place.path));
}
