//! Points of a list without a blank behind their marks, `1.Первый` and `-первый`, and tasks that are none: a reader sees one paragraph.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use ::page::Finding;

use crate::page::Page;

const RULE: &str = "list";
/// What is written for a task, and is none.
const NO_TASKS: [&str; 8] = ["[]", "[х]", "[Х]", "[v]", "[V]", "[+]", "[ x]", "[x ]"];

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let text: Vec<Range<usize>> = page.blocks().into_iter().flatten().collect();
    let is_text = |at: usize| text.iter().any(|piece| piece.contains(&at));
    let found = page.events.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Paragraph) => glued(page, range, &is_text),
        Event::Start(Tag::Item) => task(page, range, &is_text),
        _ => None,
    });
    found.collect()
}

fn glued(page: &Page<'_>, paragraph: &Range<usize>, is_text: &dyn Fn(usize) -> bool) -> Option<Finding> {
    let mut lines = page.text[paragraph.clone()].lines().map(|line| line.trim_start_matches(['>', ' ']));
    let first = lines.next()?;
    let mark = mark(first)?;
    let is_sure =
        mark.starts_with(|letter: char| letter.is_ascii_digit()) && first[mark.len()..].starts_with(char::is_uppercase);
    let goes_on = lines.next().is_some_and(|line| self::mark(line).is_some());
    if !(is_sure || goes_on) || !is_text(paragraph.start) {
        return None;
    }
    let message = "this is no point of a list: a blank is missing behind its mark".to_owned();
    let place = paragraph.start..paragraph.start + mark.len();
    Some(Finding::new(RULE, place, message, format!("write `{mark} …`, or `\\{mark}` if no list is meant")))
}

/// The mark that a letter touches: `-`, `*`, `+`, `1.`, `12)`.
fn mark(line: &str) -> Option<&str> {
    let number = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let marks: &[char] = if (1..=2).contains(&number) { &['.', ')'] } else { &['-', '*', '+'] };
    let behind = line.get(number..).filter(|_| number < 3)?.strip_prefix(marks)?;
    behind.starts_with(char::is_alphabetic).then(|| &line[..number + 1])
}

fn task(page: &Page<'_>, item: &Range<usize>, is_text: &dyn Fn(usize) -> bool) -> Option<Finding> {
    let point = &page.text[item.clone()];
    let words = point.trim_start_matches(|letter: char| letter.is_ascii_digit()).get(1..)?.trim_start();
    let at = item.end - words.len();
    let written = match words.strip_prefix("[ ]").or_else(|| words.strip_prefix("[x]")) {
        Some(rest) if rest.starts_with(char::is_alphabetic) => &words[.."[ ]".len()],
        Some(_) => return None,
        None => NO_TASKS.into_iter().find(|task| {
            words.strip_prefix(task).is_some_and(|rest| rest.starts_with([' ', '\u{a0}']) || *task == "[]")
        })?,
    };
    let is_link = words[written.len()..].starts_with(['(', '[', ':']);
    (!is_link && is_text(at)).then(|| {
        let message = format!("`{written}` stays as it is: a task begins with `[ ]` or `[x]`, Latin, and a blank");
        Finding::new(RULE, at..at + written.len(), message, "write `[ ] …` or `[x] …`, or `\\[` for the bracket itself")
    })
}
