//! What a page does with what becomes of its threads: a panic that it handles itself is its own affair, one that it throws away is told.
//!
//! The kernel hears of every panic and cannot know who looks at it, so that is read from the code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Expr, ExprAssign, ExprIf, ExprMethodCall, ExprPath, ExprTry, Local, Macro, Pat, Stmt, Token};

mod shapes;

use shapes::{bound, carries_a_join, gives_a_join, is_spawn, is_wild, name_in, spawns};

/// What the statements of a cell do with what becomes of threads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fates {
    /// They use the result of some `join()`, or catch panics.
    pub looks: bool,
    /// They throw a result or a handle away.
    pub discards: bool,
    /// Names for a result or a handle that no statement of the cell reads.
    pub unread: Vec<(String, Kept)>,
}

/// What a name was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// What `join()` said.
    Result,
    /// The handle of a thread.
    Handle,
}

/// The cells of a program that look at what becomes of threads, and those that throw it away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Threads {
    looking: BTreeSet<usize>,
    discarding: BTreeSet<usize>,
}

impl Threads {
    /// Of cells, by their number; `is_read` is whether something behind a cell reads a name of it.
    pub fn of<'a>(cells: impl Iterator<Item = (usize, &'a Fates)>, is_read: impl Fn(usize, &str) -> bool) -> Self {
        let mut threads = Self::default();
        for (cell, fates) in cells {
            let (read, lost): (Vec<_>, Vec<_>) = fates.unread.iter().partition(|(name, _)| is_read(cell, name));
            if fates.looks || read.iter().any(|(_, kept)| *kept == Kept::Result) {
                threads.looking.insert(cell);
            }
            if fates.discards || !lost.is_empty() {
                threads.discarding.insert(cell);
            }
        }
        threads
    }

    /// Whether a panic of a thread that began in this cell, or before it ran, is the page's own affair: somebody looks, and nobody
    /// has thrown anything away till then.
    pub fn handle(&self, started: usize) -> bool {
        let looking = self.looking.range(started..).next();
        looking.is_some_and(|looking| self.discarding.range(started..=*looking).next().is_none())
    }
}

/// Reads the statements of a cell.
pub fn fates(statements: &[Stmt]) -> Fates {
    let mut reader = Reader::default();
    for statement in statements {
        reader.visit_stmt(statement);
    }
    let Reader { joins, settled, catches, discards, kept, mut reads } = reader;
    let is_unread = |(name, _): &(String, Kept)| reads.remove(name).is_none_or(|times| times <= 0);
    let unread: Vec<(String, Kept)> = kept.into_iter().filter(is_unread).collect();
    let waiting = unread.iter().filter(|(_, kept)| *kept == Kept::Result).count();
    Fates { looks: catches || joins > settled + waiting, discards, unread }
}

#[derive(Default)]
struct Reader {
    joins: usize,
    /// Joins that are thrown away, or behind whose `unwrap()` the page itself panics.
    settled: usize,
    catches: bool,
    discards: bool,
    kept: Vec<(String, Kept)>,
    /// How often a name is read, but for where it is thrown away.
    reads: BTreeMap<String, isize>,
}

impl Reader {
    fn thrown_away(&mut self) {
        self.settled += 1;
        self.discards = true;
    }

    /// The value of an expression is nobody's.
    fn discard(&mut self, expression: &Expr) {
        if carries_a_join(expression) {
            self.thrown_away();
        } else if is_spawn(expression) {
            self.discards = true;
        } else if let Some(name) = name_in(expression) {
            self.read(name, -1);
        }
    }

    fn keep(&mut self, name: String, value: &Expr) {
        if carries_a_join(value) {
            self.kept.push((name, Kept::Result));
        } else if spawns(value) {
            self.kept.push((name, Kept::Handle));
        }
    }

    fn read(&mut self, name: String, times: isize) {
        *self.reads.entry(name).or_default() += times;
    }

    /// What a macro does with its tokens is not known: every name in them is read, and `{name}` in their texts.
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => self.read(name.to_string(), 1),
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    for piece in literal.to_string().split('{').skip(1) {
                        let name = piece.split(['}', ':', '.']).next().unwrap_or_default();
                        self.read(name.to_owned(), 1);
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Expr(expression, Some(_)) = statement {
            self.discard(expression);
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            if is_wild(&local.pat) {
                self.discard(&init.expr);
            } else if let Some(name) = bound(&local.pat) {
                self.keep(name, &init.expr);
            }
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        if matches!(*assign.left, Expr::Infer(_)) {
            self.discard(&assign.right);
        } else if let Some(name) = name_in(&assign.left) {
            self.read(name.clone(), -1);
            self.keep(name, &assign.right);
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_if(&mut self, test: &'ast ExprIf) {
        // Nothing is done when the thread has panicked.
        if let (Expr::Let(only), None) = (&*test.cond, &test.else_branch)
            && let Pat::TupleStruct(pattern) = &*only.pat
            && pattern.path.segments.last().is_some_and(|last| last.ident == "Ok" || last.ident == "Some")
            && carries_a_join(&only.expr)
        {
            self.thrown_away();
        }
        visit::visit_expr_if(self, test);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        match name.as_str() {
            "join" if call.args.is_empty() => self.joins += 1,
            "unwrap" | "expect" if carries_a_join(&call.receiver) => self.settled += 1,
            "filter_map" | "flat_map" | "map_while" | "for_each" if call.args.iter().any(gives_a_join) => {
                self.thrown_away();
            }
            "flatten" if carries_a_join(&call.receiver) => self.thrown_away(),
            _ => {}
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_try(&mut self, expression: &'ast ExprTry) {
        if carries_a_join(&expression.expr) {
            self.settled += 1;
        }
        visit::visit_expr_try(self, expression);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.catches |= path.path.segments.last().is_some_and(|last| last.ident == "catch_unwind");
        self.joins += usize::from(gives_a_join(&Expr::Path(path.clone())));
        if let Some(name) = path.path.get_ident() {
            self.read(name.to_string(), 1);
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let all = Punctuated::<Expr, Token![,]>::parse_terminated;
        // `matches!(нить.join(), Err(_) if …)`: behind the first there may be something else.
        let first = |input: ParseStream<'_>| Ok((input.parse::<Expr>()?, input.parse::<TokenStream>()?));
        match (call.parse_body_with(all), call.parse_body_with(first)) {
            (Ok(arguments), _) => arguments.iter().for_each(|argument| visit::visit_expr(self, argument)),
            (Err(_), Ok((argument, _))) => visit::visit_expr(self, &argument),
            (Err(_), Err(_)) => {}
        }
        self.tokens(call.tokens.clone());
    }
}

#[cfg(test)]
mod tests {
    use syn::Block;
    use syn::parse::Parser as _;

    use super::*;

    fn read(code: &str) -> Fates {
        fates(&Block::parse_within.parse_str(code).unwrap())
    }

    /// Whether a panic of a thread is the cell's own affair.
    fn handles(cells: &[&str]) -> bool {
        let read: Vec<Fates> = cells.iter().map(|code| read(code)).collect();
        let behind = |cell: usize, name: &str| cells[cell + 1..].iter().any(|code| code.contains(name));
        Threads::of(read.iter().enumerate(), behind).handle(0)
    }

    #[test]
    fn what_nobody_looks_at_is_no_affair_of_the_page() {
        for code in [
            "нить.join().ok();",
            "let _ = нить.join();",
            "_ = нить.join();",
            "let _ = std::thread::spawn(|| 1);",
            "drop(нить.join());",
            "let x = нить.join().unwrap();",
            "let x = нить.join()?;",
            "[\"а\", \"б\"].join(\", \")",
            "let итог = нить.join();",
            "let итог = нить.join().ok();",
            "let _итог: Result<i32, _> = { нить.join() };",
            "let mut итог = Ok(0); итог = нить.join();",
            "let итог = нить.join(); drop(итог);",
            "let итог = нить.join(); let _ = итог;",
            "let итоги: Vec<_> = нити.into_iter().map(|нить| нить.join()).collect();",
            "let сумма: i32 = нити.into_iter().filter_map(|нить| нить.join().ok()).sum(); сумма",
            "let сумма: i32 = нити.into_iter().flat_map(JoinHandle::join).sum(); сумма",
            "нити.into_iter().map(|нить| нить.join()).flatten().sum::<i32>()",
            "нити.into_iter().for_each(|нить| drop(нить.join()));",
            "for нить in нити { нить.join(); }",
            "if let Ok(x) = нить.join() { println!(\"{x}\"); }",
        ] {
            assert!(!handles(&[code]), "{code}");
        }
    }

    #[test]
    fn a_result_that_is_used_is_looked_at() {
        for code in [
            "match нить.join() { Ok(_) => {} Err(_) => {} }",
            "assert!(нить.join().is_err());",
            "assert!(matches!(нить.join(), Err(п) if п.is::<String>()));",
            "let итог = нить.join(); итог.is_err()",
            "let итог = нить.join(); println!(\"{итог:?}\");",
            "let mut итог = Ok(0); итог = нить.join(); assert!(итог.is_err());",
            "let итоги: Vec<_> = нити.into_iter().map(|нить| нить.join()).collect(); итоги.iter().any(|и| и.is_err())",
            "let упало = нити.into_iter().filter(|нить| нить.join().is_err()).count();",
            "std::panic::catch_unwind(f)",
            "нить.join().unwrap_or(0)",
            "if let Ok(x) = нить.join() { x } else { 0 }",
        ] {
            assert!(handles(&[code]), "{code}");
        }
    }

    #[test]
    fn one_look_does_not_excuse_what_was_thrown_away() {
        let look = "assert!(вторая.join().is_err());";
        for first in [
            "std::thread::spawn(|| 1);",
            "let первая = std::thread::spawn(|| 1);",
            "let нити: Vec<_> = (0..3).map(|i| std::thread::spawn(move || i)).collect();",
            "std::thread::Builder::new().name(\"а\".into()).spawn(|| 1)?;",
            "let _ = первая.join();",
        ] {
            assert!(!handles(&[first, look]), "{first}");
            assert!(!handles(&[&format!("{first}\n{look}")]), "{first}");
        }
    }

    #[test]
    fn a_name_may_be_read_in_a_later_cell() {
        assert!(handles(&["let итог = std::thread::spawn(|| 1).join();", "итог.is_err()"]));
        assert!(handles(&["let нить = std::thread::spawn(|| 1);", "assert!(нить.join().is_err());"]));
        assert!(!handles(&["let нить = std::thread::spawn(|| 1);", "let итог = нить.join();"]));
    }
}
