//! The syllabus of the course: what every lecture has to cover, word for word.

use std::path::Path;

use anyhow::{Context, Result};
use diagnostic::Diagnostic;
use serde::Deserialize;

use crate::mistakes;

/// The file, at the book's root.
pub const FILE: &str = "syllabus.json";

/// All lectures in the order of the course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Syllabus {
    /// The lectures.
    pub lectures: Vec<Lecture>,
}

/// One lecture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lecture {
    /// Its number in SUMMARY.md, `1.1.8`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page inside src.
    pub path: String,
    /// Ids of lectures that it builds on.
    pub prerequisites: Vec<String>,
    /// What it has to cover.
    #[serde(rename = "bullets")]
    pub points: Vec<Point>,
}

/// A point of the syllabus.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Point {
    /// One without points of its own.
    Leaf(String),
    /// One with.
    Branch {
        /// Its words.
        text: String,
        /// Its points.
        children: Vec<Point>,
    },
}

impl Syllabus {
    /// Reads the syllabus of the book at `root`; a book without the file has no lectures.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join(FILE);
        let text = match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            text => text.with_context(|| format!("reading {}", path.display()))?,
        };
        serde_json::from_slice(&text).with_context(|| format!("reading {}", path.display()))
    }

    /// Reads it for a book that is made whatever is wrong with it: what cannot be read is told, and there are no lectures then.
    pub fn told(root: &Path) -> Result<(Self, Vec<Diagnostic>)> {
        let path = root.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Default::default()),
            text => text.with_context(|| format!("reading {}", path.display()))?,
        };
        Ok(match serde_json::from_str::<Self>(&text) {
            Ok(syllabus) => {
                let mistakes = mistakes::of(&syllabus, &text);
                (syllabus, mistakes)
            }
            Err(error) => (Self::default(), vec![mistakes::unreadable(&error, &text)]),
        })
    }

    /// The lecture with a number.
    pub fn lecture(&self, id: &str) -> Option<&Lecture> {
        self.lectures.iter().find(|lecture| lecture.id == id)
    }
}

impl Lecture {
    /// Its points and theirs, each with its depth, in the order of the syllabus.
    pub fn all_points(&self) -> Vec<(&str, usize)> {
        fn add<'a>(points: &'a [Point], depth: usize, all: &mut Vec<(&'a str, usize)>) {
            for point in points {
                match point {
                    Point::Leaf(text) => all.push((text, depth)),
                    Point::Branch { text, children } => {
                        all.push((text, depth));
                        add(children, depth + 1, all);
                    }
                }
            }
        }
        let mut all = Vec::new();
        add(&self.points, 0, &mut all);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_course_has_all_its_points() {
        let syllabus = Syllabus::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("it is read");
        assert_eq!(syllabus.lectures.len(), 52);
        assert_eq!(syllabus.lectures.iter().map(|lecture| lecture.all_points().len()).sum::<usize>(), 379);
    }
}
