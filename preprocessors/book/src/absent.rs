//! Pages that the site will not have: a build of some pages leaves out those that are neither asked for nor in the store and right.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use diagnostic::{Diagnostic, Level};
use mdbook_cells::run::Scope;
use mdbook_driver::book::{Book, BookItem};
use step::chapter::path;

use crate::progress::Watcher;

/// Knows, after the cells were run, which pages are left out.
#[derive(Clone)]
pub struct Absent(Option<Partial>);

/// A build of some pages.
#[derive(Clone)]
struct Partial {
    asked: BTreeSet<String>,
    watcher: Arc<Watcher>,
}

impl Absent {
    /// For a build of a scope.
    pub fn new(scope: &Scope, watcher: &Arc<Watcher>) -> Self {
        let Scope::Pages(asked) = scope else { return Self(None) };
        Self(Some(Partial { asked: asked.clone(), watcher: Arc::clone(watcher) }))
    }

    /// The pages that are left out, after what the steps so far have said; paths from the book's root.
    pub fn pages(&self, book: &Book, src: &Path, said: &[Diagnostic]) -> BTreeSet<String> {
        let Some(Partial { watcher, .. }) = &self.0 else { return BTreeSet::new() };
        self.leave_out(book, src, said);
        watcher.left_out()
    }

    /// Leaves out pages that nobody asked for and that are wrong; gives those that nobody asked for.
    pub fn leave_out(&self, book: &Book, src: &Path, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
        let Some(Partial { asked, watcher }) = &self.0 else { return BTreeSet::new() };
        let ran = watcher.ran();
        let pages = book.chapters().filter_map(|chapter| path(chapter, src));
        let others: BTreeSet<String> = pages.filter(|page| !asked.contains(page) && !ran.contains(page)).collect();
        let wrong = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        wrong.filter(|wrong| others.contains(&wrong.place.path)).for_each(|wrong| watcher.leave_out(&wrong.place.path));
        others
    }
}

/// Makes drafts of these pages: a site never shows what was not computed.
pub fn leave_out(book: &mut Book, absent: &BTreeSet<String>, src: &Path) {
    book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item
            && path(chapter, src).is_some_and(|path| absent.contains(&path))
        {
            (chapter.path, chapter.source_path) = (None, None);
            chapter.content.clear();
        }
    });
}
