//! A step as one of mdBook's preprocessors, in the tool's own pipeline and in a program of its own.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Place};
use kept::Kept;
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use page::{Draft, Origin};

use crate::{Changes, Given, Page, Record, Step, chapter};

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

    fn changes(&self, context: &PreprocessorContext, book: &Book) -> Result<(Vec<Draft>, Changes)> {
        let page = |chapter| Ok(Page { chapter, draft: self.record.draft(chapter, context)? });
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
        self.record.add(placed(diagnostics, &given));
        Ok((given.pages.into_iter().map(|page| page.draft).collect(), changes))
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
        let (drafts, changes) = self.changes(context, &book)?;
        let mut pages = drafts.into_iter().zip(changes.edits.into_iter().chain(std::iter::repeat(Vec::new())));
        chapter::each_mut(&mut book, &mut |chapter| {
            let (draft, edits) = pages.next().expect("one draft a chapter");
            let draft = if edits.is_empty() { draft } else { draft.edited(&edits) };
            if chapter.content != draft.text() {
                draft.text().clone_into(&mut chapter.content);
            }
            self.record.keep(draft);
        });
        rename(&mut book, &changes.titles);
        Ok(book)
    }
}

/// Messages whose places are those of the texts that the step was given, at their places in the files. What follows from an error of
/// the same page is left out: the page is not what it would be.
fn placed(diagnostics: Vec<Diagnostic>, given: &Given<'_>) -> Vec<Diagnostic> {
    let drafts: BTreeMap<&str, &Draft> = given.pages.iter().map(|page| (page.draft.path(), &page.draft)).collect();
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
    placed.collect()
}

/// Shows what an author cannot find in his file.
fn of_made(diagnostic: Diagnostic, draft: &Draft) -> Diagnostic {
    const LETTERS: usize = 60;
    let (text, at) = (draft.text(), diagnostic.place.range.start);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let shown = if line.chars().count() <= LETTERS { line } else { &text[diagnostic.place.range.clone()] };
    let shown: String = shown.lines().next().unwrap_or_default().chars().take(LETTERS).collect();
    let diagnostic =
        if diagnostic.label.is_empty() { diagnostic.label("in what was made of this") } else { diagnostic };
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
