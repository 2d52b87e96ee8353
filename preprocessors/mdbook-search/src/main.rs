//! The preprocessor as a plug-in of plain mdBook.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use mdbook_preprocessor::{Preprocessor, parse_input};
use mdbook_search::Search;

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("mdbook-search: {error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["supports", renderer] if Search.supports_renderer(renderer)? => return Ok(ExitCode::SUCCESS),
        ["supports", _] => return Ok(ExitCode::FAILURE),
        [] => {}
        _ => bail!("started by mdBook, with a book on standard input"),
    }
    let (context, book) = parse_input(io::stdin().lock())?;
    let book = Search.run(&context, book)?;
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &book).context("writing the book to mdBook")?;
    out.flush().context("writing the book to mdBook")?;
    Ok(ExitCode::SUCCESS)
}
