//! Which names of a page have the order of a hash map, and where that order, a clock or an address is shown.

use std::collections::{BTreeMap, BTreeSet};

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    Expr, ExprCast, ExprForLoop, ExprMethodCall, FnArg, Item, ItemFn, Local, Macro, Pat, ReturnType, Stmt, Type,
};

use super::format::{self, Style};
use super::{Found, What};

/// What is known of a page so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Names that hold hash maps, or what was taken out of them in their order.
    names: BTreeMap<String, What>,
    /// Functions that give such.
    functions: BTreeSet<String>,
    /// Types of the page that hold some.
    types: BTreeSet<String>,
    found: Vec<Found>,
}

impl Order {
    /// Learns the functions and types of a cell, which hold before it too.
    pub(super) fn learn(&mut self, statements: &[Stmt]) {
        for statement in statements {
            let Stmt::Item(item) = statement else { continue };
            match item {
                Item::Fn(function) if self.returns_hash(function) => {
                    self.functions.insert(function.sig.ident.to_string());
                }
                Item::Struct(found) if found.fields.iter().any(|field| self.is_hash(&field.ty)) => {
                    self.types.insert(found.ident.to_string());
                }
                Item::Type(alias) if self.is_hash(&alias.ty) => {
                    self.types.insert(alias.ident.to_string());
                }
                _ => {}
            }
        }
    }

    /// What a cell shows.
    pub(super) fn cell(&mut self, statements: &[Stmt]) -> Vec<Found> {
        for statement in statements {
            self.visit_stmt(statement);
        }
        if let Some(Stmt::Expr(tail, None)) = statements.last()
            && let Some(what) = self.of(tail)
        {
            self.found.push(Found { range: tail.span().byte_range(), what });
        }
        std::mem::take(&mut self.found)
    }

    /// What a value in a sentence shows.
    pub(super) fn value(&mut self, expression: &Expr) -> Option<What> {
        self.visit_expr(expression);
        let inside = std::mem::take(&mut self.found).into_iter().map(|found| found.what).next();
        inside.or_else(|| self.of(expression))
    }

    fn returns_hash(&self, function: &ItemFn) -> bool {
        matches!(&function.sig.output, ReturnType::Type(_, of) if self.is_hash(of))
    }

    fn is_hash(&self, of: &Type) -> bool {
        let names = names_of(|names| names.visit_type(of));
        names.iter().any(|name| is_map(name) || self.types.contains(name))
    }

    /// What of an expression is other every time, if anything.
    fn of(&self, expression: &Expr) -> Option<What> {
        match expression {
            Expr::Path(path) => self.names.get(&path.path.get_ident()?.to_string()).copied(),
            Expr::Paren(inner) => self.of(&inner.expr),
            Expr::Reference(inner) => self.of(&inner.expr),
            Expr::Cast(cast) if matches!(&*cast.ty, Type::Ptr(_)) => Some(What::Address),
            Expr::Try(inner) => self.of(&inner.expr),
            Expr::Array(array) => array.elems.iter().find_map(|element| self.of(element)),
            Expr::Tuple(tuple) => tuple.elems.iter().find_map(|element| self.of(element)),
            Expr::Block(block) => match block.block.stmts.last()? {
                Stmt::Expr(tail, None) => self.of(tail),
                _ => None,
            },
            Expr::Struct(found) => {
                let named = self.types.contains(&found.path.segments.last()?.ident.to_string());
                named.then_some(What::Hash)
            }
            Expr::Call(call) => {
                let Expr::Path(path) = &*call.func else { return None };
                let names: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
                let makes = |name: &String| is_map(name) || self.types.contains(name);
                let wraps = ["Some", "Ok", "Err"].iter().any(|name| names.last().is_some_and(|last| last == name));
                if wraps {
                    return call.args.iter().find_map(|argument| self.of(argument));
                }
                let of_type = names.len() > 1 && names[..names.len() - 1].iter().any(makes);
                (of_type || names.len() == 1 && self.functions.contains(&names[0])).then_some(What::Hash)
            }
            Expr::MethodCall(call) => self.of_method(call),
            Expr::Macro(call) if call.mac.path.is_ident("vec") => {
                let parse = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
                call.mac.parse_body_with(parse).ok()?.iter().find_map(|element| self.of(element))
            }
            _ => None,
        }
    }

    fn of_method(&self, call: &ExprMethodCall) -> Option<What> {
        /// What keeps the order that its receiver has.
        const KEEPING: [&str; 38] = [
            "iter",
            "iter_mut",
            "into_iter",
            "keys",
            "values",
            "values_mut",
            "into_keys",
            "into_values",
            "drain",
            "map",
            "filter",
            "filter_map",
            "flat_map",
            "flatten",
            "cloned",
            "copied",
            "enumerate",
            "zip",
            "chain",
            "take",
            "skip",
            "step_by",
            "rev",
            "inspect",
            "peekable",
            "by_ref",
            "collect",
            "clone",
            "to_owned",
            "to_vec",
            "unwrap",
            "expect",
            "join",
            "next",
            "nth",
            "first",
            "last",
            "find",
        ];
        let name = call.method.to_string();
        if name == "as_ptr" || name == "as_mut_ptr" || name == "addr" && self.of(&call.receiver) == Some(What::Address)
        {
            return Some(What::Address);
        }
        if name == "collect" {
            let target =
                call.turbofish.as_ref().map(|of| names_of(|names| names.visit_angle_bracketed_generic_arguments(of)));
            let target = target.unwrap_or_default();
            if target.iter().any(|name| name.starts_with("BTree")) {
                return None;
            }
            if target.iter().any(|name| is_map(name)) {
                return Some(What::Hash);
            }
        }
        if ["union", "intersection", "difference", "symmetric_difference"].contains(&&*name) {
            return self.of(&call.receiver);
        }
        KEEPING.contains(&&*name).then(|| self.of(&call.receiver)).flatten()
    }

    fn shows(&mut self, call: &Macro) {
        for (argument, style) in format::shown(call) {
            let what = match style {
                Style::Pointer => Some(What::Address),
                Style::Other => self.of(&argument),
            };
            let range = argument.span().byte_range();
            self.found.extend(what.map(|what| Found { range, what }));
        }
    }

    fn bind(&mut self, pattern: &Pat, what: Option<What>) {
        let name = match pattern {
            Pat::Ident(name) => name.ident.to_string(),
            Pat::Type(typed) => return self.bind(&typed.pat, what),
            _ => return,
        };
        match what {
            Some(what) => drop(self.names.insert(name, what)),
            None => drop(self.names.remove(&name)),
        }
    }
}

fn is_map(name: &str) -> bool {
    name == "HashMap" || name == "HashSet"
}

fn is_sorted(of: &Type) -> bool {
    names_of(|names| names.visit_type(of)).iter().any(|name| name.starts_with("BTree"))
}

/// All names in a type.
fn names_of(visit: impl FnOnce(&mut Names)) -> Vec<String> {
    let mut names = Names(Vec::new());
    visit(&mut names);
    names.0
}

struct Names(Vec<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_ident(&mut self, ident: &'ast proc_macro2::Ident) {
        self.0.push(ident.to_string());
    }
}

/// What a path names that is other every time.
fn named(segments: &[String]) -> Option<What> {
    let ends = |words: &[&str]| {
        segments.iter().rev().zip(words.iter().rev()).filter(|(one, other)| one == other).count() == words.len()
    };
    const CLOCKS: [&str; 5] = ["Instant", "SystemTime", "Utc", "Local", "OffsetDateTime"];
    if CLOCKS.iter().any(|clock| ends(&[clock, "now"])) {
        return Some(What::Clock);
    }
    let machine = [&["process", "id"][..], &["available_parallelism"], &["thread_rng"], &["RandomState", "new"]];
    machine.iter().any(|words| ends(words)).then_some(What::Machine)
}

impl<'ast> Visit<'ast> for Order {
    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        let given = local.init.as_ref().and_then(|init| self.of(&init.expr));
        let what = match &local.pat {
            Pat::Type(typed) if self.is_hash(&typed.ty) => Some(What::Hash),
            Pat::Type(typed) if is_sorted(&typed.ty) => None,
            _ => given,
        };
        self.bind(&local.pat, what);
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        // A function sees its parameters and nothing of the page's variables.
        let outside = std::mem::take(&mut self.names);
        for argument in &function.sig.inputs {
            if let FnArg::Typed(typed) = argument {
                let what = self.is_hash(&typed.ty).then_some(What::Hash);
                self.bind(&typed.pat, what);
            }
        }
        visit::visit_item_fn(self, function);
        self.names = outside;
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        if format::shows(call) {
            self.shows(call);
        }
        let parse = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        if let Ok(arguments) = call.parse_body_with(parse) {
            arguments.iter().for_each(|argument| self.visit_expr(argument));
        }
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let segments: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
        let range = path.span().byte_range();
        self.found.extend(named(&segments).map(|what| Found { range, what }));
    }

    fn visit_expr_cast(&mut self, cast: &'ast ExprCast) {
        visit::visit_expr_cast(self, cast);
        let of_pointer = match &*cast.expr {
            Expr::Cast(inner) => matches!(&*inner.ty, Type::Ptr(_)),
            inner => self.of(inner) == Some(What::Address),
        };
        if of_pointer && !matches!(&*cast.ty, Type::Ptr(_)) {
            self.found.push(Found { range: cast.span().byte_range(), what: What::Address });
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        let Expr::Path(path) = &*call.receiver else { return };
        let Some(name) = path.path.get_ident().map(ToString::to_string) else { return };
        if call.method.to_string().starts_with("sort") && self.names.get(&name) == Some(&What::Hash) {
            self.names.remove(&name);
        }
        // What is put into a list one by one has the order in which it comes.
        if call.method == "extend" || call.method == "append" {
            let what = call.args.iter().find_map(|argument| self.of(argument));
            self.names.extend(what.map(|what| (name, what)));
        }
    }

    fn visit_expr_for_loop(&mut self, each: &'ast ExprForLoop) {
        visit::visit_expr_for_loop(self, each);
        let Some(what) = self.of(&each.expr) else { return };
        struct Said(bool, BTreeSet<String>);
        impl<'ast> Visit<'ast> for Said {
            fn visit_macro(&mut self, call: &'ast Macro) {
                const PRINTING: [&str; 5] = ["println", "print", "eprintln", "eprint", "show"];
                self.0 |= call.path.segments.last().is_some_and(|last| PRINTING.iter().any(|name| last.ident == name));
            }
            fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
                visit::visit_expr_method_call(self, call);
                if (call.method == "push" || call.method == "push_str")
                    && let Expr::Path(path) = &*call.receiver
                {
                    self.1.extend(path.path.get_ident().map(ToString::to_string));
                }
            }
        }
        let mut said = Said(false, BTreeSet::new());
        said.visit_block(&each.body);
        if said.0 {
            self.found.push(Found { range: each.expr.span().byte_range(), what });
        }
        self.names.extend(said.1.into_iter().map(|name| (name, what)));
    }
}
