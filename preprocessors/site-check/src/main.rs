//! `site-check FOLDER [PAGE…]`: all pages, or these, in all views, then what each weighs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use site_check::{Chromium, HEAVY, View, check, pages, weigh};

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("site-check: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let site = PathBuf::from(arguments.next().context("say which folder: site-check book")?);
    let all = pages(&site)?;
    ensure!(!all.is_empty(), "{} has no pages: cargo book build makes them", site.display());
    let mut chosen: Vec<String> = arguments.collect();
    if let Some(unknown) = chosen.iter().find(|page| !all.contains(page)) {
        bail!("there is no page {unknown} in {}: name it as in {}", site.display(), all[0]);
    }
    if chosen.is_empty() {
        chosen = all;
    }
    let mut chromium = Chromium::start()?;
    let findings = check(&mut chromium, &site, &chosen)?;
    for finding in &findings {
        println!("{finding}");
    }
    let mut heavy = 0;
    println!("\n{:>7} {:>7} {:>7} {:>7} {:>7}  gzipped bytes", "page", "code", "fonts", "sum", "plots");
    for page in chosen.iter().filter(|page| page.as_str() != "print.html") {
        let weight = weigh(&mut chromium, &site, page)?;
        let sum = weight.without_plots();
        let verdict = if sum > HEAVY { ": too heavy" } else { "" };
        heavy += usize::from(sum > HEAVY);
        println!(
            "{:>7} {:>7} {:>7} {sum:>7} {:>7}  {page}{verdict}",
            weight.html, weight.code, weight.fonts, weight.plots
        );
    }
    let (wrong, seen) = (findings.len(), chosen.len());
    println!("\n{seen} pages in {} views: {wrong} findings, {heavy} pages over {HEAVY} bytes", View::all().count());
    Ok(if wrong + heavy == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
