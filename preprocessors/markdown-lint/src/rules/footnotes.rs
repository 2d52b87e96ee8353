//! Footnotes that a reader is not led to. The parser takes `[^ё]` for `[^Ё]`; mdBook, which makes the anchors, does not, and drops the text.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::page::Page;
use ::page::Finding;

const RULE: &str = "footnote";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut defined: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut wholes: Vec<(&str, Range<usize>)> = Vec::new();
    let mut findings = Vec::new();
    for (event, range) in &page.events {
        let Event::Start(Tag::FootnoteDefinition(name)) = event else { continue };
        wholes.push((&**name, range.clone()));
        let place = range.start..range.start + "[^]".len() + name.len();
        if defined.contains_key(&**name) {
            let message = format!("the footnote `[^{name}]` is written twice, and only the first one is shown");
            findings.push(Finding::new(RULE, place, message, "name one of them otherwise"));
        } else {
            defined.insert(name, place);
        }
    }
    let mentions = page.events.iter().filter_map(|(event, range)| match event {
        Event::FootnoteReference(name) => Some((&**name, range.clone())),
        _ => None,
    });
    let mentions: Vec<(&str, Range<usize>)> = mentions.collect();
    for (name, range) in &mentions {
        if !defined.contains_key(name) {
            let other = defined.keys().find(|other| other.to_lowercase() == name.to_lowercase());
            let help = match other {
                Some(other) => format!("write `[^{other}]`, as the footnote itself is written"),
                None => format!("write the footnote: `[^{name}]: …` on a line of its own"),
            };
            let message = format!("there is no footnote `[^{name}]`, so its text would not be shown");
            findings.push(Finding::new(RULE, range.clone(), message, help));
        }
    }
    // A footnote that only its own text refers to leads nobody to it.
    let is_own = |name: &str, at: usize| wholes.iter().any(|(own, whole)| *own == name && whole.contains(&at));
    let is_mentioned = |name: &str| {
        let mut mentions = mentions.iter();
        mentions.any(|(other, range)| other.to_lowercase() == name.to_lowercase() && !is_own(name, range.start))
    };
    let unused = defined.iter().filter(|(name, _)| !is_mentioned(name)).map(|(name, range)| {
        let message = format!("nothing refers to the footnote `[^{name}]`, so its text is not shown");
        Finding::new(RULE, range.clone(), message, format!("write `[^{name}]` where it belongs, or remove it"))
    });
    findings.extend(unused);
    findings.extend(page.literal().iter().flat_map(|piece| with_blanks(page, piece)));
    findings
}

/// `[^ 1]`, which is text.
fn with_blanks(page: &Page<'_>, piece: &Range<usize>) -> Vec<Finding> {
    let text = &page.text[piece.clone()];
    let marks = text.match_indices("[^").chain(text.match_indices("[ ^"));
    let found = marks.filter_map(|(at, mark)| {
        let inside = &text[at + mark.len()..];
        let name = inside[..inside.find(']')?].trim();
        let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
        let place = piece.start + at..piece.start + at + mark.len() + inside.find(']')? + 1;
        let written = &page.text[place.clone()];
        (is_name && written.contains(' ')).then(|| {
            let message = format!("`{written}` is no footnote: a blank stands in its mark");
            Finding::new(RULE, place.clone(), message, format!("write `[^{name}]`"))
        })
    });
    found.collect()
}
