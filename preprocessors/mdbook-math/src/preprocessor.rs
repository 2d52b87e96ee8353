//! The step of mdBook's pipeline: the files of a book, its formulas, its titles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use diagnostic::{Diagnostic, Level, NO_PAGE_WAS_RUN};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::cache::Cache;
use crate::locate::GENERATED;
use crate::settings::Settings;
use crate::typeset::{Page, Role, typeset};

/// The name of the preprocessor: its table is mdbook-katex's.
pub const NAME: &str = "katex";

/// The renderer of `mdbook test`, which has no use for formulas.
const TEST: &str = "test";

/// The preprocessor `katex`; it wants to come after `cells` and before `highlight`.
#[derive(Debug)]
pub struct Math {
    sink: Arc<Mutex<Vec<Diagnostic>>>,
}

impl Math {
    /// Reports authors' mistakes to `sink`; the book is returned all the same.
    pub fn new(sink: Arc<Mutex<Vec<Diagnostic>>>) -> Self {
        Self { sink }
    }

    /// A page of which an earlier preprocessor reported an error has no values in its formulas: what follows from that is not said.
    fn report(&self, mut mistakes: Vec<Diagnostic>) {
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        let is_stopped = sink.iter().any(|diagnostic| diagnostic.code == NO_PAGE_WAS_RUN);
        let errors = sink.iter().filter(|diagnostic| diagnostic.level == Level::Error);
        let failed: BTreeSet<&String> = errors.map(|diagnostic| &diagnostic.place.path).collect();
        let follows = |mistake: &Diagnostic| mistake.label == GENERATED || mistake.message.ends_with(r"sequence: \val");
        mistakes.retain(|mistake| !(is_stopped || failed.contains(&mistake.place.path)) || !follows(mistake));
        sink.extend(mistakes);
    }
}

impl Preprocessor for Math {
    fn name(&self) -> &str {
        NAME
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer != TEST)
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        if ctx.renderer == TEST {
            return Ok(book);
        }
        let (settings, mut mistakes) = Settings::read(&ctx.root, &ctx.config)?;
        let path = ctx.root.join(&settings.cache);
        let mut cache = Cache::read(&path);
        let mut pages = chapters(ctx, &mut book)?;
        let chapters = pages.len();
        let titles = titles(&mut book);
        pages.extend(title_pages(ctx, &titles)?);
        let (mut texts, diagnostics) = typeset(&pages, &settings, &mut cache)?;
        cache.write(&path)?;
        mistakes.extend(diagnostics);
        self.report(mistakes);
        let names: BTreeMap<String, String> = titles.into_iter().zip(texts.split_off(chapters)).collect();
        rename(&mut book, &names);
        let mut texts = texts.into_iter();
        book.for_each_chapter_mut(|chapter| chapter.content = texts.next().expect("one text a chapter"));
        Ok(book)
    }
}

/// The chapters in the order of mdBook's mutable visitor; their texts are taken out of the book.
fn chapters(ctx: &PreprocessorContext, book: &mut Book) -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    book.for_each_chapter_mut(|chapter| {
        let text = std::mem::take(&mut chapter.content);
        pages.push((path(ctx, chapter), chapter.source_path.is_some(), text));
    });
    let read = |(path, has_file, text): (String, bool, String)| {
        let written = if has_file { read(&ctx.root, &path)? } else { text.clone() };
        Ok(Page { path, written, text, role: Role::Body })
    };
    pages.into_iter().map(read).collect()
}

/// The chapter's file from the book's root, with forward slashes.
fn path(ctx: &PreprocessorContext, chapter: &Chapter) -> String {
    let file = chapter.source_path.as_deref().or(chapter.path.as_deref()).unwrap_or(Path::new(&chapter.name));
    from_root(ctx, file)
}

fn from_root(ctx: &PreprocessorContext, file: &Path) -> String {
    ctx.config.book.src.join(file).to_string_lossy().replace('\\', "/")
}

fn read(root: &Path, path: &str) -> Result<String> {
    let text = fs::read_to_string(root.join(path)).with_context(|| format!("reading {path}"))?;
    // mdBook takes a byte order mark away, and places are counted without it.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The different titles with a dollar.
fn titles(book: &mut Book) -> Vec<String> {
    let mut titles = Vec::new();
    each_title(book, &mut |title| titles.extend(title.contains('$').then(|| title.clone())));
    titles.sort();
    titles.dedup();
    titles
}

fn title_pages(ctx: &PreprocessorContext, titles: &[String]) -> Result<Vec<Page>> {
    if titles.is_empty() {
        return Ok(Vec::new());
    }
    let path = from_root(ctx, Path::new("SUMMARY.md"));
    let summary = read(&ctx.root, &path)?;
    let page = |text: &String, role| Page { path: path.clone(), written: summary.clone(), text: text.clone(), role };
    // The last one is for what is wrong with SUMMARY.md besides formulas; its text goes nowhere.
    let rest = page(&summary, Role::Body);
    Ok(titles.iter().map(|title| page(title, Role::Title)).chain([rest]).collect())
}

fn rename(book: &mut Book, names: &BTreeMap<String, String>) {
    each_title(book, &mut |title| {
        if let Some(name) = names.get(title) {
            title.clone_from(name);
        }
    });
}

fn each_title(book: &mut Book, visit: &mut impl FnMut(&mut String)) {
    book.for_each_mut(|item| match item {
        BookItem::Chapter(chapter) => {
            visit(&mut chapter.name);
            chapter.parent_names.iter_mut().for_each(&mut *visit);
        }
        BookItem::PartTitle(title) => visit(title),
        BookItem::Separator => {}
    });
}
