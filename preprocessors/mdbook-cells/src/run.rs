//! Sessions to executions: from the store where nothing changed, from the engine where something did.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use diagnostic::{Diagnostic, Place};
use engine::{Broken, Conditions, Engine, Fingerprint, Library, Purpose, Toolchain, Unit};
use store::{Key, Store};

use crate::assemble::assemble;
use crate::config::Config;
use crate::execution::Execution;
use crate::key::{Environment, Parts, hash};
use crate::live::states::States;
use crate::page::Page;
use crate::plan::{Role, Session};
use crate::record::{Record, Records};
use crate::world::{self, PageWorld, Taken};
use crate::{parallel, schedule, why};

/// Where a book lies and how its cells are run.
pub struct Runner {
    root: PathBuf,
    config: Config,
    launcher: PathBuf,
    store: Store,
    toolchain: Toolchain,
    library: Library,
    fingerprint: Fingerprint,
    environment: Environment,
    engine: OnceLock<Result<Engine, Broken>>,
    building: Mutex<()>,
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

/// Which pages may be run. Results that are in the store are taken for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All.
    #[default]
    Book,
    /// Those with these paths, and pages that save what they load.
    Pages(BTreeSet<String>),
}

/// Who is told.
pub type Listener<'a> = dyn Fn(Progress) + Sync + 'a;

/// What came of a page.
#[derive(Clone, Debug, Default)]
pub struct PageResult {
    /// The execution; `None` when the page computes nothing, was left out or is wrong.
    pub execution: Option<Execution>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of running a page's programs.
struct Executed {
    execution: Execution,
    saved: Vec<(String, Vec<u8>)>,
    diagnostics: Vec<Diagnostic>,
}

/// A page that is not in the store.
struct Missing {
    index: usize,
    parts: Parts,
    key: Key,
    record: Option<Record>,
}

impl Runner {
    /// A runner for the book at `root`. `launcher` is a program whose `main` begins with [`engine::main_if_asked`].
    pub fn new(root: &Path, config: Config, launcher: PathBuf) -> anyhow::Result<Self> {
        let store = Store::open(config.store(root));
        let toolchain = Toolchain::find(root)?;
        let library =
            Library { root: root.to_owned(), package: config.library.clone(), profile: config.profile.clone() };
        let fingerprint = library.fingerprint()?;
        let files = fingerprint.files.iter().map(|(path, hash)| (path.clone(), hash.to_string())).collect();
        let environment =
            Environment { compiler: toolchain.version.clone(), flags: engine::FLAGS.join(" "), library: files };
        Ok(Self {
            root: root.to_owned(),
            config,
            launcher,
            store,
            toolchain,
            library,
            fingerprint,
            environment,
            engine: OnceLock::new(),
            building: Mutex::new(()),
        })
    }

    /// Runs what has to be run; the results are in the order of the pages.
    pub fn run(
        &self,
        pages: &[Page],
        sessions: &[Option<Session>],
        scope: &Scope,
        listener: &Listener<'_>,
    ) -> anyhow::Result<(Vec<PageResult>, Vec<Diagnostic>)> {
        let (waves, mut diagnostics) = schedule::waves(pages, sessions);
        let scope = schedule::scope(pages, sessions, scope);
        let mut results = vec![PageResult::default(); pages.len()];
        let mut artefacts = BTreeMap::new();
        for mut wave in waves {
            wave.retain(|index| {
                let missing = sessions[*index]
                    .iter()
                    .flat_map(|session| &session.loads)
                    .find(|(name, _)| !artefacts.contains_key(name));
                let is_saved = |name: &String| {
                    sessions.iter().flatten().any(|session| session.saves.iter().any(|(saved, _)| saved == name))
                };
                match missing {
                    None => return true,
                    Some(_) if !scope.contains(index) => listener(Progress::LeftOut(pages[*index].path.clone())),
                    Some((name, range)) if is_saved(name) => {
                        results[*index].diagnostics.push(not_saved(&pages[*index], name, range));
                    }
                    // That nobody saves it was said when the order was made.
                    Some(_) => {}
                }
                false
            });
            for (index, result) in self.run_wave(&wave, pages, sessions, &scope, &artefacts, listener)? {
                if let Some(execution) = &result.execution {
                    artefacts.extend(execution.saved.iter().cloned());
                }
                results[index] = result;
            }
        }
        if let Some(Err(Broken(said))) = self.engine.get() {
            let place = Place::new("Cargo.toml", 0..0);
            let message = format!("the teaching crate `{}` does not compile", self.config.library);
            diagnostics.push(
                Diagnostic::error("library", message, place)
                    .note(said.trim_end())
                    .help("mend the crate; no page was run"),
            );
        }
        Ok((results, diagnostics))
    }

    /// Runs pages that do not wait for each other.
    fn run_wave(
        &self,
        wave: &[usize],
        pages: &[Page],
        sessions: &[Option<Session>],
        scope: &BTreeSet<usize>,
        artefacts: &BTreeMap<String, String>,
        listener: &Listener<'_>,
    ) -> anyhow::Result<Vec<(usize, PageResult)>> {
        let jobs = self.config.parallel();
        let mut results = Vec::new();
        let mut missing = Vec::new();
        // What is stored is looked up first, so that it is known how much there is to wait for.
        for found in parallel::map(jobs, wave, |index| self.look_up(*index, pages, sessions, artefacts)) {
            match found {
                Ok((index, execution)) => {
                    listener(Progress::Reused(pages[index].path.clone()));
                    results.push((index, PageResult { execution: Some(execution), diagnostics: Vec::new() }));
                }
                Err(page) if scope.contains(&page.index) => {
                    let usually = page.record.as_ref().map(|record| Duration::from_millis(record.milliseconds));
                    listener(Progress::Waiting { page: pages[page.index].path.clone(), usually });
                    missing.push(page);
                }
                Err(page) => listener(Progress::LeftOut(pages[page.index].path.clone())),
            }
        }
        // The longest first: the last page to finish decides when the wave ends.
        missing
            .sort_by_key(|page| std::cmp::Reverse(page.record.as_ref().map_or(u64::MAX, |record| record.milliseconds)));
        for (page, result) in missing.iter().zip(parallel::map(jobs, &missing, |page| {
            let Some(session) = &sessions[page.index] else { return Ok(PageResult::default()) };
            self.page(page, &pages[page.index], session, artefacts, listener)
        })) {
            results.push((page.index, result.with_context(|| format!("running {}", pages[page.index].path))?));
        }
        Ok(results)
    }

    /// The stored execution of a page, or what its key is.
    fn look_up(
        &self,
        index: usize,
        pages: &[Page],
        sessions: &[Option<Session>],
        artefacts: &BTreeMap<String, String>,
    ) -> Result<(usize, Execution), Box<Missing>> {
        let parts = match &sessions[index] {
            Some(session) => self.parts(&pages[index], session, artefacts),
            None => Parts::default(),
        };
        let key = parts.key();
        match self.stored(&key) {
            Some(execution) => Ok((index, execution)),
            None => Err(Box::new(Missing { index, parts, key, record: self.record(&pages[index]) })),
        }
    }

    fn page(
        &self,
        missing: &Missing,
        page: &Page,
        session: &Session,
        artefacts: &BTreeMap<String, String>,
        listener: &Listener<'_>,
    ) -> anyhow::Result<PageResult> {
        let Some(engine) = self.engine(listener)? else { return Ok(PageResult::default()) };
        listener(Progress::Started(page.path.clone()));
        let begun = Instant::now();
        let Executed { execution, saved, diagnostics } =
            self.execute(engine, Conditions::Usual, page, session, artefacts)?;
        let took = begun.elapsed();
        listener(Progress::Ran { page: page.path.clone(), took });
        if diagnostic::has_errors(&diagnostics) {
            return Ok(PageResult { execution: None, diagnostics });
        }
        for (_, bytes) in &saved {
            self.store.put("artefact", &Key::of(&[("artefact", bytes)]), bytes)?;
        }
        let because = missing.record.as_ref().map(|before| self.reasons(&missing.parts, Some(before)));
        self.store.put("execution", &missing.key, &serde_json::to_vec(&execution)?)?;
        let record = Record {
            parts: missing.parts.clone(),
            reads: execution.reads.clone(),
            milliseconds: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            because: because.unwrap_or_default(),
        };
        Records::open(&self.store).put(&page.path, &record)?;
        Ok(PageResult { execution: Some(execution), diagnostics })
    }

    /// In words, why a page with these parts has to be run when its last good run was this one.
    pub(crate) fn reasons(&self, parts: &Parts, record: Option<&Record>) -> Vec<String> {
        why::reasons(parts, record, &self.config.data, &|path| self.data_hash(path))
    }

    /// All that a page's result follows from, except the files it reads.
    pub fn parts(&self, page: &Page, session: &Session, artefacts: &BTreeMap<String, String>) -> Parts {
        let loaded = session.loads.iter().filter_map(|(name, _)| Some((name.clone(), artefacts.get(name)?.clone())));
        Parts::of(page, session, &self.config, &self.environment, &loaded.collect())
    }

    /// The stored execution, when every file that it read is still the same and every artefact that it saved is still there.
    pub(crate) fn stored(&self, key: &Key) -> Option<Execution> {
        let execution: Execution = serde_json::from_slice(&self.store.get("execution", key)?).ok()?;
        let same = |(path, before): &(String, Option<String>)| self.data_hash(path) == *before;
        let kept = |(_, hash): &(String, String)| self.artefact(hash).is_some();
        (execution.reads.iter().all(same) && execution.saved.iter().all(kept)).then_some(execution)
    }

    /// Hash of a file of the data folder, or of its absence.
    pub fn data_hash(&self, path: &str) -> Option<String> {
        Some(hash(&world::read(&self.root.join(&self.config.data), path).ok()?))
    }

    /// What the store remembers of the page's last good run.
    pub fn record(&self, page: &Page) -> Option<Record> {
        Records::open(&self.store).get(&page.path)
    }

    fn artefact(&self, hash: &str) -> Option<Vec<u8>> {
        self.store.get("artefact", &Key::parse(hash)?)
    }

    /// Runs a page whatever the store has, and keeps nothing; `None` when the teaching crate does not compile.
    pub(crate) fn again(
        &self,
        conditions: Conditions,
        page: &Page,
        session: &Session,
        artefacts: &BTreeMap<String, String>,
        listener: &Listener<'_>,
    ) -> anyhow::Result<Option<(Execution, Vec<Diagnostic>)>> {
        let Some(engine) = self.engine(listener)? else { return Ok(None) };
        let Executed { execution, diagnostics, .. } = self.execute(engine, conditions, page, session, artefacts)?;
        Ok(Some((execution, diagnostics)))
    }

    /// How many pages run at once.
    pub(crate) fn jobs(&self) -> usize {
        self.config.parallel()
    }

    fn execute(
        &self,
        engine: &Engine,
        conditions: Conditions,
        page: &Page,
        session: &Session,
        artefacts: &BTreeMap<String, String>,
    ) -> anyhow::Result<Executed> {
        let mut loads = BTreeMap::new();
        for (name, _) in &session.loads {
            let hash = artefacts.get(name).ok_or_else(|| anyhow!("the artefact `{name}` is not there yet"))?;
            loads.insert(name.clone(), self.artefact(hash).with_context(|| format!("reading the artefact `{name}`"))?);
        }
        let saves: BTreeSet<String> = session.saves.iter().map(|(name, _)| name.clone()).collect();
        let states = States::new(page, &session.live, self.config.caps());
        let mut world = PageWorld::new(self.root.join(&self.config.data), loads, saves, states);
        let mut outcomes = Vec::new();
        for planned in &session.programs {
            let purpose = match planned.role {
                Role::Page | Role::Alone(_) => Purpose::Run {
                    seed: session.seed.unwrap_or(self.config.seed),
                    limits: self.config.limits(session.timeout),
                },
                Role::CompileFail(_) | Role::NoRun(_) => Purpose::Check,
            };
            let opt = session.opt.unwrap_or(self.config.opt);
            let unit = Unit { file: page.path.clone(), text: planned.program.text.clone(), opt, purpose };
            world.answer_to(&planned.program);
            outcomes.push(engine.run_under(conditions, &unit, &mut world)?);
        }
        let Taken { reads, saved, seen } = world.finish();
        let limits = self.config.limits(session.timeout);
        let (mut execution, mut diagnostics) = assemble(page, session, &outcomes, &seen, &limits);
        if !diagnostic::has_errors(&diagnostics) {
            diagnostics.extend(
                session.saves.iter().filter(|(name, _)| !saved.iter().any(|(saved, _)| saved == name)).map(
                    |(name, range)| {
                        let place = Place::new(&page.path, range.clone());
                        Diagnostic::error("artefact-unsaved", format!("the artefact `{name}` was never saved"), place)
                            .help("the call was not reached; save it on every way through the page")
                    },
                ),
            );
        }
        execution.reads = reads;
        execution.saved =
            saved.iter().map(|(name, bytes)| (name.clone(), Key::of(&[("artefact", bytes)]).to_string())).collect();
        Ok(Executed { execution, saved, diagnostics })
    }

    /// The engine; built when the first page needs it. `None` when the teaching crate does not compile.
    fn engine(&self, listener: &Listener<'_>) -> anyhow::Result<Option<&Engine>> {
        let building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if self.engine.get().is_none() {
            let step = |step: &str| listener(Progress::Library(step.to_owned()));
            let built = self.library.build(&self.toolchain, &self.fingerprint, &step)?;
            let engine = built.map(|built| Engine::new(self.toolchain.clone(), built, self.launcher.clone()));
            drop(self.engine.set(engine));
        }
        drop(building);
        Ok(self.engine.get().and_then(|engine| engine.as_ref().ok()))
    }
}

fn not_saved(page: &Page, name: &str, range: &std::ops::Range<usize>) -> Diagnostic {
    let place = Place::new(&page.path, range.clone());
    Diagnostic::error("artefact-missing", format!("the artefact `{name}` could not be made"), place)
        .help("mend the page that saves it first; this page was not run")
}
