//! The frames of a run, played in their order: every output goes to its cell, every round of live cells to a record of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use diagnostic::{Diagnostic, Place, line_column};
use engine::{End, Limits, Run};
use kernel::wire::{self, Event, Spot};

use crate::assemble::advice;
use crate::assemble::compiler::from_page;
use crate::assemble::states::Seen;
use crate::assemble::terminal;
use crate::execution::{Nature, Output, Said, Shown};
use crate::plan::{Planned, Role};
use crate::words::Words;
use page::options::{Mode, ProgramOf};
use page::{Cell, Page};

/// What a run gave until a round of live cells began, or the next one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Outputs by cell.
    pub cells: BTreeMap<usize, Vec<Output>>,
    /// Values in sentences.
    pub inlines: BTreeMap<usize, Said>,
    /// Claims that are false, and what they compared.
    pub claims: BTreeMap<usize, String>,
}

/// What came of a run.
pub struct Replayed {
    /// What was before the first round, and then a record for each round.
    pub records: Vec<Record>,
    /// What is wrong, but for claims and values.
    pub diagnostics: Vec<Diagnostic>,
}

/// Plays the frames of a run.
pub struct Replay<'a> {
    page: &'a Page,
    planned: &'a Planned,
    run: &'a Run,
    seen: &'a Seen,
    limits: &'a Limits,
    words: &'a Words,
    before: Vec<Record>,
    record: Record,
    cell: Option<usize>,
    printed: usize,
    panics: Vec<Panic>,
    here: Option<Spot>,
    expected: bool,
    heard: BTreeSet<Report>,
    diagnostics: Vec<Diagnostic>,
}

/// A panic, and the cell that ran then.
#[derive(Clone)]
struct Panic {
    place: Whereabouts,
    message: String,
    cell: Option<usize>,
    thread: Thread,
}

/// Where something happened.
#[derive(Clone, Default)]
struct Whereabouts {
    /// As the program says; not always on the page.
    spot: Option<Spot>,
    /// The statement of the page that ran then, when that is elsewhere.
    here: Option<Spot>,
}

/// Whose a panic is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thread {
    Page,
    Other,
}

/// What a program that reaches its end has reported of each part of its page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Report {
    Cell(usize),
    Inline(usize),
    Claim(usize),
}

impl<'a> Replay<'a> {
    /// Of a run within limits, which asked for inputs.
    pub fn new(
        page: &'a Page,
        planned: &'a Planned,
        run: &'a Run,
        seen: &'a Seen,
        limits: &'a Limits,
        words: &'a Words,
    ) -> Self {
        Self {
            page,
            planned,
            run,
            seen,
            limits,
            words,
            before: Vec::new(),
            record: Record::default(),
            cell: None,
            printed: 0,
            panics: Vec::new(),
            here: None,
            expected: false,
            heard: BTreeSet::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Plays it.
    pub fn play(mut self) -> Replayed {
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
            self.heard.extend(match &frame.event {
                Event::Leave(cell) => Some(Report::Cell(*cell as usize)),
                Event::Inline { id, .. } => Some(Report::Inline(*id as usize)),
                Event::Claim { id, .. } => Some(Report::Claim(*id as usize)),
                _ => None,
            });
            match &frame.event {
                Event::Enter(cell) => {
                    self.cell = Some(*cell as usize).filter(|cell| *cell < self.page.cells.len());
                    self.expected = false;
                }
                Event::Leave(_) => self.leave(),
                Event::Show(parts) => self.put(Output::Shown(Box::new(Shown::of(parts.clone())))),
                Event::Inline { id, text, nature } => {
                    let nature = match nature {
                        wire::Nature::Text => Nature::Text,
                        wire::Nature::Value => Nature::Value,
                    };
                    let value = Said { text: terminal::seen(text).into_owned(), nature };
                    self.record.inlines.insert(*id as usize, value);
                }
                Event::Claim { id, holds: false, values } => {
                    self.record.claims.insert(*id as usize, values.clone());
                }
                Event::Panic { spot, message } => self.panic(spot, message, Thread::Page),
                Event::ThreadPanic { spot, message } => self.panic(spot, message, Thread::Other),
                Event::Expected => self.expected_panic(),
                Event::Here(spot) => self.here = Some(spot.clone()),
                Event::Failed { spot, message } => {
                    failed = Some((Whereabouts { spot: spot.clone(), here: self.here.take() }, message.clone()));
                }
                Event::Done => done = true,
                // The engine has heard it.
                Event::Hello(_) => {}
                Event::Timing { what, nanoseconds } => {
                    self.put(Output::Timing { what: what.clone(), nanoseconds: *nanoseconds });
                }
                Event::State(_) => self.before.push(std::mem::take(&mut self.record)),
                Event::Claim { .. }
                | Event::Stderr { .. }
                | Event::Read(_)
                | Event::Load(_)
                | Event::Save { .. }
                | Event::Input(_)
                | Event::Again(_) => {}
            }
        }
        self.print(self.run.printed.len() as u64);
        self.thread_panics();
        self.end(done, failed);
        self.before.push(self.record);
        for output in self.before.iter_mut().flat_map(|record| record.cells.values_mut()).flatten() {
            terminal::see(output);
        }
        Replayed { records: self.before, diagnostics: self.diagnostics }
    }

    fn panic(&mut self, spot: &Option<Spot>, message: &str, thread: Thread) {
        let place = Whereabouts { spot: spot.clone(), here: self.here.take() };
        self.panics.push(Panic { place, message: message.to_owned(), cell: self.cell, thread });
    }

    /// Panics of other threads, unless the page looks at what becomes of its threads.
    fn thread_panics(&mut self) {
        let running = self.cell;
        let (own, others): (Vec<Panic>, Vec<Panic>) =
            std::mem::take(&mut self.panics).into_iter().partition(|panic| panic.thread == Thread::Page);
        self.panics = own;
        for Panic { place, message, cell, .. } in others {
            let at = place.spot.as_ref().and_then(|spot| self.on_page(spot));
            let started = at.and_then(|at| self.page.cell_at(at)).or(cell).unwrap_or(0);
            if self.planned.threads.handle(started) {
                continue;
            }
            self.cell = cell;
            self.report(
                "thread-panic",
                format!("a thread panics, and nobody looks at it: {message}"),
                &place,
                "mend it, or look at what every `join()` gives, as by `match` or `is_err()`",
            );
        }
        self.cell = running;
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
            let place = Place::new(&self.page.path, self.planned.program.range_to_page(&(0..0)));
            self.diagnostics.push(
                Diagnostic::error("output-nowhere", "something is printed before the first cell", place)
                    .help("print inside a cell; a value in a sentence must not print"),
            );
            return;
        };
        let outputs = self.record.cells.entry(cell).or_default();
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
        let cell = &self.page.cells[index];
        if cell.options.execution == Mode::ShouldPanic && !self.expected {
            let place = Place::new(&self.page.path, cell.info.clone());
            self.diagnostics.push(
                Diagnostic::error("no-panic", "the cell must panic, but it does not", place)
                    .help("drop `should_panic`, or bring back the mistake"),
            );
        }
    }

    fn expected_panic(&mut self) {
        self.expected = true;
        let here = self.cell;
        self.panics.retain(|panic| panic.thread == Thread::Page || panic.cell != here);
        let Some(Panic { place, message, .. }) = self.panics.pop() else { return };
        let line = place.spot.and_then(|spot| self.line_for_reader(&spot));
        self.put(Output::Expected((self.words.panic)(line, &message)));
    }

    /// The line as the reader of the cell counts: hidden lines are not there.
    fn line_for_reader(&self, spot: &Spot) -> Option<usize> {
        let cell = &self.page.cells[self.cell?];
        let at = self.on_page(spot)?;
        let code = cell.code(&self.page.text);
        let line = line_column(&code, from_page(cell, at)?).line;
        let text = &self.page.text;
        Some(cell.lines[..line].iter().filter(|line| line.is_shown(text)).count())
    }

    fn end(&mut self, done: bool, failed: Option<(Whereabouts, String)>) {
        let nowhere = Whereabouts::default();
        if let End::Nonsense(what) = &self.run.end {
            let message = format!("the cell was stopped: {what}");
            self.report("nonsense", message, &nowhere, "leave the engine's socket to the kernel");
        } else if let End::Foreign(version) = &self.run.end {
            let ours = kernel::VERSION;
            let message = format!("the library's `kernel` is version {version}, and this tool understands {ours}");
            let help = "let the library and the tool have the same version of `kernel`";
            self.report("kernel-version", message, &nowhere, help);
        } else if let End::Limit(limit) = self.run.end {
            self.report("limit", advice::limit_message(limit, self.limits), &nowhere, advice::limit_help(limit));
        } else if let Some((place, message)) = failed {
            let help = advice::help(&message, "handle the error, or mend what causes it");
            self.report("failed", format!("a `?` gave up: {message}"), &place, help);
        } else if let Some(Panic { place, message, .. }) = self.panics.last().cloned().filter(|_| !done) {
            let help = advice::help(&message, "mend it, or mark a cell that is meant to panic `should_panic`");
            self.report("panic", format!("the cell panics: {message}"), &place, help);
        } else if !done {
            let how = match self.run.end {
                End::Signal(_) if self.has_overflowed() => "because its stack is full".to_owned(),
                End::Exit(code) => format!("with exit code {code}"),
                End::Signal(signal) => format!("by signal {signal}"),
                End::Limit(_) | End::Nonsense(_) | End::Foreign(_) => String::new(),
            };
            let help = if self.has_overflowed() {
                "call yourself less deep, or keep a list of what is to be done"
            } else {
                "let the program reach the end of the page"
            };
            self.report("ended", format!("the page's program ended here {how}"), &nowhere, help);
        } else if self.run.end != End::Exit(0) {
            self.report(
                "ended",
                "the page's program failed after its last cell",
                &nowhere,
                "look at what is dropped at the end",
            );
        } else if let Some(range) = self.passed_over() {
            let message = "the page's program ended without coming here";
            let place = Place::new(&self.page.path, range);
            let help = "a cell must not leave the page, as by `return Ok(())`: what stands below would go unchecked";
            self.diagnostics.push(Diagnostic::error("passed-over", message, place).help(help));
        }
    }

    /// The first cell, value or claim that a program which says that it is done did not report.
    fn passed_over(&self) -> Option<Range<usize>> {
        let all = self.planned.role == Role::Page;
        let is_run = |index: usize, cell: &Cell| match self.planned.role {
            Role::Alone(alone) => alone == index,
            _ => {
                cell.options.program == ProgramOf::Page
                    && matches!(cell.options.execution, Mode::Run | Mode::ShouldPanic)
            }
        };
        let cells = self.page.cells.iter().enumerate().filter(|(index, cell)| is_run(*index, cell));
        let cells = cells.map(|(index, cell)| (Report::Cell(index), &cell.info));
        let inlines = self.page.inlines.iter().enumerate().filter(|_| all);
        let inlines = inlines.map(|(index, inline)| (Report::Inline(index), &inline.range));
        let claims = self.page.claims.iter().enumerate().filter(|_| all);
        let claims = claims.map(|(index, claim)| (Report::Claim(index), &claim.range));
        let missing = cells.chain(inlines).chain(claims).filter(|(report, _)| !self.heard.contains(report));
        missing.map(|(_, range)| range.clone()).min_by_key(|range| range.start)
    }

    /// Whether Rust's runtime says that the recursion was too deep.
    fn has_overflowed(&self) -> bool {
        const WORDS: &[u8] = b"has overflowed its stack";
        self.run.printed.windows(WORDS.len()).any(|words| words == WORDS)
    }

    fn report(&mut self, code: &str, message: impl Into<String>, place: &Whereabouts, help: &str) {
        let page = self.page;
        let own = place.spot.as_ref().and_then(|spot| self.on_page(spot));
        let at = own.or_else(|| self.on_page(place.here.as_ref()?));
        let range = match (at, self.cell) {
            (Some(at), _) => at..at + page.text[at..].chars().next().map_or(0, char::len_utf8),
            (None, Some(cell)) => page.cells[cell].info.clone(),
            (None, None) => 0..0,
        };
        let mut diagnostic = Diagnostic::error(code, message, Place::new(&page.path, range)).help(help);
        if let Some(spot) = place.spot.as_ref().filter(|_| own.is_none()) {
            diagnostic = diagnostic.note(format!("at {}:{}:{}", spot.file, spot.line, spot.column));
        }
        if let Some(state) = self.seen.state_of(self.before.len()) {
            diagnostic = diagnostic.note(format!("in the state {state}"));
        }
        self.diagnostics.push(diagnostic);
    }

    fn on_page(&self, spot: &Spot) -> Option<usize> {
        let own = spot.file == self.page.path;
        own.then(|| self.planned.program.spot_to_page(spot.line, spot.column))
    }
}
