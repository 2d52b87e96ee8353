//! mdBook's own step `links`, which puts in place what `{{#include …}}` and its like ask for. Where pages come by name, it is given only
//! those with such a directive.

use anyhow::{Context as _, Result};
use kept::Kept;
use mdbook_driver::book::{Book, BookItem, Chapter};
use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_preprocessor::{Preprocessor as _, PreprocessorContext};
use rayon::prelude::*;
use step::{Changes, Edits, Given, Page, Step, Way};

/// mdBook's step as one of ours.
pub struct Directives;

impl Step for Directives {
    fn name(&self) -> &'static str {
        LinkPreprocessor::NAME
    }

    fn supports(&self, _: &str) -> bool {
        true
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let Given { pages, kept, .. } = given;
        let directed = pages.par_iter().map(|page| directed(&page.way, kept)).collect::<Result<Vec<_>>>()?;
        let edits = pages.iter().zip(directed).map(|(page, is_directed)| match is_directed {
            true => followed(page, given.context),
            false => Ok(Edits::default()),
        });
        Ok(Changes { edits: edits.collect::<Result<_>>()?, ..Changes::default() })
    }
}

fn directed(page: &Way, kept: &Kept) -> Result<bool> {
    kept.or_make("directives", &[("page", page.name())], || Ok(has_directive(page.text()?)))
}

/// Whether mdBook may find something to do in a text.
fn has_directive(text: &str) -> bool {
    text.split("{{").skip(1).any(|rest| rest.trim_start_matches('{').trim_start().starts_with('#'))
}

/// What mdBook makes of a page.
fn followed(page: &Page<'_>, context: &PreprocessorContext) -> Result<Edits> {
    let draft = page.way.draft()?;
    let chapter = Chapter { content: draft.text().to_owned(), sub_items: Vec::new(), ..page.chapter.clone() };
    let book = LinkPreprocessor::new().run(context, Book::new_with_items(vec![BookItem::Chapter(chapter)]))?;
    let chapter = book.chapters().next().context("mdBook gives back the page that it was given")?;
    Ok(draft.difference(&chapter.content).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_directive_of_mdbook_is_seen() {
        for text in ["а {{#include б}}", "{{ #title В}}", "\\{{#include б}}", "{{{#include б}}", "{{\n#include б}}"]
        {
            assert!(has_directive(text), "{text}");
        }
        for text in ["", "#", "{ {#include б}}", "$\\frac{{x}}{2}$", "{{#"] {
            assert_eq!(has_directive(text), text == "{{#", "{text}");
        }
    }
}
