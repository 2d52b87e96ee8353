//! Sentences that become points of a list: «1960. Тьюринг …», «- 5 …», and lists whose numbers a reader sees otherwise.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::page::Page;
use ::page::Finding;

const RULE: &str = "list";
/// From here on a number is a year, or a count of something.
const NO_POINT: u64 = 100;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut open: Vec<List> = Vec::new();
    let mut last = None;
    let mut findings = Vec::new();
    for (event, range) in &page.events {
        match event {
            Event::Start(Tag::List(start)) => {
                open.push(List { range: range.clone(), start: *start, points: Vec::new(), depth: open.len() });
            }
            Event::Start(Tag::Item) => {
                if let Some(list) = open.last_mut() {
                    list.points.push(range.start);
                }
            }
            Event::End(TagEnd::List(_)) => {
                let Some(list) = open.pop() else { continue };
                findings.extend(list.check(page, last));
                last = list.last_number();
            }
            Event::Start(Tag::Heading { .. }) => last = None,
            Event::Start(Tag::DefinitionList) => findings.extend(definitions(page, range)),
            _ => {}
        }
    }
    findings
}

struct List {
    range: Range<usize>,
    start: Option<u64>,
    points: Vec<usize>,
    depth: usize,
}

impl List {
    /// The number that a reader sees at the last point.
    fn last_number(&self) -> Option<u64> {
        Some(self.start? + self.points.len() as u64 - 1)
    }

    fn check(&self, page: &Page<'_>, before: Option<u64>) -> Vec<Finding> {
        match self.start {
            Some(start) if start >= NO_POINT => vec![self.year(page, start)],
            Some(start) => {
                let goes_on = before.is_some_and(|before| before + 1 == start);
                if self.points.len() == 1 && start > 1 && !goes_on {
                    return vec![self.year(page, start)];
                }
                self.renumbered(page, start).into_iter().chain(self.interrupts(page)).collect()
            }
            None => self.interrupts(page).into_iter().collect(),
        }
    }

    fn year(&self, page: &Page<'_>, number: u64) -> Finding {
        let (written, mark) = written(page, self.points[0]).unwrap_or((number, '.'));
        let place = self.range.start..self.range.start + digits(page, self.range.start) + mark.len_utf8();
        let message = format!("this paragraph is read as point {number} of a list");
        Finding::new(RULE, place, message, format!("write `{written}\\{mark}`, or begin with a word"))
    }

    /// `3.`, `7.`: whatever the author writes, a reader sees 3 and 4.
    fn renumbered(&self, page: &Page<'_>, start: u64) -> Option<Finding> {
        let numbers: Vec<(u64, char)> = self.points.iter().filter_map(|at| written(page, *at)).collect();
        // «1. 1. 1.» is how a list is written whose numbers nobody wants to keep.
        if numbers.iter().all(|(number, _)| *number == start) {
            return None;
        }
        let at = numbers.iter().enumerate().position(|(at, (number, _))| *number != start + at as u64)?;
        let (number, mark) = numbers[at];
        let place = self.points[at]..self.points[at] + digits(page, self.points[at]) + mark.len_utf8();
        let message = format!("a reader sees {}{mark} here: a list counts by itself", start + at as u64);
        Some(Finding::new(
            RULE,
            place,
            message,
            format!("write {}{mark}, or `{number}\\{mark}` in a paragraph of its own", start + at as u64),
        ))
    }

    /// One point, in the middle of a paragraph: a line that was broken before a mark.
    fn interrupts(&self, page: &Page<'_>) -> Option<Finding> {
        if self.points.len() != 1 || self.depth > 0 || !page.is_behind_a_sentence(self.range.start) {
            return None;
        }
        let mark = page.text[self.range.start..].split_whitespace().next()?;
        let place = self.range.start..self.range.start + mark.len();
        let message = format!("`{mark}` at the beginning of this line makes it a list");
        Some(Finding::new(RULE, place, message, "break the line elsewhere; before a list leave a blank line"))
    }
}

fn digits(page: &Page<'_>, at: usize) -> usize {
    page.text[at..].bytes().take_while(u8::is_ascii_digit).count()
}

/// The number that an author wrote at a point, and the mark behind it.
fn written(page: &Page<'_>, at: usize) -> Option<(u64, char)> {
    let length = digits(page, at);
    Some((page.text[at..at + length].parse().ok()?, page.text[at + length..].chars().next()?))
}

/// A wrapped line that begins with a colon. A list of definitions that is meant has more than one term, each on a line of its own.
fn definitions(page: &Page<'_>, list: &Range<usize>) -> Option<Finding> {
    let inside = page.events.iter().filter(|(_, range)| list.start <= range.start && range.end <= list.end);
    let titles: Vec<&Range<usize>> = inside
        .filter(|(event, _)| matches!(event, Event::Start(Tag::DefinitionListTitle)))
        .map(|(_, range)| range)
        .collect();
    let is_meant =
        titles.len() > 1 && titles.iter().all(|title| !page.text[(*title).clone()].trim_end().contains('\n'));
    if is_meant {
        return None;
    }
    let text = &page.text[list.clone()];
    let colon = list.start + text.find("\n:").map_or(0, |at| at + 1);
    let message = "a line that begins with `:` makes a term of the line above".to_owned();
    let help = "join the lines, or write `\\:`; a list of definitions has more than one term";
    Some(Finding::new("definition", colon..colon + 1, message, help))
}
