//! The cells as an mdBook preprocessor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use diagnostic::Diagnostic;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, errors::Result};

use crate::config::Config;
use crate::draft::Draft;
use crate::run::{Progress, Runner, Scope};
use page::comment::Known;

/// Where diagnostics are gathered, so that all preprocessors' are printed together.
pub type Sink = Arc<Mutex<Vec<Diagnostic>>>;

/// Runs the cells of every page.
pub struct Cells {
    launcher: PathBuf,
    sink: Sink,
    listener: Box<dyn Fn(Progress) + Sync + Send>,
    scope: Scope,
    comments: &'static [Known],
}

impl Cells {
    /// A preprocessor that starts `launcher` for page programs, puts mistakes into `sink` and tells `listener` how far it is.
    pub fn new(launcher: PathBuf, sink: Sink, listener: Box<dyn Fn(Progress) + Sync + Send>) -> Self {
        Self { launcher, sink, listener, scope: Scope::Book, comments: &[] }
    }

    /// Runs only what the scope has; other pages whose results are not in the store stay as they are.
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// Knows these comments besides the tool's own.
    #[must_use]
    pub fn knowing(self, comments: &'static [Known]) -> Self {
        Self { comments, ..self }
    }
}

impl Preprocessor for Cells {
    fn name(&self) -> &'static str {
        "cells"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        // `mdbook test` compiles every block by itself, which cells are not made for.
        Ok(renderer != "test")
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let config = Config::of(context)?;
        let root = std::path::absolute(&context.root).context("finding the book's folder")?;
        let draft = read(&book, &context.config.book.src, &config, self.comments);
        let runner = Runner::new(&root, config.clone(), self.launcher.clone())?;
        let (results, mut diagnostics) = runner.run(&draft.jobs(), &self.scope, &*self.listener)?;
        let (texts, more) = draft.render(&results, &config);
        diagnostics.extend(more);
        diagnostics.extend(draft.diagnostics);
        let mut texts: BTreeMap<String, String> =
            draft.pages.iter().zip(texts).filter_map(|(page, text)| Some((page.path.clone(), text?))).collect();
        book.for_each_chapter_mut(|chapter| {
            if let Some(text) = path(chapter, &context.config.book.src).and_then(|path| texts.remove(&path)) {
                chapter.content = text;
            }
        });
        self.sink.lock().unwrap_or_else(PoisonError::into_inner).extend(diagnostics);
        Ok(book)
    }
}

/// Reads the pages of a book whose Markdown lies in `src`, on which `comments` mean something besides the tool's own.
pub fn read(book: &Book, src: &Path, config: &Config, comments: &[Known]) -> Draft {
    let pages = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some((path(chapter, src)?, chapter.content.as_str())),
        _ => None,
    });
    Draft::read(pages, config, comments)
}

/// Path of a chapter's file from the book's root; `None` for a draft chapter.
pub fn path(chapter: &Chapter, src: &Path) -> Option<String> {
    let path = src.join(chapter.source_path.as_ref()?);
    Some(path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}
