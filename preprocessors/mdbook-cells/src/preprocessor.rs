//! The cells as a step of a book's way to its readers.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mdbook_preprocessor::book::Book;
use step::{Changes, Given, Step, chapter};

use crate::config::Config;
use crate::draft::Draft;
use crate::run::{Progress, Runner, Scope};
use page::comment::Known;

/// Runs the cells of every page.
pub struct Cells {
    launcher: PathBuf,
    listener: Box<dyn Fn(Progress) + Sync + Send>,
    scope: Scope,
    comments: &'static [Known],
}

impl Cells {
    /// A step that starts `launcher` for page programs and tells `listener` how far it is.
    pub fn new(launcher: PathBuf, listener: Box<dyn Fn(Progress) + Sync + Send>) -> Self {
        Self { launcher, listener, scope: Scope::Book, comments: &[] }
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

impl Step for Cells {
    fn name(&self) -> &'static str {
        "cells"
    }

    fn subject(&self) -> &'static str {
        "pages"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let config = Config::of(given.context)?;
        let root = std::path::absolute(&given.context.root).context("finding the book's folder")?;
        let pages = given.pages.iter().map(|page| (page.draft.path().to_owned(), page.draft.text()));
        let draft = Draft::read(pages, &config, self.comments);
        let runner = Runner::new(&root, config.clone(), self.launcher.clone())?;
        let (results, mut diagnostics) = runner.run(&draft.jobs(), &self.scope, &*self.listener)?;
        let (edits, more) = draft.edits(&results, &config);
        diagnostics.extend(more);
        diagnostics.extend(draft.diagnostics);
        let edits = edits.into_iter().map(Option::unwrap_or_default).collect();
        Ok(Changes { edits, diagnostics, ..Changes::default() })
    }
}

/// Reads the pages of a book whose Markdown lies in `src`, on which `comments` mean something besides the tool's own.
pub fn read(book: &Book, src: &Path, config: &Config, comments: &[Known]) -> Draft {
    let pages = book.chapters().filter_map(|page| Some((chapter::path(page, src)?, page.content.as_str())));
    Draft::read(pages, config, comments)
}
