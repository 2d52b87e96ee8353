//! What editors and systems leave beside the files of a book: locks, backups, copies half written, how a folder is looked at. It is no
//! part of the book.
//!
//! It is neither watched nor published: where there is any, mdBook is shown the book as a folder of links without it, because
//! it publishes every file and stops at a lock that leads nowhere.

use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use tempfile::TempDir;

/// True for the name of a file that an editor keeps for itself.
pub fn is_leftover(name: &str) -> bool {
    // Emacs: `.#x`, `#x#`; many: `x~`; vim: `.x.swp`, `.x.swo`, and `4913`, by which it tries whether a folder can be written.
    let is_swap = |ending: &str| ending.len() == 3 && ending.starts_with("sw") && ending.is_ascii();
    name.starts_with(".#")
        || name.ends_with('~')
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && name.rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && is_swap(ending)))
        || name == "4913"
        // LibreOffice, Kate, gedit, JetBrains.
        || (name.starts_with(".~lock.") && name.ends_with('#'))
        || name.ends_with(".kate-swp")
        || name.starts_with(".goutputstream-")
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        // Word, git and patch, file managers.
        || name.starts_with("~$")
        || name.ends_with(".orig")
        || name.ends_with(".rej")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&name)
}

/// The folder `root` as mdBook shall see it: itself, or, when these folders of it hold leftovers, a copy without them that is made of
/// links. mdBook publishes every file of some folders, and stops at a lock, which is a link that leads nowhere.
pub fn without_leftovers(root: &Path, folders: &[PathBuf]) -> anyhow::Result<Option<TempDir>> {
    let with: Vec<&PathBuf> = folders.iter().filter(|folder| has_leftovers(&root.join(folder))).collect();
    if with.is_empty() {
        return Ok(None);
    }
    let copy = tempfile::tempdir().context("making a folder for the book without what editors left in it")?;
    mirror(root, copy.path(), Path::new(""), &with)?;
    Ok(Some(copy))
}

fn has_leftovers(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        is_leftover(&entry.file_name().to_string_lossy())
            || (entry.file_type().is_ok_and(|kind| kind.is_dir()) && has_leftovers(&entry.path()))
    })
}

/// Links everything of `from` into `to`; what lies on the way to one of `folders`, or in it, is gone into.
fn mirror(from: &Path, to: &Path, inside: &Path, folders: &[&PathBuf]) -> anyhow::Result<()> {
    let doing = || format!("copying {}", from.display());
    let plain = |folder: &Path| -> PathBuf { folder.components().filter(|part| *part != Component::CurDir).collect() };
    for entry in std::fs::read_dir(from).with_context(doing)? {
        let entry = entry.with_context(doing)?;
        let inside = inside.join(entry.file_name());
        let is_in = folders.iter().any(|folder| inside.starts_with(plain(folder)));
        if is_in && is_leftover(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let is_on_the_way = is_in || folders.iter().any(|folder| plain(folder).starts_with(&inside));
        let target = to.join(entry.file_name());
        if is_on_the_way && entry.file_type().with_context(doing)?.is_dir() {
            std::fs::create_dir(&target).with_context(doing)?;
            mirror(&entry.path(), &target, &inside, folders)?;
        } else {
            link(&entry.path(), &target).with_context(doing)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(file: &Path, target: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(file, target)
}

#[cfg(windows)]
fn link(file: &Path, target: &Path) -> std::io::Result<()> {
    if file.is_dir() {
        std::os::windows::fs::symlink_dir(file, target)
    } else {
        std::os::windows::fs::symlink_file(file, target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_and_backups_are_told_from_files_of_a_book() {
        let leftovers = [
            ".#данные.md",
            "#данные.md#",
            "данные.md~",
            ".данные.md.swp",
            ".данные.md.swo",
            "4913",
            ".~lock.таблица.ods#",
            ".данные.md.kate-swp",
            ".goutputstream-Q2W3E4",
            "данные.md___jb_tmp___",
            "~$данные.docx",
            "данные.md.orig",
            "данные.md.rej",
            ".DS_Store",
            "Thumbs.db",
        ];
        for name in leftovers {
            assert!(is_leftover(name), "{name}");
        }
        for name in ["данные.md", "#", "C#", "#1.svg", ".nojekyll", "игра.swf", ".htaccess", "a~b.md", ".swp.md"]
        {
            assert!(!is_leftover(name), "{name}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_book_is_seen_without_leftovers_and_with_all_else() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "1").unwrap();
        };
        for file in ["book.toml", "книга/src/а.md", "книга/src/глава/рис.svg", "книга/data/x~", "тема/css/а.css"]
        {
            write(file);
        }
        let folders = ["./книга/src".into(), "тема".into()];
        assert!(without_leftovers(root.path(), &folders).unwrap().is_none());
        write("книга/src/глава/рис.svg~");
        std::os::unix::fs::symlink("user@host.1:2", root.path().join("книга/src/.#а.md")).unwrap();
        let seen = without_leftovers(root.path(), &folders).unwrap().unwrap();
        for file in ["book.toml", "книга/src/а.md", "книга/src/глава/рис.svg", "книга/data/x~", "тема/css/а.css"]
        {
            assert!(seen.path().join(file).is_file(), "{file}");
        }
        for file in ["книга/src/глава/рис.svg~", "книга/src/.#а.md"] {
            assert!(seen.path().join(file).symlink_metadata().is_err(), "{file}");
        }
    }
}
