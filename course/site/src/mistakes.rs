//! What is wrong with the syllabus itself: numbers and files that are there twice, prerequisites that are no lectures, points without words.

use std::collections::BTreeSet;
use std::ops::Range;

use diagnostic::{Diagnostic, LineColumn, Place, nearest};

use crate::syllabus::{FILE, Lecture, Syllabus};

/// A file that is no syllabus, where it stops being one.
pub fn unreadable(error: &serde_json::Error, text: &str) -> Diagnostic {
    let at = diagnostic::offset(text, LineColumn { line: error.line().max(1), column: error.column().max(1) });
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let message = format!("the syllabus cannot be read: {said}");
    Diagnostic::error("syllabus", message, Place::new(FILE, at..at)).help("without it the book has no lectures")
}

/// Everything else.
pub fn of(syllabus: &Syllabus, text: &str) -> Vec<Diagnostic> {
    let (mut ids, mut paths) = (BTreeSet::new(), BTreeSet::new());
    let mut mistakes = Vec::new();
    let own = "every lecture has a number, a file and points of its own";
    for lecture in &syllabus.lectures {
        let id = &lecture.id;
        let place = lecture.place(text, !ids.contains(id));
        let mut report = |message: String, help: &str| {
            mistakes.push(Diagnostic::error("syllabus", message, Place::new(FILE, place.clone())).help(help));
        };
        if !ids.insert(id.clone()) {
            report(format!("lecture {id} is here twice"), own);
        }
        if !paths.insert(&lecture.path) {
            report(format!("`{}` is the file of another lecture too", lecture.path), own);
        }
        for needed in &lecture.prerequisites {
            if needed == id {
                report(format!("lecture {id} needs itself"), own);
            } else if syllabus.lecture(needed).is_none() {
                let known = syllabus.lectures.iter().map(|lecture| lecture.id.as_str());
                let help = match nearest(needed, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name the lectures that it builds on by their numbers, or leave the list empty".to_owned(),
                };
                report(format!("lecture {id} needs {needed}, which is no lecture"), &help);
            }
        }
        if lecture.all_points().iter().any(|(point, _)| point.trim().is_empty()) {
            report(format!("lecture {id} has a point without words"), own);
        }
    }
    mistakes
}

impl Lecture {
    /// Where its number is written; of two with one number the second.
    fn place(&self, text: &str, is_first: bool) -> Range<usize> {
        let written = format!("\"{}\"", self.id);
        let mut keys = text.match_indices("\"id\"").filter_map(|(at, key)| {
            let rest = text[at + key.len()..].trim_start().strip_prefix(':')?.trim_start();
            let start = text.len() - rest.len();
            rest.starts_with(&written).then(|| start..start + written.len())
        });
        let first = keys.next().unwrap_or(0..0);
        if is_first { first } else { keys.next().unwrap_or(first) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let wrong = match serde_json::from_str(text) {
            Ok(syllabus) => of(&syllabus, text),
            Err(error) => vec![unreadable(&error, text)],
        };
        let line = |wrong: Diagnostic| {
            let at = diagnostic::line_column(text, wrong.place.range.start);
            format!("{}:{} {}; {}", at.line, at.column, wrong.message, wrong.helps.join("; "))
        };
        wrong.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_syllabus_that_contradicts_itself_is_told_at_its_lecture() {
        insta::assert_snapshot!(told(
            r#"{"lectures": [
  {"id": "1.1", "title": "Векторы", "path": "а.md", "prerequisites": ["1.1", "1.22", "9"], "bullets": ["Длина", ""]},
  {"id": "1.1", "title": "Нормы", "path": "а.md", "prerequisites": [], "bullets": []},
  {"id": "1.2", "title": "Шар", "path": "б.md", "prerequisites": ["1.1"], "bullets": [{"text": "Радиус", "children": ["Длина"]}]}
]}"#
        ));
    }

    #[test]
    fn a_syllabus_that_cannot_be_read_is_told_where_it_cannot() {
        let lecture = r#"{"id": "1", "title": "Шар", "path": "а.md", "prerequisites": [], "bulets": []}"#;
        insta::assert_snapshot!(
            [format!("{{\"lectures\": [\n  {lecture}\n]}}"), "{\"lectures\": [\n],}".to_owned(), "[]".to_owned()]
                .map(|text| told(&text))
                .join("\n")
        );
    }
}
