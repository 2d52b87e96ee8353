//! What checks each formula, in its own words: the claims of the paragraph that names the formula, or the assertions of the cell beside
//! the mark.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::page::{Lecture, Part, What};

impl Lecture {
    /// Code by the labels of the formulas that it checks, in the order of the page whose text this is.
    pub fn proofs(&self, text: &str) -> BTreeMap<String, Vec<String>> {
        let mut proofs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, part) in self.parts.iter().enumerate() {
            let What::Comment { name, value } = &part.what else { continue };
            if name != "checks" {
                continue;
            }
            let found = self.checks_of(at, text);
            for label in value.split(',').map(str::trim) {
                let known = proofs.entry(label.to_owned()).or_default();
                known.extend(found.iter().filter(|code| !known.contains(code)).cloned().collect::<Vec<_>>());
            }
        }
        proofs
    }

    fn checks_of(&self, at: usize, text: &str) -> Vec<String> {
        let here = &self.parts[at].range;
        let paragraph = self.parts[..at].iter().rev().find(|part| {
            matches!(part.what, What::Paragraph { .. }) && part.range.start <= here.start && here.end <= part.range.end
        });
        let is_near = |claim: &Range<usize>| match paragraph {
            Some(paragraph) => paragraph.range.start <= claim.start && claim.end <= paragraph.range.end,
            None => claim.start.abs_diff(here.end) <= 2 || claim.end.abs_diff(here.start) <= 2,
        };
        let claims = self.parts.iter().filter(|part| part.what == What::Claim && is_near(&part.range));
        let claims: Vec<String> = claims.map(|claim| claimed(&text[claim.range.clone()])).collect();
        if !claims.is_empty() {
            return claims;
        }
        let is_between = |part: &&Part| !matches!(part.what, What::Comment { .. } | What::Words(0));
        let (next, previous) =
            (self.parts[at + 1..].iter().find(is_between), self.parts[..at].iter().rev().find(is_between));
        let cell = [next, previous]
            .into_iter()
            .flatten()
            .find(|part| matches!(part.what, What::Cell { asserts, .. } if asserts > 0));
        cell.map(|cell| asserted(&text[cell.range.clone()])).unwrap_or_default()
    }
}

/// The expression of `<!-- claim: x > 0 -->`.
fn claimed(comment: &str) -> String {
    let inside = comment.trim_start_matches("<!--").trim_end_matches("-->").trim();
    inside.strip_prefix("claim:").unwrap_or(inside).trim().to_owned()
}

/// The assertions of a cell, each whole.
fn asserted(cell: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = cell;
    while let Some(at) = rest.find("assert!(").into_iter().chain(rest.find("assert_eq!(")).min() {
        let code = &rest[at..];
        let end = closed(code).unwrap_or(code.len());
        found.push(code[..end].to_owned());
        rest = &code[end..];
    }
    found
}

/// Where the first bracket of some code is closed. Brackets in strings are rare and stand in pairs.
fn closed(code: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '(' => open += 1,
            ')' => {
                open -= 1;
                if open == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_has_the_code_that_checks_it() {
        let text = "# А\n\n$$\nx = 1 \\label{eq-x}\n$$\n\nДа. <!-- claim: (x - 1.0).abs() < 1e-9 --> Ещё. <!-- claim: x > 0.0 --> <!-- checks: eq-x -->\n\n\
                    $$\ny = 2 \\label{eq-y}\n$$\n\n<!-- checks: eq-y, eq-x -->\n```rust cell\nlet y = two();\nassert!((y - 2.0).abs() < 1e-6, \"нет\");\n# assert_eq!(y, (2.0));\n```\n";
        let proofs = Lecture::read("а.md", text).proofs(text);
        assert_eq!(proofs["eq-y"], ["assert!((y - 2.0).abs() < 1e-6, \"нет\")", "assert_eq!(y, (2.0))"]);
        assert_eq!(proofs["eq-x"][..2], ["(x - 1.0).abs() < 1e-9", "x > 0.0"]);
        assert_eq!(proofs["eq-x"].len(), 4);
    }
}
