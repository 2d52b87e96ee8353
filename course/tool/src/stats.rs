//! `cargo book stats`: what every lecture has.

use book::{Clock, Invocation, Verdict};
use clap::Args;

use crate::lectures::{Entry, lectures, story};

/// Prints a table of the written lectures: words, formulas, checks, plots, exercises, points of the syllabus.
///
/// Words are those of the text, without code and spoilers. A formula counts as checked when `<!-- checks: eq-name -->` stands beside the
/// claim or the cell with the `assert!` that computes it a second way. A number below its floor has an exclamation mark.
#[derive(Debug, Args)]
pub struct Stats {
    /// Name the points of the syllabus that are not covered.
    #[arg(long)]
    pub missing: bool,
}

/// Does it.
pub fn run(stats: &Stats, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
    let console = &invocation.console;
    let book = match invocation.book(&Clock::default())? {
        Ok(book) => book,
        Err(verdict) => return Ok(verdict),
    };
    let lectures = lectures(&book)?;
    for row in table(&lectures) {
        console.answer(&row);
    }
    console.answer(&story(&lectures));
    if stats.missing {
        for lecture in &lectures {
            let Some(written) = &lecture.written else { continue };
            written.coverage.missing().for_each(|point| console.answer(&format!("{}: {point}", lecture.id)));
        }
    }
    Ok(Verdict::Fine)
}

fn table(lectures: &[Entry]) -> Vec<String> {
    const COLUMNS: [&str; 11] = [
        "lecture",
        "words",
        "formulas",
        "checked",
        "cells",
        "checks",
        "plots",
        "exercises",
        "questions",
        "sources",
        "points",
    ];
    /// What `lecture::Floor` calls the columns.
    const NAMES: [&str; 9] = [
        "words",
        "displayed formulas",
        "checked formulas",
        "cells",
        "checks",
        "plots",
        "exercises",
        "questions",
        "sources",
    ];
    let mut rows: Vec<Vec<String>> = vec![COLUMNS.map(str::to_owned).to_vec()];
    for lecture in lectures {
        let Some(written) = &lecture.written else { continue };
        let facts = written.facts;
        let lacks = lecture::Kind::of(&lecture.id).lacks(&facts);
        let counts = [
            facts.words,
            facts.formulas,
            facts.checked,
            facts.cells,
            facts.checks,
            facts.plots,
            facts.exercises,
            facts.questions,
            facts.sources,
        ];
        let marked = counts.iter().zip(NAMES).map(|(count, name)| {
            let mark = if lacks.iter().any(|floor| floor.what == name) { "!" } else { "" };
            format!("{count}{mark}")
        });
        let mut row = vec![lecture.id.clone()];
        row.extend(marked);
        row.push(format!("{}/{}", written.coverage.covered(), lecture.points));
        rows.push(row);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    rows.iter().map(line).collect()
}
