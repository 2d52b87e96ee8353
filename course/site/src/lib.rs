//! What the course knows of itself, written into its pages: the map of all lectures, the syllabus, the head of a lecture and
//! what it says of itself at its end, callouts.
//!
//! Everything comes from the book: SUMMARY.md gives the tree of parts and lectures, `syllabus.json` what each has to cover and what it
//! builds on, the pages themselves how long they take and where their points are. Markdown that the author wrote is never changed,
//! only wrapped: texts are inserted between its bytes. Two marks are replaced by what they ask for, `<!-- course: map -->` and
//! `<!-- course: syllabus -->`.
//!
//! It stands between the cells and the formulas: callouts around quotations that begin with a bold word (`callouts`), the
//! table of facts under a lecture's title (`head`), anchors in the syllabus's own words behind `<!-- bullet: … -->`
//! (`points`), anchors of exercises (`exercises`). No list is kept by hand. `arcs` draws prerequisites beside the map, without those that
//! follow from others: rows have one height, so an arc in units of rows meets its lectures at any size. What others see of the site before
//! they open it (`shell`: descriptions, addresses, data for search engines, the list of pages, the feed of `changes`) goes into a part of
//! the theme and beside the pages. The theme is held to the mdBook it was
//! made for: a test keeps digests of mdBook's own templates, so new strings cannot appear in English unseen.

mod about;
mod arcs;
mod callouts;
mod changes;
mod counts;
mod course;
mod exercises;
mod head;
mod map;
mod mistakes;
mod pages;
mod pictures;
mod placement;
mod points;
mod preprocessor;
mod settings;
mod shell;
mod syllabus;

pub use crate::callouts::{Kind, callouts};
pub use crate::preprocessor::CourseMap;
pub use crate::settings::KEYS;
pub use crate::syllabus::{FILE, Lecture, Point, Syllabus};
