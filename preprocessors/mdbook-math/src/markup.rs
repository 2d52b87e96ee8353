//! The words between the tags of a block of HTML, which Markdown does not look into.

use std::ops::Range;

use page::markup::{Kind, Markup, markup};
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
    let mut raw: Option<String> = None;
    for Markup { range, kind } in markup(html) {
        match kind {
            Kind::Close(name) if raw.as_ref() == Some(&name) => raw = None,
            _ if raw.is_some() => {}
            Kind::Open(tag) if RAW.contains(&&*tag.name) => raw = Some(tag.name),
            Kind::Open(tag) if tag.name == "summary" => element = Element::Summary,
            Kind::Close(name) if name == "summary" => element = Element::Other,
            Kind::Words => words.push(Words { range, element }),
            Kind::Open(_) | Kind::Close(_) | Kind::Comment(_) => {}
        }
    }
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
        assert_eq!((in_summary.as_str(), elsewhere.as_str()), ("а б", "в < гё"));
    }

    #[test]
    fn formulas_follow_the_rule_of_markdown() {
        let text = "$a$ 5$ и $b_1$, $ c$, $d & e$, $f$";
        let words = Words { range: 0..text.len(), element: Element::Other };
        let found: Vec<_> = formulas(text, &(0..text.len()), &words).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["$a$", "$b_1$", "$f$"]);
    }
}
