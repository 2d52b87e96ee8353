//! `cargo book stats`: what every lecture has.

use book::{Clock, Invocation, Verdict};
use clap::Args;
use lecture::{Guide, Held};
use mutants::{Kind, together};

use crate::lectures::{Entry, lectures, story};

/// Prints a table of the written lectures: words, formulas, checks, plots, exercises, points of the syllabus.
///
/// Words are those of the text, without code and spoilers. A formula counts as checked when `<!-- checks: eq-name -->` stands beside the
/// claim or the cell with the `assert!` that computes it a second way. A number below its floor has an exclamation mark.
///
/// The second table holds the pattern of each lecture against the course's guide: words in front of the first picture, schemes, words for a
/// point of the syllabus, words of a paragraph and of the median sentence, stubs and sentences that are too long; open cells, the longest of
/// them, its widest line, open lines for 100 words, open cells with nothing between; displays that look wider than a phone; and the shares
/// of changes that checks notice, where mutants.json, which `mutate` writes, has them of the code that there is.
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
    console.answer("");
    for row in pattern(&lectures) {
        console.answer(&row);
    }
    console.answer("");
    let covered = |entry: &Entry| (entry.points, entry.written.as_ref().map(|written| written.coverage.covered()));
    console.answer(&story(lectures.iter().map(covered)));
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
    aligned(&rows)
}

/// The lectures beside the guide, whose numbers stand on top; an exclamation mark is beyond them.
fn pattern(lectures: &[Entry]) -> Vec<String> {
    let guide = Guide::of_course();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for lecture in lectures {
        let Some(written) = &lecture.written else { continue };
        let mut held = guide.holds(&written.pattern, lecture.points);
        let noticed = |kinds: &[Kind]| together(&written.mutants, kinds).noticed();
        held.extend(guide.holds_mutants(noticed(&[Kind::Checked]), noticed(&Kind::DRAWN)));
        if rows.is_empty() {
            let line = |first: &str, of: fn(&Held) -> String| {
                std::iter::once(first.to_owned()).chain(held.iter().map(of)).collect::<Vec<_>>()
            };
            rows.push(line("lecture", |held| held.what.to_owned()));
            rows.push(line("guide", |held| held.wants.clone()));
        }
        let marked =
            held.iter().map(|held| format!("{}{}", held.has, if held.holds || held.has == "–" { "" } else { "!" }));
        rows.push(std::iter::once(lecture.id.clone()).chain(marked).collect());
    }
    aligned(&rows)
}

/// Rows of a table, the first column on the left.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    rows.iter().map(line).collect()
}
