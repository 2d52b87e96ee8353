//! The step: all pages of a book at once.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use diagnostic::{Diagnostic, Place, nearest};
use kept::{Kept, Key};
use mdbook_preprocessor::book::BookItem;
use page::{Edit, Outline};
use serde::{Deserialize, Serialize};
use step::{Changes, Given, Made, Step, Way, chapter};

use crate::bibliography::Bibliography;
use crate::checked;
use crate::citations;
use crate::glossary::Glossary;
use crate::literature::Literature;
use crate::mistakes;
use crate::settings::Settings;
use crate::sources::{self, Cited, Cites, Citing};
use crate::style::{Style, Wanted};
use crate::terms;
use crate::words::Words;

/// The step `references`; it wants to come after `cells` and before `katex`.
#[derive(Debug)]
pub struct References;

/// A page that may cite.
struct Page<'a> {
    place: Citing,
    way: &'a Way,
    told: Told,
    /// The page taken apart, when somebody had to.
    cited: OnceCell<Cited>,
}

/// What a page says to the others.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    /// Keys in the order of the page.
    keys: Vec<String>,
    /// Whether the list of the whole book's sources stands here.
    lists_sources: bool,
    /// Whether the list of all terms stands here.
    lists_terms: bool,
}

/// What the pages of a book have in common.
struct Book {
    settings: Settings,
    words: Words,
    literature: Literature,
    citing: BTreeMap<String, Vec<Citing>>,
    terms: Option<Terms>,
    /// Names all of it but what only lists show.
    key: Key,
    /// What only lists show.
    listed: String,
}

impl Step for References {
    fn name(&self) -> &'static str {
        "references"
    }

    fn subject(&self) -> &'static str {
        "sources"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let pages = given.pages.iter().map(|page| Page::of(page, &given.kept)).collect::<Result<Vec<_>>>()?;
        let (book, mut diagnostics) = Book::of(given, &pages)?;
        let mut edits = Vec::new();
        for page in &pages {
            let made = Made::or_make(&given.kept, "references", &book.parts(page), || book.made(page))?;
            edits.push(made.edits);
            diagnostics.extend(made.diagnostics);
        }
        Ok(Changes { edits, diagnostics, ..Changes::default() })
    }
}

impl<'a> Page<'a> {
    fn of(page: &'a step::Page<'_>, kept: &Kept) -> Result<Self> {
        let chapter = page.chapter;
        let number = chapter::number(chapter).unwrap_or_else(|| chapter.name.clone());
        let file = chapter::inside(chapter).unwrap_or_else(|| chapter.name.clone());
        let place = Citing { title: chapter.name.clone(), number, path: file };
        let (way, cited) = (&page.way, OnceCell::new());
        let told = kept.or_make("cited", &[("page", way.name())], || {
            let text = way.text()?;
            let cited = cited.get_or_init(|| Cited::of(text));
            let keys = cited.keys().into_iter().filter_map(|key| key.name).collect();
            let (lists_sources, lists_terms) = (cited.lists_the_book(), terms::mark(text, &cited.outline).is_some());
            Ok(Told { keys, lists_sources, lists_terms })
        })?;
        Ok(Self { place, way, told, cited })
    }
}

impl Book {
    /// Reads the files of the book; says what is wrong with them.
    fn of(given: &Given<'_>, pages: &[Page<'_>]) -> Result<(Self, Vec<Diagnostic>)> {
        let (root, config) = (&given.context.root, &given.context.config);
        let (settings, words) = (Settings::read(config)?, Words::of(config));
        let (sources, glossary) = (read(root, &settings.bibliography)?, read(root, &settings.glossary)?);
        let text = sources.clone().unwrap_or_default();
        let style = Wanted::by(root, config, &settings)?;
        let (path, manner) = (&settings.bibliography, style.key());
        let parts = [("path", path.as_bytes()), ("style", manner.as_bytes()), ("text", text.as_bytes())];
        let mut literature =
            given.kept.or_make("literature", &parts, || Literature::of(path, &text, style.style()?))?;
        let mut diagnostics = std::mem::take(&mut literature.diagnostics);
        let terms = glossary.as_ref().map(|text| Glossary::read(&settings.glossary, text));
        let (terms, wrong) = terms.unzip();
        diagnostics.extend(wrong.into_iter().flatten());
        let terms = terms.map(|glossary| Terms::new(glossary, &settings.glossary, pages));
        let chapters = given.book.iter().filter_map(|item| match item {
            BookItem::Chapter(chapter) => Some(chapter::number(chapter).unwrap_or_else(|| chapter.name.clone())),
            _ => None,
        });
        let chapters = chapters.collect();
        diagnostics.extend(terms.iter().flat_map(|terms| checked::nowhere(&chapters, &terms.file, &terms.glossary)));
        let citing = citing(pages);
        let list = terms.as_ref().and_then(|terms| terms.list.clone());
        let all = (&settings.bibliography, &manner, &sources, &settings.glossary, &glossary, words.sources, list);
        let key = given.kept.key(&[("all", &serde_json::to_vec(&all)?)]);
        let listed = serde_json::to_string(&(&citing, terms.as_ref().map(|terms| &terms.numbered)))?;
        Ok((Self { settings, words, literature, citing, terms, key, listed }, diagnostics))
    }

    /// All that follows into a page.
    fn parts<'a>(&'a self, page: &'a Page<'_>) -> [(&'a str, &'a [u8]); 6] {
        let is_list = page.told.lists_sources || page.told.lists_terms;
        [
            ("book", &self.key.0),
            ("listed", if is_list { self.listed.as_bytes() } else { b"" }),
            ("title", page.place.title.as_bytes()),
            ("number", page.place.number.as_bytes()),
            ("path", page.place.path.as_bytes()),
            ("page", page.way.name()),
        ]
    }

    /// What to change on a page, and what is wrong with it.
    fn made(&self, page: &Page<'_>) -> Result<Made> {
        let (path, text) = (page.way.path(), page.way.text()?);
        let (cited, Literature { sources, .. }) = (page.cited.get_or_init(|| Cited::of(text)), &self.literature);
        let is_known = |name: &str| !self.literature.is_read || sources.contains_key(name);
        let mut diagnostics = Vec::new();
        let keys = cited.keys().into_iter();
        let wrong = keys.filter(|key| !key.name.as_deref().is_some_and(is_known));
        diagnostics
            .extend(wrong.map(|key| mistakes::unknown(&key, path, &self.settings.bibliography, &self.literature.keys)));
        let bare = citations::bare(text, &cited.outline).into_iter();
        let bare = bare.filter(|(name, _)| sources.contains_key(name));
        diagnostics.extend(bare.map(|(name, range)| mistakes::outside_of_brackets(&name, Place::new(path, range))));
        let unsigned = citations::unsigned(text, &cited.outline).into_iter();
        let unsigned = unsigned.filter(|(name, _)| sources.contains_key(name));
        diagnostics.extend(unsigned.map(|(name, range)| mistakes::without_sign(&name, Place::new(path, range))));
        diagnostics.extend(cited.doubles().map(|range| mistakes::double(Place::new(path, range.clone()))));
        let here = sources::Place { path: &page.place.path, text, words: &self.words };
        let mut edits = cited.edits(&here, sources, &self.citing);
        match &self.terms {
            Some(terms) => {
                let (more, wrong) = terms.edits(&here, &cited.outline, path);
                edits.extend(more);
                diagnostics.extend(wrong);
            }
            None => {
                diagnostics.extend(mistakes::without_glossary(&here, &cited.outline, path, &self.settings.glossary));
            }
        }
        let cites = if self.citing.is_empty() { Cites::Nothing } else { Cites::Something };
        let empty = cited.empty_lists(cites).map(|range| mistakes::empty_list(Place::new(path, range.clone())));
        diagnostics.extend(empty);
        Ok(Made { edits: edits.into(), diagnostics, more: () })
    }
}

/// What may be cited in the book at `root`, without its mistakes; nothing where there is no file.
pub fn bibliography(root: &Path, path: &str) -> Result<Bibliography> {
    Ok(Bibliography::read(path, &read(root, path)?.unwrap_or_default(), Style::default()).0)
}

/// Reads the glossary of the book at `root`; nothing when the book has none.
pub fn glossary(root: &Path, path: &str) -> Result<Option<(Glossary, Vec<Diagnostic>)>> {
    Ok(read(root, path)?.map(|text| Glossary::read(path, &text)))
}

/// A file of the book, which need not be there.
fn read(root: &Path, path: &str) -> Result<Option<String>> {
    match std::fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {path}")),
    }
}

/// The glossary and where its parts are in the book.
struct Terms {
    glossary: Glossary,
    file: String,
    /// The page with the list, inside src.
    list: Option<String>,
    /// Pages by their numbers.
    numbered: BTreeMap<String, String>,
}

impl Terms {
    fn new(glossary: Glossary, file: &str, pages: &[Page<'_>]) -> Self {
        let list = pages.iter().find(|page| page.told.lists_terms);
        let numbered = pages.iter().map(|page| (page.place.number.clone(), page.place.path.clone())).collect();
        Self { glossary, file: file.to_owned(), list: list.map(|page| page.place.path.clone()), numbered }
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
            let page = |number: &str| match self.numbered.get(number) {
                Some(page) => format!("[{number}]({up}{page})"),
                None => number.to_owned(),
            };
            edits.push(Edit::new(mark, self.glossary.list(page)));
        }
        (edits, mistakes)
    }
}

/// The pages that cite each source, in the order of the book.
fn citing(pages: &[Page<'_>]) -> BTreeMap<String, Vec<Citing>> {
    let mut citing: BTreeMap<String, Vec<Citing>> = BTreeMap::new();
    for page in pages {
        for key in &page.told.keys {
            let pages = citing.entry(key.clone()).or_default();
            if pages.last() != Some(&page.place) {
                pages.push(page.place.clone());
            }
        }
    }
    citing
}
