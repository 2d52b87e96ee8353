//! Points of the syllabus on the page of their lecture.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Place, nearest};

use crate::page::{Lecture, Part, What};

/// What a lecture covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// For every point whether the page marks it.
    pub points: Vec<(String, bool)>,
}

impl Coverage {
    /// How many points are marked.
    pub fn covered(&self) -> usize {
        self.points.iter().filter(|(_, covered)| *covered).count()
    }

    /// The points that are not.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.points.iter().filter(|(_, covered)| !covered).map(|(words, _)| words.as_str())
    }
}

/// Looks for every point of a lecture: a comment `<!-- bullet: … -->`, or a heading in the same words. Marks of points that are unknown, and
/// of those that are marked already, are mistakes.
pub fn coverage(lecture: &Lecture, points: &[&str]) -> (Coverage, Vec<Diagnostic>) {
    let mut marks: BTreeMap<String, usize> = BTreeMap::new();
    let mut mistakes = Vec::new();
    let expected = |words: &str| points.iter().filter(|point| same(point, words)).count();
    for part in &lecture.parts {
        let What::Comment { name, value } = &part.what else { continue };
        if name != "bullet" {
            continue;
        }
        let place = Place::new(&lecture.path, part.range.clone());
        let words = normal(value);
        let times = marks.entry(words.clone()).or_default();
        *times += 1;
        match expected(&words) {
            0 => mistakes.push(
                Diagnostic::error(
                    "unknown-point",
                    format!("the syllabus has no point «{words}» for this lecture"),
                    place,
                )
                .help(match nearest(&words, points.iter().copied()) {
                    Some(point) => format!("did you mean «{point}»? its words are those of syllabus.json"),
                    None => "its words are those of syllabus.json".to_owned(),
                }),
            ),
            expected if *times > expected => mistakes.push(
                Diagnostic::error("double-point", format!("the point «{words}» is marked already"), place)
                    .help("a point has one place; refer to it from others"),
            ),
            _ => {}
        }
    }
    let headings: Vec<&str> = lecture
        .parts
        .iter()
        .filter_map(|part| match &part.what {
            What::Heading { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let mut coverage = Coverage::default();
    for point in points {
        let by_mark = marks.get_mut(&normal(point)).filter(|times| **times > 0);
        let covered = match by_mark {
            Some(times) => {
                *times -= 1;
                true
            }
            None => headings.iter().any(|heading| same(heading, point)),
        };
        coverage.points.push(((*point).to_owned(), covered));
    }
    (coverage, mistakes)
}

impl Lecture {
    /// What is said of points that a lecture does not mark.
    pub fn missing(&self, coverage: &Coverage) -> Option<Diagnostic> {
        let missing: Vec<String> = coverage.missing().map(|point| format!("«{point}»")).collect();
        let message = match missing.len() {
            0 => return None,
            1 => "a point of the syllabus is not marked here".to_owned(),
            several => format!("{several} of {} points of the syllabus are not marked here", coverage.points.len()),
        };
        let help = format!(
            "mark where the lecture speaks of them, under a heading: <!-- bullet: … -->: {}",
            missing.join(", ")
        );
        Some(Diagnostic::error("missing-point", message, Place::new(&self.path, first_heading(self))).help(help))
    }

    /// Where the marks of points stand.
    pub fn points(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let is_mark = |part: &&Part| matches!(&part.what, What::Comment { name, .. } if name == "bullet");
        self.parts.iter().filter(is_mark).map(|part| part.range.clone())
    }
}

fn first_heading(lecture: &Lecture) -> std::ops::Range<usize> {
    let heading = lecture.parts.iter().find(|part| matches!(part.what, What::Heading { .. }));
    heading.map_or(0..0, |part| part.range.clone())
}

fn normal(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(left: &str, right: &str) -> bool {
    left.split_whitespace().eq(right.split_whitespace())
}
