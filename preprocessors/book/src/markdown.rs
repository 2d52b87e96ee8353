//! Markdown that mdBook reads otherwise than it was meant, on every page of the book.

use diagnostic::Diagnostic;
use kept::Kept;
use markdown_lint::{Finding, lint};
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use rayon::prelude::*;

use crate::extension::Fixes;
use crate::load::texts;
use crate::pipeline::Ways;
use step::chapter::from_root;

/// What is told of the pages as they were written.
pub fn check(written: &Ways, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    let found = written.par_iter().map(|(_, page)| {
        kept.or_make("markdown", &[("page", page.name())], || {
            let found = lint(page.text()?).into_iter();
            Ok(found.map(|finding| finding.diagnostic(page.path())).collect::<Vec<_>>())
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
