//! What `check` finds besides what a build finds: what could be better.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use diagnostic::{Diagnostic, Place};
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::labels::Labels;
use mdbook_cells::review;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;

use crate::extension::{Extension, Findings};
use crate::leftovers::is_leftover;
use crate::{load, titles};
use step::chapter::from_root;

/// All of it, in a scope.
pub fn besides(book: &MDBook, scope: &Scope, extension: &dyn Extension) -> anyhow::Result<Findings> {
    let mut found = extension.check(book, scope)?;
    found.diagnostics.extend(warnings(book, scope, extension)?);
    Ok(found)
}

/// The cells of a book as it was read.
pub fn draft(book: &MDBook, config: &Config, extension: &dyn Extension) -> Draft {
    mdbook_cells::preprocessor::read(&book.book, &book.config.book.src, config, extension.comments())
}

fn warnings(book: &MDBook, scope: &Scope, extension: &dyn Extension) -> anyhow::Result<Vec<Diagnostic>> {
    let mut warnings = Vec::new();
    if book.config.contains_key("preprocessor.cells") {
        let config = Config::read(&book.config)?;
        let draft = draft(book, &config, extension);
        warnings.extend(Labels::unused(&draft.pages));
        warnings.extend(draft.readable().flat_map(|page| review::check(page, &config.traps)));
    }
    for (page, text) in load::texts(&book.book) {
        let path = from_root(&book.config.book.src, &page);
        warnings.extend(titles::superfluous(&path, text).into_iter().chain(titles::empty(&path, text)));
    }
    match scope {
        Scope::Book => {
            warnings.extend(unlisted(book)?);
            warnings.extend(unused_sources(book)?);
            warnings.extend(unintroduced_terms(book)?);
        }
        Scope::Pages(pages) => warnings.retain(|warning| pages.contains(&warning.place.path)),
    }
    Ok(warnings)
}

/// Sources that no page cites.
fn unused_sources(book: &MDBook) -> anyhow::Result<Vec<Diagnostic>> {
    if !book.config.contains_key("preprocessor.references") {
        return Ok(Vec::new());
    }
    let settings = mdbook_references::Settings::read(&book.config)?;
    let style = mdbook_references::Style::of(&book.root, &book.config, &settings)?;
    let path = settings.bibliography;
    let (bibliography, _) = mdbook_references::bibliography(&book.root, &path, style)?;
    let texts = book.book.chapters().map(|chapter| chapter.content.as_str());
    Ok(mdbook_references::unused(texts, &path, &bibliography))
}

/// Terms that their own page does not link.
fn unintroduced_terms(book: &MDBook) -> anyhow::Result<Vec<Diagnostic>> {
    if !book.config.contains_key("preprocessor.references") {
        return Ok(Vec::new());
    }
    let path = mdbook_references::Settings::read(&book.config)?.glossary;
    let Some((glossary, _)) = mdbook_references::glossary(&book.root, &path)? else { return Ok(Vec::new()) };
    let pages: BTreeMap<String, &str> = book
        .book
        .chapters()
        .filter_map(|chapter| {
            let number = chapter.number.as_ref()?.to_string();
            chapter.source_path.as_ref()?;
            Some((number.trim_end_matches('.').to_owned(), chapter.content.as_str()))
        })
        .collect();
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
