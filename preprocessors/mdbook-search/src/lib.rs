//! The search of a Russian book: an index of word stems that the reader's browser searches without a server.
//!
//! The index is a classic script, because `file://` has no `fetch`. A document is a section, from one heading to the next. Words are
//! reduced to Snowball stems («матрицами» and «матрица» meet in «матриц»), ё is е; formulas, code and outputs are left out. A posting
//! is a section and how much the word matters there: in a title, in a caption or as a term, often, or once. `theme/search.js` is the
//! other half: the same stemmer, and the search.
//!
//! mdBook has no place for a file that a preprocessor makes, so the index is written to [`INDEX`] in the book's root before the
//! renderer starts, and `output.html.additional-js` publishes it.

mod counts;
mod pack;
mod preprocessor;
mod sections;
mod settings;
mod terms;
mod texts;
mod words;

use kept::Kept;
pub use mdbook_markdown::MarkdownOptions;
use rayon::prelude::*;
use step::Way;

use crate::counts::{Counts, counts};
pub use crate::preprocessor::{INDEX, Search};
pub use crate::sections::{Cut, Field, Section, cut};
pub use crate::settings::Settings;
pub use crate::terms::Term;
pub use crate::texts::TEXTS;
pub use crate::words::{stem, words};

/// A page as it is published.
#[derive(Debug, Clone)]
pub struct Page {
    /// Address from the book's root, `1/1.1/svd.html`.
    pub url: String,
    /// Title with its number.
    pub title: String,
    /// What it is a part of.
    pub part_of: Vec<String>,
    /// The text after all preprocessors.
    pub way: Way,
}

/// What follows this comment is not searched, until another one: maps and lists name what other pages explain.
const OFF: &str = "<!-- search: off -->";
/// What follows is searched again, or is found as something that will be written.
const ON: [&str; 2] = ["<!-- search: on -->", "<!-- search: planned -->"];

/// What the reader's browser is given.
#[derive(Debug, Default)]
pub struct Found {
    /// The script that defines `bookIndex`.
    pub index: String,
    /// A script for each page with the texts of its sections, by its name inside [`TEXTS`].
    pub texts: Vec<(String, String)>,
}

/// The index of pages that mdBook reads with these options.
pub fn index<'a>(
    pages: &'a [Page],
    options: &MarkdownOptions,
    settings: &Settings,
    kept: &Kept,
) -> anyhow::Result<Found> {
    let read = [options.smart_punctuation, options.definition_lists, options.admonitions].map(u8::from);
    let counted = |page: &'a Page| -> anyhow::Result<Option<(&'a Page, Counts)>> {
        let counted = kept.or_make(
            "words",
            &[("options", read.as_slice()), ("of", page.part_of.join("\n").as_bytes()), ("page", page.way.name())],
            || {
                let text = page.way.text()?;
                let is_off = text.contains(OFF) && !ON.iter().any(|on| text.contains(on));
                let mut cut = cut(text, options);
                cut.sections[0].texts.extend(page.part_of.iter().map(|name| (Field::Caption, name.clone())));
                Ok((!is_off).then(|| counts(cut)))
            },
        )?;
        Ok(counted.map(|counted| (page, counted)))
    };
    let counted = pages.par_iter().map(counted).collect::<anyhow::Result<Vec<_>>>()?;
    let counted: Vec<_> = counted.into_iter().flatten().collect();
    let texts = if settings.texts {
        counted.iter().map(|(page, counts)| texts::script(page, counts)).collect()
    } else {
        Vec::new()
    };
    Ok(Found { index: pack::script(&counted, settings), texts })
}
