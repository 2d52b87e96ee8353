//! What pages refer to.
//!
//! **Sources.** `[@vaswani2017]` in a sentence becomes the number of a source that one file, `bibliography.yml`, describes; the
//! sources of a page are listed at the end of its section `{#sources}`, or where it says `<!-- sources -->`; all that the book
//! cites stands where a page says `<!-- bibliography -->`. The list is written by hayagriva in a style of ours, as GOST R 7.0.5-2008 asks.
//!
//! **Terms.** `[[сингулярных чисел]]` becomes a link to the term that `glossary.toml` describes, found by the stems of its words, and
//! carries the definition along; all terms are listed where a page says `<!-- glossary -->`.
//!
//! Pages are read with mdBook's own parser and changed by byte ranges. Mistakes are told at their place in the author's file.

mod bibliography;
mod citations;
mod fields;
mod glossary;
mod gost;
mod persons;
mod preprocessor;
mod settings;
mod sources;
mod terms;
mod words;

pub use crate::bibliography::Bibliography;
pub use crate::glossary::{Glossary, Term};
pub use crate::gost::Source;
pub use crate::preprocessor::{References, bibliography, glossary, unintroduced, unused};
pub use crate::settings::Settings;
pub use crate::sources::Cited;
