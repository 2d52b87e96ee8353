//! The sandbox: the engine starts its own binary again, which takes rights away from itself and becomes the program.
//!
//! What is taken away, and by what: files outside the policy by Landlock; network, processes and signals by seccomp; time, memory
//! and file size by resource limits; on Linux also root's capabilities. What a system lacks is found out before anything runs, said in
//! every build, and part of every key; a launcher that lacks more than that refuses to become the program.

#[cfg(target_os = "linux")]
mod files;
mod lack;
#[cfg(unix)]
mod limits;
#[cfg(target_os = "linux")]
mod syscalls;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

pub use lack::Lack;

/// The word that makes a binary a launcher.
const WORD: &str = "sandbox-exec";
/// The exit code of a launcher that could not become the program.
const FAILED: i32 = 125;

/// What a program may do. A launcher reads it from its command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    /// Files and folders to read and execute.
    pub(super) read: Vec<PathBuf>,
    /// Files and folders to write as well.
    pub(super) write: Vec<PathBuf>,
    /// Whether it may start others.
    pub(super) processes: Processes,
    /// The process that asks: a launcher whose parent is another has been left behind.
    pub(super) engine: Option<u32>,
    /// Processor time in seconds.
    pub(super) cpu: Option<u64>,
    /// Bytes of memory.
    pub(super) memory: Option<u64>,
    /// Bytes of any one file.
    pub(super) file: Option<u64>,
    /// How many processors it may see; all when none is said.
    pub(super) processors: Option<usize>,
    /// The parts of the sandbox that it may do without.
    pub(super) lacking: Vec<Lack>,
}

/// The processes of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Processes {
    /// One process with its threads: a page program.
    #[default]
    One,
    /// Copies of itself besides, which it makes and waits for: a trunk with branches.
    Copies,
    /// Others too: a compiler has a linker.
    Many,
}

/// Becomes a launcher when the command line says so; the first thing in `main` of every binary that is given to
/// [`Rustc::new`](super::Rustc::new).
pub fn main_if_asked() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|word| word != WORD) {
        return;
    }
    let said = launch(arguments).and_then(|lacking| serde_json::to_string(&lacking).context("saying what is lacking"));
    match said {
        Ok(lacking) => print!("{lacking}"),
        Err(error) => {
            eprintln!("{WORD}: {error:#}");
            std::process::exit(FAILED);
        }
    }
    std::process::exit(0);
}

/// A command that runs `program` under `policy`.
pub(super) fn command(launcher: &Path, policy: &Policy, program: &Path) -> anyhow::Result<Command> {
    if cfg!(not(unix)) {
        return Ok(Command::new(program));
    }
    let mut command = Command::new(launcher);
    command.arg(WORD).arg(serde_json::to_string(policy).context("naming what a program may do")?).arg(program);
    Ok(command)
}

/// Why a launcher could not become the program, when that is what its exit code and its words say.
pub(super) fn failure(code: Option<i32>, said: &[u8]) -> Option<String> {
    let said = String::from_utf8_lossy(said);
    (code == Some(FAILED) && said.starts_with(WORD)).then(|| said.trim_end().to_owned())
}

/// The parts of the sandbox that this system lacks.
pub fn lacking(launcher: &Path) -> anyhow::Result<Vec<Lack>> {
    if cfg!(not(unix)) {
        return Ok(vec![Lack::Everything]);
    }
    let output = Command::new(launcher).arg(WORD).output().context("starting a launcher")?;
    if let Some(failure) = failure(output.status.code(), &output.stderr) {
        bail!(failure);
    }
    let mut lacking: Vec<Lack> = serde_json::from_slice(&output.stdout).context("reading what a launcher says")?;
    if cfg!(target_os = "linux") && super::group::threads(std::process::id()).is_none() {
        lacking.push(Lack::Counting);
    }
    Ok(lacking)
}

/// Restricts this process and becomes the program; without one, says what is lacking.
fn launch(mut arguments: impl Iterator<Item = OsString>) -> anyhow::Result<Vec<Lack>> {
    let Some(policy) = arguments.next() else { return restrict(&Policy::default()) };
    let policy = policy.to_str().context("a policy is text")?;
    let policy: Policy = serde_json::from_str(policy).context("reading a policy")?;
    let program = arguments.next().context("no program is named")?;
    let lacking = restrict(&policy)?;
    // What the program gives is kept as given under what was found out before.
    if let Some(lack) = lacking.iter().find(|lack| !policy.lacking.contains(lack)) {
        bail!("the sandbox became weaker meanwhile: {lack}");
    }
    Err(exec(Command::new(&program).args(arguments))).with_context(|| format!("starting {}", program.display()))
}

#[cfg(unix)]
fn exec(command: &mut Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

#[cfg(not(unix))]
fn exec(_: &mut Command) -> std::io::Error {
    std::io::ErrorKind::Unsupported.into()
}

#[cfg(target_os = "linux")]
fn restrict(policy: &Policy) -> anyhow::Result<Vec<Lack>> {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    use rustix::thread::{CapabilitySet, CapabilitySets, capabilities, set_capabilities};
    // A program does not outlive its engine, not even one that died before this line.
    set_parent_process_death_signal(Some(Signal::KILL)).context("tying a program to its engine")?;
    let parent = getppid().map_or(0, |parent| parent.as_raw_nonzero().get().unsigned_abs());
    anyhow::ensure!(policy.engine.is_none_or(|engine| engine == parent), "the engine is gone");
    limits::set(policy)?;
    if let Some(processors) = policy.processors {
        limits::processors(processors)?;
    }
    // Root builds books of others, in whose folders a compiler must read and write.
    let kept = match policy.processes {
        Processes::One | Processes::Copies => CapabilitySet::empty(),
        Processes::Many => CapabilitySet::DAC_OVERRIDE | CapabilitySet::DAC_READ_SEARCH,
    };
    let kept = capabilities(None).context("reading capabilities")?.permitted & kept;
    set_capabilities(None, CapabilitySets { effective: kept, permitted: kept, inheritable: CapabilitySet::empty() })
        .context("giving up capabilities")?;
    let files = files::restrict(policy)?;
    // The last, because it forbids what the others need.
    let syscalls = syscalls::restrict(policy.processes)?;
    Ok(files.into_iter().chain(syscalls).collect())
}

#[cfg(all(unix, not(target_os = "linux")))]
fn restrict(policy: &Policy) -> anyhow::Result<Vec<Lack>> {
    limits::set(policy)?;
    Ok(vec![Lack::Files, Lack::Calls])
}

#[cfg(not(unix))]
fn restrict(_: &Policy) -> anyhow::Result<Vec<Lack>> {
    bail!("there is no sandbox on this system")
}
