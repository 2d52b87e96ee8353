//! The names that a statement binds, uses and may change, as far as a value can pass from one statement to the next.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Item, Pat, Stmt};

/// A statement of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Bytes of the cell's code.
    pub range: Range<usize>,
    /// Names it binds.
    pub binds: BTreeSet<String>,
    /// Those that can be changed later.
    pub mutable: BTreeSet<String>,
    /// Names of outer variables and functions in it.
    pub uses: BTreeSet<String>,
    /// Names that an assertion in it may look at: all outer ones.
    pub asserts: BTreeSet<String>,
    /// Whether it asks for an input.
    pub asks: bool,
    /// The function it defines: functions see no variables.
    pub function: Option<String>,
}

/// The names of outer variables and functions in an expression.
pub fn uses(expression: &Expr) -> BTreeSet<String> {
    let mut names = Names::default();
    names.visit_expr(expression);
    names.uses
}

impl Statement {
    /// What is found in a statement.
    pub fn of(statement: &Stmt) -> Self {
        let mut names = Names::default();
        let mut found = Self { range: statement.span().byte_range(), ..Self::default() };
        match statement {
            Stmt::Item(item) => {
                if let Item::Fn(function) = item {
                    found.function = Some(function.sig.ident.to_string());
                    names.visit_block(&function.block);
                    found.asks = names.asks;
                    found.asserts = if names.asserts { names.uses } else { BTreeSet::new() };
                }
                return found;
            }
            Stmt::Local(local) => {
                let (bound, mutable) = bound(&local.pat);
                names.visit_local(local);
                (found.binds, found.mutable) = (bound, mutable);
            }
            other => names.visit_stmt(other),
        }
        found.asserts = if names.asserts { names.uses.clone() } else { BTreeSet::new() };
        (found.uses, found.asks) = (names.uses, names.asks);
        found
    }
}

/// Names that a pattern binds, and those of them that are `mut`.
fn bound(pattern: &Pat) -> (BTreeSet<String>, BTreeSet<String>) {
    #[derive(Default)]
    struct Bound(BTreeSet<String>, BTreeSet<String>);
    impl<'ast> Visit<'ast> for Bound {
        fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
            let name = pattern.ident.to_string();
            if pattern.mutability.is_some() {
                self.1.insert(name.clone());
            }
            self.0.insert(name);
            visit::visit_pat_ident(self, pattern);
        }
    }
    let mut found = Bound::default();
    found.visit_pat(pattern);
    (found.0, found.1)
}

/// Walks an expression with the scopes that its closures, blocks and arms open.
#[derive(Default)]
struct Names {
    scopes: Vec<BTreeSet<String>>,
    uses: BTreeSet<String>,
    asks: bool,
    /// Whether there is an assertion.
    asserts: bool,
}

impl Names {
    fn used(&mut self, name: String) {
        if !self.scopes.iter().any(|scope| scope.contains(&name)) {
            self.uses.insert(name);
        }
    }

    fn bind(&mut self, pattern: &Pat) {
        // Outside of every scope it is the statement's own binding, which the statement reports.
        if let Some(scope) = self.scopes.last_mut() {
            scope.extend(bound(pattern).0);
        }
    }

    fn within(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(BTreeSet::new());
        inside(self);
        self.scopes.pop();
    }

    /// What a macro does with its tokens is not known: every name in them counts, and `{name}` in their texts.
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    self.asks |= name == "input";
                    self.used(name.to_string());
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    for piece in literal.to_string().split('{').skip(1) {
                        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
                        let name = piece.split(|letter| !is_name(letter)).next().unwrap_or_default();
                        if name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') {
                            self.used(name.to_owned());
                        }
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let segments = &path.path.segments;
        match segments.len() {
            1 => self.used(segments[0].ident.to_string()),
            length => self.asks |= segments[length - 2].ident == "input",
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        self.within(|names| {
            closure.inputs.iter().for_each(|pattern| names.bind(pattern));
            names.visit_expr(&closure.body);
        });
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.within(|names| visit::visit_block(names, block));
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.bind(&local.pat);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.within(|names| {
            names.bind(&arm.pat);
            names.visit_pat(&arm.pat);
            names.visit_expr(&arm.body);
        });
    }

    fn visit_expr_for_loop(&mut self, each: &'ast syn::ExprForLoop) {
        self.visit_expr(&each.expr);
        self.within(|names| {
            names.bind(&each.pat);
            names.visit_block(&each.body);
        });
    }

    fn visit_expr_if(&mut self, test: &'ast syn::ExprIf) {
        self.within(|names| {
            names.visit_expr(&test.cond);
            names.visit_block(&test.then_branch);
        });
        if let Some((_, otherwise)) = &test.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, test: &'ast syn::ExprWhile) {
        self.within(|names| {
            names.visit_expr(&test.cond);
            names.visit_block(&test.body);
        });
    }

    fn visit_expr_let(&mut self, test: &'ast syn::ExprLet) {
        self.visit_expr(&test.expr);
        self.bind(&test.pat);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.asserts |= call.path.segments.last().is_some_and(|name| name.ident.to_string().starts_with("assert"));
        self.tokens(call.tokens.clone());
    }

    fn visit_item(&mut self, _: &'ast Item) {
        // Sees no variables.
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::syntax;

    fn statements(code: &str) -> Vec<Statement> {
        syntax::cell(code.to_owned()).0.statements
    }

    fn set(names: &str) -> BTreeSet<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_statement_binds_and_uses_names_of_its_own_level() {
        let code = "let (путь, mut n) = f(|x| x + шаг, |шаг| шаг);\nlet g = |a: f64| { let b = a; b * k };\n\
                    println!(\"{путь:?} {}\", z);\nfn h() { input::toggle(\"а\").default(true); }\nif let Some(q) = v { q } else { w };";
        let found = statements(code);
        assert_eq!((&found[0].binds, &found[0].mutable), (&set("путь n"), &set("n")));
        let uses: Vec<BTreeSet<String>> = found.iter().map(|statement| statement.uses.clone()).collect();
        assert_eq!(uses, [set("f шаг"), set("k"), set("путь z"), set(""), set("v w")]);
        assert_eq!((found[3].function.as_deref(), found[3].asks), (Some("h"), true));
    }

    #[test]
    fn what_an_assertion_may_look_at_is_known() {
        let code = "assert_eq!(а, б[0]);\nfor п in &потери { assert!(*п > 0.0, \"{п}\"); }\nfn ф() { assert!(г(1)); }\nlet д = е + 1;";
        let asserts: Vec<BTreeSet<String>> =
            statements(code).iter().map(|statement| statement.asserts.clone()).collect();
        assert_eq!(asserts, [set("а б"), set("потери"), set("г"), set("")]);
    }

    #[test]
    fn inputs_are_seen_in_macros_and_conditions() {
        let code = "let a = if b { input::range(\"шаг\", 0.0..=1.0).default(0.5) } else { 0.0 };\nvec![kernel::input::toggle(\"б\").default(c)];\nlet d = 1;";
        let asks: Vec<bool> = statements(code).iter().map(|statement| statement.asks).collect();
        assert_eq!(asks, [true, true, false]);
    }
}
