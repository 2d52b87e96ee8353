//! SUMMARY.md with its places: what is linked where, under which number.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A chapter of SUMMARY.md.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its number, `1.1.8`; empty outside of lists.
    pub number: String,
    /// Its file inside src, with forward slashes; empty for a draft.
    pub path: String,
    /// The whole link.
    pub link: Range<usize>,
    /// Where the file is named: between the parentheses.
    pub target: Range<usize>,
}

/// The chapters in their order. What is wrong with the file otherwise is left to mdBook to say.
pub fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut number: Vec<usize> = Vec::new();
    // mdBook counts on through the lists of the outermost level.
    let mut outermost = 0;
    let mut open: Option<Entry> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::List(_)) => number.push(if number.is_empty() { outermost } else { 0 }),
            Event::End(TagEnd::List(_)) => {
                let last = number.pop().unwrap_or_default();
                if number.is_empty() {
                    outermost = last;
                }
            }
            Event::Start(Tag::Item) => {
                if let Some(last) = number.last_mut() {
                    *last += 1;
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let number: Vec<String> = number.iter().map(usize::to_string).collect();
                open = Some(Entry {
                    title: String::new(),
                    number: number.join("."),
                    path: dest_url.replace("%20", " "),
                    target: target(text, &range),
                    link: range,
                });
            }
            Event::End(TagEnd::Link) => entries.extend(open.take()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(entry) = &mut open {
                    entry.title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    entries
}

fn target(text: &str, link: &Range<usize>) -> Range<usize> {
    let end = link.end.saturating_sub(1).max(link.start);
    match text[link.clone()].rfind("](") {
        Some(at) => link.start + at + 2..end,
        None => end..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_have_the_numbers_that_mdbook_gives_them() {
        let text = "# Содержание\n\n[О курсе](index.md)\n\n# Часть\n\n- [Основы]()\n  - [`Вектор` и\n    база](а/вектор%20б.md)\n  - [Нормы]()\n\n# Другая\n\n- [Дальше](<в.md>)\n\n[Конец](г.md)\n";
        let lines = entries(text)
            .into_iter()
            .map(|entry| format!("{:4}|{}|{}|{}", entry.number, entry.title, entry.path, &text[entry.target.clone()]));
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
            |О курсе|index.md|index.md
        1   |Основы||
        1.1 |Вектор ибаза|а/вектор б.md|а/вектор%20б.md
        1.2 |Нормы||
        2   |Дальше|в.md|<в.md>
            |Конец|г.md|г.md
        ");
    }
}
