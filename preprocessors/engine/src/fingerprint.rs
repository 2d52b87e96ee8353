//! What the teaching crate is made of, by reading alone: sources, manifests, and the locked versions it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use store::{Key, hash};
use toml::{Table, Value};

/// Hashes of everything that the teaching crate follows from, by name: a path from the root, or a part of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hexadecimal digits by name.
    pub files: BTreeMap<String, String>,
}

impl Fingerprint {
    /// The fingerprint of `package` in the workspace at `root`. No process is started.
    pub fn of(root: &Path, package: &str) -> anyhow::Result<Self> {
        let doing = || format!("reading what the crate `{package}` is made of");
        let packages = Packages::of(root, package).with_context(doing)?;
        let mut fingerprint = Self::default();
        for folder in packages.found.values() {
            fingerprint.add_folder(root, folder)?;
        }
        for (folder, workspace) in &packages.workspaces {
            let shared = shared(&workspace.manifest, &workspace.inherited).to_string();
            fingerprint.files.insert(named(root, &folder.join("Cargo.toml")), hash(shared.as_bytes()));
        }
        let lock = root.join("Cargo.lock");
        fingerprint.files.insert("Cargo.lock".into(), hash(locked(&lock, packages.found.keys())?.as_bytes()));
        for name in ["config.toml", "config"] {
            let path = root.join(".cargo").join(name);
            if path.is_file() {
                let mut settings = table(&path).with_context(doing)?;
                // What a person types is no part of a crate.
                settings.remove("alias");
                let name = format!(".cargo/{name}");
                fingerprint.files.insert(name, hash(settings.to_string().as_bytes()));
            }
        }
        Ok(fingerprint)
    }

    /// One hash of all.
    pub fn key(&self) -> Key {
        let parts: Vec<(&str, &[u8])> = self.files.iter().map(|(name, hash)| (&**name, hash.as_bytes())).collect();
        Key::of(&parts)
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
                if name.starts_with('.') {
                    continue;
                }
                if !path.is_dir() {
                    self.add_file(root, &path)?;
                } else if !OTHER.contains(&name) && !path.join("Cargo.toml").exists() {
                    folders.push(path);
                }
            }
        }
        Ok(())
    }

    fn add_file(&mut self, root: &Path, path: &Path) -> anyhow::Result<()> {
        let content = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        self.files.insert(named(root, path), hash(&content));
        Ok(())
    }
}

/// The path of a file as seen from a folder, the same on every machine.
fn named(root: &Path, path: &Path) -> String {
    let mut up = 0;
    let inside = root.ancestors().find_map(|folder| {
        let inside = path.strip_prefix(folder).ok();
        up += usize::from(inside.is_none());
        inside
    });
    let inside = inside.unwrap_or(path).components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    std::iter::repeat_n("..".to_owned(), up).chain(inside).collect::<Vec<_>>().join("/")
}

/// The packages that a library is built from and that lie on this disk.
pub(super) struct Packages {
    /// Folders by name.
    pub(super) found: BTreeMap<String, PathBuf>,
    /// The workspaces that they belong to, by folder.
    workspaces: BTreeMap<PathBuf, Workspace>,
}

/// What packages take from the manifest of their workspace.
struct Workspace {
    manifest: Table,
    /// Dependencies that some of them take from its table.
    inherited: BTreeSet<String>,
}

impl Packages {
    /// Those of `package` in the workspace at `root`.
    pub(super) fn of(root: &Path, package: &str) -> anyhow::Result<Self> {
        let workspace = table(&root.join("Cargo.toml"))?;
        let folder = member(root, &workspace, package)?;
        let mut packages = Self { found: BTreeMap::new(), workspaces: BTreeMap::new() };
        packages.workspaces.insert(root.to_owned(), Workspace { manifest: workspace, inherited: BTreeSet::new() });
        packages.add(&folder)?;
        Ok(packages)
    }

    fn add(&mut self, folder: &Path) -> anyhow::Result<()> {
        let manifest = table(&folder.join("Cargo.toml"))?;
        let name = package_name(&manifest).with_context(|| format!("{} is no package", folder.display()))?;
        if self.found.insert(name.to_owned(), folder.to_owned()).is_some() {
            return Ok(());
        }
        let root = self.workspace_of(folder);
        let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
        for table in targets.filter_map(Value::as_table).chain([&manifest]) {
            for section in ["dependencies", "build-dependencies"] {
                let Some(dependencies) = table.get(section).and_then(Value::as_table) else { continue };
                for (name, dependency) in dependencies {
                    self.add_dependency(folder, root.as_deref(), name, dependency)?;
                }
            }
        }
        Ok(())
    }

    fn add_dependency(
        &mut self,
        folder: &Path,
        root: Option<&Path>,
        name: &str,
        dependency: &Value,
    ) -> anyhow::Result<()> {
        let path = |dependency: &Value| dependency.get("path").and_then(Value::as_str).map(str::to_owned);
        if dependency.get("workspace").and_then(Value::as_bool) != Some(true) {
            return path(dependency).map_or(Ok(()), |path| self.add(&plain(&folder.join(path))));
        }
        let missing = || format!("`{name}` is not in [workspace.dependencies]");
        let root = root.with_context(missing)?;
        let workspace = self.workspaces.get_mut(root).with_context(missing)?;
        workspace.inherited.insert(name.to_owned());
        let inherited = dependencies(&workspace.manifest).and_then(|table| table.get(name)).with_context(missing)?;
        path(inherited).map_or(Ok(()), |path| self.add(&plain(&root.join(path))))
    }

    /// The folder of the workspace that the package in `folder` belongs to: the nearest one upwards.
    fn workspace_of(&mut self, folder: &Path) -> Option<PathBuf> {
        for root in folder.ancestors() {
            if self.workspaces.contains_key(root) {
                return Some(root.to_owned());
            }
            let Ok(manifest) = table(&root.join("Cargo.toml")) else { continue };
            if manifest.contains_key("workspace") {
                let workspace = Workspace { manifest, inherited: BTreeSet::new() };
                self.workspaces.insert(root.to_owned(), workspace);
                return Some(root.to_owned());
            }
        }
        None
    }
}

/// The folder of the workspace's package with this name.
pub(super) fn member(root: &Path, workspace: &Table, package: &str) -> anyhow::Result<PathBuf> {
    let mut folders = vec![root.to_owned()];
    let members = workspace.get("workspace").and_then(|table| table.get("members")).and_then(Value::as_array);
    for member in members.into_iter().flatten().filter_map(Value::as_str) {
        match member.strip_suffix("/*") {
            Some(parent) if !parent.contains('*') => {
                let parent = root.join(parent);
                let entries = fs::read_dir(&parent).with_context(|| format!("listing {}", parent.display()))?;
                folders.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
            }
            _ if member.contains('*') => bail!("the pattern `{member}` of workspace members is not understood"),
            _ => folders.push(root.join(member)),
        }
    }
    let is_it = |folder: &PathBuf| {
        let manifest = table(&folder.join("Cargo.toml"));
        manifest.is_ok_and(|manifest| package_name(&manifest) == Some(package))
    };
    folders.into_iter().find(is_it).ok_or_else(|| anyhow!("the workspace has no package `{package}`"))
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

/// The locked packages that the named ones need, a line each with its checksum.
fn locked<'a>(path: &Path, names: impl Iterator<Item = &'a String>) -> anyhow::Result<String> {
    let lock = match fs::read_to_string(path) {
        // The first build writes it.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        text => text.with_context(|| format!("reading {}", path.display()))?,
    };
    let lock: Table = lock.parse().with_context(|| format!("reading {}", path.display()))?;
    let mut packages: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for package in lock.get("package").and_then(Value::as_array).into_iter().flatten() {
        packages.entry(text(package, "name")).or_default().push(package);
    }
    let mut lines = BTreeSet::new();
    let mut wanted: Vec<&str> = names.map(String::as_str).collect();
    while let Some(name) = wanted.pop() {
        // `name`, or where there are several, `name version`, or where those are not enough, `name version (source)`.
        let mut words = name.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next());
        for package in packages.get(name).into_iter().flatten() {
            let is_meant = version.is_none_or(|version| text(package, "version") == version);
            let line = ["name", "version", "source", "checksum"].map(|field| text(package, field));
            if is_meant && lines.insert(line) {
                let needed = package.get("dependencies").and_then(Value::as_array);
                wanted.extend(needed.into_iter().flatten().filter_map(Value::as_str));
            }
        }
    }
    Ok(lines.into_iter().map(|line| line.join(" ")).collect::<Vec<_>>().join("\n"))
}

fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package.get(field).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn package_name(manifest: &Table) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

pub(super) fn table(path: &Path) -> anyhow::Result<Table> {
    let doing = || format!("reading {}", path.display());
    fs::read_to_string(path).with_context(doing)?.parse().with_context(doing)
}

/// The path without `.` and `..`, so that a folder has one name.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}
