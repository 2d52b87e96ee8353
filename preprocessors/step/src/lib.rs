//! A step of a book's way from what its authors wrote to what readers see: it is given pages, and returns edits and messages.
//!
//! A page comes as a [`Way`]: a name of its text, and the text for who asks, as a [`Draft`](page::Draft), which knows of every byte
//! what the author wrote there. What a step makes of a page is kept by that name, so nobody puts the text of a page together of which
//! all is known. A step names places in the text that it was given; [`Adapter`], which makes one of mdBook's preprocessors of it,
//! makes the edits and says where in the author's file a message belongs. In one process the edits are carried along with the pages
//! ([`Record`]); a program that plain mdBook starts ([`answer`]) lays the page that comes beside its file.

mod adapter;
pub mod chapter;
mod edits;
mod made;
mod program;
pub mod publish;
mod record;
mod way;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use diagnostic::Diagnostic;
use kept::Kept;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};

pub use crate::adapter::Adapter;
pub use crate::edits::Edits;
pub use crate::made::Made;
pub use crate::program::answer;
pub use crate::record::{Passing, Record};
pub use crate::way::Way;

/// A step of a book's way to its readers.
pub trait Step: Send + Sync {
    /// The name of its table in book.toml, behind `preprocessor.`.
    fn name(&self) -> &'static str;

    /// What it works on, in a word that its time is told under.
    fn subject(&self) -> &'static str {
        self.name()
    }

    /// Whether it has something to do for a renderer. `mdbook test` compiles every block of code by itself, which is for none of ours.
    fn supports(&self, renderer: &str) -> bool {
        renderer != "test"
    }

    /// What to change. An author's mistake is a message; an error means that our machine failed.
    fn run(&self, given: &Given<'_>) -> Result<Changes>;
}

impl<S: Step + 'static> From<S> for Box<dyn Step> {
    fn from(step: S) -> Self {
        Box::new(step)
    }
}

/// What a step is given.
pub struct Given<'a> {
    /// The configuration, and where the book is.
    pub context: &'a PreprocessorContext,
    /// The book as mdBook has it.
    pub book: &'a Book,
    /// Its pages, in the order of [`Book::chapters`].
    pub pages: Vec<Page<'a>>,
    /// Pages that an earlier step found wrong, by their paths from the book's root: values may be missing in them.
    pub failed: BTreeSet<String>,
    /// Pages that the site will not have.
    pub absent: BTreeSet<String>,
    /// What steps have made of pages before.
    pub kept: Kept,
}

/// What stands under the place of a message about something that a step has made there.
pub const OF_WHAT_WAS_MADE: &str = "in what was made of this";

/// A page as it is now.
pub struct Page<'a> {
    /// Its place in the book.
    pub chapter: &'a Chapter,
    /// Its text and history; the path is from the book's root.
    pub way: Way,
}

/// What a step does to a book.
#[derive(Debug, Default)]
pub struct Changes {
    /// Of every page, in the order in which they were given; none of those that are not named.
    pub edits: Vec<Edits>,
    /// Titles in the table of contents that become others.
    pub titles: BTreeMap<String, String>,
    /// What is wrong. Places of pages are those of the texts that were given, places of other files are their own.
    pub diagnostics: Vec<Diagnostic>,
}
