//! What changed, as the authors say it in `changes.toml`, the latest first.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::settings::is_day;

/// The file, at the book's root; a book may have none.
const FILE: &str = "changes.toml";

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The day, `2026-12-01`.
    pub date: String,
    /// The page inside src.
    pub page: Option<String>,
    /// What changed, in a sentence.
    pub text: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    change: Vec<Change>,
}

/// Reads the file.
pub fn read(root: &Path) -> Result<Vec<Change>> {
    let text = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).context(format!("reading {FILE}")),
    };
    let file: File = toml::from_str(&text).with_context(|| format!("reading {FILE}"))?;
    for change in &file.change {
        ensure!(is_day(&change.date), "{FILE}: `{}` is no day, as `2026-12-01` is one", change.date);
    }
    ensure!(file.change.is_sorted_by(|a, b| a.date >= b.date), "{FILE}: the latest change stands first");
    Ok(file.change)
}
