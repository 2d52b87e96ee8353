//! What an expression is to threads: a join that nobody has looked at, a handle, a name that was given one.

use syn::{Block, Expr, Pat, Stmt};

/// Whether the value of an expression is what some `join()` said, and nobody has looked at it.
pub(super) fn carries_a_join(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "join" => call.args.is_empty(),
            "ok" | "err" | "collect" => carries_a_join(&call.receiver),
            "map" => call.args.iter().any(gives_a_join),
            _ => false,
        },
        Expr::Call(call) => ends_with(&call.func, "drop") && call.args.iter().any(carries_a_join),
        Expr::Paren(inner) => carries_a_join(&inner.expr),
        Expr::Block(block) => tail(&block.block).is_some_and(carries_a_join),
        _ => false,
    }
}

/// A function whose value carries a join.
pub(super) fn gives_a_join(function: &Expr) -> bool {
    match function {
        Expr::Closure(closure) => carries_a_join(&closure.body),
        Expr::Path(path) => {
            let mut segments = path.path.segments.iter().rev();
            segments.next().is_some_and(|last| last.ident == "join")
                && segments.next().is_some_and(|owner| owner.ident.to_string().ends_with("JoinHandle"))
        }
        _ => false,
    }
}

fn tail(block: &Block) -> Option<&Expr> {
    match block.stmts.last() {
        Some(Stmt::Expr(expression, None)) => Some(expression),
        _ => None,
    }
}

fn ends_with(function: &Expr, name: &str) -> bool {
    matches!(function, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// `thread::spawn(…)`, or the same by a `Builder`. A scope looks at its threads itself.
pub(super) fn is_spawn(expression: &Expr) -> bool {
    match expression {
        Expr::Call(call) if ends_with(&call.func, "drop") => call.args.iter().any(is_spawn),
        Expr::Call(call) => ends_with(&call.func, "spawn"),
        Expr::MethodCall(call) if call.method == "spawn" => is_built(&call.receiver),
        Expr::MethodCall(call) => {
            ["unwrap", "expect"].iter().any(|name| call.method == name) && is_spawn(&call.receiver)
        }
        Expr::Try(tried) => is_spawn(&tried.expr),
        Expr::Paren(inner) => is_spawn(&inner.expr),
        _ => false,
    }
}

/// `Builder::new()` and what is said of it.
fn is_built(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => is_built(&call.receiver),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.iter().any(|segment| segment.ident == "Builder"),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a value is a thread's handle, or a collection of them.
pub(super) fn spawns(value: &Expr) -> bool {
    match value {
        Expr::MethodCall(call) if call.method == "collect" => spawns(&call.receiver),
        Expr::MethodCall(call) if call.method == "map" => {
            call.args.iter().any(|function| matches!(function, Expr::Closure(closure) if spawns(&closure.body)))
        }
        Expr::Block(block) => tail(&block.block).is_some_and(spawns),
        _ => is_spawn(value),
    }
}

/// `r`, `r.ok()`, `drop(r)`.
pub(super) fn name_in(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        Expr::MethodCall(call) if call.method == "ok" => name_in(&call.receiver),
        Expr::Call(call) if ends_with(&call.func, "drop") => call.args.first().and_then(name_in),
        Expr::Paren(inner) => name_in(&inner.expr),
        _ => None,
    }
}

/// The name of a pattern that is nothing else.
pub(super) fn bound(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) if name.subpat.is_none() => Some(name.ident.to_string()),
        Pat::Type(typed) => bound(&typed.pat),
        _ => None,
    }
}

pub(super) fn is_wild(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Type(typed) => is_wild(&typed.pat),
        _ => false,
    }
}
