//! The one place that makes a text harmless.

use std::fmt::Write as _;

/// A text as it stands in HTML inside Markdown: whatever HTML, Markdown or a later preprocessor could take for its own is a numeric
/// entity.
pub fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '<' | '>' | '"' | '\'' | '$' | '`' | '\\' | '{' | '}' | '*' | '_' | '[' | ']' | '|' | '~' | '!'
            | '#' | '@' | '\n' => {
                let _ = write!(safe, "&#{};", letter as u32);
            }
            _ => safe.push(letter),
        }
    }
    safe
}
