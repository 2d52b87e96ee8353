//! What a book wants its cells to use, and the package that cargo builds for it.
//!
//! A library that knows the kernel is built where it lies, in its own workspace. Any other wish (no library, a crate that never heard
//! of books, crates of a registry) becomes a package of our own below the book: it has no code, depends on all of them and on a copy
//! of the kernel that the tool carries.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use toml::{Table, Value};

use super::build::Names;
use super::packages::Packages;
use super::{Library, Toolchain};

/// The name of the package without code.
const PACKAGE: &str = "cells-of-this-book";
/// The name of the one for programs that branch.
const BRANCHES: &str = "branches-of-this-book";

/// What a book says of the crates that its cells use.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// A package of the workspace around the book.
    pub library: Option<String>,
    /// Dependencies, as cargo writes them; paths are those from the book's folder.
    pub dependencies: Table,
    /// The profile that all of it is built with.
    pub profile: String,
    /// The folder of the book's store.
    pub store: PathBuf,
}

/// A crate that the tool carries as text.
#[derive(Clone, Copy, Debug)]
pub struct Carried {
    /// Its name.
    pub name: &'static str,
    /// Its manifest.
    pub manifest: &'static str,
    /// Its files, by their path in the package.
    pub files: &'static [(&'static str, &'static str)],
}

/// What a library that knows the kernel calls its package: the copy that the tool carries, and the one of the registry.
const KERNELS: [&str; 2] = ["kernel", "mdbook-cells-kernel"];

const KERNEL: Carried = Carried { name: "kernel", manifest: kernel::sources::MANIFEST, files: &kernel::sources::FILES };

impl Library {
    /// What cargo has to build for the book in `book`; where that is a package of ours, it is written. Of the `carried` crates those
    /// that the book depends on need no registry.
    pub fn of(book: &Path, wanted: &Wanted, carried: &[Carried]) -> anyhow::Result<Self> {
        let Wanted { library, dependencies, profile, store } = wanted;
        let mut all = dependencies.clone();
        if let Some(package) = library {
            let packages = around(book, package)?;
            let folder = packages.local.iter().find(|(_, name)| name == package).map(|(folder, _)| folder);
            let folder = folder.with_context(|| format!("`{package}` lies nowhere"))?;
            if packages.names.contains_key("kernel")
                || packages.local.iter().any(|(_, name)| KERNELS.contains(&&**name))
            {
                ensure!(
                    all.is_empty(),
                    "the library `{package}` has its own dependencies: write those of [preprocessor.cells.dependencies] \
                     into {} and let it re-export them",
                    folder.join("Cargo.toml").display()
                );
                return Ok(Self {
                    book: book.to_owned(),
                    root: packages.workspace,
                    package: package.clone(),
                    profile: profile.clone(),
                    store: store.clone(),
                    names: Names::Own,
                });
            }
            all.insert(package.clone(), at(folder));
        }
        let root = book.join(".book").join("package");
        write_cells(book, &root, all, carried)?;
        Ok(Self {
            book: book.to_owned(),
            root,
            package: PACKAGE.to_owned(),
            profile: profile.clone(),
            store: store.clone(),
            names: Names::Dependencies,
        })
    }
}

impl Library {
    /// What cargo has to build besides for programs that branch.
    pub(super) fn for_branches(&self) -> anyhow::Result<Self> {
        let root = self.book.join(".book").join("branches");
        let (name, version) = super::FORK;
        let all = BTreeMap::from([(name.to_owned(), Value::from(version))]);
        write(&self.book, &root, BRANCHES, all, Copied::No)?;
        Ok(Self { root, package: BRANCHES.to_owned(), names: Names::Dependencies, ..self.clone() })
    }
}

/// The packages of `package`, which is of the workspace that the book's folder belongs to, or of one above.
fn around(book: &Path, package: &str) -> anyhow::Result<Packages> {
    let toolchain = Toolchain::find(book)?;
    let mut looked = Vec::new();
    for root in book.ancestors().filter(|root| root.join("Cargo.toml").is_file()) {
        match Packages::of(book, root, package, &toolchain) {
            Ok(packages) => return Ok(packages),
            Err(error) => looked.push(format!("{}: {:#}", root.join("Cargo.toml").display(), error.root_cause())),
        }
    }
    let looked = if looked.is_empty() {
        "there is no Cargo.toml in the book's folder nor above it".to_owned()
    } else {
        looked.join("; ")
    };
    anyhow::bail!(
        "there is no library `{package}`: {looked}; name a package of the workspace around the book, or a crate anywhere in \
         [preprocessor.cells.dependencies]"
    )
}

fn at(folder: &Path) -> Value {
    Value::Table(Table::from_iter([("path".to_owned(), Value::from(folder.to_string_lossy().into_owned()))]))
}

/// Writes the package and the crates that come with it, as far as they are not there.
fn write_cells(book: &Path, root: &Path, dependencies: Table, carried: &[Carried]) -> anyhow::Result<()> {
    let mut all = BTreeMap::from([("kernel".to_owned(), at(Path::new("kernel")))]);
    let mut changed = copy(root, &KERNEL)?;
    for (name, dependency) in dependencies {
        ensure!(
            name != "kernel",
            "the cells always depend on `kernel`: leave it out of [preprocessor.cells.dependencies]"
        );
        match carried.iter().find(|carried| carried.name == name) {
            Some(carried) if is_version(&dependency) => {
                changed |= copy(root, carried)?;
                all.insert(name, beside(dependency, carried.name));
            }
            _ => drop(all.insert(name, from_book(book, dependency))),
        }
    }
    let copied = if changed { Copied::Anew } else { Copied::No };
    write(book, root, PACKAGE, all, copied)
}

/// Whether what lies beside a package has changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    Anew,
    No,
}

/// Writes a package without code unless it is there, and has its versions locked.
fn write(book: &Path, root: &Path, name: &str, all: BTreeMap<String, Value>, copied: Copied) -> anyhow::Result<()> {
    let mut manifest = Table::new();
    let package = [("name", Value::from(name)), ("version", "0.0.0".into()), ("edition", "2024".into())];
    let package = package.into_iter().chain([("publish", false.into())]);
    manifest.insert("package".into(), Value::Table(package.map(|(key, value)| (key.to_owned(), value)).collect()));
    manifest.insert("lib".into(), at(Path::new("lib.rs")));
    manifest.insert("dependencies".into(), Value::Table(all.into_iter().collect()));
    manifest.insert("workspace".into(), Value::Table(Table::new()));
    let manifest = toml::to_string(&manifest).context("writing a manifest")?;
    let changed = put(&root.join("Cargo.toml"), &manifest)? || copied == Copied::Anew;
    put(&root.join("lib.rs"), "//! What the cells of this book use.\n")?;
    put(&root.with_file_name(".gitignore"), "*\n")?;
    let lock = root.join("Cargo.lock");
    if changed || !lock.is_file() {
        // The versions that the book's own lock names are taken as far as they fit.
        if let Some(nearest) = book.ancestors().map(|folder| folder.join("Cargo.lock")).find(|lock| lock.is_file()) {
            std::fs::copy(&nearest, &lock).with_context(|| format!("copying {}", nearest.display()))?;
        }
    }
    Ok(())
}

/// Whether a dependency comes from the registry.
fn is_version(dependency: &Value) -> bool {
    !["path", "git", "registry"].iter().any(|key| dependency.get(key).is_some())
}

/// The dependency on the copy that lies beside; cargo looks whether its version is right.
fn beside(dependency: Value, name: &str) -> Value {
    let mut all = match dependency {
        Value::Table(all) => all,
        version => Table::from_iter([("version".to_owned(), version)]),
    };
    all.insert("path".into(), name.into());
    Value::Table(all)
}

/// The dependency with its path as the book's folder has it.
fn from_book(book: &Path, mut dependency: Value) -> Value {
    if let Some(Value::String(path)) = dependency.get_mut("path") {
        *path = book.join(&path).to_string_lossy().into_owned();
    }
    dependency
}

fn copy(root: &Path, carried: &Carried) -> anyhow::Result<bool> {
    let folder = root.join(carried.name);
    let mut changed = put(&folder.join("Cargo.toml"), carried.manifest)?;
    for (path, text) in carried.files {
        changed |= put(&folder.join(path), text)?;
    }
    Ok(changed)
}

/// Writes a file unless it is there; says whether it was not.
fn put(path: &Path, text: &str) -> anyhow::Result<bool> {
    if std::fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(false);
    }
    let doing = || format!("writing {}", path.display());
    std::fs::create_dir_all(path.parent().context("a file lies in a folder")?).with_context(doing)?;
    std::fs::write(path, text).with_context(doing)?;
    Ok(true)
}
