//! The lectures of a course: what the syllabus wants of them, what they have.

use book::{from_root, texts};
use course_site::Syllabus;
use diagnostic::{Diagnostic, Place};
use kept::Kept;
use lecture::{Coverage, Facts, Guide, Kind, Pattern, coverage};
use mdbook_driver::MDBook;
use mutants::{Counts, Mutants};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// A lecture of the syllabus.
pub struct Entry {
    /// Its number.
    pub id: String,
    /// How many points it has to cover.
    pub points: usize,
    /// What there is of it; nothing while it is not written.
    pub written: Option<Written>,
}

/// A written lecture.
pub struct Written {
    /// Its counts.
    pub facts: Facts,
    /// Its points.
    pub coverage: Coverage,
    /// How it is made.
    pub pattern: Pattern,
    /// Which changes of its code its checks noticed, when that was counted of the code that it has.
    pub mutants: Counts,
}

/// The lectures in the order of the syllabus; none for a book that has no syllabus.
pub fn lectures(book: &MDBook) -> anyhow::Result<Vec<Entry>> {
    let syllabus = Syllabus::read(&book.root)?;
    let texts = texts(&book.book);
    let mutants = Mutants::read(&book.root)?;
    let src = &book.config.book.src;
    let entry = |lecture: &course_site::Lecture| {
        let points: Vec<&str> = lecture.all_points().into_iter().map(|(words, _)| words).collect();
        let written = texts.get(&lecture.path).map(|text| {
            let path = from_root(src, &lecture.path);
            let (facts, coverage, _) = look(&lecture.id, &points, &path, text);
            let pattern = Pattern::of(&path, text, Guide::of_course());
            let mutants = mutants.of(&page::read(&path, text, &[]).0).cloned().unwrap_or_default();
            Written { facts, coverage, pattern, mutants }
        });
        Entry { id: lecture.id.clone(), points: points.len(), written }
    };
    Ok(syllabus.lectures.iter().map(entry).collect())
}

/// One warning a lecture.
fn floors(id: &str, facts: &Facts, path: &str) -> Option<Diagnostic> {
    let lacks = Kind::of(id).lacks(facts);
    let message = "this lecture has not all that a lecture of the course has";
    let warning = Diagnostic::warning("floor", message, Place::new(path, 0..0));
    let counts = lacks.iter().map(|floor| format!("{}: {}, {}", floor.what, floor.has, floor.wants));
    let told = counts.fold(warning, Diagnostic::note).help("`cargo book stats` shows all lectures");
    (!lacks.is_empty()).then_some(told)
}

/// What `check` says of a lecture of the syllabus.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Checked {
    /// How many points it has to cover.
    pub points: usize,
    /// How many of them it covers; nothing while it is not written.
    pub covered: Option<usize>,
    /// What is wrong with it, and what it lacks.
    pub diagnostics: Vec<Diagnostic>,
}

/// What `check` says of the lectures, in the order of the syllabus.
pub fn checked(book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Checked>> {
    // What is wrong with it the step `course` says.
    let (syllabus, _) = Syllabus::told(&book.root)?;
    let texts = texts(&book.book);
    let src = &book.config.book.src;
    let checked = syllabus.lectures.par_iter().map(|lecture| {
        let points: Vec<&str> = lecture.all_points().into_iter().map(|(words, _)| words).collect();
        let Some(text) = texts.get(&lecture.path) else {
            return Ok(Checked { points: points.len(), ..Checked::default() });
        };
        let (path, wanted) = (from_root(src, &lecture.path), format!("{lecture:?}"));
        let parts = [("lecture", wanted.as_bytes()), ("path", path.as_bytes()), ("text", text.as_bytes())];
        kept.or_make("lecture", &parts, || {
            let (_, coverage, diagnostics) = look(&lecture.id, &points, &path, text);
            Ok(Checked { points: points.len(), covered: Some(coverage.covered()), diagnostics })
        })
    });
    checked.collect()
}

/// Counts and points of a lecture, and what is wrong with it.
fn look(id: &str, points: &[&str], path: &str, text: &str) -> (Facts, Coverage, Vec<Diagnostic>) {
    let page = lecture::Lecture::read(path, text);
    let (coverage, _) = coverage(&page, points);
    let mut diagnostics: Vec<Diagnostic> = page.missing(&coverage).into_iter().collect();
    diagnostics.extend(page.unsolved());
    let facts = page.facts();
    diagnostics.extend(floors(id, &facts, path));
    (facts, coverage, diagnostics)
}

/// `covered 41 of 41 points in 4 lectures; 379 in all 52`.
pub fn story(lectures: impl Iterator<Item = (usize, Option<usize>)>) -> String {
    let (points, covered): (Vec<usize>, Vec<Option<usize>>) = lectures.unzip();
    let written: Vec<usize> = covered.iter().flatten().copied().collect();
    let (all, points, covered) = (points.len(), points.iter().sum::<usize>(), written.iter().sum::<usize>());
    format!("syllabus: {covered} of {points} points covered; {} of {all} lectures written", written.len())
}
