//! Whether a cell looks at what becomes of its threads: a panic that it handles itself is its own affair.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, ExprPath, ExprTry, Local, Macro, Pat, Stmt, Token};

/// Whether the statements use the result of some `join()`, or catch panics.
///
/// `join().ok();` and `let _ = …join();` throw it away; behind `join().unwrap()` the page itself has panicked.
pub(crate) fn are_looked_at(statements: &[Stmt]) -> bool {
    let mut found = Joins::default();
    for statement in statements {
        found.visit_stmt(statement);
    }
    found.catches || found.all > found.blind
}

#[derive(Default)]
struct Joins {
    all: usize,
    blind: usize,
    catches: bool,
}

fn is_join(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => call.method == "join" && call.args.is_empty(),
        Expr::Paren(inner) => is_join(&inner.expr),
        _ => false,
    }
}

/// A join whose result nobody has when the expression is thrown away.
fn throws_a_join_away(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) if call.method == "ok" => throws_a_join_away(&call.receiver),
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "drop")) => {
            call.args.iter().any(throws_a_join_away)
        }
        Expr::Paren(inner) => throws_a_join_away(&inner.expr),
        _ => is_join(expression),
    }
}

impl<'ast> Visit<'ast> for Joins {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(expression, Some(_)) = statement
            && throws_a_join_away(expression)
        {
            self.blind += 1;
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if matches!(local.pat, Pat::Wild(_)) && local.init.as_ref().is_some_and(|init| throws_a_join_away(&init.expr)) {
            self.blind += 1;
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "join" && call.args.is_empty() {
            self.all += 1;
        }
        if ["unwrap", "expect"].iter().any(|name| call.method == name) && is_join(&call.receiver) {
            self.blind += 1;
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_try(&mut self, expression: &'ast ExprTry) {
        if is_join(&expression.expr) {
            self.blind += 1;
        }
        visit::visit_expr_try(self, expression);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.catches |= path.path.segments.last().is_some_and(|last| last.ident == "catch_unwind");
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if let Ok(arguments) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            for argument in &arguments {
                self.visit_expr(argument);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::Block;
    use syn::parse::Parser as _;

    fn looks(code: &str) -> bool {
        super::are_looked_at(&Block::parse_within.parse_str(code).unwrap())
    }

    #[test]
    fn a_result_that_is_used_is_looked_at_and_one_that_is_thrown_away_is_not() {
        for code in [
            "нить.join().ok();",
            "let _ = нить.join();",
            "let _ = std::thread::spawn(|| 1);",
            "drop(нить.join());",
            "let x = нить.join().unwrap();",
            "let x = нить.join()?;",
            "[\"а\", \"б\"].join(\", \")",
        ] {
            assert!(!looks(code), "{code}");
        }
        for code in [
            "match нить.join() { Ok(_) => {} Err(_) => {} }",
            "assert!(нить.join().is_err());",
            "let итог = нить.join();",
            "let итог = нить.join().ok();",
            "std::panic::catch_unwind(f)",
            "нить.join().unwrap_or(0)",
        ] {
            assert!(looks(code), "{code}");
        }
    }
}
