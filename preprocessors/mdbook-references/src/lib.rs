//! What pages refer to.
//!
//! **Sources.** `[@vaswani2017]` in a sentence becomes the number of a source that one file, `bibliography.yml`, describes; the
//! sources of a page are listed at the end of its section `{#sources}`, or where it says `<!-- sources -->`; all that the book
//! cites stands where a page says `<!-- bibliography -->`. The list is written by
//! hayagriva in the style that `[preprocessor.references] style` names: by default ours of GOST R 7.0.5-2008 in a Russian book, that of
//! the IEEE in any other.
//!
//! **Terms.** `[[сингулярных чисел]]` becomes a link to the term that `glossary.toml` describes, found by the stems of its words, and
//! carries the definition along; all terms are listed where a page says `<!-- glossary -->`.
//!
//! Pages are read with mdBook's own parser and changed by byte ranges. Mistakes are told at their place in the author's file.
//!
//! # How it works, and why
//!
//! It runs behind `cells`, so that captions may cite, and before `katex`. Sources are written once a build by hayagriva and turned
//! into our own escaped HTML: hayagriva's HTML is not escaped. In `styles/gost.csl` more is needed: CSL can neither count authors nor
//! change the language from source to source, so sources are written in groups: one for each language (`language`, or the letters of
//! the title) and for up to three authors or more (`gost::Manner`). CSL has no cases either: `persons` declines translators and
//! editors whose surname leaves no doubt, and asks for the words of the title page where it does («Щербина», «Мицкевич»); a name
//! without a comma is those words. hayagriva passes over fields that it does not know, so `fields` reads the file once more with
//! saphyr, which has places, and a part whose whole has no place in the list (`misc` in `misc`) is an error. The numbers are ours
//! too, in the order of the page, because every one is a link. hayagriva is typst's own and alive (0.10.1); its `biblatex` feature is
//! off.
//!
//! Terms (`glossary.toml`, `[[words]]`) are found by Snowball stems, so an author
//! writes any form; the definition travels in the link, because `file://` cannot fetch the glossary. Linking first mentions
//! without any mark was refused: «ключ», «голова», «шаг» are ordinary words too. An unknown key or term is an error; an
//! unused one is a warning of `check`.

mod bibliography;
mod checked;
mod citations;
mod extent;
mod fields;
mod forms;
mod glossary;
mod gost;
mod literature;
mod mistakes;
mod persons;
mod preprocessor;
mod settings;
mod sources;
mod style;
mod terms;
mod words;
mod written;

pub use crate::bibliography::Bibliography;
pub use crate::checked::{cited, linked, unintroduced, unused};
pub use crate::glossary::{Glossary, Term};
pub use crate::preprocessor::{References, bibliography, glossary};
pub use crate::settings::Settings;
pub use crate::sources::Cited;
pub use crate::style::Style;
pub use crate::written::Source;
