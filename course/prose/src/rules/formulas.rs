//! Formulas are never changed; what Russian books write otherwise is told.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::text::Text;
use page::Finding;

pub(crate) fn check(text: &Text<'_>) -> Vec<Finding> {
    static WRONG: LazyLock<[(Regex, &str); 8]> = LazyLock::new(|| {
        [
            (pattern(r"\\(?:leq?)(?:[^A-Za-z]|$)"), r"\leqslant"),
            (pattern(r"\\(?:geq?)(?:[^A-Za-z]|$)"), r"\geqslant"),
            (pattern(r"\\epsilon(?:[^A-Za-z]|$)"), r"\varepsilon"),
            (pattern(r"\\phi(?:[^A-Za-z]|$)"), r"\varphi"),
            (pattern(r"(?:_\{[^{}]*\}|_.)?\^T(?:[^A-Za-z]|$)"), r"^\top"),
            (pattern(r"[0-9]\.[0-9]"), "{,} in place of the decimal point"),
            (pattern(r"[0-9] [0-9]{3}(?:[^0-9]|$)"), r"\, between the groups of digits: TeX drops the space"),
            (pattern(r"[0-9],[0-9]"), "{,}: a comma alone is followed by a space; lists have semicolons"),
        ]
    });
    let mut findings = Vec::new();
    for formula in &text.formulas {
        let tex = without_values(&text.source[formula.clone()]);
        for (wrong, better) in WRONG.iter() {
            // Behind an index it is an upper limit.
            for found in wrong.find_iter(&tex).filter(|found| !found.as_str().starts_with('_')) {
                let place = formula.start + found.start()..formula.start + found.end();
                let message = format!("`{}` in a formula", found.as_str());
                findings.push(Finding::new("formula", place, message, format!("write {better}")));
            }
        }
    }
    findings
}

/// The TeX with the Rust of its values and the names of its labels blanked out.
fn without_values(tex: &str) -> String {
    let mut blank = tex.to_owned();
    for begin in [r"\val{", r"\label{", r"\text{", r"\tag{"] {
        let mut at = 0;
        while let Some(open) = blank[at..].find(begin).map(|open| at + open + begin.len()) {
            let mut depth = 1;
            let end = blank[open..].char_indices().find(|(_, letter)| {
                depth += match letter {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                depth == 0
            });
            let end = end.map_or(blank.len(), |(length, _)| open + length);
            let spaces = " ".repeat(end - open);
            blank.replace_range(open..end, &spaces);
            at = end;
        }
    }
    blank
}
