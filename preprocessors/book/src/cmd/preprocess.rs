//! `preprocess NAME`: one step as a program that mdBook starts.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use mdbook_cells::preprocessor::Cells;

use crate::extension::Extension;
use crate::launcher::launcher;
use crate::steps::steps;
use diagnostic::{any_of, near};

/// Runs one step of the pipeline for mdBook, as `command = "… preprocess NAME"` in the step's table of book.toml.
#[derive(Debug, Args)]
pub struct Preprocess {
    /// The step, by the name of its table.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What mdBook adds: nothing, or `supports RENDERER`.
    #[arg(value_name = "QUESTION", num_args = 0..)]
    pub question: Vec<String>,
}

/// Does it.
pub fn run(preprocess: &Preprocess, extension: &dyn Extension) -> anyhow::Result<ExitCode> {
    let cells = Cells::new(launcher()?, Box::new(|_| {})).knowing(extension.comments());
    let mut steps = steps(cells, extension.steps());
    let names: Vec<&str> = steps.iter().map(|step| step.name()).collect();
    let Some(number) = names.iter().position(|name| *name == preprocess.name) else {
        let alike = near(&preprocess.name, names.iter().copied());
        let meant = if alike.is_empty() { names } else { alike };
        bail!("there is no step `{}`; did you mean {}?", preprocess.name, any_of(&meant));
    };
    step::answer(steps.swap_remove(number), &preprocess.question)
}
