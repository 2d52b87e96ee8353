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
mod words;

use kept::Kept;
pub use mdbook_markdown::MarkdownOptions;
use rayon::prelude::*;
use step::Way;

use crate::counts::{Counted, counts};
pub use crate::preprocessor::{INDEX, Search};
pub use crate::sections::{Field, Section, cut};
pub use crate::words::{stem, words};

/// A page as it is published.
#[derive(Debug, Clone)]
pub struct Page {
    /// Address from the book's root, `1/1.1/svd.html`.
    pub url: String,
    /// Title with its number.
    pub title: String,
    /// The text after all preprocessors.
    pub way: Way,
}

/// A page that holds this comment is not searched: maps and lists name what other pages explain.
const OFF: &str = "<!-- search: off -->";

/// The index as a script that defines `bookIndex`, of pages that mdBook reads with these options.
pub fn index<'a>(pages: &'a [Page], options: &MarkdownOptions, kept: &Kept) -> anyhow::Result<String> {
    let read = [options.smart_punctuation, options.definition_lists, options.admonitions].map(u8::from);
    let counted = |page: &'a Page| -> anyhow::Result<Option<(&'a Page, Vec<Counted>)>> {
        let counted = kept.or_make("words", &[("options", read.as_slice()), ("page", page.way.name())], || {
            let text = page.way.text()?;
            Ok((!text.contains(OFF)).then(|| counts(&cut(text, options))))
        })?;
        Ok(counted.map(|counted| (page, counted)))
    };
    let counted = pages.par_iter().map(counted).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(pack::script(&counted.into_iter().flatten().collect::<Vec<_>>()))
}
