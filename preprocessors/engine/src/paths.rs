//! Paths without `.` and `..`, and as they are seen from the book.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, so that a folder has one name.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// A path as it is seen from a folder, with `..` where it lies elsewhere: the same on every machine where both lie so.
pub(super) fn from_root(root: &Path, path: &Path) -> PathBuf {
    let shared = root.components().zip(path.components()).take_while(|(one, other)| one == other).count();
    let up = root.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// A path in a key: with `/` on every system.
pub(super) fn name(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_elsewhere_is_named_from_the_book() {
        let seen = |path: &str| name(&from_root(Path::new("/курс/книга"), &plain(Path::new(path))));
        assert_eq!(seen("/курс/книга/ml/src/lib.rs"), "ml/src/lib.rs");
        assert_eq!(seen("/курс/./книга/../общее/lib.rs"), "../общее/lib.rs");
        assert_eq!(seen("/курс/книга-2/lib.rs"), "../книга-2/lib.rs");
        assert_eq!(seen("/etc/слова"), "../../etc/слова");
    }
}
