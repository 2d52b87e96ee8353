//! What a written page says of itself, and to the others.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;
use diagnostic::Diagnostic;
use kept::Kept;
use page::{Draft, Outline};
use serde::{Deserialize, Serialize};
use step::Way;

use crate::about::about;
use crate::head::{self, Fields};
use crate::placement;
use crate::points::{self, Covered};
use crate::syllabus::Lecture;

/// What a page says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// What it is as a lecture.
    pub facts: Option<Facts>,
    /// Whether the map stands here, and whether the syllabus does.
    pub marks: Marks,
    /// What is wrong with what it says.
    pub diagnostics: Vec<Diagnostic>,
    /// The number that its title begins with, and where.
    pub numbered: Option<(String, Range<usize>)>,
    /// The words of its title, and where.
    pub titled: Option<(String, Range<usize>)>,
    /// What it is about.
    pub about: String,
    /// The code that checks its formulas, by their labels.
    pub proofs: BTreeMap<String, Vec<String>>,
}

/// What is put into a page at its marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The map of the course.
    pub map: bool,
    /// All points of all lectures.
    pub syllabus: bool,
    /// What changed.
    pub changes: bool,
}

/// Facts of a written lecture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

impl Told {
    /// Hears the page `file` inside src, which is this lecture or none; `outline` takes it apart when somebody has to.
    pub fn hear<'a>(
        page: &Way,
        file: &str,
        lecture: Option<&Lecture>,
        kept: &Kept,
        outline: impl FnOnce(&str) -> &'a Outline,
    ) -> Result<Self> {
        let points = format!("{lecture:?}");
        let parts = [("page", page.name()), ("file", file.as_bytes()), ("lecture", points.as_bytes())];
        kept.or_make("facts", &parts, || {
            let draft = page.draft()?;
            let (text, outline) = (draft.text(), outline(draft.text()));
            let is_marked = |mark| points::mark(text, outline, mark).is_some();
            let marks = Marks { map: is_marked("map"), syllabus: is_marked("syllabus"), changes: is_marked("changes") };
            let (facts, diagnostics) = lecture.map(|lecture| read(draft, outline, lecture, file)).unzip();
            let (numbered, titled) = (placement::number(text), placement::title_of(text));
            let mut about = about(text, outline);
            if let (true, Some(lecture)) = (about.is_empty(), lecture) {
                let points = lecture.all_points().into_iter().filter(|(_, depth)| *depth == 0).map(|(words, _)| words);
                about = format!("{}.", points.collect::<Vec<_>>().join("; "));
            }
            let proofs = lecture::Lecture::read(draft.path(), draft.written()).proofs(draft.written());
            Ok(Self { facts, marks, diagnostics: diagnostics.unwrap_or_default(), numbered, titled, about, proofs })
        })
    }
}

/// Reads the page `path` inside src, a lecture.
fn read(draft: &Draft, outline: &Outline, lecture: &Lecture, path: &str) -> (Facts, Vec<Diagnostic>) {
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
