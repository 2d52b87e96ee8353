//! The step: all pages of a book at once.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use diagnostic::{Diagnostic, Place, nearest};
use page::{Edit, Outline};
use step::{Changes, Given, Step, chapter};

use crate::bibliography::Bibliography;
use crate::citations;
use crate::glossary::Glossary;
use crate::settings::Settings;
use crate::sources::{self, Cited, Citing, Key};
use crate::style::Style;
use crate::terms;
use crate::words::Words;

/// The step `references`; it wants to come after `cells` and before `katex`.
#[derive(Debug)]
pub struct References;

/// A page that may cite.
struct Page<'a> {
    place: Citing,
    /// Its file from the book's root.
    path: &'a str,
    text: &'a str,
    cited: Cited,
}

impl Step for References {
    fn name(&self) -> &'static str {
        "references"
    }

    fn subject(&self) -> &'static str {
        "sources"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let (root, config) = (&given.context.root, &given.context.config);
        let settings = Settings::read(config)?;
        let words = Words::of(config);
        let style = Style::of(root, config, &settings)?;
        let (bibliography, mut diagnostics) = bibliography(root, &settings.bibliography, style)?;
        // While the file cannot be read, nothing is known of its sources.
        let is_read = diagnostics.is_empty() || !bibliography.is_empty();
        let sources = bibliography.sources().context("writing the sources")?;
        diagnostics.extend(bibliography.lost(&settings.bibliography, &sources));
        let (glossary, wrong) = glossary(root, &settings.glossary)?.unzip();
        diagnostics.extend(wrong.into_iter().flatten());
        let pages: Vec<Page<'_>> = given.pages.iter().map(page).collect();
        let citing = citing(&pages);
        let terms = glossary.map(|glossary| Terms::new(glossary, &settings.glossary, &pages));
        let is_known = |name: &str| !is_read || sources.contains_key(name);
        let mut edits = Vec::new();
        for page in &pages {
            let keys = page.cited.keys().into_iter();
            let wrong = keys.filter(|key| !key.name.as_deref().is_some_and(is_known));
            diagnostics.extend(wrong.map(|key| unknown(&key, page.path, &settings.bibliography, &bibliography)));
            let bare = citations::bare(page.text, &page.cited.outline)
                .into_iter()
                .filter(|(name, _)| sources.contains_key(name));
            diagnostics.extend(bare.map(|(name, range)| outside_of_brackets(&name, Place::new(page.path, range))));
            diagnostics.extend(page.cited.doubles().map(|range| double(Place::new(page.path, range.clone()))));
            let here = sources::Place { path: &page.place.path, text: page.text, words: &words };
            let mut changes = page.cited.edits(&here, &sources, &citing);
            if let Some(terms) = &terms {
                let (more, wrong) = terms.edits(&here, &page.cited.outline, page.path);
                changes.extend(more);
                diagnostics.extend(wrong);
            }
            edits.push(changes);
        }
        Ok(Changes { edits, diagnostics, ..Changes::default() })
    }
}

/// Reads the bibliography of the book at `root`; without the file nothing can be cited.
pub fn bibliography(root: &Path, path: &str, style: Style) -> Result<(Bibliography, Vec<Diagnostic>)> {
    match std::fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Bibliography::read(path, &text, style)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Bibliography::read(path, "", style)),
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
        let list = pages.iter().find(|page| terms::mark(page.text, &page.cited.outline).is_some());
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

/// Terms that the page which introduces them does not link; `pages` are numbers and texts of what is written.
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
            let message = format!("page {} does not link «{name}», which it introduces", term.lecture);
            let help = format!("write `[[{name}]]` where the page says what it is, or name another page");
            warnings.push(Diagnostic::warning("unintroduced-term", message, Place::new(path, range)).help(help));
        }
    }
    warnings
}

/// Sources of the file that no page cites, in one warning: a bibliography may be larger than its book.
pub fn unused<'a>(texts: impl Iterator<Item = &'a str>, path: &str, bibliography: &Bibliography) -> Vec<Diagnostic> {
    let keys = texts.flat_map(|text| Cited::of(text).keys());
    let used: std::collections::BTreeSet<String> = keys.filter_map(|key| key.name).collect();
    let unused: Vec<_> = bibliography.keys().filter(|(key, _)| !used.contains(*key)).collect();
    let (Some((first, range)), others) = (unused.first(), unused.len().saturating_sub(1)) else { return Vec::new() };
    let message = match others {
        0 => format!("no page cites `{first}`"),
        _ => format!("no page cites {} of the sources", unused.len()),
    };
    let warning = Diagnostic::warning("unused-source", message, Place::new(path, (*range).clone()))
        .help(format!("cite it, `[@{first}]`, list it, `<!-- sources: {first} -->`, or remove it"));
    if others == 0 {
        return vec![warning];
    }
    let all: Vec<&str> = unused.into_iter().map(|(key, _)| key).collect();
    vec![warning.note(format!("they are {}", all.join(", ")))]
}

fn page<'a>(page: &'a step::Page<'_>) -> Page<'a> {
    let chapter = page.chapter;
    let number = chapter::number(chapter).unwrap_or_else(|| chapter.name.clone());
    let file = chapter::inside(chapter).unwrap_or_else(|| chapter.name.clone());
    let place = Citing { title: chapter.name.clone(), number, path: file };
    Page { place, path: page.draft.path(), text: page.draft.text(), cited: Cited::of(page.draft.text()) }
}

/// The pages that cite each source, in the order of the book.
fn citing(pages: &[Page<'_>]) -> BTreeMap<String, Vec<Citing>> {
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

fn unknown(key: &Key, path: &str, file: &str, bibliography: &Bibliography) -> Diagnostic {
    let place = Place::new(path, key.range.clone());
    let Some(name) = &key.name else {
        let message = "this is not a citation: `[@key]`, `[@key, p. 3; @other]`";
        return Diagnostic::error("unknown-source", message, place)
            .help("close the bracket and begin every key with `@`, or write `\\[@` for a bracket");
    };
    if let Some((source, place_in_it)) =
        name.split_once(char::is_whitespace).filter(|(source, _)| bibliography.keys().any(|(key, _)| key == *source))
    {
        let message = format!("a comma is missing behind the key `{source}`");
        return Diagnostic::error("unknown-source", message, place)
            .help(format!("write `[@{source}, {}]`", place_in_it.trim()));
    }
    let diagnostic = Diagnostic::error("unknown-source", format!("there is no source `{name}` in {file}"), place);
    match nearest(name, bibliography.keys().map(|(key, _)| key)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("describe it in {file}")),
    }
}

fn outside_of_brackets(name: &str, place: Place) -> Diagnostic {
    Diagnostic::error("unknown-source", format!("`@{name}` without brackets is text"), place)
        .help(format!("cite it as `[@{name}]`, or write `\\@` for the sign"))
}

fn double(place: Place) -> Diagnostic {
    Diagnostic::error("double-list", "the list stands on this page already", place).help("remove one of the marks")
}
