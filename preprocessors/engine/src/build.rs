//! Building the teaching crate with cargo: what page programs are compiled against.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, anyhow, ensure};
use serde::{Deserialize, Serialize};
use store::Key;

use super::compile::UNFOLDED;
use super::local::{Local, Stamp};
use super::packages::{self, Packages};
use super::taken::{self, Taken};
use super::{Fingerprint, Toolchain, environment, profile};

/// The crate that cells use, and how cargo builds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Folder of the book: its memory is there.
    pub book: PathBuf,
    /// Folder of the workspace.
    pub root: PathBuf,
    /// The package.
    pub package: String,
    /// The cargo profile that it is built with.
    pub profile: String,
    /// The folder of the book's store.
    pub store: PathBuf,
    /// What pages may name.
    pub names: Names,
}

/// The crates that page programs may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// The package itself and the kernel that it depends on.
    Own,
    /// All that the package depends on: it has no code.
    Dependencies,
}

/// Where the built crate lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// What page programs may name: the crate and the kernel.
    pub(super) crates: Vec<(String, PathBuf)>,
    /// Folders with what those depend on.
    pub(super) dependencies: Vec<PathBuf>,
    /// Folders of native libraries, as rustc's `-L` wants them.
    pub(super) native: Vec<String>,
    /// Prefixes of paths that no program may show, and what to call them.
    pub(super) hidden: Vec<(PathBuf, String)>,
    /// Folder for what the compiler keeps between versions of a page.
    pub(super) incremental: PathBuf,
    /// What it was compiled from besides its own folders.
    pub(super) taken: Taken,
    /// All files that cargo gave, as they were then.
    files: Vec<(PathBuf, Option<Stamp>)>,
}

/// Another where what is remembered of a build means something else than before.
const FORM: &[u8] = b"the package by its own name too";

/// The teaching crate does not compile: what cargo said, in full. A mistake of the book, not ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

impl Library {
    /// What the crate is made of now.
    pub fn fingerprint(&self, toolchain: &Toolchain) -> anyhow::Result<Fingerprint> {
        Fingerprint::of(self, toolchain)
    }

    /// Builds the crate that `fingerprint` describes, unless that was done before; `progress` is told each step of cargo's.
    pub fn build(
        &self,
        toolchain: &Toolchain,
        fingerprint: &Fingerprint,
        progress: &dyn Fn(&str),
    ) -> anyhow::Result<Result<Built, Broken>> {
        let local = Local::of(&self.book);
        let key = self.key(toolchain, fingerprint);
        if let Some(built) = local.get("library", &key).filter(|built: &Built| built.files.iter().all(is_untouched)) {
            return Ok(Ok(built));
        }
        let built = match self.run_cargo(toolchain, progress)? {
            Ok(built) => built,
            Err(broken) => return Ok(Err(broken)),
        };
        // What changed meanwhile may or may not be in the crate.
        ensure!(
            self.fingerprint(toolchain)?.is_as_before(fingerprint),
            "the crate `{}` was changed while it was built; build again",
            self.package
        );
        let found = Fingerprint::found(self, toolchain, &built.taken)?;
        local.put("library", &self.key(toolchain, &found), &built);
        Ok(Ok(built))
    }

    /// All that decides what cargo makes and where.
    fn key(&self, toolchain: &Toolchain, fingerprint: &Fingerprint) -> Key {
        let variable = |name| std::env::var_os(name).unwrap_or_default().into_encoded_bytes();
        Key::of(&[
            ("form", FORM),
            ("package", self.package.as_bytes()),
            ("profile", self.profile.as_bytes()),
            ("root", self.root.as_os_str().as_encoded_bytes()),
            ("sysroot", toolchain.sysroot.as_os_str().as_encoded_bytes()),
            ("compiler", toolchain.version.as_bytes()),
            ("sources", &fingerprint.key().0),
            ("home", &variable("CARGO_HOME")),
            ("target", &variable("CARGO_TARGET_DIR")),
        ])
    }

    fn run_cargo(&self, toolchain: &Toolchain, progress: &dyn Fn(&str)) -> anyhow::Result<Result<Built, Broken>> {
        let hidden = self.hidden(toolchain);
        let packages = Packages::of(&self.book, &self.root, &self.package, toolchain)?;
        let mut child = self.command(toolchain, &hidden)?.spawn().context("starting cargo")?;
        let stdout = child.stdout.take().context("cargo's standard output")?;
        let stderr = child.stderr.take().context("cargo's standard error")?;
        let (said, produced) = std::thread::scope(|scope| {
            let produced = scope.spawn(|| read(stdout, &self.root, &packages));
            let said = listen(stderr, progress);
            (said, produced.join())
        });
        let status = child.wait().context("waiting for cargo")?;
        let (said, produced) = (said?, produced.map_err(|_| anyhow!("reading cargo's messages panicked"))??);
        if !status.success() {
            /// What cargo says when the crate is wrong, and not the network or the disk.
            const BROKEN: [&str; 3] = ["could not compile", "failed to parse manifest", "failed to load manifest"];
            let broken = BROKEN.iter().any(|words| said.contains(words)) && !super::compile::is_of_machine(&said);
            ensure!(broken, "building the crate `{}`:\n{said}", self.package);
            return Ok(Err(Broken(said)));
        }
        let (artefacts, mut built) = produced;
        built.crates = match self.names {
            Names::Own => self.own(&artefacts, &packages)?,
            Names::Dependencies => named(artefacts, &packages)?,
        };
        let incremental = self.book.join(".book").join("local").join("incremental");
        Ok(Ok(Built { hidden, incremental, ..built }))
    }

    /// The package and the kernel, among what cargo built.
    fn own(&self, artefacts: &[Artefact], packages: &Packages) -> anyhow::Result<Vec<(String, PathBuf)>> {
        let one = |what: &str, is_it: &dyn Fn(&Artefact) -> bool| {
            let found: BTreeSet<_> = artefacts.iter().filter(|built| is_it(built)).map(Artefact::linked).collect();
            ensure!(
                found.len() == 1,
                "cargo built {} libraries of {what} for `{}`, not one",
                found.len(),
                self.package
            );
            Ok(found)
        };
        let mut own = one("the package itself", &|built| built.package == packages.library)?;
        // A book knows the package's name; its crate may be called otherwise.
        let named = own.iter().map(|(_, rlib)| (self.package.replace('-', "_"), rlib.clone())).collect::<Vec<_>>();
        own.extend(named);
        own.extend(one("the kernel", &|built| built.name == "kernel")?);
        Ok(own.into_iter().collect())
    }

    /// Prefixes of paths that no program may show. The last one that fits counts.
    fn hidden(&self, toolchain: &Toolchain) -> Vec<(PathBuf, String)> {
        let standard = format!("/rustc/{}", toolchain.commit());
        let mut folders = vec![&self.root, &self.book];
        folders.sort_by_key(|folder| folder.components().count());
        folders.dedup();
        let mut hidden: Vec<_> = folders.into_iter().map(|folder| (folder.clone(), ".".to_owned())).collect();
        hidden.extend(packages::home().map(|home| (home, "cargo".to_owned())));
        hidden.push((toolchain.sysroot.join("lib/rustlib/src/rust"), standard));
        hidden
    }

    /// A cargo that runs another project as this library is built, so that what both need of others is not compiled twice.
    pub fn run_beside(&self, toolchain: &Toolchain) -> anyhow::Result<Command> {
        let target = Packages::of(&self.book, &self.root, &self.package, toolchain)?.target;
        let mut command = cargo(toolchain, &self.hidden(toolchain));
        command.args(["run", "--quiet", "--profile", &self.profile]).env("CARGO_TARGET_DIR", target);
        Ok(command)
    }

    fn command(&self, toolchain: &Toolchain, hidden: &[(PathBuf, String)]) -> anyhow::Result<Command> {
        let mut command = cargo(toolchain, hidden);
        command.current_dir(&self.root).args([
            "build",
            "--lib",
            "--package",
            &self.package,
            "--profile",
            &self.profile,
        ]);
        command.arg("--message-format=json-render-diagnostics");
        command.args(profile::arguments(&self.root, &self.profile)?);
        command.env("CARGO_TERM_COLOR", "never").env("CARGO_TERM_PROGRESS_WHEN", "never");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command)
    }
}

impl Built {
    /// What the compiler is told so that a program may use the crate.
    pub fn arguments(&self) -> Vec<String> {
        let crates = self.crates.iter().map(|(name, path)| format!("--extern={name}={}", path.display()));
        let dependencies = self.dependencies.iter().map(|folder| format!("-Ldependency={}", folder.display()));
        crates.chain(dependencies).chain(self.native.iter().map(|folder| format!("-L{folder}"))).collect()
    }

    /// With what else was built, for programs that need both.
    #[must_use]
    pub(super) fn with(mut self, other: &Self) -> Self {
        self.crates.extend(other.crates.iter().cloned());
        self.dependencies.extend(other.dependencies.iter().cloned());
        self.files.extend(other.files.iter().cloned());
        self
    }

    /// Whether the crates that pages name are still those that were built: somebody may build others in their place.
    pub(super) fn is_current(&self) -> bool {
        let named = |file: &&(PathBuf, _)| self.crates.iter().any(|(_, path)| *path == file.0);
        self.files.iter().filter(named).all(is_untouched)
    }
}

fn is_untouched((path, stamp): &(PathBuf, Option<Stamp>)) -> bool {
    stamp.is_some() && Stamp::of(path) == *stamp
}

/// Cargo, which gets nothing of our environment that would make other code.
fn cargo(toolchain: &Toolchain, hidden: &[(PathBuf, String)]) -> Command {
    let mut command = Command::new(toolchain.cargo());
    environment::clean(&mut command);
    let flags: Vec<String> = hidden.iter().map(remap).chain([UNFOLDED.to_owned()]).collect();
    command.env("RUSTC", toolchain.rustc()).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    command
}

/// The flag that calls a folder by another name.
pub(super) fn remap((folder, name): &(PathBuf, String)) -> String {
    format!("--remap-path-prefix={}={name}", folder.display())
}

/// The folder of a `-L` argument, which may begin with a kind.
pub(super) fn native_folder(argument: &str) -> PathBuf {
    argument.split_once('=').map_or(argument, |(_, folder)| folder).into()
}

/// Collects what cargo says to people, telling `progress` the crates it compiles.
fn listen(stderr: impl std::io::Read, progress: &dyn Fn(&str)) -> anyhow::Result<String> {
    let mut said = String::new();
    for line in BufReader::new(stderr).split(b'\n') {
        let line = line.context("reading what cargo says")?;
        let line = String::from_utf8_lossy(&line);
        match line.trim_start().split_once(' ') {
            Some(("Compiling" | "Downloading" | "Downloaded" | "Updating" | "Blocking", _)) => {
                progress(line.trim_start());
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
        package_id: String,
        manifest_path: PathBuf,
        target: Target,
        filenames: Vec<PathBuf>,
    },
    BuildScriptExecuted {
        package_id: String,
        linked_paths: Vec<String>,
        out_dir: PathBuf,
    },
    #[serde(other)]
    Other,
}

/// A library that cargo built.
struct Artefact {
    package: String,
    name: String,
    rlib: PathBuf,
}

impl Artefact {
    fn linked(&self) -> (String, PathBuf) {
        (self.name.clone(), self.rlib.clone())
    }
}

/// The libraries of packages by the names that they are called by.
fn named(artefacts: Vec<Artefact>, packages: &Packages) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let of: BTreeMap<String, PathBuf> =
        artefacts.into_iter().map(|artefact| (artefact.package, artefact.rlib)).collect();
    let named = packages.names.iter().map(|(name, package)| {
        let rlib = of.get(package).with_context(|| format!("cargo built no library of {package}"))?;
        Ok((name.clone(), rlib.clone()))
    });
    named.collect()
}

fn read(mut stdout: impl std::io::Read, root: &Path, packages: &Packages) -> anyhow::Result<(Vec<Artefact>, Built)> {
    let mut text = String::new();
    stdout.read_to_string(&mut text).context("reading cargo's messages")?;
    let (mut artefacts, mut dependencies, mut native) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let (mut files, mut taken) = (Vec::new(), Taken::default());
    for line in text.lines() {
        match serde_json::from_str(line).with_context(|| format!("reading cargo's message {line}"))? {
            Said::CompilerArtifact { package_id, manifest_path, target, filenames } => {
                let unit = taken::Unit { folder: packages.folder(&manifest_path), root, packages };
                for list in filenames.iter().flat_map(|file| lists(file)) {
                    let list = std::fs::read_to_string(&list).with_context(|| format!("reading {}", list.display()))?;
                    taken.add_list(&list, &unit);
                }
                if !target.crate_types.iter().any(|kind| kind.ends_with("lib")) {
                    continue;
                }
                for file in &filenames {
                    files.push((file.clone(), Stamp::of(file)));
                    dependencies.extend(file.parent().map(|folder| folder.join("deps")).filter(|deps| deps.is_dir()));
                    dependencies.extend(file.parent().filter(|folder| folder.ends_with("deps")).map(Path::to_owned));
                }
                let rlib = filenames.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "rlib"));
                let name = target.name.replace('-', "_");
                artefacts.extend(rlib.map(|rlib| Artefact { package: package_id, name, rlib }));
            }
            Said::BuildScriptExecuted { package_id, linked_paths, out_dir } => {
                native.extend(linked_paths);
                let unit = taken::Unit { folder: packages.folder_of(&package_id), root, packages };
                let said = out_dir.with_file_name("output");
                let said = std::fs::read(&said).with_context(|| format!("reading {}", said.display()))?;
                taken.add_script(&String::from_utf8_lossy(&said), &unit);
            }
            Said::Other => {}
        }
    }
    let built = Built {
        crates: Vec::new(),
        dependencies: dependencies.into_iter().collect(),
        native: native.into_iter().collect(),
        hidden: Vec::new(),
        incremental: PathBuf::new(),
        taken,
        files,
    };
    Ok((artefacts, built))
}

/// Rustc's lists of what a file was made from: beside it, without `lib` and its ending; a build script has a folder of its own.
fn lists(file: &Path) -> Vec<PathBuf> {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let Some(folder) = file.parent() else { return Vec::new() };
    if folder.ends_with("deps") {
        let list = folder.join(format!("{}.d", stem.strip_prefix("lib").unwrap_or(stem)));
        return Some(list).filter(|list| list.is_file()).into_iter().collect();
    }
    if !stem.starts_with("build-script-") {
        return Vec::new();
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|ending| ending == "d")).collect()
}
