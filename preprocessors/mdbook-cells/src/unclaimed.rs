//! Values in sentences that nobody vouches for: no claim and no assertion of the page names what they are made of, so whatever becomes
//! of them, the page is right. A value of constants alone is what its author wrote, and is left alone.

use std::collections::BTreeSet;
use std::ops::Range;

use diagnostic::{Diagnostic, Place, line_column};
use page::allow::Exceptions;
use page::{Inline, Page};
use syn::Expr;

use crate::plan::is_of_page;
use crate::plan::names::{Statement, uses};
use crate::review::{Code, exception_help};

/// What it is called, and what excuses it.
const RULE: &str = "unclaimed";

/// One warning for a page, with a line for each value that is not excused.
pub(crate) fn check(code: &Code<'_>, exceptions: &mut Exceptions) -> Option<Diagnostic> {
    let page = code.page;
    let mut values = unclaimed(code);
    values.retain(|value| !exceptions.allow(RULE, &value.range));
    values.sort_by_key(|value| value.range.start);
    let first = values.first()?;
    let message = match values.len() {
        1 => "no claim names what this value is made of".to_owned(),
        count => format!("no claim names what {count} values of this page are made of"),
    };
    let lines: Vec<String> = values.iter().map(|value| line(page, &value.range)).collect();
    let place = Place::new(&page.path, first.range.clone());
    let warning = Diagnostic::warning(RULE, message, place)
        .note(format!("nobody would notice if they were others:\n{}", lines.join("\n")))
        .help("claim it beside the sentence: `<!-- claim: … -->`")
        .help(format!("if there is nothing to claim, {}", exception_help(RULE)));
    Some(warning)
}

/// Where a value stands and what it says.
fn line(page: &Page, range: &Range<usize>) -> String {
    let at = line_column(&page.text, range.start);
    format!("{}:{}: {}", at.line, at.column, &page.text[range.clone()])
}

/// The values whose names are the page's own and stand in no claim or assertion.
fn unclaimed<'a>(code: &Code<'a>) -> Vec<&'a Inline> {
    let (mut own, mut claimed) = (BTreeSet::new(), BTreeSet::new());
    for (_, statements) in code.cells.iter().filter(|(cell, _)| is_of_page(cell)) {
        for statement in statements.iter().map(Statement::of) {
            claimed.extend(statement.asserts);
            own.extend(statement.binds.into_iter().chain(statement.function));
        }
    }
    claimed.extend(code.claims.iter().flat_map(|(_, claim)| uses(claim)));
    let is_unclaimed = |value: &Expr| {
        let used = uses(value);
        let names: BTreeSet<&String> = used.intersection(&own).collect();
        !names.is_empty() && names.iter().all(|name| !claimed.contains(*name))
    };
    code.inlines.iter().filter(|(_, value)| is_unclaimed(value)).map(|(inline, _)| *inline).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let (page, wrong) = page::read("src/а.md", text, &[]);
        assert!(wrong.is_empty(), "{wrong:?}");
        let line = |told: Diagnostic| [vec![told.message], told.notes, told.helps].concat().join("\n");
        let told = crate::review::check(&page, &crate::traps::Traps::default(), crate::words::Words::of(None));
        told.into_iter().map(line).collect::<Vec<_>>().join("\n\n")
    }

    const CELL: &str = "```rust cell\nlet потери = vec![1.0, 0.5];\nlet доля = 0.9;\nfn площадь(а: f64) -> f64 {\n    а * а\n}\n\
                        for (k, п) in потери.iter().enumerate() {\n    assert!(*п > 0.0, \"шаг {k}\");\n}\n```\n\n";

    #[test]
    fn values_that_no_claim_names_are_told_page_by_page() {
        insta::assert_snapshot!(told(&format!(
            "{CELL}Было `=потери[0]:.1`, стало `=доля:.1%` при площади `=площадь(2.0)`, а формула $\\val{{доля * 2.0}}$.\n"
        )));
    }

    #[test]
    fn a_value_is_vouched_for_by_a_claim_or_an_assertion_anywhere_on_the_page() {
        assert_eq!(
            told(&format!(
                "{CELL}Доля `=доля`, `=потери.len()`, `=площадь(3.0)`.\n\nИ ещё. <!-- claim: площадь(1.0) < доля + 1.0 -->\n"
            )),
            ""
        );
    }

    #[test]
    fn a_value_of_constants_is_what_its_author_wrote() {
        assert_eq!(
            told("```rust cell\nlet а = 1;\n```\n\nЭто `=2.0_f64.sqrt():.3` и `=std::f64::consts::PI:.2`.\n"),
            ""
        );
    }

    #[test]
    fn an_exception_gives_its_reason_and_excuses_something() {
        let with = |said: &str| told(&format!("{CELL}Доля `=доля` {said}.\n\nЕщё `=потери[1]`.\n"));
        assert_eq!(with("<!-- allow: unclaimed — мы её выбрали -->"), "");
        assert!(with("<!-- allow: unclaimed -->").contains("gives no reason"));
        let idle = told(&format!("{CELL}Пять `=потери[1]` <!-- allow: unclaimed — просто так -->.\n"));
        assert!(idle.contains("nothing here is against the rule `unclaimed`"), "{idle}");
    }

    #[test]
    fn a_value_in_a_caption_is_told_and_excused_before_its_cell() {
        let cell = "```rust cell #fig-а\n//| caption: Доля `=доля:.1`\n//| alt: Слово\nlet доля = 0.5;\nдоля\n```\n";
        assert!(told(cell).starts_with("no claim names what this value is made of"), "{}", told(cell));
        assert_eq!(told(&format!("<!-- allow: unclaimed — так задано -->\n\n{cell}")), "");
    }
}
