//! Formulas that a check is named for, and labels that nobody needs.

use std::collections::BTreeSet;

use diagnostic::{Diagnostic, Place};

use crate::page::{Lecture, Part, What};

impl Lecture {
    /// The labels of formulas that checks are named for, and what is wrong with the marks.
    pub fn checked(&self) -> (BTreeSet<String>, Vec<Diagnostic>) {
        let labels: BTreeSet<&String> = self
            .parts
            .iter()
            .flat_map(|part| match &part.what {
                What::Formula { labels, .. } => labels.as_slice(),
                _ => &[],
            })
            .collect();
        let mut checked = BTreeSet::new();
        let mut mistakes = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let What::Comment { name, value } = &part.what else { continue };
            if name != "checks" {
                continue;
            }
            let place = Place::new(&self.path, part.range.clone());
            if !self.is_beside_a_check(at) {
                let message = "nothing beside this mark checks a formula".to_owned();
                let help =
                    "put it into the paragraph of the claim, or on the line before the cell that has the `assert!`";
                mistakes.push(Diagnostic::error("checks", message, place.clone()).help(help));
            }
            for label in value.split(',').map(str::trim) {
                if labels.contains(&label.to_owned()) {
                    checked.insert(label.to_owned());
                } else {
                    let message = format!("no formula of this page has the label `{label}`");
                    mistakes.push(
                        Diagnostic::error("checks", message, place.clone())
                            .help(format!("label it: `\\label{{{label}}}`")),
                    );
                }
            }
        }
        (checked, mistakes)
    }

    /// Labels that neither a link, `linked`, nor a check asks for.
    pub fn unused_labels(&self, linked: &BTreeSet<String>) -> Vec<Diagnostic> {
        let (checked, _) = self.checked();
        let formulas = self.parts.iter().filter_map(|part| match &part.what {
            What::Formula { labels, .. } => Some((&part.range, labels)),
            _ => None,
        });
        let labels = formulas.flat_map(|(range, labels)| labels.iter().map(move |label| (range, label)));
        labels
            .filter(|(_, label)| !linked.contains(*label) && !checked.contains(*label))
            .map(|(range, label)| {
                let message = format!("nothing refers to the formula `{label}`");
                Diagnostic::warning("unused-label", message, Place::new(&self.path, range.clone()))
                    .help("link it, or name it where it is checked, or take its number away: a number that nobody needs distracts")
            })
            .collect()
    }

    /// A claim in the same paragraph or line, a cell with an assertion next to the mark.
    fn is_beside_a_check(&self, at: usize) -> bool {
        let here = &self.parts[at].range;
        let paragraph = self.parts[..at].iter().rev().find(|part| {
            matches!(part.what, What::Paragraph { .. }) && part.range.start <= here.start && here.end <= part.range.end
        });
        let claims = self.parts.iter().filter(|part| part.what == What::Claim).any(|claim| match paragraph {
            Some(paragraph) => paragraph.range.start <= claim.range.start && claim.range.end <= paragraph.range.end,
            None => claim.range.start.abs_diff(here.end) <= 2 || claim.range.end.abs_diff(here.start) <= 2,
        });
        let is_assertion = |part: &Part| matches!(part.what, What::Cell { asserts, .. } if asserts > 0);
        let is_between = |part: &&Part| !matches!(part.what, What::Comment { .. } | What::Words(0));
        let next = self.parts[at + 1..].iter().find(is_between);
        let previous = self.parts[..at].iter().rev().find(is_between);
        claims || next.is_some_and(is_assertion) || previous.is_some_and(is_assertion)
    }
}
