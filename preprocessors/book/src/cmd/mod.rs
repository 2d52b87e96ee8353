//! The commands, one a file.

pub mod build;
pub mod check;
pub mod clean;
pub mod new;
pub mod run;
pub mod serve;
pub mod stats;
pub mod take;
pub mod why;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use mdbook_driver::MDBook;

use crate::cli::{Arguments, Command};
use crate::clock::{Clock, Phase};
use crate::console::Console;
use crate::load;

/// What came of a command that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is well.
    Fine,
    /// The book is wrong, and it was said where.
    Wrong,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Fine => Self::SUCCESS,
            Verdict::Wrong => Self::FAILURE,
        }
    }
}

/// What every command works with.
pub struct Desk {
    /// Absolute path of the book's folder.
    pub root: PathBuf,
    /// Where messages go.
    pub console: Console,
}

impl Desk {
    /// The book; the verdict when it cannot be read, and then it was said why.
    pub fn book(&self, clock: &Clock) -> anyhow::Result<Result<MDBook, Verdict>> {
        let Self { root, console } = self;
        Ok(clock.time(Phase::Reading, || load::load(root))?.map_err(|mistakes| {
            let verdict = console.report(&mistakes, &load::sources(root, None, &mistakes));
            console.finish(verdict, &mistakes)
        }))
    }
}

/// Does what the command line says.
pub fn run(arguments: Arguments) -> anyhow::Result<Verdict> {
    let desk = Desk { root: root(arguments.root.as_deref())?, console: Console::new(arguments.message_format) };
    match arguments.command {
        Command::Build(build) => build::run(&build, &desk),
        Command::Serve(serve) => serve::run(&serve, &desk),
        Command::Check(check) => check::run(&check, &desk),
        Command::Stats(stats) => stats::run(&stats, &desk),
        Command::Why(why) => why::run(&why, &desk),
        Command::New(new) => new::run(&new, &desk),
        Command::Run(run) => run::run(&run, &desk),
        Command::Take(take) => take::run(&take, &desk),
        Command::Clean(clean) => clean::run(&clean, &desk),
    }
}

/// The program that becomes the launcher of page programs: this one.
pub fn launcher() -> anyhow::Result<PathBuf> {
    std::env::current_exe().context("finding this program")
}

/// Refuses to go on where page programs cannot be kept in.
pub fn require_sandbox() -> anyhow::Result<()> {
    let lacking = engine::lacking(&launcher()?)?;
    ensure!(lacking.is_empty(), "the sandbox is not complete on this system: {lacking}");
    Ok(())
}

fn root(given: Option<&Path>) -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("finding the current folder")?;
    let Some(given) = given else {
        let Some(root) = here.ancestors().find(|folder| folder.join("book.toml").is_file()) else {
            bail!("neither {} nor a folder above it has a book.toml; name the book with --root", here.display());
        };
        return Ok(root.to_owned());
    };
    ensure!(given.join("book.toml").is_file(), "{} has no book.toml", given.display());
    // Not `canonicalize`: links in the path are the author's choice.
    let root: PathBuf = std::path::absolute(given).context("finding the book's folder")?.components().collect();
    Ok(root)
}
