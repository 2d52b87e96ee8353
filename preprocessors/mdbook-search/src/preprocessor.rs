//! The step: the index of all pages that the site will have.

use std::path::Path;

use anyhow::{Result, ensure};
use mdbook_preprocessor::config::HtmlConfig;
use step::{Changes, Given, Step, chapter, publish};

use crate::{MarkdownOptions, Page, Settings, TEXTS, index};

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
        let settings = Settings::read(&given.context.config, &given.context.root)?;
        let found = index(&pages, &options(&html), &settings, &given.kept)?;
        publish::write(&given.context.root.join(INDEX), found.index.as_bytes())?;
        let folder = given.context.root.join(&given.context.config.book.src).join(TEXTS);
        publish::only(&folder, &found.texts)?;
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
    Some(Page {
        url,
        title: format!("{number}{}", chapter.name),
        part_of: chapter.parent_names.clone(),
        way: page.way.clone(),
    })
}
