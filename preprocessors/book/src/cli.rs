//! What the command line may say, and the help that teaches it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::cmd::{build, check, clean, new, run, serve, stats, take, why};

/// Builds, checks and serves a book whose Rust cells are compiled and run.
///
/// Cells run when their code, the data they read, the teaching crate or the compiler changed; everything else comes from the
/// store. Prose never runs anything.
#[derive(Debug, Parser)]
#[command(name = "book", bin_name = "cargo book", version, after_help = EXAMPLES)]
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

/// For whom messages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text with code frames; colours on a terminal unless NO_COLOR is set.
    Human,
    /// `{"reason": "diagnostic" | "page" | "serving" | "finished", …}`.
    Json,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Builds the site; writes nothing when the book is wrong.
    Build(build::Build),
    /// Serves the site on this machine and rebuilds it whenever a file changes.
    Serve(serve::Serve),
    /// Checks everything but HTML: cells, claims, pinned outputs, formulas, labels, links, anchors, prose, the syllabus.
    Check(check::Check),
    /// Counts what the lectures have: words, formulas, checks, plots, exercises, points of the syllabus.
    Stats(stats::Stats),
    /// Says why pages would be run or not, and why they ran the last time.
    Why(why::Why),
    /// Begins a lecture of the syllabus: the page from the template, its link in SUMMARY.md.
    New(new::New),
    /// Runs pages into the store and writes no site.
    Run(run::Run),
    /// Takes a page's code away as a cargo project of its own.
    Take(take::Take),
    /// Removes the site and the store.
    Clean(clean::Clean),
}

const EXAMPLES: &str = "\
Pages are named by file (src/math/linear-algebra/svd.md), by file inside src, or by number in SUMMARY.md (1.1.8; 1.1 is \
a whole chapter).

Examples:
  cargo book serve --open          write with the book open in the browser
  cargo book build                 the site, into book/
  cargo book build 1.1.8           the site with this lecture run, the others only as far as they are in the store
  cargo book check --fix           check everything, pin drifted outputs anew, mend typography
  cargo book why 1.1.8             why this lecture would run
  cargo book new 1.1.9             begin a lecture
  cargo book take 1.1.8            the code of this lecture as a cargo project, in svd/
  cargo book run --partition 2/4   the second quarter of the pages, for a CI matrix; merge the stores by copying

Exit codes: 0 all is well, 1 the book is wrong, 2 the tool could not do its work.";
