//! Where messages go: people read the standard error, programs the standard output.

use std::io::{IsTerminal as _, Write as _};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use diagnostic::{Colour, Diagnostic, Level, Mend, Sources};
use serde_json::{Value, json};

use crate::counts::summary;
use crate::mendable;
use crate::verdict::Verdict;

/// For whom messages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text with code frames; colours on a terminal unless NO_COLOR is set.
    Human,
    /// `{"reason": "diagnostic" | "page" | "serving" | "finished", …}`.
    Json,
    /// Both, for a program that shows its user what it starts.
    #[value(hide = true)]
    Both,
}

/// The two streams and how they are written to.
#[derive(Clone, Debug)]
pub struct Console {
    format: Format,
    colour: Colour,
    terminal: bool,
}

impl Console {
    /// A console that writes as the user asked, with colours where the standard error shows them and NO_COLOR does not object.
    pub fn new(format: Format) -> Self {
        let colour = match AutoStream::choice(&std::io::stderr()) {
            ColorChoice::Never => Colour::Never,
            _ => Colour::Always,
        };
        Self { format, colour, terminal: std::io::stderr().is_terminal() }
    }

    /// How this console writes.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether a line can be written over.
    pub fn is_live(&self) -> bool {
        self.terminal && self.colour == Colour::Always && self.format != Format::Json
    }

    /// A line for people.
    pub fn say(&self, line: &str) {
        if self.format != Format::Json {
            self.write(&format!("{line}\n"));
        }
    }

    /// A line for people who asked for an answer, on the standard output.
    pub fn answer(&self, line: &str) {
        if self.format == Format::Human {
            // Nobody listens any more: there is nothing left to do about it.
            let _ = writeln!(std::io::stdout(), "{line}");
        }
    }

    /// Text for people as it stands.
    pub fn write(&self, text: &str) {
        let _ = std::io::stderr().write_all(text.as_bytes());
    }

    /// A line for programs.
    pub fn event(&self, event: &Value) {
        if self.format != Format::Human {
            // Nobody listens any more: there is nothing left to do about it.
            let _ = writeln!(std::io::stdout(), "{event}");
        }
    }

    /// All messages of a command, and how many.
    pub fn report(&self, diagnostics: &[Diagnostic], sources: &Sources) -> Verdict {
        self.report_on(diagnostics, sources);
        self.total(diagnostics)
    }

    /// Some messages of a command that has more to come.
    pub fn report_on(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.tell(diagnostics, sources);
        self.show(diagnostics, sources);
    }

    /// The same for a command of `tool` that can mend some of it: that comes first and short, what only the author can mend last.
    pub fn report_mendable_apart(&self, diagnostics: &[Diagnostic], sources: &Sources, tool: &str) -> Verdict {
        self.tell(diagnostics, sources);
        if let Some(lines) = mendable::lines(diagnostics, sources, tool) {
            self.say(&format!("{lines}\n"));
        }
        let others: Vec<Diagnostic> =
            diagnostics.iter().filter(|diagnostic| diagnostic.mend == Mend::Author).cloned().collect();
        self.show(&others, sources);
        self.total(diagnostics)
    }

    fn tell(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        for diagnostic in diagnostics {
            let mut event = diagnostic::json(diagnostic, sources);
            event["reason"] = "diagnostic".into();
            self.event(&event);
        }
    }

    fn show(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if !diagnostics.is_empty() {
            self.say(&format!("{}\n", diagnostic::render_all(diagnostics, sources, self.colour)));
        }
    }

    /// How many messages there were.
    pub fn total(&self, diagnostics: &[Diagnostic]) -> Verdict {
        if !diagnostics.is_empty() {
            self.say(&summary(diagnostics));
        }
        if diagnostic::has_errors(diagnostics) { Verdict::Wrong } else { Verdict::Fine }
    }

    /// The last line for programs.
    pub fn finish(&self, verdict: Verdict, diagnostics: &[Diagnostic]) -> Verdict {
        let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
        self.event(&json!({
            "reason": "finished",
            "success": verdict == Verdict::Fine,
            "errors": count(Level::Error),
            "warnings": count(Level::Warning),
        }));
        verdict
    }
}
