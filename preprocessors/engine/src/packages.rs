//! The packages that a library is built from and that no lock file pins: what cargo itself says, asked once for the same manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use store::{Key, hash};

use super::Toolchain;
use super::local::Local;

/// The packages in folders: members of the workspace, path dependencies, and what `[patch]`, `[replace]` and `paths` put in the place of
/// others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Packages {
    /// Cargo's long name of the library.
    pub(super) library: String,
    /// Folders and names.
    pub(super) local: Vec<(PathBuf, String)>,
    /// Their folders by cargo's long name.
    ids: Vec<(String, PathBuf)>,
    /// What the library calls those that it is linked with itself, and cargo's long name of each.
    pub(super) names: BTreeMap<String, String>,
    /// The folder of the workspace.
    pub(super) workspace: PathBuf,
    /// Where cargo puts what it makes.
    pub(super) target: PathBuf,
    /// All that the answer follows from, with hashes; none for what is not there.
    manifests: Vec<(PathBuf, Option<String>)>,
}

impl Packages {
    /// The packages of `package` in the workspace at `root`, as the book in `book` remembers them.
    pub(super) fn of(book: &Path, root: &Path, package: &str, toolchain: &Toolchain) -> anyhow::Result<Self> {
        let local = Local::of(book);
        let key = Key::of(&[
            ("root", root.as_os_str().as_encoded_bytes()),
            ("package", package.as_bytes()),
            ("target", std::env::var_os("CARGO_TARGET_DIR").unwrap_or_default().as_encoded_bytes()),
        ]);
        let same = |(path, before): &(PathBuf, Option<String>)| hash_of(path) == *before;
        if let Some(known) = local.get("packages", &key).filter(|known: &Self| known.manifests.iter().all(same)) {
            return Ok(known);
        }
        let asked = ask(root, package, toolchain)?;
        local.put("packages", &key, &asked);
        Ok(asked)
    }

    /// The folder of one of them, by its manifest.
    pub(super) fn folder(&self, manifest: &Path) -> Option<&Path> {
        let folders = self.local.iter().map(|(folder, _)| folder.as_path());
        folders.into_iter().find(|folder| manifest.parent() == Some(folder))
    }

    /// The folder of one of them, by cargo's long name.
    pub(super) fn folder_of(&self, id: &str) -> Option<&Path> {
        self.ids.iter().find(|(known, _)| known == id).map(|(_, folder)| folder.as_path())
    }
}

/// The files with cargo's settings that hold in a folder, the nearest first.
pub(super) fn settings(root: &Path) -> Vec<PathBuf> {
    let folders = root.ancestors().map(|folder| folder.join(".cargo"));
    let files = |folder: PathBuf| [folder.join("config.toml"), folder.join("config")];
    let mut found: Vec<PathBuf> = folders.chain(home()).flat_map(files).collect();
    let mut seen = BTreeSet::new();
    found.retain(|file| seen.insert(file.clone()));
    found
}

/// Cargo's own folder.
pub(super) fn home() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    source: Option<String>,
    manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    kind: Option<String>,
}

fn ask(root: &Path, package: &str, toolchain: &Toolchain) -> anyhow::Result<Packages> {
    let mut command = Command::new(toolchain.cargo());
    // What other systems need besides need not be downloaded.
    command.args(["metadata", "--format-version=1", "--filter-platform", toolchain.host()]).current_dir(root);
    super::environment::clean(&mut command);
    command.env("RUSTC", toolchain.rustc()).env("CARGO_TERM_COLOR", "never");
    let output = command.output().context("starting cargo")?;
    if !output.status.success() {
        bail!("asking cargo for the packages:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("reading cargo's packages")?;
    let packages: BTreeMap<&str, &Package> = metadata.packages.iter().map(|found| (&*found.id, found)).collect();
    let nodes: BTreeMap<&str, &Node> = metadata.resolve.nodes.iter().map(|node| (&*node.id, node)).collect();
    let is_it = |id: &&String| packages.get(&***id).is_some_and(|found| found.name == package);
    let library = metadata.workspace_members.iter().find(is_it);
    let library = library.with_context(|| format!("the workspace has no package `{package}`"))?;
    let linked = nodes.get(library.as_str()).into_iter().flat_map(|node| &node.deps);
    let linked = linked.filter(|needed| needed.dep_kinds.iter().any(|kind| kind.kind.is_none()));
    let names = linked.map(|needed| (needed.name.clone(), needed.pkg.clone())).collect();
    let (mut local, mut ids) = (BTreeSet::new(), Vec::new());
    let (mut seen, mut open) = (BTreeSet::new(), vec![&**library]);
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(found) = packages.get(id).filter(|found| found.source.is_none()) {
            let folder = found.manifest_path.parent().context("a manifest lies in a folder")?;
            local.insert((folder.to_owned(), found.name.clone()));
            ids.push((id.to_owned(), folder.to_owned()));
        }
        let needed = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        // A library is not built from what its tests need.
        let needed = needed.filter(|needed| needed.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev")));
        open.extend(needed.map(|needed| &*needed.pkg));
    }
    let shared = ["Cargo.toml", "Cargo.lock"].map(|name| root.join(name)).into_iter().chain(settings(root));
    let manifests = local.iter().map(|(folder, _)| folder.join("Cargo.toml")).chain(shared);
    let manifests = manifests.collect::<BTreeSet<_>>().into_iter().map(|path| (path.clone(), hash_of(&path))).collect();
    let (library, target, workspace) = (library.clone(), metadata.target_directory, metadata.workspace_root);
    Ok(Packages { library, local: local.into_iter().collect(), ids, names, workspace, target, manifests })
}

pub(super) fn hash_of(path: &Path) -> Option<String> {
    Some(hash(&std::fs::read(path).ok()?))
}
