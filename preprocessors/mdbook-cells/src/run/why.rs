//! In words, why a page has to be run, or would not be.

use crate::plan::Job;
use crate::run::Runner;
use crate::run::record::{NEVER, Record};
use crate::run::schedule::walk;

/// What would happen to a page, and what happened the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Why it would be run; empty when its result is in the store.
    pub reasons: Vec<String>,
    /// Its last good run.
    pub record: Option<Record>,
}

/// Explains every page; `None` for one that has nothing to run, or a mistake.
pub fn explain(runner: &Runner, jobs: &[Option<Job<'_>>]) -> Vec<Option<Explanation>> {
    let mut explanations = vec![None; jobs.len()];
    walk(jobs, &mut |index, job, artefacts| {
        let parts = runner.parts(job, artefacts);
        let record = runner.record(job.page);
        let loads = job.session.loads.iter().map(|(name, _)| name.as_str());
        let unknown: Vec<&str> = loads.filter(|name| !artefacts.contains_key(*name)).collect();
        let stored = if unknown.is_empty() { runner.stored(&parts.key()) } else { None };
        let reasons = match &stored {
            Some(_) => Vec::new(),
            None if unknown.is_empty() => match &record {
                Some(record) => runner.reasons(job.page, &parts, record),
                None => vec![NEVER.to_owned()],
            },
            None => unknown.iter().map(|name| format!("the artefact `{name}` has to be made anew first")).collect(),
        };
        explanations[index] = Some(Explanation { reasons, record });
        stored.map(|execution| execution.saved)
    });
    explanations
}
