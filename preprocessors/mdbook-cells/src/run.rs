//! The pages of a book: from the store where nothing changed, from the engine where something did.

mod build;
pub(crate) mod computed;
mod execute;
pub mod key;
pub mod parcel;
pub mod record;
mod schedule;
pub mod share;
pub mod trial;
pub mod twice;
pub mod why;
mod world;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use diagnostic::{Diagnostic, NO_PAGE_WAS_RUN, Place};
use engine::{Broken, Conditions, Engine, Lack, Rustc};
use store::{Key, Store, hash};

use crate::config::Config;
use crate::execution::Execution;
use crate::plan::Job;
use page::Page;

use execute::{Executed, Setting};
use key::Parts;
use record::{Record, Records};

use build::Build;

pub use schedule::Scope;

/// Hashes of artefacts by name.
pub(crate) type Artefacts = BTreeMap<String, String>;

/// Names and hashes of the artefacts of a page.
pub(crate) type Saved = Vec<(String, String)>;

/// What runs the pages of a book: an engine, a store, and a folder of data.
pub struct Runner {
    engine: Box<dyn Engine>,
    store: Store,
    data: PathBuf,
    config: Config,
}

/// What a build tells the person who waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A page has to be run.
    Waiting {
        /// Its path.
        page: String,
        /// How long it took the last time.
        usually: Option<Duration>,
    },
    /// A crate of the teaching crate's tree is compiled.
    Library(String),
    /// A page is run.
    Started(String),
    /// A page was run.
    Ran {
        /// Its path.
        page: String,
        /// How long that took.
        took: Duration,
    },
    /// A page's result was in the store.
    Reused(String),
    /// A page would have to be run and was not, because the scope is narrower.
    LeftOut(String),
}

/// Who is told.
pub type Listener<'a> = dyn Fn(Progress) + Sync + 'a;

/// Takes what came of a job; it is told the artefacts that were there.
pub(crate) type Take<'a, T> = dyn Fn(usize, PageResult, &Artefacts) -> T + Sync + 'a;

/// What came of a page.
#[derive(Clone, Debug, Default)]
pub struct PageResult {
    /// The execution; `None` when the page computes nothing, was left out or is wrong.
    pub execution: Option<Execution>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Runner {
    /// A runner for the book at `root`. `launcher` is a program whose `main` begins with [`engine::main_if_asked`].
    pub fn new(root: &Path, config: Config, launcher: PathBuf) -> anyhow::Result<Self> {
        let library = config.library(root)?;
        Ok(Self::with(Rustc::new(library, launcher)?, root, config))
    }

    /// A runner for the book at `root` with another engine.
    pub fn with(engine: impl Engine + 'static, root: &Path, config: Config) -> Self {
        let (store, data) = (Store::open(config.store(root)), root.join(&config.data));
        Self { engine: Box::new(engine), store, data, config }
    }

    /// Runs what has to be run, of pages with something to run; the results are in the order of the pages.
    pub fn run(
        &self,
        jobs: &[Option<Job<'_>>],
        scope: &Scope,
        listener: &Listener<'_>,
    ) -> anyhow::Result<(Vec<PageResult>, Vec<Diagnostic>)> {
        let (results, diagnostics) = self.run_each(jobs, scope, listener, &|_, result, _| result)?;
        Ok((results.into_iter().map(Option::unwrap_or_default).collect(), diagnostics))
    }

    /// The same, where `take` makes of each result what is wanted of it, so that nobody has those of all pages at once.
    pub(crate) fn run_each<T: Send>(
        &self,
        jobs: &[Option<Job<'_>>],
        scope: &Scope,
        listener: &Listener<'_>,
        take: &Take<'_, T>,
    ) -> anyhow::Result<(Vec<Option<T>>, Vec<Diagnostic>)> {
        let (taken, mut diagnostics) = Build::run(self, jobs, scope, listener, take)?;
        diagnostics.extend(open_sandbox(&self.engine.environment().lacking));
        Ok((taken, diagnostics))
    }

    /// Builds the teaching crate; the inner error is what is wrong with it.
    pub(crate) fn prepare(&self, listener: &Listener<'_>) -> anyhow::Result<Result<(), Broken>> {
        self.engine.prepare(&|step| listener(Progress::Library(step.to_owned())))
    }

    /// What is said of a library without which nothing can be run.
    pub(crate) fn does_not_compile(&self, Broken(said): &Broken) -> Diagnostic {
        let message = format!("{} does not compile", self.config.library_name());
        Diagnostic::error(NO_PAGE_WAS_RUN, message, Place::new("Cargo.toml", 0..0))
            .note(said.trim_end())
            .help("mend the crate; no page was run")
    }

    /// Runs a page whatever the store has, and keeps nothing.
    pub(crate) fn execute(
        &self,
        job: Job<'_>,
        artefacts: &Artefacts,
        conditions: Conditions,
    ) -> anyhow::Result<Executed> {
        let Self { engine, data, .. } = self;
        let config = match self.record(job.page) {
            Some(_) => Cow::Borrowed(&self.config),
            None => Cow::Owned(self.config.for_a_first_run()),
        };
        let loads = self.loads(job, artefacts)?;
        Setting { engine: &**engine, conditions, config: &config, data, loads }.execute(job)
    }

    /// The artefacts that a page loads.
    fn loads(&self, job: Job<'_>, artefacts: &Artefacts) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
        let mut loads = BTreeMap::new();
        for (name, _) in &job.session.loads {
            let hash = artefacts.get(name).with_context(|| format!("the artefact `{name}` is not there yet"))?;
            loads.insert(name.clone(), self.artefact(hash).with_context(|| format!("reading the artefact `{name}`"))?);
        }
        Ok(loads)
    }

    /// All that a page's result follows from, except the files it reads.
    pub(crate) fn parts(&self, job: Job<'_>, artefacts: &Artefacts) -> Parts {
        let loads = job.session.loads.iter().filter_map(|(name, _)| Some((name.clone(), artefacts.get(name)?.clone())));
        Parts::of(job, &self.config, self.engine.environment(), &loads.collect())
    }

    /// The stored execution, when every file that it read is still the same and every artefact that it saved is still there.
    pub(crate) fn stored(&self, key: &Key) -> Option<Execution> {
        let execution: Execution = serde_json::from_slice(&self.store.get("execution", key)?).ok()?;
        self.has(&execution.reads, &execution.saved).then_some(execution)
    }

    /// Whether files of the data folder have these hashes, and the store has these artefacts.
    fn has(&self, reads: &[(String, Option<String>)], saved: &[(String, String)]) -> bool {
        reads.iter().all(|(path, before)| self.data_hash(path) == *before)
            && saved.iter().all(|(_, hash)| self.artefact(hash).is_some())
    }

    fn artefact(&self, hash: &str) -> Option<Vec<u8>> {
        self.store.get("artefact", &Key::parse(hash)?)
    }

    /// What the store remembers of the page's last good run.
    pub(crate) fn record(&self, page: &Page) -> Option<Record> {
        Records::open(&self.store).get(&page.path)
    }

    /// In words, why a page with these parts has to be run when its last good run was this one.
    pub(crate) fn reasons(&self, page: &Page, parts: &Parts, record: &Record) -> Vec<String> {
        record.reasons_against(page, parts, &self.config.data, &|path| self.data_hash(path))
    }

    /// Hash of a file of the data folder; `None` when it is not there.
    fn data_hash(&self, path: &str) -> Option<String> {
        Some(hash(&world::read(&self.data, path).ok()?))
    }

    /// How many pages run at once.
    pub(crate) fn parallel(&self) -> usize {
        self.config.parallel()
    }
}

/// What page programs are not kept from on this system: said in every build, also when nothing runs in it.
fn open_sandbox(lacking: &[Lack]) -> Option<Diagnostic> {
    let (first, others) = lacking.split_first()?;
    let warning = Diagnostic::warning("sandbox", first.to_string(), Place::new("book.toml", 0..0));
    let warning = others.iter().fold(warning, |warning, lack| warning.note(lack.to_string()));
    Some(
        warning
            .note("what runs so is kept apart in the store from what runs in a whole sandbox")
            .help("build only books that you trust here; `--require-sandbox` refuses instead"),
    )
}
