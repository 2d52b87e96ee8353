//! What follows inputs, as it stands on the page: the default state, knobs, and the other states as data for the script.

mod numbers;
mod pack;
mod tree;

use diagnostic::{Diagnostic, Place};
use serde::Serialize;
use serde_json::{Value, json};
use tera::Context;

use crate::config::Config;
use crate::execution::{Execution, Followed, Input, Knob, Output, Said};
use crate::render::number;
use crate::render::output::expand;
use crate::words::Words;
use page::escape;
use page::options::Figure;
use page::{Cell, InlinePlace, Page, Spec};

use pack::{pack, values};
use tree::unescaped;

/// The outputs of a live cell, on one line.
pub fn cell(
    page: &Page,
    execution: &Execution,
    config: &Config,
    index: usize,
    mut outputs: impl FnMut(&[Output]) -> String,
) -> (String, Vec<Diagnostic>) {
    let live = &execution.live;
    let Some(followed) = live.cells.iter().find(|followed| followed.at == index) else {
        return (outputs(&execution.cells[index]), Vec::new());
    };
    let default = default_state(followed, &live.inputs);
    let states: Vec<String> = followed.states.iter().map(|(_, gives)| outputs(gives)).collect();
    let cell = &page.cells[index];
    let place = || Place::new(&page.path, cell.info.clone());
    let mut diagnostics = Vec::new();
    if states.iter().any(|state| state.contains('\n')) {
        let message = "a formula that a live cell shows cannot follow its inputs";
        diagnostics.push(Diagnostic::error("live-formula", message, place()).help("show it in a cell of its own"));
    }
    let packed = pack(&states, default);
    let inputs = inputs_of(page, execution, index);
    let definitions: Vec<Value> = inputs
        .iter()
        .map(|at| &live.inputs[*at])
        .map(|input| {
            json!([
                input.name,
                input.default,
                (0..input.values.len()).map(|at| label(input, at, config.words)).collect::<Vec<_>>()
            ])
        })
        .collect();
    let follower = follower(followed, &live.inputs);
    let data = json!([definitions, follower[0], follower[1], packed.slots]).to_string();
    let kilobytes = data.len().div_ceil(1000);
    if kilobytes > config.live.kilobytes {
        let cap = config.live.kilobytes;
        let message = format!("the live cell takes too much: its states are {kilobytes} KB; `kilobytes` is {cap}");
        let help = "take fewer values, or raise the cap in `[preprocessor.cells.live]` of book.toml";
        diagnostics.push(Diagnostic::error("live-cap", message, place()).help(help));
    }
    let knobs: Vec<KnobElement> = inputs.iter().map(|at| KnobElement::of(&live.inputs[*at], config.words)).collect();
    let mut context = Context::new();
    context.insert("knobs", &knobs);
    context.insert("controls", config.words.controls);
    context.insert("play", config.words.play);
    context.insert("caption", &caption_id(cell));
    context.insert("cell", &index);
    context.insert("data", &escape::json(&data));
    (format!("{}{}", packed.html, expand("knobs.html", &context)), diagnostics)
}

/// The id of the caption, by which the knobs are described.
pub fn caption_id(cell: &Cell) -> Option<String> {
    let label = cell.options.label.as_ref().filter(|_| cell.options.figure != Figure::Still && cell.caption.is_some());
    label.map(|(label, _)| format!("{label}-caption"))
}

/// The states of a value in a sentence, as data for the script.
pub fn value(followed: &Followed<Said>, inputs: &[Input], spec: &Spec, words: &Words) -> String {
    let written = |(_, value): &(Vec<Option<u32>>, Said)| Some(number::value(value, spec, InlinePlace::Prose, words));
    let mut data = follower(followed, inputs);
    data.extend(values(&followed.states.iter().map(written).collect::<Vec<_>>()));
    Value::Array(data).to_string()
}

/// The inputs of a cell's outputs and of the values in its caption.
fn inputs_of(page: &Page, execution: &Execution, index: usize) -> Vec<usize> {
    let live = &execution.live;
    let fence = &page.cells[index].fence;
    let cells = live.cells.iter().filter(|followed| followed.at == index).flat_map(|followed| &followed.inputs);
    let in_caption = |followed: &&Followed<Said>| fence.contains(&page.inlines[followed.at].range.start);
    let inlines = live.inlines.iter().filter(in_caption).flat_map(|followed| &followed.inputs);
    let mut inputs: Vec<usize> = cells.chain(inlines).copied().collect();
    inputs.sort_unstable();
    inputs.dedup();
    inputs
}

/// The names of its inputs, and its states: 0 when these are all combinations in order, else the list of values.
fn follower<T>(followed: &Followed<T>, inputs: &[Input]) -> Vec<Value> {
    let own: Vec<&Input> = followed.inputs.iter().map(|at| &inputs[*at]).collect();
    let names: Vec<&str> = own.iter().map(|input| input.name.as_str()).collect();
    let all: usize = own.iter().map(|input| input.values.len()).product();
    let whole =
        followed.states.len() == all && followed.states.iter().all(|(values, _)| values.iter().all(Option::is_some));
    let states: Vec<&Vec<Option<u32>>> = followed.states.iter().map(|(values, _)| values).collect();
    vec![json!(names), if whole { json!(0) } else { json!(states) }]
}

fn default_state<T>(followed: &Followed<T>, inputs: &[Input]) -> usize {
    let is_default = |(values, _): &(Vec<Option<u32>>, T)| {
        values
            .iter()
            .zip(&followed.inputs)
            .all(|(value, input)| value.is_none_or(|value| value == inputs[*input].default))
    };
    followed.states.iter().position(is_default).unwrap_or(0)
}

/// A value as the reader sees it.
fn label(input: &Input, at: usize, words: &Words) -> String {
    const NO_BREAK: char = '\u{a0}';
    if input.knob == Knob::Toggle {
        return words.toggle[at].to_owned();
    }
    let text = if input.knob == Knob::Words {
        input.values[at].clone()
    } else {
        let written = number::write(&input.values[at], &Spec::default(), InlinePlace::Prose, words);
        unescaped(&written).unwrap_or(written)
    };
    match input.unit.as_str() {
        "" => text,
        unit if unit.starts_with(['°', '′', '″']) && !unit.starts_with("°C") => format!("{text}{unit}"),
        unit => format!("{text}{NO_BREAK}{unit}"),
    }
}

/// One knob, as the template takes it.
#[derive(Serialize)]
struct KnobElement {
    kind: &'static str,
    name: String,
    last: usize,
    default: u32,
    labels: Vec<String>,
    shown: String,
    width: usize,
}

impl KnobElement {
    fn of(input: &Input, words: &Words) -> Self {
        let labels: Vec<String> = (0..input.values.len()).map(|at| label(input, at, words)).collect();
        let kind = match input.knob {
            Knob::Range => "range",
            Knob::Frames => "frames",
            Knob::Choice | Knob::Words if fit_in_rows(&labels) => "steps",
            Knob::Choice => "range",
            Knob::Words => "choice",
            Knob::Toggle => "toggle",
        };
        Self {
            kind,
            name: input.name.clone(),
            last: labels.len().saturating_sub(1),
            default: input.default,
            shown: labels.get(input.default as usize).cloned().unwrap_or_default(),
            width: labels.iter().map(|label| label.chars().count()).max().unwrap_or(0),
            labels,
        }
    }
}

/// Whether all values can be seen at once, in two rows of a phone at most: one tap instead of a list that opens over the picture.
fn fit_in_rows(labels: &[String]) -> bool {
    const MOST: usize = 8;
    const LETTERS: usize = 48;
    labels.len() <= MOST && labels.iter().map(|label| label.chars().count()).sum::<usize>() <= LETTERS
}
