//! What the server shows now, and who waits for it to change.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::words::Words;

/// The site that is shown.
pub struct Published {
    state: Mutex<State>,
    changed: Condvar,
}

/// A moment of it.
#[derive(Clone, Debug)]
pub struct State {
    /// Counts what was published.
    pub moment: u64,
    /// Names the site: pages that are open reload when it is another.
    pub version: String,
    /// The folder of the last good site; `None` before there is one.
    pub folder: Option<PathBuf>,
    /// Why there is no newer one.
    pub failure: Option<Messages>,
    /// What the build is at that is running.
    pub building: Option<String>,
    /// What `check` would add to this site.
    pub check: Option<Messages>,
    /// In which language.
    pub words: &'static Words,
}

/// Messages about a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// The messages.
    pub text: String,
}

impl Published {
    /// Shows that there is nothing to show yet.
    pub fn new(words: &'static Words) -> Self {
        let state = State {
            moment: 0,
            version: String::new(),
            folder: None,
            failure: None,
            building: None,
            check: None,
            words,
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Shows a new site.
    pub fn site(&self, folder: PathBuf) {
        self.change(|state| {
            // Another process counts from one again, and the pages that it showed may still be open.
            state.version = format!("{}-{}", std::process::id(), state.moment);
            state.folder = Some(folder);
            state.failure = None;
            state.building = None;
            state.check = None;
        });
    }

    /// Shows the old site, and why there is no new one.
    pub fn failure(&self, failure: Messages) {
        self.change(|state| {
            state.failure = Some(failure);
            state.building = None;
        });
    }

    /// Shows that a build is running, and what it is at.
    pub fn building(&self, what: String) {
        self.change(|state| state.building = Some(what));
    }

    /// Shows what `check` would add.
    pub fn check(&self, found: Messages) {
        let found = (found.errors + found.warnings > 0).then_some(found);
        if self.now().check != found {
            self.change(|state| state.check = found);
        }
    }

    /// Speaks another language.
    pub fn speak(&self, words: &'static Words) {
        self.lock().words = words;
    }

    /// What is shown now.
    pub fn now(&self) -> State {
        self.lock().clone()
    }

    /// Waits until something newer is shown; `None` when that takes long.
    pub fn after(&self, moment: u64) -> Option<State> {
        /// Whoever waits longer may have gone.
        const LONG: Duration = Duration::from_secs(15);
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), LONG, |state| state.moment == moment)
            .unwrap_or_else(PoisonError::into_inner);
        (state.moment != moment).then(|| state.clone())
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        state.moment += 1;
        change(&mut state);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
