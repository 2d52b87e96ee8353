//! Where the time of a build goes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A part of a build, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phase(pub &'static str);

impl Phase {
    /// Reading the book.
    pub const READING: Self = Self("reading");
    /// Compiling the library.
    pub const LIBRARY: Self = Self("library");
    /// Compiling and running pages.
    pub const PAGES: Self = Self("pages");
    /// Following links.
    pub const LINKS: Self = Self("links");
    /// Writing the site.
    pub const HTML: Self = Self("HTML");
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
        felt.map(|(phase, took)| format!("{} {}", phase.0, seconds(took))).collect::<Vec<_>>().join(", ")
    }

    /// The library is built while the pages wait for it: its time is not theirs.
    fn phases(&self) -> Vec<(Phase, Duration)> {
        let mut phases = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let library =
            phases.iter().find(|(phase, _)| *phase == Phase::LIBRARY).map_or(Duration::ZERO, |(_, took)| *took);
        if let Some((_, pages)) = phases.iter_mut().find(|(phase, _)| *phase == Phase::PAGES) {
            *pages = pages.saturating_sub(library);
        }
        phases
    }
}

/// `3.4 s`, `2 min 10 s`.
pub fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        more => format!("{} min {} s", more / 60, more % 60),
    }
}
