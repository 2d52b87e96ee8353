//! Highlights every fenced code block of a page at build time.
//!
//! A fence becomes one line of HTML, `<pre class="code language-rust"><code>…`, in which syntect's scopes are folded into a dozen
//! one-letter classes (`theme/css/highlight.css` colours them): a tenth of the size of syntect's own classed HTML. The line holds
//! entities in place of every character that Markdown or another preprocessor could still take for its own.
//!
//! Fences are found by mdBook's own Markdown parser and replaced by byte range; nothing else of the page changes. Lines of Rust that
//! mdBook hides are left out.
//!
//! It runs last of the steps that change pages. Rust, TOML and terminal sessions have small grammars of our own
//! (`grammars/`): few patterns without look-around, because the cost of a line is their number; that is 5–10 times faster
//! than the bundled Rust grammar and knows `async`, `await`, `impl`, raw identifiers and user types: 5,200 lines take 0.1 s on
//! one core. Reading the grammars takes half as long, so a fence that stood on the page before is not coloured again. An unknown language is an error at its fence.

mod classes;
mod fences;
mod hidden;
mod html;
mod languages;
mod preprocessor;

use diagnostic::{Diagnostic, Place};
use page::Edit;

use crate::fences::Fence;
use crate::languages::Language;
pub use crate::preprocessor::Highlight;

/// Replaces the fences of `markdown` by highlighted HTML. A fence of an unknown language stays as it is and is reported at its
/// place in `markdown`, whose name is `path`.
pub fn highlight(markdown: &str, path: &str) -> (Vec<Edit>, Vec<Diagnostic>) {
    highlight_by(markdown, path, html::block)
}

/// The same where `block` makes the HTML of a fence.
fn highlight_by(
    markdown: &str,
    path: &str,
    mut block: impl FnMut(&Fence, &Language) -> String,
) -> (Vec<Edit>, Vec<Diagnostic>) {
    let mut edits = Vec::new();
    let mut diagnostics = Vec::new();
    for fence in fences::find(markdown) {
        match languages::find(&fence.language) {
            Some(language) => edits.push(Edit::new(fence.range.clone(), block(&fence, language))),
            None => diagnostics.push(unknown(&fence, path)),
        }
    }
    (edits, diagnostics)
}

fn unknown(fence: &Fence, path: &str) -> Diagnostic {
    let word = &fence.language;
    let known: Vec<&str> = Language::ALL.iter().map(|language| language.name).collect();
    let place = Place::new(path, fence.word.clone());
    let is_cell = |word: &str| word.to_lowercase() == "cell";
    let help = match languages::nearest(word) {
        _ if fence.info.split(|letter: char| letter == ',' || letter.is_whitespace()).take(2).any(is_cell) => {
            "did you mean `rust cell`?".to_owned()
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `text` for what has no colours".to_owned(),
    };
    Diagnostic::error("unknown-language", format!("unknown language `{word}`"), place)
        .label("nothing here can highlight it")
        .help(help)
        .note(format!("the languages are {}", known.join(", ")))
}
