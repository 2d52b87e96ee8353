//! Everything before HTML: the preprocessors that book.toml names, ours in this process, and the links between the pages.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use course_site::CourseMap;
use diagnostic::{Diagnostic, Level, Sources};
use mdbook_cells::preprocessor::{Cells, Sink};
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_highlight::Highlight;
use mdbook_math::Math;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_references::References;
use mdbook_renderer::{RenderContext, Renderer};
use mdbook_search::Search;

use crate::clock::{Clock, Phase, Timed};
use crate::cmd::launcher;
use crate::console::Console;
use crate::html::without;
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
    if let Scope::Pages(asked) = scope {
        let others = others(&written.book, &src, asked, &watcher);
        leave_out(&diagnostics, &others, &watcher);
        diagnostics.retain(|diagnostic| !others.contains(&diagnostic.place.path));
    }
    watcher.tell_left_out();
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
    replace(book, References::new(Arc::clone(sink)), Phase::References, clock);
    let course = Mapped {
        inner: CourseMap::new(Arc::clone(sink)),
        scope: scope.clone(),
        sink: Arc::clone(sink),
        watcher: Arc::clone(watcher),
    };
    replace(book, course, Phase::Course, clock);
    replace(book, Math::new(Arc::clone(sink)), Phase::Formulas, clock);
    replace(book, Highlight::new(Arc::clone(sink)), Phase::Highlighting, clock);
    let search = Shown { inner: Search, scope: scope.clone(), sink: Arc::clone(sink), watcher: Arc::clone(watcher) };
    replace(book, search, Phase::Search, clock);
    Ok(())
}

fn replace<P: Preprocessor + 'static>(book: &mut MDBook, inner: P, phase: Phase, clock: &Clock) {
    if book.config.contains_key(&format!("preprocessor.{}", inner.name())) {
        book.with_preprocessor(Timed { inner, phase, clock: clock.clone() });
    }
}

/// Pages that nobody asked for and that were not run for those.
fn others(book: &Book, src: &Path, asked: &BTreeSet<String>, watcher: &Watcher) -> BTreeSet<String> {
    let ran = watcher.ran();
    let pages = book.chapters().filter_map(|chapter| mdbook_cells::preprocessor::path(chapter, src));
    pages.filter(|page| !asked.contains(page) && !ran.contains(page)).collect()
}

/// Leaves out those of the other pages that are wrong.
fn leave_out(diagnostics: &[Diagnostic], others: &BTreeSet<String>, watcher: &Watcher) {
    let wrong = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
    wrong.filter(|wrong| others.contains(&wrong.place.path)).for_each(|wrong| watcher.leave_out(&wrong.place.path));
}

/// The map of the course, on which pages that will not be part of the site are still to come.
struct Mapped {
    inner: CourseMap,
    scope: Scope,
    sink: Sink,
    watcher: Arc<Watcher>,
}

impl Preprocessor for Mapped {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn supports_renderer(&self, renderer: &str) -> mdbook_preprocessor::errors::Result<bool> {
        self.inner.supports_renderer(renderer)
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> mdbook_preprocessor::errors::Result<Book> {
        let Scope::Pages(asked) = &self.scope else { return self.inner.run(context, book) };
        let others = others(&book, &context.config.book.src, asked, &self.watcher);
        leave_out(&self.sink.lock().unwrap_or_else(PoisonError::into_inner), &others, &self.watcher);
        self.inner.run_without(context, book, &self.watcher.left_out())
    }
}

/// A preprocessor that only looks, and only at pages that will be part of the site.
struct Shown<P> {
    inner: P,
    scope: Scope,
    sink: Sink,
    watcher: Arc<Watcher>,
}

impl<P: Preprocessor> Preprocessor for Shown<P> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn supports_renderer(&self, renderer: &str) -> mdbook_preprocessor::errors::Result<bool> {
        self.inner.supports_renderer(renderer)
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> mdbook_preprocessor::errors::Result<Book> {
        let Scope::Pages(asked) = &self.scope else { return self.inner.run(context, book) };
        let src = &context.config.book.src;
        let others = others(&book, src, asked, &self.watcher);
        leave_out(&self.sink.lock().unwrap_or_else(PoisonError::into_inner), &others, &self.watcher);
        self.inner.run(context, without(&book, &self.watcher.left_out(), src))?;
        Ok(book)
    }
}
