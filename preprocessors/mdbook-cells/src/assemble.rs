//! Outcomes of a session's programs to an execution, or to what is wrong with the page.

mod advice;
mod compiler;
mod gather;
mod replay;
pub(crate) mod states;
mod terminal;

use diagnostic::{Diagnostic, Level, Place};
use engine::{Limits, Message, Outcome};

use crate::execution::{Execution, Origin, Output, Said, Warning};
use crate::plan::{Job, Planned, Role, Session};
use page::Page;
use page::options::Mode;

use crate::words::Words;

use compiler::from_page;
use gather::{Came, gather};
use replay::{Replay, Replayed};
use states::Seen;

/// Puts the outcomes of the session's programs together, with what was seen of their inputs.
/// `limits` are what the programs ran within, `words` those of the reader.
pub fn assemble(
    Job { page, session }: Job<'_>,
    outcomes: &[Outcome],
    seen: &Seen,
    limits: &Limits,
    words: &Words,
) -> (Execution, Vec<Diagnostic>) {
    let execution = Execution {
        origins: page.cells.iter().map(|cell| Origin::of(page, cell)).collect(),
        cells: vec![Vec::new(); page.cells.len()],
        inlines: vec![Said::default(); page.inlines.len()],
        ..Execution::default()
    };
    let diagnostics = seen.diagnostics.clone();
    let mut assembly = Assembly { page, session, seen, limits, words, execution, diagnostics };
    for (planned, outcome) in session.programs.iter().zip(outcomes) {
        assembly.add(planned, outcome);
    }
    (assembly.execution, assembly.diagnostics)
}

struct Assembly<'a> {
    page: &'a Page,
    session: &'a Session,
    seen: &'a Seen,
    limits: &'a Limits,
    words: &'a Words,
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
        let Some(run) = &outcome.run else { return };
        let seen = if planned.role == Role::Page { self.seen } else { &Seen::default() };
        let Replayed { records, diagnostics } =
            Replay::new(self.page, planned, run, seen, self.limits, self.words).play();
        self.diagnostics.extend(diagnostics);
        let came = if diagnostic::has_errors(&self.diagnostics) { Came::Short } else { Came::ToTheEnd };
        let (mut live, diagnostics) = gather(self.page, &self.session.live, seen, &records, came);
        self.diagnostics.extend(diagnostics);
        if planned.role == Role::Page {
            self.execution.live = std::mem::take(&mut live);
        }
        for (at, record) in records.into_iter().enumerate() {
            if seen.is_official(at) {
                for (cell, outputs) in record.cells {
                    self.execution.cells[cell].extend(outputs);
                }
                for (inline, text) in record.inlines {
                    if let Some(to) = self.execution.inlines.get_mut(inline) {
                        *to = text;
                    }
                }
            }
        }
    }

    fn message(&mut self, message: &Message, planned: &Planned) {
        let diagnostic = compiler::for_author(message, &planned.program, self.page);
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
        let text: Vec<String> = here
            .iter()
            .map(|message| compiler::for_reader(message, &planned.program, self.page, cell, self.words))
            .collect();
        self.execution.cells[index].push(Output::Expected(text.join("\n\n")));
    }
}
