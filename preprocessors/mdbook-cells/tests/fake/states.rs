//! Live cells: every state of every follower is what the page gives with these inputs.

use std::collections::BTreeMap;

use mdbook_cells::execution::{Execution, Output};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::Book;

/// A part of a page. Its expression is one plus what it takes of the names that are there.
#[derive(Clone, Debug)]
enum Part {
    /// A live cell with an input of so many values.
    Live(u32, Vec<Index>),
    /// A cell that binds a name.
    Still,
    /// A value in a sentence.
    Value(Vec<Index>),
    /// A claim, which holds.
    Claim(Vec<Index>),
}

fn part() -> impl Strategy<Value = Part> {
    let names = || vec(any::<Index>(), 0..3);
    prop_oneof![
        3 => (1_u32..4, names()).prop_map(|(values, names)| Part::Live(values, names)),
        1 => Just(Part::Still),
        3 => names().prop_map(Part::Value),
        1 => names().prop_map(Part::Claim),
    ]
}

/// A page: its Markdown, and the terms of each part's expression.
struct Page {
    text: String,
    terms: Vec<Vec<String>>,
}

fn write(parts: &[Part]) -> Page {
    let (mut names, mut page) = (Vec::<String>::new(), Page { text: String::new(), terms: Vec::new() });
    for (at, part) in parts.iter().enumerate() {
        let of = |taken: &[Index]| -> Vec<String> {
            let taken = taken.iter().filter(|_| !names.is_empty());
            taken.map(|index| index.get(&names).clone()).collect()
        };
        let (terms, text) = match part {
            Part::Live(values, taken) => {
                let mut terms = of(taken);
                terms.push(format!("k{at}"));
                let text = format!(
                    "```rust cell live\nlet k{at} = input::pick(\"вход {at}\", {values});\nlet v{at} = {};\nv{at}\n```\n\n",
                    sum(&terms)
                );
                (terms, text)
            }
            Part::Still => (Vec::new(), format!("```rust cell\nlet v{at} = 1;\nv{at}\n```\n\n")),
            Part::Value(taken) => (of(taken), format!("Значение `={}`.\n\n", sum(&of(taken)))),
            Part::Claim(taken) => (of(taken), format!("<!-- claim: {} >= 1 -->\n\n", sum(&of(taken)))),
        };
        if matches!(part, Part::Live(..) | Part::Still) {
            names.push(format!("v{at}"));
        }
        page.text.push_str(&text);
        page.terms.push(terms);
    }
    page
}

fn sum(terms: &[String]) -> String {
    format!("1{}", terms.iter().map(|term| format!(" + {term}")).collect::<String>())
}

/// What each part gives when the inputs have these values, and 0 where nothing is said.
fn evaluate(page: &Page, inputs: &BTreeMap<String, u32>) -> Vec<u32> {
    let mut given: Vec<u32> = Vec::new();
    for terms in &page.terms {
        let term = |term: &String| match term.strip_prefix('v') {
            Some(before) => given[before.parse::<usize>().unwrap()],
            None => inputs.get(&format!("вход {}", &term[1..])).copied().unwrap_or(0),
        };
        given.push(1 + terms.iter().map(term).sum::<u32>());
    }
    given
}

/// Which inputs a part depends on.
fn inputs_of(page: &Page, at: usize) -> Vec<String> {
    let mut inputs: Vec<String> = Vec::new();
    for term in &page.terms[at] {
        match term.strip_prefix('v') {
            Some(before) => inputs.extend(inputs_of(page, before.parse().unwrap())),
            None => inputs.push(format!("вход {}", &term[1..])),
        }
    }
    inputs.sort();
    inputs.dedup();
    inputs
}

fn shown(outputs: &[Output]) -> String {
    let [Output::Shown(shown)] = outputs else { panic!("{outputs:?}") };
    shown.plain.clone()
}

/// States as inputs by name, and what they give.
fn states<T>(
    execution: &Execution,
    inputs: &[usize],
    states: &[(Vec<Option<u32>>, T)],
    text: impl Fn(&T) -> String,
) -> Vec<(BTreeMap<String, u32>, String)> {
    let name = |input: &usize| execution.live.inputs[*input].name.clone();
    let named = |values: &[Option<u32>]| {
        inputs.iter().zip(values).filter_map(|(input, value)| Some((name(input), (*value)?))).collect()
    };
    states.iter().map(|(values, gives)| (named(values), text(gives))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_state_is_what_the_page_gives_with_these_inputs(parts in vec(part(), 1..6)) {
        let page = write(&parts);
        let built = Book::new().build(&[("src/урок.md", &page.text)]);
        prop_assert_eq!(&built.messages, "");
        let Some(execution) = &built.results[0].execution else { return Ok(()) };
        let default = evaluate(&page, &BTreeMap::new());
        let values: BTreeMap<&str, usize> =
            execution.live.inputs.iter().map(|input| (input.name.as_str(), input.values.len())).collect();
        let (mut cell, mut inline) = (0, 0);
        for (at, part) in parts.iter().enumerate() {
            let inputs = inputs_of(&page, at);
            let all: usize = inputs.iter().map(|input| values[input.as_str()]).product();
            let found = match part {
                Part::Live(..) | Part::Still => {
                    prop_assert_eq!(shown(&execution.cells[cell]), default[at].to_string());
                    let followed = execution.live.cells.iter().find(|followed| followed.at == cell);
                    prop_assert_eq!(followed.is_some(), matches!(part, Part::Live(..)));
                    cell += 1;
                    followed.map(|followed| states(execution, &followed.inputs, &followed.states, |outputs| shown(outputs)))
                }
                Part::Value(_) => {
                    prop_assert_eq!(&execution.inlines[inline].text, &default[at].to_string());
                    let followed = execution.live.inlines.iter().find(|followed| followed.at == inline);
                    // What is the same in all states follows nothing.
                    prop_assert_eq!(followed.is_some(), all > 1);
                    inline += 1;
                    followed.map(|followed| states(execution, &followed.inputs, &followed.states, |value| value.text.clone()))
                }
                Part::Claim(_) => None,
            };
            let Some(found) = found else { continue };
            prop_assert_eq!(found.len(), all, "{:?}", found);
            for (state, gives) in found {
                prop_assert_eq!(state.keys().cloned().collect::<Vec<_>>(), inputs.clone());
                prop_assert_eq!(evaluate(&page, &state)[at].to_string(), gives);
            }
        }
    }
}

#[test]
fn a_claim_that_is_false_in_one_state_names_the_state() {
    let page = "```rust cell live\nlet k = input::pick(\"шаг\", 3);\nk\n```\n\n<!-- claim: 1 >= k -->\n";
    let built = Book::new().build(&[("src/урок.md", page)]);
    assert!(built.results[0].execution.is_none());
    assert!(built.messages.contains("«шаг = 2»"), "{}", built.messages);
}

#[test]
fn a_panic_in_one_state_names_its_line_and_the_state() {
    let page = "Текст.\n\n```rust cell live\nlet k = input::pick(\"шаг\", 2);\nk\n```\n\n```rust cell live\nlet m = input::pick(\"другой\", 2);\npanic!(\"нет\");\n```\n";
    let built = Book::new().build(&[("src/урок.md", page)]);
    assert!(built.messages.contains("the cell panics: нет"), "{}", built.messages);
    assert!(built.messages.contains("src/урок.md:10:1"), "{}", built.messages);
}

#[test]
fn states_are_capped_by_the_processor_time_that_they_use() {
    let live = |seconds: u32| {
        let page = format!("```rust cell live\nlet k = input::pick(\"шаг\", 5);\nwork({seconds});\nk\n```\n");
        Book::new().build(&[("src/урок.md", &page)]).messages
    };
    assert_eq!(live(6), "");
    let told = live(20);
    assert!(told.contains("not done after 3 states, 2 or more to come; `seconds` is 30"), "{told}");
}
