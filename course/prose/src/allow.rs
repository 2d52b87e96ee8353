//! Deliberate exceptions: `<!-- allow: decimal-comma -->` in a paragraph, or on a line of its own before it; before a table, for all its
//! cells.

use std::ops::Range;

use crate::rules::RULES;
use crate::text::Text;
use page::Finding;

const ALLOW: &str = "allow:";

/// An exception: what it is for, where it holds.
struct Exception<'a> {
    rule: &'a str,
    place: Range<usize>,
    holds: Option<Range<usize>>,
    used: bool,
}

/// The findings that no exception covers, and what is wrong with the exceptions. A rule that was not run, `silent`, leaves its
/// exceptions alone.
pub fn apply(text: &Text<'_>, findings: Vec<Finding>, silent: &[&str]) -> Vec<Finding> {
    let mut exceptions = exceptions(text);
    let mut left: Vec<Finding> = Vec::new();
    for finding in findings {
        let covers = |exception: &&mut Exception<'_>| {
            exception.rule == finding.rule
                && exception
                    .holds
                    .as_ref()
                    .is_some_and(|holds| holds.start <= finding.range.start && finding.range.end <= holds.end)
        };
        match exceptions.iter_mut().find(covers) {
            Some(exception) => exception.used = true,
            None => left.push(finding),
        }
    }
    // What is no rule of prose others look after.
    let is_ours = |exception: &&Exception<'_>| RULES.iter().any(|(rule, _)| *rule == exception.rule);
    let is_idle = |exception: &&Exception<'_>| !exception.used && !silent.contains(&exception.rule);
    left.extend(exceptions.iter().filter(is_ours).filter(is_idle).map(|exception| {
        let message = format!("nothing here is against the rule `{}`", exception.rule);
        Finding::new("allow", exception.place.clone(), message, "remove the exception")
    }));
    left.sort_by_key(|finding| (finding.range.start, finding.range.end));
    left
}

fn exceptions<'a>(text: &'a Text<'_>) -> Vec<Exception<'a>> {
    let mut exceptions = Vec::new();
    for comment in &text.comments {
        let words = &text.source[comment.clone()];
        let Some(rules) = words.trim_start().strip_prefix(ALLOW) else { continue };
        let inside =
            text.blocks.iter().filter(|block| block.range.start <= comment.start && comment.end <= block.range.end);
        let innermost = inside.min_by_key(|block| block.range.len());
        let next = || text.blocks.iter().find(|block| block.range.start >= comment.end);
        let holds = innermost.or_else(next).map(|block| {
            let is_around = |table: &&Range<usize>| comment.end <= table.start && block.range.end <= table.end;
            let table = text.tables.iter().find(|table| is_around(table) && table.start <= block.range.start);
            table.unwrap_or(&block.range).clone()
        });
        let mut at = comment.end - rules.len();
        // A reason may follow the rules: `<!-- allow: decimal-comma — a version -->`.
        let names = rules.split('—').next().unwrap_or_default();
        for name in names.split(',') {
            let start = at + (name.len() - name.trim_start().len());
            exceptions.push(Exception {
                rule: name.trim(),
                place: start..start + name.trim().len(),
                holds: holds.clone(),
                used: false,
            });
            at += name.len() + 1;
        }
    }
    exceptions
}
