//! Compiling one unit with the real rustc.

use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail, ensure};

use super::build::remap;
use super::sandbox::{self, Company, Policy};
use super::scratch::Scratch;
use super::{Engine, Message, Purpose, Unit, group, inputs, message};
use crate::store::Key;

/// What every unit is compiled with: a part of every page's key. An answer must not depend on the optimisation level, so checks are on at each; cells share
/// names across a page, so what one of them does not use is no mistake; `X` is a matrix and `α` may be Cyrillic.
pub const FLAGS: [&str; 9] = [
    "--edition=2024",
    "-Coverflow-checks=on",
    "-Cdebug-assertions=on",
    "-Cdebuginfo=0",
    "-Cstrip=debuginfo",
    "-Ccodegen-units=1",
    "-Aunused",
    "-Anon_snake_case",
    "-Amixed_script_confusables",
];

/// Processor seconds of the compiler, for code that never ends while it is compiled.
const CPU: u64 = 120;

/// What the compiler gave.
pub(super) struct Compiled {
    /// What it said.
    pub(super) messages: Vec<Message>,
    /// The program, when it was wanted and there are no errors.
    pub(super) program: Option<PathBuf>,
}

/// Compiles a unit in `scratch`.
pub(super) fn compile(engine: &Engine, unit: &Unit, scratch: &Scratch) -> anyhow::Result<Compiled> {
    let inside = Path::new(&unit.file).components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(inside, "`{}` is not a path inside the book", unit.file);
    // The compiler calls a file as it is named on its command line: the page's own path, below a folder of its own.
    let folder = scratch.folder("unit")?;
    let source = folder.join(&unit.file);
    std::fs::create_dir_all(source.parent().context("a page without a folder")?)?;
    std::fs::write(&source, &unit.text).with_context(|| format!("writing {}", source.display()))?;
    let target = scratch.folder("target")?;
    let output = command(engine, unit, &folder, &target)?.output().context("starting rustc")?;
    if let Some(failure) = sandbox::failure(output.status.code(), &output.stderr) {
        bail!(failure);
    }
    ensure!(engine.library.is_current(), "the teaching crate was built anew meanwhile; build again");
    let said = String::from_utf8(output.stderr).context("reading rustc's messages")?;
    if group::is_out_of_time(output.status) {
        let text = format!("the compiler needs more than {CPU} s for this page");
        return Ok(Compiled { messages: vec![message::error("endless-compilation", text, Vec::new())], program: None });
    }
    let mut messages = message::parse(&said, unit)?;
    let failed = messages.iter().any(message::is_error);
    match output.status.code() {
        Some(0) => messages.extend(inputs::undeclared(&target.join("page.d"), unit)?),
        Some(1) if failed => {}
        _ => bail!("rustc ended with {}:\n{said}", output.status),
    }
    if let Some(message) = messages.iter().find(|message| is_ours(message)) {
        bail!("{}\n{}", message.text, message.children.iter().map(|child| &*child.text).collect::<Vec<_>>().join("\n"));
    }
    let wanted = matches!(unit.purpose, Purpose::Run { .. }) && !messages.iter().any(message::is_error);
    let program = target.join(format!("page{}", std::env::consts::EXE_SUFFIX));
    Ok(Compiled { messages, program: wanted.then_some(program) })
}

fn command(engine: &Engine, unit: &Unit, folder: &Path, target: &Path) -> anyhow::Result<Command> {
    let Engine { toolchain, library, launcher, .. } = engine;
    let kept = kept(engine, unit);
    let policy = policy(engine, folder, [target, Path::new("/dev/null")].into_iter().chain(kept.as_deref()));
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
        // With more units than one, less is done again.
        command.arg("-C").arg(format!("incremental={}", kept.display())).arg("-Ccodegen-units=16");
    }
    command.stdin(Stdio::null());
    Ok(command)
}

/// The folder with what the compiler keeps of the page. A page that is compiled for the second time is being written: then it is
/// there, and from the third time on a change is compiled two to three times faster; the first time it would only cost.
fn kept(engine: &Engine, unit: &Unit) -> Option<PathBuf> {
    if unit.purpose == Purpose::Check {
        return None;
    }
    let key = Key::of(&[("file", unit.file.as_bytes()), ("opt", &[unit.opt])]).to_string();
    let folder = engine.library.incremental.join(&key[..16]);
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

fn policy<'a>(engine: &Engine, folder: &Path, write: impl Iterator<Item = &'a Path>) -> Policy {
    let Engine { toolchain, library, .. } = engine;
    let mut read: Vec<PathBuf> = vec![toolchain.sysroot.clone(), folder.to_owned()];
    read.extend(library.crates.iter().map(|(_, file)| file.clone()));
    read.extend(library.dependencies.iter().cloned());
    read.extend(library.native.iter().map(|folder| super::build::native_folder(folder)));
    read.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    const SYSTEM: [&str; 9] =
        ["/bin", "/lib", "/lib32", "/lib64", "/usr", "/nix/store", "/gnu/store", "/etc/ld.so.cache", "/dev/urandom"];
    read.extend(SYSTEM.map(PathBuf::from));
    Policy {
        read,
        write: write.map(Path::to_owned).collect(),
        company: Company::Several,
        cpu: Some(CPU),
        ..Policy::default()
    }
}

/// Trouble with the linker or the disk is the machine's, not the page's.
fn is_ours(message: &Message) -> bool {
    const OURS: [&str; 7] = [
        "linking with ",
        "linker ",
        "couldn't create ",
        "could not write ",
        "failed to write ",
        "failed to create ",
        "error writing ",
    ];
    let nowhere = message.spans.is_empty() && message.code.is_empty();
    message::is_error(message) && nowhere && OURS.iter().any(|words| message.text.starts_with(words))
}
