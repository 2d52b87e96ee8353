//! The second opinion: pages are run once more under other conditions, and what they give must be the same.

use std::collections::BTreeSet;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use engine::Conditions;

use crate::execution::{Execution, Input, Output, Shown};
use crate::parallel;
use crate::plan::Job;
use crate::run::execute::Executed;
use crate::run::{Artefacts, Listener, PageResult, Progress, Runner};

/// Runs every page again whose result is known, the last first; gives the paths of those that were run, and where one gives something
/// else. Nothing is stored.
pub fn compare(
    runner: &Runner,
    jobs: &[Option<Job<'_>>],
    results: &[PageResult],
    listener: &Listener<'_>,
) -> anyhow::Result<(BTreeSet<String>, Vec<Diagnostic>)> {
    let saved = results.iter().filter_map(|result| result.execution.as_ref()).flat_map(|execution| &execution.saved);
    let artefacts: Artefacts = saved.cloned().collect();
    let known = jobs.iter().zip(results).filter_map(|(job, result)| Some(((*job)?, result.execution.as_ref()?)));
    let mut known: Vec<_> = known.filter(|(job, _)| !job.session.programs.is_empty()).collect();
    for (job, _) in &known {
        listener(Progress::Waiting { page: job.page.path.clone(), usually: None });
    }
    known.reverse();
    if known.is_empty() {
        return Ok((BTreeSet::new(), Vec::new()));
    }
    if let Err(broken) = runner.prepare(listener)? {
        return Ok((BTreeSet::new(), vec![runner.does_not_compile(&broken)]));
    }
    let mut diagnostics = Vec::new();
    for compared in parallel::map(runner.parallel(), &known, |(job, first)| -> anyhow::Result<_> {
        let path = || job.page.path.clone();
        listener(Progress::Started(path()));
        let begun = std::time::Instant::now();
        let Executed { execution: second, diagnostics, .. } = runner.execute(*job, &artefacts, Conditions::Other)?;
        listener(Progress::Ran { page: path(), took: begun.elapsed() });
        let mistakes = diagnostics.into_iter().map(|mistake| mistake.note("this came up only under other conditions"));
        let mistakes: Vec<Diagnostic> = mistakes.collect();
        Ok(if diagnostic::has_errors(&mistakes) { mistakes } else { differences(*job, first, &second) })
    }) {
        diagnostics.extend(compared?);
    }
    Ok((known.iter().map(|(job, _)| job.page.path.clone()).collect(), diagnostics))
}

/// Where two executions of a page differ: cells, values, artefacts, files.
pub fn differences(Job { page, session }: Job<'_>, first: &Execution, second: &Execution) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut report = |range: &Range<usize>, what: &str, first: &str, second: &str| {
        let place = Place::new(&page.path, range.clone());
        found.push(
            Diagnostic::error("differs", format!("{what} is another when the page is run again"), place)
                .note(unlike(first, second))
                .help(
                    "take random numbers from `random`, the order of a `HashMap` from sorting or a `BTreeMap`, and time \
                     what takes time with `timing`; round what other processors compute otherwise",
                ),
        );
    };
    for (index, cell) in page.cells.iter().enumerate() {
        let (first, second) = (lasting(first, index), lasting(second, index));
        if first != second {
            report(&cell.info, "the output of the cell", &words(&first), &words(&second));
        }
    }
    for (index, inline) in page.inlines.iter().enumerate() {
        let of = |execution: &Execution| {
            let followed = execution.live.inlines.iter().filter(|followed| followed.at == index);
            let states = followed.flat_map(|followed| &followed.states).map(|(_, value)| value);
            let values = execution.inlines.get(index).into_iter().chain(states).map(|value| value.text.as_str());
            values.collect::<Vec<&str>>().join("\n")
        };
        let (first, second) = (of(first), of(second));
        if first != second {
            report(&inline.range, "the value", &first, &second);
        }
    }
    for (name, range) in &session.saves {
        let of = |execution: &Execution| execution.saved.iter().find(|(saved, _)| saved == name).cloned();
        if of(first) != of(second) {
            let which = |execution: &Execution| of(execution).map(|(_, hash)| hash).unwrap_or_default();
            report(range, &format!("the artefact `{name}`"), &which(first), &which(second));
        }
    }
    if first.live.inputs != second.live.inputs {
        let inputs =
            |execution: &Execution| execution.live.inputs.iter().map(input).collect::<Vec<String>>().join("\n");
        report(&(0..0), "an input of its live cells", &inputs(first), &inputs(second));
    }
    if first.reads != second.reads {
        let names = |execution: &Execution| {
            execution.reads.iter().map(|(file, _)| file.as_str()).collect::<Vec<&str>>().join("\n")
        };
        report(&(0..0), "what it reads", &names(first), &names(second));
    }
    found
}

/// An input in a line: `k: 1, 2, 3 (2)`.
fn input(input: &Input) -> String {
    let Input { name, unit, knob, values, default } = input;
    let default = values.get(*default as usize).map_or("", String::as_str);
    let unit = if unit.is_empty() { String::new() } else { format!(" in {unit}") };
    format!("{name}{unit}, {knob:?}: {} ({default})", values.join(", "))
}

/// What of an output must be the same every time.
#[derive(PartialEq)]
enum Lasting<'a> {
    /// All of it.
    Output(&'a Output),
    /// That it shows a time, and of what.
    Time(&'a str),
}

/// The outputs of a cell as far as they must be the same every time, in all its states.
fn lasting<'a>(execution: &'a Execution, cell: usize) -> Vec<Lasting<'a>> {
    let followed = execution.live.cells.iter().filter(|followed| followed.at == cell);
    let states = followed.flat_map(|followed| &followed.states).flat_map(|(_, outputs)| outputs);
    let outputs = execution.cells.get(cell).into_iter().flatten().chain(states);
    let of = |output: &'a Output| match output {
        Output::Timing { what, .. } => Lasting::Time(what),
        Output::Shown(shown) if shown.times => Lasting::Time("a picture"),
        output => Lasting::Output(output),
    };
    outputs.map(of).collect()
}

/// Outputs as text, in all their forms.
fn words(outputs: &[Lasting<'_>]) -> String {
    let form = |output: &Output| match output {
        Output::Stdout(text) | Output::Stderr(text) | Output::Expected(text) => text.clone(),
        Output::Shown(shown) => {
            let Shown { plain, svg, html, png, latex, table, alt, .. } = &**shown;
            let table = table.as_ref().map(|table| format!("{table:?}"));
            let forms = [svg, html, png, latex, &table, alt];
            let forms = forms.into_iter().flatten().map(|form| form.replace('>', ">\n"));
            forms.fold(plain.clone(), |text, form| format!("{text}\n{form}"))
        }
        Output::Timing { .. } => String::new(),
    };
    let lasting = |lasting: &Lasting<'_>| match lasting {
        Lasting::Output(output) => form(output),
        Lasting::Time(what) => format!("the time of {what}"),
    };
    outputs.iter().map(lasting).collect::<Vec<String>>().join("\n")
}

/// The first lines that differ.
fn unlike(first: &str, second: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    let (first, second) = (lines(first), lines(second));
    let at = (0..first.len().max(second.len())).find(|at| first.get(*at) != second.get(*at)).unwrap_or(0);
    let line =
        |lines: &[String]| lines.get(at).map_or_else(|| "nothing".to_owned(), |line| format!("`{}`", short(line)));
    format!("first {}, then {}", line(&first), line(&second))
}

fn short(line: &str) -> String {
    const LONG: usize = 80;
    let start: String = line.chars().take(LONG).collect();
    if start.len() < line.len() { format!("{start}…") } else { start }
}
