//! What cargo knows of a package: by which name it calls each of its dependencies.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::Toolchain;
use super::build::clean;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
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

/// The packages that `package` of the workspace at `root` is linked with, by the names that its code would call them by. Versions that are not
/// locked yet are locked.
pub(super) fn dependencies(
    toolchain: &Toolchain,
    root: &Path,
    package: &str,
) -> anyhow::Result<BTreeMap<String, String>> {
    let mut cargo = clean(toolchain);
    cargo.args(["metadata", "--format-version", "1"]).current_dir(root).env("RUSTC", toolchain.rustc());
    let answer = cargo.output().context("starting cargo")?;
    ensure!(
        answer.status.success(),
        "cargo cannot make sense of what the cells use:\n{}",
        String::from_utf8_lossy(&answer.stderr).trim()
    );
    let metadata: Metadata = serde_json::from_slice(&answer.stdout).context("reading what cargo says")?;
    let id = metadata.packages.iter().find(|found| found.name == package).map(|found| &found.id);
    let id = id.with_context(|| format!("cargo knows no package `{package}`"))?;
    let node = metadata.resolve.nodes.into_iter().find(|node| node.id == *id);
    let dependencies = node.with_context(|| format!("cargo knows no dependencies of `{package}`"))?.deps;
    let is_linked = |dependency: &Dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none());
    Ok(dependencies.into_iter().filter(is_linked).map(|dependency| (dependency.name, dependency.pkg)).collect())
}
