//! The book as it lies on disk: read whole, or every reason why not.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::str::FromStr as _;

use anyhow::Context as _;
use diagnostic::{Diagnostic, LineColumn, Place, Sources};
use mdbook_driver::MDBook;
use mdbook_driver::book::Book;
use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_summary::Summary;

use crate::summary::{self, Entry};
use crate::tables::{self, TABLES, Table};
use crate::{containment, named, values};
use step::chapter::from_root;

/// The only output that the tool writes.
const HTML: &str = "html";

/// Reads the book at `root`, of a tool whose steps have these tables besides, or says what is wrong with book.toml, with SUMMARY.md, with the files that it names.
pub fn load(root: &Path, own: &[Table]) -> anyhow::Result<Result<MDBook, Vec<Diagnostic>>> {
    let config = match config(root, own)? {
        Ok(config) => config,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let summary = match summary(root, &config)? {
        Ok(summary) => summary,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let src = config.book.src.clone();
    let book = match MDBook::load_with_config_and_summary(root, config, summary) {
        Ok(book) => book,
        Err(error) => {
            let path = from_root(&src, "SUMMARY.md");
            let entries = summary::entries(&std::fs::read_to_string(root.join(&path)).unwrap_or_default());
            let mistakes = unreadable(&root.join(&src), &path, entries.iter());
            // Where all files can be read, what is left is the order of the preprocessors.
            let of_order = || vec![in_book_toml(format!("{error:#}"), 0..0)];
            return Ok(Err(if mistakes.is_empty() { of_order() } else { mistakes }));
        }
    };
    let mistakes = containment::check(&book);
    Ok(if mistakes.is_empty() { Ok(book) } else { Err(mistakes) })
}

/// The texts that diagnostics may point into: the pages as mdBook read them, other files as they are.
pub fn sources(root: &Path, book: Option<(&Book, &Path)>, diagnostics: &[Diagnostic]) -> Sources {
    let mut pages = BTreeMap::new();
    if let Some((book, src)) = book {
        for chapter in book.chapters() {
            pages.extend(step::chapter::path(chapter, src).map(|path| (path, &chapter.content)));
        }
    }
    let mut sources = Sources::default();
    for place in diagnostics.iter().flat_map(Diagnostic::places) {
        match pages.get(&place.path) {
            Some(text) => sources.insert(&place.path, *text),
            // A message about a file that cannot be read shows no frame.
            None => sources.insert(&place.path, std::fs::read_to_string(root.join(&place.path)).unwrap_or_default()),
        }
    }
    sources
}

/// The pages as they were written, by their path inside src.
pub fn texts(book: &Book) -> BTreeMap<String, &str> {
    let text = |chapter| Some((step::chapter::path(chapter, Path::new(""))?, chapter.content.as_str()));
    book.chapters().filter_map(text).collect()
}

/// Reads book.toml, or says what is wrong with it.
pub fn config(root: &Path, own: &[Table]) -> anyhow::Result<Result<Config, Vec<Diagnostic>>> {
    let path = root.join("book.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut config = match Config::from_str(&text) {
        Ok(config) => config,
        Err(error) => {
            let toml = error.downcast_ref::<toml::de::Error>();
            let range = toml.and_then(toml::de::Error::span).unwrap_or(0..0);
            let message = toml.map_or_else(|| format!("{error:#}"), |error| error.message().to_owned());
            return Ok(Err(vec![in_book_toml(message, range)]));
        }
    };
    config.update_from_env().context("reading the variables that begin with MDBOOK_")?;
    let tables: Vec<&Table> = TABLES.iter().chain(own).collect();
    let mut mistakes = tables::check(&text, &config, &tables);
    mistakes.extend(values::check(&text, &config, &tables));
    mistakes.extend(named::missing(root, &config.book.src, &text));
    let theme = config.html_config().and_then(|html| html.theme).unwrap_or_else(|| "theme".into());
    if !root.join(theme).join("index.hbs").is_file() {
        mistakes.extend(values::themes(&text));
    }
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    let cells = mdbook_cells::config::Config::read(&config).map_err(|error| format!("{:#}", error.root_cause()));
    let library = cells.and_then(|cells| match config.contains_key("preprocessor.cells") {
        true => cells.library(root).map(drop).map_err(|error| format!("{error:#}")),
        false => Ok(()),
    });
    if let Err(message) = library {
        return Ok(Err(vec![in_book_toml(message, table(&text, "[preprocessor.cells"))]));
    }
    // mdBook itself goes on without all settings of the output when one of them is unknown.
    if let Err(error) = config.get::<HtmlConfig>("output.html") {
        let message = error.root_cause().to_string();
        return Ok(Err(vec![in_book_toml(message.trim().to_owned(), table(&text, "[output.html]"))]));
    }
    let outputs = config.outputs::<toml::Value>().context("reading the outputs of book.toml")?;
    if let Some(other) = outputs.keys().find(|output| *output != HTML) {
        let message = format!("the output `{other}` is not one that this tool writes");
        let mistake = in_book_toml(message, table(&text, &format!("[output.{other}]")));
        return Ok(Err(vec![mistake.help("the only output is `[output.html]`; `mdbook build` writes others")]));
    }
    Ok(Ok(config))
}

fn in_book_toml(message: String, range: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error("book-toml", message, Place::new("book.toml", range))
}

fn table(text: &str, header: &str) -> std::ops::Range<usize> {
    text.find(header).map_or(0..0, |at| at..at + header.len())
}

fn summary(root: &Path, config: &Config) -> anyhow::Result<Result<Summary, Vec<Diagnostic>>> {
    let path = from_root(&config.book.src, "SUMMARY.md");
    let mistake = |message: String, range| Diagnostic::error("summary", message, Place::new(&path, range));
    let file = root.join(&path);
    if !file.is_file() {
        let missing = mistake("the book has no table of contents".to_owned(), 0..0);
        return Ok(Err(vec![missing.help("list the pages in this file, as in `- [Title](page.md)`")]));
    }
    let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let entries = summary::entries(&text);
    let folder = root.join(&config.book.src);
    // Files that are there are read only once, by mdBook; those that it cannot read are looked for then.
    let is_there = |entry: &&Entry| is_inside(entry) && folder.join(&entry.path).is_file();
    let mut mistakes = unreadable(&folder, &path, entries.iter().filter(|entry| !is_there(entry)));
    mistakes.extend(doubles(&entries, &path));
    match mdbook_summary::parse_summary(&text) {
        Ok(summary) if mistakes.is_empty() => return Ok(Ok(summary)),
        Err(error) if mistakes.is_empty() => {
            let message = format!("{:#}", error.root_cause());
            let at = place(&message).map_or(0, |place| diagnostic::offset(&text, place));
            mistakes.push(mistake(message, at..at));
        }
        _ => {}
    }
    Ok(Err(mistakes))
}

/// The entries of SUMMARY.md, which lies at `path`, whose files cannot be pages.
fn unreadable<'a>(folder: &Path, path: &str, entries: impl Iterator<Item = &'a Entry>) -> Vec<Diagnostic> {
    let mistake = |entry: &Entry| {
        let mistake = Diagnostic::error("summary", why_not(folder, entry)?, Place::new(path, entry.target.clone()));
        Some(mistake.help("write the file, correct its path, or leave `()` empty for a page to come"))
    };
    entries.filter_map(mistake).collect()
}

fn is_inside(entry: &Entry) -> bool {
    Path::new(&entry.path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Why the file of a chapter cannot be a page.
fn why_not(folder: &Path, entry: &Entry) -> Option<String> {
    if entry.path.is_empty() {
        return None;
    }
    if !is_inside(entry) {
        return Some(format!("`{}` is not inside the folder of the pages", entry.path));
    }
    let error = std::fs::read_to_string(folder.join(&entry.path)).err()?;
    Some(match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no page `{}`", entry.path),
        _ => format!("`{}` cannot be read: {error}", entry.path),
    })
}

fn doubles(entries: &[Entry], path: &str) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Entry> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.path.is_empty()) {
        match first.get(entry.path.as_str()) {
            Some(before) => mistakes.push(
                Diagnostic::error(
                    "summary",
                    format!("`{}` is listed twice", entry.path),
                    Place::new(path, entry.target.clone()),
                )
                .also(Place::new(path, before.target.clone()), "first here"),
            ),
            None => drop(first.insert(&entry.path, entry)),
        }
    }
    mistakes
}

/// The place that a message of mdBook's names: `… line 4, column 2: …`.
fn place(message: &str) -> Option<LineColumn> {
    let (_, rest) = message.split_once("line ")?;
    let (line, rest) = rest.split_once(", column ")?;
    let column: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some(LineColumn { line: line.parse().ok()?, column: column.parse::<usize>().ok()?.max(1) })
}
