//! Markdown that mdBook reads otherwise than its author meant: a year that becomes the number of a list, stars that stay stars, braces
//! of a heading that vanish, a footnote that nobody is led to.
//!
//! A page is parsed once, with mdBook's own parser; each rule is a function of what the parser saw. A rule tells only what a reader
//! would see wrong, so every finding is an error, and says what to write instead. What can be mended without a change of meaning
//! comes with its [`Finding::fix`].

mod page;
mod rules;

pub use ::page::Finding;

use crate::page::Page;

/// What a page says otherwise than it was meant, in its order.
pub fn lint(text: &str) -> Vec<Finding> {
    let page = Page::of(text);
    let mut findings: Vec<Finding> = rules::ALL.iter().flat_map(|rule| rule(&page)).collect();
    findings.sort_by(|a, b| (a.range.start, a.range.end, a.rule).cmp(&(b.range.start, b.range.end, b.rule)));
    findings
}
