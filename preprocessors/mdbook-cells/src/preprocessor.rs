//! The cells as a step of a book's way to its readers.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mdbook_preprocessor::book::Book;
use step::{Changes, Given, Step, Way, chapter};

use crate::config::Config;
use crate::draft::{Draft, Read};
use crate::known::{Finished, Shelf, Told};
use crate::labels::Labels;
use crate::parallel;
use crate::run::{Artefacts, Progress, Runner, Scope};
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
        let runner = Runner::new(&root, config.clone(), self.launcher.clone())?;
        let (pages, kept) = (given.pages.iter().map(|page| &page.way).collect::<Vec<_>>(), &given.kept);
        let read = |page: &Way| Ok(Read::of(page.path(), page.text()?, &config.prelude(), self.comments));
        let heard = parallel::map(config.parallel(), &pages, |page| Told::hear(page, &config, kept, read));
        let (told, heard): (Vec<Told>, Vec<Option<Read>>) =
            heard.into_iter().collect::<Result<Vec<_>>>()?.into_iter().unzip();
        let (labels, mut diagnostics) = Labels::of(told.iter().map(|told| &told.labelled));
        let shelf = Shelf { kept, pages: &pages, told: &told, labels: &labels, config: &config, runner: &runner };
        let known = shelf.known();
        let unknown = pages.iter().zip(heard).zip(&known);
        let read = unknown.map(|((page, heard), known)| match known {
            Some(_) => Ok(None),
            None => heard.map_or_else(|| read(page), Ok).map(Some),
        });
        let read: Vec<Option<Read>> = read.collect::<Result<_>>()?;
        for (page, _) in pages.iter().zip(&known).filter(|(_, known)| known.iter().any(has_cells)) {
            (self.listener)(Progress::Reused(page.path().to_owned()));
        }
        let jobs: Vec<_> = read.iter().map(|read| read.as_ref()?.job()).collect();
        let take =
            |page: usize, result, artefacts: &Artefacts| Some(shelf.filled(read[page].as_ref()?, result, artefacts));
        let (filled, of_book) = runner.run_each(&jobs, &self.scope, &*self.listener, &take)?;
        let filled = filled.into_iter().map(Option::flatten).collect();
        let (finished, of_pages) = shelf.finish(known, &read, filled, &of_book)?;
        diagnostics.extend(of_book);
        diagnostics.extend(of_pages);
        diagnostics.extend(read.into_iter().flatten().flat_map(|read| read.diagnostics));
        let mut edits = Vec::with_capacity(finished.len());
        for page in finished {
            edits.push(page.edits);
            diagnostics.extend(page.diagnostics);
        }
        Ok(Changes { edits, diagnostics, ..Changes::default() })
    }
}

fn has_cells(page: &Finished) -> bool {
    page.more.is_of_cells()
}

/// Reads the pages of a book whose Markdown lies in `src`, on which `comments` mean something besides the tool's own.
pub fn read(book: &Book, src: &Path, config: &Config, comments: &[Known]) -> Draft {
    let pages = book.chapters().filter_map(|page| Some((chapter::path(page, src)?, page.content.as_str())));
    Draft::read(pages, config, comments)
}
