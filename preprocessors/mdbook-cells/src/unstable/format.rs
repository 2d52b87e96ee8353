//! The arguments of a macro that formats, and how each is written.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Lit, Macro, Token};

/// How an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `{:p}`.
    Pointer,
    /// In any other way.
    Other,
}

/// Whether a macro shows what it is given.
pub(super) fn shows(call: &Macro) -> bool {
    const SHOWING: [&str; 10] =
        ["println", "print", "eprintln", "eprint", "format", "format_args", "write", "writeln", "dbg", "show"];
    call.path.segments.last().is_some_and(|last| SHOWING.iter().any(|name| last.ident == name))
}

/// What a macro shows, and how.
pub(super) fn shown(call: &Macro) -> Vec<(Expr, Style)> {
    let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
    let Ok(arguments) = call.parse_body_with(parse) else { return Vec::new() };
    let arguments: Vec<Expr> = arguments.into_iter().collect();
    let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    if name == "dbg" || name == "show" {
        return arguments.into_iter().map(|argument| (argument, Style::Other)).collect();
    }
    let texts = arguments.iter().enumerate().find_map(|(at, argument)| Some((at, text(argument)?)));
    let Some((at, text)) = texts else { return Vec::new() };
    let (mut named, mut placed) = (Vec::new(), Vec::new());
    for argument in arguments.into_iter().skip(at + 1) {
        match argument {
            Expr::Assign(assign) => named.push((words(&assign.left), *assign.right)),
            argument => placed.push(argument),
        }
    }
    let mut next = 0;
    let mut shown = Vec::new();
    for (name, style) in holes(&text.0) {
        let argument = match (name.as_str(), name.parse::<usize>()) {
            ("", _) => {
                next += 1;
                placed.get(next - 1).cloned()
            }
            (_, Ok(number)) => placed.get(number).cloned(),
            (name, Err(_)) => {
                let given = named.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
                given.or_else(|| variable(name, text.1))
            }
        };
        shown.extend(argument.map(|argument| (argument, style)));
    }
    shown
}

fn text(argument: &Expr) -> Option<(String, proc_macro2::Span)> {
    let Expr::Lit(literal) = argument else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    Some((text.value(), text.span()))
}

fn words(expression: &Expr) -> String {
    match expression {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    }
}

/// A variable that the text itself names: it stands where the text stands.
fn variable(name: &str, span: proc_macro2::Span) -> Option<Expr> {
    let name = syn::parse_str::<Ident>(name).ok()?;
    let tokens = TokenStream::from(proc_macro2::TokenTree::Ident(Ident::new(&name.to_string(), span)));
    syn::parse2(tokens).ok()
}

/// `{}`, `{name}`, `{0:?}`: names and styles.
fn holes(text: &str) -> Vec<(String, Style)> {
    let mut holes = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            rest = after;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        let (name, format) = rest[..close].split_once(':').unwrap_or((&rest[..close], ""));
        let style = match format.trim_end().chars().next_back() {
            Some('p') => Style::Pointer,
            _ => Style::Other,
        };
        holes.push((name.trim().to_owned(), style));
        rest = &rest[close + 1..];
    }
    holes
}
