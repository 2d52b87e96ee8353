//! What a page shows that would be other the next time: the order of hash maps, clocks, addresses. It is read, not run, so it is a
//! warning: `check --twice` runs the page again and knows.

mod format;
mod order;

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::allow::Exceptions;
use page::options::{Mode, ProgramOf};
use page::{Cell, Inline};
use syn::{Expr, Stmt};

use crate::review::{Code, exception_help};
use order::Order;

/// What it is called, and what excuses it.
const RULE: &str = "unstable";

/// Something that is other every time, and where it stands in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    range: Range<usize>,
    what: What,
}

/// Why it is other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Hash,
    Clock,
    Address,
    Machine,
}

/// What is found on a page and not excused.
pub(crate) fn check(code: &Code<'_>, exceptions: &mut Exceptions) -> Vec<Diagnostic> {
    let mut found = find(code);
    found.sort_by_key(|(range, _)| range.start);
    found.dedup();
    found.retain(|(range, _)| !exceptions.allow(RULE, range));
    found.into_iter().map(|(range, what)| what.diagnostic(&code.page.path, range)).collect()
}

impl What {
    fn diagnostic(self, path: &str, range: Range<usize>) -> Diagnostic {
        let (message, help) = match self {
            Self::Hash => (
                "a hash map or set has another order every time",
                "show a `BTreeMap` or `BTreeSet`, or sort before it is shown",
            ),
            Self::Clock => (
                "a clock shows another time every time",
                "show how long something takes by `timing`; a date that does not change is a text",
            ),
            Self::Address => ("an address is another one every time", "compare what stands there, or count"),
            Self::Machine => (
                "this is of the process or the machine, and another one every time",
                "take random numbers from the page's seed, and nothing that the reader's page should not depend on",
            ),
        };
        Diagnostic::warning(RULE, message, Place::new(path, range))
            .help(help)
            .help(format!("if it is the same every time all the same, {}", exception_help(RULE)))
    }
}

/// One thing of the page, in the order of its program.
enum Item<'a> {
    Cell(&'a Cell, &'a [Stmt]),
    Inline(&'a Inline, &'a Expr),
}

fn find(code: &Code<'_>) -> Vec<(Range<usize>, What)> {
    let page = code.page;
    let runs = |cell: &Cell| matches!(cell.options.execution, Mode::Run | Mode::ShouldPanic);
    let cells = code.cells.iter().filter(|(cell, _)| runs(cell));
    let mut items: Vec<(usize, Item<'_>)> =
        cells.map(|(cell, statements)| (cell.fence.start, Item::Cell(cell, statements))).collect();
    items.extend(
        code.inlines
            .iter()
            .map(|(inline, expression)| (page.computed_at(inline.range.start), Item::Inline(inline, expression))),
    );
    items.sort_by_key(|(at, _)| *at);
    let mut order = Order::default();
    for (_, item) in &items {
        if let Item::Cell(_, statements) = item {
            order.learn(statements);
        }
    }
    let mut found = Vec::new();
    for (_, item) in items {
        match item {
            Item::Cell(cell, statements) => {
                let here = if cell.options.program == ProgramOf::Alone {
                    let mut alone = Order::default();
                    alone.learn(statements);
                    alone.cell(statements)
                } else {
                    order.cell(statements)
                };
                let place = |range: Range<usize>| cell.to_page(range.start)..cell.to_page(range.end);
                found.extend(here.into_iter().map(|here| (place(here.range), here.what)));
            }
            Item::Inline(inline, expression) => {
                let here = order.value(expression);
                found.extend(here.map(|what| (inline.range.clone(), what)));
            }
        }
    }
    found
}
