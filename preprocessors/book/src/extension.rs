//! What books of one kind have besides what every book has: steps and checks of their own.

use std::ops::Range;

use diagnostic::Diagnostic;
use kept::Kept;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use page::comment::Known;
use step::Step;

use crate::tables::Table;

/// What a tool for books of one kind adds to the tool for any book.
pub trait Extension: Sync {
    /// What the users of the tool type: `cargo book`.
    fn name(&self) -> &'static str;

    /// The tables of its own steps in book.toml.
    fn tables(&self) -> &'static [Table];

    /// The comments that mean something to its steps and checks.
    fn comments(&self) -> &'static [Known];

    /// Its own steps.
    fn steps(&self) -> Vec<Box<dyn Step>>;

    /// What is wrong with pages as they were written, so that no site is made of them.
    fn wrong(&self, book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>>;

    /// What `check` finds besides, on the pages of a scope; what was found before is in `kept`.
    fn check(&self, book: &MDBook, scope: &Scope, kept: &Kept) -> anyhow::Result<Findings>;

    /// What `check --fix` may change in the pages of a scope, because no meaning changes by it.
    fn fixes(&self, book: &MDBook, scope: &Scope) -> anyhow::Result<Vec<Fixes>>;
}

/// What a check has found.
#[derive(Default)]
pub struct Findings {
    /// What is wrong, or could be better.
    pub diagnostics: Vec<Diagnostic>,
    /// What else there is to say of the book, a line each.
    pub remarks: Vec<String>,
}

/// A page and what is to be changed in it.
pub struct Fixes {
    /// Its file from the book's root.
    pub path: String,
    /// Its text as it was read.
    pub text: String,
    /// The changes in their order.
    pub changes: Vec<(Range<usize>, String)>,
}
