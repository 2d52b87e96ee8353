//! Words of the command line to pages of the book.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, bail};
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use mdbook_driver::book::{BookItem, Chapter};

use diagnostic::{any_of, near};

/// The pages that words name: by path, by path inside src, or by number in SUMMARY.md; no words mean the whole book.
pub fn scope(book: &MDBook, words: &[String]) -> anyhow::Result<Scope> {
    if words.is_empty() {
        return Ok(Scope::Book);
    }
    let chapters = chapters(book);
    let here = std::env::current_dir().context("finding the current folder")?;
    let mut pages = BTreeSet::new();
    for word in words {
        let found = named(word, &chapters, book, &here);
        if found.is_empty() {
            bail!(unknown(word, &chapters));
        }
        pages.extend(found);
    }
    Ok(Scope::Pages(pages))
}

/// Pages by path from the book's root, with the numbers that mdBook shows, `1.1.8.`; drafts have no path.
struct Entry {
    number: String,
    path: Option<String>,
}

fn chapters(book: &MDBook) -> Vec<Entry> {
    let entry = |chapter: &Chapter| Entry {
        number: chapter.number.as_ref().map(ToString::to_string).unwrap_or_default(),
        path: step::chapter::path(chapter, &book.config.book.src),
    };
    let chapter = |item: &BookItem| match item {
        BookItem::Chapter(chapter) => Some(entry(chapter)),
        _ => None,
    };
    book.iter().filter_map(chapter).collect()
}

fn named(word: &str, chapters: &[Entry], book: &MDBook, here: &Path) -> Vec<String> {
    let number = format!("{}.", word.trim_end_matches('.'));
    let is_number = number.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    let src = &book.config.book.src;
    let inside = step::chapter::from_root(src, word);
    // A path may also be said from the folder one works in.
    let from_here = std::path::absolute(here.join(word)).ok();
    let from_here = from_here.as_deref().and_then(|path| path.strip_prefix(&book.root).ok());
    let from_here = from_here.map(|path| path.to_string_lossy().replace('\\', "/"));
    let is_meant = |entry: &Entry, path: &str| {
        if is_number {
            return entry.number.starts_with(&number);
        }
        path == word || path == inside || Some(path) == from_here.as_deref()
    };
    let pages = chapters.iter().filter_map(|entry| Some((entry, entry.path.as_ref()?)));
    pages.filter(|(entry, path)| is_meant(entry, path)).map(|(_, path)| path.clone()).collect()
}

fn unknown(word: &str, chapters: &[Entry]) -> String {
    let number = format!("{}.", word.trim_end_matches('.'));
    if chapters.iter().any(|entry| entry.number == number) {
        return format!("the page {word} is not written yet: SUMMARY.md names no file for it");
    }
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in chapters {
        let Some(path) = &entry.path else { continue };
        names.insert(path, path);
        names.extend(path.split_once('/').map(|(_, inside)| (inside, path.as_str())));
        names.extend(path.rsplit_once('/').map(|(_, file)| (file, path.as_str())));
    }
    let mut meant = Vec::new();
    for name in near(word, names.keys().copied()) {
        if !meant.contains(&names[name]) {
            meant.push(names[name]);
        }
    }
    match meant.as_slice() {
        [] => format!("the book has no page `{word}`; pages are named as in src/SUMMARY.md, by file or by number"),
        meant => format!("the book has no page `{word}`; did you mean {}?", any_of(meant)),
    }
}
