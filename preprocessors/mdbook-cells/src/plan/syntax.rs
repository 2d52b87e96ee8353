//! What of the syntax of a cell, a value or a claim matters. Each is read once.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprCall, Lit, Stmt};

use crate::plan::names::{self, Statement};

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
    /// Artefacts it saves, with the place of the name.
    pub saves: Vec<Named>,
    /// Artefacts it loads.
    pub loads: Vec<Named>,
}

/// The expression of a value or a claim, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpressionSyntax {
    /// Its parts, when it compares.
    pub comparison: Option<Comparison>,
    /// The names of outer variables and functions in it.
    pub uses: BTreeSet<String>,
}

/// An expression that compares: bytes of its sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What stands before the operator.
    pub left: Range<usize>,
    /// The operator.
    pub operator: &'static str,
    /// What stands behind it.
    pub right: Range<usize>,
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
}

/// Reads a cell, as far as it is Rust.
pub fn cell(code: String) -> (CellSyntax, Option<SyntaxError>) {
    let mut cell = CellSyntax { code, ..CellSyntax::default() };
    let error = cell.read().err().map(|error| refusal(&cell.code, &error));
    (cell, error)
}

impl CellSyntax {
    fn read(&mut self) -> syn::Result<()> {
        let tokens: TokenStream = self.code.parse()?;
        self.continued = continued_lines(tokens.clone());
        let statements = Block::parse_within.parse2(tokens)?;
        self.tail = match statements.last() {
            Some(Stmt::Expr(expression, None)) => Some(expression.span().byte_range()),
            Some(Stmt::Macro(call)) if call.semi_token.is_none() => Some(call.span().byte_range()),
            _ => None,
        };
        for statement in &statements {
            self.visit_stmt(statement);
        }
        self.statements = statements.iter().map(Statement::of).collect();
        Ok(())
    }
}

/// Reads the expression of a value or a claim.
pub fn expression(code: &str) -> Result<ExpressionSyntax, SyntaxError> {
    let expression: Expr = syn::parse_str(code).map_err(|error| refusal(code, &error))?;
    Ok(ExpressionSyntax { comparison: comparison(&expression), uses: names::uses(&expression) })
}

fn comparison(expression: &Expr) -> Option<Comparison> {
    let Expr::Binary(binary) = expression else { return None };
    let operator = match binary.op {
        BinOp::Eq(_) => "==",
        BinOp::Ne(_) => "!=",
        BinOp::Lt(_) => "<",
        BinOp::Le(_) => "<=",
        BinOp::Gt(_) => ">",
        BinOp::Ge(_) => ">=",
        _ => return None,
    };
    Some(Comparison { left: binary.left.span().byte_range(), operator, right: binary.right.span().byte_range() })
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

fn refusal(code: &str, error: &syn::Error) -> SyntaxError {
    // The lexer gives up at a delimiter without its pair and says no more than that.
    if let Some(unbalanced) = unbalanced(code) {
        return unbalanced;
    }
    let range = error.span().byte_range();
    let start = range.start.min(code.len());
    SyntaxError { range: start..range.end.clamp(start, code.len()), message: error.to_string() }
}

/// The first delimiter without its pair, outside of texts and comments.
fn unbalanced(code: &str) -> Option<SyntaxError> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    while let Some(letter) = code[at..].chars().next() {
        let skipped = skip(&code[at..]);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        match letter {
            '(' | '[' | '{' => open.push((at, letter)),
            ')' | ']' | '}' => match open.pop() {
                Some((_, before)) if pair(before) == letter => {}
                Some((begin, before)) => {
                    let message = format!("`{before}` is closed by `{letter}`");
                    return Some(SyntaxError { range: begin..at + 1, message });
                }
                None => {
                    return Some(SyntaxError { range: at..at + 1, message: format!("`{letter}` closes nothing") });
                }
            },
            _ => {}
        }
        at += letter.len_utf8();
    }
    let (at, letter) = open.pop()?;
    Some(SyntaxError { range: at..at + 1, message: format!("`{letter}` is not closed in this cell") })
}

fn pair(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Length of the comment, text or character that `code` begins with; 0 when it begins with none.
fn skip(code: &str) -> usize {
    if code.starts_with("//") {
        return code.find('\n').unwrap_or(code.len());
    }
    if code.starts_with("/*") {
        return block_comment(code);
    }
    if let Some(raw) = code.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = 1 + hashes + 1;
            return code[inside..].find(&end).map_or(code.len(), |found| inside + found + end.len());
        }
        return 0;
    }
    if code.starts_with('"') {
        return quoted(code, '"');
    }
    // `'a'` and `'\n'` are characters, `'a` is a lifetime.
    let mut letters = code.chars();
    if letters.next() == Some('\'') {
        match (letters.next(), letters.next()) {
            (Some('\\'), _) => return quoted(code, '\''),
            (Some(letter), Some('\'')) => return 2 + letter.len_utf8(),
            _ => {}
        }
    }
    0
}

fn block_comment(code: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < code.len() {
        if code[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if code[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += code[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    code.len()
}

fn quoted(code: &str, quote: char) -> usize {
    let mut letters = code.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    code.len()
}

impl<'ast> Visit<'ast> for CellSyntax {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
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
    fn a_delimiter_without_its_pair_is_named() {
        let cases = [
            ("let a = (1;", "`(` is not closed in this cell", 8),
            ("}", "`}` closes nothing", 0),
            ("let s = \"}\"; // }\nf(]", "`(` is closed by `]`", 19),
            ("let c = '{'; let r = r#\"{\"#; {", "`{` is not closed in this cell", 29),
        ];
        for (code, message, at) in cases {
            let error = cell(code.to_owned()).1.unwrap();
            assert_eq!((error.message.as_str(), error.range.start), (message, at), "{code}");
        }
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
        let comparison = expression(code).unwrap().comparison.unwrap();
        assert_eq!(
            (&code[comparison.left], comparison.operator, &code[comparison.right]),
            ("(а - б).abs()", "<=", "1e-9")
        );
        assert_eq!(expression("a && b").unwrap().comparison, None);
    }
}
