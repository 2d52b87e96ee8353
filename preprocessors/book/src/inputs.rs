//! Everything that a site follows from, read before anything is built of it, as one key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Context as _;
use engine::{Engine as _, Rustc};
use mdbook_cells::config::Config as Cells;
use mdbook_driver::config::Config;
use rayon::prelude::*;
use step::publish;
use store::Key;

use crate::containment::included;
use crate::launcher::launcher;
use crate::paths::plain;
use crate::steps::are_all;

/// What is larger than this is not read only to know whether it is still the same.
const MOST_BYTES: u64 = 256 << 20;
/// The same for the number of files.
const MOST_FILES: usize = 20_000;

/// The inputs of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// Of the site's bytes.
    of_site: Key,
    /// Of how it would be made: what the store has.
    of_store: Key,
}

impl Inputs {
    /// Those of the book at `root`, whose steps have these names; none where something may reach the site that is not looked at here.
    pub fn of(root: &Path, config: &Config, steps: &[&str]) -> anyhow::Result<Option<Self>> {
        if !are_all(steps, config)? {
            return Ok(None);
        }
        let cells = Cells::read(config)?;
        let mut made =
            vec![config.build.build_dir.clone(), ".book".into(), cells.store.clone(), mdbook_search::INDEX.into()];
        made.extend(publish::made(config));
        let mut files = Files { made: made.iter().map(|path| plain(&root.join(path))).collect(), ..Files::default() };
        let html = config.html_config().unwrap_or_default();
        let folders = [config.book.src.clone(), html.theme.unwrap_or_else(|| "theme".into()), cells.data.clone()];
        let is_apart = |folder: &PathBuf| files.made.iter().all(|made| !plain(&root.join(folder)).starts_with(made));
        if !folders.iter().all(is_apart) {
            return Ok(None);
        }
        let settings = toml::Value::try_from(config).context("reading book.toml")?;
        files.add_top(root);
        folders.iter().for_each(|folder| files.add(&root.join(folder)));
        files.add_named(root, &settings);
        files.add_included();
        let Some(files) = files.hashed() else { return Ok(None) };
        let environment = match config.contains_key("preprocessor.cells") {
            true => format!("{:?}", Rustc::new(cells.library(root)?, launcher()?)?.environment()),
            false => String::new(),
        };
        let of_site = Key::of(&[
            ("program", program()?.as_bytes()),
            ("settings", settings.to_string().as_bytes()),
            ("environment", environment.as_bytes()),
            ("files", &files.0),
        ]);
        Ok(Some(Self { of_site, of_store: listed(&root.join(&cells.store)) }))
    }

    /// Whether a site of these would be the same.
    pub fn give_the_site_of(&self, others: &Self) -> bool {
        self.of_site == others.of_site
    }

    /// All of them as one.
    pub fn key(&self) -> Key {
        Key::of(&[("site", &self.of_site.0), ("store", &self.of_store.0)])
    }
}

/// Names this very program: what has the same size and time of writing is the same.
pub fn program() -> anyhow::Result<String> {
    let program = std::env::current_exe().and_then(std::fs::metadata).context("looking at this program")?;
    let written = program.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok(format!("{} {written:?}", program.len()))
}

/// Files that are read, and folders and links on the way to them.
#[derive(Default)]
struct Files {
    /// What builds make.
    made: BTreeSet<PathBuf>,
    found: BTreeMap<PathBuf, State>,
    bytes: u64,
}

/// What is found at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    File,
    Folder,
    Nothing,
}

impl Files {
    /// All that lies below a path; links are followed.
    fn add(&mut self, path: &Path) {
        let mut open = vec![path.to_owned()];
        while let Some(path) = open.pop().filter(|_| !self.are_too_many()) {
            if self.made.contains(&plain(&path)) || self.found.contains_key(&path) {
                continue;
            }
            let state = match path.metadata() {
                Ok(found) if found.is_dir() => {
                    let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
                    open.extend(entries.map(|entry| entry.path()));
                    State::Folder
                }
                Ok(found) => {
                    self.bytes += found.len();
                    State::File
                }
                Err(_) => State::Nothing,
            };
            self.found.insert(path, state);
        }
    }

    /// The files that lie in the book's folder itself: what steps read is usually there.
    fn add_top(&mut self, root: &Path) {
        let entries = std::fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.path());
        // The archive of a site is made of it.
        let archives: BTreeSet<PathBuf> = self.made.iter().map(|made| made.with_added_extension("zip")).collect();
        let files: Vec<PathBuf> = entries.filter(|path| path.is_file() && !archives.contains(path)).collect();
        files.iter().for_each(|file| self.add(file));
    }

    /// The files that the configuration names, under whatever key.
    fn add_named(&mut self, root: &Path, value: &toml::Value) {
        match value {
            toml::Value::String(text) if root.join(text).is_file() => self.add(&root.join(text)),
            toml::Value::Array(values) => values.iter().for_each(|value| self.add_named(root, value)),
            toml::Value::Table(table) => table.values().for_each(|value| self.add_named(root, value)),
            _ => {}
        }
    }

    /// The files that pages include.
    fn add_included(&mut self) {
        let is_page = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "md");
        let pages: Vec<PathBuf> = self.found.keys().filter(is_page).cloned().collect();
        let found: Vec<BTreeSet<PathBuf>> = pages.par_iter().map(|page| included(page)).collect();
        for file in found.iter().flatten() {
            // What a page takes from a folder that is made counts all the same.
            self.found.insert(file.clone(), if file.is_file() { State::File } else { State::Nothing });
        }
    }

    fn are_too_many(&self) -> bool {
        self.found.len() > MOST_FILES || self.bytes > MOST_BYTES
    }

    /// The hash of all.
    fn hashed(self) -> Option<Key> {
        if self.are_too_many() {
            return None;
        }
        let files: Vec<(&PathBuf, &State)> = self.found.iter().collect();
        let hashes: Vec<Key> = files.par_iter().map(|(path, state)| hashed(path, state)).collect();
        let parts: Vec<(&str, &[u8])> = hashes.iter().map(|hash| ("file", hash.0.as_slice())).collect();
        Some(Key::of(&parts))
    }
}

fn hashed(path: &Path, state: &State) -> Key {
    let link = std::fs::read_link(path).map(|target| format!("{}", target.display())).unwrap_or_default();
    let name = path.as_os_str().as_encoded_bytes();
    let content = match state {
        State::File => std::fs::read(path).map_err(|error| error.to_string().into_bytes()),
        State::Folder | State::Nothing => Ok(Vec::new()),
    };
    let (kind, content) = match content {
        Ok(content) => (format!("{state:?}"), content),
        Err(error) => ("Unreadable".to_owned(), error),
    };
    Key::of(&[("path", name), ("link", link.as_bytes()), ("state", kind.as_bytes()), ("content", &content)])
}

/// What lies in the store: the name of an entry says what is in it, and one that was damaged was written.
fn listed(store: &Path) -> Key {
    let mut entries = BTreeSet::new();
    let mut open = vec![store.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(found) = entry.metadata() else { continue };
            if found.is_dir() {
                open.push(entry.path());
            } else {
                entries.insert(format!("{} {} {:?}", entry.path().display(), found.len(), found.modified().ok()));
            }
        }
    }
    let parts: Vec<(&str, &[u8])> = entries.iter().map(|entry| ("entry", entry.as_bytes())).collect();
    Key::of(&parts)
}
