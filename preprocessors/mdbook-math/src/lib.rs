//! Typesets the formulas of a book while it is built.
//!
//! Formulas are found by mdBook's own Markdown parser, rendered by KaTeX as `[preprocessor.katex]` says (mdbook-katex's
//! configuration) and put back by byte range: nothing else of a page changes, except that a link to a labelled formula gets its
//! number and a heading with a formula gets an id without TeX. What KaTeX gives is emitted so that Markdown finds nothing of its
//! own in it.
//!
//! [`typeset`] touches no file; [`Math`] is the step around it.
//!
//! # How it works
//!
//! `mdbook-math` is mdBook's preprocessor `katex`, so that `[preprocessor.katex]` is one table: mdbook-katex's options,
//! mdBook's own keys, and `cache`. The package mdbook-katex gives the configuration; an unknown key, or a value that it would
//! quietly replace, is an error. `output` is `htmlAndMathml` unless said otherwise; `include-src` puts the TeX into
//! `data-tex`, which `theme/copy.js` copies.
//!
//! KaTeX is its authors' own `katex.min.js` (`katex/`, vendored), run by rquickjs; `engine.js` is all that we ask of it. To
//! bring a newer KaTeX: `npm pack katex`, three files into `katex/`, `engine::VERSION`, `theme/fonts.py`, and what the tests
//! say.
//!
//! In the order of the data: `settings` and `macros`; `find` (mdBook's Markdown parser with formulas switched on; dollars
//! that are money are left alone by `page`, `markup` looks into `<summary>`, the one place where there is no room
//! for Markdown); `lint` (lone dollars, blank lines, list marks and HTML around formulas, commands outside of them); `tex`
//! (labels, environments that would count by themselves, code between two dollars); `equations` (numbers by page, links to
//! them); `engine`; `render` (with `message` and `remarks`, which say what is wrong and what to write, and `plain`, which
//! makes characters for titles in the contents, texts of pictures and names); `html` (what is ours of the markup, and the
//! only escaping); `headings` (an id without TeX where mdBook would make one of it); `place` (bytes of TeX in the text around
//! it); `typeset` (all of it, values in and values out); `cache`; `preprocessor`.
//!
//! - What KaTeX would tell a console, and what it would not tell, is an error: `engine.js` listens to `strict`, and walks
//!   through the parse tree for letters that a font lacks and fonts that are lost in others. It asks KaTeX itself which these
//!   are: no list of ours can age.
//! - MathML is made valid (a `\max` in an index is one part, not two) and one `<mn>` of every number; `xmlns`, `semantics`
//!   and the annotation go, which HTML does not need. With the TeX to copy, 1,787 formulas weigh 4,099 KB (4,104 with KaTeX
//!   0.16.4, without it).
//! - A `\label{eq-x}` becomes `\tag{n}` padded to its own length, so KaTeX's positions stay those of the author.
//! - What KaTeX gives goes out on one line with entities for every character that Markdown, mdBook's directives or a table
//!   could take for their own. A random test compares the bytes around formulas and asks mdBook's parser whether it sees
//!   anything but tags and text inside them.
//! - `.book/formulas` is one file: key, length, checksum, content. The key is a hash of KaTeX's source, the options, the
//!   macros, our own code that makes the final form, the style and the TeX. What a build did not use is not written again.
//!   2,000 formulas (2 MB of Markdown, 7.5 MB of HTML) warm: 10 ms of processor time to read and check, 19 ms for the rest,
//!   on two cores; cold: 1.6 ms each, and 0.03 s a thread for the engine.
//! - A formula KaTeX only colours red (a command that needs `trust`) is an error too, unless `throw-on-error = false` asks
//!   for it.

pub mod engine;

mod cache;
mod equations;
mod find;
mod found;
mod headings;
mod html;
mod keyed;
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
