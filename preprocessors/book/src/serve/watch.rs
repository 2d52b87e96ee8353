//! A watch on the files that a book is made of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use engine::Library;
use mdbook_cells::config::Config as Cells;
use mdbook_driver::config::Config;
use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Files at the root that a book is made of.
const AT_ROOT: [&str; 6] =
    ["book.toml", "bibliography.yml", "glossary.toml", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml"];

/// Tells when something that the book is made of changes.
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    changes: Receiver<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// A watch on the book at `root`, which knows the folders of the book only after [`Self::refresh`].
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        let (sender, changes) = channel();
        let hear = move |event: notify::Result<Event>| {
            // A watch that fails now and then still sees the next change.
            let Ok(event) = event else { return };
            if is_change(event.kind) {
                // Nobody listens any more only when the program ends.
                event.paths.into_iter().for_each(|path| drop(sender.send(path)));
            }
        };
        let watcher = notify::recommended_watcher(hear).context("watching files")?;
        let mut watch = Self { root: root.to_owned(), watcher, changes, folders: BTreeSet::new() };
        watch.watcher.watch(root, RecursiveMode::NonRecursive).context("watching the book's folder")?;
        Ok(watch)
    }

    /// Watches what the book is made of now: folders may have come, or have been replaced by others of the same name.
    pub fn refresh(&mut self) {
        self.folders = folders(&self.root);
        for folder in &self.folders {
            // One that cannot be watched, or is gone already, is tried again after the next change.
            let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
        }
    }

    /// Waits until something has changed and nothing changes for a moment.
    pub fn wait(&self) {
        /// Editors write a file in several steps.
        const QUIET: Duration = Duration::from_millis(30);
        const PATIENCE: Duration = Duration::from_millis(400);
        loop {
            let Ok(path) = self.changes.recv() else { return };
            if self.is_ours(&path) {
                break;
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) = self.changes.recv_timeout(QUIET) {
                return;
            }
        }
    }

    fn is_ours(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let is_of_an_editor = name.ends_with('~') || name.starts_with('.') || name.ends_with(".swp") || name == "4913";
        let at_root = path.parent() == Some(&self.root);
        !is_of_an_editor
            && if at_root {
                AT_ROOT.contains(&&*name) || self.folders.contains(path)
            } else {
                self.folders.iter().any(|folder| path.starts_with(folder))
            }
    }
}

fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Any | EventKind::Access(_) | EventKind::Other => false,
    }
}

/// The folders of the pages, the theme, the data and the teaching crate. While book.toml is wrong they are the usual ones.
fn folders(root: &Path) -> BTreeSet<PathBuf> {
    let config = Config::from_disk(root.join("book.toml")).unwrap_or_default();
    let html = config.html_config().unwrap_or_default();
    let cells = Cells::read(&config).unwrap_or_default();
    let mut folders: BTreeSet<PathBuf> = [config.book.src, cells.data, ".cargo".into()].into();
    folders.insert(html.theme.unwrap_or_else(|| "theme".into()));
    let files = html.additional_css.into_iter().chain(html.additional_js);
    // The index of the search is made by every build.
    let files = files.filter(|file| file != Path::new(mdbook_search::INDEX));
    folders.extend(files.filter_map(|file| file.parent().map(Path::to_owned)));
    let library = Library { root: root.to_owned(), package: cells.library, profile: cells.profile };
    // A crate whose manifest is wrong is watched again when the manifest is right: that file is watched for the page's sake.
    if let Ok(fingerprint) = library.fingerprint() {
        folders.extend(fingerprint.files.keys().filter_map(|file| Path::new(file).parent().map(Path::to_owned)));
    }
    folders.into_iter().filter(|folder| !folder.as_os_str().is_empty()).map(|folder| root.join(folder)).collect()
}
