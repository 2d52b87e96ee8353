//! What a rule has found.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};

/// A place that a rule would have otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// Where.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What to write instead, where no meaning can change by it.
    pub fix: Option<String>,
}

impl Finding {
    /// A place that needs its author.
    pub fn new(rule: &'static str, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, range, message: message.into(), help: help.into(), fix: None }
    }

    /// A place that can be written otherwise by a machine.
    #[must_use]
    pub fn fixed(self, text: impl Into<String>) -> Self {
        Self { fix: Some(text.into()), ..self }
    }

    /// The message to the author of `path`: an error, for an unknown word a warning.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let place = Place::new(path, self.range.clone());
        let diagnostic = match self.rule {
            // A dictionary does not know every word that is right.
            "spelling" => Diagnostic::warning(self.rule, self.message.clone(), place),
            rule => Diagnostic::error(rule, self.message.clone(), place),
        };
        let diagnostic = diagnostic.help(self.help.clone());
        match self.fix {
            Some(_) => diagnostic.note("`cargo book check --fix` does that").mendable(),
            None => diagnostic,
        }
    }
}
