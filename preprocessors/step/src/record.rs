//! What the steps of one build share.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use diagnostic::{Diagnostic, Level, NO_PAGE_WAS_RUN};
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use page::Draft;

use crate::chapter;

/// The pages of a build with their history, and what was found wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Record(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// By their paths from the book's root.
    drafts: BTreeMap<String, Draft>,
    diagnostics: Vec<Diagnostic>,
}

impl Record {
    /// For a book that no step has changed yet. Without it the pages are read from their files when they come, and laid beside them.
    pub fn of(book: &Book, src: &Path) -> Self {
        let page = |page: &Chapter| {
            let path = chapter::path(page, src)?;
            Some((path.clone(), Draft::new(path, page.content.as_str())))
        };
        let known = Known { drafts: book.chapters().filter_map(page).collect(), diagnostics: Vec::new() };
        Self(Arc::new(Mutex::new(known)))
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
            return known.drafts.keys().cloned().collect();
        }
        let errors = known.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        errors.map(|diagnostic| diagnostic.place.path.clone()).collect()
    }

    /// The page of a chapter with its history.
    pub(crate) fn draft(&self, page: &Chapter, context: &PreprocessorContext) -> Result<Draft> {
        let src = &context.config.book.src;
        let text = page.content.as_str();
        let Some(path) = chapter::path(page, src) else {
            let name = page.path.as_deref().unwrap_or(Path::new(&page.name));
            return Ok(Draft::new(chapter::from_root(src, name), text));
        };
        if let Some(draft) = self.known().drafts.get(&path) {
            return Ok(draft.became(text));
        }
        match chapter::read(&context.root, &path) {
            Ok(written) => Ok(Draft::aligned(path, written, text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Draft::new(path, text)),
            Err(error) => Err(error).with_context(|| format!("reading {path}")),
        }
    }

    /// Keeps a page for the next step.
    pub(crate) fn keep(&self, draft: Draft) {
        self.known().drafts.insert(draft.path().to_owned(), draft);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
