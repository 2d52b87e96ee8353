//! `1 / 2`, which is 0: Rust divides whole numbers without what is left, and says nothing.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprBinary, Lit};

use crate::review::Code;

/// A warning for each of them.
pub(crate) fn check(code: &Code<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (cell, statements) in &code.cells {
        let mut divisions = Divisions::default();
        statements.iter().for_each(|statement| divisions.visit_stmt(statement));
        found.extend(divisions.found.into_iter().map(|range| cell.to_page(range.start)..cell.to_page(range.end)));
    }
    let values = code.inlines.iter().map(|(value, expression)| (value.expression.start, expression));
    let claims = code.claims.iter().map(|(claim, expression)| (claim.expression.start, expression));
    for (start, expression) in values.chain(claims) {
        let mut divisions = Divisions::default();
        divisions.visit_expr(expression);
        found.extend(divisions.found.into_iter().map(|range| start + range.start..start + range.end));
    }
    found.sort_by_key(|range| range.start);
    let told = found.into_iter().map(|range| {
        let message = format!(
            "`{}` loses what is left: whole numbers divide into a whole number",
            &code.page.text[range.clone()]
        );
        Diagnostic::warning("whole-division", message, Place::new(&code.page.path, range))
            .help("write one of them with a point, as in `1.0`, or the quotient itself")
    });
    told.collect()
}

#[derive(Default)]
struct Divisions {
    found: Vec<Range<usize>>,
}

impl<'ast> Visit<'ast> for Divisions {
    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if matches!(binary.op, BinOp::Div(_))
            && let (Some(above), Some(below)) = (whole(&binary.left), whole(&binary.right))
            && above.checked_rem(below).is_some_and(|rest| rest != 0)
        {
            self.found.push(binary.span().byte_range());
        }
        visit::visit_expr_binary(self, binary);
    }
}

/// A whole number that is written out.
fn whole(expression: &Expr) -> Option<u128> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) if !number.suffix().starts_with('f') => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Paren(inner) => whole(&inner.expr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::words::Words;

    #[test]
    fn a_quotient_that_loses_what_is_left_is_told() {
        let told = |code: &str| {
            let text = format!(
                "```rust cell\nlet шаг = 2;\nlet доля = {code};\n```\n\nСлово `={code}`. <!-- claim: шаг == {code} -->\n"
            );
            let (page, wrong) = page::read("src/а.md", &text, &[]);
            assert!(wrong.is_empty(), "{wrong:?}");
            let told = crate::review::check(&page, &crate::traps::Traps::default(), Words::of(None)).into_iter();
            let told = told.filter(|told| told.code == "whole-division");
            told.map(|told| text[told.place.range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(told("1 / 2"), ["1 / 2"; 3]);
        assert_eq!(told("(7/(3)) * шаг"), ["7/(3)"; 3]);
        for right in ["6 / 3", "1.0 / 2.0", "шаг / 2", "1_f64 / 2_f64", "0x10 / 4", "1 / 0"] {
            assert_eq!(told(right), [""; 0], "{right}");
        }
    }
}
