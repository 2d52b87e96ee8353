//! Typesets the formulas of a book while it is built.
//!
//! Formulas are found by mdBook's own Markdown parser, rendered by KaTeX as `[preprocessor.katex]` says (mdbook-katex's
//! configuration) and put back by byte range: nothing else of a page changes, except that a link to a labelled formula gets its
//! number and a heading with a formula gets an id without TeX. What KaTeX gives is emitted so that Markdown finds nothing of its
//! own in it.
//!
//! [`typeset`] touches no file; [`Math`] is the step around it.

pub mod engine;

mod cache;
mod equations;
mod find;
mod found;
mod headings;
mod html;
mod lint;
mod macros;
mod markup;
mod message;
mod place;
mod plain;
mod preprocessor;
mod remarks;
mod render;
mod scripts;
mod settings;
mod sheet;
mod tex;
mod typeset;

pub use crate::cache::Cache;
pub use crate::preprocessor::{Math, NAME};
pub use crate::settings::Settings;
pub use crate::sheet::{Page, Role};
pub use crate::typeset::typeset;
