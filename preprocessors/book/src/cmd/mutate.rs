//! `cargo book mutate`: small changes of a page's code, and which of them its checks do not notice.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, ensure};
use clap::Args;
use diagnostic::{Diagnostic, Place};
use mdbook_cells::config::Config;
use mdbook_cells::mutate::excuses::excused;
use mdbook_cells::mutate::fates::{At, Changed, Fate, counts};
use mdbook_cells::mutate::{Mutant, mutants, sample};
use mdbook_cells::run::trial::{self, Listener};
use mdbook_cells::run::{Runner, Scope};
use mutants::{Kind, Mutants, Shares};
use page::comment::{self, Known};
use page::{Outline, Page};
use serde_json::json;

use crate::clock::{Clock, seconds};
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::launcher::launcher;
use crate::progress::Watcher;
use crate::verdict::Verdict;
use crate::{checks, select};

/// Changes a page's code a little, many times, and says which changes no check of the page notices.
///
/// A change is another sign, operator, index, constant, comparison or function, swapped arguments, a dropped term. All are compiled
/// in one program, which is run once for each. A change is noticed when a claim is false, a pinned output is another, or the program
/// panics, fails or runs three times as long as the page. Cells that are programs of their own are left as they are.
#[derive(Debug, Args)]
pub struct Mutate {
    /// A page, by file or by number.
    #[arg(value_name = "PAGE")]
    pub page: String,
    /// Try every change.
    #[arg(long, conflicts_with = "count")]
    pub all: bool,
    /// How many to try.
    #[arg(long, value_name = "N", default_value_t = USUAL)]
    pub count: usize,
    /// Which of them: the same seed chooses the same.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Say of every change that was not noticed what it changed on the page.
    #[arg(long)]
    pub show: bool,
}

/// How many changes are tried unless somebody says otherwise.
const USUAL: usize = 200;

impl Mutate {
    /// Whether what comes of it is what `stats` shows.
    fn is_usual(&self) -> bool {
        self.all || (self.count == USUAL && self.seed == 0)
    }
}

/// The comment that names the formula which a check vouches for.
const MARK: &str = "checks";

/// Does it.
pub fn run(mutate: &Mutate, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let Invocation { root, console, .. } = invocation;
    let clock = Clock::default();
    let book = match invocation.book(&clock)? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let scope = select::scope(&book, std::slice::from_ref(&mutate.page))?;
    let config = Config::read(&book.config)?;
    let draft = checks::draft(&book, &config, invocation.extension);
    let asked = |page: &Page| matches!(&scope, Scope::Pages(pages) if pages.contains(&page.path));
    let chosen: Vec<usize> = (0..draft.pages.len()).filter(|at| asked(&draft.pages[*at])).collect();
    ensure!(chosen.len() == 1, "`{}` is {}; name one", mutate.page, counted(chosen.len(), "page"));
    let page = &draft.pages[chosen[0]];
    let watcher = Watcher::new(console, config.parallel(), clock.clone());
    let runner = Runner::new(root, config, launcher()?)?;
    let jobs = draft.jobs();
    let (results, mut diagnostics) = runner.run(&jobs, &scope, &|progress| watcher.hear(progress))?;
    watcher.finish();
    diagnostics.extend(results.iter().flat_map(|result| result.diagnostics.iter().cloned()));
    diagnostics.extend(draft.diagnostics.iter().filter(|mistake| mistake.place.path == page.path).cloned());
    if diagnostic::has_errors(&diagnostics) {
        diagnostic::sort(&mut diagnostics);
        let verdict = console.report(&diagnostics, &draft.sources());
        return Ok(console.finish(verdict, &diagnostics));
    }
    let job = jobs[chosen[0]].with_context(|| format!("{} has no code to change", page.path))?;
    let mutants = mutants(page, &marks(page, invocation.extension.comments()));
    let (excused, mistakes) = excused(page, &mutants);
    if !mistakes.is_empty() {
        let verdict = console.report(&mistakes, &draft.sources());
        return Ok(console.finish(verdict, &mistakes));
    }
    let count = if mutate.all { mutants.len() } else { mutate.count };
    let mut numbers = sample(&mutants, count, mutate.seed);
    numbers.retain(|number| !excused.contains(number));
    let left_out = if excused.is_empty() { String::new() } else { format!("; the page excuses {}", excused.len()) };
    console.say(&format!(
        "{}: {} of {}{left_out}",
        page.path,
        numbers.len(),
        counted(mutants.len(), "possible change")
    ));
    let saved = results.iter().filter_map(|result| result.execution.as_ref());
    let artefacts = saved.flat_map(|execution| execution.saved.iter().cloned()).collect();
    let (survivors, sources) = (Mutex::new(Vec::new()), draft.sources());
    let tell = |number: usize, fate: &Fate| {
        let Some(survivor) = survivor(page, &mutants[number - 1], fate, mutate.show) else { return };
        console.report_on(std::slice::from_ref(&survivor), &sources);
        survivors.lock().unwrap_or_else(PoisonError::into_inner).push(survivor);
    };
    let listener = Listener { step: &|step| console.say(step), fate: &tell };
    let report = trial::run(&runner, job, &artefacts, &mutants, &numbers, &listener)?;
    let survivors = survivors.into_inner().unwrap_or_else(PoisonError::into_inner);
    console.total(&survivors);
    let all = counts(&mutants, &report.fates);
    if mutate.is_usual() {
        let mut known = Mutants::read(root)?;
        known.insert(page, all.clone());
        known.write(root)?;
    }
    for (kind, shares) in all {
        console.answer(&words(kind, shares));
        let Shares { killed, survived, unseen, untried } = shares;
        console.event(&json!({
            "reason": "mutants", "page": page.path, "kind": kind.name(),
            "killed": killed, "survived": survived, "unchanged": unseen, "untried": untried,
        }));
    }
    if report.known > 0 {
        console.say(&format!("{} known from before", counted(report.known, "change")));
    }
    let all = report.compiling + report.original + report.running;
    let tried = numbers.len() - report.known;
    let rebuilt = report.rebuilding * u32::try_from(tried).unwrap_or(u32::MAX);
    if tried > 0 {
        console.say(&format!(
            "compiled {} in {}; the page runs {}, all changes ran {}: {:.1} times faster than rebuilding the page for each",
            counted(report.compilations, "time"),
            seconds(report.compiling),
            seconds(report.original),
            seconds(report.running),
            rebuilt.as_secs_f64() / all.as_secs_f64()
        ));
    }
    Ok(console.finish(Verdict::Fine, &survivors))
}

/// Where the page says that a check vouches for a formula, in a book that has such marks.
fn marks(page: &Page, comments: &[Known]) -> Vec<Range<usize>> {
    if comments.iter().all(|known| known.name != MARK) {
        return Vec::new();
    }
    comment::called(&Outline::of(&page.text), &page.text, MARK).map(|(range, _)| range).collect()
}

/// The warning of a mutant that nobody noticed.
fn survivor(page: &Page, mutant: &Mutant, fate: &Fate, is_shown: bool) -> Option<Diagnostic> {
    let changed = match fate {
        Fate::Survived(changed) => changed.as_slice(),
        Fate::NotReached => &[],
        Fate::Killed | Fate::NotTried => return None,
    };
    let before = page.text[mutant.range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("no check notices `{before}` → `{}` ({})", mutant.with, mutant.rule);
    let place = Place::new(&page.path, mutant.range.clone());
    let warning = Diagnostic::warning("survivor", message, place).label(mutant.kind.name());
    Some(match changed {
        [] if *fate == Fate::NotReached => warning.note("the page never comes to it"),
        [] => warning.note("nothing on the page changes"),
        changed if is_shown => {
            changed.iter().fold(warning, |warning, change| warning.also(place_of(page, change), &change.how))
        }
        changed => warning.note(format!("{} on the page changed", counted(changed.len(), "output"))),
    })
}

fn place_of(page: &Page, changed: &Changed) -> Place {
    let range = match changed.at {
        At::Cell(cell) => page.cells[cell].info.clone(),
        At::Value(value) => page.inlines[value].range.clone(),
        At::Page => 0..0,
    };
    Place::new(&page.path, range)
}

fn words(kind: Kind, shares: Shares) -> String {
    let Shares { killed, survived, unseen, untried } = shares;
    let share = shares.noticed().map(|share| format!(" ({share} %)")).unwrap_or_default();
    let unseen = if unseen == 0 { String::new() } else { format!(", {unseen} of them change nothing") };
    let untried = if untried == 0 { String::new() } else { format!(", not tried: {untried}") };
    format!("{}: {killed} of {} noticed{share}; {survived} not{unseen}{untried}", kind.name(), shares.tried())
}
