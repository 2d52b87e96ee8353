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

use crate::counts::counts;
pub use crate::preprocessor::{INDEX, Search};
pub use crate::sections::{Field, Section, cut};
pub use crate::words::{stem, words};

/// A page as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Address from the book's root, `1/1.1/svd.html`.
    pub url: String,
    /// Title with its number.
    pub title: String,
    /// The text after all preprocessors.
    pub markdown: String,
}

/// The index as a script that defines `bookIndex`, of pages that mdBook reads with these options.
pub fn index(pages: &[Page], options: &MarkdownOptions, kept: &Kept) -> anyhow::Result<String> {
    let read = [options.smart_punctuation, options.definition_lists, options.admonitions].map(u8::from);
    let counted = |page: &Page| {
        let parts = [("options", read.as_slice()), ("text", page.markdown.as_bytes())];
        kept.or_make("words", &parts, || Ok(counts(&cut(&page.markdown, options))))
    };
    let counted = pages.par_iter().map(counted).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(pack::script(&pages.iter().zip(counted).collect::<Vec<_>>()))
}
