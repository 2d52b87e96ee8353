//! The engine: compiles units of a page, runs them in a sandbox, and gives back what happened.

mod build;
mod compile;
mod fingerprint;
mod group;
mod inputs;
mod listen;
mod local;
mod message;
mod outcome;
mod process;
mod sandbox;
mod scratch;
mod toolchain;
mod unit;
mod world;

use std::path::PathBuf;

use anyhow::Context as _;

pub use build::{Broken, Built, Library};
pub use compile::{CompilerLimits, FLAGS};
pub use fingerprint::Fingerprint;
pub use outcome::{End, Limit, Message, MessageSpan, Outcome, Run};
pub use sandbox::{lacking, main_if_asked};
pub use toolchain::Toolchain;
pub use unit::{Conditions, Limits, Purpose, Unit};
pub use world::World;

/// The part of this crate that decides what is made of a unit's text, of the compiler's words and of a program's frames: part of every
/// page's key, so that a change is never forgotten.
pub const SOURCES: [&str; 3] = [include_str!("compile.rs"), include_str!("message.rs"), include_str!("process.rs")];

/// What compiles and runs units. Units may run in parallel; each has a process and a scratch folder of its own.
pub struct Engine {
    toolchain: Toolchain,
    library: Built,
    launcher: PathBuf,
    compiler: CompilerLimits,
}

impl Engine {
    /// An engine whose programs use `library`. `launcher` is a program whose `main` begins with [`main_if_asked`].
    pub fn new(toolchain: Toolchain, library: Built, launcher: PathBuf) -> Self {
        scratch::sweep();
        Self { toolchain, library, launcher, compiler: CompilerLimits::default() }
    }

    /// The engine with other limits for the compiler.
    #[must_use]
    pub fn within(self, compiler: CompilerLimits) -> Self {
        Self { compiler, ..self }
    }

    /// Compiles a unit and, when that is its purpose, runs it.
    pub fn run(&self, unit: &Unit, world: &mut dyn World) -> anyhow::Result<Outcome> {
        self.run_under(Conditions::Usual, unit, world)
    }

    /// The same under conditions that the outcome must not depend on.
    pub fn run_under(&self, conditions: Conditions, unit: &Unit, world: &mut dyn World) -> anyhow::Result<Outcome> {
        let scratch = scratch::Scratch::create()?;
        let compiled = compile::compile(self, unit, conditions, &scratch);
        let compiled = compiled.with_context(|| format!("compiling {}", unit.file))?;
        let run = match (&unit.purpose, compiled.program) {
            (Purpose::Run { seed, limits }, Some(program)) => {
                let task = process::Task { program: &program, seed: *seed, limits, conditions };
                let run = process::run(self, &task, &scratch, world);
                Some(run.with_context(|| format!("running {}", unit.file))?)
            }
            _ => None,
        };
        scratch.remove()?;
        Ok(Outcome { messages: compiled.messages, run })
    }

    /// What this system cannot keep a program from; to be said once.
    pub fn sandbox_report(&self) -> anyhow::Result<Option<String>> {
        Ok(Some(sandbox::lacking(&self.launcher)?).filter(|lacking| !lacking.is_empty()))
    }
}
