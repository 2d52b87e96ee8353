//! The steps of the pipeline, by the names of their tables in book.toml.

use anyhow::Context as _;
use mdbook_cells::preprocessor::Cells;
use mdbook_driver::config::Config;
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

/// Whether a book has no steps but these and mdBook's own: of others nobody knows what they see.
pub fn are_all(steps: &[&str], config: &Config) -> Result<bool> {
    const OF_MDBOOK: [&str; 2] = ["links", "index"];
    let tables = config.preprocessors::<toml::Value>().context("reading the steps of book.toml")?;
    Ok(tables.keys().all(|name| steps.contains(&&**name) || OF_MDBOOK.contains(&&**name)))
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
