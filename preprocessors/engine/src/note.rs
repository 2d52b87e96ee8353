//! What a library was found to take in, as one machine tells it another: so the keys of pages are known there before it was built.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use store::{Key, Store};

use super::fingerprint::{CHAIN, Fingerprint};
use super::taken::{self, Taken};
use super::{Library, Toolchain};

/// What was found in a library of one fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The fingerprint, in hexadecimal digits.
    fingerprint: String,
    taken: Taken,
}

/// What came of notes from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// They say what is so here, and are kept.
    Yes,
    /// They are of a library that is another one here.
    No,
    /// Nobody should look at what they name.
    Refused(String),
}

impl Note {
    pub(super) fn new(fingerprint: &Fingerprint, taken: Taken) -> Self {
        Self { fingerprint: fingerprint.key().to_string(), taken }
    }
}

impl Library {
    /// What is known of the library as it is now.
    pub(super) fn notes(&self, toolchain: &Toolchain) -> anyhow::Result<Vec<Note>> {
        Ok(Fingerprint::with_notes(self, toolchain)?.1)
    }

    /// Keeps notes from elsewhere if they lead from the sources that lie here to a library of just these `files`: whoever wrote them
    /// then knew what lies here, and learns nothing by them. What is known here already is not written over.
    pub fn adopt(
        &self,
        toolchain: &Toolchain,
        notes: &[Note],
        files: &BTreeMap<String, String>,
    ) -> anyhow::Result<Adopted> {
        let own = Fingerprint::own(self, toolchain)?;
        let (mut whole, mut used) = (own.clone(), Vec::new());
        for _ in 0..CHAIN {
            let key = whole.key();
            let Some(note) = notes.iter().find(|note| Key::parse(&note.fingerprint) == Some(key)) else { break };
            if let Some(refused) = self.refused(&note.taken) {
                return Ok(Adopted::Refused(refused));
            }
            used.push((key, &note.taken));
            let with = own.with(&self.root, &note.taken)?;
            if with.files == whole.files {
                break;
            }
            whole = with;
        }
        if used.is_empty() || whole.files != *files {
            return Ok(Adopted::No);
        }
        let store = Store::open(&self.store);
        for (key, taken) in used {
            if store.get("taken", &key).is_none() {
                store.put("taken", &key, &serde_json::to_vec(taken)?)?;
            }
        }
        Ok(Adopted::Yes)
    }

    /// Why what a note names is not to be looked at.
    fn refused(&self, Taken { files, variables }: &Taken) -> Option<String> {
        /// More than any library takes in.
        const MOST: usize = 1000;
        if files.len() + variables.len() > MOST {
            return Some(format!("it names more than {MOST} files and variables of the library"));
        }
        if let Some(name) = variables.iter().find(|name| !taken::is_of_library(name) || name.contains(['=', '\0'])) {
            return Some(format!("no library follows from the variable {name:?}"));
        }
        let file = files.iter().find(|file| !is_inside(&self.root, file))?;
        Some(format!("the library's file {file:?} lies outside, or is none"))
    }
}

/// Whether a path leads to a file or a folder inside of `root`, or to nothing there.
fn is_inside(root: &Path, path: &Path) -> bool {
    let is_plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    is_plain
        && path != Path::new("")
        && match (root.canonicalize(), root.join(path).canonicalize()) {
            (Ok(root), Ok(path)) => path.starts_with(root) && (path.is_file() || path.is_dir()),
            (_, Err(error)) => error.kind() == std::io::ErrorKind::NotFound,
            (Err(_), _) => false,
        }
}
