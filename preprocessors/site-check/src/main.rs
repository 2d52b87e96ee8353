//! `site-check FOLDER`: all pages in all views, then what each weighs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use site_check::{Chromium, check, pages, weigh};

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("site-check: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let site = PathBuf::from(std::env::args().nth(1).context("say which folder: site-check book")?);
    let mut chromium = Chromium::start()?;
    let findings = check(&mut chromium, &site)?;
    for finding in &findings {
        println!("{finding}");
    }
    println!("\n{:>7} {:>7} {:>7} {:>7} {:>7}  gzipped bytes", "page", "code", "fonts", "sum", "plots");
    for page in pages(&site)?.iter().filter(|page| page.as_str() != "print.html") {
        let weight = weigh(&mut chromium, &site, page)?;
        let sum = weight.without_plots();
        println!("{:>7} {:>7} {:>7} {sum:>7} {:>7}  {page}", weight.html, weight.code, weight.fonts, weight.plots);
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
