//! The code of a page that its mutants are made of, and what else decides which they are.

use page::{Page, comment};
use store::Key;

/// Comments of which mutants depend: which formula a check vouches for, which change is excused.
const MARKS: [&str; 2] = ["checks", "equivalent"];

/// The hash of cells, values, claims and marks in their order, wherever on the page they stand.
pub(crate) fn hash(page: &Page) -> String {
    let mut parts: Vec<(usize, &str, String)> = Vec::new();
    for cell in &page.cells {
        parts.push((cell.fence.start, "words", page.text[cell.info.clone()].to_owned()));
        parts.push((cell.fence.start, "cell", cell.code(&page.text)));
    }
    parts.extend(page.inlines.iter().map(|value| (value.range.start, "value", value.code.clone())));
    parts.extend(page.claims.iter().map(|claim| (claim.range.start, "claim", claim.code.clone())));
    for name in MARKS {
        let marks = comment::called(&page.outline, &page.text, name);
        parts.extend(marks.map(|(whole, value)| (whole.start, name, page.text[value].to_owned())));
    }
    parts.sort_by_key(|(at, ..)| *at);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(_, name, text)| (*name, text.as_bytes())).collect();
    Key::of(&parts).to_string()[..16].to_owned()
}
