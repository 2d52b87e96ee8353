//! A step as one of mdBook's preprocessors, in the tool's own pipeline and in a program of its own.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Place};
use kept::Kept;
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use page::{Draft, Origin};

use crate::{Changes, Edits, Given, OF_WHAT_WAS_MADE, Page, Record, Step, Way, chapter};

/// Says which pages the site will not have, after what was said so far; their paths from the book's root.
type Absent = Box<dyn Fn(&Book, &[Diagnostic]) -> BTreeSet<String> + Send + Sync>;

/// A step for mdBook: it gives the step the pages with their history, makes its edits, and says what is wrong at the places of the
/// authors' files.
pub struct Adapter {
    step: Box<dyn Step>,
    record: Record,
    absent: Absent,
    kept: Kept,
}

impl Adapter {
    /// The step in a build that leaves a record.
    pub fn new(step: impl Into<Box<dyn Step>>, record: &Record) -> Self {
        Self {
            step: step.into(),
            record: record.clone(),
            absent: Box::new(|_, _| BTreeSet::new()),
            kept: Kept::default(),
        }
    }

    /// The same in a build of some pages.
    #[must_use]
    pub fn without(self, absent: impl Fn(&Book, &[Diagnostic]) -> BTreeSet<String> + Send + Sync + 'static) -> Self {
        Self { absent: Box::new(absent), ..self }
    }

    /// The same where some of what is made was made before.
    #[must_use]
    pub fn keeping(self, kept: &Kept) -> Self {
        Self { kept: kept.clone(), ..self }
    }

    fn changes(&self, context: &PreprocessorContext, book: &Book) -> Result<(Vec<Way>, Changes)> {
        let (root, src) = (&context.root, &context.config.book.src);
        let page = |chapter| Ok(Page { chapter, way: self.record.page(chapter, root, src)? });
        let given = Given {
            context,
            book,
            pages: book.chapters().map(page).collect::<Result<_>>()?,
            failed: self.record.failed(),
            absent: (self.absent)(book, &self.record.diagnostics()),
            kept: self.kept.clone(),
        };
        let mut changes = self.step.run(&given)?;
        let diagnostics = std::mem::take(&mut changes.diagnostics);
        self.record.add(placed(diagnostics, &given)?);
        Ok((given.pages.into_iter().map(|page| page.way).collect(), changes))
    }
}

impl Preprocessor for Adapter {
    fn name(&self) -> &str {
        self.step.name()
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(self.step.supports(renderer))
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        if !self.step.supports(&context.renderer) {
            return Ok(book);
        }
        let (pages, changes) = self.changes(context, &book)?;
        let mut pages = pages.into_iter().zip(changes.edits.into_iter().chain(std::iter::repeat(Edits::default())));
        let mut result = Ok(());
        chapter::each_mut(&mut book, &mut |chapter| {
            let (page, edits) = pages.next().expect("one page a chapter");
            let taken = page.after(&edits).and_then(|page| self.record.take(page, chapter));
            result = std::mem::replace(&mut result, Ok(())).and(taken);
        });
        result?;
        rename(&mut book, &changes.titles);
        Ok(book)
    }
}

/// Messages whose places are those of the texts that the step was given, at their places in the files. What follows from an error of
/// the same page is left out: the page is not what it would be.
fn placed(diagnostics: Vec<Diagnostic>, given: &Given<'_>) -> Result<Vec<Diagnostic>> {
    let named: BTreeSet<String> =
        diagnostics.iter().flat_map(Diagnostic::places).map(|place| place.path.clone()).collect();
    let pages = given.pages.iter().filter(|page| named.contains(page.way.path()));
    let drafts = pages.map(|page| Ok((page.way.path(), page.way.draft()?)));
    let drafts: BTreeMap<&str, &Draft> = drafts.collect::<Result<_>>()?;
    let place =
        |place: &Place| drafts.get(&*place.path).map_or_else(|| place.clone(), |draft| draft.place(&place.range));
    let placed = diagnostics.into_iter().filter_map(|mut diagnostic| {
        let draft = drafts.get(&*diagnostic.place.path);
        let made = draft.filter(|draft| matches!(draft.origin(&diagnostic.place.range), Origin::Made(_)));
        if let Some(draft) = made {
            if given.failed.contains(&diagnostic.place.path) {
                return None;
            }
            diagnostic = of_made(diagnostic, draft);
        }
        diagnostic.place = place(&diagnostic.place);
        for label in &mut diagnostic.labels {
            label.place = place(&label.place);
        }
        Some(diagnostic)
    });
    Ok(placed.collect())
}

/// Shows what an author cannot find in his file.
fn of_made(diagnostic: Diagnostic, draft: &Draft) -> Diagnostic {
    const LETTERS: usize = 60;
    let (text, at) = (draft.text(), diagnostic.place.range.start);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let shown = if line.chars().count() <= LETTERS { line } else { &text[diagnostic.place.range.clone()] };
    let shown: String = shown.lines().next().unwrap_or_default().chars().take(LETTERS).collect();
    let diagnostic = if diagnostic.label.is_empty() { diagnostic.label(OF_WHAT_WAS_MADE) } else { diagnostic };
    if shown.is_empty() { diagnostic } else { diagnostic.note(format!("there it reads {shown}")) }
}

fn rename(book: &mut Book, titles: &BTreeMap<String, String>) {
    let rename = |title: &mut String| {
        if let Some(name) = titles.get(title) {
            title.clone_from(name);
        }
    };
    if titles.is_empty() {
        return;
    }
    book.for_each_mut(|item| match item {
        BookItem::Chapter(chapter) => {
            rename(&mut chapter.name);
            chapter.parent_names.iter_mut().for_each(rename);
        }
        BookItem::PartTitle(title) => rename(title),
        BookItem::Separator => {}
    });
}
