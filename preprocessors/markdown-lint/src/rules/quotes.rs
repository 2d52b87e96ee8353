//! A line that was broken before `>` and begins a quotation: «точность / > 90 %».

use std::ops::Range;

use diagnostic::nearest;
use pulldown_cmark::{Event, Tag};

use crate::page::Page;
use ::page::Finding;

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let begins = page.events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::BlockQuote(_))));
    let told = begins.flat_map(|(_, range)| [interrupts(page, range.start), unknown_kind(page, range.clone())]);
    told.flatten().collect()
}

fn interrupts(page: &Page<'_>, start: usize) -> Option<Finding> {
    if !page.is_behind_a_sentence(start) {
        return None;
    }
    let message = "`>` at the beginning of this line makes it a quotation".to_owned();
    let help = "break the line elsewhere, or write `\\>`; before a quotation leave a blank line";
    Some(Finding::new("quote", start..start + 1, message, help))
}

/// `> [!ВАЖНО]`: Markdown knows five such words, and leaves the others on the page.
fn unknown_kind(page: &Page<'_>, quote: Range<usize>) -> Option<Finding> {
    const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let first = page.text[quote.clone()].lines().next()?;
    let inside = first.trim_start_matches(['>', ' ']);
    let word = inside.strip_prefix("[!")?.split(']').next()?;
    if KINDS.contains(&word.to_ascii_uppercase().as_str()) && inside.trim_end().len() == word.len() + "[!]".len() {
        return None;
    }
    let start = quote.start + (first.len() - inside.len());
    let message = format!("`[!{word}]` stays on the page: it is no kind of a quotation that Markdown knows");
    let help = match nearest(&word.to_ascii_uppercase(), KINDS) {
        Some(kind) => format!("write `[!{kind}]` on a line of its own"),
        None => "write a word in bold, or one of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`, `[!CAUTION]` on a line of its own".to_owned(),
    };
    Some(Finding::new("quote", start..start + word.len() + "[!]".len(), message, help))
}
