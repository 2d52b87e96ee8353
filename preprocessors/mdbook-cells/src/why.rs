//! In words, why a page has to be run, or would not be.

use std::collections::BTreeMap;
use std::path::Path;

use crate::key::Parts;
use crate::page::Page;
use crate::plan::Session;
use crate::record::Record;
use crate::run::Runner;
use crate::schedule;

/// What would happen to a page, and what happened the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Why it would be run; empty when its result is in the store.
    pub reasons: Vec<String>,
    /// Its last good run.
    pub record: Option<Record>,
}

/// Explains every page; `None` for one that has nothing to run, or a mistake.
pub fn explain(runner: &Runner, pages: &[Page], sessions: &[Option<Session>]) -> Vec<Option<Explanation>> {
    let mut explanations = vec![None; pages.len()];
    let mut artefacts = BTreeMap::new();
    for index in schedule::waves(pages, sessions).0.into_iter().flatten() {
        let (page, Some(session)) = (&pages[index], &sessions[index]) else { continue };
        let parts = runner.parts(page, session, &artefacts);
        let record = runner.record(page);
        let unknown: Vec<&str> =
            session.loads.iter().map(|(name, _)| name.as_str()).filter(|name| !artefacts.contains_key(*name)).collect();
        let stored = if unknown.is_empty() { runner.stored(&parts.key()) } else { None };
        let reasons = match &stored {
            Some(_) => Vec::new(),
            None if unknown.is_empty() => runner.reasons(&parts, record.as_ref()),
            None => unknown.iter().map(|name| format!("the artefact `{name}` has to be made anew first")).collect(),
        };
        artefacts.extend(stored.into_iter().flat_map(|execution| execution.saved));
        explanations[index] = Some(Explanation { reasons, record });
    }
    explanations
}

/// Why a page with these parts has to be run when its last good run was this one.
pub(crate) fn reasons(
    parts: &Parts,
    record: Option<&Record>,
    data: &Path,
    data_hash: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let Some(record) = record else { return vec!["it has never run to a good end here".to_owned()] };
    let mut reasons = parts.changes_since(&record.parts);
    for (path, before) in &record.reads {
        let file = data.join(path).display().to_string().replace('\\', "/");
        match (before, data_hash(path)) {
            (before, now) if now == *before => {}
            (None, _) => reasons.push(format!("`{file}` is new")),
            (_, None) => reasons.push(format!("`{file}` is gone")),
            _ => reasons.push(format!("`{file}` changed")),
        }
    }
    if reasons.is_empty() {
        reasons.push("its result is not in the store any more".to_owned());
    }
    reasons
}
