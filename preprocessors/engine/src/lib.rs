//! The engine: compiles units, runs them in a sandbox, and gives back what happened.
//!
//! [`Rustc`] is the real one. [`fake::Fake`] compiles nothing; it is for tests of those who use an engine.

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
