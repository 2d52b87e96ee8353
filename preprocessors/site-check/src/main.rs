//! `site-check [--every-view] FOLDER [PAGE…]`: all pages, or these, in a cover of the views or in all of them, then what each weighs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use site_check::{Finding, HEAVY, Report, View, check, pages};

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("site-check: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let views = if arguments.first().is_some_and(|first| first == "--every-view") {
        arguments.remove(0);
        View::all()
    } else {
        View::cover()
    };
    ensure!(!arguments.is_empty(), "say which folder: site-check [--every-view] book [PAGE…]");
    let site = PathBuf::from(arguments.remove(0));
    let all = pages(&site)?;
    ensure!(!all.is_empty(), "{} has no pages: build the book first", site.display());
    if let Some(unknown) = arguments.iter().find(|page| !all.contains(page)) {
        bail!("there is no page {unknown} in {}: name it as in {}", site.display(), all[0]);
    }
    let chosen = if arguments.is_empty() { all } else { arguments };
    let reports = check(&site, &chosen, &views)?;
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
    println!("\n{seen} pages in {views} views: {wrong} findings, {heavy} pages over {HEAVY} bytes");
    Ok(if wrong + heavy == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
