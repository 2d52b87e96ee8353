//! The step of mdBook's pipeline: all chapters of a book at once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use diagnostic::{Diagnostic, Place, nearest};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use page::{Edit, Outline, apply};

use crate::bibliography::Bibliography;
use crate::glossary::Glossary;
use crate::settings::Settings;
use crate::sources::{self, Cited, Citing, Key};
use crate::terms;

/// The preprocessor `references`; it wants to come after `cells` and before `katex`.
#[derive(Debug)]
pub struct References {
    sink: Arc<Mutex<Vec<Diagnostic>>>,
}

impl References {
    /// Reports authors' mistakes to `sink`; the book is returned all the same.
    pub fn new(sink: Arc<Mutex<Vec<Diagnostic>>>) -> Self {
        Self { sink }
    }
}

/// A chapter with a file.
struct Page {
    place: Citing,
    text: String,
    cited: Cited,
}

impl Preprocessor for References {
    fn name(&self) -> &str {
        "references"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer != "test")
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let settings = Settings::read(&ctx.config)?;
        let (bibliography, mut mistakes) = bibliography(&ctx.root, &settings.bibliography)?;
        // While the file cannot be read, nothing is known of its sources.
        let is_read = mistakes.is_empty() || !bibliography.is_empty();
        let sources = bibliography.sources().context("writing the sources")?;
        mistakes.extend(bibliography.lost(&settings.bibliography, &sources));
        let (glossary, wrong) = glossary(&ctx.root, &settings.glossary)?.unzip();
        mistakes.extend(wrong.into_iter().flatten());
        let pages: Vec<Page> = book.iter().filter_map(page).collect();
        let citing = citing(&pages);
        let terms = glossary.map(|glossary| Terms::new(glossary, &settings.glossary, &pages));
        let mut texts = BTreeMap::new();
        for Page { place, text, cited } in &pages {
            let path = ctx.config.book.src.join(&place.path).to_string_lossy().replace('\\', "/");
            let is_known = |name: &str| !is_read || sources.contains_key(name);
            let wrong: Vec<Key> =
                cited.keys().into_iter().filter(|key| !key.name.as_deref().is_some_and(is_known)).collect();
            if !wrong.is_empty() || cited.doubles().next().is_some() {
                let written = read(&ctx.root, &path)?;
                mistakes.extend(unknown(&wrong, text, &written, &path, &settings, &bibliography));
                mistakes.extend(doubles(cited, text, &written, &path));
            }
            let here = sources::Place { path: &place.path, text };
            let mut edits = cited.edits(&here, &sources, &citing);
            if let Some(terms) = &terms {
                let (more, wrong) = terms.edits(&here, &cited.outline, &path);
                edits.extend(more);
                if !wrong.is_empty() {
                    let written = read(&ctx.root, &path)?;
                    mistakes.extend(wrong.into_iter().map(|mistake| moved(mistake, text, &written)));
                }
            }
            texts.insert(place.path.clone(), apply(text, &edits));
        }
        book.for_each_chapter_mut(|chapter| {
            if let Some(text) = file(chapter).and_then(|file| texts.remove(&file)) {
                chapter.content = text;
            }
        });
        self.sink.lock().unwrap_or_else(PoisonError::into_inner).extend(mistakes);
        Ok(book)
    }
}

/// Reads the bibliography of the book at `root`; without the file nothing can be cited.
pub fn bibliography(root: &Path, path: &str) -> Result<(Bibliography, Vec<Diagnostic>)> {
    match std::fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Bibliography::read(path, &text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Bibliography::read(path, "")),
        Err(error) => Err(error).with_context(|| format!("reading {path}")),
    }
}

/// Reads the glossary of the book at `root`; nothing when the book has none.
pub fn glossary(root: &Path, path: &str) -> Result<Option<(Glossary, Vec<Diagnostic>)>> {
    match std::fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(Glossary::read(path, &text))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {path}")),
    }
}

fn read(root: &Path, path: &str) -> Result<String> {
    let text = std::fs::read_to_string(root.join(path)).with_context(|| format!("reading {path}"))?;
    // mdBook takes a byte order mark away, and places are counted without it.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A message about the text that earlier preprocessors made, at its place in the author's file.
fn moved(mistake: Diagnostic, text: &str, written: &str) -> Diagnostic {
    let place = Place::new(mistake.place.path.clone(), locate(text, written, &mistake.place.range));
    Diagnostic { place, ..mistake }
}

/// The glossary and where its parts are in the book.
struct Terms {
    glossary: Glossary,
    file: String,
    /// The page with the list, inside src.
    list: Option<String>,
    /// Pages by their numbers.
    lectures: BTreeMap<String, String>,
}

impl Terms {
    fn new(glossary: Glossary, file: &str, pages: &[Page]) -> Self {
        let list = pages.iter().find(|page| terms::mark(&page.text, &page.cited.outline).is_some());
        let lectures = pages.iter().map(|page| (page.place.number.clone(), page.place.path.clone())).collect();
        Self { glossary, file: file.to_owned(), list: list.map(|page| page.place.path.clone()), lectures }
    }

    /// What to change on a page, and what is wrong with its terms.
    fn edits(&self, page: &sources::Place<'_>, outline: &Outline, path: &str) -> (Vec<Edit>, Vec<Diagnostic>) {
        let up = "../".repeat(page.path.matches('/').count());
        let list = self.list.as_ref().map(|list| format!("{up}{list}"));
        let mut edits = Vec::new();
        let mut mistakes = Vec::new();
        for mention in terms::find(page.text, outline) {
            let words = &page.text[mention.name.clone()];
            let place = Place::new(path, mention.name.clone());
            if self.glossary.find(words).is_none() {
                let message = format!("there is no term «{words}» in {}", self.file);
                let help = match nearest(words, self.glossary.names()) {
                    Some(near) => format!("did you mean `[[{words}|{near}]]`?"),
                    None => format!("describe it in {}, or write `\\[[` for brackets", self.file),
                };
                mistakes.push(Diagnostic::error("unknown-term", message, place).help(help));
            } else if mention.in_heading {
                let message = "a heading is a link already".to_owned();
                mistakes
                    .push(Diagnostic::error("term-in-heading", message, place).help("link the term in the text below"));
            }
            edits.push(terms::edit(page.text, &mention, &self.glossary, list.as_deref()));
        }
        if let Some(mark) = terms::mark(page.text, outline) {
            let lecture = |number: &str| match self.lectures.get(number) {
                Some(lecture) => format!("[{number}]({up}{lecture})"),
                None => number.to_owned(),
            };
            edits.push(Edit::new(mark, self.glossary.list(lecture)));
        }
        (edits, mistakes)
    }
}

/// Terms that the lecture which introduces them does not link; `pages` are numbers and texts of what is written.
pub fn unintroduced(pages: &BTreeMap<String, &str>, path: &str, glossary: &Glossary) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (term, range) in glossary.terms() {
        let Some(text) = pages.get(&term.lecture) else { continue };
        let mentions = terms::find(text, &Outline::of(text));
        let is_linked = mentions.iter().any(|mention| {
            glossary.find(&text[mention.name.clone()]).is_some_and(|other| other.ru.get_ref() == term.ru.get_ref())
        });
        if !is_linked {
            let name = term.ru.get_ref();
            let message = format!("lecture {} does not link «{name}», which it introduces", term.lecture);
            let help = format!("write `[[{name}]]` where the lecture says what it is, or name another lecture");
            warnings.push(Diagnostic::warning("unintroduced-term", message, Place::new(path, range)).help(help));
        }
    }
    warnings
}

/// Sources of the file that no page of `book` cites.
pub fn unused<'a>(texts: impl Iterator<Item = &'a str>, path: &str, bibliography: &Bibliography) -> Vec<Diagnostic> {
    let keys = texts.flat_map(|text| Cited::of(text).keys());
    let used: std::collections::BTreeSet<String> = keys.filter_map(|key| key.name).collect();
    let unused = bibliography.keys().filter(|(key, _)| !used.contains(*key));
    let warning = |(key, range): (&str, &std::ops::Range<usize>)| {
        let message = format!("no lecture cites `{key}`");
        Diagnostic::warning("unused-source", message, Place::new(path, range.clone()))
            .help(format!("cite it, `[@{key}]`, list it, `<!-- sources: {key} -->`, or remove it"))
    };
    unused.map(warning).collect()
}

fn page(item: &BookItem) -> Option<Page> {
    let BookItem::Chapter(chapter) = item else { return None };
    let number = chapter.number.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = number.trim_end_matches('.').to_owned();
    let number = if number.is_empty() { chapter.name.clone() } else { number };
    let place = Citing { title: chapter.name.clone(), number, path: file(chapter)? };
    Some(Page { place, text: chapter.content.clone(), cited: Cited::of(&chapter.content) })
}

/// A chapter's file inside src, with forward slashes.
fn file(chapter: &Chapter) -> Option<String> {
    Some(chapter.source_path.as_ref()?.to_string_lossy().replace('\\', "/"))
}

/// The pages that cite each source, in the order of the book.
fn citing(pages: &[Page]) -> BTreeMap<String, Vec<Citing>> {
    let mut citing: BTreeMap<String, Vec<Citing>> = BTreeMap::new();
    for page in pages {
        for key in page.cited.keys().into_iter().filter_map(|key| key.name) {
            let pages = citing.entry(key).or_default();
            if pages.last() != Some(&page.place) {
                pages.push(page.place.clone());
            }
        }
    }
    citing
}

fn unknown(
    wrong: &[Key],
    text: &str,
    written: &str,
    path: &str,
    settings: &Settings,
    bibliography: &Bibliography,
) -> Vec<Diagnostic> {
    let file = &settings.bibliography;
    let message = |key: &Key| match &key.name {
        Some(name) => format!("there is no source `{name}` in {file}"),
        None => "this is not a citation: `[@key]`, `[@key, с. 3; @other]`".to_owned(),
    };
    let diagnostic = |key: &Key| {
        let place = Place::new(path, locate(text, written, &key.range));
        let diagnostic = Diagnostic::error("unknown-source", message(key), place);
        let Some(name) = &key.name else {
            return diagnostic.help("close the bracket and begin every key with `@`, or write `\\[@` for a bracket");
        };
        match nearest(name, bibliography.keys().map(|(key, _)| key)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("describe it in {file}")),
        }
    };
    wrong.iter().map(diagnostic).collect()
}

fn doubles(cited: &Cited, text: &str, written: &str, path: &str) -> Vec<Diagnostic> {
    let double = |range| {
        let place = Place::new(path, locate(text, written, range));
        Diagnostic::error("double-list", "the list stands on this page already", place).help("remove one of the marks")
    };
    cited.doubles().map(double).collect()
}

/// The place in the file of what stands at `range` of the text that earlier preprocessors made of it: the same words, as many times
/// after the beginning.
fn locate(text: &str, written: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let words = &text[range.clone()];
    if words.is_empty() {
        return 0..0;
    }
    let before = text[..range.start].matches(words).count();
    let at = written.match_indices(words).map(|(at, _)| at).nth(before).or_else(|| written.rfind(words));
    at.map_or(0..0, |at| at..at + words.len())
}
