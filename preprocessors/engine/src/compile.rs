//! Compiling one unit with the real rustc.

use std::path::{Component, Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use store::Key;

use super::build::remap;
use super::group::{self, Said};
use super::rustc::Tools;
use super::sandbox::{self, Policy, Processes};
use super::scratch::Scratch;
use super::{Conditions, Limit, Message, Purpose, Unit, inputs, message};

/// The compiler computes `exp(2.0)` itself, with the C library of the machine it runs on, whose last digits are its own.
pub(crate) const UNFOLDED: &str = "-Cllvm-args=-disable-fp-call-folding";

/// What every unit is compiled with: a part of every page's key. An answer must not depend on the optimisation level, so checks are on at each; cells share
/// names across a page, so what one of them does not use is no mistake; `X` is a matrix and `α` may be Cyrillic.
pub const FLAGS: [&str; 10] = [
    "--edition=2024",
    UNFOLDED,
    "-Coverflow-checks=on",
    "-Cdebug-assertions=on",
    "-Cdebuginfo=0",
    "-Cstrip=debuginfo",
    "-Ccodegen-units=1",
    "-Aunused",
    "-Anon_snake_case",
    "-Amixed_script_confusables",
];

/// When the compiler is stopped, for code that has no end while it is compiled. Times but the first, memory and files are those of
/// each of its processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompilerLimits {
    /// Wall-clock time of all.
    pub wall: Duration,
    /// Processor time in seconds.
    pub cpu: u64,
    /// Megabytes of memory.
    pub memory: u64,
    /// Megabytes of any one file, the program among them.
    pub file: u64,
    /// Megabytes of messages.
    pub messages: u64,
}

impl Default for CompilerLimits {
    fn default() -> Self {
        Self { wall: Duration::from_secs(600), cpu: 120, memory: 8 << 10, file: 1 << 10, messages: 32 }
    }
}

const MEGABYTE: u64 = 1 << 20;

/// What the compiler gave.
pub(super) struct Compiled {
    /// What it said.
    pub(super) messages: Vec<Message>,
    /// The program, when it was wanted and there are no errors.
    pub(super) program: Option<PathBuf>,
}

/// Compiles a unit in `scratch`.
pub(super) fn compile(
    tools: &Tools,
    unit: &Unit,
    conditions: Conditions,
    scratch: &Scratch,
) -> anyhow::Result<Compiled> {
    let inside = Path::new(&unit.file).components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(inside, "`{}` is not a path inside the book", unit.file);
    // The compiler calls a file as it is named on its command line: the page's own path, below a folder of its own.
    let folder = scratch.folder(match conditions {
        Conditions::Usual => "unit",
        Conditions::Other => "another folder/unit",
    })?;
    let source = folder.join(&unit.file);
    std::fs::create_dir_all(source.parent().context("a page without a folder")?)?;
    std::fs::write(&source, &unit.text).with_context(|| format!("writing {}", source.display()))?;
    let target = scratch.folder("target")?;
    let limits = &tools.compiler;
    let Said { bytes, status, limit } = group::listen(
        &mut command(tools, unit, conditions, [&folder, &target])?,
        limits.wall,
        limits.messages * MEGABYTE,
    )
    .context("starting rustc")?;
    if let Some(failure) = sandbox::failure(status.code(), &bytes) {
        bail!(failure);
    }
    ensure!(tools.library.is_current(), "the library was built anew meanwhile; build again");
    let said = String::from_utf8_lossy(&bytes);
    if let Some(text) = breach(status, limit, limits, &said) {
        return Ok(Compiled { messages: vec![message::error("endless-compilation", text, Vec::new())], program: None });
    }
    let mut messages = message::parse(&said, unit)?;
    let undeclared = inputs::undeclared(&target.join("page.d"), unit)?;
    if !undeclared.is_empty() {
        // What the compiler says may quote what it read: nothing of it may be shown.
        return Ok(Compiled { messages: undeclared, program: None });
    }
    let is_usual = match status.code() {
        Some(0) => true,
        Some(1) => messages.iter().any(message::is_error),
        _ => false,
    };
    if !is_usual {
        // What it maps of a file on a full disk is a bus error.
        ensure!(!is_of_machine(&said) && !group::is_bus_error(status), "rustc ended with {status}:\n{said}");
        let mut crash =
            message::error("compiler-crash", format!("the compiler crashes on this page ({status})"), Vec::new());
        crash.children = messages.into_iter().filter(message::is_error).collect();
        return Ok(Compiled { messages: vec![crash], program: None });
    }
    if let Some(message) = messages.iter().find(|message| is_ours(message, unit)) {
        bail!("{}\n{}", message.text, message.children.iter().map(|child| &*child.text).collect::<Vec<_>>().join("\n"));
    }
    messages.iter_mut().filter(|message| is_linking(message)).for_each(shorten);
    let wanted = matches!(unit.purpose, Purpose::Run { .. }) && !messages.iter().any(message::is_error);
    let program = target.join(format!("page{}", std::env::consts::EXE_SUFFIX));
    Ok(Compiled { messages, program: wanted.then_some(program) })
}

fn command(
    tools: &Tools,
    unit: &Unit,
    conditions: Conditions,
    [folder, target]: [&Path; 2],
) -> anyhow::Result<Command> {
    let Tools { toolchain, library, launcher, .. } = tools;
    let kept = match conditions {
        Conditions::Usual => kept(tools, unit),
        Conditions::Other => None,
    };
    let policy = policy(tools, folder, [target, Path::new("/dev/null")].into_iter().chain(kept.as_deref()));
    let mut command = sandbox::command(launcher, &policy, &toolchain.rustc())?;
    command.arg(&unit.file).current_dir(folder).env_clear().env("TMPDIR", target);
    for name in ENVIRONMENT {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.args(["--crate-name=page", "--crate-type=bin", "--error-format=json"]).arg("--out-dir").arg(target);
    command.arg(match unit.purpose {
        Purpose::Run { .. } => "--emit=dep-info,link",
        Purpose::Check => "--emit=dep-info,metadata",
    });
    command.arg(format!("-Copt-level={}", unit.opt)).args(FLAGS);
    command.args(library.hidden.iter().map(remap)).arg(remap(&(folder.to_owned(), String::new())));
    command.args(library.arguments());
    if let Some(kept) = kept {
        // With more units than one, less is done again. Their own link-time optimisation stays on: without it a page that computes
        // runs four times slower.
        command.arg("-C").arg(format!("incremental={}", kept.display())).arg("-Ccodegen-units=16");
    }
    Ok(command)
}

/// The folder with what the compiler keeps of the page. A page that is compiled for the second time is being written: then it is
/// there, and from the third time on a change is compiled two to three times faster; the first time it would only cost.
fn kept(tools: &Tools, unit: &Unit) -> Option<PathBuf> {
    if unit.purpose == Purpose::Check {
        return None;
    }
    let key = Key::of(&[("file", unit.file.as_bytes()), ("opt", &[unit.opt])]).to_string();
    let folder = tools.library.incremental.join(&key[..16]);
    if folder.is_dir() {
        return Some(folder);
    }
    // Where it cannot be created, every time is the first.
    let _ = std::fs::create_dir_all(&folder);
    None
}

/// What the compiler needs of our environment, to find a linker: nothing of it may reach a program, see [`inputs`].
const ENVIRONMENT: [&str; 9] =
    ["PATH", "SDKROOT", "DEVELOPER_DIR", "SystemRoot", "TEMP", "LIB", "INCLUDE", "VCINSTALLDIR", "NIX_LDFLAGS"];

fn policy<'a>(tools: &Tools, folder: &Path, write: impl Iterator<Item = &'a Path>) -> Policy {
    let Tools { toolchain, library, .. } = tools;
    let mut read: Vec<PathBuf> = vec![toolchain.sysroot.clone(), folder.to_owned()];
    read.extend(library.crates.iter().map(|(_, file)| file.clone()));
    read.extend(library.dependencies.iter().cloned());
    read.extend(library.native.iter().map(|folder| super::build::native_folder(folder)));
    read.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    const SYSTEM: [&str; 8] =
        ["/bin", "/lib", "/lib32", "/lib64", "/usr", "/nix/store", "/gnu/store", "/etc/ld.so.cache"];
    read.extend(SYSTEM.map(PathBuf::from));
    Policy {
        read,
        write: write.map(Path::to_owned).collect(),
        processes: Processes::Many,
        engine: Some(std::process::id()),
        cpu: Some(tools.compiler.cpu),
        memory: Some(tools.compiler.memory * MEGABYTE),
        file: Some(tools.compiler.file * MEGABYTE),
        processors: None,
        lacking: tools.lacking.clone(),
    }
}

/// What is beyond a limit, in words.
fn breach(status: ExitStatus, limit: Option<Limit>, limits: &CompilerLimits, said: &str) -> Option<String> {
    let needs = match limit {
        Some(Limit::Output) => format!("says more than {} MB about", limits.messages),
        Some(_) => format!("takes longer than {} s for", limits.wall.as_secs()),
        None if group::is_out_of_time(status) => format!("needs more than {} s for", limits.cpu),
        None if status.code().is_none() && said.contains("memory allocation of ") => {
            format!("needs more than {} MB of memory for", limits.memory)
        }
        None if group::is_too_large(status) => format!("writes more than {} MB for", limits.file),
        None => return None,
    };
    Some(format!("the compiler {needs} this page"))
}

/// Trouble with the linker or the disk is the machine's; a page that names symbols by itself may also be the linker's trouble.
fn is_ours(message: &Message, unit: &Unit) -> bool {
    const OURS: [&str; 6] =
        ["linker ", "couldn't create ", "could not write ", "failed to write ", "failed to create ", "error writing "];
    if is_linking(message) {
        let names_symbols = ["unsafe", "asm!", "no_mangle"].iter().any(|word| unit.text.contains(word));
        let mut said = message.children.iter().map(|child| &child.text).chain([&message.text]);
        return !names_symbols || said.any(|said| is_of_machine(said));
    }
    message::is_error(message) && is_nowhere(message) && OURS.iter().any(|words| message.text.starts_with(words))
}

/// Whether words are about a disk, and not about code.
pub(super) fn is_of_machine(said: &str) -> bool {
    const WORDS: [&str; 6] =
        ["No space left", "quota", "Read-only", "cannot open output", "signal: ", "Permission denied"];
    WORDS.iter().any(|words| said.contains(words))
}

fn is_linking(message: &Message) -> bool {
    message::is_error(message) && is_nowhere(message) && message.text.starts_with("linking with ")
}

fn is_nowhere(message: &Message) -> bool {
    message.spans.is_empty() && message.code.is_empty()
}

/// Leaves of a message of the linker's what it says itself: its command line and its object files name places of this machine.
fn shorten(message: &mut Message) {
    message.text = "the page cannot be linked".to_owned();
    message.children.retain(|child| !child.text.contains("\"-o\"") && !child.text.starts_with("some arguments are"));
    for child in &mut message.children {
        let lines = child.text.lines().filter(|line| !line.starts_with(">>>"));
        child.text = lines.collect::<Vec<&str>>().join("\n");
    }
}
