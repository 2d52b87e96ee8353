//! What was seen of pages before: one in which nothing was wrong is not opened again while it and all that it loads are the same.
//!
//! An entry follows from this program, the browser, the views and the page's path; in it stand the files that the page loaded, with
//! their hashes. Names of files that carry a hash of their content are no part of a page: what it loads of them is looked at itself. The
//! index of words is the whole book's: whether a page is found by its title is asked each time, of all pages at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use store::{Key, Store, hash};

use crate::chromium::find_chromium;
use crate::finding::View;
use crate::pages::decode;
use crate::weight::Weight;

/// The kind of its entries.
const KIND: &str = "seen";

/// What is remembered of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// By what it is found; nothing for a page that asks not to be.
    pub title: Option<String>,
    /// What it weighs.
    pub weight: Weight,
    /// What it loaded, by path from the site's root, and the hash of each.
    files: Vec<(String, String)>,
}

/// Pages that were seen.
pub struct Memory {
    site: PathBuf,
    store: Store,
    conditions: String,
}

impl Memory {
    /// The memory in a folder, of a site that is looked at in these views.
    pub fn open(folder: &Path, site: &Path, views: &[View]) -> Result<Self> {
        let program = std::env::current_exe().context("finding this program")?;
        let program = hash(&fs::read(&program).with_context(|| format!("reading {}", program.display()))?);
        let browser = find_chromium().context("there is no Chromium on the PATH")?;
        let version = Command::new(browser).arg("--version").output().context("asking Chromium for its version")?;
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        let conditions = format!("{program}\n{version}\n{views:?}");
        Ok(Self { site: site.to_owned(), store: Store::open(folder), conditions })
    }

    /// A page in which nothing was wrong, and of which nothing has changed.
    pub fn get(&self, page: &str) -> Option<Seen> {
        let seen: Seen = serde_json::from_slice(&self.store.get(KIND, &self.key(page))?).ok()?;
        let is_same = |(path, before): &(String, String)| self.hash(path).is_some_and(|now| now == *before);
        seen.files.iter().all(is_same).then_some(seen)
    }

    /// Remembers a page in which nothing was wrong, by the addresses that it asked for below these homes.
    pub fn put(
        &self,
        page: &str,
        homes: &[&str],
        asked: &BTreeSet<String>,
        title: Option<String>,
        weight: Weight,
    ) -> Result<()> {
        let path = |url: &String| {
            let path = homes.iter().find_map(|home| url.strip_prefix(home))?;
            let path = decode(path.split(['?', '#']).next().unwrap_or_default());
            Some(if path.is_empty() { "index.html".to_owned() } else { path })
        };
        let mut paths: BTreeSet<String> = asked.iter().filter_map(path).collect();
        paths.insert(page.to_owned());
        let files = paths.into_iter().map(|path| self.hash(&path).map(|hash| (path, hash)));
        // What is not there was a finding; nothing is remembered of such a page.
        let Some(files) = files.collect() else { return Ok(()) };
        self.store.put(KIND, &self.key(page), &serde_json::to_vec(&Seen { title, weight, files })?)
    }

    fn key(&self, page: &str) -> Key {
        Key::of(&[("conditions", self.conditions.as_bytes()), ("page", page.as_bytes())])
    }

    fn hash(&self, path: &str) -> Option<String> {
        let bytes = fs::read(self.site.join(path)).ok()?;
        if !path.ends_with(".html") {
            return Some(hash(&bytes));
        }
        Some(hash(without_hashes(&String::from_utf8_lossy(&bytes)).as_bytes()))
    }
}

/// A page with `book.js` for `book-0123abcd.js`.
fn without_hashes(html: &str) -> String {
    let is_hash = |text: &str| text.len() == 8 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mut parts = html.split('-');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_at_checked(8) {
            Some((digits, rest)) if is_hash(digits) && rest.starts_with('.') => kept.push_str(rest),
            _ => kept.extend(["-", part]),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::DESK;

    #[test]
    fn hashes_in_names_of_files_are_no_part_of_a_page() {
        let page =
            |hash: &str| format!("<script src=\"../book-{hash}.js\"></script><p id=\"a-b\">x-{hash}, -12345678</p>");
        assert_eq!(
            without_hashes(&page("0123abcd")),
            "<script src=\"../book.js\"></script><p id=\"a-b\">x-0123abcd, -12345678</p>"
        );
        assert_eq!(
            without_hashes(&page("00000000")),
            without_hashes(&page("0123abcd")).replace("0123abcd", "00000000")
        );
        assert_eq!(without_hashes("а-б-"), "а-б-");
    }

    #[test]
    fn a_page_is_remembered_until_something_that_it_loads_changes() -> Result<()> {
        let (site, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let write = |path: &str, text: &str| fs::write(site.path().join(path), text);
        write("а.html", "<script src=\"w-0123abcd.js\">")?;
        write("стиль.css", "p {}")?;
        write("w-0123abcd.js", "1")?;
        let memory =
            Memory {
                site: site.path().to_owned(), store: Store::open(folder.path()), conditions: "те же".to_owned()
            };
        let homes = ["file:///книга/", "http://127.0.0.1:80/"];
        let asked = ["file:///книга/%D0%B0.html#раздел", "http://127.0.0.1:80/%D1%81%D1%82%D0%B8%D0%BB%D1%8C.css?x"];
        let asked: BTreeSet<String> = asked.map(str::to_owned).into();
        assert_eq!(memory.get("а.html"), None);
        memory.put("а.html", &homes, &asked, Some("А".to_owned()), Weight { html: 7, ..Weight::default() })?;
        let seen = memory.get("а.html").context("it is remembered")?;
        assert_eq!((seen.title.as_deref(), seen.weight.html, seen.files.len()), (Some("А"), 7, 2));
        // A script of another name that the page has not loaded.
        write("а.html", "<script src=\"w-ffff0000.js\">")?;
        assert!(memory.get("а.html").is_some());
        write("стиль.css", "p { color: red }")?;
        assert_eq!(memory.get("а.html"), None);
        write("стиль.css", "p {}")?;
        assert!(memory.get("а.html").is_some());
        write("а.html", "<script src=\"w-ffff0000.js\"> ")?;
        assert_eq!(memory.get("а.html"), None);
        // What asked for a file that is not there is not remembered.
        let asked = BTreeSet::from(["file:///книга/нет.png".to_owned()]);
        memory.put("б.html", &homes, &asked, None, Weight::default())?;
        assert_eq!(memory.get("б.html"), None);
        Ok(())
    }

    #[test]
    fn other_views_are_seen_anew() -> Result<()> {
        if find_chromium().is_none() {
            return Ok(());
        }
        let (site, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
        fs::write(site.path().join("а.html"), "")?;
        let open = |views: &[View]| Memory::open(folder.path(), site.path(), views);
        open(&[DESK])?.put("а.html", &[], &BTreeSet::new(), None, Weight::default())?;
        assert!(open(&[DESK])?.get("а.html").is_some());
        assert_eq!(open(&View::all())?.get("а.html"), None);
        Ok(())
    }
}
