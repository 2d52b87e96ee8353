//! The one place that makes a text harmless in HTML that Markdown and other preprocessors still read.

/// A text on one line in which every character that could mean something is a numeric entity.
pub fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '<' | '>' | '"' | '\'' | '$' | '`' | '\\' | '{' | '}' | '*' | '_' | '[' | ']' | '|' | '~' | '!'
            | '#' | '\n' => safe.push_str(&format!("&#{};", letter as u32)),
            _ => safe.push(letter),
        }
    }
    safe
}
