//! Files of the root that the lectures' programs read too: a program sees nothing outside of the folder of data, so a copy lies there. One
//! that is no longer the same would make numbers of a list that is not the book's.

use std::path::Path;

use anyhow::{Context as _, Result};
use course_site::FILE;
use diagnostic::{Diagnostic, Place};
use mdbook_cells::config::Config as Cells;
use mdbook_driver::MDBook;
use mdbook_references::Settings;

/// Those of a book that are no longer the same.
pub fn differing(book: &MDBook) -> Result<Vec<Diagnostic>> {
    let data = Cells::read(&book.config)?.data;
    let sources = Settings::read(&book.config)?.bibliography;
    among(&book.root, &data.to_string_lossy(), &[FILE, &sources])
}

/// Those of the files that have a copy in the folder of data which is not the same.
fn among(root: &Path, data: &str, files: &[&str]) -> Result<Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    for file in files {
        let name = file.rsplit('/').next().unwrap_or(file);
        let copy = format!("{data}/{name}");
        if copy == **file {
            continue;
        }
        let (Some(ours), Some(theirs)) = (read(&root.join(file))?, read(&root.join(&copy))?) else { continue };
        if ours != theirs {
            wrong.push(stale(file, &copy, first_difference(&ours, &theirs)));
        }
    }
    Ok(wrong)
}

fn read(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        text => text.map(Some).with_context(|| format!("reading {}", path.display())),
    }
}

/// The line of the copy where it begins to differ.
fn first_difference(ours: &str, theirs: &str) -> std::ops::Range<usize> {
    let same: usize = theirs
        .split_inclusive('\n')
        .zip(ours.split_inclusive('\n'))
        .take_while(|(theirs, ours)| theirs == ours)
        .map(|(line, _)| line.len())
        .sum();
    let line = theirs[same..].lines().next().unwrap_or_default();
    same..same + line.len()
}

fn stale(file: &str, copy: &str, place: std::ops::Range<usize>) -> Diagnostic {
    let message = format!("this is no longer `{file}`, and programs of pages read it in place of that");
    Diagnostic::error("stale-copy", message, Place::new(copy, place)).help(format!("copy it: `cp {file} {copy}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_is_no_longer_the_same_is_told_at_its_first_other_line() {
        let root = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| std::fs::write(root.path().join(file), text).unwrap();
        std::fs::create_dir(root.path().join("data")).unwrap();
        write("книги.yml", "а: 1\nб: 2\n");
        let told = || among(root.path(), "data", &["книги.yml", "нет.json"]).unwrap();
        assert_eq!(told(), [], "without a copy nothing is wrong");
        write("data/книги.yml", "а: 1\nб: 2\n");
        assert_eq!(told(), []);
        for (copy, line) in [("а: 1\nб: 3\n", "б: 3"), ("а: 1\n", ""), ("а: 1\nб: 2\nв: 3\n", "в: 3")] {
            write("data/книги.yml", copy);
            let found = told();
            assert_eq!(found.len(), 1, "{copy}");
            assert_eq!(&copy[found[0].place.range.clone()], line);
            assert_eq!(found[0].helps, ["copy it: `cp книги.yml data/книги.yml`"]);
        }
    }
}
