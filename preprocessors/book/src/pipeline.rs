//! Everything before HTML: the steps that book.toml names, ours in this process, and the links between the pages.

use std::sync::{Arc, Mutex, PoisonError};

use diagnostic::{Diagnostic, Sources};
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

use crate::absent::{Absent, without};
use crate::clock::{Clock, Phase, Timed};
use crate::invocation::Invocation;
use crate::launcher::launcher;
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
pub fn prepare(
    mut written: MDBook,
    scope: &Scope,
    invocation: &Invocation<'_>,
    clock: &Clock,
) -> anyhow::Result<Prepared> {
    let sink: Sink = Arc::new(Mutex::new(Vec::new()));
    let jobs = mdbook_cells::config::Config::read(&written.config)?.parallel();
    let watcher = Arc::new(Watcher::new(&invocation.console, jobs, clock.clone()));
    let absent = Absent::new(scope, &sink, &watcher);
    for (preprocessor, phase) in steps(scope, &sink, &watcher, &absent, invocation)? {
        // What book.toml does not name is not run; ours stand in the place of the commands that it names.
        if written.config.contains_key(&format!("preprocessor.{}", preprocessor.name())) {
            written.with_preprocessor(Timed { preprocessor, phase, clock: clock.clone() });
        }
    }
    let (prepared, said) = mdbook_log::listen(|| written.preprocess_book(&Html));
    watcher.finish();
    let (book, context) = prepared?;
    let src = written.config.book.src.clone();
    let mut diagnostics = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    diagnostics.extend(mdbook_log::diagnostics(said, &written.book, &src));
    diagnostics.extend(clock.time(Phase::Links, || links::check(&written, &book)));
    let others = absent.leave_out(&written.book, &src, &diagnostics);
    diagnostics.retain(|diagnostic| !others.contains(&diagnostic.place.path));
    watcher.tell_left_out();
    diagnostic::sort(&mut diagnostics);
    let sources = load::sources(&written.root, Some((&written.book, &src)), &diagnostics);
    Ok(Prepared { written, book, context, diagnostics, sources, watcher })
}

type Steps = Vec<(Box<dyn Preprocessor>, Phase)>;

/// All steps that this tool knows.
fn steps(
    scope: &Scope,
    sink: &Sink,
    watcher: &Arc<Watcher>,
    absent: &Absent,
    invocation: &Invocation<'_>,
) -> anyhow::Result<Steps> {
    let listener = Arc::clone(watcher);
    let cells = Cells::new(launcher()?, Arc::clone(sink), Box::new(move |progress| listener.hear(progress)));
    let mut steps: Steps = vec![
        (Box::new(cells.within(scope.clone())), Phase::Pages),
        (Box::new(References::new(Arc::clone(sink))), Phase::Step("sources")),
        (Box::new(Math::new(Arc::clone(sink))), Phase::Step("formulas")),
        (Box::new(Highlight::new(Arc::clone(sink))), Phase::Step("highlighting")),
        (Box::new(Shown { search: Search, absent: absent.clone() }), Phase::Step("search")),
    ];
    let own = invocation.extension.steps(sink, absent);
    steps.extend(own.into_iter().map(|step| (step.preprocessor, Phase::Step(step.phase))));
    Ok(steps)
}

/// The index of the search, of pages that will be part of the site.
struct Shown {
    search: Search,
    absent: Absent,
}

impl Preprocessor for Shown {
    fn name(&self) -> &str {
        self.search.name()
    }

    fn supports_renderer(&self, renderer: &str) -> mdbook_preprocessor::errors::Result<bool> {
        self.search.supports_renderer(renderer)
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> mdbook_preprocessor::errors::Result<Book> {
        let src = &context.config.book.src;
        let absent = self.absent.pages(&book, src);
        if absent.is_empty() {
            return self.search.run(context, book);
        }
        self.search.run(context, without(&book, &absent, src))?;
        Ok(book)
    }
}
