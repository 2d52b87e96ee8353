//! What a rule about pages has found.

use std::ops::Range;

use diagnostic::{Diagnostic, Place};

/// A place that should be written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// Where.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
    /// What a machine may write instead, where no meaning can change by it.
    pub fix: Option<String>,
}

impl Finding {
    /// A place that needs its author.
    pub fn new(rule: &'static str, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, range, message: message.into(), help: help.into(), fix: None }
    }

    /// A place that a machine can mend.
    #[must_use]
    pub fn fixed(self, text: impl Into<String>) -> Self {
        Self { fix: Some(text.into()), ..self }
    }

    /// The message to the author of `path`.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let place = Place::new(path, self.range.clone());
        let diagnostic = Diagnostic::error(self.rule, self.message.clone(), place).help(self.help.clone());
        match self.fix {
            Some(_) => diagnostic.mendable(),
            None => diagnostic,
        }
    }
}
