//! The steps of the pipeline, by the names of their tables in book.toml.

use mdbook_cells::preprocessor::Cells;
use mdbook_highlight::Highlight;
use mdbook_math::Math;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_references::References;
use mdbook_search::Search;
use step::{Adapter, Step};

use crate::clock::{Clock, Phase};
use crate::launcher::launcher;

/// All steps of a tool that has these besides those for any book. A step runs where book.toml has a table of its name, in the place
/// that the table asks for.
pub fn steps(cells: Cells, own: Vec<Box<dyn Step>>) -> Vec<Box<dyn Step>> {
    let mut steps: Vec<Box<dyn Step>> =
        vec![cells.into(), References.into(), Math.into(), Highlight.into(), Search.into()];
    steps.extend(own);
    steps
}

/// The names of these steps.
pub fn names(own: Vec<Box<dyn Step>>) -> Result<Vec<&'static str>> {
    let cells = Cells::new(launcher()?, Box::new(|_| {}));
    Ok(steps(cells, own).iter().map(|step| step.name()).collect())
}

/// A step whose time is measured.
pub struct Timed {
    /// The step.
    pub step: Adapter,
    /// What its time counts as.
    pub phase: Phase,
    /// Who counts.
    pub clock: Clock,
}

impl Preprocessor for Timed {
    fn name(&self) -> &str {
        self.step.name()
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        self.clock.time(self.phase, || self.step.run(context, book))
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.step.supports_renderer(renderer)
    }
}
