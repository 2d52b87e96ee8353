//! Exceptions that an author makes of what is only warned of: `<!-- allow: unstable — why -->` in front of a cell, or in the paragraph of
//! a value.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::Page;
use page::comment::called;

/// The exceptions of a page from one rule.
pub(crate) struct Exceptions<'a> {
    page: &'a Page,
    rule: &'static str,
    found: Vec<Exception>,
}

/// Where its comment stands, and what it is for.
struct Exception {
    place: Range<usize>,
    holds: Vec<Range<usize>>,
    is_used: bool,
    has_reason: bool,
}

impl<'a> Exceptions<'a> {
    /// Those that name `rule`.
    pub(crate) fn of(page: &'a Page, rule: &'static str) -> Self {
        let mut found = Vec::new();
        for (comment, value) in called(&page.outline, &page.text, "allow") {
            let (names, reason) = page.text[value.clone()].split_once('—').unwrap_or((&page.text[value.clone()], ""));
            if names.split(',').all(|name| name.trim() != rule) {
                continue;
            }
            let around = page.paragraph(comment.start);
            let next = page.cells.iter().map(|cell| &cell.fence).find(|fence| fence.start >= comment.end).cloned();
            let holds = std::iter::once(around).chain(next).collect();
            found.push(Exception { place: value, holds, is_used: false, has_reason: !reason.trim().is_empty() });
        }
        Self { page, rule, found }
    }

    /// Whether what is found at a byte is allowed there.
    pub(crate) fn allow(&mut self, at: usize) -> bool {
        let exception = self.found.iter_mut().find(|exception| exception.holds.iter().any(|holds| holds.contains(&at)));
        exception.map(|exception| exception.is_used = true).is_some()
    }

    /// How one is written.
    pub(crate) fn help(rule: &str) -> String {
        format!("say why: `<!-- allow: {rule} — why -->` in its paragraph, or before its cell")
    }

    /// What is wrong with those that allow nothing or give no reason.
    pub(crate) fn mistakes(self) -> Vec<Diagnostic> {
        let Self { page, rule, found } = self;
        let mistake = |exception: Exception| {
            let (message, help) = match exception {
                Exception { is_used: false, .. } => {
                    (format!("nothing here is against the rule `{rule}`"), "remove the exception".to_owned())
                }
                Exception { has_reason: false, .. } => {
                    (format!("the exception from the rule `{rule}` gives no reason"), Self::help(rule))
                }
                Exception { .. } => return None,
            };
            Some(Diagnostic::error("allow", message, Place::new(&page.path, exception.place)).help(help))
        };
        found.into_iter().filter_map(mistake).collect()
    }
}
