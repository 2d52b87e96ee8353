//! How the tool was called: what every command works with.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use mdbook_driver::MDBook;

use crate::clock::{Clock, Phase};
use crate::console::Console;
use crate::extension::Extension;
use crate::load;
use crate::verdict::Verdict;

/// How the tool was called.
pub struct Invocation<'a> {
    /// Absolute path of the book's folder.
    pub root: PathBuf,
    /// Where messages go.
    pub console: Console,
    /// What this tool has besides what every book needs.
    pub extension: &'a dyn Extension,
}

impl Invocation<'_> {
    /// The book; the verdict when it cannot be read, and then it was said why.
    pub fn book(&self, clock: &Clock) -> anyhow::Result<Result<MDBook, Verdict>> {
        let Self { root, console, extension } = self;
        Ok(clock.time(Phase::READING, || load::load(root, extension.tables()))?.map_err(|mistakes| {
            let verdict = console.report(&mistakes, &load::sources(root, None, &mistakes));
            console.finish(verdict, &mistakes)
        }))
    }
}

/// The folder of the book: the one that is named, or else the nearest one upwards that has a book.toml.
pub fn root(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("finding the current folder")?;
    let Some(named) = named else {
        let Some(root) = here.ancestors().find(|folder| folder.join("book.toml").is_file()) else {
            bail!("neither {} nor a folder above it has a book.toml; name the book with --root", here.display());
        };
        return Ok(root.to_owned());
    };
    ensure!(named.join("book.toml").is_file(), "{} has no book.toml", named.display());
    // Not `canonicalize`: links in the path are the author's choice.
    let root: PathBuf = std::path::absolute(named).context("finding the book's folder")?.components().collect();
    Ok(root)
}
