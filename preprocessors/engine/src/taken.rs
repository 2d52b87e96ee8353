//! What a library was compiled from besides its own folders: files and variables that rustc's and the build scripts' own lists name.
//!
//! They are known only when it has been built. So what was found is kept in the book's store under the fingerprint that it was found with:
//! whoever has the same sources, or the store of somebody who had them, knows what else to look at before anything is built.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::packages::Packages;
use super::paths::plain;

/// Names of files and of variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Taken {
    /// Files and folders, from the root of the book.
    pub(super) files: BTreeSet<PathBuf>,
    /// Variables of the environment.
    pub(super) variables: BTreeSet<String>,
}

/// Whether a library may follow from a variable: cargo gets it from us. What cargo sets itself follows from manifests.
pub(super) fn is_of_library(name: &str) -> bool {
    super::environment::reaches_cargo(name) && !name.starts_with("CARGO") && name != "OUT_DIR"
}

/// Whose list it is, and where its paths begin.
pub(super) struct Unit<'a> {
    /// The folder of its package; none when a lock file pins its files.
    pub(super) folder: Option<&'a Path>,
    /// The folder of the workspace.
    pub(super) root: &'a Path,
    /// All packages in folders.
    pub(super) packages: &'a Packages,
}

impl Taken {
    /// Adds what a list of rustc's (`dep-info`) names: a line `PATH:` for every file, `# env-dep:NAME=VALUE` for every variable.
    pub(super) fn add_list(&mut self, list: &str, unit: &Unit<'_>) {
        for line in list.lines() {
            if let Some(variable) = line.strip_prefix("# env-dep:") {
                self.add_variable(variable.split_once('=').map_or(variable, |(name, _)| name));
            } else if let Some(path) = line.strip_suffix(':').filter(|line| !line.contains(": ")) {
                self.add_path(Path::new(&path.replace("\\ ", " ")), unit);
            }
        }
    }

    /// Adds what a build script said that it follows from.
    pub(super) fn add_script(&mut self, said: &str, unit: &Unit<'_>) {
        for line in said.lines() {
            let Some((key, value)) =
                line.strip_prefix("cargo:").and_then(|line| line.trim_start_matches(':').split_once('='))
            else {
                continue;
            };
            match key {
                "rerun-if-changed" => self.add_path(Path::new(value), unit),
                "rerun-if-env-changed" => self.add_variable(value),
                _ => {}
            }
        }
    }

    fn add_variable(&mut self, name: &str) {
        if is_of_library(name) {
            self.variables.insert(name.to_owned());
        }
    }

    fn add_path(&mut self, path: &Path, Unit { folder, root, packages }: &Unit<'_>) {
        let Some(folder) = folder else { return };
        // Cargo compiles members of the workspace in its folder, and others in their own; scripts run in their package's.
        let candidates = [folder.join(path), root.join(path)];
        let found = candidates.iter().find(|path| path.exists()).unwrap_or(&candidates[0]);
        let found = plain(found);
        if !found.starts_with(&packages.target) {
            self.files.insert(super::paths::from_root(root, &found));
        }
    }
}
