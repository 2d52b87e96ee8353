//! What `check` warns of without running a page. The code of a page is read once for all of it.

use diagnostic::{Diagnostic, Place};
use page::allow::{Exception, Exceptions};
use page::comment::ALLOWED;
use page::{Cell, Claim, Inline, Page};
use syn::parse::Parser as _;
use syn::{Block, Expr, Stmt};

use crate::plan::with_room;
use crate::traps::{self, Traps};
use crate::words::Words;
use crate::{divided, idle, unclaimed, unstable, written};

/// The code of a page, as far as it is Rust.
pub(crate) struct Code<'a> {
    pub page: &'a Page,
    pub cells: Vec<(&'a Cell, Vec<Stmt>)>,
    pub inlines: Vec<(&'a Inline, Expr)>,
    pub claims: Vec<(&'a Claim, Expr)>,
}

impl<'a> Code<'a> {
    fn of(page: &'a Page) -> Self {
        let statements = |cell: &'a Cell| Some((cell, Block::parse_within.parse_str(&cell.code(&page.text)).ok()?));
        let value = |inline: &'a Inline| Some((inline, syn::parse_str(&inline.code).ok()?));
        let claim = |claim: &'a Claim| Some((claim, syn::parse_str(&claim.code).ok()?));
        Self {
            page,
            cells: page.cells.iter().filter_map(statements).collect(),
            inlines: page.inlines.iter().filter_map(value).collect(),
            claims: page.claims.iter().filter_map(claim).collect(),
        }
    }
}

/// All of it for a book that is written with `words`, and exceptions that excuse nothing.
pub fn check(page: &Page, traps: &Traps, words: &Words) -> Vec<Diagnostic> {
    with_room(|| {
        let code = Code::of(page);
        let mut exceptions = Exceptions::of(&page.text, &page.outline);
        let mut told = traps::check(&code, traps, &mut exceptions);
        told.extend(page.cells.iter().filter_map(|cell| without_number(page, cell)));
        told.extend(idle::check(&code));
        told.extend(divided::check(&code));
        told.extend(written::check(&code, words));
        told.extend(unclaimed::check(&code, &mut exceptions));
        told.extend(unstable::check(&code, &mut exceptions));
        told.extend(exceptions.iter().filter_map(|exception| mistake(page, exception)));
        told
    })
}

/// A caption in front of which no number stands, because the cell has no label.
fn without_number(page: &Page, cell: &Cell) -> Option<Diagnostic> {
    let caption = cell.caption.clone().filter(|_| cell.options.label.is_none())?;
    let message = "this caption has no number, and nothing can refer to it";
    let help = "give the cell a label behind `rust cell`: `#fig-…`, `#tbl-…` or `#lst-…`";
    Some(Diagnostic::warning("no-label", message, Place::new(&page.path, caption)).help(help))
}

/// How an exception from a rule is written.
pub(crate) fn exception_help(rule: &str) -> String {
    format!("say why: `<!-- allow: {rule} — why -->` in its paragraph, or before its cell")
}

/// An exception from a rule of ours that allows nothing or gives no reason.
fn mistake(page: &Page, exception: &Exception) -> Option<Diagnostic> {
    let rule = exception.rule.as_str();
    let (message, help) = match exception {
        _ if !ALLOWED.contains(&rule) => return None,
        Exception { is_used: false, .. } => {
            (format!("nothing here is against the rule `{rule}`"), "remove the exception".to_owned())
        }
        Exception { has_reason: false, .. } => {
            (format!("the exception from the rule `{rule}` gives no reason"), exception_help(rule))
        }
        Exception { .. } => return None,
    };
    Some(Diagnostic::error("allow", message, Place::new(&page.path, exception.place.clone())).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_without_a_label_is_told() {
        let told = |words: &str, line: &str| {
            let text = format!("```rust cell{words}\n{line}\nlet x = 1;\n```\n");
            let (page, mistakes) = page::read("a.md", &text, &[]);
            assert!(mistakes.is_empty(), "{mistakes:?}");
            let told = check(&page, &Traps::default(), Words::of(None)).into_iter();
            told.map(|told| text[told.place.range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(told("", "//| caption: Шаг"), ["Шаг"]);
        assert_eq!(told(" live", "//| caption: Шаг"), ["Шаг"]);
        assert_eq!(told(" #lst-шаг", "//| caption: Шаг"), [""; 0]);
        assert_eq!(told("", "//| alt: Шаг"), [""; 0]);
    }
}
