//! Labels of formulas that nobody needs.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::Diagnostic;
use lecture::Lecture;
use mdbook_driver::MDBook;
use percent_encoding::percent_decode_str;

use crate::load::{from_root, texts};
use crate::outgoing::outgoing;

/// Labels that no link of the book leads to, and that no check names.
pub fn unused(book: &MDBook) -> Vec<Diagnostic> {
    let pages = texts(&book.book);
    let mut linked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (page, text) in &pages {
        for link in outgoing(text).links {
            let address = percent_decode_str(&link.address).decode_utf8_lossy();
            let Some((path, label)) = address.split_once('#') else { continue };
            let Some(target) = dialect::target(page, path) else { continue };
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
