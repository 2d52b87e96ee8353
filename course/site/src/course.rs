//! The course as its pages see it: parts, chapters, lectures, what is written of them.

use std::collections::BTreeMap;

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use serde::Serialize;
use step::chapter::number;

use crate::pages::Facts;
use crate::syllabus::Syllabus;

/// The tree of SUMMARY.md with what is known of every lecture.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Course {
    /// The parts.
    pub parts: Vec<Part>,
    /// Sums over all lectures.
    pub totals: Totals,
}

/// A part of the course.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Its number.
    pub number: String,
    /// The same in Roman digits.
    pub roman: String,
    /// Its title.
    pub title: String,
    /// Its chapters.
    pub chapters: Vec<Section>,
    /// Lectures in it.
    pub lectures: usize,
    /// Those of them that are written.
    pub written: usize,
}

/// A chapter, or the lectures of a part without chapters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Its title; empty when the part has no chapters.
    pub title: String,
    /// Its lectures.
    pub lectures: Vec<Entry>,
}

/// A lecture.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entry {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page inside src, when it is written.
    pub path: Option<String>,
    /// Its difficulty, from 1 to 3, when the page says it.
    pub level: Option<usize>,
    /// Minutes to read it, when the page says it.
    pub minutes: Option<u32>,
    /// Lectures that it builds on.
    pub needs: Vec<String>,
    /// What it has to cover.
    pub points: Vec<PointEntry>,
    /// How many exercises it has.
    pub exercises: usize,
}

/// A point of a lecture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointEntry {
    /// Its words.
    pub text: String,
    /// How deep it lies under others.
    pub depth: usize,
    /// Where the page speaks of it.
    pub anchor: Option<String>,
}

/// What the book holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Lectures.
    pub lectures: usize,
    /// Those of them that are written.
    pub written: usize,
    /// Points of the syllabus.
    pub points: usize,
    /// Those of them that a page speaks of.
    pub covered: usize,
    /// Minutes to read what is written.
    pub minutes: u32,
    /// Cells.
    pub cells: usize,
    /// Claims and assertions.
    pub checks: usize,
    /// Figures.
    pub figures: usize,
}

impl Course {
    /// Puts together what SUMMARY.md, the syllabus and the pages say.
    pub fn new(book: &Book, syllabus: &Syllabus, facts: &BTreeMap<String, Facts>) -> Self {
        let mut course = Self::default();
        for item in &book.items {
            let BookItem::Chapter(chapter) = item else { continue };
            let Some(number) = number(chapter) else { continue };
            let mut part = Part {
                roman: roman(&number),
                number,
                title: chapter.name.clone(),
                chapters: Vec::new(),
                lectures: 0,
                written: 0,
            };
            for child in children(chapter) {
                let entry = |lecture| entry(lecture, syllabus, facts);
                if child.sub_items.is_empty() {
                    let is_plain = part.chapters.last().is_some_and(|chapter| chapter.title.is_empty());
                    if !is_plain {
                        part.chapters.push(Section { title: String::new(), lectures: Vec::new() });
                    }
                    part.chapters.last_mut().expect("it is there").lectures.push(entry(child));
                } else {
                    let lectures = children(child).map(entry).collect();
                    part.chapters.push(Section { title: child.name.clone(), lectures });
                }
            }
            let lectures = part.chapters.iter().flat_map(|chapter| &chapter.lectures);
            part.lectures = lectures.clone().count();
            part.written = lectures.filter(|lecture| lecture.path.is_some()).count();
            course.parts.push(part);
        }
        course.totals = course.sum(facts);
        course
    }

    /// All lectures in their order.
    pub fn lectures(&self) -> impl Iterator<Item = &Entry> {
        self.parts.iter().flat_map(|part| &part.chapters).flat_map(|chapter| &chapter.lectures)
    }

    fn points(&self) -> impl Iterator<Item = &PointEntry> {
        self.lectures().flat_map(|lecture| &lecture.points)
    }

    /// The part and the chapter of a lecture.
    pub fn place(&self, id: &str) -> Option<(&Part, &Section)> {
        let sections = self.parts.iter().flat_map(|part| part.chapters.iter().map(move |chapter| (part, chapter)));
        sections.into_iter().find(|(_, chapter)| chapter.lectures.iter().any(|lecture| lecture.id == id))
    }

    fn sum(&self, facts: &BTreeMap<String, Facts>) -> Totals {
        let mut totals = Totals {
            lectures: self.lectures().count(),
            written: self.lectures().filter(|lecture| lecture.path.is_some()).count(),
            points: self.points().count(),
            covered: self.points().filter(|point| point.anchor.is_some()).count(),
            minutes: self.lectures().filter_map(|lecture| lecture.minutes).sum(),
            ..Totals::default()
        };
        for facts in facts.values() {
            totals.cells += facts.counts.cells;
            totals.checks += facts.counts.checks;
            totals.figures += facts.counts.plots;
        }
        totals
    }
}

fn children(chapter: &Chapter) -> impl Iterator<Item = &Chapter> {
    chapter.sub_items.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    })
}

fn entry(chapter: &Chapter, syllabus: &Syllabus, facts: &BTreeMap<String, Facts>) -> Entry {
    let id = number(chapter).unwrap_or_default();
    let (lecture, facts) = (syllabus.lecture(&id), facts.get(&id));
    let covered = facts.map(|facts| &facts.covered[..]).unwrap_or_default();
    let points = lecture.map(|lecture| lecture.all_points()).unwrap_or_default().into_iter().enumerate();
    let points = points.map(|(at, (text, depth))| PointEntry {
        text: text.to_owned(),
        depth,
        anchor: covered.iter().find(|covered| covered.point == at).map(|covered| covered.anchor.clone()),
    });
    Entry {
        title: chapter.name.clone(),
        path: facts.map(|facts| facts.path.clone()),
        level: facts.and_then(|facts| facts.fields.level),
        minutes: facts.and_then(|facts| facts.fields.minutes),
        needs: lecture.map(|lecture| lecture.prerequisites.clone()).unwrap_or_default(),
        points: points.collect(),
        exercises: facts.map(|facts| facts.counts.exercises).unwrap_or_default(),
        id,
    }
}

fn roman(number: &str) -> String {
    const NUMBERS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    let roman = number.parse::<usize>().ok().and_then(|number| NUMBERS.get(number.checked_sub(1)?));
    roman.map_or_else(|| number.to_owned(), |roman| (*roman).to_owned())
}
