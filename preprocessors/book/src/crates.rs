//! The crates that a page program is linked with, and a manifest for a project that has them beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail, ensure};
use engine::{Library, Names};
use serde::Deserialize;
use toml::{Table, Value};

/// A crate of the book's workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// What of cargo's answer matters.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    /// None when it lies on this disk.
    source: Option<String>,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    path: Option<PathBuf>,
    kind: Option<String>,
}

/// A library and the crates on this disk that it depends on, in alphabetical order.
pub fn with_dependencies(library: &Library) -> anyhow::Result<Vec<Crate>> {
    let (root, package) = (&library.root, library.package.as_str());
    // Where the library is a package of the workspace, so is all that it needs, and no other crate has to be there.
    let scope: &[&str] = match library.names {
        Names::Own => &["--no-deps", "--offline"],
        Names::Dependencies => &[],
    };

    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args(["metadata", "--format-version", "1"])
        .args(scope)
        .current_dir(root)
        .output()
        .context("asking cargo about the workspace")?;
    ensure!(answer.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&answer.stderr).trim());
    let metadata: Metadata = serde_json::from_slice(&answer.stdout).context("reading what cargo says")?;
    let here = metadata.packages.iter().filter(|package| package.source.is_none());
    let packages: BTreeMap<&str, &Package> = here.map(|package| (package.name.as_str(), package)).collect();
    let mut found: BTreeMap<&str, Crate> = BTreeMap::new();
    let mut open = vec![package];
    while let Some(name) = open.pop() {
        let Some(package) = packages.get(name) else { bail!("the workspace has no package `{name}`") };
        let folder = package.manifest_path.parent().context("a manifest lies in a folder")?.to_owned();
        if found.insert(name, Crate { name: name.to_owned(), folder }).is_none() {
            let local = package.dependencies.iter().filter(|dependency| dependency.path.is_some());
            // What only tests need is not linked, but cargo reads the manifest as a whole.
            open.extend(
                local
                    .filter(|dependency| dependency.kind.as_deref() != Some("build"))
                    .map(|dependency| dependency.name.as_str()),
            );
        }
    }
    Ok(found.into_values().collect())
}

/// What the program depends on: the crates beside it, and where the library has no code, all that it depends on.
fn dependencies(library: &Library, crates: &[Crate]) -> anyhow::Result<Table> {
    if library.names == Names::Own {
        return Ok(crates.iter().map(|found| (found.name.clone(), beside(&found.name))).collect());
    }
    let manifest = table(&library.root.join("Cargo.toml"))?;
    let all = manifest.get("dependencies").and_then(Value::as_table).cloned().unwrap_or_default();
    Ok(all.into_iter().map(|(name, dependency)| (name.clone(), placed(&name, dependency))).collect())
}

/// The package that a dependency of this name is.
fn package_of<'a>(name: &'a str, dependency: &'a Value) -> &'a str {
    dependency.get("package").and_then(Value::as_str).unwrap_or(name)
}

/// The dependency as a project has it whose crates on this disk lie beside it.
fn placed(name: &str, mut dependency: Value) -> Value {
    let package = Value::from(package_of(name, &dependency));
    if let Some(path) = dependency.get_mut("path") {
        *path = package;
    }
    dependency
}

/// The manifest of the workspace that the crates take their shared parts from.
fn workspace(library: &Library) -> anyhow::Result<Table> {
    let own = table(&library.root.join("Cargo.toml"))?;
    if library.names == Names::Own {
        return Ok(own);
    }
    let around = library.book.ancestors().map(|folder| folder.join("Cargo.toml")).filter(|manifest| manifest.is_file());
    let around = around
        .map(|manifest| table(&manifest))
        .find(|manifest| manifest.as_ref().map_or(true, |manifest| manifest.contains_key("workspace")));
    around.unwrap_or(Ok(own))
}

fn table(path: &Path) -> anyhow::Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.parse().with_context(|| format!("reading {}", path.display()))
}

fn beside(name: &str) -> Value {
    Value::Table(Table::from_iter([("path".to_owned(), Value::from(name))]))
}

/// A profile with what it inherits: another word in it would have all of others compiled again.
fn whole(mut profiles: Table, name: &str) -> Table {
    let Some(Value::Table(mut own)) = profiles.remove(name) else { return Table::new() };
    let Some(Value::String(parent)) = own.remove("inherits") else { return own };
    let mut all = whole(profiles, &parent);
    // Settings of single packages name crates that the project may not have.
    all.remove("package");
    all.extend(own);
    all
}

/// The manifest of a project with these crates beside it; what they inherit is the book's.
pub fn manifest(library: &Library, name: &str, crates: &[Crate], opt: u8) -> anyhow::Result<String> {
    let profile = library.profile.as_str();
    let book = workspace(library)?;
    let inherited = book.get("workspace").and_then(Value::as_table).cloned().unwrap_or_default();

    let mut package = Table::new();
    package.insert("name".into(), name.into());
    package.insert("version".into(), "0.1.0".into());
    package.insert("edition".into(), "2024".into());
    package.insert("publish".into(), false.into());
    let dependencies = dependencies(library, crates)?;

    let mut workspace = Table::new();
    for key in ["package", "lints", "resolver"] {
        workspace.extend(inherited.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    let shared = inherited.get("dependencies").and_then(Value::as_table).cloned().unwrap_or_default();
    let is_needed = |name: &str, value: &Value| {
        value.get("path").is_none() || crates.iter().any(|found| found.name == package_of(name, value))
    };
    let shared = shared.into_iter().filter(|(name, value)| is_needed(name, value));
    let shared = shared.map(|(name, value)| (name.clone(), placed(&name, value)));
    workspace.insert("dependencies".into(), Value::Table(shared.collect()));

    let profiles = book.get("profile").and_then(Value::as_table).cloned().unwrap_or_default();
    let mut run = whole(profiles, profile);
    run.insert("opt-level".into(), i64::from(opt).into());

    let mut manifest = Table::new();
    manifest.insert("package".into(), package.into());
    manifest.insert("dependencies".into(), Value::Table(dependencies));
    manifest.insert("workspace".into(), workspace.into());
    // Plain `cargo run` is as the book runs it; under the book's own name the profile finds what the book has built.
    let mut profiles = Table::from_iter([("dev".to_owned(), Value::Table(run.clone()))]);
    if profile != "dev" {
        run.insert("inherits".into(), "dev".into());
        profiles.insert(profile.to_owned(), Value::Table(run));
    }
    manifest.insert("profile".into(), Value::Table(profiles));
    toml::to_string(&manifest).context("writing the manifest")
}
