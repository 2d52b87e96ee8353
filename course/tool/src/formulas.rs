//! Labels of formulas that nobody needs.

use std::collections::BTreeSet;

use book::{from_root, linked, texts};
use diagnostic::Diagnostic;
use kept::Kept;
use lecture::Lecture;
use mdbook_driver::MDBook;
use rayon::prelude::*;

/// Labels that no link of the book leads to, and that no check names.
pub fn unused(book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    let pages = texts(&book.book);
    let linked = linked(book, kept)?;
    let (none, src) = (BTreeSet::new(), &book.config.book.src);
    let unused = pages.par_iter().map(|(page, text)| {
        let path = from_root(src, page);
        let linked = linked.get(page).unwrap_or(&none);
        let links = format!("{linked:?}");
        let parts = [("links", links.as_bytes()), ("path", path.as_bytes()), ("text", text.as_bytes())];
        kept.or_make("unused", &parts, || Ok(Lecture::read(&path, text).unused_labels(linked)))
    });
    Ok(unused.collect::<anyhow::Result<Vec<_>>>()?.concat())
}
