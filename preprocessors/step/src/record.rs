//! What the steps of one build share.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use diagnostic::{Diagnostic, Level, NO_PAGE_WAS_RUN};
use mdbook_preprocessor::book::{Book, Chapter};
use page::Draft;

use crate::{Way, chapter};

/// The pages of a build with their history, and what was found wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Record {
    known: Arc<Mutex<Known>>,
    passing: Passing,
}

/// How a page comes from one step to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Passing {
    /// As the text of mdBook's chapter, which steps that are not ours may change.
    #[default]
    Texts,
    /// Only here: the chapters of mdBook's book stay as they were written.
    Names,
}

#[derive(Debug, Default)]
struct Known {
    /// By their paths from the book's root.
    pages: BTreeMap<String, Way>,
    diagnostics: Vec<Diagnostic>,
}

impl Record {
    /// For a book that no step has changed yet. Without it the pages are read from their files when they come, and laid beside them.
    pub fn of(book: &Book, src: &Path) -> Self {
        let page = |page: &Chapter| {
            let path = chapter::path(page, src)?;
            Some((path.clone(), Way::begin(Draft::new(path, page.content.as_str()))))
        };
        let known = Known { pages: book.chapters().filter_map(page).collect(), diagnostics: Vec::new() };
        Self { known: Arc::new(Mutex::new(known)), passing: Passing::Texts }
    }

    /// The same where no other step than these and their neighbours sees the book.
    #[must_use]
    pub fn passing(self, passing: Passing) -> Self {
        Self { passing, ..self }
    }

    /// Adds messages, whose places are those of the files.
    pub fn add(&self, diagnostics: Vec<Diagnostic>) {
        self.known().diagnostics.extend(diagnostics);
    }

    /// What was said so far.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.known().diagnostics.clone()
    }

    /// The same, which is then said no more.
    pub fn take_diagnostics(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.known().diagnostics)
    }

    /// Pages with an error: all of them where none could be run.
    pub fn failed(&self) -> BTreeSet<String> {
        let known = self.known();
        if known.diagnostics.iter().any(|diagnostic| diagnostic.code == NO_PAGE_WAS_RUN) {
            return known.pages.keys().cloned().collect();
        }
        let errors = known.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        errors.map(|diagnostic| diagnostic.place.path.clone()).collect()
    }

    /// A page of the book at `root` as it is after the last step.
    pub fn page(&self, chapter: &Chapter, root: &Path, src: &Path) -> Result<Way> {
        let text = chapter.content.as_str();
        let Some(path) = chapter::path(chapter, src) else {
            let name = chapter.path.as_deref().unwrap_or(Path::new(&chapter.name));
            return Ok(Way::begin(Draft::new(chapter::from_root(src, name), text)));
        };
        let known = self.known().pages.get(&path).cloned();
        match known {
            Some(known) if self.passing == Passing::Names || known.text()? == text => return Ok(known),
            Some(known) => return Ok(Way::begin(known.draft()?.became(text))),
            None => {}
        }
        match chapter::read(root, &path) {
            Ok(written) => Ok(Way::begin(Draft::aligned(path, written, text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Way::begin(Draft::new(path, text))),
            Err(error) => Err(error).with_context(|| format!("reading {path}")),
        }
    }

    /// Puts the texts as they are after the last step into the chapters of the book.
    pub fn fill(&self, book: &mut Book, root: &Path, src: &Path) -> Result<()> {
        let mut result = Ok(());
        chapter::each_mut(book, &mut |chapter| {
            let filled = self.page(chapter, root, src).and_then(|page| write(&page, chapter));
            result = std::mem::replace(&mut result, Ok(())).and(filled);
        });
        result
    }

    /// Takes the page of a chapter as a step has made it.
    pub(crate) fn take(&self, page: Way, chapter: &mut Chapter) -> Result<()> {
        if self.passing == Passing::Texts {
            write(&page, chapter)?;
        }
        self.known().pages.insert(page.path().to_owned(), page);
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(page: &Way, chapter: &mut Chapter) -> Result<()> {
    let text = page.text()?;
    if chapter.content != text {
        text.clone_into(&mut chapter.content);
    }
    Ok(())
}
