//! Prerequisites as arcs beside the list of lectures: what would follow from others is left out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::course::Course;

/// Heights of the rows of the map, in rows of a lecture; `theme/css/course.css` makes them so.
const PART: usize = 2;
const CHAPTER: usize = 1;
const LECTURE: usize = 1;
/// Units of the drawing in a row.
const ROW: usize = 10;
/// Its width; arcs end at its right edge.
const WIDTH: f64 = 100.0;
const NEAREST: f64 = 10.0;

/// An arc from a lecture to one that builds on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arc {
    /// The lecture that is needed.
    pub from: String,
    /// The lecture that needs it.
    pub to: String,
    /// The number of the first one's part.
    pub part: String,
    /// The curve.
    pub d: String,
}

/// The arcs and the height of the drawing in rows.
pub fn arcs(course: &Course) -> (Vec<Arc>, usize) {
    let mut rows = BTreeMap::new();
    let mut row = 0;
    for part in &course.parts {
        row += PART;
        for chapter in &part.chapters {
            if !chapter.title.is_empty() {
                row += CHAPTER;
            }
            for lecture in &chapter.lectures {
                rows.insert(lecture.id.as_str(), (row, part.number.as_str()));
                row += LECTURE;
            }
        }
    }
    let edges = direct(course);
    let known = edges.iter().filter_map(|(from, to)| Some((*from, *to, rows.get(from)?, rows.get(to)?)));
    let far = |(_, _, (a, _), (b, _)): &(&str, &str, &(usize, &str), &(usize, &str))| a.abs_diff(*b);
    let farthest = known.clone().map(|edge| far(&edge)).max().unwrap_or(1).max(1);
    let arcs = known.map(|edge| {
        let reach = NEAREST + (WIDTH - NEAREST) * (far(&edge) as f64 / farthest as f64).sqrt();
        // A cubic curve goes three quarters of the way to its control points.
        let control = WIDTH - reach * 4.0 / 3.0;
        let (from, to, (a, part), (b, _)) = edge;
        let (a, b) = (a * ROW + ROW / 2, b * ROW + ROW / 2);
        Arc {
            from: from.to_owned(),
            to: to.to_owned(),
            part: (*part).to_owned(),
            d: format!("M{WIDTH} {a}C{control:.0} {a} {control:.0} {b} {WIDTH} {b}"),
        }
    });
    (arcs.collect(), row)
}

/// Pairs of a lecture that is needed and one that needs it, without those that follow from others.
fn direct(course: &Course) -> Vec<(&str, &str)> {
    let needs: BTreeMap<&str, &[String]> =
        course.lectures().map(|lecture| (lecture.id.as_str(), &lecture.needs[..])).collect();
    let mut edges = Vec::new();
    for (to, direct) in &needs {
        let indirect: BTreeSet<&str> = direct.iter().flat_map(|need| before(need, &needs)).collect();
        edges.extend(direct.iter().filter(|need| !indirect.contains(need.as_str())).map(|need| (need.as_str(), *to)));
    }
    edges
}

/// Everything that a lecture builds on.
fn before<'a>(lecture: &str, needs: &BTreeMap<&'a str, &'a [String]>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> =
        needs.get(lecture).into_iter().flat_map(|needs| needs.iter().map(String::as_str)).collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(needs.get(next).into_iter().flat_map(|needs| needs.iter().map(String::as_str)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::{Entry, Part, Section};

    #[test]
    fn arcs_that_follow_from_others_are_left_out() {
        let entry = |id: &str, needs: &[&str]| Entry {
            id: id.to_owned(),
            needs: needs.iter().map(|id| (*id).to_owned()).collect(),
            ..Entry::default()
        };
        let lectures = vec![entry("1.1", &[]), entry("1.2", &["1.1"]), entry("1.3", &["1.1", "1.2", "9.9"])];
        let chapters = vec![Section { title: "Г".to_owned(), lectures }];
        let part = Part {
            number: "1".to_owned(),
            roman: "I".to_owned(),
            title: "Ч".to_owned(),
            chapters,
            lectures: 3,
            written: 0,
        };
        let course = Course { parts: vec![part], ..Course::default() };
        let (arcs, rows) = arcs(&course);
        let drawn: Vec<String> = arcs.iter().map(|arc| format!("{} {} {}", arc.from, arc.to, arc.d)).collect();
        assert_eq!(rows, 6);
        assert_eq!(drawn, ["1.1 1.2 M100 35C-33 35 -33 45 100 45", "1.2 1.3 M100 45C-33 45 -33 55 100 55"]);
    }
}
