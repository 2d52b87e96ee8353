//! Everything before HTML: the steps that book.toml names, ours in this process, and the links between the pages.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use diagnostic::{Diagnostic, Sources};
use kept::Kept;
use mdbook_cells::preprocessor::Cells;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use mdbook_driver::book::{Book, Chapter};
use mdbook_preprocessor::PreprocessorContext;
use mdbook_renderer::{RenderContext, Renderer};
use step::chapter::inside;
use step::{Adapter, Passing, Record, Step as _, Way};

use crate::absent::{Absent, Mistaken};
use crate::clock::{Clock, Phase};
use crate::directives::Directives;
use crate::inputs::program;
use crate::invocation::Invocation;
use crate::launcher::launcher;
use crate::progress::Watcher;
use crate::steps::{Timed, are_all, steps};
use crate::{containment, definitions, links, load, markdown, mdbook_log};

/// Where it is kept what was made of pages: of use on this machine only.
pub const KEPT: &str = ".book/local/pages";

/// A book that is ready to be written as HTML, or says why not.
pub struct Prepared {
    /// The book as it was read.
    pub written: MDBook,
    /// The book as its last step has left it.
    pub book: Book,
    /// Its pages with everything computed.
    pub pages: Shown,
    /// What the preprocessors said to the renderer.
    pub context: PreprocessorContext,
    /// All that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that it is wrong in.
    pub sources: Sources,
    /// How many pages were run, found, left out.
    pub watcher: Arc<Watcher>,
    /// What was made of pages before.
    pub kept: Kept,
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

/// Pages by their paths inside src.
pub type Ways = BTreeMap<String, Way>;

/// The pages as they were left by the last step.
pub struct Shown {
    record: Record,
    root: PathBuf,
    src: PathBuf,
}

impl Shown {
    /// Those of a book.
    pub fn of(&self, book: &Book) -> anyhow::Result<Ways> {
        let pages = book.chapters().filter_map(|chapter| Some((inside(chapter)?, chapter)));
        pages.map(|(path, chapter)| Ok((path, self.page(chapter)?))).collect()
    }

    /// The page of a chapter.
    pub fn page(&self, chapter: &Chapter) -> anyhow::Result<Way> {
        self.record.page(chapter, &self.root, &self.src)
    }

    /// Puts them into the chapters of a book.
    pub fn fill(&self, book: &mut Book) -> anyhow::Result<()> {
        self.record.fill(book, &self.root, &self.src)
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
    mistaken: Mistaken,
    invocation: &Invocation<'_>,
    clock: &Clock,
) -> anyhow::Result<Prepared> {
    let src = written.config.book.src.clone();
    let jobs = mdbook_cells::config::Config::read(&written.config)?.parallel();
    let kept = Kept::at(written.root.join(KEPT), program()?);
    let watcher = Arc::new(Watcher::new(&invocation.console, jobs, clock.clone()));
    let absent = Absent::new(scope, mistaken, &watcher);
    let listener = Arc::clone(&watcher);
    let cells = Cells::new(launcher()?, Box::new(move |progress| listener.hear(progress)));
    let cells = cells.within(scope.clone()).knowing(invocation.extension.comments());
    let steps = steps(cells, invocation.extension.steps());
    let names: Vec<&str> = steps.iter().map(|step| step.name()).collect();
    let passing = if are_all(&names, &written.config)? { Passing::Names } else { Passing::Texts };
    let record = Record::of(&written.book, &src).passing(passing);
    let pages = Shown { record: record.clone(), root: written.root.clone(), src: src.clone() };
    let as_written = pages.of(&written.book)?;
    let of_mdbook = (passing == Passing::Names).then(|| Directives.into());
    for step in steps.into_iter().chain(of_mdbook) {
        // What book.toml does not name is not run; ours stand in the place of the commands that it names.
        let is_default = step.name() == Directives.name() && written.config.build.use_default_preprocessors;
        if is_default || written.config.contains_key(&format!("preprocessor.{}", step.name())) {
            let (absent, src, phase) = (absent.clone(), src.clone(), Phase(step.subject()));
            let step =
                Adapter::new(step, &record).keeping(&kept).without(move |book, said| absent.pages(book, &src, said));
            written.with_preprocessor(Timed { step, phase, clock: clock.clone() });
        }
    }
    let (prepared, said) = mdbook_log::listen(|| written.preprocess_book(&Html));
    watcher.finish();
    let (book, context) = prepared?;
    let mut diagnostics = record.take_diagnostics();
    diagnostics.extend(mdbook_log::diagnostics(said, &written.book, &src));
    diagnostics.extend(clock.time(Phase::LINKS, || links::check(&written, &as_written, &pages.of(&book)?, &kept))?);
    diagnostics.extend(clock.time(Phase::LINKS, || markdown::check(&as_written, &kept))?);
    let of_definitions = clock.time(Phase::LINKS, || definitions::check(&written, &kept))?;
    diagnostics.retain(|told| !definitions::tell_too(&of_definitions, told));
    diagnostics.extend(of_definitions);
    diagnostics.extend(containment::empty_parts(&written));
    diagnostics.extend(clock.time(Phase::LINKS, || invocation.extension.wrong(&written, &kept))?);
    let others = absent.leave_out(&written.book, &src, &diagnostics);
    diagnostics.retain(|diagnostic| !others.contains(&diagnostic.place.path));
    watcher.tell_left_out();
    diagnostic::sort(&mut diagnostics);
    let sources = load::sources(&written.root, Some((&written.book, &src)), &diagnostics);
    Ok(Prepared { written, book, pages, context, diagnostics, sources, watcher, kept })
}
