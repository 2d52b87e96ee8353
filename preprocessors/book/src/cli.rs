//! What the command line may say, and the help that teaches it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use kept::Damaged;

use crate::cmd::{build, check, clean, install, mutate, pdf, preprocess, rebuild, run, serve, store, take, why};
use crate::console::{Console, Format};
use crate::extension::Extension;
use crate::invocation::{Invocation, root};
use crate::tool::Tool;

/// Builds, checks and serves a book whose Rust cells are compiled and run.
///
/// Cells run when their code, the data they read, the library or the compiler changed; everything else comes from the
/// store. Prose never runs anything.
#[derive(Debug, Parser)]
#[command(name = "book", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Folder of the book; by default the nearest one upwards that has a book.toml.
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// How messages are written: for people to the standard error, or as one JSON object a line to the standard output.
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub message_format: Format,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Builds the site; writes nothing when the book is wrong.
    Build(build::Build),
    /// Serves the site on this machine and rebuilds it whenever a file changes.
    Serve(serve::Serve),
    /// Checks everything but HTML: cells, claims, pinned outputs, formulas, labels, links, anchors.
    Check(check::Check),
    /// Says why pages would be run or not, and why they ran the last time.
    Why(why::Why),
    /// Runs pages into the store and writes no site.
    Run(run::Run),
    /// Takes what pages gave from a shared store, or gives it there.
    Store(store::Store),
    /// Changes a page's code a little, many times, and says which changes no check notices.
    Mutate(mutate::Mutate),
    /// Takes a page's code away as a cargo project of its own.
    Take(take::Take),
    /// Prints pages into PDF files.
    Pdf(pdf::Pdf),
    /// Prepares a book of mdBook's for cells.
    Install(install::Install),
    /// Removes the site and the store.
    Clean(clean::Clean),
    /// Does one build of `serve`.
    #[command(hide = true)]
    Rebuild(rebuild::Rebuild),
    /// Runs one step of the pipeline for plain mdBook.
    Preprocess(preprocess::Preprocess),
}

const PAGES: &str = "\
Pages are named by file (src/part/page.md), by file inside src, or by number in SUMMARY.md (2.1; 2 is a whole chapter).

Examples:
";

const EXIT_CODES: &str = "Exit codes: 0 all is well, 1 the book is wrong, 2 the tool could not do its work.";

/// Does what the command line says.
pub fn run(tool: &dyn Tool) -> anyhow::Result<ExitCode> {
    let help = format!("{PAGES}{}\n\n{EXIT_CODES}", tool.examples());
    let command = Arguments::command().bin_name(tool.name()).after_help(help).subcommands(tool.commands());
    let matches = command.get_matches();
    let (name, own) = matches.subcommand().context("a command is required")?;
    if tool.commands().iter().any(|command| command.get_name() == name) {
        return Ok(tool.run(name, own, &invocation(&matches, tool)?)?.into());
    }
    let command = Arguments::from_arg_matches(&matches).context("reading the command line")?.command;
    let book = || invocation(&matches, tool);
    Ok(match command {
        Command::Build(build) => Damaged::mended(|| build::run(&build, &book()?))?.into(),
        Command::Serve(serve) => serve::run(&serve, &book()?)?.into(),
        Command::Check(check) => Damaged::mended(|| check::run(&check, &book()?))?.into(),
        Command::Why(why) => why::run(&why, &book()?)?.into(),
        Command::Run(run) => run::run(&run, &book()?)?.into(),
        Command::Store(store) => store::run(&store, &book()?)?.into(),
        Command::Mutate(mutate) => mutate::run(&mutate, &book()?)?.into(),
        Command::Take(take) => take::run(&take, &book()?)?.into(),
        Command::Pdf(pdf) => Damaged::mended(|| pdf::run(&pdf, &book()?))?.into(),
        Command::Install(install) => install::run(&install, &book()?)?.into(),
        Command::Clean(clean) => clean::run(&clean, &book()?)?.into(),
        Command::Rebuild(rebuild) => rebuild::run(&rebuild, &book()?)?.into(),
        // mdBook says itself where the book is.
        Command::Preprocess(preprocess) => preprocess::run(&preprocess, tool)?,
    })
}

fn invocation<'a>(matches: &ArgMatches, extension: &'a dyn Extension) -> anyhow::Result<Invocation<'a>> {
    let named: Option<&PathBuf> = matches.get_one("root");
    let format = matches.get_one("message_format").copied().unwrap_or(Format::Human);
    Ok(Invocation { root: root(named.map(PathBuf::as_path))?, console: Console::new(format), extension })
}
