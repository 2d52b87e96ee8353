//! Columns without a head: who hears a table hears the head before every cell.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
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
