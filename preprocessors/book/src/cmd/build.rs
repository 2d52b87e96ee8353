//! `cargo book build`: the site.

use std::path::Path;

use anyhow::Context as _;
use clap::Args;
use diagnostic::{Diagnostic, Level};
use mdbook_cells::run::Scope;

use crate::absent::Mistaken;
use crate::clock::{Clock, Phase, seconds};
use crate::console::Console;
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::launcher::require_sandbox;
use crate::pipeline::{Prepared, prepare};
use crate::verdict::Verdict;
use crate::{archive, html, select};

/// Builds the site into the folder that book.toml names (`book/`).
///
/// Every mistake of every page is shown at once, with its place; when there is one, no HTML is written and the last good site
/// stays; with --keep-going the site has the pages that are right.
///
/// With PAGE only these pages are run, and pages whose artefacts they load. The others are part of the site as far as their results
/// are in the store and right; the rest is listed like lectures that are not written yet, and counted. Nothing stale is ever shown.
#[derive(Debug, Args)]
pub struct Build {
    /// Pages to run, by file or by number; all when none is named.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// Write a site without the pages that are wrong. The build still fails.
    #[arg(long, conflicts_with = "pages")]
    pub keep_going: bool,
    /// Also pack the site into one file for reading without a network, as book.zip beside its folder.
    #[arg(long, conflicts_with = "pages")]
    pub zip: bool,
    /// Refuse where the system cannot keep page programs from files and the network.
    #[arg(long)]
    pub require_sandbox: bool,
}

/// Does it.
pub fn run(build: &Build, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    if build.require_sandbox {
        require_sandbox()?;
    }
    let clock = Clock::default();
    let Invocation { root, console, .. } = invocation;
    let book = match invocation.book(&clock)? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let scope = select::scope(&book, &build.pages)?;
    let folder = book.build_dir_for("html");
    let mistaken = if build.keep_going { Mistaken::IsLeftOut } else { Mistaken::Stops };
    let mut prepared = prepare(book, &scope, mistaken, invocation, &clock)?;
    let left_out = prepared.watcher.left_out();
    let stops =
        |diagnostic: &Diagnostic| diagnostic.level == Level::Error && !left_out.contains(&diagnostic.place.path);
    let is_written = !prepared.diagnostics.iter().any(stops);
    if is_written {
        let said = clock.time(Phase::HTML, || html::write(&mut prepared, &folder))?;
        prepared.add(said);
    }
    let verdict = console.report(&prepared.diagnostics, &prepared.sources);
    let shown = folder.strip_prefix(root).unwrap_or(&folder).display();
    match verdict {
        Verdict::Fine => {
            tell(&prepared, &scope, &clock, invocation, &shown.to_string());
            if build.zip {
                pack(&folder, console)?;
            }
        }
        Verdict::Wrong if is_written => {
            let (written, wrong) = (counted(pages(&prepared), "page"), counted(left_out.len(), "page"));
            console.say(&format!("{shown}/: {written}; without {wrong} that must be mended first"));
        }
        Verdict::Wrong if folder.join("index.html").is_file() => {
            console.say(&format!("no HTML was written; {shown}/ is still the last good site"));
        }
        Verdict::Wrong => console.say("no HTML was written"),
    }
    Ok(console.finish(verdict, &prepared.diagnostics))
}

/// Writes the archive of the site beside it.
fn pack(folder: &Path, console: &Console) -> anyhow::Result<()> {
    let name = folder.file_name().context("the site's folder has a name")?.to_string_lossy().into_owned();
    let file = folder.with_file_name(format!("{name}.zip"));
    let bytes = archive::pack(folder, &name, &file)?;
    console.say(&format!("{name}.zip: {:.1} MB", bytes as f64 / 1e6));
    Ok(())
}

/// How many pages the site has.
fn pages(prepared: &Prepared) -> usize {
    prepared.written.book.chapters().count() - prepared.watcher.left_out().len()
}

fn tell(prepared: &Prepared, scope: &Scope, clock: &Clock, invocation: &Invocation<'_>, folder: &str) {
    let Invocation { console, extension, .. } = invocation;
    let watcher = &prepared.watcher;
    let (ran, reused, left_out) = (watcher.ran().len(), watcher.reused(), watcher.left_out().len());
    let pages = counted(pages(prepared), "page");
    console.say(&format!("{folder}/: {pages}; {ran} run, {reused} from the store, in {}", seconds(clock.total())));
    let story = clock.story();
    if !story.is_empty() {
        console.say(&format!("time: {story}"));
    }
    if *scope != Scope::Book && left_out > 0 {
        let pages = counted(left_out, "page");
        console.say(&format!("left out: {pages} not in the store or wrong; `{} build` runs them", extension.name()));
    }
}
