//! `[preprocessor.course]` of book.toml: what the author says of the site, because neither a clock nor a server may say it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use mdbook_preprocessor::config::Config;
use serde::Deserialize;
use serde::de::IgnoredAny;

const TABLE: &str = "preprocessor.course";
/// Keys of the table that are mdBook's.
const MDBOOK: [&str; 5] = ["command", "before", "after", "renderers", "optional"];

/// Keys of the table that are ours.
pub const KEYS: [&str; 2] = ["address", "version"];

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where the site is published, `https://example.org/book/`.
    pub address: Option<String>,
    /// The day of this version, `2026-12-01`.
    pub version: Option<String>,
}

impl Settings {
    /// Reads the table.
    pub fn read(config: &Config) -> Result<Self> {
        let reading = || format!("reading [{TABLE}] of book.toml");
        let keys: BTreeMap<String, IgnoredAny> = config.get(TABLE).with_context(reading)?.unwrap_or_default();
        for key in keys.keys().map(String::as_str) {
            ensure!(MDBOOK.contains(&key) || KEYS.contains(&key), "unknown key `{key}` in [{TABLE}] of book.toml");
        }
        let mut settings: Self = config.get(TABLE).with_context(reading)?.unwrap_or_default();
        if let Some(address) = &mut settings.address {
            ensure!(
                address.starts_with("https://") || address.starts_with("http://"),
                "`address` in [{TABLE}] of book.toml is no address of a site"
            );
            if !address.ends_with('/') {
                address.push('/');
            }
        }
        if let Some(version) = &settings.version {
            ensure!(is_day(version), "`version` in [{TABLE}] of book.toml is a day, as in `2026-12-01`");
        }
        Ok(settings)
    }

    /// The address with a slash at its end.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }
}

/// Whether this is `2026-12-01`.
pub fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number =
        |part: &str, digits: usize| part.len() == digits && part.bytes().all(|digit| digit.is_ascii_digit());
    matches!(parts.as_slice(), [year, month, day] if is_number(year, 4) && is_number(month, 2) && is_number(day, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Result<Settings> {
        Settings::read(&format!("[preprocessor.course]\n{table}\n").parse()?)
    }

    #[test]
    fn the_table_is_read_and_its_mistakes_are_told() {
        let settings = read("address = \"https://example.org/a\"\nversion = \"2026-12-01\"").unwrap();
        assert_eq!(settings.address(), Some("https://example.org/a/"));
        let mistakes = [
            ("adress = \"а\"", "unknown key `adress` in [preprocessor.course] of book.toml"),
            ("address = \"example.org\"", "`address` in [preprocessor.course] of book.toml is no address of a site"),
            ("version = \"вчера\"", "`version` in [preprocessor.course] of book.toml is a day, as in `2026-12-01`"),
        ];
        for (wrong, said) in mistakes {
            assert_eq!(read(wrong).unwrap_err().to_string(), said);
        }
    }
}
