//! Attributes of the tags in a piece of HTML, with their places.

use std::ops::Range;

/// `name="value"` inside a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The tag, as it is written.
    pub tag: &'a str,
    /// The name, as it is written.
    pub name: &'a str,
    /// The bytes of the value, without quotes.
    pub value: Range<usize>,
}

/// The attributes of all tags; comments and what is no tag are passed over.
pub fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        let rest = &html[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at = comment.find("-->").map_or(html.len(), |end| html.len() - comment.len() + end);
        } else if rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            at = tag(html, open + 1, &mut found);
        } else {
            at = open + 1;
        }
    }
    found
}

/// Reads a tag whose name begins at `at`; gives the byte behind it.
fn tag<'a>(html: &'a str, at: usize, found: &mut Vec<Attribute<'a>>) -> usize {
    let name = at..skip(html, at, |letter| !is_blank(letter) && !matches!(letter, '>' | '/'));
    let mut at = name.end;
    loop {
        at = skip(html, at, |letter| is_blank(letter) || letter == '/');
        if at >= html.len() || html[at..].starts_with('>') {
            return (at + 1).min(html.len());
        }
        let key = at..skip(html, at, |letter| !is_blank(letter) && !matches!(letter, '>' | '/' | '='));
        // A stray `=` is no name; it is passed over like a blank.
        if key.is_empty() {
            at += 1;
            continue;
        }
        let equals = skip(html, key.end, is_blank);
        at = key.end;
        if html[equals..].starts_with('=') {
            let value = value(html, skip(html, equals + 1, is_blank));
            at = value.end + usize::from(html[value.end..].starts_with(['"', '\'']));
            found.push(Attribute { tag: &html[name.clone()], name: &html[key], value });
        }
    }
}

fn value(html: &str, at: usize) -> Range<usize> {
    match html[at..].chars().next() {
        Some(quote @ ('"' | '\'')) => at + 1..skip(html, at + 1, |letter| letter != quote),
        _ => at..skip(html, at, |letter| !is_blank(letter) && letter != '>'),
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_ascii_whitespace()
}

fn skip(html: &str, at: usize, over: impl Fn(char) -> bool) -> usize {
    html[at..].find(|letter| !over(letter)).map_or(html.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_the_rest_is_not() {
        let html =
            "1 < 2 <a href='а.md'  ID = \"б\" hidden>текст</a><!-- <img src=x> --><img/src=в.png alt=\"1 > 0\"/><b";
        let found: Vec<String> = attributes(html)
            .into_iter()
            .map(|found| format!("{} {} {}", found.tag, found.name, &html[found.value]))
            .collect();
        assert_eq!(found, ["a href а.md", "a ID б", "img src в.png", "img alt 1 > 0"]);
        for torn in ["<a href=\"", "<a href=", "<a =", "<!--", "<", "<a/"] {
            attributes(torn);
        }
    }
}
