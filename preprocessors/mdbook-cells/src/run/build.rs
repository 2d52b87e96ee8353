//! One run of a book: wave after wave, each page looked up first and executed when it is not in the store.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use diagnostic::{Diagnostic, NO_PAGE_WAS_RUN, Place};
use engine::{Broken, Conditions};
use store::Key;

use super::{Artefacts, Listener, PageResult, Progress, Runner};
use crate::execution::Execution;
use crate::parallel;
use crate::plan::Job;
use crate::run::execute::Executed;
use crate::run::record::{Record, Records};
use crate::run::schedule::{self, Scope};
use page::Page;

/// A run of a book that has come to some wave.
pub(super) struct Build<'a> {
    runner: &'a Runner,
    jobs: &'a [Option<Job<'a>>],
    /// Pages that may be run.
    scope: BTreeSet<usize>,
    listener: &'a Listener<'a>,
    /// What the pages so far have saved.
    artefacts: Artefacts,
    results: Vec<PageResult>,
    broken: OnceLock<Broken>,
}

/// A page that is not in the store.
struct Missing<'a> {
    index: usize,
    job: Job<'a>,
    record: Option<Record>,
}

impl<'a> Build<'a> {
    pub(super) fn new(
        runner: &'a Runner,
        jobs: &'a [Option<Job<'a>>],
        scope: &Scope,
        listener: &'a Listener<'a>,
    ) -> Self {
        let (artefacts, broken) = (Artefacts::new(), OnceLock::new());
        let (scope, results) = (schedule::scope(jobs, scope), vec![PageResult::default(); jobs.len()]);
        Self { runner, jobs, scope, listener, artefacts, results, broken }
    }

    pub(super) fn run(mut self) -> anyhow::Result<(Vec<PageResult>, Vec<Diagnostic>)> {
        let (waves, mut diagnostics) = schedule::waves(self.jobs);
        for wave in waves {
            self.wave(&wave)?;
        }
        if let Some(Broken(said)) = self.broken.get() {
            let message = format!("{} does not compile", self.runner.config.library_name());
            diagnostics.push(
                Diagnostic::error(NO_PAGE_WAS_RUN, message, Place::new("Cargo.toml", 0..0))
                    .note(said.trim_end())
                    .help("mend the crate; no page was run"),
            );
        }
        Ok((self.results, diagnostics))
    }

    /// Runs pages that do not wait for each other.
    fn wave(&mut self, wave: &[usize]) -> anyhow::Result<()> {
        let ready: Vec<(usize, Job<'a>)> = wave.iter().filter_map(|index| self.ready(*index)).collect();
        let parallel = self.runner.parallel();
        let mut found: Vec<(usize, PageResult)> = Vec::new();
        let mut missing = Vec::new();
        // What is stored is looked up first, so that it is known how much there is to wait for.
        for (looked_up, (index, job)) in
            parallel::map(parallel, &ready, |page| self.look_up(*page)).into_iter().zip(&ready)
        {
            let path = || job.page.path.clone();
            match looked_up {
                Ok(execution) => {
                    self.tell(Progress::Reused(path()));
                    found.push((*index, PageResult { execution: Some(execution), diagnostics: Vec::new() }));
                }
                Err(page) if self.scope.contains(index) => {
                    let usually = page.record.as_ref().map(|record| Duration::from_millis(record.milliseconds));
                    self.tell(Progress::Waiting { page: path(), usually });
                    missing.push(page);
                }
                Err(_) => self.tell(Progress::LeftOut(path())),
            }
        }
        // The longest first: the last page to finish decides when the wave ends.
        missing.sort_by_key(|page| Reverse(page.record.as_ref().map_or(u64::MAX, |record| record.milliseconds)));
        for (page, result) in missing.iter().zip(parallel::map(parallel, &missing, |page| self.page(page))) {
            found.push((page.index, result.with_context(|| format!("running {}", page.job.page.path))?));
        }
        for (index, result) in found {
            self.artefacts.extend(result.execution.iter().flat_map(|execution| execution.saved.iter().cloned()));
            self.results[index] = result;
        }
        Ok(())
    }

    /// The page, when all that it loads is there; else it is said why it is not run.
    fn ready(&mut self, index: usize) -> Option<(usize, Job<'a>)> {
        let job = self.jobs[index]?;
        let Some((name, range)) = job.session.loads.iter().find(|(name, _)| !self.artefacts.contains_key(name)) else {
            return Some((index, job));
        };
        let saves = |job: &Job<'_>| job.session.saves.iter().any(|(saved, _)| saved == name);
        if !self.scope.contains(&index) {
            self.tell(Progress::LeftOut(job.page.path.clone()));
        } else if self.jobs.iter().flatten().any(saves) {
            self.results[index].diagnostics.push(not_saved(job.page, name, range));
        }
        // That nobody saves it was said when the order was made.
        None
    }

    /// The stored execution of a page, or what its key is.
    fn look_up(&self, (index, job): (usize, Job<'a>)) -> Result<Execution, Box<Missing<'a>>> {
        let key = self.runner.parts(job, &self.artefacts).key();
        let record = || self.runner.record(job.page);
        self.runner.stored(&key).ok_or_else(|| Box::new(Missing { index, job, record: record() }))
    }

    fn page(&self, missing: &Missing<'_>) -> anyhow::Result<PageResult> {
        if let Err(broken) = self.runner.prepare(self.listener)? {
            // Every page finds the same.
            let _ = self.broken.set(broken);
            return Ok(PageResult::default());
        }
        self.tell(Progress::Started(missing.job.page.path.clone()));
        let begun = Instant::now();
        let Executed { execution, saved, diagnostics } =
            self.runner.execute(missing.job, &self.artefacts, Conditions::Usual)?;
        let took = begun.elapsed();
        let ran = Progress::Ran { page: missing.job.page.path.clone(), took };
        if diagnostic::has_errors(&diagnostics) {
            self.tell(ran);
            return Ok(PageResult { execution: None, diagnostics });
        }
        self.keep(missing, &execution, &saved, took)?;
        // Whoever hears of it may stop this process: by now the result is kept.
        self.tell(ran);
        Ok(PageResult { execution: Some(execution), diagnostics })
    }

    fn keep(
        &self,
        missing: &Missing<'_>,
        execution: &Execution,
        saved: &[(String, Vec<u8>)],
        took: Duration,
    ) -> anyhow::Result<()> {
        let store = &self.runner.store;
        for (_, bytes) in saved {
            store.put("artefact", &Key::of(&[("artefact", bytes)]), bytes)?;
        }
        // By now the library is built, and all that it was built from is known.
        let parts = self.runner.parts(missing.job, &self.artefacts);
        let because = missing.record.as_ref().map(|before| self.runner.reasons(missing.job.page, &parts, before));
        store.put("execution", &parts.key(), &serde_json::to_vec(execution)?)?;
        let record = Record {
            parts,
            reads: execution.reads.clone(),
            milliseconds: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            because: because.unwrap_or_default(),
        };
        Records::open(store).put(&missing.job.page.path, &record)
    }

    fn tell(&self, progress: Progress) {
        (self.listener)(progress);
    }
}

fn not_saved(page: &Page, name: &str, range: &Range<usize>) -> Diagnostic {
    let place = Place::new(&page.path, range.clone());
    Diagnostic::error("artefact-missing", format!("the artefact `{name}` could not be made"), place)
        .help("mend the page that saves it first; this page was not run")
}
