//! `[preprocessor.references]` of book.toml.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use mdbook_preprocessor::config::Config;
use serde::Deserialize;
use serde::de::IgnoredAny;

const TABLE: &str = "preprocessor.references";
/// Keys of the table that are mdBook's.
const MDBOOK: [&str; 5] = ["command", "before", "after", "renderers", "optional"];
/// Those that are ours.
const OURS: [&str; 3] = ["bibliography", "glossary", "style"];

/// Where the files of the course are, from the book's root with forward slashes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What may be cited.
    pub bibliography: String,
    /// Terms.
    pub glossary: String,
    /// How sources are written: `gost`, a style of hayagriva's, or a file in CSL.
    pub style: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { bibliography: "bibliography.yml".to_owned(), glossary: "glossary.toml".to_owned(), style: None }
    }
}

impl Settings {
    /// Reads the table.
    pub fn read(config: &Config) -> anyhow::Result<Self> {
        let reading = || format!("reading [{TABLE}] of book.toml");
        let keys: BTreeMap<String, IgnoredAny> = config.get(TABLE).with_context(reading)?.unwrap_or_default();
        for key in keys.keys().map(String::as_str) {
            ensure!(MDBOOK.contains(&key) || OURS.contains(&key), "unknown key `{key}` in [{TABLE}] of book.toml");
        }
        Ok(config.get(TABLE).with_context(reading)?.unwrap_or_default())
    }
}
