//! The steps of the pipeline, by the names of their tables in book.toml.

use std::sync::Arc;

use mdbook_cells::preprocessor::{Cells, Sink};
use mdbook_highlight::Highlight;
use mdbook_math::Math;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_references::References;
use mdbook_search::Search;

use crate::absent::{Absent, without};
use crate::clock::{Clock, Phase};

/// A step of the pipeline. It runs where book.toml has a table of its name, in the place that the table asks for.
pub struct Step {
    /// The step.
    pub preprocessor: Box<dyn Preprocessor>,
    /// What its time counts as.
    pub phase: Phase,
}

/// All steps of a tool that has these besides those for any book.
pub fn steps(cells: Cells, sink: &Sink, absent: &Absent, own: Vec<Step>) -> Vec<Step> {
    let search = Shown { search: Search, absent: absent.clone() };
    let mut steps = vec![
        Step { preprocessor: Box::new(cells), phase: Phase::PAGES },
        Step { preprocessor: Box::new(References::new(Arc::clone(sink))), phase: Phase("sources") },
        Step { preprocessor: Box::new(Math::new(Arc::clone(sink))), phase: Phase("formulas") },
        Step { preprocessor: Box::new(Highlight::new(Arc::clone(sink))), phase: Phase("highlighting") },
        Step { preprocessor: Box::new(search), phase: Phase("search") },
    ];
    steps.extend(own);
    steps
}

/// A step whose time is measured.
pub struct Timed {
    /// The step.
    pub step: Step,
    /// Who counts.
    pub clock: Clock,
}

impl Preprocessor for Timed {
    fn name(&self) -> &str {
        self.step.preprocessor.name()
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        self.clock.time(self.step.phase, || self.step.preprocessor.run(context, book))
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.step.preprocessor.supports_renderer(renderer)
    }
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

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.search.supports_renderer(renderer)
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let src = &context.config.book.src;
        let absent = self.absent.pages(&book, src);
        if absent.is_empty() {
            return self.search.run(context, book);
        }
        self.search.run(context, without(&book, &absent, src))?;
        Ok(book)
    }
}
