//! Claims that hold whatever the page computes: one that names nothing, and one whose sides are the same words.

use diagnostic::{Diagnostic, Place};
use syn::Expr;
use syn::visit::{self, Visit};

use crate::review::Code;

/// All of them, a warning each.
pub(crate) fn check(code: &Code<'_>) -> Vec<Diagnostic> {
    let idle = code.claims.iter().filter(|(claim, expression)| !names(expression) || has_equal_sides(&claim.code));
    let warning = |(claim, _): &(&page::Claim, Expr)| {
        let message = "this claim holds whatever the page computes";
        Diagnostic::warning("idle-claim", message, Place::new(&code.page.path, claim.range.clone()))
            .help("claim what would be false if the code were wrong, or remove it")
    };
    idle.map(warning).collect()
}

/// Whether a claim names anything.
fn names(claim: &Expr) -> bool {
    let mut names = Names { is_named: false };
    names.visit_expr(claim);
    names.is_named
}

/// `x == x`, `a >= a`; what runs twice may give two answers.
fn has_equal_sides(claim: &str) -> bool {
    let sides = ["==", "<=", ">="].into_iter().find_map(|sign| claim.split_once(sign));
    sides.is_some_and(|(left, right)| left.trim() == right.trim() && !claim.contains('('))
}

struct Names {
    is_named: bool,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.is_named = true;
        visit::visit_expr_path(self, path);
    }

    fn visit_macro(&mut self, _: &'ast syn::Macro) {
        self.is_named = true;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_claim_that_holds_whatever_is_computed_is_told() {
        let told = |claim: &str| {
            let text = format!("```rust cell\nlet шаг = 1.0;\n```\n\nДа. <!-- claim: {claim} -->\n");
            let (page, wrong) = page::read("src/а.md", &text, &[]);
            assert!(wrong.is_empty(), "{wrong:?}");
            let told = crate::review::check(&page, &crate::traps::Traps::default());
            told.iter().any(|told| told.code == "idle-claim")
        };
        for claim in ["true", "1 < 2", "!false", "\"а\".len() == 2", "шаг == шаг", "шаг >= шаг"] {
            assert!(told(claim), "{claim}");
        }
        for claim in ["шаг > 0.0", "шаг == -шаг", "f() == f()", "шаг != шаг", "matches!(1, 1)"] {
            assert!(!told(claim), "{claim}");
        }
    }
}
