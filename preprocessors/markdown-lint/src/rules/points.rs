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
    let lines: Vec<&str> =
        page.text[paragraph.clone()].lines().map(|line| line.trim_start_matches(['>', ' '])).collect();
    let place = |line: &str, mark: &str| {
        let start = line.as_ptr() as usize - page.text.as_ptr() as usize;
        Some(start..start + mark.len()).filter(|place| is_text(place.start))
    };
    let begins = |(at, line): (usize, &&str)| {
        let mark = mark(line)?;
        let is_sure = at == 0
            && mark.starts_with(|letter: char| letter.is_ascii_digit())
            && line[mark.len()..].starts_with(char::is_uppercase);
        let goes_on = lines.get(at + 1).is_some_and(|next| self::mark(next).is_some());
        (is_sure || goes_on).then_some(())?;
        let message = "this is no point of a list: a blank is missing behind its mark".to_owned();
        let help = format!("write `{mark} …`, or `\\{mark}` if no list is meant");
        Some(Finding::new(RULE, place(line, mark)?, message, help))
    };
    let other = |pair: &[&str]| {
        let mark = other_mark(pair[0]).filter(|_| other_mark(pair[1]).is_some())?;
        let message = format!("`{mark}` makes no list: a reader sees these lines as one paragraph");
        let help = "begin each of them with `- `, or `1. `; a blank line between makes them paragraphs";
        Some(Finding::new(RULE, place(pair[0], mark)?, message, help))
    };
    lines.iter().enumerate().find_map(begins).or_else(|| lines.windows(2).find_map(other))
}

/// What begins a point elsewhere: `•`, a dash, `а)`.
fn other_mark(line: &str) -> Option<&str> {
    let mark = line.chars().next()?;
    let length = mark.len_utf8();
    let behind = &line[length..];
    if "•◦▪‣●○–—".contains(mark) {
        return behind.starts_with([' ', '\u{a0}', '\t']).then(|| &line[..length]);
    }
    let is_letter =
        mark.is_alphabetic() && behind.strip_prefix(')').is_some_and(|rest| rest.starts_with([' ', '\u{a0}']));
    is_letter.then(|| &line[..=length])
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
