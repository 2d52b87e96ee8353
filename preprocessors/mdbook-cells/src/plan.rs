//! A page to a session: the programs to compile and run, in the order of the page.

pub(crate) mod claim;
mod delimiters;
pub(crate) mod flow;
mod glue;
pub(crate) mod names;
pub(crate) mod program;
pub mod standalone;
pub(crate) mod stray;
pub(crate) mod syntax;
mod threads;

use std::ops::Range;
use std::time::Duration;

use diagnostic::{Diagnostic, Place};

use page::options::{Figure, Mode, Options, ProgramOf};
use page::{Cell, InlinePlace, Page};

use flow::{Flow, Node, Role as FlowRole, Stale, Thing, flow};
use glue::{Item, program};
use program::Program;
use syntax::{CellSyntax, ExpressionSyntax, Named};
use threads::Threads;

/// What a page wants from the engine.
#[derive(Clone, Debug)]
pub struct Session {
    /// The page's own program first, when it has one.
    pub programs: Vec<Planned>,
    /// What the result depends on, of the page: see [`crate::run::key`].
    pub code: Vec<String>,
    /// Artefacts it saves, with the place of the name.
    pub saves: Vec<Named>,
    /// Artefacts it loads.
    pub loads: Vec<Named>,
    /// The highest level that a cell asks for.
    pub opt: Option<u8>,
    /// The seed that a cell asks for.
    pub seed: Option<u64>,
    /// The longest time that a cell asks for.
    pub timeout: Option<Duration>,
    /// What follows the inputs of live cells.
    pub live: Flow,
}

/// A page and what it wants from the engine.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The page.
    pub page: &'a Page,
    /// What it wants.
    pub session: &'a Session,
}

/// One program of a session.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What it is for.
    pub role: Role,
    /// Its source.
    pub program: Program,
    /// What its cells do with what becomes of threads.
    pub threads: Threads,
}

/// What a program is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Runs the page's cells.
    Page,
    /// Runs one cell.
    Alone(usize),
    /// Compiles the page up to this cell, which must be refused.
    CompileFail(usize),
    /// Compiles the page up to this cell.
    NoRun(usize),
}

/// Plans a page; `None` when it computes nothing. With a mistake in the syntax nothing of the page is run.
pub fn plan(page: &Page, prelude: &str) -> (Option<Session>, Vec<Diagnostic>) {
    let mistakes = too_long(page);
    if !mistakes.is_empty() {
        return (None, mistakes);
    }
    with_room(|| plan_here(page, prelude))
}

/// Does what reads Rust. Its grammar is read by recursion, and an author may nest as deep as a cell is long.
pub(crate) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    std::thread::scope(|scope| {
        let working = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work);
        match working.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}

/// Bytes of the code of a cell, a value or a claim; what is longer is data.
const LONGEST: usize = 64 << 10;
/// Room for the deepest nesting of that many bytes. Only what is used of it is ever taken.
const STACK: usize = 1 << 30;
/// Programs of a page: every `alone`, `no_run` and `compile_fail` is one, with a copy of the cells above it.
const MOST_PROGRAMS: usize = 100;

fn too_long(page: &Page) -> Vec<Diagnostic> {
    let lines = |cell: &Cell| cell.lines.iter().map(|line| line.range.len() + 1).sum::<usize>();
    let cells = page.cells.iter().filter(|cell| lines(cell) > LONGEST).map(|cell| &cell.info);
    let inlines = page.inlines.iter().map(|inline| &inline.expression);
    let claims = page.claims.iter().map(|claim| &claim.expression);
    let long = cells.chain(inlines.chain(claims).filter(|range| range.len() > LONGEST));
    let report = |range: &Range<usize>| {
        let message = format!("this is more than {} KB of code", LONGEST >> 10);
        Diagnostic::error("too-long", message, Place::new(&page.path, range.clone()))
            .help("put numbers into a file of the book's data, code into the library, or split the cell")
    };
    let mut mistakes: Vec<Diagnostic> = long.map(report).collect();
    let apart = |cell: &&Cell| !is_of_page(cell) && cell.options.execution != Mode::Ignore;
    if let Some(cell) = page.cells.iter().filter(apart).nth(MOST_PROGRAMS) {
        let message = format!("the page has more than {MOST_PROGRAMS} programs of their own");
        mistakes.push(
            Diagnostic::error("too-many-programs", message, Place::new(&page.path, cell.info.clone()))
                .help("split the page, or let cells be part of its program"),
        );
    }
    mistakes
}

fn plan_here(page: &Page, prelude: &str) -> (Option<Session>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let syntax = PageSyntax::read(page, &mut diagnostics);
    if !diagnostics.is_empty() || (page.cells.is_empty() && page.inlines.is_empty() && page.claims.is_empty()) {
        return (None, diagnostics);
    }
    let items = items(page, &syntax);
    let (live, stale) = flow(&nodes(page, &items));
    diagnostics.extend(stale.into_iter().map(|stale| not_live(page, stale)));
    let mut session = Session {
        programs: Vec::new(),
        code: items.iter().map(|item| fingerprint(page, item)).collect(),
        saves: artefacts(page, &syntax.cells, |syntax| &syntax.saves),
        loads: artefacts(page, &syntax.cells, |syntax| &syntax.loads),
        opt: page.cells.iter().filter_map(|cell| cell.options.opt).max(),
        seed: None,
        timeout: page.cells.iter().filter_map(|cell| cell.options.timeout).max(),
        live,
    };
    for cell in &page.cells {
        match (session.seed, cell.options.seed) {
            (Some(before), Some(seed)) if before != seed => {
                let place = Place::new(&page.path, cell.info.clone());
                diagnostics.push(
                    Diagnostic::error("two-seeds", format!("the page already has the seed {before}"), place).help(
                        "the cells of a page are one program with one seed; mark the cell `alone` or drop one seed",
                    ),
                );
            }
            (None, seed) => session.seed = seed,
            _ => {}
        }
    }
    let in_page = |(_, item): &(usize, &Item<'_>)| !matches!(item, Item::Cell(_, cell, _) if !is_of_page(cell));
    let numbered = || items.iter().enumerate();
    if numbered().any(|item| in_page(&item)) {
        let main = program(page, prelude, &session.live, numbered().filter(in_page));
        let threads = threads(&numbered().filter(in_page).map(|(_, item)| item).collect::<Vec<_>>());
        session.programs.push(Planned { role: Role::Page, program: main, threads });
    }
    for (at, item) in numbered() {
        let Item::Cell(index, cell, _) = *item else { continue };
        let role = match cell.options.execution {
            Mode::CompileFail(_) => Role::CompileFail(index),
            Mode::NoRun => Role::NoRun(index),
            Mode::Ignore => continue,
            Mode::Run | Mode::ShouldPanic if cell.options.program == ProgramOf::Alone => Role::Alone(index),
            Mode::Run | Mode::ShouldPanic => continue,
        };
        let before = if cell.options.program == ProgramOf::Alone { 0 } else { at };
        let with_this = numbered().take(before).filter(in_page).chain([(at, item)]);
        let program = program(page, prelude, &session.live, with_this);
        session.programs.push(Planned { role, program, threads: threads(&[item]) });
    }
    (Some(session), diagnostics)
}

/// What the cells of a program do with what becomes of their threads.
fn threads(items: &[&Item<'_>]) -> Threads {
    let cells = items.iter().filter_map(|item| match item {
        Item::Cell(index, _, syntax) => Some((*index, &syntax.threads)),
        Item::Inline(..) | Item::Claim(..) => None,
    });
    let is_read = |cell: usize, name: &str| {
        let mut behind =
            items.iter().skip_while(|item| !matches!(item, Item::Cell(index, ..) if *index == cell)).skip(1);
        behind.any(|item| match item {
            Item::Cell(_, _, syntax) => syntax.statements.iter().any(|statement| statement.uses.contains(name)),
            Item::Inline(_, _, syntax) | Item::Claim(_, _, syntax) => syntax.uses.contains(name),
        })
    };
    Threads::of(cells, is_read)
}

/// Whether a cell's statements are part of the page's program.
pub(crate) fn is_of_page(cell: &Cell) -> bool {
    cell.options.program == ProgramOf::Page && matches!(cell.options.execution, Mode::Run | Mode::ShouldPanic)
}

/// All code of a page, read once.
struct PageSyntax {
    cells: Vec<CellSyntax>,
    inlines: Vec<ExpressionSyntax>,
    claims: Vec<ExpressionSyntax>,
}

impl PageSyntax {
    fn read(page: &Page, mistakes: &mut Vec<Diagnostic>) -> Self {
        let cells: Vec<CellSyntax> = page.cells.iter().map(|cell| read_cell(page, cell, mistakes)).collect();
        mistakes.extend(never_run(page, &cells));
        let inlines = page
            .inlines
            .iter()
            .map(|inline| read_expression(page, &inline.expression, &inline.code, mistakes))
            .collect();
        let claims =
            page.claims.iter().map(|claim| read_expression(page, &claim.expression, &claim.code, mistakes)).collect();
        Self { cells, inlines, claims }
    }
}

fn read_cell(page: &Page, cell: &Cell, mistakes: &mut Vec<Diagnostic>) -> CellSyntax {
    let may_be_wrong = matches!(cell.options.execution, Mode::Ignore | Mode::CompileFail(_));
    let (syntax, error) = syntax::cell(cell.code(&page.text));
    if let Some(error) = error.filter(|_| !may_be_wrong && !holds_directive(page, cell)) {
        let range = cell.to_page(error.range.start)..cell.to_page(error.range.end);
        mistakes
            .push(Diagnostic::error("syntax", error.message, Place::new(&page.path, range)).help(
                error.help.as_deref().unwrap_or("a cell is whole statements: it cannot begin or end inside one"),
            ));
    }
    syntax
}

/// Functions that a file would run and a cell does not.
fn never_run(page: &Page, cells: &[CellSyntax]) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let runs = |cell: &Cell| matches!(cell.options.execution, Mode::Run | Mode::ShouldPanic);
    let is_called = cells.iter().any(|syntax| syntax.calls_main);
    for (cell, syntax) in page.cells.iter().zip(cells).filter(|(cell, _)| runs(cell)) {
        let place = |range: &Range<usize>| Place::new(&page.path, cell.to_page(range.start)..cell.to_page(range.end));
        for test in &syntax.tests {
            let message = "a cell is statements: nobody runs a test in it";
            let help = "write its `assert!` as a statement of the cell, or say it as a claim";
            mistakes.push(Diagnostic::error("never-run", message, place(test)).help(help));
        }
        if let Some(main) = syntax.main.as_ref().filter(|_| cell.options.program == ProgramOf::Page && !is_called) {
            let message = "a cell is statements: nobody calls this `main`";
            let help = "write what is in it as statements of the cell, or mark the cell `alone`, where `main` is run";
            mistakes.push(Diagnostic::error("never-run", message, place(&main.name)).help(help));
        }
    }
    mistakes
}

/// Such a cell was reported when the page was read.
fn holds_directive(page: &Page, cell: &Cell) -> bool {
    cell.lines.iter().any(|line| page.text[line.range.clone()].trim_start().starts_with("{{#"))
}

fn read_expression(
    page: &Page,
    expression: &Range<usize>,
    code: &str,
    mistakes: &mut Vec<Diagnostic>,
) -> ExpressionSyntax {
    syntax::expression(code).unwrap_or_else(|error| {
        let range = expression.start + error.range.start..expression.start + error.range.end;
        const WHAT: &str =
            "a value or a claim is one Rust expression; code that only begins with `=` needs a space: `` ` =` ``";
        let help = error.help.as_deref().unwrap_or(WHAT);
        mistakes.push(Diagnostic::error("syntax", error.message, Place::new(&page.path, range)).help(help));
        ExpressionSyntax::default()
    })
}

fn items<'a>(page: &'a Page, syntax: &'a PageSyntax) -> Vec<Item<'a>> {
    let mut items: Vec<(usize, Item<'a>)> = Vec::new();
    for (index, (cell, syntax)) in page.cells.iter().zip(&syntax.cells).enumerate() {
        items.push((cell.fence.start, Item::Cell(index, cell, syntax)));
    }
    for (index, (inline, syntax)) in page.inlines.iter().zip(&syntax.inlines).enumerate() {
        items.push((page.computed_at(inline.range.start), Item::Inline(index, inline, syntax)));
    }
    for (index, (claim, syntax)) in page.claims.iter().zip(&syntax.claims).enumerate() {
        items.push((page.computed_at(claim.range.start), Item::Claim(index, claim, syntax)));
    }
    items.sort_by_key(|(at, _)| *at);
    items.into_iter().map(|(_, item)| item).collect()
}

fn artefacts(page: &Page, cells: &[CellSyntax], names: fn(&CellSyntax) -> &[Named]) -> Vec<Named> {
    let cells = page
        .cells
        .iter()
        .zip(cells)
        .filter(|(cell, _)| matches!(cell.options.execution, Mode::Run | Mode::ShouldPanic));
    let named = cells.flat_map(|(cell, syntax)| {
        let place = |range: &Range<usize>| cell.to_page(range.start)..cell.to_page(range.end);
        names(syntax).iter().map(move |(name, range)| (name.clone(), place(range)))
    });
    named.collect()
}

/// What flows through the page's own program; without a live cell nothing does.
fn nodes(page: &Page, items: &[Item<'_>]) -> Vec<Node> {
    if page.cells.iter().all(|cell| cell.options.figure == Figure::Still) {
        return Vec::new();
    }
    let node = |item: &Item<'_>| match item {
        Item::Cell(index, cell, syntax) => Node { thing: Thing::Cell(*index), role: flow_role(cell, syntax) },
        Item::Inline(index, _, syntax) => {
            Node { thing: Thing::Inline(*index), role: FlowRole::Expression(syntax.uses.clone()) }
        }
        Item::Claim(index, _, syntax) => {
            Node { thing: Thing::Claim(*index), role: FlowRole::Expression(syntax.uses.clone()) }
        }
    };
    items.iter().map(node).collect()
}

fn flow_role(cell: &Cell, syntax: &CellSyntax) -> FlowRole {
    if !is_of_page(cell) {
        return FlowRole::Apart;
    }
    let mut statements = syntax.statements.clone();
    for statement in &mut statements {
        statement.range = cell.to_page(statement.range.start)..cell.to_page(statement.range.end);
    }
    match cell.options.figure {
        Figure::Live => FlowRole::Live(statements),
        Figure::Still => FlowRole::Plain(statements),
    }
}

fn not_live(page: &Page, stale: Stale) -> Diagnostic {
    let Stale { range, name, .. } = stale;
    let message = format!("`{name}` follows the inputs of a live cell, and this cell is not live");
    Diagnostic::error("not-live", message, Place::new(&page.path, range))
        .help("mark this cell `live` too, or move what needs no input to a cell before the live one")
}

/// What of an item can change the result. Where it stands cannot, unless its code asks for that.
fn fingerprint(page: &Page, item: &Item<'_>) -> String {
    match item {
        Item::Cell(_, cell, CellSyntax { code, .. }) => {
            let asks = ["line!", "Location", "Backtrace"].iter().any(|word| code.contains(word));
            let line = if asks { page.line_starts.line(cell.fence.start) } else { 0 };
            let Options { execution, program, figure, .. } = &cell.options;
            format!("cell {execution:?} {program:?} {figure:?} {:?} {line}\n{code}", cell.prefix)
        }
        Item::Inline(_, inline, _) => {
            let place = if inline.place == InlinePlace::Formula { "formula" } else { "prose" };
            format!("value {place} {:?} {}", inline.spec, inline.code)
        }
        Item::Claim(_, claim, _) => format!("claim {}", claim.code),
    }
}
