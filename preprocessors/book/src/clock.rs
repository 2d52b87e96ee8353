//! Where the time of a build goes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// A part of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading the book.
    Reading,
    /// Compiling the teaching crate.
    Library,
    /// Compiling and running pages.
    Pages,
    /// A step of the pipeline after the cells.
    Step(&'static str),
    /// Following links.
    Links,
    /// Writing the site.
    Html,
}

/// How long the phases took, in the order in which they ended first.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<Vec<(Phase, Duration)>>>);

impl Clock {
    /// Does some work of a phase.
    pub fn time<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let result = work();
        self.add(phase, begun.elapsed());
        result
    }

    /// Adds to a phase what was measured elsewhere.
    pub fn add(&self, phase: Phase, took: Duration) {
        let mut phases = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match phases.iter_mut().find(|(known, _)| *known == phase) {
            Some((_, sum)) => *sum += took,
            None => phases.push((phase, took)),
        }
    }

    /// The sum of all phases.
    pub fn total(&self) -> Duration {
        self.phases().into_iter().map(|(_, took)| took).sum()
    }

    /// `reading 0.1 s, pages 3.4 s`: the phases that can be felt.
    pub fn story(&self) -> String {
        let felt = self.phases().into_iter().filter(|(_, took)| took.as_millis() >= 50);
        felt.map(|(phase, took)| format!("{} {}", phase.name(), seconds(took))).collect::<Vec<_>>().join(", ")
    }

    /// The teaching crate is built while the pages wait for it: its time is not theirs.
    fn phases(&self) -> Vec<(Phase, Duration)> {
        let mut phases = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let library =
            phases.iter().find(|(phase, _)| *phase == Phase::Library).map_or(Duration::ZERO, |(_, took)| *took);
        if let Some((_, pages)) = phases.iter_mut().find(|(phase, _)| *phase == Phase::Pages) {
            *pages = pages.saturating_sub(library);
        }
        phases
    }
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Library => "teaching crate",
            Self::Pages => "pages",
            Self::Step(name) => name,
            Self::Links => "links",
            Self::Html => "HTML",
        }
    }
}

/// `3.4 s`, `2 min 10 s`.
pub fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        more => format!("{} min {} s", more / 60, more % 60),
    }
}

/// A preprocessor whose time is measured.
pub struct Timed {
    /// The preprocessor.
    pub preprocessor: Box<dyn Preprocessor>,
    /// What its time counts as.
    pub phase: Phase,
    /// Who counts.
    pub clock: Clock,
}

impl Preprocessor for Timed {
    fn name(&self) -> &str {
        self.preprocessor.name()
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        self.clock.time(self.phase, || self.preprocessor.run(context, book))
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.preprocessor.supports_renderer(renderer)
    }
}
