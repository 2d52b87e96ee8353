//! What is remembered of this machine, so that a build that changes nothing starts no process.
//!
//! It is a store of its own, because it names places: it is of no use elsewhere.

use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Key, Store};

/// The memory of a book.
pub(super) struct Local(Store);

impl Local {
    /// The memory of the book at `root`.
    pub(super) fn of(root: &Path) -> Self {
        Self(Store::open(root.join(".book").join("local")))
    }

    /// What is remembered.
    pub(super) fn get<T: DeserializeOwned>(&self, kind: &str, key: &Key) -> Option<T> {
        serde_json::from_slice(&self.0.get(kind, key)?).ok()
    }

    /// Remembers; where that is impossible, as on a disk that is read-only, it is found out again next time.
    pub(super) fn put<T: Serialize>(&self, kind: &str, key: &Key, value: &T) {
        if let Ok(value) = serde_json::to_vec(value) {
            let _ = self.0.put(kind, key, &value);
        }
    }
}

/// What tells a file from its next version without reading it: its length and when it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    length: u64,
    seconds: u64,
    nanoseconds: u32,
}

impl Stamp {
    /// The stamp of a file; `None` when there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let file = path.metadata().ok().filter(Metadata::is_file)?;
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(Self { length: file.len(), seconds: written.as_secs(), nanoseconds: written.subsec_nanos() })
    }

    /// As a part of a key.
    pub(super) fn to_text(self) -> String {
        format!("{} bytes at {}.{:09}", self.length, self.seconds, self.nanoseconds)
    }
}
