//! Columns without a head: who hears a table hears the head before every cell. Cells that no column takes, and tables without the line
//! of dashes, which are none.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings = heads(page);
    let (mut columns, mut table) = (0, 0..0);
    for (event, range) in &page.events {
        match event {
            Event::Start(Tag::Table(alignments)) => (columns, table) = (alignments.len(), range.clone()),
            Event::Start(Tag::TableRow) => findings.extend(surplus(page, range, columns)),
            Event::Start(Tag::Paragraph) => {
                findings.extend(parted(page, range, &table).or_else(|| without_dashes(page, range)));
            }
            _ => {}
        }
    }
    findings
        .extend(page.blocks().iter().filter_map(|block| inside_of_text(page, block.first()?.start..block.last()?.end)));
    findings
}

/// Cells of a row that the table has no columns for, so that nobody sees them.
fn surplus(page: &Page<'_>, row: &Range<usize>, columns: usize) -> Option<Finding> {
    let bars = bars(page, row);
    let begins = bars.first().is_some_and(|bar| page.text[row.start..*bar].trim().is_empty());
    // The bar behind the last cell that has a column.
    let end = *bars.get(if begins { columns } else { columns.checked_sub(1)? })?;
    let lost = page.text[end + 1..row.end].trim_end().trim_end_matches('|').trim_end();
    let words = lost.trim_start();
    if words.is_empty() {
        return None;
    }
    let begin = end + 1 + (lost.len() - words.len());
    let place = begin..begin + words.len();
    let message = "nobody sees what stands in this row behind the last column of the head".to_owned();
    let help = "give the head and the line of dashes another column, or write `\\|` for a bar that parts nothing";
    Some(Finding::new("table-row", place, message, help))
}

/// The bars of a line that are not escaped.
fn bars(page: &Page<'_>, line: &Range<usize>) -> Vec<usize> {
    let bars = page.text[line.clone()].match_indices('|').map(|(at, _)| line.start + at);
    bars.filter(|at| !page.is_escaped(*at)).collect()
}

/// A row that a blank line parts from the table above.
fn parted(page: &Page<'_>, paragraph: &Range<usize>, table: &Range<usize>) -> Option<Finding> {
    let gap = page.text.get(table.end..paragraph.start).filter(|_| !table.is_empty())?;
    let first = page.text[paragraph.clone()].lines().next().filter(|line| is_row(line))?;
    gap.trim_matches(['>', ' ', '\r', '\n']).is_empty().then(|| {
        let message = "a blank line parts this row from its table".to_owned();
        let help = "remove the blank line; another table begins with a head and a line of dashes";
        Finding::new("table", paragraph.start..paragraph.start + first.len(), message, help)
    })
}

/// `| а | б |`.
fn is_row(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['>', ' ']);
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// Lines between bars that the line of dashes does not make a table of.
fn without_dashes(page: &Page<'_>, paragraph: &Range<usize>) -> Option<Finding> {
    let text = page.text[paragraph.clone()].trim_end();
    let mut lines = text.lines();
    let first = lines.next().filter(|line| is_row(line))?;
    let second = lines.next().filter(|line| is_row(line))?;
    let columns = bars(page, &(paragraph.start..paragraph.start + first.len())).len().saturating_sub(1);
    let help = format!("write `|{}` as the second line", "---|".repeat(columns.max(1)));
    let message = match is_dashes(second) {
        true => {
            let dashes = second.matches('|').count().saturating_sub(1);
            format!("this is no table: columns of its head: {columns}, of the line of dashes: {dashes}")
        }
        false => "this is no table: the line of dashes below the head is missing".to_owned(),
    };
    Some(Finding::new("table", paragraph.start..paragraph.start + first.len(), message, help))
}

/// The line of dashes of a table in the middle of a text, of which nothing makes a table.
fn inside_of_text(page: &Page<'_>, block: Range<usize>) -> Option<Finding> {
    let mut start = block.start;
    // What begins as a table was told at its head.
    if page.text[block.clone()].lines().next().is_some_and(is_row) {
        return None;
    }
    for line in page.text[block.clone()].split_inclusive('\n') {
        if is_dashes(line) && start > block.start {
            let message = "this is no table: its head is a line of the text above".to_owned();
            let help = "leave a blank line before the head, and begin its lines where the text around it begins";
            return Some(Finding::new("table", start..start + line.trim_end().len(), message, help));
        }
        start += line.len();
    }
    None
}

/// `|---|:-:|`.
fn is_dashes(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['>', ' ']);
    line.contains("--") && line.contains('|') && line.chars().all(|letter| "|-: ".contains(letter))
}

fn heads(page: &Page<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut is_head = false;
    let mut cell = None;
    for (event, range) in &page.events {
        match event {
            Event::Start(Tag::TableHead) => is_head = true,
            Event::End(TagEnd::TableHead) => is_head = false,
            Event::Start(Tag::TableCell) if is_head => cell = Some(range.clone()),
            Event::End(TagEnd::TableCell) => findings.extend(cell.take().map(|place| {
                let message =
                    "this column has no head: who hears the table does not know what its cells are".to_owned();
                Finding::new("table-head", place, message, "write in a word or two what stands in the column")
            })),
            // A comment is read to nobody.
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::Start(_) | Event::End(_) => {}
            _ => cell = None,
        }
    }
    findings
}
