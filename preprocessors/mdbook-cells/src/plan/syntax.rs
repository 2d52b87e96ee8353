//! What of the syntax of a cell, a value or a claim matters. Each is read once.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, ExprCall, Item, ItemFn, Lit, MacroDelimiter, Meta, ReturnType, Stmt, Type};

use crate::plan::claim::Claim;
use crate::plan::names::{self, Statement};
use crate::plan::threads::{self, Fates};
use crate::plan::{delimiters, stray};

/// A cell, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellSyntax {
    /// Its code.
    pub code: String,
    /// Lines, from 0, that begin inside of a text that is broken over lines: blanks in front of them would be part of it.
    pub continued: BTreeSet<usize>,
    /// Its statements; none when it is no Rust.
    pub statements: Vec<Statement>,
    /// The last expression without a semicolon: bytes of the code.
    pub tail: Option<Range<usize>>,
    /// Where statements begin that may fail outside of the page, in bytes of the code.
    pub marks: Vec<usize>,
    /// Artefacts it saves, with the place of the name.
    pub saves: Vec<Named>,
    /// Artefacts it loads.
    pub loads: Vec<Named>,
    /// Its function `main`.
    pub main: Option<Main>,
    /// Whether it calls `main` itself.
    pub calls_main: bool,
    /// Attributes of tests, which nobody runs.
    pub tests: Vec<Range<usize>>,
    /// What it does with what becomes of threads.
    pub threads: Fates,
}

/// A function `main`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Main {
    /// Where its name stands.
    pub name: Range<usize>,
    /// What it returns.
    pub returns: Returns,
}

/// What a function returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// A result, which `?` takes.
    Result,
    /// Something else, or nothing.
    Other,
}

/// The expression of a value or a claim, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpressionSyntax {
    /// Its parts; none when it is no Rust.
    pub claim: Option<Claim>,
    /// The names of outer variables and functions in it.
    pub uses: BTreeSet<String>,
}

/// An artefact that a call names, and where the name stands.
pub type Named = (String, Range<usize>);

/// Code that Rust's grammar refuses: what and where, in bytes of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub range: Range<usize>,
    /// What.
    pub message: String,
    /// What to do; none when nothing better is known than what a cell is.
    pub help: Option<String>,
}

/// Reads a cell, as far as it is Rust.
pub fn cell(code: String) -> (CellSyntax, Option<SyntaxError>) {
    let mut cell = CellSyntax { code, ..CellSyntax::default() };
    let error = stray::letter(&cell.code).or_else(|| cell.read().err().map(|error| refusal(&cell.code, &error)));
    (cell, error)
}

impl CellSyntax {
    fn read(&mut self) -> syn::Result<()> {
        let tokens: TokenStream = self.code.parse()?;
        self.continued = continued_lines(tokens.clone());
        let statements = Block::parse_within.parse2(tokens)?;
        self.tail = match statements.last() {
            Some(Stmt::Expr(expression, None)) => Some(expression.span().byte_range()),
            // With braces it is a statement to Rust, and may be one that declares something.
            Some(Stmt::Macro(call))
                if call.semi_token.is_none() && !matches!(call.mac.delimiter, MacroDelimiter::Brace(_)) =>
            {
                Some(call.span().byte_range())
            }
            _ => None,
        };
        for statement in &statements {
            self.visit_stmt(statement);
            self.marks.extend(mark(&self.code, statement));
        }
        self.main = statements.iter().find_map(|statement| match statement {
            Stmt::Item(Item::Fn(function)) if function.sig.ident == "main" => Some(Main::of(function)),
            _ => None,
        });
        self.threads = threads::fates(&statements);
        self.statements = statements.iter().map(Statement::of).collect();
        Ok(())
    }
}

/// Where a statement can be told from the others; one that shows its own columns is left where its author wrote it.
fn mark(code: &str, statement: &Stmt) -> Option<usize> {
    const COLUMNS: [&str; 4] = ["dbg!", "column!", "Location", "Backtrace"];
    let range = statement.span().byte_range();
    let shows_columns = COLUMNS.iter().any(|word| code[range.clone()].contains(word));
    (!matches!(statement, Stmt::Item(_)) && !shows_columns).then_some(range.start)
}

/// Reads the expression of a value or a claim.
pub fn expression(code: &str) -> Result<ExpressionSyntax, SyntaxError> {
    if let Some(stray) = stray::letter(code) {
        return Err(stray);
    }
    let expression: Expr = syn::parse_str(code)
        .map_err(|error| no_format(code).or_else(|| several(code)).unwrap_or_else(|| refusal(code, &error)))?;
    Ok(ExpressionSyntax { claim: Some(Claim::of(&expression)), uses: names::uses(&expression) })
}

fn continued_lines(tokens: TokenStream) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => lines.extend(literal.span().start().line..literal.span().end().line),
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
    lines
}

/// An expression and a colon, behind which stands no format of Rust's.
fn no_format(code: &str) -> Option<SyntaxError> {
    let (before, format) = code.rsplit_once(':')?;
    if before.ends_with(':') || syn::parse_str::<Expr>(before).is_err() {
        return None;
    }
    let (start, format) = (before.len() + 1, format.trim_end());
    let help = match diagnostic::as_latin(format) {
        Some(latin) => {
            format!("its letters are Cyrillic and only look like `{latin}`; digits behind the point are `:.2`")
        }
        None => "write it as `:.2`, `:.1%`, `:e` or `:?`".to_owned(),
    };
    Some(SyntaxError {
        range: start..start + format.len(),
        message: format!("`{format}` is not a format"),
        help: Some(help),
    })
}

/// `a > 1; b > 2`: two expressions in the place of one.
fn several(code: &str) -> Option<SyntaxError> {
    let is_expression = |code: &str| syn::parse_str::<Expr>(code).is_ok();
    let (at, mark) = code.match_indices([';', ',']).find(|(at, mark)| {
        is_expression(&code[..*at])
            && is_expression(&code[at + mark.len()..])
            && !code[at + 1..].starts_with(|letter: char| letter.is_ascii_digit())
    })?;
    Some(SyntaxError {
        range: at..at + mark.len(),
        message: format!("a `{mark}` parts two expressions, and here stands one"),
        help: Some("join what must hold together by `&&`, or write each of them apart".to_owned()),
    })
}

fn refusal(code: &str, error: &syn::Error) -> SyntaxError {
    // The lexer gives up at a delimiter without its pair and says no more than that.
    if let Some(unbalanced) = delimiters::unbalanced(code) {
        return unbalanced;
    }
    let range = error.span().byte_range();
    let start = range.start.min(code.len());
    let range = start..range.end.clamp(start, code.len());
    stray::explain(code, range, error.to_string())
}

impl Main {
    fn of(function: &ItemFn) -> Self {
        let is_result = match &function.sig.output {
            ReturnType::Type(_, of) => match &**of {
                Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Result"),
                _ => false,
            },
            ReturnType::Default => false,
        };
        let returns = if is_result { Returns::Result } else { Returns::Other };
        Self { name: function.sig.ident.span().byte_range(), returns }
    }
}

/// `#[test]`, `#[bench]` and their like of other crates, `#[cfg(test)]`.
fn is_of_a_test(attribute: &Attribute) -> bool {
    let Some(last) = attribute.path().segments.last() else { return false };
    match &attribute.meta {
        Meta::List(list) if last.ident == "cfg" => list.tokens.to_string() == "test",
        _ => last.ident == "test" || last.ident == "bench",
    }
}

impl<'ast> Visit<'ast> for CellSyntax {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if is_of_a_test(attribute) {
            self.tests.push(attribute.span().byte_range());
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.calls_main |= matches!(&*call.func, Expr::Path(path) if path.path.is_ident("main"));
        if let Some((name, range)) = literal(call)
            && let Some(verb) = artefact_verb(&call.func)
        {
            match verb.as_str() {
                "save" => self.saves.push((name, range)),
                "load" => self.loads.push((name, range)),
                _ => {}
            }
        }
        visit::visit_expr_call(self, call);
    }
}

/// `save` of `artefact::save`.
fn artefact_verb(function: &Expr) -> Option<String> {
    let Expr::Path(path) = function else { return None };
    let mut segments = path.path.segments.iter().rev();
    let verb = segments.next()?.ident.to_string();
    (segments.next()?.ident == "artefact").then_some(verb)
}

fn literal(call: &ExprCall) -> Option<Named> {
    let Some(Expr::Lit(literal)) = call.args.first() else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    Some((text.value(), text.span().byte_range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: &str) -> CellSyntax {
        let (cell, error) = cell(code.to_owned());
        assert_eq!(error, None);
        cell
    }

    fn tail(code: &str) -> Option<&str> {
        read(code).tail.map(|range| &code[range])
    }

    #[test]
    fn the_last_expression_is_found_behind_anything() {
        assert_eq!(tail("let шаг = 1; шаг // ответ"), Some("шаг"));
        assert_eq!(
            tail("fn f() {}\n(1..4)\n    .map(|x| x * x)\n    .sum::<i32>()\n"),
            Some("(1..4)\n    .map(|x| x * x)\n    .sum::<i32>()")
        );
        assert_eq!(tail("vec![1, 2]"), Some("vec![1, 2]"));
        assert_eq!(tail("x; // конец"), None);
        assert_eq!(tail("// ничего\n"), None);
        assert_eq!(tail("fn f() {}"), None);
        assert_eq!(tail("&a - -b"), Some("&a - -b"));
    }

    #[test]
    fn lines_that_begin_inside_of_a_text_are_found() {
        let lines = |code: &str| cell(code.to_owned()).0.continued.into_iter().collect::<Vec<_>>();
        assert_eq!(lines("let a = \"раз\nдва\n\";\nlet b = 1;"), [1, 2]);
        assert_eq!(lines("f(\n    &[r#\"\n\"#],\n);"), [2]);
        assert_eq!(lines("let a = 'a';\n/* \n */ a"), [0_usize; 0]);
    }

    #[test]
    fn artefacts_and_comparisons_are_found() {
        let found = read("if x { artefact::save(\"модель\", &b)?; }\nlet m = ml::artefact::load(\"словарь\")?;");
        assert_eq!(found.saves[0].0, "модель");
        assert_eq!(found.loads[0].0, "словарь");
        let code = "(а - б).abs() <= 1e-9";
        let Some(Claim::Comparison(comparison)) = expression(code).unwrap().claim else { panic!("it compares") };
        assert_eq!(
            (&code[comparison.left], comparison.operator, &code[comparison.right]),
            ("(а - б).abs()", "<=", "1e-9")
        );
    }
}
