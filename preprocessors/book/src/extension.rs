//! What one book has besides what every book has: steps, checks, commands of its own.

use std::ops::Range;

use clap::ArgMatches;
use diagnostic::Diagnostic;
use mdbook_cells::preprocessor::Sink;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;

use crate::absent::Absent;
use crate::invocation::Invocation;
use crate::steps::Step;
use crate::verdict::Verdict;

/// What a tool for books of one kind adds to the tool for any book.
pub trait Extension: Sync {
    /// What its users type: `cargo book`.
    fn name(&self) -> &'static str;

    /// Examples for the end of the help, with the name of the tool before each command.
    fn examples(&self) -> &'static str;

    /// Its own commands.
    fn commands(&self) -> Vec<clap::Command>;

    /// Does one of them.
    fn run(&self, command: &str, arguments: &ArgMatches, invocation: &Invocation<'_>) -> anyhow::Result<Verdict>;

    /// Its own steps; each says what is wrong to `sink`, and some need to know which pages the site will not have.
    fn steps(&self, sink: &Sink, absent: &Absent) -> Vec<Step>;

    /// What `check` finds besides, on the pages of a scope.
    fn check(&self, book: &MDBook, scope: &Scope) -> anyhow::Result<Findings>;

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

/// Nothing besides: the tool for any book.
pub struct Plain;

impl Extension for Plain {
    fn name(&self) -> &'static str {
        "book"
    }

    fn examples(&self) -> &'static str {
        "  book serve --open          write with the book open in the browser
  book build                 the site, into book/
  book build 2.1             the site with this page run, the others only as far as they are in the store
  book check --fix           check everything, pin drifted outputs anew
  book why 2.1               why this page would run
  book take 2.1              the code of this page as a cargo project of its own
  book run --partition 2/4   the second quarter of the pages, for a CI matrix; merge the stores by copying"
    }

    fn commands(&self) -> Vec<clap::Command> {
        Vec::new()
    }

    fn run(&self, command: &str, _: &ArgMatches, _: &Invocation<'_>) -> anyhow::Result<Verdict> {
        anyhow::bail!("there is no command `{command}`")
    }

    fn steps(&self, _: &Sink, _: &Absent) -> Vec<Step> {
        Vec::new()
    }

    fn check(&self, _: &MDBook, _: &Scope) -> anyhow::Result<Findings> {
        Ok(Findings::default())
    }

    fn fixes(&self, _: &MDBook, _: &Scope) -> anyhow::Result<Vec<Fixes>> {
        Ok(Vec::new())
    }
}
