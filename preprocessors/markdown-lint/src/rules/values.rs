//! `=x:.2` without its backticks, or between dollars: a reader sees the name and the format.

use std::ops::Range;

use pulldown_cmark::Event;

use ::page::Finding;

use crate::page::Page;

const RULE: &str = "value";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = page.literal().iter().flat_map(|piece| in_text(page, piece)).collect();
    findings.extend(page.events.iter().filter_map(|(event, range)| match event {
        Event::InlineMath(tex) | Event::DisplayMath(tex) => in_formula(tex.trim(), range),
        _ => None,
    }));
    findings
}

fn in_text(page: &Page<'_>, piece: &Range<usize>) -> Vec<Finding> {
    let text = &page.text[piece.clone()];
    let signs = text.match_indices('=').filter(|(at, _)| !page.is_escaped(piece.start + at)).filter(|(at, _)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|letter| letter.is_whitespace() || "(«„\"'".contains(letter))
    });
    let braced = braced(page, piece);
    let values = signs.filter_map(|(at, _)| value(&text[at..]).map(|value| (piece.start + at, value)));
    values
        .map(|(at, value)| {
            let message = format!("a reader sees `{value}` here: a value stands between backticks");
            let help = format!("write `` `{value}` ``");
            Finding::new(RULE, at..at + value.len(), message, help)
        })
        .chain(braced)
        .collect()
}

/// `{{x}}` of other tools, where cells make `x`.
fn braced(page: &Page<'_>, piece: &Range<usize>) -> Option<Finding> {
    let text = &page.text[piece.clone()];
    text.match_indices("{{").find_map(|(at, _)| {
        let inside = &text[at + 2..];
        let inside = &inside[..inside.find("}}")?];
        let name = inside.trim();
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let is_made = ["let ", "let mut "].iter().any(|binds| {
            let behind = page.text.split(&format!("{binds}{name}")).nth(1);
            behind.is_some_and(|behind| behind.starts_with([' ', ':', '=', ';']))
        });
        let start = piece.start + at;
        (is_name && is_made && !page.is_escaped(start)).then(|| {
            let message = format!("a reader sees `{{{{{inside}}}}}` here: a value stands between backticks");
            Finding::new(RULE, start..start + inside.len() + 4, message, format!("write `` `={name}` ``"))
        })
    })
}

fn in_formula(tex: &str, place: &Range<usize>) -> Option<Finding> {
    let value = value(tex).filter(|value| value.len() == tex.len())?;
    let message = format!("a reader sees `{value}` here: between dollars a value has another form");
    let help = format!("write `` `{value}` ``, or in a formula `\\val{{{}}}`", &value[1..]);
    Some(Finding::new(RULE, place.clone(), message, help))
}

/// `=x.len():.2` at the beginning of a text: a name, and a format that no sentence has behind one.
fn value(text: &str) -> Option<&str> {
    let name = text.strip_prefix('=')?;
    name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_').then_some(())?;
    let is_of_name = |letter: char| letter.is_alphanumeric() || "_.()[]".contains(letter);
    let format = name[name.find(|letter| !is_of_name(letter))?..].strip_prefix(":.")?;
    let digits = format.len() - format.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    (digits > 0).then_some(())?;
    let rest = &format[digits..];
    let end = text.len() - rest.len() + usize::from(rest.starts_with(['%', 'e']));
    Some(&text[..end])
}
