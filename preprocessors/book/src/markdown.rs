//! Markdown that mdBook reads otherwise than it was meant, on every page of the book.

use std::path::Path;

use diagnostic::Diagnostic;
use kept::Kept;
use markdown_lint::{Finding, lint};
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use rayon::prelude::*;

use crate::extension::Fixes;
use crate::load::texts;
use step::chapter::from_root;

/// What is told of the pages as they were written.
pub fn check(book: &Book, src: &Path, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    let pages = texts(book);
    let found = pages.par_iter().map(|(path, text)| {
        let path = from_root(src, path);
        kept.or_make("markdown", &[("path", path.as_bytes()), ("text", text.as_bytes())], || {
            Ok(lint(text).into_iter().map(|finding| finding.diagnostic(&path)).collect::<Vec<_>>())
        })
    });
    Ok(found.collect::<anyhow::Result<Vec<_>>>()?.concat())
}

/// What a machine can mend of the pages of a scope.
pub fn fixes(book: &MDBook, scope: &Scope) -> Vec<Fixes> {
    let pages = texts(&book.book).into_iter().map(|(path, text)| (from_root(&book.config.book.src, &path), text));
    let asked = pages.filter(|(path, _)| match scope {
        Scope::Book => true,
        Scope::Pages(asked) => asked.contains(path),
    });
    let fixes = asked.map(|(path, text)| {
        let mended = |finding: Finding| Some((finding.range, finding.fix?));
        Fixes { path, text: text.to_owned(), changes: lint(text).into_iter().filter_map(mended).collect() }
    });
    fixes.filter(|page| !page.changes.is_empty()).collect()
}
