//! Pages that the site will not have: a build of some pages leaves out those that are neither asked for nor in the store and right, and a
//! build that keeps going those that are wrong.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use diagnostic::{Diagnostic, Level};
use mdbook_cells::run::Scope;
use mdbook_driver::book::{Book, BookItem};
use step::chapter::path;

use crate::progress::Watcher;

/// What comes of a page that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistaken {
    /// There is no site.
    Stops,
    /// The site does without the page.
    IsLeftOut,
}

/// Knows, after the cells were run, which pages are left out.
#[derive(Clone)]
pub struct Absent {
    /// The pages that were asked for; none when that is all of them.
    asked: Option<BTreeSet<String>>,
    mistaken: Mistaken,
    watcher: Arc<Watcher>,
}

impl Absent {
    /// For a build of a scope.
    pub fn new(scope: &Scope, mistaken: Mistaken, watcher: &Arc<Watcher>) -> Self {
        let asked = match scope {
            Scope::Book => None,
            Scope::Pages(asked) => Some(asked.clone()),
        };
        Self { asked, mistaken, watcher: Arc::clone(watcher) }
    }

    /// The pages that are left out, after what the steps so far have said; paths from the book's root.
    pub fn pages(&self, book: &Book, src: &Path, said: &[Diagnostic]) -> BTreeSet<String> {
        self.leave_out(book, src, said);
        self.watcher.left_out()
    }

    /// Leaves out pages that are wrong, of those that were asked for only where that does not stop the build; gives those that nobody
    /// asked for.
    pub fn leave_out(&self, book: &Book, src: &Path, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
        let ran = self.watcher.ran();
        let is_asked =
            |page: &String| self.asked.as_ref().is_none_or(|asked| asked.contains(page)) || ran.contains(page);
        let (asked, others): (BTreeSet<String>, BTreeSet<String>) =
            book.chapters().filter_map(|chapter| path(chapter, src)).partition(is_asked);
        let wrong = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        let wrong = wrong.map(|diagnostic| &diagnostic.place.path);
        let is_left_out =
            |page: &&String| others.contains(*page) || self.mistaken == Mistaken::IsLeftOut && asked.contains(*page);
        wrong.filter(is_left_out).for_each(|page| self.watcher.leave_out(page));
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
