//! What a page's result was taken from: whether it would still be the same shows without reading it.

use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use store::Key;

use super::{Artefacts, Runner};
use crate::execution::Execution;
use crate::plan::Job;

/// What a page was computed from, and what others take from it; nothing of it for a page with nothing to run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The entry of the store, and when it was written how long.
    entry: Option<(String, String)>,
    /// Files that it read, and their hashes.
    reads: Vec<(String, Option<String>)>,
    /// Artefacts that it loads, and their hashes.
    loads: Vec<(String, String)>,
    /// Artefacts that it saved, and their hashes.
    saved: Vec<(String, String)>,
}

impl Computed {
    /// What `execution` was taken from, which is in the store; `artefacts` are those of all pages.
    pub(crate) fn of(runner: &Runner, job: Job<'_>, execution: &Execution, artefacts: &Artefacts) -> Option<Self> {
        let key = runner.parts(job, artefacts).key();
        let loads = job.session.loads.iter().map(|(name, _)| Some((name.clone(), artefacts.get(name)?.clone())));
        Some(Self {
            entry: Some((key.to_string(), runner.entry(&key)?)),
            reads: execution.reads.clone(),
            loads: loads.collect::<Option<_>>()?,
            saved: execution.saved.clone(),
        })
    }

    /// Whether the page computed something.
    pub(crate) fn is_of_cells(&self) -> bool {
        self.entry.is_some()
    }

    /// Whether the store has what it had, and the files that were read are the same.
    pub(crate) fn is_still_there(&self, runner: &Runner) -> bool {
        let is_same = |(key, written): &(String, String)| {
            Key::parse(key).and_then(|key| runner.entry(&key)).is_some_and(|now| now == *written)
        };
        self.entry.iter().all(is_same) && runner.has(&self.reads, &self.saved)
    }

    /// Whether the artefacts that it loads are these.
    pub(crate) fn loads_from(&self, artefacts: &Artefacts) -> bool {
        self.loads.iter().all(|(name, hash)| artefacts.get(name) == Some(hash))
    }

    /// The artefacts that it saved, and their hashes.
    pub(crate) fn saved(&self) -> impl Iterator<Item = (String, String)> {
        self.saved.iter().cloned()
    }
}

impl Runner {
    /// What tells an entry of the store from one that was written later, or damaged since.
    fn entry(&self, key: &Key) -> Option<String> {
        let (time, length) = self.store.written("execution", key)?;
        Some(format!("{:?} {length}", time.duration_since(UNIX_EPOCH).ok()?))
    }

    /// Everything besides a page, its settings and what it computes that decides what is made of it.
    pub(crate) fn environment(&self) -> String {
        format!("{:?}", self.engine.environment())
    }
}
