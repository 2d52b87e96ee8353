//! What a written page says of itself.

use diagnostic::Diagnostic;
use page::{Draft, Outline};

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

/// Reads the page `path` inside src, a lecture.
pub fn read(draft: &Draft, outline: &Outline, lecture: &Lecture, path: &str) -> (Facts, Vec<Diagnostic>) {
    let (text, place) = (draft.text(), draft.path());
    let line = head::find(text, outline).and_then(|head| head.line);
    let (fields, diagnostics) = line.map(|line| head::fields(text, &line, place)).unwrap_or_default();
    let facts = Facts {
        path: path.to_owned(),
        fields,
        covered: points::covered(text, outline, lecture),
        counts: lecture::Lecture::read(place, draft.written()).facts(),
    };
    (facts, diagnostics)
}
