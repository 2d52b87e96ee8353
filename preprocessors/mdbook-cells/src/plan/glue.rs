//! The things of a page to one program, line for line, with the glue that reports them.

use std::ops::Range;

use crate::plan::claim::{Claim, Comparison};
use crate::plan::flow::Flow;
use crate::plan::program::{Builder, Program};
use crate::plan::syntax::{CellSyntax, ExpressionSyntax, Returns};
use page::options::{Mode, ProgramOf};
use page::{Cell, Inline, Page};

/// One thing of the page's program, in order.
pub(crate) enum Item<'a> {
    Cell(usize, &'a Cell, &'a CellSyntax),
    Inline(usize, &'a Inline, &'a ExpressionSyntax),
    Claim(usize, &'a page::Claim, &'a ExpressionSyntax),
}

/// The parts of the page that are run for each state are arguments of a macro, which puts them into a closure for all states and
/// then where they stand: so every line, variable and item is where Rust expects it.
pub(crate) fn program<'a>(
    page: &Page,
    prelude: &str,
    live: &Flow,
    items: impl Iterator<Item = (usize, &'a Item<'a>)>,
) -> Program {
    let rust = page.as_rust();
    let mut to = Builder::new(&rust, &page.line_starts);
    to.glue(&format!(
        "fn main() -> ::std::process::ExitCode {{ ::kernel::main(page) }} fn page() -> ::kernel::Result {{ {prelude} \
         use ::kernel::{{dbg, eprint, eprintln, show}}; "
    ));
    let mut is_open = false;
    for (at, item) in items {
        let group = live.groups.iter().position(|group| group.nodes.contains(&at));
        let nodes = group.map(|group| &live.groups[group].nodes);
        if let (Item::Cell(index, cell, _), Some(group), Some(nodes)) = (item, group, nodes) {
            to.go_to(cell.fence.start);
            if nodes.start == at {
                to.glue(&format!("::kernel::live! {{ {group}; "));
                is_open = true;
            } else {
                to.glue(&format!("if ::kernel::enough({index}) {{ return Ok(()); }} "));
            }
        }
        match item {
            Item::Cell(index, cell, syntax) => write_cell(&mut to, *index, cell, syntax),
            Item::Inline(index, inline, _) => write_inline(&mut to, page, *index, inline),
            Item::Claim(index, claim, syntax) => write_claim(&mut to, page, *index, claim, syntax),
        }
        if nodes.is_some_and(|nodes| nodes.end == at + 1) {
            to.glue(" } ");
            is_open = false;
        }
    }
    // A cell that must not compile may stand inside such a part.
    to.glue(if is_open { " } Ok(()) }" } else { " Ok(()) }" });
    to.finish()
}

fn write_cell(to: &mut Builder<'_>, index: usize, cell: &Cell, syntax: &CellSyntax) {
    let panics = cell.options.execution == Mode::ShouldPanic;
    to.go_to(cell.fence.start);
    to.glue(&format!("::kernel::enter({index}); "));
    if panics {
        to.glue("::kernel::should_panic(|| -> ::kernel::Result { ");
    }
    let tail = syntax.tail.as_ref().map(|tail| cell.to_page(tail.start));
    for (index, line) in cell.code_lines().enumerate() {
        let marks = syntax.marks.iter().map(|mark| (cell.to_page(*mark), "::kernel::here(); "));
        let cuts = marks.chain(tail.map(|tail| (tail, "::kernel::show!("))).filter(|(at, _)| line.contains(at));
        let mut from = line.start;
        let mut copy = |to: &mut Builder<'_>, until: usize| {
            let piece = from..until;
            if syntax.continued.contains(&index) && from == line.start {
                to.copy_flush(piece);
            } else {
                to.copy(piece);
            }
            from = until;
        };
        for (at, glue) in cuts {
            copy(to, at);
            to.go_to(at);
            to.glue(glue);
        }
        copy(to, line.end);
    }
    to.go_to(cell.fence.end);
    if syntax.tail.is_some() {
        to.glue("); ");
    }
    if let Some(main) = syntax.main.as_ref().filter(|_| cell.options.program == ProgramOf::Alone && !syntax.calls_main)
    {
        to.glue(match main.returns {
            Returns::Result => "main()?; ",
            Returns::Other => "main(); ",
        });
    }
    if panics {
        to.glue("; Ok(()) }); ");
    }
    to.glue(&format!("::kernel::leave({index}); "));
}

fn write_inline(to: &mut Builder<'_>, page: &Page, index: usize, inline: &Inline) {
    let percent = inline.spec.percent;
    let format = if inline.spec.format.is_empty() { String::new() } else { format!(":{}", inline.spec.format) };
    to.go_to(page.computed_at(inline.range.start));
    to.glue(&format!("::kernel::here(); ::kernel::inline!({index}, \"{{{format}}}\", "));
    if percent {
        to.glue("100.0 * (");
    }
    to.copy_or_here(inline.expression.clone());
    if percent {
        to.glue(")");
    }
    to.glue("); ");
}

fn write_claim(to: &mut Builder<'_>, page: &Page, index: usize, claim: &page::Claim, syntax: &ExpressionSyntax) {
    to.go_to(page.computed_at(claim.range.start));
    to.glue("::kernel::here(); ");
    let at = claim.expression.start;
    match &syntax.claim {
        Some(Claim::Comparison(Comparison { left, operator, right })) => {
            to.glue("match (&(");
            to.copy_or_here(at + left.start..at + left.end);
            to.glue("), &(");
            to.copy_or_here(at + right.start..at + right.end);
            to.glue(&format!(")) {{ (a, b) => ::kernel::claim_pair({index}, a {operator} b, a, b) }}; "));
        }
        Some(Claim::Plain(_)) | None => {
            to.glue(&format!("::kernel::claim({index}, "));
            to.copy_or_here(claim.expression.clone());
            to.glue("); ");
        }
        Some(parts) => {
            to.glue("{ let mut __parts = ::kernel::Parts::default(); let __holds: bool = ");
            write_part(to, claim, parts);
            to.glue(&format!("; __parts.claim({index}, __holds); }} "));
        }
    }
}

/// Each part is evaluated where it stands, so `&&` and `||` leave out what they always leave out.
fn write_part(to: &mut Builder<'_>, claim: &page::Claim, part: &Claim) {
    let at = claim.expression.start;
    let words = |range: Range<usize>| claim.code[range].split_whitespace().collect::<Vec<_>>().join(" ");
    match part {
        Claim::Plain(range) => {
            to.glue(&format!("__parts.plain({:?}, ", words(range.clone())));
            to.copy_or_here(at + range.start..at + range.end);
            to.glue(")");
        }
        Claim::Comparison(Comparison { left, operator, right }) => {
            to.glue("match (&(");
            to.copy_or_here(at + left.start..at + left.end);
            to.glue("), &(");
            to.copy_or_here(at + right.start..at + right.end);
            let code = words(left.start..right.end);
            to.glue(&format!(")) {{ (a, b) => __parts.pair({code:?}, a {operator} b, a, b) }}"));
        }
        Claim::Not(inner) => {
            to.glue("!(");
            write_part(to, claim, inner);
            to.glue(")");
        }
        Claim::Both(left, operator, right) => {
            to.glue("(");
            write_part(to, claim, left);
            to.glue(&format!(") {operator} ("));
            write_part(to, claim, right);
            to.glue(")");
        }
    }
}
