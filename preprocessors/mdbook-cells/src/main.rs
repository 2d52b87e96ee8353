//! `mdbook-cells`: the preprocessor as mdBook starts it.

use std::io;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, bail};
use diagnostic::Colour;
use mdbook_cells::preprocessor::{Cells, read};
use mdbook_preprocessor::{Preprocessor as _, parse_input};

fn main() -> ExitCode {
    engine::main_if_asked();
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("mdbook-cells: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let sink = Arc::new(Mutex::new(Vec::new()));
    let launcher = std::env::current_exe().context("finding this program")?;
    let cells = Cells::new(launcher, Arc::clone(&sink), Box::new(|_| {}));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<&str>>().as_slice() {
        ["supports", renderer] => {
            return Ok(if cells.supports_renderer(renderer)? { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        [] => {}
        _ => bail!("mdBook starts this program without arguments or with `supports RENDERER`"),
    }
    let (context, book) = parse_input(io::stdin())?;
    let config = mdbook_cells::config::Config::of(&context)?;
    let sources = read(&book, &context.config.book.src, &config).sources();
    let book = cells.run(&context, book)?;
    let mut diagnostics = std::mem::take(&mut *sink.lock().unwrap_or_else(PoisonError::into_inner));
    diagnostic::sort(&mut diagnostics);
    if !diagnostics.is_empty() {
        eprintln!("{}", diagnostic::render_all(&diagnostics, &sources, Colour::Never));
    }
    if diagnostic::has_errors(&diagnostics) {
        return Ok(ExitCode::FAILURE);
    }
    serde_json::to_writer(io::stdout(), &book).context("writing the book")?;
    Ok(ExitCode::SUCCESS)
}
