//! What `check` finds besides what a build finds: what could be better.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use diagnostic::{Diagnostic, Place};
use kept::Kept;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::labels::{Labelled, Labels};
use mdbook_cells::review;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::extension::{Extension, Findings};
use crate::leftovers::is_leftover;
use crate::{load, titles};
use step::chapter::from_root;

/// All of it, in a scope; what was found before is in `kept`.
pub fn besides(book: &MDBook, scope: &Scope, extension: &dyn Extension, kept: &Kept) -> anyhow::Result<Findings> {
    let mut found = extension.check(book, scope, kept)?;
    found.diagnostics.extend(warnings(book, scope, extension, kept)?);
    Ok(found)
}

/// The cells of a book as it was read.
pub fn draft(book: &MDBook, config: &Config, extension: &dyn Extension) -> Draft {
    mdbook_cells::preprocessor::read(&book.book, &book.config.book.src, config, extension.comments())
}

/// What is found on a page of cells.
#[derive(Serialize, Deserialize)]
struct OfCells {
    labelled: Labelled,
    warnings: Vec<Diagnostic>,
}

fn warnings(book: &MDBook, scope: &Scope, extension: &dyn Extension, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    let mut warnings = Vec::new();
    if book.config.contains_key("preprocessor.cells") {
        let config = Config::read(&book.config)?;
        let (settings, texts, src) = (config.of_pages(), load::texts(&book.book), &book.config.book.src);
        let found = texts.par_iter().map(|(page, text)| {
            let path = from_root(src, page);
            let parts = [("settings", settings.as_bytes()), ("path", path.as_bytes()), ("text", text.as_bytes())];
            kept.or_make("warnings", &parts, || of_cells(&path, text, &config, extension))
        });
        let found: Vec<OfCells> = found.collect::<anyhow::Result<_>>()?;
        warnings.extend(Labels::unused(found.iter().map(|page| &page.labelled)));
        warnings.extend(found.into_iter().flat_map(|page| page.warnings));
    }
    for (page, text) in load::texts(&book.book) {
        let path = from_root(&book.config.book.src, &page);
        let of_page =
            || Ok([titles::superfluous(&path, text), titles::empty(&path, text).into_iter().collect()].concat());
        warnings.extend(kept.or_make("titles", &[("path", path.as_bytes()), ("text", text.as_bytes())], of_page)?);
    }
    // Pages in front of the contents and behind them may be called there as one likes.
    let listed = book.book.chapters().filter(|chapter| chapter.number.is_some());
    for chapter in listed {
        let Some(path) = step::chapter::path(chapter, &book.config.book.src) else { continue };
        let (text, name) = (&chapter.content, &chapter.name);
        let parts = [("path", path.as_bytes()), ("text", text.as_bytes()), ("name", name.as_bytes())];
        warnings.extend(kept.or_make("other-title", &parts, || Ok(titles::other(&path, text, name)))?);
    }
    match scope {
        Scope::Book => {
            warnings.extend(unlisted(book)?);
            warnings.extend(unused_sources(book, kept)?);
            warnings.extend(unintroduced_terms(book, kept)?);
        }
        Scope::Pages(pages) => warnings.retain(|warning| pages.contains(&warning.place.path)),
    }
    Ok(warnings)
}

fn of_cells(path: &str, text: &str, config: &Config, extension: &dyn Extension) -> anyhow::Result<OfCells> {
    let draft = Draft::read(std::iter::once((path.to_owned(), text)), config, extension.comments());
    let page = draft.pages.first().context("the page was read")?;
    Ok(OfCells {
        labelled: Labelled::of(page),
        warnings: draft.readable().flat_map(|page| review::check(page, &config.traps, config.words)).collect(),
    })
}

/// Sources that no page cites.
fn unused_sources(book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    if !book.config.contains_key("preprocessor.references") {
        return Ok(Vec::new());
    }
    let settings = mdbook_references::Settings::read(&book.config)?;
    let path = settings.bibliography;
    let bibliography = mdbook_references::bibliography(&book.root, &path)?;
    let mut used = BTreeSet::new();
    for chapter in book.book.chapters() {
        let text = &chapter.content;
        let cited = || Ok(mdbook_references::cited(text));
        used.extend(kept.or_make("sources", &[("text", text.as_bytes())], cited)?);
    }
    Ok(mdbook_references::unused(&used, &path, &bibliography))
}

/// Terms that their own page does not link.
fn unintroduced_terms(book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    if !book.config.contains_key("preprocessor.references") {
        return Ok(Vec::new());
    }
    let path = mdbook_references::Settings::read(&book.config)?.glossary;
    let Some((glossary, _)) = mdbook_references::glossary(&book.root, &path)? else { return Ok(Vec::new()) };
    let file = format!("{glossary:?}");
    let mut pages = BTreeMap::new();
    for chapter in book.book.chapters().filter(|chapter| chapter.source_path.is_some()) {
        let (Some(number), text) = (step::chapter::number(chapter), &chapter.content) else { continue };
        let parts = [("glossary", file.as_bytes()), ("text", text.as_bytes())];
        pages.insert(number, kept.or_make("terms", &parts, || Ok(mdbook_references::linked(text, &glossary)))?);
    }
    Ok(mdbook_references::unintroduced(&pages, &path, &glossary))
}

/// Pages that are nobody's: neither listed in SUMMARY.md nor included anywhere.
fn unlisted(book: &MDBook) -> anyhow::Result<Vec<Diagnostic>> {
    const READ_BY_MDBOOK: [&str; 2] = ["SUMMARY.md", "404.md"];
    let src = &book.config.book.src;
    let listed = load::texts(&book.book);
    let mut files = Vec::new();
    markdown(&book.root.join(src), "", &mut files)?;
    let is_included = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        listed.values().any(|text| text.contains("{{#include") && text.contains(name))
    };
    let unlisted = files
        .into_iter()
        .filter(|file| !listed.contains_key(file) && !READ_BY_MDBOOK.contains(&file.as_str()) && !is_included(file));
    Ok(unlisted
        .map(|file| {
            let message = format!("`{file}` is not listed in SUMMARY.md, so it is not part of the book");
            Diagnostic::warning("unlisted-page", message, Place::new(from_root(src, &file), 0..0))
                .help("list it, or remove it")
        })
        .collect())
}

fn markdown(folder: &Path, inside: &str, files: &mut Vec<String>) -> anyhow::Result<()> {
    let doing = || format!("listing {}", folder.display());
    let mut entries =
        std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>()).with_context(doing)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if is_leftover(&name) {
            continue;
        }
        let path = format!("{inside}{name}");
        if entry.path().is_dir() {
            markdown(&entry.path(), &format!("{path}/"), files)?;
        } else if name.ends_with(".md") {
            files.push(path);
        }
    }
    Ok(())
}
