//! Changes that an author excuses, because they change nothing that a check could vouch for:
//! `<!-- equivalent: `0.02` → `0.04`: the step is ours to choose -->` in front of the cell, or in the paragraph of the value.

use std::collections::BTreeSet;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::{Outline, Page, comment};

use super::Mutant;

/// The word that the comment begins with.
pub const EQUIVALENT: &str = "equivalent";

/// The numbers of mutants that the page excuses, and what is wrong with excuses.
pub fn excused(page: &Page, mutants: &[Mutant]) -> (BTreeSet<usize>, Vec<Diagnostic>) {
    let (mut excused, mut mistakes) = (BTreeSet::new(), Vec::new());
    let outline = Outline::of(&page.text);
    for (whole, value) in comment::called(&outline, &page.text, EQUIVALENT) {
        let place = || Place::new(&page.path, value.clone());
        let Some((before, with)) = read(&page.text[value.clone()]) else {
            let message = "an excuse names the change and gives a reason";
            let help = format!("write it as in `<!-- {EQUIVALENT}: `0.02` → `0.04`: why nobody could notice -->`");
            mistakes.push(Diagnostic::error("excuse", message, place()).help(help));
            continue;
        };
        let range = meant(page, &whole);
        let is_meant = |mutant: &Mutant| {
            range.contains(&mutant.range.start)
                && words(&page.text[mutant.range.clone()]) == words(before)
                && words(&mutant.with) == words(with)
        };
        let found = (1..=mutants.len()).filter(|number| is_meant(&mutants[number - 1]));
        let known = excused.len();
        excused.extend(found);
        if excused.len() == known {
            let message = format!("this excuses nothing: there is no change `{before}` → `{with}` here");
            let help = "copy the change from what `mutate` prints, and put the comment in front of its cell or into the \
                        paragraph of its value; drop an excuse that is not needed";
            mistakes.push(Diagnostic::error("excuse", message, place()).help(help));
        }
    }
    (excused, mistakes)
}

/// The change: what stands there, and what would. Behind the colon there is a reason.
fn read(said: &str) -> Option<(&str, &str)> {
    let (before, rest) = said.strip_prefix('`')?.split_once("` → `")?;
    let (with, reason) = rest.split_once("`:")?;
    (!reason.trim().is_empty()).then_some((before, with))
}

/// How a change is written on one line and in one way.
fn words(code: &str) -> String {
    code.split_whitespace().collect()
}

/// What a comment is about: its paragraph, or the cell behind it where it is a paragraph of its own.
fn meant(page: &Page, comment: &Range<usize>) -> Range<usize> {
    let around = page.paragraph(comment.start);
    let is_alone = page.text[around.clone()].trim() == &page.text[comment.clone()];
    let next = page.cells.iter().find(|cell| comment.end <= cell.fence.start);
    let in_front = next.filter(|cell| is_alone || around.contains(&cell.fence.start));
    in_front.map_or(around, |cell| cell.fence.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutate::mutants;

    fn told(text: &str) -> (Vec<usize>, Vec<String>) {
        let (page, _) = page::read("src/а.md", text, &[]);
        let (excused, mistakes) = excused(&page, &mutants(&page, &[]));
        (excused.into_iter().collect(), mistakes.into_iter().map(|mistake| mistake.message).collect())
    }

    const CELL: &str = "```rust cell\nlet шаг = а * 0.02;\nlet другой = б * 0.02;\n```\n";

    #[test]
    fn a_change_is_excused_in_the_cell_behind_the_comment() {
        let text = format!("Слово.\n\n<!-- equivalent: `0.02` → `0.04`: шаг выбираем мы -->\n\n{CELL}\n{CELL}");
        assert_eq!(told(&text), (vec![2, 5], vec![]));
    }

    #[test]
    fn a_change_of_a_value_is_excused_in_its_paragraph() {
        let text = format!(
            "{CELL}\nСлово `=100.0 * х` <!-- equivalent: `100.0` → `200.0`: проценты -->.\n\nИ `=100.0 * х`.\n"
        );
        assert_eq!(told(&text).0.len(), 1);
    }

    #[test]
    fn an_excuse_that_excuses_nothing_and_one_without_a_reason_are_errors() {
        let (excused, mistakes) = told(&format!(
            "<!-- equivalent: `0.02` → `0.05`: шаг -->\n\n<!-- equivalent: `0.02` → `0.04` -->\n\n<!-- equivalent: шаг -->\n\n{CELL}"
        ));
        assert!(excused.is_empty());
        assert_eq!(
            mistakes,
            [
                "this excuses nothing: there is no change `0.02` → `0.05` here",
                "an excuse names the change and gives a reason",
                "an excuse names the change and gives a reason",
            ]
        );
    }
}
