//! `site-check [--every-view] [--memory FOLDER] FOLDER [PAGE…]`: all pages, or these, in a cover of the views or in all of them, then what each weighs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use site_check::{Finding, HEAVY, Report, View, check, pages};

const USAGE: &str = "site-check [--every-view] [--memory FOLDER] book [PAGE…]";

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("site-check: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let (mut views, mut memory) = (View::cover(), None);
    while let Some(option) = arguments.first().filter(|first| first.starts_with("--")) {
        match &**option {
            "--every-view" => views = View::all(),
            "--memory" if arguments.len() > 1 => memory = Some(PathBuf::from(arguments.remove(1))),
            other => bail!("{other} is no option: {USAGE}"),
        }
        arguments.remove(0);
    }
    ensure!(!arguments.is_empty(), "say which folder: {USAGE}");
    let site = PathBuf::from(arguments.remove(0));
    let all = pages(&site)?;
    ensure!(!all.is_empty(), "{} has no pages: build the book first", site.display());
    if let Some(unknown) = arguments.iter().find(|page| !all.contains(page)) {
        bail!("there is no page {unknown} in {}: name it as in {}", site.display(), all[0]);
    }
    let chosen = if arguments.is_empty() { all } else { arguments };
    let reports = check(&site, &chosen, &views, memory.as_deref())?;
    let findings: Vec<&Finding> = reports.iter().flat_map(|report| &report.findings).collect();
    for finding in &findings {
        println!("{finding}");
    }
    let mut heavy = 0;
    println!("\n{:>7} {:>7} {:>7} {:>7} {:>7}  gzipped bytes", "page", "code", "fonts", "sum", "plots");
    for Report { page, weight, .. } in &reports {
        let sum = weight.without_plots();
        let verdict = if sum > HEAVY { ": too heavy" } else { "" };
        heavy += usize::from(sum > HEAVY);
        println!(
            "{:>7} {:>7} {:>7} {sum:>7} {:>7}  {page}{verdict}",
            weight.html, weight.code, weight.fonts, weight.plots
        );
    }
    let (wrong, seen, views) = (findings.len(), reports.len(), views.len());
    let remembered = reports.iter().filter(|report| report.is_remembered).count();
    println!(
        "\n{seen} pages in {views} views, {remembered} of them as they were: {wrong} findings, {heavy} pages over {HEAVY} bytes"
    );
    Ok(if wrong + heavy == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
