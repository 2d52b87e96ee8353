//! `[preprocessor.search]` of book.toml.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use mdbook_preprocessor::config::Config;
use serde::Deserialize;
use serde::de::IgnoredAny;

const TABLE: &str = "preprocessor.search";
/// Keys of the table that are mdBook's.
const MDBOOK: [&str; 5] = ["command", "before", "after", "renderers", "optional"];
/// Those that are ours.
const OURS: [&str; 2] = ["synonyms", "texts"];

/// How a book is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Names of the same, each a list.
    pub synonyms: Vec<Vec<String>>,
    /// Whether results are quoted, from scripts that are written into src.
    pub texts: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Table {
    synonyms: Option<String>,
    texts: bool,
}

impl Settings {
    /// Reads the table, and the file that it names.
    pub fn read(config: &Config, root: &Path) -> anyhow::Result<Self> {
        let reading = || format!("reading [{TABLE}] of book.toml");
        let keys: BTreeMap<String, IgnoredAny> = config.get(TABLE).with_context(reading)?.unwrap_or_default();
        for key in keys.keys().map(String::as_str) {
            ensure!(MDBOOK.contains(&key) || OURS.contains(&key), "unknown key `{key}` in [{TABLE}] of book.toml");
        }
        let table: Table = config.get(TABLE).with_context(reading)?.unwrap_or_default();
        let text = match &table.synonyms {
            Some(file) => fs::read_to_string(root.join(file)).with_context(|| format!("reading {file}"))?,
            None => String::new(),
        };
        Ok(Self { synonyms: groups(&text), texts: table.texts })
    }
}

/// A line is a group: names with `=` between them. What begins with `#` is a remark.
fn groups(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let group =
        |line: &str| line.split('=').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    lines.map(group).filter(|group: &Vec<String>| group.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_group_of_names() {
        let text = "# имена\nSVD = СВД = сингулярное разложение\n\nодно\n";
        assert_eq!(groups(text), [["SVD", "СВД", "сингулярное разложение"]]);
    }

    #[test]
    fn a_key_that_nobody_reads_is_an_error() {
        let config: Config = "[preprocessor.search]\nsinonyms = \"а\"\n".parse().unwrap();
        let error = Settings::read(&config, Path::new(".")).unwrap_err().to_string();
        assert_eq!(error, "unknown key `sinonyms` in [preprocessor.search] of book.toml");
    }
}
