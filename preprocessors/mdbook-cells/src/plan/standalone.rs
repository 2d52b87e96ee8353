//! A page's program as a person would have written it: for a cargo project outside of the book.

use crate::plan::syntax::{self, CellSyntax};
use page::options::{Mode, ProgramOf};
use page::{Cell, Claim, Page};

/// One thing of the page, in order.
enum Item<'a> {
    Cell(usize, &'a Cell),
    Claim(&'a Claim),
}

/// The program; `prelude` is what cells see at once. Cells that are never run stay on the page.
pub fn standalone(page: &Page, prelude: &str) -> String {
    let cells = page.cells.iter().enumerate();
    let mut items: Vec<(usize, Item<'_>)> =
        cells.map(|(number, cell)| (cell.fence.start, Item::Cell(number, cell))).collect();
    items.extend(page.claims.iter().map(|claim| (page.computed_at(claim.range.start), Item::Claim(claim))));
    items.sort_by_key(|(at, _)| *at);

    let (mut body, mut alone) = (String::new(), String::new());
    for (at, item) in items {
        let line = page.line_starts.line(at);
        match item {
            Item::Cell(number, cell) => match (&cell.options.execution, cell.options.program) {
                (Mode::Run | Mode::ShouldPanic, ProgramOf::Page) => {
                    body.push_str(&format!("\n// строка {line}\n{}", statements(page, cell)));
                }
                (Mode::Run | Mode::ShouldPanic, ProgramOf::Alone) => {
                    let name = format!("alone_{}", number + 1);
                    body.push_str(&format!("\n// строка {line}: отдельная программа\n{name}()?;\n"));
                    let code = statements(page, cell);
                    alone.push_str(&format!("\nfn {name}() -> kernel::Result {{\n{code}Ok(())\n}}\n"));
                }
                (Mode::CompileFail(_) | Mode::NoRun | Mode::Ignore, _) => {
                    body.push_str(&format!("\n// строка {line}: ячейка не выполняется, она осталась на странице\n"));
                }
            },
            Item::Claim(claim) => {
                body.push_str(&format!("\n// строка {line}: утверждение\nassert!({});\n", claim.code));
            }
        }
    }
    format!(
        "//! Все ячейки страницы {}: одна программа.\n#![allow(unused)]\n\n{}\nuse kernel::show;\n\n\
         fn main() -> std::process::ExitCode {{\n    kernel::main(page)\n}}\n\n\
         fn page() -> kernel::Result {{\n{}\nOk(())\n}}\n{alone}",
        page.path,
        prelude.replacen("::", "", 1),
        body.trim_start_matches('\n'),
    )
}

/// The statements of a cell; its last expression is shown.
fn statements(page: &Page, cell: &Cell) -> String {
    let (CellSyntax { code, tail, .. }, _) = syntax::cell(cell.code(&page.text));
    let code = match tail {
        Some(tail) => format!("{}show!({}\n);\n", &code[..tail.start], code[tail.start..].trim_end()),
        None => code,
    };
    let code: String = code.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    match cell.options.execution {
        Mode::ShouldPanic => format!("kernel::should_panic(|| -> kernel::Result {{\n{code}Ok(())\n}});\n"),
        _ => code,
    }
}
