//! The step: all pages of the course at once.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use diagnostic::Diagnostic;
use mdbook_preprocessor::MDBOOK_VERSION;
use mutants::Mutants;
use page::{Edit, Outline};
use step::chapter::{from_root, inside, number};
use step::{Changes, Given, Page, Step, chapter};

use crate::callouts::callouts;
use crate::course::Course;
use crate::map::{self, HeadTexts};
use crate::pages::{self, Facts};
use crate::pictures::decorative;
use crate::placement::{Listed, Summary, disagreements};
use crate::syllabus::Syllabus;
use crate::{counts, head, points};

/// The step `course`; it wants the pages with their outputs, before their formulas. The map shows pages that the site will not have
/// as planned.
#[derive(Debug)]
pub struct CourseMap;

/// What the pages of one book have in common.
struct Known {
    course: Course,
    facts: BTreeMap<String, Facts>,
    /// Pages of lectures inside src by their titles.
    titles: BTreeMap<String, String>,
    /// The page with the map, and the one with the syllabus.
    map: Option<String>,
    syllabus: Option<String>,
}

impl Step for CourseMap {
    fn name(&self) -> &'static str {
        "course"
    }

    fn supports(&self, renderer: &str) -> bool {
        renderer == "html"
    }

    fn run(&self, given: &Given<'_>) -> Result<Changes> {
        let version = &given.context.mdbook_version;
        ensure!(
            version == MDBOOK_VERSION,
            "the theme speaks Russian in place of every string of mdBook {MDBOOK_VERSION}, and this is mdBook {version}: \
             install that version, or translate what is new and update Cargo.lock"
        );
        let syllabus = Syllabus::read(&given.context.root)?;
        let outlines: Vec<Outline> = given.pages.iter().map(|page| Outline::of(page.draft.text())).collect();
        let pages: Vec<(&Page<'_>, &Outline)> = given.pages.iter().zip(&outlines).collect();
        let mut diagnostics = Vec::new();
        let mut facts = BTreeMap::new();
        for (page, outline) in pages.iter().filter(|(page, _)| !given.absent.contains(page.draft.path())) {
            let (Some(file), Some(number)) = (inside(page.chapter), number(page.chapter)) else { continue };
            let Some(lecture) = syllabus.lecture(&number) else { continue };
            let (read, wrong) = pages::read(&page.draft, outline, lecture, &file);
            facts.insert(number, read);
            diagnostics.extend(wrong);
        }
        diagnostics.extend(misplaced(given, &syllabus)?);
        let mutants = Mutants::read(&given.context.root)?;
        let known = Known::new(given, &pages, &syllabus, facts);
        let edits = pages.iter().map(|(page, outline)| {
            let text = page.draft.text();
            let (mut edits, wrong) = callouts(text, outline, page.draft.path());
            diagnostics.extend(wrong);
            let counted = counts::line(page.draft.path(), page.draft.written(), &mutants);
            edits.extend(counted.map(|line| Edit::insert(text.len(), line)));
            edits.extend(known.edits(page, outline));
            edits.extend(decorative(text, outline));
            edits
        });
        Ok(Changes { edits: edits.collect(), diagnostics, ..Changes::default() })
    }
}

impl Known {
    fn new(
        given: &Given<'_>,
        pages: &[(&Page<'_>, &Outline)],
        syllabus: &Syllabus,
        facts: BTreeMap<String, Facts>,
    ) -> Self {
        let course = Course::new(given.book, syllabus, &facts);
        let mut titles = BTreeMap::new();
        for lecture in course.lectures() {
            let Some(path) = &lecture.path else { continue };
            titles.insert(lecture.title.clone(), path.clone());
            titles.extend(syllabus.lecture(&lecture.id).map(|lecture| (lecture.title.clone(), path.clone())));
        }
        let with = |mark: &str| {
            let is_marked =
                |page: &Page<'_>, outline: &Outline| points::mark(page.draft.text(), outline, mark).is_some();
            let mut marked = pages.iter().filter(|(page, outline)| is_marked(page, outline));
            marked.next().and_then(|(page, _)| inside(page.chapter))
        };
        Self { map: with("map"), syllabus: with("syllabus"), course, facts, titles }
    }

    /// What is put into a page.
    fn edits(&self, page: &Page<'_>, outline: &Outline) -> Vec<Edit> {
        let text = page.draft.text();
        let file = inside(page.chapter).unwrap_or_default();
        let to_root = "../".repeat(file.matches('/').count());
        let mut edits = Vec::new();
        edits.extend(points::mark(text, outline, "map").map(|mark| Edit::new(mark, map::map(&self.course, &to_root))));
        edits.extend(
            points::mark(text, outline, "syllabus").map(|mark| Edit::new(mark, map::syllabus(&self.course, &to_root))),
        );
        let Some(number) = number(page.chapter) else { return edits };
        let Some(facts) = self.facts.get(&number) else { return edits };
        if facts.counts.cells > 0 {
            edits.push(Edit::insert(text.len(), map::take(&number)));
        }
        edits.extend(self.head(text, outline, &number, &to_root));
        let Some(lecture) = self.course.lectures().find(|lecture| lecture.id == number) else { return edits };
        for covered in &facts.covered {
            let Some(at) = covered.place else { continue };
            let address =
                self.syllabus.as_ref().map(|page| format!("{to_root}{page}#lecture-{}", number.replace('.', "-")));
            let point = map::point(&covered.anchor, &lecture.points[covered.point].text, address.as_deref());
            edits.push(Edit::insert(at, point));
        }
        edits
    }

    /// What stands over and under the title of a lecture.
    fn head(&self, text: &str, outline: &Outline, number: &str, to_root: &str) -> Vec<Edit> {
        let (Some(head), Some(place)) = (head::find(text, outline), self.course.place(number)) else {
            return Vec::new();
        };
        let Some(lecture) = place.1.lectures.iter().find(|lecture| lecture.id == number) else { return Vec::new() };
        let map = self.map.as_ref().map(|page| format!("{to_root}{page}"));
        let above = map::place(place, map.as_deref());
        let titles = self.titles.iter().map(|(title, path)| (title.clone(), format!("{to_root}{path}"))).collect();
        let mut texts = HeadTexts::default();
        if let Some(line) = &head.line {
            let (fields, _) = head::fields(text, line, "");
            let linked = |range| head::linked(text, &range, &titles);
            texts = HeadTexts {
                needs: fields.needs.map(linked).unwrap_or_default(),
                leads: fields.leads.map(linked).unwrap_or_default(),
            };
        }
        let below = map::facts(lecture, &texts);
        let title = head.title;
        let under = match head.line {
            Some(line) => Edit::new(line.paragraph, below),
            None => Edit::insert(title.end, format!("\n{below}")),
        };
        vec![Edit::insert(title.start, above), under]
    }
}

/// Lectures about whose place SUMMARY.md, the syllabus and their titles do not agree.
fn misplaced(given: &Given<'_>, syllabus: &Syllabus) -> Result<Vec<Diagnostic>> {
    let pages = given.pages.iter().filter_map(|page| Some((page, inside(page.chapter)?)));
    let pages: Vec<(&Page<'_>, String)> = pages.collect();
    let listed = pages.iter().map(|(page, file)| Listed {
        number: number(page.chapter),
        page: file,
        path: page.draft.path(),
        text: page.draft.text(),
    });
    let path = from_root(&given.context.config.book.src, "SUMMARY.md");
    let text = chapter::read(&given.context.root, &path).with_context(|| format!("reading {path}"))?;
    Ok(disagreements(&listed.collect::<Vec<_>>(), syllabus, &Summary { path: &path, text: &text }))
}
