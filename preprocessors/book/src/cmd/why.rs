//! `cargo book why`: in words, why a page would be run or not, and why it was run the last time.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use diagnostic::Diagnostic;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::plan::Session;
use mdbook_cells::run::{Runner, Scope};
use mdbook_cells::why::{Explanation, explain};
use page::Page;
use serde_json::json;

use crate::clock::{Clock, seconds};
use crate::invocation::Invocation;
use crate::launcher::launcher;
use crate::verdict::Verdict;
use crate::{checks, select};

/// Says in words why pages would be run by the next build or would not, and why they were run the last time.
///
/// A page is run when something changed that its result follows from: its own code (cells, values in sentences, claims), the files
/// of data/ that it read, an artefact of another page, the teaching crate, Cargo.lock, the compiler, a flag or a setting.
#[derive(Debug, Args)]
pub struct Why {
    /// Pages, by file or by number.
    #[arg(value_name = "PAGE", required = true)]
    pub pages: Vec<String>,
}

/// Does it.
pub fn run(why: &Why, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let Invocation { root, console, .. } = invocation;
    let book = match invocation.book(&Clock::default())? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let Scope::Pages(asked) = select::scope(&book, &why.pages)? else { return Ok(Verdict::Fine) };
    let config = Config::read(&book.config)?;
    let data = config.data.display().to_string();
    let draft = checks::draft(&book, &config, invocation.extension);
    let runner = Runner::new(root, config, launcher()?).context("reading what the pages' results follow from")?;
    let explanations = explain(&runner, &draft.jobs());
    for ((page, session), explanation) in draft.pages.iter().zip(&draft.sessions).zip(&explanations) {
        if !asked.contains(&page.path) {
            continue;
        }
        for line in words(page, session.as_ref(), explanation.as_ref(), &draft, &data) {
            console.answer(&line);
        }
        let reasons = explanation.as_ref().map(|explanation| explanation.reasons.clone());
        let because = explanation.iter().filter_map(|explanation| explanation.record.as_ref());
        console.event(&json!({
            "reason": "why",
            "page": page.path,
            "reasons": reasons,
            "last": because.map(|record| record.because.clone()).next(),
        }));
    }
    let mistakes: Vec<Diagnostic> =
        draft.diagnostics.iter().filter(|diagnostic| asked.contains(&diagnostic.place.path)).cloned().collect();
    let verdict = console.report(&mistakes, &draft.sources());
    Ok(console.finish(verdict, &mistakes))
}

/// The answer about one page.
fn words(
    page: &Page,
    session: Option<&Session>,
    explanation: Option<&Explanation>,
    draft: &Draft,
    data: &str,
) -> Vec<String> {
    let path = &page.path;
    let Some(explanation) = explanation else {
        let mistakes = draft.diagnostics.iter().any(|diagnostic| diagnostic.place.path == *path);
        let why =
            if mistakes { "would not run: it is wrong" } else { "has nothing to run: no cells, values or claims" };
        return vec![format!("{path} {why}")];
    };
    let mut lines = Vec::new();
    match explanation.reasons.as_slice() {
        [] => lines.push(format!("{path} would not run: nothing that its result follows from has changed")),
        [reason] => lines.push(format!("{path} would run: {reason}")),
        reasons => {
            lines.push(format!("{path} would run:"));
            lines.extend(reasons.iter().map(|reason| format!("  - {reason}")));
        }
    }
    if let Some(record) = &explanation.record {
        let took = seconds(Duration::from_millis(record.milliseconds));
        lines.push(match record.because.as_slice() {
            [] => format!("  it has run once ({took})"),
            because => format!("  it last ran ({took}) because {}", because.join("; ")),
        });
        if !record.reads.is_empty() {
            let files: Vec<String> = record.reads.iter().map(|(file, _)| format!("`{data}/{file}`")).collect();
            lines.push(format!("  it reads {}", files.join(", ")));
        }
    }
    let loads: BTreeSet<&str> =
        session.iter().flat_map(|session| &session.loads).map(|(name, _)| name.as_str()).collect();
    for name in loads {
        let saves = |session: &Option<Session>| {
            session.iter().flat_map(|session| &session.saves).any(|(saved, _)| saved == name)
        };
        let saver = draft.pages.iter().zip(&draft.sessions).find(|(_, session)| saves(session));
        if let Some((saver, _)) = saver {
            lines.push(format!("  it loads the artefact `{name}` of {}", saver.path));
        }
    }
    lines
}
