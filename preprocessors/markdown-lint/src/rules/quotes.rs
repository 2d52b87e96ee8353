//! A line that was broken before `>` and begins a quotation: «точность / > 90 %».

use pulldown_cmark::{Event, Tag};

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let begins = page.events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))));
    begins.filter_map(|(_, range)| interrupts(page, range.start)).collect()
}

fn interrupts(page: &Page<'_>, start: usize) -> Option<Finding> {
    if !page.is_behind_a_sentence(start) {
        return None;
    }
    let message = "`>` at the beginning of this line makes it a quotation".to_owned();
    let help = "break the line elsewhere, or write `\\>`; before a quotation leave a blank line";
    Some(Finding::new("quote", start..start + 1, message, help))
}
