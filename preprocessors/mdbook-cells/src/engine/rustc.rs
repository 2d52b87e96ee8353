//! Compiling one unit with the real rustc.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::build::remap;
use super::{Engine, Message, Purpose, Unit, message};

/// What the compiler gave.
pub(super) struct Compiled {
    /// What it said.
    pub(super) messages: Vec<Message>,
    /// The program, when it was wanted and there are no errors.
    pub(super) program: Option<PathBuf>,
}

pub(super) fn compile(engine: &Engine, unit: &Unit, scratch: &Path) -> anyhow::Result<Compiled> {
    // The compiler calls a file as it is named on its command line: the page's own path, below the scratch folder.
    let source = scratch.join("unit").join(&unit.file);
    std::fs::create_dir_all(source.parent().context("a page without a folder")?)?;
    std::fs::write(&source, &unit.text).with_context(|| format!("writing {}", source.display()))?;
    let program = scratch.join("program");
    let output = command(engine, unit, scratch, &program).output().context("starting rustc")?;
    let said = String::from_utf8(output.stderr).context("reading rustc's messages")?;
    let messages = message::parse(&said, unit)?;
    let failed = messages.iter().any(|message| message.level.starts_with("error"));
    match output.status.code() {
        Some(0) => Ok(Compiled { messages, program: matches!(unit.purpose, Purpose::Run { .. }).then_some(program) }),
        Some(1) if failed => Ok(Compiled { messages, program: None }),
        _ => bail!("rustc ended with {}:\n{said}", output.status),
    }
}

fn command(engine: &Engine, unit: &Unit, scratch: &Path, program: &Path) -> Command {
    let Engine { toolchain, library, .. } = engine;
    let mut command = Command::new(toolchain.rustc());
    command.arg(&unit.file).current_dir(scratch.join("unit")).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("TMPDIR", scratch).env("LANG", "C.UTF-8");
    command.args(["--crate-name", "page", "--crate-type", "bin", "--edition", "2024", "--error-format", "json"]);
    match unit.purpose {
        Purpose::Run { .. } => command.arg("--emit=link"),
        Purpose::Check => command.arg("--emit=metadata"),
    };
    command.arg("-o").arg(program);
    command.arg(format!("-Copt-level={}", unit.opt)).args(FLAGS);
    command.args(library.hidden.iter().map(remap)).arg(remap(&(scratch.join("unit"), String::new())));
    for (name, path) in &library.crates {
        command.arg("--extern").arg(format!("{name}={}", path.display()));
    }
    for folder in &library.dependencies {
        command.arg("-L").arg(format!("dependency={}", folder.display()));
    }
    for folder in &library.native {
        command.arg("-L").arg(folder);
    }
    command.stdin(Stdio::null());
    command
}

/// What every unit is compiled with; an answer must not depend on the optimisation level.
const FLAGS: [&str; 5] =
    ["-Coverflow-checks=on", "-Cdebug-assertions=on", "-Cdebuginfo=0", "-Ccodegen-units=1", "-Aunused"];
