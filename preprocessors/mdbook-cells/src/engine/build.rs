//! Building the teaching crate with cargo: what page programs are compiled against.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, anyhow, bail};
use serde::Deserialize;

use super::Toolchain;

/// The crate that cells use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Folder of the workspace.
    pub root: PathBuf,
    /// The package.
    pub package: String,
    /// The cargo profile that it is built with.
    pub profile: String,
}

/// Where the built crate lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// What page programs may name: the crate and the kernel.
    pub crates: Vec<(String, PathBuf)>,
    /// Folders with what those depend on.
    pub dependencies: Vec<PathBuf>,
    /// Folders of native libraries, as rustc's `-L` wants them.
    pub native: Vec<String>,
    /// Prefixes of paths that no program may show, and what to call them.
    pub hidden: Vec<(PathBuf, String)>,
}

/// The teaching crate does not compile: what cargo said, in full. A mistake of the book, not ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

impl Library {
    /// Builds the crate; `progress` is told each crate that is compiled on the way.
    pub fn build(&self, toolchain: &Toolchain, progress: &dyn Fn(&str)) -> anyhow::Result<Result<Built, Broken>> {
        let hidden = hidden(&self.root, toolchain);
        let mut child = self.command(toolchain, &hidden).spawn().context("starting cargo")?;
        let stdout = child.stdout.take().context("cargo's standard output")?;
        let stderr = child.stderr.take().context("cargo's standard error")?;
        let (said, produced) = std::thread::scope(|scope| {
            let produced = scope.spawn(move || read(stdout));
            let said = listen(stderr, progress);
            (said, produced.join())
        });
        let status = child.wait().context("waiting for cargo")?;
        let (said, mut built) = (said?, produced.map_err(|_| anyhow!("reading cargo's messages panicked"))??);
        if !status.success() {
            return Ok(Err(Broken(said)));
        }
        built.crates.retain(|(name, _)| *name == self.name() || name == "kernel");
        for name in [self.name(), "kernel".to_owned()] {
            let found = built.crates.iter().filter(|(built, _)| *built == name).count();
            if found != 1 {
                bail!("cargo built {found} libraries called `{name}` for package `{}`, not one", self.package);
            }
        }
        Ok(Ok(Built { hidden, ..built }))
    }

    /// The crate's name, as `use` wants it.
    pub fn name(&self) -> String {
        self.package.replace('-', "_")
    }

    fn command(&self, toolchain: &Toolchain, hidden: &[(PathBuf, String)]) -> Command {
        let mut command = Command::new(toolchain.cargo());
        command.current_dir(&self.root).args([
            "build",
            "--lib",
            "--package",
            &self.package,
            "--profile",
            &self.profile,
        ]);
        command.arg("--message-format=json-render-diagnostics");
        // Variables that a cargo around us set, or that would change how the crate is compiled: the same crate everywhere.
        for (name, _) in std::env::vars_os() {
            let Some(text) = name.to_str() else { continue };
            const CONNECTION: [&str; 6] =
                ["CARGO_HOME", "CARGO_NET_", "CARGO_HTTP_", "CARGO_REGISTR", "CARGO_SOURCE_", "CARGO_TARGET_DIR"];
            let changes = text.starts_with("CARGO") && !CONNECTION.iter().any(|kept| text.starts_with(kept));
            if changes || text.starts_with("RUSTFLAGS") || text.starts_with("RUSTC") {
                command.env_remove(&name);
            }
        }
        let flags: Vec<String> = hidden.iter().map(remap).collect();
        command.env("RUSTC", toolchain.rustc()).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command.env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// The flag that calls a folder by another name.
pub(super) fn remap((folder, name): &(PathBuf, String)) -> String {
    format!("--remap-path-prefix={}={name}", folder.display())
}

/// The folder of a `-L` argument, which may begin with a kind.
pub(super) fn native_folder(argument: &str) -> PathBuf {
    argument.split_once('=').map_or(argument, |(_, folder)| folder).into()
}

fn hidden(root: &Path, toolchain: &Toolchain) -> Vec<(PathBuf, String)> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let standard = format!("/rustc/{}", toolchain.commit());
    let mut hidden = vec![(root.to_owned(), ".".to_owned())];
    hidden.extend(home.map(|home| (home, "cargo".to_owned())));
    hidden.push((toolchain.sysroot.join("lib/rustlib/src/rust"), standard));
    hidden
}

/// Collects what cargo says to people, telling `progress` the crates it compiles.
fn listen(stderr: impl std::io::Read, progress: &dyn Fn(&str)) -> anyhow::Result<String> {
    let mut said = String::new();
    for line in BufReader::new(stderr).split(b'\n') {
        let line = line.context("reading what cargo says")?;
        let line = String::from_utf8_lossy(&line);
        match line.trim_start().split_once(' ') {
            Some(("Compiling" | "Downloading" | "Downloaded" | "Updating" | "Blocking", _)) => {
                progress(line.trim_start())
            }
            _ => {
                said.push_str(&line);
                said.push('\n');
            }
        }
    }
    Ok(said)
}

#[derive(Deserialize)]
struct Target {
    name: String,
    crate_types: Vec<String>,
}

#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Said {
    CompilerArtifact {
        target: Target,
        filenames: Vec<PathBuf>,
    },
    BuildScriptExecuted {
        linked_paths: Vec<String>,
    },
    #[serde(other)]
    Other,
}

fn read(mut stdout: impl std::io::Read) -> anyhow::Result<Built> {
    let mut text = String::new();
    stdout.read_to_string(&mut text).context("reading cargo's messages")?;
    let (mut crates, mut dependencies, mut native) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for line in text.lines() {
        match serde_json::from_str(line).with_context(|| format!("reading cargo's message {line}"))? {
            Said::CompilerArtifact { target, filenames }
                if target.crate_types.iter().any(|kind| kind.ends_with("lib")) =>
            {
                for file in &filenames {
                    dependencies.extend(file.parent().map(|folder| folder.join("deps")).filter(|deps| deps.is_dir()));
                    dependencies.extend(file.parent().filter(|folder| folder.ends_with("deps")).map(Path::to_owned));
                }
                let rlib = filenames.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "rlib"));
                crates.extend(rlib.map(|rlib| (target.name.replace('-', "_"), rlib)));
            }
            Said::BuildScriptExecuted { linked_paths } => native.extend(linked_paths),
            Said::CompilerArtifact { .. } | Said::Other => {}
        }
    }
    Ok(Built {
        crates: crates.into_iter().collect(),
        dependencies: dependencies.into_iter().collect(),
        native: native.into_iter().collect(),
        hidden: Vec::new(),
    })
}
