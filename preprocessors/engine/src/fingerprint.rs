//! What the teaching crate is made of, without building it: its sources, manifests, locked versions, and what it was once found to take in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use store::{Key, Store, hash};
use toml::{Table, Value};

use super::Library;
use super::note::Note;
use super::packages::{self, Packages, hash_of};
use super::paths::{from_root, name};
use super::taken::Taken;
use super::{Toolchain, locked};

/// Hashes of everything that the teaching crate follows from, by name: a path from the root, a part of a file, `$VARIABLE`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hexadecimal digits by name.
    pub files: BTreeMap<String, String>,
    /// Whether a library of just this was built once and nothing else was found in it.
    pub is_complete: bool,
    /// Those that are known without anything having been built.
    own: BTreeSet<String>,
}

/// How often a list may name a file that makes another list.
pub(super) const CHAIN: usize = 16;

impl Fingerprint {
    /// The fingerprint of a library; cargo is asked only when a manifest has changed.
    pub(super) fn of(library: &Library, toolchain: &Toolchain) -> anyhow::Result<Self> {
        Ok(Self::with_notes(library, toolchain)?.0)
    }

    /// The same, and what of it was once found by building it.
    pub(super) fn with_notes(library: &Library, toolchain: &Toolchain) -> anyhow::Result<(Self, Vec<Note>)> {
        let own = Self::own(library, toolchain)?;
        let store = Store::open(&library.store);
        let (mut whole, mut notes) = (own.clone(), Vec::new());
        for _ in 0..CHAIN {
            let Some(taken) = recall(&store, &whole) else { break };
            let with = own.with(&library.root, &taken)?;
            notes.push(Note::new(&whole, taken));
            if with.files == whole.files {
                return Ok((Self { is_complete: true, ..whole }, notes));
            }
            whole = with;
        }
        Ok((whole, notes))
    }

    /// What is known without the library ever having been built.
    pub(super) fn own(library: &Library, toolchain: &Toolchain) -> anyhow::Result<Self> {
        let doing = || format!("reading what the crate `{}` is made of", library.package);
        let packages = Packages::of(&library.book, &library.root, &library.package, toolchain).with_context(doing)?;
        Self::of_packages(&library.root, &packages).with_context(doing)
    }

    /// The fingerprint now that the library is built: `taken` is what it was found to take in. This is remembered.
    pub(super) fn found(library: &Library, toolchain: &Toolchain, taken: &Taken) -> anyhow::Result<Self> {
        let own = Self::own(library, toolchain)?;
        let outside = |file: &&PathBuf| !own.files.contains_key(&name(file));
        let files = taken.files.iter().filter(outside).cloned().collect();
        let taken = Taken { files, variables: taken.variables.clone() };
        let whole = own.with(&library.root, &taken)?;
        let store = Store::open(&library.store);
        for fingerprint in [&own, &whole] {
            // Where it cannot be kept, the next build finds it out again.
            let _ = store.put("taken", &fingerprint.key(), &serde_json::to_vec(&taken)?);
        }
        Ok(Self { is_complete: true, ..whole })
    }

    /// Whether nothing has changed since an earlier one; another build may have found meanwhile what else the library takes in.
    pub(super) fn is_as_before(&self, before: &Self) -> bool {
        self.own == before.own && before.files.iter().all(|(name, hash)| self.files.get(name) == Some(hash))
    }

    /// One hash of all.
    pub fn key(&self) -> Key {
        let parts: Vec<(&str, &[u8])> = self.files.iter().map(|(name, hash)| (&**name, hash.as_bytes())).collect();
        Key::of(&parts)
    }

    fn of_packages(root: &Path, packages: &Packages) -> anyhow::Result<Self> {
        let workspace = table(&root.join("Cargo.toml"))?;
        let (mut fingerprint, mut inherited) = (Self::default(), BTreeSet::new());
        for (folder, _) in &packages.local {
            fingerprint.add_folder(root, folder)?;
            inherited.extend(inherited_by(&table(&folder.join("Cargo.toml"))?));
            if !folder.starts_with(root) {
                // It may inherit from a workspace of its own.
                let above = folder.ancestors().skip(1).map(|above| above.join("Cargo.toml"));
                above.filter(|manifest| manifest.is_file()).for_each(|manifest| fingerprint.add_file(root, &manifest));
            }
        }
        fingerprint.files.insert("Cargo.toml".into(), hash(shared(&workspace, &inherited).to_string().as_bytes()));
        let names = packages.local.iter().map(|(_, name)| name);
        fingerprint
            .files
            .insert("Cargo.lock".into(), hash(locked::locked(&root.join("Cargo.lock"), names)?.as_bytes()));
        for path in packages::settings(root) {
            fingerprint.add_settings(root, &path)?;
        }
        fingerprint.own = fingerprint.files.keys().cloned().collect();
        Ok(fingerprint)
    }

    /// With what was taken in besides.
    pub(super) fn with(&self, root: &Path, taken: &Taken) -> anyhow::Result<Self> {
        let mut whole = self.clone();
        for file in &taken.files {
            let path = root.join(file);
            if path.is_dir() {
                whole.add_folder(root, &path)?;
            } else {
                whole.add_file(root, &super::paths::plain(&path));
            }
        }
        for variable in &taken.variables {
            if let Some(value) = std::env::var_os(variable) {
                whole.files.insert(format!("${variable}"), hash(value.as_encoded_bytes()));
            }
        }
        Ok(whole)
    }

    fn add_folder(&mut self, root: &Path, folder: &Path) -> anyhow::Result<()> {
        /// Folders of a package that its library is not built from.
        const OTHER: [&str; 4] = ["target", "tests", "benches", "examples"];
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let doing = || format!("listing {}", folder.display());
            for entry in fs::read_dir(&folder).with_context(doing)? {
                let path = entry.with_context(doing)?.path();
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                // What editors leave comes and goes.
                if name.starts_with(['.', '#']) || name.ends_with('~') {
                    continue;
                }
                if !path.is_dir() {
                    self.add_file(root, &path);
                } else if !OTHER.contains(&name) && !path.join("Cargo.toml").exists() {
                    folders.push(path);
                }
            }
        }
        Ok(())
    }

    /// A file; one that is not there, or no longer, is part of it as that.
    fn add_file(&mut self, root: &Path, path: &Path) {
        self.files.insert(name(&from_root(root, path)), hash_of(path).unwrap_or_else(|| "not there".to_owned()));
    }

    /// What of cargo's settings makes a crate another: of those of the book all but what a person types.
    fn add_settings(&mut self, root: &Path, path: &Path) -> anyhow::Result<()> {
        const COMPILED: [&str; 5] = ["env", "patch", "paths", "profile", "unstable"];
        if !path.is_file() {
            return Ok(());
        }
        let mut settings = table(path)?;
        if path.starts_with(root) {
            settings.remove("alias");
        } else {
            settings.retain(|name, _| COMPILED.contains(&name));
        }
        if !settings.is_empty() {
            let own = path.starts_with(root);
            let name =
                if own { name(&from_root(root, path)) } else { "cargo's settings outside of the book".to_owned() };
            let before = self.files.remove(&name).unwrap_or_default();
            self.files.insert(name, hash(format!("{before}{settings}").as_bytes()));
        }
        Ok(())
    }
}

/// What a library of this fingerprint took in.
fn recall(store: &Store, fingerprint: &Fingerprint) -> Option<Taken> {
    serde_json::from_slice(&store.get("taken", &fingerprint.key())?).ok()
}

/// The dependencies that a package takes from its workspace's table.
fn inherited_by(manifest: &Table) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables = targets.filter_map(Value::as_table).chain([manifest]);
    let sections = tables.flat_map(|table| ["dependencies", "build-dependencies"].map(|section| table.get(section)));
    let dependencies = sections.flatten().filter_map(Value::as_table).flatten();
    let inherits = |value: &Value| value.get("workspace").and_then(Value::as_bool) == Some(true);
    dependencies.filter(|(_, value)| inherits(value)).map(|(name, _)| name.clone()).collect()
}

/// The parts of the workspace's manifest that its packages are built by; other tools' dependencies are not among them.
fn shared(workspace: &Table, inherited: &BTreeSet<String>) -> Table {
    let mut shared = Table::new();
    for name in ["profile", "patch", "replace"] {
        shared.extend(workspace.get(name).map(|value| (name.to_owned(), value.clone())));
    }
    let package = workspace.get("workspace").and_then(|table| table.get("package"));
    shared.extend(package.map(|package| ("package".to_owned(), package.clone())));
    let used = dependencies(workspace).into_iter().flatten().filter(|(name, _)| inherited.contains(*name));
    let used: Table = used.map(|(name, dependency)| (name.clone(), dependency.clone())).collect();
    shared.insert("dependencies".to_owned(), Value::Table(used));
    shared
}

fn dependencies(workspace: &Table) -> Option<&Table> {
    workspace.get("workspace")?.get("dependencies")?.as_table()
}

fn table(path: &Path) -> anyhow::Result<Table> {
    let doing = || format!("reading {}", path.display());
    fs::read_to_string(path).with_context(doing)?.parse().with_context(doing)
}
