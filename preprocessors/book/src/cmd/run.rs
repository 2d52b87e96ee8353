//! `cargo book run`: pages into the store, no site.

use std::collections::BTreeSet;
use std::str::FromStr;

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::run::{Runner, Scope};

use crate::clock::{Clock, seconds};
use crate::counts::counted;
use crate::invocation::Invocation;
use crate::launcher::{launcher, require_sandbox};
use crate::progress::Watcher;
use crate::verdict::Verdict;
use crate::{checks, select};

/// Compiles and runs pages into the store and writes no site.
///
/// With `--partition K/N` only the K-th of N shares of the pages is run, and the pages whose artefacts it loads. The shares depend on
/// nothing but the book, so N machines can run one each; their stores (`.book/store`) are merged by copying one over the other, and
/// `cargo book build` then runs nothing.
#[derive(Debug, Args)]
pub struct Run {
    /// Pages to run, by file or by number; all when none is named.
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    /// A share of them, as in 2/4.
    #[arg(long, value_name = "K/N")]
    pub partition: Option<Partition>,
    /// Refuse where the system cannot keep page programs from files and the network.
    #[arg(long)]
    pub require_sandbox: bool,
}

/// One of some equal shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    which: usize,
    of: usize,
}

impl FromStr for Partition {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let Some((which, of)) = text.split_once('/') else { bail!("a share is written K/N, as in 2/4") };
        let number = |text: &str| text.parse::<usize>().with_context(|| format!("`{text}` is not a number"));
        let (which, of) = (number(which)?, number(of)?);
        ensure!((1..=of).contains(&which), "K of K/N is between 1 and N");
        Ok(Self { which, of })
    }
}

/// Does it.
pub fn run(run: &Run, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    if run.require_sandbox {
        require_sandbox()?;
    }
    let Invocation { root, console, .. } = invocation;
    let clock = Clock::default();
    let book = match invocation.book(&clock)? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let scope = select::scope(&book, &run.pages)?;
    let config = Config::read(&book.config)?;
    let draft = checks::draft(&book, &config, invocation.extension);
    let pages = share(&draft, &scope, run.partition);
    let watcher = Watcher::new(console, config.parallel(), clock.clone());
    let runner = Runner::new(root, config, launcher()?)?;
    let ours = Scope::Pages(pages.clone());
    let (results, mut diagnostics) = runner.run(&draft.jobs(), &ours, &|progress| watcher.hear(progress))?;
    watcher.finish();
    diagnostics.extend(results.into_iter().flat_map(|result| result.diagnostics));
    // What is wrong with the text of a page is said by the share that runs it.
    diagnostics.extend(draft.diagnostics.iter().filter(|mistake| pages.contains(&mistake.place.path)).cloned());
    diagnostic::sort(&mut diagnostics);
    let verdict = console.report(&diagnostics, &draft.sources());
    let story = clock.story();
    let story = if story.is_empty() { String::new() } else { format!(" ({story})") };
    let took: std::time::Duration = watcher.took();
    let (ran, reused) = (watcher.ran().len(), watcher.reused().len());
    console.say(&format!("{} run in {}, {reused} from the store{story}", counted(ran, "page"), seconds(took)));
    Ok(console.finish(verdict, &diagnostics))
}

/// The pages of a share: dealt out one by one in the order of the book, because neighbours are alike and what was measured on one
/// machine is not known on the others.
fn share(draft: &Draft, scope: &Scope, partition: Option<Partition>) -> BTreeSet<String> {
    let asked = |path: &String| match scope {
        Scope::Book => true,
        Scope::Pages(pages) => pages.contains(path),
    };
    let pages = draft.pages.iter().map(|page| &page.path).filter(|path| asked(path));
    let Partition { which, of } = partition.unwrap_or(Partition { which: 1, of: 1 });
    let with_work: BTreeSet<&String> = draft
        .pages
        .iter()
        .zip(&draft.sessions)
        .filter(|(_, session)| session.is_some())
        .map(|(page, _)| &page.path)
        .collect();
    let (working, idle): (Vec<&String>, Vec<&String>) = pages.partition(|path| with_work.contains(path));
    let deal = |pages: Vec<&String>| pages.into_iter().skip(which - 1).step_by(of).cloned().collect::<Vec<_>>();
    deal(working).into_iter().chain(deal(idle)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_k_of_n() {
        assert_eq!("2/4".parse::<Partition>().unwrap(), Partition { which: 2, of: 4 });
        for wrong in ["0/4", "5/4", "2", "а/4", "1/0", "-1/2"] {
            assert!(wrong.parse::<Partition>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_page_is_in_one_share() {
        let texts: Vec<(String, String)> = (0..7)
            .map(|page| {
                (format!("src/{page}.md"), if page % 3 == 0 { "текст".into() } else { "```rust cell\n1\n```\n".into() })
            })
            .collect();
        let config = Config::default();
        let draft = Draft::read(texts.iter().map(|(path, text)| (path.clone(), text.as_str())), &config, &[]);
        let shares: Vec<BTreeSet<String>> =
            (1..=3).map(|which| share(&draft, &Scope::Book, Some(Partition { which, of: 3 }))).collect();
        insta::assert_debug_snapshot!(shares);
    }
}
