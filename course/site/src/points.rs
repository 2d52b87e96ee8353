//! Points of the syllabus on a page: `<!-- bullet: Теория и алгоритмы вычисления -->` under a heading, or a heading in the same words.

use std::collections::BTreeSet;
use std::ops::Range;

use page::Outline;
use page::anchor::{anchor, unique};
use serde::{Deserialize, Serialize};

use crate::syllabus::Lecture;

/// How the comment of a point begins.
const MARK: &str = "bullet:";

/// A point of a lecture and where the page speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Its number among all points of the lecture.
    pub point: usize,
    /// The anchor, made of the point's own words; or that of the heading which has them.
    pub anchor: String,
    /// Behind the comment, where the anchor has to be put; nowhere for a heading.
    pub place: Option<usize>,
}

/// The points of a lecture that a page marks, in the order of the syllabus.
pub fn covered(text: &str, outline: &Outline, lecture: &Lecture) -> Vec<Covered> {
    let headings = headings(text, outline);
    let mut taken: BTreeSet<String> = headings.iter().map(|(_, id)| id.clone()).collect();
    let comments =
        outline.comments().filter_map(|(range, inside)| Some((text[inside.clone()].strip_prefix(MARK)?, range.end)));
    let comments: Vec<(&str, usize)> = comments.collect();
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

/// Titles of headings with their anchors.
fn headings(text: &str, outline: &Outline) -> Vec<(String, String)> {
    let titles = outline.headings().map(|(index, _, heading)| (outline.words(text, index), heading));
    titles.map(|(title, heading)| (title.clone(), heading.id.clone().unwrap_or_else(|| anchor(&title)))).collect()
}

fn same(left: &str, right: &str) -> bool {
    left.split_whitespace().eq(right.split_whitespace())
}

/// The mark of the map or of the syllabus on a page.
pub fn mark(text: &str, outline: &Outline, name: &str) -> Option<Range<usize>> {
    let is_it =
        |inside: &Range<usize>| text[inside.clone()].strip_prefix("course:").is_some_and(|said| said.trim() == name);
    outline.comments().find(|(_, inside)| is_it(inside)).map(|(range, _)| range.clone())
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
        let found: Vec<String> = covered(text, &Outline::of(text), &lecture)
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
