//! The engine with the real compiler: cargo builds the library when the first unit needs it, each unit has a process and a folder.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context as _, bail};

use super::scratch::{self, Scratch};
use super::{
    Branches, Broken, Built, Compiled, CompilerLimits, Conditions, Engine, Environment, FLAGS, Fingerprint, Lack,
    Library, Limits, Note, Outcome, Program, Purpose, Run, Toolchain, Unit, World, compile, process, sandbox,
};

/// The engine with the real compiler and the real sandbox.
pub struct Rustc {
    library: Library,
    fingerprint: Fingerprint,
    /// As far as it is known before the library is built.
    before: Environment,
    environment: OnceLock<Environment>,
    tools: OnceLock<Result<Tools, Broken>>,
    /// What units are compiled with that branch.
    branching: OnceLock<Tools>,
    building: Mutex<()>,
    toolchain: Toolchain,
    launcher: PathBuf,
    limits: CompilerLimits,
}

/// All that units are compiled and run with.
#[derive(Clone)]
pub(super) struct Tools {
    pub(super) toolchain: Toolchain,
    pub(super) library: Built,
    pub(super) launcher: PathBuf,
    pub(super) compiler: CompilerLimits,
    pub(super) lacking: Vec<Lack>,
}

impl Rustc {
    /// An engine whose units use `library`. `launcher` is a program whose `main` begins with
    /// [`main_if_asked`](super::main_if_asked).
    pub fn new(library: Library, launcher: PathBuf) -> anyhow::Result<Self> {
        let toolchain = Toolchain::find(&library.book)?;
        let fingerprint = library.fingerprint(&toolchain)?;
        let before = Environment {
            compiler: toolchain.version.clone(),
            flags: FLAGS.join(" "),
            library: fingerprint.files.clone(),
            lacking: sandbox::lacking(&launcher)?,
        };
        let (environment, tools, branching) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let building = Mutex::new(());
        let limits = CompilerLimits::default();
        Ok(Self { library, fingerprint, before, environment, tools, branching, building, toolchain, launcher, limits })
    }

    /// The engine with other limits for the compiler, as long as nothing has been compiled.
    #[must_use]
    pub fn within(self, limits: CompilerLimits) -> Self {
        Self { limits, ..self }
    }

    /// What units are compiled with, when the library has been built.
    fn built(&self) -> anyhow::Result<&Tools> {
        match self.tools(&|_| {})? {
            Ok(tools) => Ok(tools),
            Err(Broken(said)) => bail!("the crate `{}` does not compile:\n{said}", self.library.package),
        }
    }

    /// What units are compiled with that branch: the crate that they need for it is built apart.
    fn branching(&self) -> anyhow::Result<&Tools> {
        let tools = self.built()?;
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tools) = self.branching.get() {
            return Ok(tools);
        }
        let apart = self.library.for_branches()?;
        let fingerprint = apart.fingerprint(&self.toolchain)?;
        let built = match apart.build(&self.toolchain, &fingerprint, &|_| {})? {
            Ok(built) => built,
            Err(Broken(said)) => bail!("the crate `{}` does not compile:\n{said}", super::FORK.0),
        };
        let library = tools.library.clone().with(&built);
        Ok(self.branching.get_or_init(|| Tools { library, ..tools.clone() }))
    }

    fn tools(&self, progress: &dyn Fn(&str)) -> anyhow::Result<&Result<Tools, Broken>> {
        // Whoever comes second waits for the library instead of building it too.
        let _building = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tools) = self.tools.get() {
            return Ok(tools);
        }
        let built = self.library.build(&self.toolchain, &self.fingerprint, progress)?;
        if let Ok(built) = &built {
            // What was known before may have come from elsewhere; what has been built says it itself.
            let found = Fingerprint::found(&self.library, &self.toolchain, &built.taken)?;
            let environment = Environment { library: found.files, ..self.before.clone() };
            self.environment.get_or_init(|| environment);
        }
        scratch::sweep();
        Ok(self.tools.get_or_init(|| {
            Ok(Tools {
                toolchain: self.toolchain.clone(),
                library: built?,
                launcher: self.launcher.clone(),
                compiler: self.limits.clone(),
                lacking: self.before.lacking.clone(),
            })
        }))
    }
}

impl Engine for Rustc {
    fn environment(&self) -> &Environment {
        self.environment.get().unwrap_or(&self.before)
    }

    fn notes(&self) -> anyhow::Result<Vec<Note>> {
        self.library.notes(&self.toolchain)
    }

    fn prepare(&self, progress: &dyn Fn(&str)) -> anyhow::Result<Result<(), Broken>> {
        Ok(self.tools(progress)?.as_ref().map(|_| ()).map_err(Clone::clone))
    }

    fn run(&self, unit: &Unit, conditions: Conditions, world: &mut dyn World) -> anyhow::Result<Outcome> {
        let tools = self.built()?;
        let scratch = Scratch::create()?;
        let compiled = compile::compile(tools, unit, conditions, &scratch);
        let compiled = compiled.with_context(|| format!("compiling {}", unit.file))?;
        let run = match (&unit.purpose, compiled.program) {
            (Purpose::Run { seed, limits }, Some(program)) => {
                let task =
                    process::Task { program: &program, seed: *seed, language: &unit.language, limits, conditions };
                let run = process::run(tools, &task, &scratch, process::Asked::World(world));
                Some(run.with_context(|| format!("running {}", unit.file))?)
            }
            _ => None,
        };
        scratch.remove()?;
        Ok(Outcome { messages: compiled.messages, run })
    }

    fn compile<'a>(&'a self, unit: &'a Unit) -> anyhow::Result<Compiled<'a>> {
        compile_with(self.built()?, unit)
    }

    fn compile_branching<'a>(&'a self, unit: &'a Unit) -> anyhow::Result<Compiled<'a>> {
        compile_with(self.branching()?, unit)
    }
}

fn compile_with<'a>(tools: &'a Tools, unit: &'a Unit) -> anyhow::Result<Compiled<'a>> {
    let scratch = Scratch::create()?;
    let compiled = compile::compile(tools, unit, Conditions::Usual, &scratch);
    let compile::Compiled { messages, program } = compiled.with_context(|| format!("compiling {}", unit.file))?;
    let program = match (&unit.purpose, program) {
        (Purpose::Run { seed, .. }, Some(path)) => {
            Some(Box::new(Kept { tools, unit, seed: *seed, path, _scratch: scratch }) as _)
        }
        _ => {
            scratch.remove()?;
            None
        }
    };
    Ok(Compiled { messages, program })
}

/// A program that stays until nobody runs it any more.
struct Kept<'a> {
    tools: &'a Tools,
    unit: &'a Unit,
    seed: u64,
    path: PathBuf,
    /// Where it lies.
    _scratch: Scratch,
}

impl Program for Kept<'_> {
    fn run(&self, limits: &Limits, world: &mut dyn World) -> anyhow::Result<Run> {
        self.asking(limits, process::Asked::World(world))
    }

    fn branch(&self, limits: &Limits, branches: &mut dyn Branches) -> anyhow::Result<Run> {
        self.asking(limits, process::Asked::Branches(branches))
    }
}

impl Kept<'_> {
    fn asking(&self, limits: &Limits, asked: process::Asked<'_>) -> anyhow::Result<Run> {
        let scratch = Scratch::create()?;
        let language = &self.unit.language;
        let conditions = Conditions::Usual;
        let task = process::Task { program: &self.path, seed: self.seed, language, limits, conditions };
        let run = process::run(self.tools, &task, &scratch, asked);
        let run = run.with_context(|| format!("running {}", self.unit.file))?;
        scratch.remove()?;
        Ok(run)
    }
}
