//! Small changes of Rust code, by rule: what a check of a formula has to notice.

use std::ops::Range;

use proc_macro2::TokenStream;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprMethodCall, ItemFn, Lit, Macro, Stmt, Token, UnOp};

/// A change of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The expression: bytes of the code.
    pub range: Range<usize>,
    /// What stands there instead, on one line.
    pub with: String,
    /// What kind of change it is, in a word or two.
    pub rule: &'static str,
    /// What the code around it makes.
    pub makes: Makes,
}

/// What code makes, as far as its own words say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Makes {
    /// Something counted: what stands in front of `.count()`, or decides over a `+= 1`.
    Count,
    /// A line of theory: the function that a plot draws.
    Theory,
    /// Anything else.
    #[default]
    Other,
}

/// The changes of a cell's code, in the order of the code; none where it is no Rust.
pub fn of_cell(code: &str) -> Vec<Change> {
    let mut rules = Rules { code, changes: Vec::new(), makes: Makes::Other };
    let statements = code.parse().map(|tokens: TokenStream| Block::parse_within.parse2(tokens));
    for statement in statements.into_iter().flatten().flatten() {
        rules.visit_stmt(&statement);
    }
    rules.finish()
}

/// The changes of a value's expression.
pub fn of_expression(code: &str) -> Vec<Change> {
    let mut rules = Rules { code, changes: Vec::new(), makes: Makes::Other };
    if let Ok(expression) = syn::parse_str::<Expr>(code) {
        rules.visit_expr(&expression);
    }
    rules.finish()
}

/// Calls that say how something looks or where chance begins: sizes, colours, names, ranges of axes, where a label or a box stands, how
/// many columns and digits there are. A change there is no change of a formula.
const LOOKS: [&str; 29] = [
    "alt", "axes", "bins", "caption", "colour", "columns", "default", "digits", "height", "label", "leaf", "leg",
    "levels", "limits", "name", "node", "note", "rng", "seed", "size", "step", "title", "unit", "values", "width", "x",
    "x_range", "y", "y_range",
];

/// Functions of two arguments that may change places.
const SYMMETRIC: [&str; 10] =
    ["abs_diff", "cosine", "distance", "dot", "hypot", "larger", "max", "min", "smaller", "swap"];

/// Functions that draw what they are given as a formula.
const DRAWN: [&str; 4] = ["plot::function", "plot::contour", "plot::field", "plot::regions"];

/// Macros whose arguments are computed.
const MACROS: [&str; 6] = ["format", "print", "println", "show", "vec", "write"];

struct Rules<'a> {
    code: &'a str,
    changes: Vec<Change>,
    makes: Makes,
}

impl Rules<'_> {
    fn text(&self, of: &impl Spanned) -> &str {
        &self.code[of.span().byte_range()]
    }

    fn add(&mut self, at: &impl Spanned, rule: &'static str, with: &str) {
        // Comments go, and everything stands on one line, because lines of a program are lines of its page.
        let Ok(tokens) = with.parse::<TokenStream>() else { return };
        let with = tokens.to_string();
        if !with.contains('\n') {
            self.changes.push(Change { range: at.span().byte_range(), with, rule, makes: self.makes });
        }
    }

    fn finish(mut self) -> Vec<Change> {
        self.changes.sort_by_key(|change| (change.range.start, std::cmp::Reverse(change.range.end)));
        self.changes
    }

    fn binary(&mut self, whole: &Expr, left: &Expr, operator: &BinOp, right: &Expr) {
        let (left, right) = (self.text(left).to_owned(), self.text(right).to_owned());
        let (rule, other) = match operator {
            BinOp::Add(_) => ("sign", "-"),
            BinOp::Sub(_) => ("sign", "+"),
            BinOp::Mul(_) => ("operator", "/"),
            BinOp::Div(_) => ("operator", "*"),
            BinOp::AddAssign(_) => ("sign", "-="),
            BinOp::SubAssign(_) => ("sign", "+="),
            BinOp::MulAssign(_) => ("operator", "/="),
            BinOp::DivAssign(_) => ("operator", "*="),
            BinOp::Lt(_) => ("comparison", "<="),
            BinOp::Le(_) => ("comparison", "<"),
            BinOp::Gt(_) => ("comparison", ">="),
            BinOp::Ge(_) => ("comparison", ">"),
            BinOp::Eq(_) => ("comparison", "!="),
            BinOp::Ne(_) => ("comparison", "=="),
            _ => return,
        };
        // The operands keep their own place in the order of operations.
        self.add(whole, rule, &format!("({left}) {other} ({right})"));
        if matches!(operator, BinOp::Add(_) | BinOp::Sub(_)) {
            self.add(whole, "dropped term", &left);
        }
    }

    fn literal(&mut self, expression: &Expr, literal: &Lit) {
        match literal {
            Lit::Int(number) => {
                let Ok(value) = number.base10_parse::<u64>() else { return };
                let other = if value == 0 { 1 } else { value.saturating_mul(2) };
                self.add(expression, "constant", &format!("{other}{}", number.suffix()));
            }
            Lit::Float(number) => {
                let Ok(value) = number.base10_parse::<f64>() else { return };
                let others = if value == 0.0 { vec![1.0] } else { vec![value * 2.0, value / 2.0] };
                for other in others {
                    self.add(expression, "constant", &format!("{other:?}{}", number.suffix()));
                }
            }
            _ => {}
        }
    }

    fn index(&mut self, index: &Expr) {
        let text = self.text(index).to_owned();
        self.add(index, "index", &format!("({text}) + 1"));
        if !matches!(index, Expr::Lit(_)) {
            self.add(index, "index", &format!("({text}) - 1"));
        }
    }

    fn swap<'e>(&mut self, whole: &Expr, head: &str, arguments: impl Iterator<Item = &'e Expr>) {
        let name = head.rsplit([':', '.']).next().unwrap_or_default();
        if SYMMETRIC.contains(&name) {
            return;
        }
        let arguments: Vec<String> = arguments.map(|argument| self.text(argument).to_owned()).collect();
        for at in 1..arguments.len() {
            let mut others = arguments.clone();
            others.swap(at - 1, at);
            if others != arguments {
                self.add(whole, "swapped arguments", &format!("{head}({})", others.join(", ")));
            }
        }
    }

    fn method(&mut self, whole: &Expr, call: &ExprMethodCall) {
        let receiver = self.text(&*call.receiver).to_owned();
        let arguments: Vec<&str> = call.args.iter().map(|argument| self.text(argument)).collect();
        let arguments = arguments.join(", ");
        let name = call.method.to_string();
        let pairs = [("min", "max"), ("sin", "cos"), ("floor", "ceil"), ("min_by", "max_by"), ("row", "column")];
        for (one, two) in pairs.into_iter().flat_map(|(one, two)| [(one, two), (two, one)]) {
            if name == one {
                self.add(whole, "function", &format!("{receiver}.{two}({arguments})"));
            }
        }
        match name.as_str() {
            "t" | "transpose" if arguments.is_empty() => self.add(whole, "transposition", &receiver),
            "abs" | "exp" | "ln" | "sqrt" if arguments.is_empty() => self.add(whole, "function", &receiver),
            _ => self.swap(whole, &format!("{receiver}.{name}"), call.args.iter()),
        }
    }
}

/// What an expression makes of what is in it.
fn makes(rules: &Rules<'_>, expression: &Expr) -> Option<Makes> {
    let counts = |statement: &Stmt| match statement {
        Stmt::Expr(Expr::Binary(sum), _) => matches!(sum.op, BinOp::AddAssign(_)) && rules.text(&*sum.right) == "1",
        _ => false,
    };
    match expression {
        Expr::MethodCall(call) if call.method == "count" => Some(Makes::Count),
        Expr::If(choice) if choice.then_branch.stmts.iter().all(counts) && !choice.then_branch.stmts.is_empty() => {
            Some(Makes::Count)
        }
        Expr::Call(call) if DRAWN.iter().any(|drawn| rules.text(&*call.func).ends_with(drawn)) => Some(Makes::Theory),
        _ => None,
    }
}

impl Rules<'_> {
    fn change(&mut self, expression: &Expr) {
        match expression {
            Expr::Binary(binary) if !self.text(expression).contains("let ") => {
                self.binary(expression, &binary.left, &binary.op, &binary.right);
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_) | UnOp::Not(_)) => {
                let inner = self.text(&*unary.expr).to_owned();
                self.add(expression, "sign", &inner);
            }
            Expr::Lit(literal) => self.literal(expression, &literal.lit),
            Expr::Index(index) if !matches!(&*index.index, Expr::Range(_)) => self.index(&index.index),
            Expr::Path(path) if path.path.segments.len() > 1 => {
                let text = self.text(expression).to_owned();
                for (one, two) in [("::min", "::max"), ("::max", "::min")] {
                    if let Some(head) = text.strip_suffix(one) {
                        self.add(expression, "function", &format!("{head}{two}"));
                    }
                }
            }
            Expr::Call(call) => {
                let name = self.text(&*call.func).to_owned();
                if name.starts_with("input::") || LOOKS.iter().any(|looks| name.ends_with(&format!("::{looks}"))) {
                    return;
                }
                self.swap(expression, &name, call.args.iter());
            }
            Expr::MethodCall(call) => {
                if LOOKS.iter().any(|looks| call.method == looks) {
                    return self.visit_expr(&call.receiver);
                }
                self.method(expression, call);
            }
            _ => {}
        }
        // An index that is a number was changed as an index.
        if let Expr::Index(index) = expression
            && matches!(&*index.index, Expr::Lit(_))
        {
            return self.visit_expr(&index.expr);
        }
        visit::visit_expr(self, expression);
    }
}

impl<'ast> Visit<'ast> for Rules<'_> {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        let outside = self.makes;
        self.makes = makes(self, expression).unwrap_or(outside);
        self.change(expression);
        self.makes = outside;
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if call.path.get_ident().is_none_or(|name| !MACROS.iter().any(|known| name == known)) {
            return;
        }
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.tokens.clone());
        for argument in arguments.iter().flatten() {
            self.visit_expr(argument);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if function.sig.constness.is_none() {
            visit::visit_item_fn(self, function);
        }
    }

    // What the compiler has to know cannot be chosen while the program runs.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> String {
        let line = |change: Change| format!("{}: `{}` → `{}`", change.rule, &code[change.range], change.with);
        of_cell(code).into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_rule_changes_what_it_is_named_for() {
        insta::assert_snapshot!(shown(
            "fn сумма(а: f64, б: f64) -> f64 { а + б * 2.0 }\nlet r = -сумма(x, y).max(0.0);\nlet c = xs[i] < m.t()[1];\n\
             let d = ys.iter().fold(0.0, f64::max);\ntotal += v[k - 1];"
        ));
    }

    #[test]
    fn what_is_no_formula_is_left_alone() {
        let code = "const N: usize = 2 + 3;\nlet a: [f64; 4] = [x; 4];\nlet r = random::rng(7);\nassert!(a + b > 1.0);\n\
                    let шаг = input::range(\"шаг\", 0.0..=2.0).step(0.5).default(0.5);\nplot::line(s).width(3).x(\"t\").size(2.0, 3.0);\n\
                    let p = larger(a, b);\nlet q = рисунок.note(x + 1.0, y, \"конец\").columns(3).values(2);";
        assert_eq!(shown(code), "");
    }

    #[test]
    fn what_is_counted_and_what_is_drawn_as_a_formula_is_known() {
        let code = "let верных = ответы.iter().filter(|о| о.да > 0.5).count();\nif а > б { раз += 1; }\n\
                    plot::function(|x| x - 1.0, 0.0..=1.0).size(350.0, 200.0)";
        let line = |change: Change| format!("{:?}: {}", change.makes, &code[change.range]);
        insta::assert_snapshot!(of_cell(code).into_iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn what_is_printed_is_changed_too_and_stays_on_one_line() {
        assert_eq!(
            shown("println!(\"{}\", а // слагаемое\n    + б);"),
            "sign: `а // слагаемое\n    + б` → `(а) - (б)`\ndropped term: `а // слагаемое\n    + б` → `а`"
        );
    }
}
