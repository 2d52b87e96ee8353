//! Messages at a place of a Markdown file.
//!
//! A [`Diagnostic`] is data: who finds a mistake says where it is (a path and a byte range) and what to do about it.
//! Only [`render`] and [`json`] need the text of the files, a [`Sources`].
//! Nothing here reads a file, a clock or the environment.

mod json;
mod latin;
mod near;
mod render;
mod source;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use json::json;
pub use latin::{as_latin, latin_letter};
pub use near::{any_of, near, nearest};
pub use render::{Colour, Titles, render, render_all, render_all_in};
pub use source::{LineColumn, Lines, Sources, line_column, offset};

/// The code of the error after which no page was run: what later steps miss in the pages follows from it.
pub const NO_PAGE_WAS_RUN: &str = "library";

/// How bad a message is: an error fails the build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// The book is wrong.
    Error,
    /// The book is right but could be better.
    Warning,
}

/// A place: bytes of a file of the book.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path from the book's root with forward slashes, `src/a.md`.
    pub path: String,
    /// Byte range in the file's text; an empty range points between two characters.
    pub range: Range<usize>,
}

impl Place {
    /// A place in `path`.
    pub fn new(path: impl Into<String>, range: Range<usize>) -> Self {
        Self { path: path.into(), range }
    }
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is there.
    pub text: String,
}

/// One message to the author.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub level: Level,
    /// A stable name for tools: `E0382`, `unknown-option`.
    pub code: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The main place.
    pub place: Place,
    /// A word under the main place; may be empty.
    pub label: String,
    /// Other places.
    pub labels: Vec<Label>,
    /// Why it is so.
    pub notes: Vec<String>,
    /// What to do.
    pub helps: Vec<String>,
    /// Who can do it.
    pub mend: Mend,
}

/// Who can mend what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mend {
    /// The author.
    Author,
    /// A tool, because no meaning changes: `check --fix` does.
    Tool,
}

impl Diagnostic {
    /// An error at `place`.
    pub fn error(code: impl Into<String>, message: impl Into<String>, place: Place) -> Self {
        Self {
            level: Level::Error,
            code: code.into(),
            message: message.into(),
            place,
            label: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            mend: Mend::Author,
        }
    }

    /// A warning at `place`.
    pub fn warning(code: impl Into<String>, message: impl Into<String>, place: Place) -> Self {
        Self { level: Level::Warning, ..Self::error(code, message, place) }
    }

    /// The main place and the others.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.place).chain(self.labels.iter().map(|label| &label.place))
    }

    /// Writes `text` under the main place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Adds a reason.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says that a tool can mend it.
    #[must_use]
    pub fn mendable(mut self) -> Self {
        self.mend = Mend::Tool;
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }
}

/// Sorts by file, place and code, and drops exact repetitions: the order in which all messages of a build are printed.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
}

fn key(diagnostic: &Diagnostic) -> (&str, usize, usize, Level, &str, &str) {
    let Place { path, range } = &diagnostic.place;
    (path, range.start, range.end, diagnostic.level, &diagnostic.code, &diagnostic.message)
}

/// True when one of them fails the build.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}
