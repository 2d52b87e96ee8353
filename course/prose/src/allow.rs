//! What a page allows itself, and exceptions that allow nothing.

use page::Finding;
use page::allow::Exceptions;

use crate::rules::RULES;
use crate::text::Text;

/// The findings that no exception covers, and what is wrong with the exceptions. A rule that was not run, `silent`, leaves its
/// exceptions alone.
pub fn apply(text: &Text<'_>, findings: Vec<Finding>, silent: &[&str]) -> Vec<Finding> {
    let mut exceptions = Exceptions::of(text.source, &text.outline);
    let mut left = findings;
    left.retain(|finding| !exceptions.allow(finding.rule, &finding.range));
    // What is no rule of prose others look after.
    let is_ours = |rule: &str| RULES.iter().any(|(ours, _)| *ours == rule) && !silent.contains(&rule);
    let idle = exceptions.iter().filter(|exception| !exception.is_used && is_ours(&exception.rule));
    left.extend(idle.map(|exception| {
        let message = format!("nothing here is against the rule `{}`", exception.rule);
        Finding::new("allow", exception.place.clone(), message, "remove the exception")
    }));
    left.sort_by_key(|finding| (finding.range.start, finding.range.end));
    left
}
