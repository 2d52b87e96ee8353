//! Labels of formulas that nobody needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diagnostic::Diagnostic;
use lecture::Lecture;
use mdbook_driver::MDBook;
use percent_encoding::percent_decode_str;

use crate::load::from_root;
use crate::outgoing::outgoing;

/// Labels that no link of the book leads to, and that no check names.
pub fn unused(book: &MDBook) -> Vec<Diagnostic> {
    let pages: BTreeMap<String, &str> = book
        .book
        .chapters()
        .filter_map(|chapter| {
            Some((from_root(Path::new(""), chapter.source_path.as_ref()?.to_str()?), chapter.content.as_str()))
        })
        .collect();
    let mut linked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (page, text) in &pages {
        for link in outgoing(text).links {
            let Some((path, label)) = link.address.split_once('#') else { continue };
            let Some(target) = dialect::target(page, &percent_decode_str(path).decode_utf8_lossy()) else { continue };
            linked.entry(target).or_default().insert(label.to_owned());
        }
    }
    let none = BTreeSet::new();
    let unused = pages.iter().flat_map(|(page, text)| {
        let path = from_root(&book.config.book.src, page);
        Lecture::read(&path, text).unused_labels(linked.get(page).unwrap_or(&none))
    });
    unused.collect()
}
