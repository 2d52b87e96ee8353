//! Points of the syllabus on a page: `<!-- bullet: Теория и алгоритмы вычисления -->` under a heading, or a heading in the same words.

use std::collections::BTreeSet;
use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use page::anchor::{anchor, unique};

use crate::syllabus::Lecture;

const MARK: &str = "<!-- bullet:";

/// A point of a lecture and where the page speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Its number among all points of the lecture.
    pub point: usize,
    /// The anchor, made of the point's own words; or that of the heading which has them.
    pub anchor: String,
    /// Behind the comment, where the anchor has to be put; nowhere for a heading.
    pub place: Option<usize>,
}

/// The points of a lecture that a page marks, in the order of the syllabus.
pub fn covered(text: &str, lecture: &Lecture) -> Vec<Covered> {
    let headings = headings(text);
    let mut taken: BTreeSet<String> = headings.iter().map(|(_, id)| id.clone()).collect();
    let comments = comments(text);
    let mut used = BTreeSet::new();
    let mut covered = Vec::new();
    for (point, (words, _)) in lecture.all_points().into_iter().enumerate() {
        // Points in the same words are told apart by their order.
        let comment = comments.iter().find(|(said, end)| same(said, words) && !used.contains(end));
        if let Some((_, end)) = comment {
            used.insert(*end);
            let anchor = unique(&anchor(words), &mut taken);
            covered.push(Covered { point, anchor, place: Some(*end) });
        } else if let Some((_, id)) = headings.iter().find(|(title, _)| same(title, words)) {
            covered.push(Covered { point, anchor: id.clone(), place: None });
        }
    }
    covered
}

/// The comments with the byte behind each.
fn comments(text: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(MARK).map(|open| at + open + MARK.len()) {
        let Some(length) = text[open..].find("-->") else { break };
        at = open + length + "-->".len();
        found.push((&text[open..open + length], at));
    }
    found
}

/// Titles of headings with their anchors.
fn headings(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(Option<String>, String)> = None;
    for event in new_cmark_parser(text, &MarkdownOptions::default()) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => open = Some((id.map(|id| id.to_string()), String::new())),
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((id, title)) = open.take() {
                    let id = id.unwrap_or_else(|| anchor(&title));
                    found.push((title, id));
                }
            }
            _ => {}
        }
    }
    found
}

fn same(left: &str, right: &str) -> bool {
    left.split_whitespace().eq(right.split_whitespace())
}

/// The mark of the map or of the syllabus on a page.
pub fn mark(text: &str, name: &str) -> Option<Range<usize>> {
    let mark = format!("<!-- course: {name} -->");
    let at = text.find(&mark)?;
    Some(at..at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_anchors_in_their_own_words() {
        let lecture: Lecture = serde_json::from_str(
            r#"{"id": "1.1", "title": "А", "path": "a.md", "prerequisites": [],
                "bullets": ["Теория и алгоритмы", {"text": "Метод", "children": ["Пример", "Пример"]}, "Не написано"]}"#,
        )
        .expect("it is a lecture");
        let text = "# А\n\n## Зачем {#theory}\n<!-- bullet: Теория и алгоритмы -->\n\n## Метод {#method}\n\n<!-- bullet: Пример -->\n\n<!-- bullet: Пример -->\n";
        let found: Vec<String> = covered(text, &lecture)
            .into_iter()
            .map(|covered| {
                format!(
                    "{} {} {}",
                    covered.point,
                    covered.anchor,
                    covered.place.map_or("", |at| text[..at].lines().last().unwrap_or_default())
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                "0 теория-и-алгоритмы <!-- bullet: Теория и алгоритмы -->",
                "1 method ",
                "2 пример <!-- bullet: Пример -->",
                "3 пример-1 <!-- bullet: Пример -->"
            ]
        );
    }
}
