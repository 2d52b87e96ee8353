//! One run of a book: each page is looked up as soon as it waits for none, and executed when it is not in the store.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use diagnostic::{Diagnostic, Place};
use engine::{Broken, Conditions};

use super::{Artefacts, Listener, PageResult, Progress, Runner, Take};
use crate::execution::Execution;
use crate::parallel;
use crate::plan::Job;
use crate::run::execute::Executed;
use crate::run::key::of_artefact;
use crate::run::record::{Record, Records};
use crate::run::schedule::{self, Ahead, Behind, Order, Scope};
use page::Page;

/// A run of a book.
pub(super) struct Build<'a, T> {
    runner: &'a Runner,
    jobs: &'a [Option<Job<'a>>],
    /// Pages that may be run.
    scope: BTreeSet<usize>,
    behind: Behind,
    listener: &'a Listener<'a>,
    take: &'a Take<'a, T>,
    broken: OnceLock<Broken>,
    state: Mutex<State<'a, T>>,
    /// There is something to run, or nothing any more.
    changed: Condvar,
}

/// How far it is.
struct State<'a, T> {
    order: Order,
    /// What the pages so far have saved.
    artefacts: Artefacts,
    taken: Vec<Option<T>>,
    /// Pages that have to be run and wait for none.
    queue: Vec<Missing<'a>>,
    running: usize,
    failure: Option<anyhow::Error>,
}

/// A page that is not in the store.
struct Missing<'a> {
    index: usize,
    job: Job<'a>,
    record: Option<Record>,
    /// From its beginning to the end of all that wait for it.
    ahead: Ahead,
}

impl<'a, T: Send> Build<'a, T> {
    pub(super) fn run(
        runner: &'a Runner,
        jobs: &'a [Option<Job<'a>>],
        scope: &Scope,
        listener: &'a Listener<'a>,
        take: &'a Take<'a, T>,
    ) -> anyhow::Result<(Vec<Option<T>>, Vec<Diagnostic>)> {
        let (mut order, behind, mut diagnostics) = Order::of(jobs);
        let free = order.free();
        let state = State {
            order,
            artefacts: Artefacts::new(),
            taken: jobs.iter().map(|_| None).collect(),
            queue: Vec::new(),
            running: 0,
            failure: None,
        };
        let (scope, broken, changed) = (schedule::scope(jobs, scope), OnceLock::new(), Condvar::new());
        let build = Self { runner, jobs, scope, behind, listener, take, broken, state: Mutex::new(state), changed };
        // What is stored is looked up first, so that it is known how much there is to wait for.
        build.open(free);
        let workers: Vec<usize> = (0..runner.parallel()).collect();
        parallel::map(runner.parallel(), &workers, |_| build.work());
        let Self { broken, state, .. } = build;
        let State { taken, failure, .. } = state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(failure) = failure {
            return Err(failure);
        }
        diagnostics.extend(broken.get().map(|broken| runner.does_not_compile(broken)));
        Ok((taken, diagnostics))
    }

    /// Runs pages until there are none.
    fn work(&self) {
        while let Some(page) = self.next() {
            // Whatever comes of the page, the others do not wait for it.
            let _running = Running(self);
            let artefacts = self.state().artefacts.clone();
            let ran = self.page(&page, &artefacts).with_context(|| format!("running {}", page.job.page.path));
            match ran {
                Ok(result) => {
                    self.settle(page.index, result, &artefacts);
                    let free = self.done(&[page.index]);
                    self.open(free);
                }
                Err(failure) => drop(self.state().failure.get_or_insert(failure)),
            }
        }
    }

    /// The page that is to be run next: one on which the longest way to the end of the build begins.
    fn next(&self) -> Option<Missing<'a>> {
        let mut state = self.state();
        loop {
            let is_over = state.failure.is_some() || (state.queue.is_empty() && state.running == 0);
            if is_over {
                return None;
            }
            let pages = state.queue.iter().enumerate();
            let next = pages.max_by_key(|(_, page)| (page.ahead, Reverse(page.index))).map(|(at, _)| at);
            if let Some(at) = next {
                state.running += 1;
                return Some(state.queue.swap_remove(at));
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Looks up pages that wait for none, and those that then wait for none; what is not in the store has to be run.
    fn open(&self, mut free: Vec<usize>) {
        let parallel = self.runner.parallel();
        while !free.is_empty() {
            let artefacts = self.state().artefacts.clone();
            let ready: Vec<(usize, Job<'a>)> = free.iter().filter_map(|index| self.ready(*index, &artefacts)).collect();
            let mut done = free;
            let looked_up = parallel::map(parallel, &ready, |page| self.look_up(*page, &artefacts));
            for (looked_up, (index, job)) in looked_up.into_iter().zip(&ready) {
                let path = || job.page.path.clone();
                match looked_up {
                    Ok(()) => self.tell(Progress::Reused(path())),
                    Err(page) if self.scope.contains(index) => {
                        let usually = page.record.as_ref().map(|record| Duration::from_millis(record.milliseconds));
                        self.tell(Progress::Waiting { page: path(), usually });
                        done.retain(|done| done != index);
                        self.state().queue.push(*page);
                        self.changed.notify_one();
                    }
                    Err(_) => self.tell(Progress::LeftOut(path())),
                }
            }
            free = self.done(&done);
        }
    }

    /// Takes what came of a page.
    fn settle(&self, index: usize, result: PageResult, artefacts: &Artefacts) {
        let saved = result.execution.as_ref().map(|execution| execution.saved.clone()).unwrap_or_default();
        let taken = (self.take)(index, result, artefacts);
        let mut state = self.state();
        state.artefacts.extend(saved);
        state.taken[index] = Some(taken);
    }

    /// Pages that wait for none when these are done.
    fn done(&self, pages: &[usize]) -> Vec<usize> {
        let mut state = self.state();
        pages.iter().for_each(|page| state.order.done(*page));
        state.order.free()
    }

    /// The page, when all that it loads is there; else it is said why it is not run.
    fn ready(&self, index: usize, artefacts: &Artefacts) -> Option<(usize, Job<'a>)> {
        let job = self.jobs[index]?;
        let Some((name, range)) = job.session.loads.iter().find(|(name, _)| !artefacts.contains_key(name)) else {
            return Some((index, job));
        };
        let saves = |job: &Job<'_>| job.session.saves.iter().any(|(saved, _)| saved == name);
        if !self.scope.contains(&index) {
            self.tell(Progress::LeftOut(job.page.path.clone()));
        } else if self.jobs.iter().flatten().any(saves) {
            let diagnostics = vec![not_saved(job.page, name, range)];
            self.settle(index, PageResult { execution: None, diagnostics }, artefacts);
        }
        // That nobody saves it was said when the order was made.
        None
    }

    /// Takes the stored execution of a page, or says what it takes to run it.
    fn look_up(&self, (index, job): (usize, Job<'a>), artefacts: &Artefacts) -> Result<(), Box<Missing<'a>>> {
        let key = self.runner.parts(job, artefacts).key();
        if let Some(execution) = self.runner.stored(&key) {
            self.settle(index, PageResult { execution: Some(execution), diagnostics: Vec::new() }, artefacts);
            return Ok(());
        }
        let usually = |page: usize| {
            let Some(Job { page, session }) = self.jobs[page] else { return Ahead::default() };
            let ran = self.runner.record(page).map(|record| Duration::from_millis(record.milliseconds));
            Ahead::of(ran, session)
        };
        let ahead = self.behind.ahead(index, &usually);
        Err(Box::new(Missing { index, job, record: self.runner.record(job.page), ahead }))
    }

    fn page(&self, missing: &Missing<'_>, artefacts: &Artefacts) -> anyhow::Result<PageResult> {
        if let Err(broken) = self.runner.prepare(self.listener)? {
            // Every page finds the same.
            let _ = self.broken.set(broken);
            return Ok(PageResult::default());
        }
        self.tell(Progress::Started(missing.job.page.path.clone()));
        let begun = Instant::now();
        let Executed { execution, saved, diagnostics } =
            self.runner.execute(missing.job, artefacts, Conditions::Usual)?;
        let took = begun.elapsed();
        let ran = Progress::Ran { page: missing.job.page.path.clone(), took };
        if diagnostic::has_errors(&diagnostics) {
            self.tell(ran);
            return Ok(PageResult { execution: None, diagnostics });
        }
        self.keep(missing, artefacts, &execution, &saved, took)?;
        // Whoever hears of it may stop this process: by now the result is kept.
        self.tell(ran);
        Ok(PageResult { execution: Some(execution), diagnostics })
    }

    fn keep(
        &self,
        missing: &Missing<'_>,
        artefacts: &Artefacts,
        execution: &Execution,
        saved: &[(String, Vec<u8>)],
        took: Duration,
    ) -> anyhow::Result<()> {
        let store = &self.runner.store;
        for (_, bytes) in saved {
            store.put("artefact", &of_artefact(bytes), bytes)?;
        }
        // By now the library is built, and all that it was built from is known.
        let parts = self.runner.parts(missing.job, artefacts);
        let because = missing.record.as_ref().map(|before| self.runner.reasons(missing.job.page, &parts, before));
        store.put("execution", &parts.key(), &serde_json::to_vec(execution)?)?;
        self.runner.unmark(&parts.key())?;
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

    fn state(&self) -> MutexGuard<'_, State<'a, T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page that is run. The others may go on when it ends.
struct Running<'a, 'b, T: Send>(&'b Build<'a, T>);

impl<T: Send> Drop for Running<'_, '_, T> {
    fn drop(&mut self) {
        self.0.state().running -= 1;
        self.0.changed.notify_all();
    }
}

fn not_saved(page: &Page, name: &str, range: &Range<usize>) -> Diagnostic {
    let place = Place::new(&page.path, range.clone());
    Diagnostic::error("artefact-missing", format!("the artefact `{name}` could not be made"), place)
        .help("mend the page that saves it first; this page was not run")
}
