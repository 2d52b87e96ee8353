//! What changed, as the authors say it in `changes.toml`, the latest first.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use page::escape;
use serde::{Deserialize, Serialize};

use crate::settings::is_day;

/// The file, at the book's root; a book may have none.
const FILE: &str = "changes.toml";

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// The list for a page, as HTML; `to_root` leads to its pages.
pub fn list(changes: &[Change], to_root: &str) -> String {
    let item = |change: &Change| {
        let day = change.date.split('-').rev().collect::<Vec<_>>().join(".");
        let text = escape::text(&change.text);
        let text = match &change.page {
            Some(page) => {
                let page = page.strip_suffix(".md").unwrap_or(page);
                format!("<a href=\"{to_root}{}.html\">{text}</a>", escape::text(page))
            }
            None => text,
        };
        format!("<li><time datetime=\"{}\">{day}</time>\u{a0}— {text}</li>", change.date)
    };
    format!("<ul class=\"changes\">{}</ul>", changes.iter().map(item).collect::<String>())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_listed_with_their_days_and_pages() {
        let change = |page: Option<&str>| Change {
            date: "2026-12-01".into(),
            page: page.map(str::to_owned),
            text: "Меры < нормы".into(),
        };
        assert_eq!(
            list(&[change(None), change(Some("a/n.md"))], "../"),
            "<ul class=\"changes\"><li><time datetime=\"2026-12-01\">01.12.2026</time>\u{a0}— Меры &#60; нормы</li>\
             <li><time datetime=\"2026-12-01\">01.12.2026</time>\u{a0}— <a href=\"../a/n.html\">Меры &#60; нормы</a></li></ul>"
        );
    }

    #[test]
    fn the_latest_stands_first_and_days_are_days() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(read(root.path()).unwrap(), []);
        for (days, is_right) in [
            (["2026-12-01", "2026-11-30"], true),
            (["2026-11-30", "2026-12-01"], false),
            (["2026-12-01", "вчера"], false),
        ] {
            let text: String =
                days.iter().map(|day| format!("[[change]]\ndate = \"{day}\"\ntext = \"Да\"\n")).collect();
            fs::write(root.path().join(FILE), text).unwrap();
            assert_eq!(read(root.path()).is_ok(), is_right, "{days:?}");
        }
    }
}
