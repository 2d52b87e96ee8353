//! A watch on the files that a book is made of: everything in its folder, and the teaching crate wherever it lies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use engine::Toolchain;
use mdbook_cells::config::Config as Cells;
use mdbook_driver::config::Config;
use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Happening;
use crate::leftovers::is_leftover;
use crate::paths;

/// Tells when something that the book is made of changes.
pub struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    parts: Parts,
}

/// What lies where in a book's folder.
struct Parts {
    pages: PathBuf,
    theme: PathBuf,
    /// What tools write.
    made: BTreeSet<PathBuf>,
    /// Folders of the teaching crate.
    library: BTreeSet<PathBuf>,
}

impl Watch {
    /// A watch on the book at `root`, which sees its folders only after [`Self::refresh`].
    pub fn new(root: &Path, happenings: Sender<Happening>) -> anyhow::Result<Self> {
        let hear = move |event: notify::Result<Event>| {
            // A watch that fails now and then still sees the next change.
            let Ok(event) = event else { return };
            if is_change(event.kind) {
                // Nobody listens any more only when the program ends.
                event.paths.into_iter().for_each(|path| drop(happenings.send(Happening::Changed(path))));
            }
        };
        let mut watcher = notify::recommended_watcher(hear).context("watching files")?;
        watcher.watch(root, RecursiveMode::NonRecursive).context("watching the book's folder")?;
        Ok(Self { root: root.to_owned(), watcher, parts: Parts::of(root) })
    }

    /// Watches what is there now: folders may have come, or have been replaced by others of the same name.
    pub fn refresh(&mut self) {
        self.parts = Parts::of(&self.root);
        let mut open: Vec<PathBuf> = self.parts.library.iter().cloned().collect();
        open.push(self.root.clone());
        while let Some(folder) = open.pop() {
            // One that cannot be watched, or is gone already, is tried again after the next change.
            let _ = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
            let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            open.extend(folders.map(|entry| entry.path()).filter(|path| !self.is_made(path)));
        }
    }

    /// True when the book may depend on a file.
    pub fn is_ours(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        !is_leftover(&name)
            && !path.ancestors().take_while(|folder| *folder != self.root).any(|path| self.is_made(path))
    }

    /// True when the programs of pages other than the file itself may depend on it.
    pub fn is_of_programs(&self, path: &Path) -> bool {
        let inside = |folder: &PathBuf| path.starts_with(self.root.join(folder));
        if self.parts.library.iter().any(|folder| path.starts_with(folder)) {
            return true;
        }
        if inside(&self.parts.pages) || inside(&self.parts.theme) {
            return false;
        }
        let is_at_root = path.parent() == Some(&self.root);
        let is_for_cargo = path.extension().is_some_and(|ending| ending == "toml" || ending == "lock");
        !is_at_root || is_for_cargo
    }

    /// True for a folder or file that is made, not written.
    fn is_made(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let is_hidden = name.starts_with('.') && name != ".cargo";
        is_hidden || name == "node_modules" || self.parts.made.contains(path) || path.join("CACHEDIR.TAG").is_file()
    }
}

/// Waits until nothing changes for a moment: editors write a file in several steps.
pub fn wait_for_quiet(happenings: &Receiver<Happening>) {
    const QUIET: Duration = Duration::from_millis(30);
    const PATIENCE: Duration = Duration::from_millis(400);
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && happenings.recv_timeout(QUIET).is_ok() {}
}

fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Any | EventKind::Access(_) | EventKind::Other => false,
    }
}

impl Parts {
    /// As book.toml has it. While that is wrong, everything is where it usually is.
    fn of(root: &Path) -> Self {
        let config = Config::from_disk(root.join("book.toml")).unwrap_or_default();
        let theme = config.html_config().and_then(|html| html.theme).unwrap_or_else(|| "theme".into());
        let cells = Cells::read(&config).unwrap_or_default();
        let plain = |path: PathBuf| paths::plain(&root.join(path));
        let index = Path::new(mdbook_search::INDEX).parent().map(Path::to_owned);
        let published = step::publish::made(&config);
        let made = [Some(config.build.build_dir), Some(cells.store.clone()), Some("target".into()), index];
        // A crate whose manifest is wrong is watched again when the manifest is right: that file lies in the book's folder.
        let library = cells.library(root).and_then(|library| {
            let files = library.fingerprint(&Toolchain::find(root)?)?.files;
            let inside = |file: &String| {
                Path::new(file).parent().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned)
            };
            let folder = |file: &String| Some(library.root.join(inside(file)?));
            Ok(files.keys().filter_map(folder).collect::<Vec<_>>())
        });
        let library = library.unwrap_or_default().into_iter();
        Self {
            pages: config.book.src,
            theme,
            made: made.into_iter().flatten().chain(published).map(plain).collect(),
            library: library.map(plain).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_depends_on_what_is_written_and_not_on_what_is_made() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        };
        std::fs::write(root.path().join("book.toml"), "[book]\nsrc = \"./тексты\"\n[build]\nbuild-dir = \"сайт\"\n")
            .unwrap();
        write("другой/CACHEDIR.TAG");
        let (sender, _receiver) = std::sync::mpsc::channel();
        let watch = Watch::new(root.path(), sender).unwrap();
        let path = |path: &str| root.path().join(path);
        for file in [
            "syllabus.json",
            "тексты/а.md",
            "тексты/часть/рис.svg",
            "data/ирис.csv",
            ".cargo/config.toml",
            "заметки/включено.md",
        ] {
            assert!(watch.is_ours(&path(file)), "{file}");
        }
        let made = [
            "сайт/index.html",
            ".book/store/x",
            "target/debug/x",
            ".git/index",
            "search/index.js",
            "тексты/search/text/а.js",
            "тексты/sitemap.xml",
            "theme/head.hbs",
            "node_modules/a/b.js",
            "другой/x",
            "тексты/.#а.md",
            "тексты/а.md~",
            "тексты/.а.md.swp",
            "тексты/#а.md#",
            "тексты/4913",
        ];
        for file in made {
            assert!(!watch.is_ours(&path(file)), "{file}");
        }
        for file in ["data/ирис.csv", "book.toml", "Cargo.lock", "ml/src/lib.rs"] {
            assert!(watch.is_of_programs(&path(file)), "{file}");
        }
        for file in ["тексты/а.md", "theme/css/а.css", "syllabus.json", "spelling.txt"] {
            assert!(!watch.is_of_programs(&path(file)), "{file}");
        }
    }
}
