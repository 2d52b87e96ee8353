//! What the course knows of itself, written into its pages: the map of all lectures, the syllabus, the head of a lecture and
//! what it says of itself at its end, callouts.
//!
//! Everything comes from the book: SUMMARY.md gives the tree of parts and lectures, `syllabus.json` what each has to cover and what it
//! builds on, the pages themselves how long they take and where their points are. Markdown that the author wrote is never changed,
//! only wrapped: texts are inserted between its bytes. Two marks are replaced by what they ask for, `<!-- course: map -->` and
//! `<!-- course: syllabus -->`.

mod arcs;
mod callouts;
mod counts;
mod course;
mod head;
mod map;
mod pages;
mod pictures;
mod placement;
mod points;
mod preprocessor;
mod syllabus;

pub use crate::callouts::{Kind, callouts};
pub use crate::preprocessor::CourseMap;
pub use crate::syllabus::{FILE, Lecture, Point, Syllabus};
