//! The step: the index of all pages that the site will have.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use mdbook_preprocessor::config::HtmlConfig;
use step::{Changes, Given, Step, chapter};

use crate::{MarkdownOptions, Page, index};

/// Where the index is written, from the book's root; `output.html.additional-js` must name it.
pub const INDEX: &str = "search/index.js";

/// The step `search`; it reads the book as the renderer will see it, so it wants to be the last one.
#[derive(Debug)]
pub struct Search;

impl Step for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn supports(&self, renderer: &str) -> bool {
        renderer == "html"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let html = given.context.config.html_config().unwrap_or_default();
        let is_published = html.additional_js.iter().any(|file| file == Path::new(INDEX));
        ensure!(is_published, "book.toml must publish the index: add \"{INDEX}\" to output.html.additional-js");
        let shown = given.pages.iter().filter(|page| !given.absent.contains(page.way.path()));
        let pages: Vec<Page> = shown.filter_map(page).collect();
        write_if_changed(&given.context.root.join(INDEX), &index(&pages, &options(&html), &given.kept)?)?;
        Ok(Changes::default())
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

fn page(page: &step::Page<'_>) -> Option<Page> {
    let chapter = page.chapter;
    let url = chapter::from_root(Path::new(""), chapter.path.as_ref()?.with_extension("html"));
    let number = chapter.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
    Some(Page { url, title: format!("{number}{}", chapter.name), way: page.way.clone() })
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
