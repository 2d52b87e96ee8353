//! `rebuild`: one build of `serve`, as a process of its own.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use diagnostic::{Diagnostic, Level, Sources};
use kept::Damaged;
use mdbook_cells::run::Scope;
use mdbook_driver::config::Config;
use serde_json::json;

use crate::absent::Mistaken;
use crate::clock::{Clock, Phase, seconds};
use crate::invocation::Invocation;
use crate::linked::Earlier;
use crate::pipeline::prepare;
use crate::serve::{Words, rendered};
use crate::verdict::Verdict;
use crate::{checks, html, load};

/// Builds the site into a new folder, and says to `serve` what comes of it; then looks what `check` would find besides.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// The folder.
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
    /// The folder of an earlier build, whose pages are linked as far as they are the same.
    #[arg(long, value_name = "DIR")]
    pub before: Option<PathBuf>,
}

/// Does it.
pub fn run(rebuild: &Rebuild, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    std::thread::spawn(end_with_parent);
    Damaged::mended(|| build(rebuild, invocation)).or_else(|error| {
        let console = &invocation.console;
        console.say(&format!("error: {error:#}"));
        console.event(&json!({ "reason": "failed", "errors": 1, "warnings": 0, "text": format!("error: {error:#}") }));
        Ok(Verdict::Wrong)
    })
}

fn build(rebuild: &Rebuild, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let Invocation { root, console, extension } = invocation;
    let clock = Clock::default();
    let wrong = |diagnostics: &[Diagnostic], sources: &Sources| {
        let verdict = console.report(diagnostics, sources);
        let text = rendered(diagnostics, sources, Words::of_book(root));
        let (errors, warnings) = counts(diagnostics);
        console.event(&json!({ "reason": "failed", "errors": errors, "warnings": warnings, "text": text }));
        console.finish(verdict, diagnostics)
    };
    let book = match clock.time(Phase::READING, || load::load(root, extension.tables()))? {
        Ok(mut book) => {
            hurry(&mut book.config)?;
            // Nobody keeps what the server shows, and a page is the same as long as nothing but another script has changed.
            book.config.set("output.html.hash-files", false).context("setting how files are named")?;
            book
        }
        Err(mistakes) => return Ok(wrong(&mistakes, &load::sources(root, None, &mistakes))),
    };
    let mut prepared = prepare(book, &Scope::Book, Mistaken::Stops, invocation, &clock)?;
    if diagnostic::has_errors(&prepared.diagnostics) {
        return Ok(wrong(&prepared.diagnostics, &prepared.sources));
    }
    let folder = &rebuild.to;
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let said =
        clock.time(Phase::HTML, || html::render(&mut prepared, folder, Earlier::Site(rebuild.before.as_deref())))?;
    prepared.add(said);
    let verdict = console.report(&prepared.diagnostics, &prepared.sources);
    let story = clock.story();
    let story = if story.is_empty() { story } else { format!(" ({story})") };
    console.say(&format!("built in {}{story}", seconds(clock.total())));
    console.event(&json!({ "reason": "built" }));
    console.finish(verdict, &prepared.diagnostics);

    // The site is shown by now: what follows keeps nobody waiting.
    let mut found = checks::besides(&prepared.written, &Scope::Book, *extension, &prepared.kept)?;
    html::sweep(&prepared)?;
    diagnostic::sort(&mut found.diagnostics);
    let (errors, warnings) = counts(&found.diagnostics);
    let text = rendered(&found.diagnostics, &prepared.sources, Words::of_book(root));
    console.event(&json!({ "reason": "checked", "errors": errors, "warnings": warnings, "text": text }));
    if errors + warnings > 0 {
        let name = extension.name();
        console.say(&format!("`{name} check` would find {} more", crate::counts::summary(&found.diagnostics)));
    }
    Ok(verdict)
}

/// While somebody waits, a page that has never run to a good end is more likely to hang than to be slow.
fn hurry(config: &mut Config) -> anyhow::Result<()> {
    const SECONDS: u64 = 30;
    const KEY: &str = "preprocessor.cells.limits.first-seconds";
    if config.contains_key("preprocessor.cells") && !config.contains_key(KEY) {
        config.set(KEY, SECONDS).context("setting the time of pages that have never run")?;
    }
    Ok(())
}

/// Ends this process when whoever has started it is gone.
fn end_with_parent() {
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    std::process::exit(2);
}

fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
    (count(Level::Error), count(Level::Warning))
}
