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
use crate::plan::{stray, threads};

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
    /// Whether it looks at what becomes of threads.
    pub looks_at_threads: bool,
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
        self.looks_at_threads = threads::are_looked_at(&statements);
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
    let expression: Expr =
        syn::parse_str(code).map_err(|error| no_format(code).unwrap_or_else(|| refusal(code, &error)))?;
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
    let help = match stray::as_latin(format) {
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

fn refusal(code: &str, error: &syn::Error) -> SyntaxError {
    // The lexer gives up at a delimiter without its pair and says no more than that.
    if let Some(unbalanced) = unbalanced(code) {
        return unbalanced;
    }
    let range = error.span().byte_range();
    let start = range.start.min(code.len());
    let range = start..range.end.clamp(start, code.len());
    stray::explain(code, range, error.to_string())
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
                    return Some(SyntaxError { range: begin..at + 1, message, help: None });
                }
                None => {
                    let message = format!("`{letter}` closes nothing");
                    return Some(SyntaxError { range: at..at + 1, message, help: None });
                }
            },
            _ => {}
        }
        at += letter.len_utf8();
    }
    let (at, letter) = open.pop()?;
    let message = format!("`{letter}` is not closed in this cell");
    Some(SyntaxError { range: at..at + 1, message, help: None })
}

fn pair(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Length of the comment, text or character that `code` begins with; 0 when it begins with none.
pub(crate) fn skip(code: &str) -> usize {
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
        let Some(Claim::Comparison(comparison)) = expression(code).unwrap().claim else { panic!("it compares") };
        assert_eq!(
            (&code[comparison.left], comparison.operator, &code[comparison.right]),
            ("(а - б).abs()", "<=", "1e-9")
        );
    }
}
