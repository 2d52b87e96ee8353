//! Texts put between the bytes of a page, and marks replaced.

use std::ops::Range;

/// A range of a page and what takes its place; an empty range only inserts.
pub type Edit = (Range<usize>, String);

/// The page with its edits, which do not overlap; those at one place stay in their order.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut page = String::with_capacity(text.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut copied = 0;
    for (range, new) in edits {
        page.push_str(&text[copied..range.start]);
        page.push_str(&new);
        copied = range.end;
    }
    page.push_str(&text[copied..]);
    page
}
