//! The step of mdBook's pipeline.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::config::HtmlConfig;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::{MarkdownOptions, Page, index};

/// Where the index is written, from the book's root; `output.html.additional-js` must name it.
pub const INDEX: &str = "search/index.js";

/// A page that holds this comment is not searched: maps and lists name what other pages explain.
const OFF: &str = "<!-- search: off -->";

/// The preprocessor `search`; it reads the book as the renderer will see it, so it wants to be the last one.
#[derive(Debug, Default)]
pub struct Search;

impl Preprocessor for Search {
    fn name(&self) -> &str {
        "search"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let html = ctx.config.html_config().unwrap_or_default();
        let is_published = html.additional_js.iter().any(|file| file == Path::new(INDEX));
        ensure!(is_published, "book.toml must publish the index: add \"{INDEX}\" to output.html.additional-js");
        let pages: Vec<Page> = book.chapters().filter_map(page).collect();
        write_if_changed(&ctx.root.join(INDEX), &index(&pages, &options(&html)))?;
        Ok(book)
    }
}

/// How mdBook reads the pages of this book.
fn options(html: &HtmlConfig) -> MarkdownOptions {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = html.smart_punctuation;
    options.definition_lists = html.definition_lists;
    options.admonitions = html.admonitions;
    options
}

fn page(chapter: &Chapter) -> Option<Page> {
    if chapter.content.contains(OFF) {
        return None;
    }
    let url = chapter.path.as_ref()?.with_extension("html").to_string_lossy().replace('\\', "/");
    let number = chapter.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
    Some(Page { url, title: format!("{number}{}", chapter.name), markdown: chapter.content.clone() })
}

/// Leaves an equal file alone, so that whoever watches it is not woken.
fn write_if_changed(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let directory = path.parent().expect("the index is in a directory");
    let unfinished = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::create_dir_all(directory)
        .and_then(|()| fs::write(&unfinished, text))
        .and_then(|()| fs::rename(&unfinished, path))
        .with_context(|| format!("writing {}", path.display()))
}
