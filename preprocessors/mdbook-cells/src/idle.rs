//! Claims that hold whatever the page computes: one without a name or a number, and one whose sides are the same words.
//! Arithmetic of numbers alone checks what the sentence beside it says, and is none.

use diagnostic::{Diagnostic, Place};
use syn::Expr;
use syn::visit::{self, Visit};

use crate::review::Code;

/// All of them, a warning each.
pub(crate) fn check(code: &Code<'_>) -> Vec<Diagnostic> {
    let idle = code.claims.iter().filter(|(claim, expression)| !computes(expression) || has_equal_sides(&claim.code));
    let warning = |(claim, _): &(&page::Claim, Expr)| {
        let message = "this claim holds whatever the page computes";
        Diagnostic::warning("idle-claim", message, Place::new(&code.page.path, claim.range.clone()))
            .help("claim what would be false if the code were wrong, or remove it")
    };
    idle.map(warning).collect()
}

/// Whether a claim has anything that could be other than it is.
fn computes(claim: &Expr) -> bool {
    let mut parts = Parts { compute: false };
    parts.visit_expr(claim);
    parts.compute
}

/// `x == x`, `a >= a`; what runs twice may give two answers.
fn has_equal_sides(claim: &str) -> bool {
    let sides = ["==", "<=", ">="].into_iter().find_map(|sign| claim.split_once(sign));
    sides.is_some_and(|(left, right)| left.trim() == right.trim() && !claim.contains('('))
}

struct Parts {
    compute: bool,
}

impl<'ast> Visit<'ast> for Parts {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.compute = true;
        visit::visit_expr_path(self, path);
    }

    fn visit_lit(&mut self, literal: &'ast syn::Lit) {
        self.compute |= !matches!(literal, syn::Lit::Bool(_));
    }

    fn visit_macro(&mut self, _: &'ast syn::Macro) {
        self.compute = true;
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
            let told = crate::review::check(&page, &crate::traps::Traps::default(), crate::words::Words::of(None));
            told.iter().any(|told| told.code == "idle-claim")
        };
        for claim in ["true", "!false", "true && !false", "шаг == шаг", "шаг >= шаг", "2 == 2"] {
            assert!(told(claim), "{claim}");
        }
        for claim in [
            "шаг > 0.0",
            "шаг == -шаг",
            "f() == f()",
            "шаг != шаг",
            "matches!(1, 1)",
            "512 / 8 == 64",
            "2f64.exp() < 7.4",
        ] {
            assert!(!told(claim), "{claim}");
        }
    }
}
