//! `cargo book serve`: the book in a browser while it is written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use diagnostic::{Colour, Diagnostic, Sources};
use mdbook_cells::run::Scope;
use serde_json::json;

use crate::clock::{Clock, Phase, seconds};
use crate::invocation::Invocation;
use crate::launcher::require_sandbox;
use crate::pipeline::prepare;
use crate::serve::{Published, Watch, start};
use crate::verdict::Verdict;
use crate::{html, load};

/// Serves the book on this machine, rebuilds it whenever one of its files changes, and reloads the pages that are open.
///
/// When the book is wrong, the old page stays, with the messages on top. The folder of `build` is not touched: the site that is
/// served lies in a folder of its own and goes with the server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Open the book in the browser.
    #[arg(long)]
    pub open: bool,
    /// Port of 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Refuse where the system cannot keep page programs from files and the network.
    #[arg(long)]
    pub require_sandbox: bool,
}

/// Does it, until it is interrupted.
pub fn run(serve: &Serve, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    if serve.require_sandbox {
        require_sandbox()?;
    }
    let shelf = tempfile::Builder::new().prefix("book-serve-").tempdir().context("making a folder for the site")?;
    let folder = shelf.path().to_owned();
    ctrlc::set_handler(move || {
        // What cannot be removed lies where the system clears up.
        let _ = std::fs::remove_dir_all(&folder);
        std::process::exit(0);
    })
    .context("waiting for Ctrl-C")?;
    let published = Arc::new(Published::default());
    let address = start(serve.port, &published)?;
    let address = format!("http://{address}/");
    invocation.console.say(&format!("{address} (Ctrl-C ends)"));
    invocation.console.event(&json!({ "reason": "serving", "address": address }));

    let mut watch = Watch::new(&invocation.root)?;
    let mut open = serve.open;
    let mut sites = Vec::new();
    for number in 1_u64.. {
        watch.refresh();
        build(invocation, &shelf.path().join(number.to_string()), &mut sites, &published);
        if std::mem::take(&mut open)
            && let Err(error) = opener::open(&address)
        {
            invocation.console.say(&format!("warning: no browser could be opened: {error}"));
        }
        watch.wait();
    }
    Ok(Verdict::Fine)
}

/// Builds the book into a folder and shows what came of it; `sites` are the folders of earlier ones.
fn build(invocation: &Invocation<'_>, folder: &Path, sites: &mut Vec<PathBuf>, published: &Published) {
    let clock = Clock::default();
    match site(invocation, folder, &clock) {
        Ok(Ok(())) => {
            published.site(folder.to_owned());
            sites.push(folder.to_owned());
            // Pages of the site before may still be asked for; older ones are nobody's.
            if sites.len() > 2 {
                let _ = std::fs::remove_dir_all(sites.remove(0));
            }
            let story = clock.story();
            let story = if story.is_empty() { story } else { format!(" ({story})") };
            invocation.console.say(&format!("built in {}{story}", seconds(clock.total())));
        }
        Ok(Err(text)) => published.failure(text),
        Err(error) => {
            invocation.console.say(&format!("error: {error:#}"));
            published.failure(format!("error: {error:#}"));
        }
    }
}

/// Writes a new site into a folder, or gives the messages.
fn site(invocation: &Invocation<'_>, folder: &Path, clock: &Clock) -> anyhow::Result<Result<(), String>> {
    let Invocation { root, console, .. } = invocation;
    let report = |diagnostics: &[Diagnostic], sources: &Sources| {
        let verdict = console.report(diagnostics, sources);
        console.finish(verdict, diagnostics);
        diagnostic::render_all(diagnostics, sources, Colour::Never)
    };
    let book = match clock.time(Phase::READING, || load::load(root))? {
        Ok(book) => book,
        Err(mistakes) => return Ok(Err(report(&mistakes, &load::sources(root, None, &mistakes)))),
    };
    let mut prepared = prepare(book, &Scope::Book, invocation, clock)?;
    if diagnostic::has_errors(&prepared.diagnostics) {
        return Ok(Err(report(&prepared.diagnostics, &prepared.sources)));
    }
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let said = clock.time(Phase::HTML, || html::render(&prepared, folder))?;
    prepared.add(said);
    report(&prepared.diagnostics, &prepared.sources);
    Ok(Ok(()))
}
