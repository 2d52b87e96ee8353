//! Chapters of mdBook's and the files that they were read from.

use std::io;
use std::path::Path;

use mdbook_preprocessor::book::{Book, BookItem, Chapter};

/// Path of a file of src from the book's root, with forward slashes.
pub fn from_root(src: &Path, file: impl AsRef<Path>) -> String {
    src.join(file).components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Path of a chapter's file inside src, with forward slashes; none for a chapter that another step has made.
pub fn inside(chapter: &Chapter) -> Option<String> {
    Some(from_root(Path::new(""), chapter.source_path.as_deref()?))
}

/// Path of a chapter's file from the book's root.
pub fn path(chapter: &Chapter, src: &Path) -> Option<String> {
    Some(from_root(src, chapter.source_path.as_deref()?))
}

/// The number of a chapter in SUMMARY.md, `1.1.8`.
pub fn number(chapter: &Chapter) -> Option<String> {
    Some(chapter.number.as_ref()?.to_string().trim_end_matches('.').to_owned())
}

/// A file of the book as its author wrote it. mdBook takes a byte order mark away, and places are counted without it.
pub fn read(root: &Path, path: &str) -> io::Result<String> {
    let text = std::fs::read_to_string(root.join(path))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Visits the chapters in the order of [`Book::chapters`]; mdBook's own mutable visitor comes to a chapter after those below it.
pub(crate) fn each_mut(book: &mut Book, visit: &mut impl FnMut(&mut Chapter)) {
    below(&mut book.items, visit);
}

fn below(items: &mut [BookItem], visit: &mut impl FnMut(&mut Chapter)) {
    for item in items {
        let BookItem::Chapter(chapter) = item else { continue };
        if !chapter.is_draft_chapter() {
            visit(chapter);
        }
        below(&mut chapter.sub_items, visit);
    }
}
