//! Outcomes of a session's programs to an execution, or to what is wrong with the page.

use diagnostic::{Diagnostic, Level, Place, line_column};
use kernel::wire::{Event, Spot};

use crate::compiler::{self, from_page};
use crate::engine::{End, Limit, Limits, Message, Outcome, Run};
use crate::execution::{Execution, Origin, Output, Shown, Warning};
use crate::options::Mode;
use crate::page::{Cell, Page, is_shown};
use crate::plan::{Planned, Role, Session};

/// Puts the outcomes of the session's programs together.
/// `limits` are what the programs ran within.
pub fn assemble(page: &Page, session: &Session, outcomes: &[Outcome], limits: &Limits) -> (Execution, Vec<Diagnostic>) {
    let execution = Execution {
        origins: page.cells.iter().map(|cell| origin(page, cell)).collect(),
        cells: vec![Vec::new(); page.cells.len()],
        inlines: vec![String::new(); page.inlines.len()],
        ..Execution::default()
    };
    let mut assembly = Assembly { page, limits, execution, diagnostics: Vec::new() };
    for (planned, outcome) in session.programs.iter().zip(outcomes) {
        assembly.add(planned, outcome);
    }
    (assembly.execution, assembly.diagnostics)
}

/// The lines that a cell takes.
pub fn origin(page: &Page, cell: &Cell) -> Origin {
    Origin { first: page.line_starts.line(cell.fence.start), last: page.line_starts.line(cell.fence.end) }
}

struct Assembly<'a> {
    page: &'a Page,
    limits: &'a Limits,
    execution: Execution,
    diagnostics: Vec<Diagnostic>,
}

impl Assembly<'_> {
    fn add(&mut self, planned: &Planned, outcome: &Outcome) {
        if let Role::CompileFail(cell) = planned.role {
            self.refusal(cell, planned, &outcome.messages);
            return;
        }
        for message in &outcome.messages {
            self.message(message, planned);
        }
        if let Some(run) = &outcome.run {
            Replay { assembly: self, planned, run, cell: None, printed: 0, panics: Vec::new(), expected: false }.play();
        }
    }

    fn message(&mut self, message: &Message, planned: &Planned) {
        let diagnostic = compiler::diagnostic(message, &planned.program, self.page);
        if diagnostic.level == Level::Error {
            self.diagnostics.push(diagnostic);
            return;
        }
        let place = &diagnostic.place.range;
        let cells = self.page.cells.iter().enumerate();
        let mut found =
            cells.filter_map(|(index, cell)| Some((index, from_page(cell, place.start)?, from_page(cell, place.end)?)));
        if let Some((cell, start, end)) = found.next_back() {
            let Diagnostic { code, message, helps, .. } = diagnostic;
            self.execution.warnings.push(Warning { cell, start, end, code, message, helps });
        }
    }

    /// A cell that must not compile.
    fn refusal(&mut self, index: usize, planned: &Planned, messages: &[Message]) {
        let cell = &self.page.cells[index];
        let Mode::CompileFail(code) = &cell.options.execution else { return };
        let errors: Vec<&Message> = messages.iter().filter(|message| message.level == "error").collect();
        let (here, elsewhere): (Vec<&Message>, Vec<&Message>) = errors.iter().partition(|message| {
            let place = compiler::diagnostic(message, &planned.program, self.page).place;
            cell.fence.contains(&place.range.start)
        });
        // Mistakes of the cells above are reported by the page's own program.
        if here.is_empty() {
            let place = Place::new(&self.page.path, cell.info.clone());
            let mistake = Diagnostic::error("compiled", "the cell must not compile, but it does", place);
            if elsewhere.is_empty() {
                self.diagnostics.push(mistake.help("drop `compile_fail`, or bring back the mistake"));
            }
            return;
        }
        if let Some(code) = code
            && !here.iter().any(|message| message.code == *code)
        {
            let found: Vec<&str> = here.iter().map(|message| message.code.as_str()).collect();
            let place = Place::new(&self.page.path, cell.info.clone());
            self.diagnostics.push(
                Diagnostic::error("other-error", format!("the cell must be refused with {code}"), place)
                    .note(format!("the compiler says {}: {}", found.join(", "), here[0].text))
                    .help("name the code that the compiler gives, or mend the cell"),
            );
        }
        let text: Vec<String> =
            here.iter().map(|message| compiler::for_reader(message, &planned.program, self.page, cell)).collect();
        self.execution.cells[index].push(Output::Expected(text.join("\n\n")));
    }
}

/// Plays the frames of a run in their order.
struct Replay<'a, 'b> {
    assembly: &'a mut Assembly<'b>,
    planned: &'a Planned,
    run: &'a Run,
    cell: Option<usize>,
    printed: usize,
    panics: Vec<(Option<Spot>, String)>,
    expected: bool,
}

impl Replay<'_, '_> {
    fn play(mut self) {
        let mut done = false;
        let mut failed = None;
        for frame in &self.run.frames {
            match &frame.event {
                Event::Stderr { from } => {
                    self.print(*from);
                    self.print_as(frame.printed, Output::Stderr);
                }
                _ => self.print(frame.printed),
            }
            match &frame.event {
                Event::Enter(cell) => {
                    self.cell = Some(*cell as usize).filter(|cell| *cell < self.assembly.page.cells.len());
                    self.expected = false;
                }
                Event::Leave(_) => self.leave(),
                Event::Show(parts) => self.put(Output::Shown(Box::new(Shown::of(parts.clone())))),
                Event::Inline { id, text } => self.inline(*id as usize, text),
                Event::Claim { id, holds, values } => self.claim(*id as usize, *holds, values),
                Event::Panic { spot, message } => self.panics.push((spot.clone(), message.clone())),
                Event::Expected => self.expected_panic(),
                Event::Failed { spot, message } => failed = Some((spot.clone(), message.clone())),
                Event::Done => done = true,
                Event::Stderr { .. } | Event::Read(_) | Event::Load(_) | Event::Save { .. } => {}
            }
        }
        self.print(self.run.printed.len() as u64);
        self.end(done, failed);
    }

    fn print(&mut self, until: u64) {
        self.print_as(until, Output::Stdout);
    }

    /// Gives what was printed up to `until` to the cell that runs, or to the last one that ran.
    fn print_as(&mut self, until: u64, kind: fn(String) -> Output) {
        let until = usize::try_from(until).unwrap_or(usize::MAX).min(self.run.printed.len());
        if until <= self.printed {
            return;
        }
        let text = String::from_utf8_lossy(&self.run.printed[self.printed..until]).into_owned();
        self.printed = until;
        self.put(kind(text));
    }

    fn put(&mut self, output: Output) {
        let Some(cell) = self.cell else {
            let place = Place::new(&self.assembly.page.path, self.planned.program.range_to_page(&(0..0)));
            self.assembly.diagnostics.push(
                Diagnostic::error("output-nowhere", "something is printed before the first cell", place)
                    .help("print inside a cell; a value in a sentence must not print"),
            );
            return;
        };
        let outputs = &mut self.assembly.execution.cells[cell];
        match (outputs.last_mut(), output) {
            (Some(Output::Stdout(before)), Output::Stdout(text))
            | (Some(Output::Stderr(before)), Output::Stderr(text)) => {
                before.push_str(&text);
            }
            (_, output) => outputs.push(output),
        }
    }

    fn leave(&mut self) {
        let Some(index) = self.cell else { return };
        let cell = &self.assembly.page.cells[index];
        if cell.options.execution == Mode::ShouldPanic && !self.expected {
            let place = Place::new(&self.assembly.page.path, cell.info.clone());
            self.assembly.diagnostics.push(
                Diagnostic::error("no-panic", "the cell must panic, but it does not", place)
                    .help("drop `should_panic`, or bring back the mistake"),
            );
        }
    }

    fn expected_panic(&mut self) {
        self.expected = true;
        let Some((spot, message)) = self.panics.pop() else { return };
        let line = spot.and_then(|spot| self.line_for_reader(&spot));
        let place = line.map_or_else(String::new, |line| format!(" в строке {line}"));
        self.put(Output::Expected(format!("паника{place}: {message}")));
    }

    /// The line as the reader of the cell counts: hidden lines are not there.
    fn line_for_reader(&self, spot: &Spot) -> Option<usize> {
        let cell = &self.assembly.page.cells[self.cell?];
        let at = self.on_page(spot)?;
        let code = cell.code(&self.assembly.page.text);
        let line = line_column(&code, from_page(cell, at)?).line;
        let text = &self.assembly.page.text;
        Some(cell.lines[..line].iter().filter(|line| is_shown(&text[(*line).clone()])).count())
    }

    fn inline(&mut self, id: usize, text: &str) {
        let Some(inline) = self.assembly.page.inlines.get(id) else { return };
        if ["NaN", "inf", "-inf"].contains(&text.trim()) {
            let place = Place::new(&self.assembly.page.path, inline.expression.clone());
            self.assembly.diagnostics.push(
                Diagnostic::error("not-a-number", format!("the value is {text}"), place)
                    .help("a sentence needs a number; mend the computation"),
            );
        }
        self.assembly.execution.inlines[id] = text.to_owned();
    }

    fn claim(&mut self, id: usize, holds: bool, values: &str) {
        let Some(claim) = self.assembly.page.claims.get(id).filter(|_| !holds) else { return };
        let place = Place::new(&self.assembly.page.path, claim.expression.clone());
        self.assembly.diagnostics.push(
            Diagnostic::error("false-claim", "the claim is false", place)
                .label(values)
                .help("mend the sentence or the computation: they disagree"),
        );
    }

    fn end(&mut self, done: bool, failed: Option<(Option<Spot>, String)>) {
        if let End::Limit(limit) = self.run.end {
            self.report("limit", limit_message(limit, self.assembly.limits), None, limit_help(limit));
        } else if let Some((spot, message)) = failed {
            /// EPERM and EACCES: what the sandbox answers.
            const REFUSED: [&str; 2] = ["(os error 1)", "(os error 13)"];
            let help = if REFUSED.iter().any(|refused| message.contains(refused)) {
                "a page has no network and reads only the book's data folder, by `ml::data` or `kernel::read`"
            } else {
                "handle the error, or mend what causes it"
            };
            self.report("failed", format!("a `?` gave up: {message}"), spot.as_ref(), help);
        } else if let Some((spot, message)) = self.panics.first().cloned().filter(|_| !done) {
            self.report(
                "panic",
                format!("the cell panics: {message}"),
                spot.as_ref(),
                "mend it, or mark a cell that is meant to panic `should_panic`",
            );
        } else if !done {
            let how = match self.run.end {
                End::Signal(_) if self.has_overflowed() => "because its stack is full".to_owned(),
                End::Exit(code) => format!("with exit code {code}"),
                End::Signal(signal) => format!("by signal {signal}"),
                End::Limit(_) => String::new(),
            };
            let help = if self.has_overflowed() {
                "call yourself less deep, or keep a list of what is to be done"
            } else {
                "let the program reach the end of the page"
            };
            self.report("ended", format!("the page's program ended here {how}"), None, help);
        } else if self.run.end != End::Exit(0) {
            self.report(
                "ended",
                "the page's program failed after its last cell",
                None,
                "look at what is dropped at the end",
            );
        }
    }

    /// Whether Rust's runtime says that the recursion was too deep.
    fn has_overflowed(&self) -> bool {
        const WORDS: &[u8] = b"has overflowed its stack";
        self.run.printed.windows(WORDS.len()).any(|words| words == WORDS)
    }

    fn report(&mut self, code: &str, message: impl Into<String>, spot: Option<&Spot>, help: &str) {
        let page = self.assembly.page;
        let at = spot.and_then(|spot| self.on_page(spot));
        let range = match (at, self.cell) {
            (Some(at), _) => at..at + page.text[at..].chars().next().map_or(0, char::len_utf8),
            (None, Some(cell)) => page.cells[cell].info.clone(),
            (None, None) => 0..0,
        };
        let mut diagnostic = Diagnostic::error(code, message, Place::new(&page.path, range)).help(help);
        if let Some(spot) = spot.filter(|_| at.is_none()) {
            diagnostic = diagnostic.note(format!("at {}:{}:{}", spot.file, spot.line, spot.column));
        }
        self.assembly.diagnostics.push(diagnostic);
    }

    fn on_page(&self, spot: &Spot) -> Option<usize> {
        let own = spot.file == self.assembly.page.path;
        own.then(|| self.planned.program.spot_to_page(spot.line, spot.column))
    }
}

fn limit_message(limit: Limit, limits: &Limits) -> String {
    const MEGABYTE: u64 = 1 << 20;
    match limit {
        Limit::Wall => format!("the cell was stopped: the page takes longer than {} s", limits.wall.as_secs()),
        Limit::Cpu => {
            format!("the cell was stopped: the page takes more than {} s of processor time", limits.cpu.as_secs())
        }
        Limit::Memory => {
            format!("the cell was stopped: the page needs more than {} MB of memory", limits.memory / MEGABYTE)
        }
        Limit::Output => format!("the cell was stopped: the page prints more than {} MB", limits.output / MEGABYTE),
        Limit::Disk => format!("the cell was stopped: the page writes more than {} MB", limits.disk / MEGABYTE),
        Limit::Processes => format!("the cell was stopped: the page starts more than {} processes", limits.processes),
    }
}

fn limit_help(limit: Limit) -> &'static str {
    match limit {
        Limit::Wall => "make it faster, or give it more time as in `timeout=60s`",
        Limit::Cpu | Limit::Memory | Limit::Output | Limit::Disk | Limit::Processes => {
            "make it smaller; the limits stand in `[preprocessor.cells.limits]` of book.toml"
        }
    }
}
