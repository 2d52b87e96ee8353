//! The engine: compiles units, runs them in a sandbox, and gives back what happened.
//!
//! [`Rustc`] is the real one. [`fake::Fake`] compiles nothing; it is for tests of those who use an engine.
//!
//! # How it works
//!
//! - **Names.** A unit is written to `SCRATCH/unit/src/a.md` and compiled from `SCRATCH/unit`, so rustc itself calls it
//!   `src/a.md`; the book, cargo's home and the standard library are remapped, so no program and no message can name a place
//!   of this machine.
//! - **Inputs.** `env!`, `include_str!`, `#[path]` show in rustc's own list of inputs (`dep-info`) and are errors: what is
//!   not in the key cannot reach a page. Landlock on rustc stops what the list does not know (`.incbin`).
//! - **Streams and frames.** Both standard streams are one file opened for appending; frames come over a socket and carry
//!   that file's length. The head of a frame says how long it is: one that would go beyond the limits (artefacts count as
//!   disk, all else as output) is refused before it is read. Questions (data, artefacts) are answered by the caller's `World`
//!   on the caller's thread. Nothing polls on the happy path: one thread blocks in `accept`/`read`, one in `waitid(WNOWAIT)`,
//!   the watcher in `recv_timeout`; every 20 ms it looks at limits the system has not.
//! - **The compiler** runs in the sandbox too, in a group of its own, within `CompilerLimits`. A page that crashes it, or
//!   that the linker refuses because it names symbols of its own, is the author's mistake; a full disk is not. `plan` reads
//!   Rust by recursion, so it has a thread with a stack for the deepest nesting that 64 KB of code can hold.
//! - **Sandbox.** The engine starts its own binary as `sandbox-exec POLICY PROGRAM`; `engine::main_if_asked` gives rights
//!   away and `exec`s. Files: Landlock (a page sees its program, nine shared libraries, its scratch). Network, processes,
//!   signals: seccomp (a page is one process; a `socket` is a local stream, and `connect` takes an address of one letter, the
//!   engine's). Time, memory, file size: rlimits. Root loses all capabilities. `engine::lacking` finds out what a system
//!   lacks before anything runs: a warning of every build, a part of every key, and the most that a launcher may do without,
//!   so nothing that ran in a weaker sandbox is taken for more. macOS has the limits only, Windows wall time and output only.
//! - **Left behind:** a program dies with its engine (the launcher also looks whether its parent is still the one that
//!   asked); open files that lie in no folder count as scratch; a scratch folder is removed by bringing each folder to the
//!   top, so neither depth nor locks keep it; those of killed builds go with the next engine.
//! - **Conditions.** `Conditions::Other` is `check --twice`: other folder, environment and processors, no incremental state,
//!   libm without FMA; `twice` compares executions part by part, and leaves out `Output::Timing`, whose time no program ever
//!   learns.
//! - **Not enforced:** Landlock before ABI 9 cannot refuse `connect` to a path (the one-letter rule stands in for it);
//!   RLIMIT_NPROC counts per user, so threads are counted by looking; memory is what is asked for (`RLIMIT_DATA`), not what
//!   is touched.
//! - **The library.** `Fingerprint` reads sources, the manifest's shared parts they use and the locked versions they need, of
//!   the packages in folders that cargo itself names (`packages`: also those of `[patch]` and `[replace]`; `cargo metadata`
//!   is asked once for the same manifests). What a crate takes in from elsewhere (`include_str!`, `#[path]`, `env!`, what
//!   build scripts say they look at) stands in rustc's and cargo's own lists and is known when it has been built: `taken`
//!   keeps it in the store under the fingerprint it was found with, and what is found for the first time is part of what is
//!   kept. `Library::build` asks cargo only when fingerprint, compiler or built files are not those remembered in
//!   `.book/local`; a crate that changes between fingerprint and link stops the build instead of giving a wrong key.
//! - **Levels.** `[profile.cells]`: the crate at opt 1 (it exports the generics it instantiates; pinned by a test), hot
//!   leaves at opt 3. A page that is compiled a second time keeps rustc's incremental state in `.book/local/incremental`:
//!   from then on an edit costs 0.2 s instead of 0.5 s.

mod branch;
mod build;
mod compile;
mod environment;
pub mod fake;
mod fingerprint;
mod group;
mod inputs;
mod listen;
mod local;
mod locked;
mod message;
mod note;
mod outcome;
mod packages;
mod paths;
mod process;
mod profile;
mod rustc;
mod sandbox;
mod scratch;
mod taken;
mod toolchain;
mod unit;
mod wanted;
mod world;

use std::collections::BTreeMap;

pub use branch::{Branches, FORK, Next, ON, STOP};
pub use build::{Broken, Built, Library, Names};
pub use compile::{CompilerLimits, FLAGS};
pub use fingerprint::Fingerprint;
pub use note::{Adopted, Note};
pub use outcome::{End, Limit, Message, MessageSpan, Outcome, Run};
pub use rustc::Rustc;
pub use sandbox::{Lack, lacking, main_if_asked};
pub use toolchain::Toolchain;
pub use unit::{Conditions, Limits, Purpose, Unit};
pub use wanted::{Carried, Wanted};
pub use world::World;

/// The part of this crate that decides what is made of a unit's text, of the compiler's words and of a program's frames: part of every
/// page's key, so that a change is never forgotten.
pub const SOURCES: [&str; 3] = [include_str!("compile.rs"), include_str!("message.rs"), include_str!("process.rs")];

/// What compiles and runs units. They may run side by side.
pub trait Engine: Sync {
    /// What every outcome follows from, besides the unit and the world. Something that a library takes in may be found only when it is
    /// built: what is kept is kept under what this says afterwards.
    fn environment(&self) -> &Environment;

    /// What was found out by building the library, and what every outcome follows from besides its sources.
    fn notes(&self) -> anyhow::Result<Vec<Note>> {
        Ok(Vec::new())
    }

    /// Builds the library that units are compiled against, unless it is there; `progress` is told each step.
    fn prepare(&self, progress: &dyn Fn(&str)) -> anyhow::Result<Result<(), Broken>>;

    /// Compiles a unit and, when that is its purpose, runs it; the library is there.
    fn run(&self, unit: &Unit, conditions: Conditions, world: &mut dyn World) -> anyhow::Result<Outcome>;

    /// Compiles a unit that is run many times, as it is run in every build.
    fn compile<'a>(&'a self, unit: &'a Unit) -> anyhow::Result<Compiled<'a>>;

    /// Compiles a unit that may name the crate [`FORK`], so that it can be run by [`Program::branch`].
    fn compile_branching<'a>(&'a self, unit: &'a Unit) -> anyhow::Result<Compiled<'a>> {
        anyhow::bail!("programs of this engine do not branch: {}", unit.file)
    }
}

/// A unit that was compiled.
pub struct Compiled<'a> {
    /// What the compiler said, in its order.
    pub messages: Vec<Message>,
    /// The program; `None` when it did not compile or was not to be run.
    pub program: Option<Box<dyn Program + 'a>>,
}

/// A compiled program. It may run several times at once, each time in a world and a folder of its own.
pub trait Program: Sync {
    /// Runs it within these limits instead of those of its unit.
    fn run(&self, limits: &Limits, world: &mut dyn World) -> anyhow::Result<Run>;

    /// Runs it as a trunk with branches; the run is the trunk's.
    fn branch(&self, _: &Limits, _: &mut dyn Branches) -> anyhow::Result<Run> {
        anyhow::bail!("programs of this engine do not branch")
    }
}

/// What every outcome of an engine follows from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// What `rustc -vV` says.
    pub compiler: String,
    /// What it is told besides what units choose.
    pub flags: String,
    /// Hashes of all that the library is made of, by path.
    pub library: BTreeMap<String, String>,
    /// The parts of the sandbox that programs are run without.
    pub lacking: Vec<Lack>,
}
