//! All states of an output as its default state and what changes in it.
//!
//! The states are compared element by element. Attributes that differ, and the inside of elements whose children are not the
//! same, are slots; the element is marked and the script puts there what the state has. A state put together in this way is the
//! markup that it would have been alone, but for the way in which numbers of paths are written.

use serde_json::{Value, json};

use crate::render::live::numbers;
use crate::render::live::tree::{Element, Node, parse, unescaped};

/// An output in all its states.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    /// The default state, with marks at the elements that change.
    pub html: String,
    /// What changes: for each slot the mark, the attribute (or 0 for the inside), and its values.
    pub slots: Vec<Value>,
}

/// The class of what stays as it is in the default state.
const STILL: &str = "output-data";

/// Packs states, each one element; `default` is the place of the default state among them.
pub fn pack(states: &[String], default: usize) -> Packed {
    let html = &states[default];
    let trees: Option<Vec<Element<'_>>> = states.iter().map(|state| parse(state)).collect();
    let Some(trees) = trees.filter(|trees| trees.iter().all(|tree| tree.name == trees[default].name)) else {
        return Packed { html: html.clone(), slots: Vec::new() };
    };
    let mut packing = Packing { states, default, marks: Vec::new(), slots: Vec::new() };
    packing.compare(&trees.iter().collect::<Vec<_>>());
    let mut marked = html.clone();
    for (mark, at) in packing.marks.iter().enumerate().rev() {
        marked.insert_str(*at, &format!(" data-live=\"{mark}\""));
    }
    Packed { html: marked, slots: packing.slots }
}

/// The values of all states: a list, or the different ones and which of them each state has.
pub fn values(states: &[Option<String>]) -> Vec<Value> {
    let mut different: Vec<&Option<String>> = Vec::new();
    let mut places = Vec::new();
    for state in states {
        let place = different.iter().position(|other| *other == state).unwrap_or_else(|| {
            different.push(state);
            different.len() - 1
        });
        places.push(place);
    }
    let in_order = places.iter().enumerate().all(|(at, place)| at == *place);
    if in_order { vec![json!(different)] } else { vec![json!(different), json!(places)] }
}

struct Packing<'a> {
    states: &'a [String],
    default: usize,
    /// Where marks are put in the default state, in order.
    marks: Vec<usize>,
    slots: Vec<Value>,
}

impl<'a> Packing<'a> {
    fn compare(&mut self, elements: &[&Element<'a>]) {
        let own = elements[self.default];
        if own.attributes.iter().any(|(name, value)| *name == "class" && value.split(' ').any(|class| class == STILL)) {
            return;
        }
        let mark = self.marks.len();
        self.marks.push(own.at);
        let before = self.slots.len();
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in elements.iter().flat_map(|element| &element.attributes) {
            if !names.contains(name) {
                names.push(name);
            }
        }
        for name in names {
            self.attribute(mark, name, elements);
        }
        let alike = alike(elements);
        if !alike {
            let inside = |(element, state): (&&Element<'_>, &String)| Some(state[element.inside.clone()].to_owned());
            let insides: Vec<Option<String>> = elements.iter().zip(self.states).map(inside).collect();
            self.slot(mark, json!(0), values(&insides));
        }
        if self.slots.len() == before {
            self.marks.pop();
        }
        if alike {
            for at in 0..own.children.len() {
                let children: Vec<&Element<'_>> = elements
                    .iter()
                    .filter_map(|element| match &element.children[at] {
                        Node::Element(child) => Some(child),
                        Node::Text(_) => None,
                    })
                    .collect();
                if !children.is_empty() {
                    self.compare(&children);
                }
            }
        }
    }

    fn attribute(&mut self, mark: usize, name: &str, elements: &[&Element<'_>]) {
        let sources: Vec<Option<&str>> = elements
            .iter()
            .map(|element| element.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value))
            .collect();
        if sources.windows(2).all(|pair| pair[0] == pair[1]) {
            return;
        }
        let paths: Option<Vec<&str>> = sources.iter().copied().collect();
        if let Some(coded) = paths.filter(|_| name == "d").and_then(|paths| numbers::code(&paths)) {
            self.slot(mark, json!(name), vec![json!(coded.shape), json!(coded.order), json!(coded.digits)]);
            return;
        }
        // The markup is our own: it has no entities but those that are known.
        let text = |source: &Option<&str>| source.map(|source| unescaped(source).unwrap_or_else(|| source.to_owned()));
        self.slot(mark, json!(name), values(&sources.iter().map(text).collect::<Vec<_>>()));
    }

    fn slot(&mut self, mark: usize, what: Value, values: Vec<Value>) {
        self.slots.push(Value::Array([json!(mark), what].into_iter().chain(values).collect()));
    }
}

/// Whether the children of all states are the same texts and elements of the same names.
fn alike(elements: &[&Element<'_>]) -> bool {
    elements.windows(2).all(|pair| {
        let (a, b) = (&pair[0].children, &pair[1].children);
        a.len() == b.len()
            && a.iter().zip(b).all(|pair| match pair {
                (Node::Text(a), Node::Text(b)) => a == b,
                (Node::Element(a), Node::Element(b)) => a.name == b.name,
                _ => false,
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_becomes_slots_at_marks() {
        let state = |d: &str, text: &str, more: &str| {
            format!("<div><svg><path fill=\"none\" d=\"{d}\"/><text>{text}</text></svg>{more}</div>")
        };
        let states = [
            state("M0 0l1 1", "а", ""),
            state("M0 0l1 2", "б", ""),
            state("M0 0l1 3", "а", "<details class=\"output-data\"><b>1</b></details>"),
        ];
        let packed = pack(&states[..2], 1);
        assert_eq!(
            packed.html,
            "<div><svg><path data-live=\"0\" fill=\"none\" d=\"M0 0l1 2\"/><text data-live=\"1\">б</text></svg></div>"
        );
        assert_eq!(packed.slots, [json!([0, "d", "M1l1", 1, "AAUUAAAU"]), json!([1, 0, ["а", "б"]])]);
        let packed = pack(&states, 0);
        assert!(packed.html.starts_with("<div data-live=\"0\">"), "{}", packed.html);
        let insides: Vec<&str> = states.iter().map(|state| &state[5..state.len() - 6]).collect();
        assert_eq!(packed.slots, [json!([0, 0, insides])]);
    }

    #[test]
    fn attributes_come_and_go_and_equal_values_are_said_once() {
        let states = ["<a b=\"&lt;\"></a>", "<a></a>", "<a b=\"&lt;\"></a>"].map(str::to_owned);
        let packed = pack(&states, 1);
        assert_eq!(packed.html, "<a data-live=\"0\"></a>");
        assert_eq!(packed.slots, [json!([0, "b", ["<", null], [0, 1, 0]])]);
    }

    #[test]
    fn data_of_a_figure_stay_those_of_its_default_state() {
        let state = |n: u8| format!("<div><p>{n}</p><details class=\"output-data\"><b>{n}</b></details></div>");
        let packed = pack(&[state(1), state(2)], 0);
        assert_eq!(packed.slots, [json!([0, 0, ["1", "2"]])]);
    }
}
