//! Calls of cells' libraries that answer wrongly without a word: a book names them in `[preprocessor.cells.traps]`, with what to write
//! instead. Types are the compiler's, so a trap is known by how it is written.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::allow::Exceptions;
use page::options::Mode;
use serde::Deserialize;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, ExprPath, Token};

use crate::review::{Code, exception_help};

/// What it is called, and what excuses it.
const RULE: &str = "trap";

/// The traps of a book: how each is written, and what to say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Traps(Vec<(Trap, String)>);

/// A call as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trap {
    /// `Tensor::arange_step`: a path that ends so.
    Path(Vec<String>),
    /// `eq|ne.sum_all`, `pow(&)`, `round?`.
    Method {
        /// One of these methods stands before it in the same chain; any, when there is none.
        behind: Vec<String>,
        /// One of these.
        names: Vec<String>,
        arguments: Arguments,
        /// It may fail, and `?` takes that.
        is_tried: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arguments {
    Any,
    None,
    One,
    Reference,
}

impl TryFrom<BTreeMap<String, String>> for Traps {
    type Error = String;

    fn try_from(written: BTreeMap<String, String>) -> Result<Self, String> {
        let read = |(key, advice): (String, String)| {
            let trap = Trap::read(&key).ok_or_else(|| {
                format!(
                    "`{key}` names no call: write `max_all`, `eq|ne.sum_all` behind another call of the same chain, `pow(&)`, `max(_)`, \
                     `relu()`, `round?` where `?` takes its error, or `Tensor::arange_step`"
                )
            })?;
            Ok((trap, advice))
        };
        written.into_iter().map(read).collect::<Result<_, String>>().map(Self)
    }
}

impl Trap {
    fn read(key: &str) -> Option<Self> {
        let is_name = |name: &str| syn::parse_str::<syn::Ident>(name).is_ok();
        let names = |names: &str| {
            let names: Vec<String> = names.split('|').map(str::to_owned).collect();
            names.iter().all(|name| is_name(name)).then_some(names)
        };
        if key.contains("::") {
            let segments: Vec<String> = key.split("::").map(str::to_owned).collect();
            return segments.iter().all(|name| is_name(name)).then_some(Self::Path(segments));
        }
        let (key, is_tried) = key.strip_suffix('?').map_or((key, false), |key| (key, true));
        let forms = [("()", Arguments::None), ("(_)", Arguments::One), ("(&)", Arguments::Reference)];
        let form = forms.into_iter().find_map(|(form, arguments)| Some((key.strip_suffix(form)?, arguments)));
        let (key, arguments) = form.unwrap_or((key, Arguments::Any));
        let (behind, last) = match key.split_once('.') {
            Some((behind, last)) => (names(behind)?, last),
            None => (Vec::new(), key),
        };
        Some(Self::Method { behind, names: names(last)?, arguments, is_tried })
    }

    fn is_path(&self, path: &ExprPath) -> bool {
        let Self::Path(wanted) = self else { return false };
        let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        segments.ends_with(wanted)
    }

    fn is_call(&self, call: &ExprMethodCall, tried: bool) -> bool {
        let Self::Method { behind, names, arguments, is_tried } = self else { return false };
        let fits = match arguments {
            Arguments::Any => true,
            Arguments::None => call.args.is_empty(),
            Arguments::One => call.args.len() == 1,
            Arguments::Reference => call.args.len() == 1 && matches!(call.args[0], Expr::Reference(_)),
        };
        names.iter().any(|name| call.method == name)
            && fits
            && (tried || !is_tried)
            && (behind.is_empty() || chain(&call.receiver).any(|before| behind.iter().any(|name| before == name)))
    }
}

/// The methods of a chain, the last first.
fn chain(receiver: &Expr) -> impl Iterator<Item = &syn::Ident> {
    let calls = std::iter::successors(last_call(receiver), |call| last_call(&call.receiver));
    calls.map(|call| &call.method)
}

fn last_call(expression: &Expr) -> Option<&ExprMethodCall> {
    match expression {
        Expr::MethodCall(call) => Some(call),
        Expr::Try(tried) => last_call(&tried.expr),
        Expr::Paren(inner) => last_call(&inner.expr),
        Expr::Reference(inner) => last_call(&inner.expr),
        _ => None,
    }
}

/// What is found on a page and not excused.
pub(crate) fn check(code: &Code<'_>, traps: &Traps, exceptions: &mut Exceptions) -> Vec<Diagnostic> {
    let mut found = find(code, traps);
    found.sort_by_key(|(range, _)| range.start);
    found.retain(|(range, _)| !exceptions.allow(RULE, range));
    let told = found.into_iter().map(|(range, advice)| {
        let call = &code.page.text[range.clone()];
        let message = format!("`{call}` answers wrongly here without a word: {advice}");
        let help = format!("if it is right here, {}", exception_help(RULE));
        Diagnostic::warning(RULE, message, Place::new(&code.page.path, range)).help(help)
    });
    told.collect()
}

fn find(code: &Code<'_>, traps: &Traps) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (cell, statements) in code.cells.iter().filter(|(cell, _)| cell.options.execution != Mode::Ignore) {
        let mut finder = Finder { traps, found: Vec::new() };
        statements.iter().for_each(|statement| finder.visit_stmt(statement));
        let to_page = |range: Range<usize>| cell.to_page(range.start)..cell.to_page(range.end);
        found.extend(finder.found.into_iter().map(|(range, advice)| (to_page(range), advice)));
    }
    let values = code.inlines.iter().map(|(value, expression)| (value.expression.start, expression));
    let claims = code.claims.iter().map(|(claim, expression)| (claim.expression.start, expression));
    for (start, expression) in values.chain(claims) {
        let mut finder = Finder { traps, found: Vec::new() };
        finder.visit_expr(expression);
        let to_page = |range: Range<usize>| start + range.start..start + range.end;
        found.extend(finder.found.into_iter().map(|(range, advice)| (to_page(range), advice)));
    }
    found
}

struct Finder<'a> {
    traps: &'a Traps,
    found: Vec<(Range<usize>, String)>,
}

impl Finder<'_> {
    fn call(&mut self, call: &ExprMethodCall, tried: bool) {
        if let Some((_, advice)) = self.traps.0.iter().find(|(trap, _)| trap.is_call(call, tried)) {
            self.found.push((call.method.span().byte_range(), advice.clone()));
        }
        visit::visit_expr_method_call(self, call);
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_expr_try(&mut self, tried: &'ast syn::ExprTry) {
        match &*tried.expr {
            Expr::MethodCall(call) => self.call(call, true),
            other => self.visit_expr(other),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.call(call, false);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some((_, advice)) = self.traps.0.iter().find(|(trap, _)| trap.is_path(path)) {
            self.found.push((path.span().byte_range(), advice.clone()));
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.tokens.clone());
        arguments.iter().flatten().for_each(|argument| self.visit_expr(argument));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\"eq|lt.sum_all\" = \"в u8\"\nmax_all = \"теряет NaN\"\n\"pow(&)\" = \"NaN\"\n\"max(_)?\" = \"все равные\"\n\
                         \"round?\" = \"половины\"\n\"Tensor::arange_step\" = \"11 чисел\"\n\"relu()\" = \"в нуле 1\"\n";

    fn told(text: &str) -> Vec<String> {
        let (page, wrong) = page::read("src/а.md", text, &[]);
        assert!(wrong.is_empty(), "{wrong:?}");
        let told = crate::review::check(&page, &toml::from_str(TABLE).unwrap(), crate::words::Words::of(None));
        told.into_iter().filter(|told| ["trap", "allow"].contains(&&*told.code)).map(|told| told.message).collect()
    }

    fn in_cell(code: &str) -> Vec<String> {
        let cut = |message: String| {
            message.split(" answers wrongly here without a word: ").collect::<Vec<_>>().join(" ").replace('`', "")
        };
        told(&format!("```rust cell\n{code}\n```\n")).into_iter().map(cut).collect()
    }

    #[test]
    fn a_trap_is_found_by_how_it_is_written() {
        assert_eq!(in_cell("let к = а.eq(&б)?.sum_all()?;"), ["sum_all в u8"]);
        assert_eq!(in_cell("let к = (а.lt(&б)?).to_dtype(DType::U8)?.sum_all()?;"), ["sum_all в u8"]);
        assert_eq!(in_cell("println!(\"{}\", а.max_all()?);"), ["max_all теряет NaN"]);
        assert_eq!(
            in_cell("fn ф(х: &Tensor) -> Result<Tensor> { х.pow(&х)?.round()?.relu() }"),
            ["pow NaN", "round половины", "relu в нуле 1"]
        );
        assert_eq!(
            in_cell("let м = х.max(D::Minus1)?; let ш = ml::nn::Tensor::arange_step(0.0, 1.0, 0.1)?;"),
            ["max все равные", "ml::nn::Tensor::arange_step 11 чисел"]
        );
    }

    #[test]
    fn what_only_looks_like_a_trap_is_none() {
        let code =
            "let а = 3_u32.pow(2); let б = 1.5_f64.max(0.0).round(); let в = веса.sum_all()?; let г = nn::relu(&х)?;";
        assert_eq!(in_cell(code), [""; 0]);
        assert_eq!(told("```rust cell ignore\nх.max_all()\n```\n"), [""; 0]);
    }

    #[test]
    fn values_and_claims_fall_into_traps_too_and_an_exception_says_why_not() {
        let text = "```rust cell\nlet х = 1;\n```\n\nПик `=х.max_all():.2`. <!-- claim: х.max_all() < 1.0 -->";
        assert_eq!(told(text).len(), 2);
        assert_eq!(told(&format!("{text} <!-- allow: trap — NaN здесь не бывает -->\n")), [""; 0]);
    }

    #[test]
    fn a_key_that_names_no_call_is_refused() {
        for key in ["", "a.b.c", "max all", "макс(1)", "a::", "x|"] {
            let message = toml::from_str::<Traps>(&format!("\"{key}\" = \"да\"")).unwrap_err().to_string();
            assert!(message.contains("names no call"), "{key}: {message}");
        }
    }
}
