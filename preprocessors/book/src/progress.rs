//! What is being compiled or run, how much is left, and for how long.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use mdbook_cells::run::Progress;
use serde_json::json;

use crate::clock::{Clock, Phase, seconds};
use crate::console::Console;

/// Listens to the cells and tells the people who wait.
pub struct Watcher {
    console: Console,
    jobs: usize,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Pages that have to be run, and how long each took the last time.
    waiting: BTreeMap<String, Option<Duration>>,
    running: BTreeMap<String, Instant>,
    ran: BTreeMap<String, Duration>,
    reused: BTreeSet<String>,
    left_out: BTreeSet<String>,
    /// Since when the library is compiled.
    library: Option<Instant>,
    /// Whether the last line of the terminal is ours to write over.
    line: bool,
}

impl Watcher {
    /// A watcher that writes where `console` does, for a build that runs so many pages at once.
    pub fn new(console: &Console, jobs: usize, clock: Clock) -> Self {
        Self { console: console.clone(), jobs, clock, state: Mutex::default() }
    }

    /// Takes note of what happens.
    pub fn hear(&self, progress: Progress) {
        let mut state = self.state();
        match progress {
            Progress::Waiting { page, usually } => drop(state.waiting.insert(page, usually)),
            Progress::Library(step) => {
                state.library.get_or_insert_with(Instant::now);
                self.console.event(&json!({ "reason": "library", "step": step.trim() }));
                self.passing(&mut state, &format!("library: {}", step.trim()));
            }
            Progress::Started(page) => {
                if let Some(begun) = state.library.take() {
                    self.clock.add(Phase::LIBRARY, begun.elapsed());
                }
                self.tell(&page, "started");
                state.running.insert(page, Instant::now());
                if let Some(status) = self.status(&state) {
                    self.passing(&mut state, &status);
                }
            }
            Progress::Ran { page, took } => {
                state.running.remove(&page);
                state.ran.insert(page.clone(), took);
                self.tell(&page, "ran");
                let count = format!("[{}/{}]", state.ran.len(), state.waiting.len());
                let mut line = format!("{count} {page} {}", seconds(took));
                if let Some(left) = self.left(&state).filter(|_| !self.console.is_live()) {
                    line.push_str(&format!(", {left}"));
                }
                self.lasting(&mut state, &line);
                if let Some(status) = self.status(&state) {
                    self.passing(&mut state, &status);
                }
            }
            Progress::Reused(page) => {
                self.tell(&page, "stored");
                state.reused.insert(page);
            }
            Progress::LeftOut(page) => drop(state.left_out.insert(page)),
        }
    }

    /// Leaves a page out for another reason than the cells have.
    pub fn leave_out(&self, page: &str) {
        let mut state = self.state();
        state.reused.remove(page);
        state.left_out.insert(page.to_owned());
    }

    /// The build goes on to other things.
    pub fn finish(&self) {
        let mut state = self.state();
        if let Some(begun) = state.library.take() {
            self.clock.add(Phase::LIBRARY, begun.elapsed());
        }
        self.clear(&mut state);
    }

    /// Names the pages that are not part of this build, once that is known.
    pub fn tell_left_out(&self) {
        for page in &self.state().left_out {
            self.tell(page, "left-out");
        }
    }

    /// Pages that were run.
    pub fn ran(&self) -> BTreeSet<String> {
        self.state().ran.keys().cloned().collect()
    }

    /// How long the pages took that were run, one after the other.
    pub fn took(&self) -> Duration {
        self.state().ran.values().sum()
    }

    /// Pages whose results were in the store.
    pub fn reused(&self) -> BTreeSet<String> {
        self.state().reused.clone()
    }

    /// Pages that are not part of this build.
    pub fn left_out(&self) -> BTreeSet<String> {
        self.state().left_out.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, page: &str, what: &str) {
        self.console.event(&json!({ "reason": "page", "page": page, "result": what }));
    }

    /// A line that stays.
    fn lasting(&self, state: &mut State, line: &str) {
        self.clear(state);
        self.console.say(line);
    }

    /// A line that the next one replaces; where lines cannot be written over, only what is compiled is worth one.
    fn passing(&self, state: &mut State, line: &str) {
        /// Wider lines would break and could not be cleared.
        const WIDTH: usize = 79;
        if self.console.is_live() {
            self.clear(state);
            self.console.write(&line.chars().take(WIDTH).collect::<String>());
            state.line = true;
        } else if state.library.is_some() {
            self.console.say(line);
        }
    }

    fn clear(&self, state: &mut State) {
        if std::mem::take(&mut state.line) {
            self.console.write("\r\u{1b}[K");
        }
    }

    fn status(&self, state: &State) -> Option<String> {
        let pages: Vec<&str> = state.running.keys().map(String::as_str).collect();
        let left = self.left(state).map(|left| format!("{left}; ")).unwrap_or_default();
        (!pages.is_empty()).then(|| format!("{left}running {}", pages.join(", ")))
    }

    fn left(&self, state: &State) -> Option<String> {
        let left = left(state, self.jobs).filter(|left| *left >= Duration::from_secs(1))?;
        Some(format!("about {} left", seconds(Duration::from_secs(left.as_secs()))))
    }
}

/// How long it will take, when every page takes as long as the last time; new pages are taken for average ones.
fn left(state: &State, jobs: usize) -> Option<Duration> {
    let known: Vec<Duration> = state.waiting.values().flatten().chain(state.ran.values()).copied().collect();
    let average = known.iter().sum::<Duration>().checked_div(u32::try_from(known.len()).ok()?)?;
    let open = state.waiting.iter().filter(|(page, _)| !state.ran.contains_key(*page));
    let open: Duration = open
        .map(|(page, usually)| {
            let run = state.running.get(page).map(Instant::elapsed).unwrap_or_default();
            usually.unwrap_or(average).saturating_sub(run)
        })
        .sum();
    let at_once = jobs.min(state.waiting.len() - state.ran.len()).max(1);
    open.checked_div(u32::try_from(at_once).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_what_the_open_pages_usually_take() {
        let mut state = State::default();
        let wait = |seconds| Some(Duration::from_secs(seconds));
        state.waiting = [("а", wait(8)), ("б", wait(4)), ("в", None)].map(|(page, t)| (page.to_owned(), t)).into();
        assert_eq!(left(&state, 2), wait(9));
        state.ran.insert("а".to_owned(), Duration::from_secs(6));
        assert_eq!(left(&state, 2), wait(5));
        assert_eq!(left(&State::default(), 2), None);
    }
}
