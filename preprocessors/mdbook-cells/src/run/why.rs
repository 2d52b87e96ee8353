//! In words, why a page has to be run, or would not be.

use std::collections::VecDeque;

use crate::plan::Job;
use crate::run::record::{NEVER, Record};
use crate::run::schedule::Order;
use crate::run::{Artefacts, Runner};

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
    let mut artefacts = Artefacts::new();
    let (mut order, ..) = Order::of(jobs);
    let mut free: VecDeque<usize> = order.free().into();
    while let Some(index) = free.pop_front() {
        order.done(index);
        free.extend(order.free());
        let Some(job) = jobs[index] else { continue };
        let parts = runner.parts(job, &artefacts);
        let record = runner.record(job.page);
        let unknown: Vec<&str> = job
            .session
            .loads
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !artefacts.contains_key(*name))
            .collect();
        let stored = if unknown.is_empty() { runner.stored(&parts.key()) } else { None };
        let reasons = match &stored {
            Some(_) => Vec::new(),
            None if unknown.is_empty() => match &record {
                Some(record) => runner.reasons(job.page, &parts, record),
                None => vec![NEVER.to_owned()],
            },
            None => unknown.iter().map(|name| format!("the artefact `{name}` has to be made anew first")).collect(),
        };
        artefacts.extend(stored.into_iter().flat_map(|execution| execution.saved));
        explanations[index] = Some(Explanation { reasons, record });
    }
    explanations
}
