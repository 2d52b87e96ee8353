//! What a lecture has, counted from its Markdown: points of the syllabus, formulas and how many of them are checked, cells, plots,
//! exercises, questions, sources; and what it should have.
//!
//! Everything here is a function of texts. A formula counts as checked when the author says which check is its second way,
//! `<!-- checks: eq-sum -->`, and there is a check beside that mark: a claim in the paragraph, or a cell with an assertion.

mod checks;
mod coverage;
mod facts;
mod floors;
mod guide;
mod page;
mod pattern;
mod proofs;
mod prose;
mod tasks;
mod width;

pub use crate::coverage::{Coverage, coverage};
pub use crate::facts::Facts;
pub use crate::floors::{Floor, Kind};
pub use crate::guide::{Guide, Held};
pub use crate::page::Lecture;
pub use crate::pattern::Pattern;
