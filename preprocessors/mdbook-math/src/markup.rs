//! The words between the tags of a block of HTML, which Markdown does not look into.

use std::ops::Range;

use page::prices::begins_with_a_price;

/// A text between two tags: bytes of the block.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub range: Range<usize>,
    pub element: Element,
}

/// What a text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// The one element in which there is no room for the blank lines that would make Markdown of it.
    Summary,
    Other,
}

/// The words of a block, without comments and without elements whose text is not prose.
pub fn words(html: &str) -> Vec<Words> {
    const RAW: [&str; 5] = ["script", "style", "pre", "code", "textarea"];
    let mut words = Vec::new();
    let mut element = Element::Other;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let tag = at + found;
        words.push(Words { range: at..tag, element });
        let rest = &html[tag..];
        let (closing, name) = name(rest);
        if name == "summary" {
            element = if closing { Element::Other } else { Element::Summary };
        }
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + "-->".len())
        } else if !closing && RAW.contains(&name.as_str()) {
            rest.to_ascii_lowercase().find(&format!("</{name}"))
        } else if name.is_empty() {
            Some(1)
        } else {
            end_of_tag(rest)
        };
        let Some(end) = end else { return words };
        at = tag + end;
    }
    words.push(Words { range: at..html.len(), element });
    words
}

/// The formulas in the words of a block, `$…$` on one line by Markdown's rule; bytes of `text`. What HTML would take for its own
/// is none.
pub fn formulas(text: &str, block: &Range<usize>, words: &Words) -> Vec<Range<usize>> {
    let mut formulas = Vec::new();
    let mut at = block.start + words.range.start;
    let end = block.start + words.range.end;
    while let Some(start) = text[at..end].find('$').map(|found| at + found) {
        at = start + 1;
        let Some(length) = text[at..end].find('$') else { break };
        let (inside, range) = (&text[at..at + length], start..at + length + 1);
        let is_formula = inside.trim() == inside && !inside.is_empty() && !inside.contains(['&', '<', '\n']);
        if is_formula && !begins_with_a_price(text, &range) {
            at = range.end;
            formulas.push(range);
        }
    }
    formulas
}

/// Whether a tag is a closing one, and its name.
fn name(tag: &str) -> (bool, String) {
    let rest = &tag[1..];
    let closing = rest.starts_with('/');
    let name = rest.trim_start_matches('/').split(|letter: char| !letter.is_ascii_alphanumeric()).next();
    (closing, name.unwrap_or_default().to_ascii_lowercase())
}

fn end_of_tag(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in html.char_indices() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (_, Some(open)) if letter == open => quote = None,
            ('>', None) => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_tags() {
        let html = "<details title=\"<b>\"><Summary>а <b>б</b></summary>в < г<!-- <i>д --><pre>е<i></pre>ё";
        let found: Vec<_> = words(html).into_iter().map(|words| (&html[words.range], words.element)).collect();
        let in_summary: String =
            found.iter().filter(|(_, element)| *element == Element::Summary).map(|(text, _)| *text).collect();
        let elsewhere: String =
            found.iter().filter(|(_, element)| *element == Element::Other).map(|(text, _)| *text).collect();
        assert_eq!((in_summary.as_str(), elsewhere.as_str()), ("а б", "в  гё"));
    }

    #[test]
    fn formulas_follow_the_rule_of_markdown() {
        let text = "$a$ 5$ и $b_1$, $ c$, $d & e$, $f$";
        let words = Words { range: 0..text.len(), element: Element::Other };
        let found: Vec<_> = formulas(text, &(0..text.len()), &words).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["$a$", "$b_1$", "$f$"]);
    }
}
