//! The one place that makes a text harmless: for HTML, for Markdown, for mdBook's directives and for the steps that come after.

use std::fmt::Write as _;

/// A text as it stands in HTML or Markdown: every character that could mean something there is a numeric entity, line breaks too,
/// so that the text stays on one line and a blank line in it ends nothing.
pub fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '<' | '>' | '"' | '\'' | '$' | '`' | '\\' | '{' | '}' | '*' | '_' | '[' | ']' | '|' | '~' | '!'
            | '#' | '@' | '\n' => push_entity(&mut safe, letter),
            // Not characters of HTML at all.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {
                safe.push('\u{fffd}');
            }
            '\r' => {}
            // Controls of direction would turn what stands behind the text; they are shown by their names.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(safe, "&#91;U+{:04X}&#93;", u32::from(letter));
            }
            _ => safe.push(letter),
        }
    }
    safe
}

/// Code that is highlighted already, between tags of a line of its own: the letters that a Markdown parser or a later step could
/// take for its own.
pub fn push_code(to: &mut String, code: &str) {
    for letter in code.chars() {
        match letter {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '\n' | '\r' | '$' | '`' | '\\' | '{' | '*' | '_' | '[' | '~' | '|' => push_entity(to, letter),
            _ => to.push(letter),
        }
    }
}

/// HTML that is already correct, made harmless for what comes after it on the way to the page: no line break that would end
/// an HTML block of Markdown, no braces that mdBook would read as a directive, no dollars that could be a formula's.
pub fn markup(html: &str) -> String {
    let mut safe = String::with_capacity(html.len());
    for letter in html.chars() {
        match letter {
            '\n' | '{' | '}' | '$' => push_entity(&mut safe, letter),
            '\r' => {}
            _ => safe.push(letter),
        }
    }
    safe
}

/// JSON without objects, as it stands in a `<script>` of a page: nothing that HTML or mdBook could read as its own.
pub fn json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' | '{' | '}' | '$' | '`' => {
                let _ = write!(safe, "\\u{:04x}", u32::from(letter));
            }
            _ => safe.push(letter),
        }
    }
    safe
}

/// Writes a letter as a numeric entity.
pub fn push_entity(to: &mut String, letter: char) {
    let _ = write!(to, "&#{};", u32::from(letter));
}
