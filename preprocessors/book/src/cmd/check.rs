//! `cargo book check`: everything but HTML.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, ensure};
use clap::Args;
use diagnostic::Diagnostic;
use mdbook_cells::config::Config;
use mdbook_cells::pin;
use mdbook_cells::run::{Runner, Scope};
use mdbook_cells::twice;
use mdbook_driver::MDBook;

use crate::absent::Mistaken;
use crate::clock::Clock;
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::launcher::{launcher, require_sandbox};
use crate::pipeline::{Prepared, prepare};
use crate::progress::Watcher;
use crate::verdict::Verdict;
use crate::{checks, load, markdown, select};

/// Checks everything but HTML: cells, claims, pinned outputs, formulas, labels, links, anchors, SUMMARY.md.
///
/// Besides errors it warns of labels that nothing refers to, of pages that SUMMARY.md does not list, of sources that nobody cites.
#[derive(Debug, Args)]
pub struct Check {
    /// Pages to check, by file or by number; all when none is named.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// Pin the outputs that are not what a `text out` fence says, and mend typography where no meaning can change.
    #[arg(long)]
    pub fix: bool,
    /// Run every page once more under other conditions — folder, time zone, language, processors, order — and say which cells
    /// give something else. What is in the store counts as the first run.
    #[arg(long)]
    pub twice: bool,
    /// Run again only this many pages of those whose results were pulled and not yet run here; always the same ones. What gives the
    /// same is from then on as if it had run here; what gives something else is an error, and runs anew.
    #[arg(long, value_name = "N", requires = "twice")]
    pub sample: Option<usize>,
    /// Refuse where the system cannot keep page programs from files and the network.
    #[arg(long)]
    pub require_sandbox: bool,
}

/// Does it.
pub fn run(check: &Check, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    if check.require_sandbox {
        require_sandbox()?;
    }
    let console = &invocation.console;
    let clock = Clock::default();
    let book = match invocation.book(&clock)? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let scope = select::scope(&book, &check.pages)?;
    let book = if check.fix { mend(book, &scope, invocation)? } else { book };
    let mut prepared = prepare(book, &scope, Mistaken::Stops, invocation, &clock)?;
    if check.fix {
        let fixed = fix(&prepared, invocation)?;
        if !fixed.is_empty() {
            prepared = again(prepared, &fixed, invocation, &clock)?;
        }
    }
    if check.twice {
        let which = check.sample.map_or(Again::All, Again::Pulled);
        let differing = twice(&prepared, &scope, which, invocation)?;
        prepared.add(differing);
    }
    let besides = checks::besides(&prepared.written, &scope, invocation.extension, &prepared.kept)?;
    prepared.add(besides.diagnostics);
    let tool = invocation.extension.name();
    let verdict = console.report_mendable_apart(&prepared.diagnostics, &prepared.sources, tool);
    let ran = prepared.watcher.ran().len();
    let pages = counted(prepared.written.book.chapters().count() - prepared.watcher.left_out().len(), "page");
    console.say(&format!("checked {pages}; {ran} run, {} from the store", prepared.watcher.reused().len()));
    besides.remarks.iter().for_each(|remark| console.say(remark));
    Ok(console.finish(verdict, &prepared.diagnostics))
}

/// Mends the pages until there is nothing left to mend; gives the book as it is then.
fn mend(mut book: MDBook, scope: &Scope, invocation: &Invocation<'_>) -> anyhow::Result<MDBook> {
    /// A fix may make room for another one; more than a few in a row would be two rules that disagree.
    const ROUNDS: usize = 5;
    for _ in 0..ROUNDS {
        let mut mended = markdown::fixes(&book, scope);
        if mended.is_empty() {
            mended = invocation.extension.fixes(&book, scope)?;
        }
        if mended.is_empty() {
            break;
        }
        for page in &mended {
            rewrite(&invocation.root.join(&page.path), &page.text, &page.changes)?;
            invocation.console.say(&format!("{}: mended {}", page.path, counted(page.changes.len(), "place")));
        }
        let Ok(again) = load::load(&invocation.root, invocation.extension.tables())? else { break };
        book = again;
    }
    Ok(book)
}

/// Pins what drifted, page by page; gives the pages that were rewritten.
fn fix(prepared: &Prepared, invocation: &Invocation<'_>) -> anyhow::Result<BTreeSet<String>> {
    let drifted = prepared.diagnostics.iter().filter(|diagnostic| diagnostic.code == "drifted-output");
    let drifted: BTreeSet<String> = drifted.map(|diagnostic| diagnostic.place.path.clone()).collect();
    if drifted.is_empty() {
        return Ok(drifted);
    }
    let config = Config::read(&prepared.written.config)?;
    let draft = checks::draft(&prepared.written, &config, invocation.extension);
    let runner = Runner::new(&invocation.root, config, launcher()?)?;
    // Pages whose only fault is a pinned output are in the store: nothing is run.
    let (results, _) = runner.run(&draft.jobs(), &Scope::Pages(BTreeSet::new()), &|_| {})?;
    let mut fixed = BTreeSet::new();
    for (page, result) in draft.pages.iter().zip(&results).filter(|(page, _)| drifted.contains(&page.path)) {
        let Some(execution) = &result.execution else { continue };
        let fixes = pin::fixes(page, execution);
        rewrite(&invocation.root.join(&page.path), &page.text, &fixes)?;
        invocation.console.say(&format!("{}: pinned {} anew", page.path, counted(fixes.len(), "output")));
        fixed.insert(page.path.clone());
    }
    Ok(fixed)
}

/// Which pages are run once more.
#[derive(Clone, Copy)]
enum Again {
    /// All.
    All,
    /// So many of those whose results came from elsewhere.
    Pulled(usize),
}

/// Runs pages that are right once more, and says where they give something else.
fn twice(
    prepared: &Prepared,
    scope: &Scope,
    which: Again,
    invocation: &Invocation<'_>,
) -> anyhow::Result<Vec<Diagnostic>> {
    let config = Config::read(&prepared.written.config)?;
    let clock = Clock::default();
    let watcher = Watcher::new(&invocation.console, config.parallel(), clock.clone());
    let mut draft = checks::draft(&prepared.written, &config, invocation.extension);
    let runner = Runner::new(&invocation.root, config, launcher()?)?;
    let (first, _) = runner.run(&draft.jobs(), &Scope::Pages(BTreeSet::new()), &|_| {})?;
    let asked = |page: usize| match scope {
        Scope::Book => true,
        Scope::Pages(pages) => pages.contains(&draft.pages[page].path),
    };
    let pulled: Vec<usize> = runner.pulled(&draft.jobs(), &first).into_iter().filter(|page| asked(*page)).collect();
    let again: BTreeSet<usize> = match which {
        Again::All => (0..draft.pages.len()).filter(|page| asked(*page)).collect(),
        Again::Pulled(count) => pulled.iter().copied().take(count).collect(),
    };
    // What the others save is loaded by these.
    let others = draft.sessions.iter_mut().enumerate().filter(|(page, _)| !again.contains(page));
    others.for_each(|(_, session)| session.iter_mut().for_each(|session| session.programs.clear()));
    let (jobs, listener) = (draft.jobs(), |progress| watcher.hear(progress));
    let (ran, mut differing) = twice::compare(&runner, &jobs, &first, &listener)?;
    watcher.finish();
    let pages: BTreeSet<String> = differing.iter().map(|diagnostic| diagnostic.place.path.clone()).collect();
    let differ = ran.intersection(&pages).count();
    invocation.console.say(&format!(
        "run again under other conditions: {}, of which {differ} gave something else",
        counted(ran.len(), "page")
    ));
    let pulled: Vec<_> = pulled.iter().filter_map(|page| jobs[*page]).collect();
    let (audited, left): (Vec<_>, Vec<_>) = pulled.into_iter().partition(|job| ran.contains(&job.page.path));
    for job in audited {
        if !pages.contains(&job.page.path) {
            runner.confirm(job, &first)?;
            continue;
        }
        runner.reject(job, &first)?;
        let of_page = differing.iter_mut().filter(|found| found.place.path == job.page.path);
        of_page.for_each(|found| found.notes.push(PULLED.to_owned()));
    }
    if let Again::Pulled(_) = which {
        invocation.console.say(&format!("pulled and not yet run here: {}", counted(left.len(), "page")));
    }
    Ok(differing)
}

/// What is said of a page that was pulled and gives something else here.
const PULLED: &str = "the first is what was pulled; it is not in the store any more, and the next build runs the page";

/// Replaces ranges of a file whose text is known.
fn rewrite(file: &Path, text: &str, edits: &[(std::ops::Range<usize>, String)]) -> anyhow::Result<()> {
    let doing = || format!("rewriting {}", file.display());
    let now = std::fs::read_to_string(file).with_context(doing)?;
    // mdBook takes a byte order mark away.
    let mark = if now.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    ensure!(&now[mark..] == text, "{} was changed meanwhile; check again", file.display());
    let mut now = now;
    for (range, replacement) in edits.iter().rev() {
        now.replace_range(mark + range.start..mark + range.end, replacement);
    }
    std::fs::write(file, now).with_context(doing)
}

/// Checks the rewritten pages again; what is known of the others stays.
fn again(
    before: Prepared,
    pages: &BTreeSet<String>,
    invocation: &Invocation<'_>,
    clock: &Clock,
) -> anyhow::Result<Prepared> {
    let book = load::load(&invocation.root, invocation.extension.tables())?;
    let Ok(book) = book else { return Ok(before) };
    let mut after = prepare(book, &Scope::Pages(pages.clone()), Mistaken::Stops, invocation, clock)?;
    after.diagnostics.retain(|diagnostic| pages.contains(&diagnostic.place.path));
    let others = before.diagnostics.iter().filter(|diagnostic| !pages.contains(&diagnostic.place.path));
    after.add(others.cloned().collect());
    // What was run was run by the first check.
    after.watcher = before.watcher;
    Ok(after)
}
