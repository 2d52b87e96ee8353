//! The step: the pages of a book, its formulas, its titles.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem};
use page::apply;
use step::{Changes, Edits, Given, Step, chapter};

use crate::cache::Cache;
use crate::settings::Settings;
use crate::sheet::{Page, Role};
use crate::typeset::typeset;

/// The name of the step: its table is mdbook-katex's.
pub const NAME: &str = "katex";

/// The step `katex`; it wants to come after `cells` and before `highlight`.
#[derive(Debug)]
pub struct Math;

impl Step for Math {
    fn name(&self) -> &'static str {
        NAME
    }

    fn subject(&self) -> &'static str {
        "formulas"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let context = given.context;
        let (settings, mut diagnostics) = Settings::read(&context.root, &context.config)?;
        let path = context.root.join(&settings.cache);
        let mut cache = Cache::read(&path);
        let body = |page: &step::Page<'_>| Page { way: page.way.clone(), role: Role::Body };
        let mut pages: Vec<Page> = given.pages.iter().map(body).collect();
        let titles = titles(given.book);
        pages.extend(title_pages(context, &titles)?);
        let (mut edits, found) = typeset(&pages, &settings, &mut cache, &given.kept)?;
        cache.write(&path)?;
        // A page on which the cells failed has no values in its formulas.
        let follows = |path: &str, message: &str| given.failed.contains(path) && message.ends_with(r"sequence: \val");
        diagnostics.extend(found.into_iter().filter(|wrong| !follows(&wrong.place.path, &wrong.message)));
        let names = edits.split_off(given.pages.len());
        let name = |(title, edits): (String, Edits)| {
            let name = apply(&title, &edits.read()?);
            Ok((title, name))
        };
        let titles = titles.into_iter().zip(names).map(name).collect::<Result<_>>()?;
        Ok(Changes { edits, titles, diagnostics })
    }
}

/// The different titles with a dollar.
fn titles(book: &Book) -> Vec<String> {
    let titles = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(&chapter.name),
        BookItem::PartTitle(title) => Some(title),
        BookItem::Separator => None,
    });
    let titles: BTreeSet<&String> = titles.filter(|title| title.contains('$')).collect();
    titles.into_iter().cloned().collect()
}

fn title_pages(context: &PreprocessorContext, titles: &[String]) -> Result<Vec<Page>> {
    if titles.is_empty() {
        return Ok(Vec::new());
    }
    let path = chapter::from_root(&context.config.book.src, "SUMMARY.md");
    let summary = chapter::read(&context.root, &path).with_context(|| format!("reading {path}"))?;
    let title = |title: &String| Page { role: Role::Title { summary: summary.clone() }, ..Page::body(&path, title) };
    // The last one is for what is wrong with SUMMARY.md besides formulas; its text goes nowhere.
    Ok(titles.iter().map(title).chain([Page::body(&path, &summary)]).collect())
}
