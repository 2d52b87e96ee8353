//! `cargo book build`: the site.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use diagnostic::{Diagnostic, Level};
use mdbook_cells::run::{Progress, Scope};

use crate::absent::Mistaken;
use crate::clock::{Clock, Phase, seconds};
use crate::console::Console;
use crate::counts::counted;
use crate::html::Turn;
use crate::inputs::Inputs;
use crate::invocation::Invocation;
use crate::launcher::require_sandbox;
use crate::pipeline::prepare;
use crate::progress::Watcher;
use crate::stamp::Stamp;
use crate::verdict::Verdict;
use crate::{archive, html, load, select, steps};

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
    let inputs = if build.pages.is_empty() { clock.time(Phase::READING, || inputs(invocation))? } else { None };
    if let Some((folder, inputs)) = &inputs
        && let Some(stamp) = clock.time(Phase::HTML, || Stamp::of(root, folder, inputs))
    {
        return unchanged(build, &stamp, folder, &clock, invocation);
    }
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
        let turn = Turn::of_site(root)?;
        let said = clock.time(Phase::HTML, || html::write(&mut prepared, &folder, &turn))?;
        prepared.add(said);
        if let Some((_, before)) = inputs.filter(|_| !diagnostic::has_errors(&prepared.diagnostics))
            && let Some((_, after)) = self::inputs(invocation)?.filter(|(_, after)| after.give_the_site_of(&before))
        {
            Stamp::keep(root, &folder, &after, &prepared)?;
        }
    }
    let verdict = console.report(&prepared.diagnostics, &prepared.sources);
    let pages = prepared.written.book.chapters().count() - left_out.len();
    match verdict {
        Verdict::Fine => {
            tell(pages, &prepared.watcher, &folder, &clock, invocation);
            if scope != Scope::Book && !left_out.is_empty() {
                let (pages, name) = (counted(left_out.len(), "page"), invocation.extension.name());
                console.say(&format!("left out: {pages} not in the store or wrong; `{name} build` runs them"));
            }
            if build.zip {
                pack(&folder, console)?;
            }
        }
        Verdict::Wrong if is_written => {
            let (written, wrong) = (counted(pages, "page"), counted(left_out.len(), "page"));
            console.say(&format!("{}/: {written}; without {wrong} that must be mended first", shown(&folder, root)));
        }
        Verdict::Wrong if folder.join("index.html").is_file() => {
            let shown = shown(&folder, root);
            console.say(&format!("no HTML was written; {shown}/ is still the last good site"));
        }
        Verdict::Wrong => console.say("no HTML was written"),
    }
    Ok(console.finish(verdict, &prepared.diagnostics))
}

/// Where the site goes, and all that it follows from, as far as that is known.
fn inputs(invocation: &Invocation<'_>) -> anyhow::Result<Option<(PathBuf, Inputs)>> {
    let Invocation { root, extension, .. } = invocation;
    // What is wrong with it is said by whoever reads it next.
    let Ok(config) = load::config(root, extension.tables())? else { return Ok(None) };
    let steps = steps::names(extension.steps())?;
    Ok(Inputs::of(root, &config, &steps)?.map(|inputs| (root.join(&config.build.build_dir), inputs)))
}

/// Says what a build would say that writes the same site once more.
fn unchanged(
    build: &Build,
    stamp: &Stamp,
    folder: &Path,
    clock: &Clock,
    invocation: &Invocation<'_>,
) -> anyhow::Result<Verdict> {
    let console = &invocation.console;
    let watcher = Watcher::new(console, 1, clock.clone());
    stamp.computed.iter().for_each(|page| watcher.hear(Progress::Reused(page.clone())));
    let verdict = console.report(&stamp.diagnostics, &stamp.sources());
    tell(stamp.pages, &watcher, folder, clock, invocation);
    if build.zip {
        pack(folder, console)?;
    }
    Ok(console.finish(verdict, &stamp.diagnostics))
}

/// Writes the archive of the site beside it.
fn pack(folder: &Path, console: &Console) -> anyhow::Result<()> {
    let name = folder.file_name().context("the site's folder has a name")?.to_string_lossy().into_owned();
    let file = folder.with_file_name(format!("{name}.zip"));
    let bytes = archive::pack(folder, &name, &file)?;
    console.say(&format!("{name}.zip: {:.1} MB", bytes as f64 / 1e6));
    Ok(())
}

/// A folder as its author calls it.
fn shown<'a>(folder: &'a Path, root: &Path) -> std::path::Display<'a> {
    folder.strip_prefix(root).unwrap_or(folder).display()
}

fn tell(pages: usize, watcher: &Watcher, folder: &Path, clock: &Clock, invocation: &Invocation<'_>) {
    let Invocation { root, console, .. } = invocation;
    let (ran, reused, pages) = (watcher.ran().len(), watcher.reused().len(), counted(pages, "page"));
    let shown = shown(folder, root);
    console.say(&format!("{shown}/: {pages}; {ran} run, {reused} from the store, in {}", seconds(clock.total())));
    let story = clock.story();
    if !story.is_empty() {
        console.say(&format!("time: {story}"));
    }
}
