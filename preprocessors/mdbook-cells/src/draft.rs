//! A book before it is run: pages, sessions and labels, all from the Markdown alone.

use diagnostic::{Diagnostic, Sources};

use crate::config::Config;
use crate::execution::{Execution, Output};
use crate::parallel;
use crate::pin;
use crate::plan;
use crate::plan::{Job, Session};
use crate::render;
use crate::render::labels::{Labelled, Labels};
use crate::run::PageResult;
use page::comment::Known;
use page::{Edit, Page};

/// What the Markdown of a book says.
#[derive(Debug, Default)]
pub struct Draft {
    /// Pages, in the order of the book.
    pub pages: Vec<Page>,
    /// What each wants from the engine; `None` where there is nothing to run, or a mistake.
    pub sessions: Vec<Option<Session>>,
    /// Numbers of figures, tables and listings.
    pub labels: Labels,
    /// What is wrong already.
    pub diagnostics: Vec<Diagnostic>,
}

/// A page that was read, and what it wants from the engine.
#[derive(Debug)]
pub(crate) struct Read {
    pub page: Page,
    /// Nothing where there is nothing to run, or a mistake.
    pub session: Option<Session>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// Reads a page, on which `comments` mean something besides the tool's own.
    pub fn of(path: &str, text: &str, prelude: &str, comments: &[Known]) -> Self {
        let (page, mut diagnostics) = page::read(path, text, comments);
        let (session, more) = plan::plan(&page, prelude);
        diagnostics.extend(more);
        // A page whose words are not understood is not run: it might mean something else.
        let session = session.filter(|_| diagnostics.is_empty());
        Self { page, session, diagnostics }
    }

    /// What is to be run of it.
    pub fn job(&self) -> Option<Job<'_>> {
        Some(Job { page: &self.page, session: self.session.as_ref()? })
    }
}

impl Draft {
    /// Reads pages, paths from the book's root and texts, on which `comments` mean something besides the tool's own.
    pub fn read<'a>(texts: impl Iterator<Item = (String, &'a str)>, config: &Config, comments: &[Known]) -> Self {
        let texts: Vec<(String, &str)> = texts.collect();
        let prelude = config.prelude();
        let read = parallel::map(config.parallel(), &texts, |(path, text)| Read::of(path, text, &prelude, comments));
        let labelled: Vec<Labelled> = read.iter().map(|read| Labelled::of(&read.page)).collect();
        let (labels, mistakes) = Labels::of(labelled.iter());
        let mut draft = Self { labels, ..Self::default() };
        for Read { page, session, diagnostics } in read {
            draft.sessions.push(session);
            draft.diagnostics.extend(diagnostics);
            draft.pages.push(page);
        }
        draft.diagnostics.extend(mistakes);
        draft
    }

    /// What is to be run, page by page; `None` where there is nothing to run, or a mistake.
    pub fn jobs(&self) -> Vec<Option<Job<'_>>> {
        let jobs = self.pages.iter().zip(&self.sessions);
        jobs.map(|(page, session)| Some(Job { page, session: session.as_ref()? })).collect()
    }

    /// Pages whose code is understood, and those without any.
    pub fn readable(&self) -> impl Iterator<Item = &Page> {
        let has_none = |page: &Page| page.cells.is_empty() && page.inlines.is_empty() && page.claims.is_empty();
        let pages = self.pages.iter().zip(&self.sessions);
        pages.filter(move |(page, session)| session.is_some() || has_none(page)).map(|(page, _)| page)
    }

    /// The texts that diagnostics point into.
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for page in &self.pages {
            sources.insert(&page.path, &page.text);
        }
        sources
    }

    /// The Markdown of every page with what was computed; pages that are wrong stay as they are.
    pub fn render(&self, results: &[PageResult], config: &Config) -> (Vec<Option<String>>, Vec<Diagnostic>) {
        let (edits, diagnostics) = self.edits(results, config);
        let text = |(page, edits): (&Page, Option<Vec<Edit>>)| Some(page::apply(&page.text, &edits?));
        (self.pages.iter().zip(edits).map(text).collect(), diagnostics)
    }

    /// What puts into every page what was computed; nothing for pages that are wrong.
    pub fn edits(&self, results: &[PageResult], config: &Config) -> (Vec<Option<Vec<Edit>>>, Vec<Diagnostic>) {
        let mut all = Vec::new();
        let mut diagnostics = Vec::new();
        for ((page, session), result) in self.pages.iter().zip(&self.sessions).zip(results) {
            diagnostics.extend(result.diagnostics.iter().cloned());
            let finished = finished(page, session.as_ref(), result, &self.labels, config);
            let (edits, mistakes) = finished.unzip();
            diagnostics.extend(mistakes.into_iter().flatten());
            all.push(edits);
        }
        (all, diagnostics)
    }
}

/// What puts into a page what was computed, and what is wrong with that; nothing for a page that is wrong itself.
pub(crate) fn finished(
    page: &Page,
    session: Option<&Session>,
    result: &PageResult,
    labels: &Labels,
    config: &Config,
) -> Option<(Vec<Edit>, Vec<Diagnostic>)> {
    // A page may have nothing to run and still have links to labels.
    let is_plain = session.is_none() && page.cells.is_empty() && page.inlines.is_empty();
    let nothing = is_plain.then(Execution::default);
    let execution = result.execution.as_ref().or(nothing.as_ref())?;
    let mut diagnostics = pin::check(page, execution);
    diagnostics.extend(warnings(page, execution));
    let (edits, mistakes) = render::render(page, execution, labels, config);
    diagnostics.extend(mistakes);
    Some((edits, diagnostics))
}

fn warnings(page: &Page, execution: &Execution) -> Vec<Diagnostic> {
    let warning = |warning: &crate::execution::Warning| {
        let cell = page.cells.get(warning.cell)?;
        let place = diagnostic::Place::new(&page.path, cell.to_page(warning.start)..cell.to_page(warning.end));
        let helps = warning.helps.clone();
        Some(Diagnostic { helps, ..Diagnostic::warning(&warning.code, &warning.message, place) })
    };
    let of_values = page.cells.iter().zip(&execution.cells).flat_map(|(cell, outputs)| {
        let shown =
            outputs.iter().filter_map(|output| if let Output::Shown(shown) = output { Some(shown) } else { None });
        let warnings = shown.flat_map(|shown| &shown.warnings);
        warnings.map(move |warning| {
            Diagnostic::warning("figure", warning, diagnostic::Place::new(&page.path, cell.info.clone()))
        })
    });
    execution.warnings.iter().filter_map(warning).chain(of_values).collect()
}
