//! What a written page says of itself.

use diagnostic::Diagnostic;

use crate::head::{self, Fields};
use crate::points::{self, Covered};
use crate::syllabus::Lecture;

/// Facts of a written lecture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its page inside src.
    pub path: String,
    /// The line under its title.
    pub fields: Fields,
    /// Points of the syllabus that it marks.
    pub covered: Vec<Covered>,
    /// What it has, as its own last line and `cargo book stats` say it.
    pub counts: lecture::Facts,
}

/// Reads a lecture: `written` is the file, `shown` the page with its outputs, `place` the file's name for messages.
pub fn read(written: &str, shown: &str, lecture: &Lecture, path: &str, place: &str) -> (Facts, Vec<Diagnostic>) {
    let line = head::find(written).and_then(|head| head.line);
    let (fields, diagnostics) = line.map(|line| head::fields(written, &line, place)).unwrap_or_default();
    let facts = Facts {
        path: path.to_owned(),
        fields,
        covered: points::covered(shown, lecture),
        counts: lecture::Lecture::read(place, written).facts(),
    };
    (facts, diagnostics)
}
