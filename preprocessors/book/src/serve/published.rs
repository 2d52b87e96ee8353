//! What the server shows now, and who waits for it to change.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The site that is shown.
#[derive(Default)]
pub struct Published {
    state: Mutex<State>,
    changed: Condvar,
}

/// A moment of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Counts what was published: sites and failures.
    pub moment: u64,
    /// Names the site: pages that are open reload when it is another.
    pub version: String,
    /// The folder of the last good site; `None` before there is one.
    pub folder: Option<PathBuf>,
    /// Why there is no newer one.
    pub failure: Option<String>,
}

impl Published {
    /// Shows a new site.
    pub fn site(&self, folder: PathBuf) {
        let mut state = self.lock();
        state.moment += 1;
        // Another process counts from one again, and the pages that it showed may still be open.
        state.version = format!("{}-{}", std::process::id(), state.moment);
        state.folder = Some(folder);
        state.failure = None;
        self.changed.notify_all();
    }

    /// Shows the old site, and why there is no new one.
    pub fn failure(&self, text: String) {
        let mut state = self.lock();
        state.moment += 1;
        state.failure = Some(text);
        self.changed.notify_all();
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

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
