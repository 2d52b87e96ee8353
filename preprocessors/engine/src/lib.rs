//! The engine: compiles units of a page, runs them in a sandbox, and gives back what happened.

mod build;
mod fingerprint;
mod group;
mod inputs;
mod listen;
mod local;
mod message;
mod process;
mod rustc;
mod sandbox;
mod scratch;
mod toolchain;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use kernel::wire::{Frame, Input};

pub use build::{Broken, Built, Library};
pub use fingerprint::Fingerprint;
pub use rustc::{CompilerLimits, FLAGS};
pub use sandbox::{lacking, main_if_asked};
pub use toolchain::Toolchain;

/// The part of this crate that decides what is made of a unit's text, of the compiler's words and of a program's frames: part of every
/// page's key, so that a change is never forgotten.
pub const SOURCES: [&str; 3] = [include_str!("message.rs"), include_str!("process.rs"), include_str!("rustc.rs")];

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
        let compiled = rustc::compile(self, unit, conditions, &scratch);
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

/// One program to compile and perhaps to run. Line n of `text` is line n of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The page as the compiler is told to call it, `src/math/svd.md`.
    pub file: String,
    /// Rust source.
    pub text: String,
    /// Optimisation level, 0 to 3.
    pub opt: u8,
    /// What to do with it.
    pub purpose: Purpose,
}

/// What a unit is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Compile and run.
    Run {
        /// Seed of the random numbers, for `kernel::seed`.
        seed: u64,
        /// When to stop it.
        limits: Limits,
    },
    /// Compile only, as far as errors are found (`compile_fail`, `no_run`, a cell that cannot be parsed).
    Check,
}

/// What surrounds a unit while it is compiled and run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conditions {
    /// What surrounds it in every build.
    #[default]
    Usual,
    /// Other folders, time zone, language and processors, and the C library's mathematics for older ones. Addresses, the seeds of hash
    /// maps and the time are others in every run.
    Other,
}

/// When a program is stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time.
    pub wall: Duration,
    /// Processor time.
    pub cpu: Duration,
    /// Bytes of memory that it may ask for, touched or not.
    pub memory: u64,
    /// Bytes on both standard streams and in frames together.
    pub output: u64,
    /// Threads; other processes it cannot start where the sandbox is whole.
    pub processes: u64,
    /// Bytes of the files in its scratch folder, each alone and all together, and as many of all artefacts that it saves.
    pub disk: u64,
}

/// What happened to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the compiler said, in its order.
    pub messages: Vec<Message>,
    /// The run; `None` when it did not compile or was not to be run.
    pub run: Option<Run>,
}

/// One message of the compiler, with places in the unit's own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `error`, `warning`, `note`, `help`.
    pub level: String,
    /// `E0382`, or a lint's name, or empty.
    pub code: String,
    /// The message.
    pub text: String,
    /// Places in the unit's text (macro expansions already followed out to it).
    pub spans: Vec<MessageSpan>,
    /// Notes and helps below it.
    pub children: Vec<Message>,
}

/// A place in the unit's text: bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSpan {
    /// Byte range in the unit's text.
    pub range: std::ops::Range<usize>,
    /// Whether the compiler calls it the main one.
    pub primary: bool,
    /// Its words.
    pub label: String,
    /// What the compiler suggests to put there, if anything.
    pub replacement: Option<String>,
}

/// What a program did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its frames, in order (of those that were questions only the beginnings of states).
    pub frames: Vec<Frame>,
    /// What it printed to both standard streams, in order.
    pub printed: Vec<u8>,
    /// How it ended.
    pub end: End,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Exit(i32),
    /// By a signal.
    Signal(i32),
    /// It was stopped at a limit.
    Limit(Limit),
    /// It was stopped because what it sent is no frame, for this reason: only a page that reaches around the kernel does that.
    Nonsense(String),
}

/// Which limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Wall-clock time.
    Wall,
    /// Processor time.
    Cpu,
    /// Memory.
    Memory,
    /// Output.
    Output,
    /// Disk.
    Disk,
    /// Processes and threads.
    Processes,
}

/// What a program may ask for while it runs; whoever answers remembers what was asked.
pub trait World {
    /// A file of the book's data, by its path with forward slashes; the error is shown to the author.
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String>;
    /// An artefact of another page.
    fn load(&mut self, name: &str) -> Result<Vec<u8>, String>;
    /// Keeps an artefact of this page.
    fn save(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String>;
    /// Which of its values an input has.
    fn input(&mut self, input: Input) -> Result<u32, String>;
    /// A state of a group of live cells begins; gives the last cell that it wants.
    fn state(&mut self, group: u32) -> u32;
    /// Whether the group has another state.
    fn again(&mut self, group: u32) -> bool;
}
