//! Where the time of a build goes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// A part of a build, in the order of the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reading the book.
    Reading,
    /// Compiling the teaching crate.
    Library,
    /// Compiling and running pages.
    Pages,
    /// Numbering sources.
    References,
    /// Marking callouts and heads, drawing the map.
    Course,
    /// Typesetting formulas.
    Formulas,
    /// Colouring code.
    Highlighting,
    /// Making the index of the search.
    Search,
    /// Following links.
    Links,
    /// Writing the site.
    Html,
}

/// How long the phases took.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<BTreeMap<Phase, Duration>>>);

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
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(phase).or_default() += took;
    }

    /// The sum of all phases.
    pub fn total(&self) -> Duration {
        self.phases().into_iter().map(|(_, took)| took).sum()
    }

    /// `reading 0.1 s, pages 3.4 s`: the phases that can be felt.
    pub fn story(&self) -> String {
        let felt = self.phases().into_iter().filter(|(_, took)| took.as_millis() >= 50);
        felt.map(|(phase, took)| format!("{} {}", name(phase), seconds(took))).collect::<Vec<_>>().join(", ")
    }

    /// The teaching crate is built while the pages wait for it: its time is not theirs.
    fn phases(&self) -> Vec<(Phase, Duration)> {
        let mut phases = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let library = phases.get(&Phase::Library).copied().unwrap_or_default();
        if let Some(pages) = phases.get_mut(&Phase::Pages) {
            *pages = pages.saturating_sub(library);
        }
        phases.into_iter().collect()
    }
}

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Reading => "reading",
        Phase::Library => "teaching crate",
        Phase::Pages => "pages",
        Phase::References => "sources",
        Phase::Course => "course",
        Phase::Formulas => "formulas",
        Phase::Highlighting => "highlighting",
        Phase::Search => "search",
        Phase::Links => "links",
        Phase::Html => "HTML",
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
pub struct Timed<P> {
    /// The preprocessor.
    pub inner: P,
    /// What its time counts as.
    pub phase: Phase,
    /// Who counts.
    pub clock: Clock,
}

impl<P: Preprocessor> Preprocessor for Timed<P> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        self.clock.time(self.phase, || self.inner.run(context, book))
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.inner.supports_renderer(renderer)
    }
}
