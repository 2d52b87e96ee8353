//! A tool as a whole: what its books have besides, and its commands besides those for any book.

use anyhow::bail;
use clap::ArgMatches;
use diagnostic::Diagnostic;
use kept::Kept;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use page::comment::Known;
use step::Step;

use crate::extension::{Extension, Findings, Fixes};
use crate::invocation::Invocation;
use crate::tables::Table;
use crate::verdict::Verdict;

/// An extension that can be called.
pub trait Tool: Extension {
    /// Examples for the end of the help, with the name of the tool before each command.
    fn examples(&self) -> &'static str;

    /// Its own commands.
    fn commands(&self) -> Vec<clap::Command>;

    /// Does one of them.
    fn run(&self, command: &str, arguments: &ArgMatches, invocation: &Invocation<'_>) -> anyhow::Result<Verdict>;
}

/// Nothing besides: the tool for any book.
pub struct Plain;

impl Extension for Plain {
    fn name(&self) -> &'static str {
        "book"
    }

    fn tables(&self) -> &'static [Table] {
        &[]
    }

    fn comments(&self) -> &'static [Known] {
        &[]
    }

    fn steps(&self) -> Vec<Box<dyn Step>> {
        Vec::new()
    }

    fn wrong(&self, _: &MDBook, _: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
        Ok(Vec::new())
    }

    fn check(&self, _: &MDBook, _: &Scope, _: &Kept) -> anyhow::Result<Findings> {
        Ok(Findings::default())
    }

    fn fixes(&self, _: &MDBook, _: &Scope) -> anyhow::Result<Vec<Fixes>> {
        Ok(Vec::new())
    }
}

impl Tool for Plain {
    fn examples(&self) -> &'static str {
        "  book install               prepare a book for cells
  book serve --open          write with the book open in the browser
  book build                 the site, into book/
  book build 2.1             the site with this page run, the others only as far as they are in the store
  book check --fix           check everything, pin drifted outputs anew
  book why 2.1               why this page would run
  book take 2.1              the code of this page as a cargo project of its own
  book store pull --branch results   what others ran already, so that it need not run here
  book run --partition 2/4   the second quarter of the pages, for a CI matrix; merge the stores by copying"
    }

    fn commands(&self) -> Vec<clap::Command> {
        Vec::new()
    }

    fn run(&self, command: &str, _: &ArgMatches, _: &Invocation<'_>) -> anyhow::Result<Verdict> {
        bail!("there is no command `{command}`")
    }
}
