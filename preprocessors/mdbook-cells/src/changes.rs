//! Which cells, values and claims of a page are others than in an earlier run, in words.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use page::Page;

/// How many are named; the rest is counted.
const NAMED: usize = 5;

/// What has changed; `now` and `before` are the codes of a page's cells, values and claims in their order, or hashes of them.
pub fn changes(page: &Page, now: &[&str], before: &[&str]) -> Vec<String> {
    let names = names(page);
    let name = |index: usize| names.get(index).cloned().unwrap_or_else(|| "something".to_owned());
    let mut changes = Vec::new();
    let mut gone = 0;
    for op in capture_diff_slices(Algorithm::Myers, before, now) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_len, .. } => gone += old_len,
            DiffOp::Insert { new_index, new_len, .. } => {
                changes.extend((new_index..new_index + new_len).map(|index| format!("{} is new", name(index))));
            }
            DiffOp::Replace { old_len, new_index, new_len, .. } => {
                let both = old_len.min(new_len);
                changes.extend((0..both).map(|index| format!("{} changed", name(new_index + index))));
                changes.extend((both..new_len).map(|index| format!("{} is new", name(new_index + index))));
                gone += old_len - both;
            }
        }
    }
    if changes.len() > NAMED {
        let more = changes.len() - NAMED;
        changes.truncate(NAMED);
        changes.push(format!("so did {more} more of its cells, values and claims"));
    }
    match gone {
        0 => {}
        1 => changes.push("a cell, a value or a claim is gone".to_owned()),
        gone => changes.push(format!("{gone} cells, values or claims are gone")),
    }
    changes
}

/// The cells, values and claims of a page, in the order in which its program has them.
fn names(page: &Page) -> Vec<String> {
    let line = |at: usize| page.line_starts.line(at);
    let mut names: Vec<(usize, String)> = Vec::new();
    for cell in &page.cells {
        let label = cell.options.label.as_ref().map(|(label, _)| format!(" `#{label}`")).unwrap_or_default();
        names.push((cell.fence.start, format!("the cell{label} in line {}", line(cell.fence.start))));
    }
    for inline in &page.inlines {
        let start = inline.range.start;
        names.push((
            page.computed_at(start),
            format!("the value `{}` in line {}", short(&page.text[inline.expression.clone()]), line(start)),
        ));
    }
    for claim in &page.claims {
        let start = claim.range.start;
        let expression = short(&page.text[claim.expression.clone()]);
        names.push((page.computed_at(start), format!("the claim `{expression}` in line {}", line(start))));
    }
    names.sort_by_key(|(at, _)| *at);
    names.into_iter().map(|(_, name)| name).collect()
}

fn short(expression: &str) -> String {
    const WIDTH: usize = 40;
    let words = expression.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::draft::Draft;

    const PAGE: &str = "# Шаг\n\n```rust cell #lst-шаг\nlet x = 1;\n```\n\nЗдесь `=x` и `=x + 1`. <!-- claim: x > 0 -->\n\n```rust cell\nx\n```\n";

    /// What has changed between two texts of a page.
    fn told(before: &str, now: &str) -> String {
        let read = |text: &str| Draft::read(std::iter::once(("src/а.md".to_owned(), text)), &Config::default(), &[]);
        let (before, now) = (read(before), read(now));
        let code = |draft: &Draft| draft.sessions[0].as_ref().map(|session| session.code.clone()).unwrap_or_default();
        let (old, new) = (code(&before), code(&now));
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        changes(&now.pages[0], &new, &old).join("\n")
    }

    #[test]
    fn what_changed_is_named_with_its_line() {
        let edits = [
            ("let x = 1;", "let x = 2;"),
            ("x + 1", "x + 2"),
            ("x > 0", "x > -1 && x < 1_000_000_000_000 && x != 7"),
            ("\n\n```rust cell\nx\n```\n", "\n"),
            ("# Шаг\n", "# Шаг\n\n```rust cell\n0\n```\n"),
            ("# Шаг\n", "# Шаг\n\nПравка текста.\n"),
        ];
        let told: Vec<String> =
            edits.iter().map(|(from, to)| format!("{to:?}:\n{}", told(PAGE, &PAGE.replace(from, to)))).collect();
        insta::assert_snapshot!(told.join("\n\n"));
    }

    #[test]
    fn many_changes_are_counted() {
        let page = |x: usize| (0..9).map(|cell| format!("```rust cell\n{}\n```\n\n", cell * x)).collect::<String>();
        insta::assert_snapshot!(told(&page(1), &page(2)));
    }
}
