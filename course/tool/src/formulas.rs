//! Labels of formulas that nobody needs.

use std::collections::BTreeSet;

use book::{from_root, linked, texts};
use diagnostic::Diagnostic;
use lecture::Lecture;
use mdbook_driver::MDBook;

/// Labels that no link of the book leads to, and that no check names.
pub fn unused(book: &MDBook) -> Vec<Diagnostic> {
    let pages = texts(&book.book);
    let linked = linked(book);
    let none = BTreeSet::new();
    let unused = pages.iter().flat_map(|(page, text)| {
        let path = from_root(&book.config.book.src, page);
        Lecture::read(&path, text).unused_labels(linked.get(page).unwrap_or(&none))
    });
    unused.collect()
}
