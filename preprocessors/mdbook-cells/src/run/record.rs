//! What is remembered of a page's last good run: only to say why it runs again, and how long that will take.

use std::path::Path;

use serde::{Deserialize, Serialize};
use store::{Key, Store};

use crate::run::key::Parts;
use page::Page;

/// The last good run of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What its result followed from.
    pub parts: Parts,
    /// Files it read, and their hashes; none for a file that was not there.
    pub reads: Vec<(String, Option<String>)>,
    /// How long it took.
    pub milliseconds: u64,
    /// In words, why it was run; empty the first time.
    pub because: Vec<String>,
}

/// Why a page without a record is run.
pub(crate) const NEVER: &str = "it has never run to a good end here";

impl Record {
    /// In words, why `page` with these parts has to be run after this run; `hash` is that of a file of the folder `data` now.
    pub(crate) fn reasons_against(
        &self,
        page: &Page,
        parts: &Parts,
        data: &Path,
        hash: &dyn Fn(&str) -> Option<String>,
    ) -> Vec<String> {
        let mut reasons = parts.changes_since(&self.parts, page);
        for (path, before) in &self.reads {
            let file = data.join(path).display().to_string().replace('\\', "/");
            match (before, hash(path)) {
                (before, now) if now == *before => {}
                (None, _) => reasons.push(format!("`{file}` is new")),
                (_, None) => reasons.push(format!("`{file}` is gone")),
                _ => reasons.push(format!("`{file}` changed")),
            }
        }
        if reasons.is_empty() {
            reasons.push("its result is not in the store any more".to_owned());
        }
        reasons
    }
}

/// The records of a store.
pub struct Records<'a>(&'a Store);

impl<'a> Records<'a> {
    /// The records in `store`.
    pub fn open(store: &'a Store) -> Self {
        Self(store)
    }

    /// The record of a page.
    pub fn get(&self, page: &str) -> Option<Record> {
        serde_json::from_slice(&self.0.get("record", &key(page))?).ok()
    }

    /// Replaces the record of a page.
    pub fn put(&self, page: &str, record: &Record) -> anyhow::Result<()> {
        self.0.put("record", &key(page), &serde_json::to_vec(record)?)
    }
}

fn key(page: &str) -> Key {
    Key::of(&[("page", page.as_bytes())])
}
