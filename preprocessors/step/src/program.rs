//! A step as a program that plain mdBook starts: the book comes as JSON, goes back as JSON, and what is wrong with it is said
//! in between.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use diagnostic::{Colour, Diagnostic, Sources};
use mdbook_preprocessor::{Preprocessor, parse_input};

use crate::{Adapter, Record, Step, chapter};

/// Answers mdBook: without arguments a book comes on standard input and goes back on standard output; `supports RENDERER` is a
/// question. Ends with 0 when the book is fine or the answer yes, with 1 when the book is wrong or the answer no.
pub fn answer(step: Box<dyn Step>, arguments: &[String]) -> Result<ExitCode> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => process(step),
        ["supports", renderer] if step.supports(renderer) => Ok(ExitCode::SUCCESS),
        ["supports", _] => Ok(ExitCode::FAILURE),
        _ => {
            bail!("mdBook starts a step without arguments, with a book on standard input, or with `supports RENDERER`")
        }
    }
}

fn process(step: Box<dyn Step>) -> Result<ExitCode> {
    let (context, book) = parse_input(io::stdin().lock())?;
    let record = Record::default();
    let book = Adapter::new(step, &record).run(&context, book)?;
    let mut diagnostics = record.take_diagnostics();
    if !diagnostics.is_empty() {
        diagnostic::sort(&mut diagnostics);
        let sources = sources(&context.root, &diagnostics);
        eprintln!("{}", diagnostic::render_all(&diagnostics, &sources, Colour::Never));
    }
    if diagnostic::has_errors(&diagnostics) {
        return Ok(ExitCode::FAILURE);
    }
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &book).context("writing the book to mdBook")?;
    out.flush().context("writing the book to mdBook")?;
    Ok(ExitCode::SUCCESS)
}

/// The files that the messages are about.
fn sources(root: &Path, diagnostics: &[Diagnostic]) -> Sources {
    let paths: BTreeSet<&String> = diagnostics.iter().flat_map(Diagnostic::places).map(|place| &place.path).collect();
    let mut sources = Sources::default();
    for path in paths {
        // A message about a file that cannot be read shows no frame.
        sources.insert(path, chapter::read(root, path).unwrap_or_default());
    }
    sources
}
