//! What `check --fix` can mend, a line for each rule: forty spaces do not bury one mistake that only the author can mend.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Mend, Sources, line_column};

use crate::counts::counted;

/// The lines; `None` when there is nothing of the kind.
pub fn lines(diagnostics: &[Diagnostic], sources: &Sources, tool: &str) -> Option<String> {
    const SHOWN: usize = 3;
    let mut rules: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.mend == Mend::Tool) {
        let place = &diagnostic.place;
        let at = line_column(sources.get(&place.path), place.range.start);
        rules.entry(&diagnostic.code).or_default().push(format!("{}:{}:{}", place.path, at.line, at.column));
    }
    let all: usize = rules.values().map(Vec::len).sum();
    let width = rules.keys().map(|rule| rule.len()).max()?;
    let mut lines = vec![format!("`{tool} check --fix` mends {}, where no meaning can change:", counted(all, "place"))];
    for (rule, places) in rules {
        let shown = places[..places.len().min(SHOWN)].join(", ");
        let more = match places.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(format!("  {rule:width$}  {:>4}  {shown}{more}", places.len()));
    }
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use diagnostic::Place;

    use super::*;

    #[test]
    fn what_a_tool_mends_is_a_line_for_each_rule() {
        let mut sources = Sources::default();
        sources.insert("src/а.md", "это - тире - да\nещё - и - \"так\"\n");
        let found =
            |code: &str, at: usize| Diagnostic::error(code, "не так", Place::new("src/а.md", at..at)).mendable();
        let mut all: Vec<Diagnostic> = [7, 18, 34, 39].map(|at| found("dash", at)).to_vec();
        all.push(found("quotes", 42));
        all.push(Diagnostic::error("unknown-point", "нет такого пункта", Place::new("src/а.md", 0..0)));
        insta::assert_snapshot!(lines(&all, &sources, "book").unwrap());
        assert_eq!(lines(&all[5..], &sources, "book"), None);
    }
}
