//! The step of mdBook's pipeline.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::ensure;
use diagnostic::Diagnostic;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{MDBOOK_VERSION, Preprocessor, PreprocessorContext};
use page::{Edit, apply};

use crate::callouts::callouts;
use crate::course::{self, Course};
use crate::map::{self, HeadTexts};
use crate::pages::{self, Facts};
use crate::pictures::decorative;
use crate::placement::{Listed, Summary, disagreements};
use crate::syllabus::Syllabus;
use crate::{counts, head, points};

/// The preprocessor `course`; it wants the pages with their outputs, before their formulas.
#[derive(Debug)]
pub struct CourseMap {
    sink: Arc<Mutex<Vec<Diagnostic>>>,
}

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

impl CourseMap {
    /// Reports authors' mistakes to `sink`; the book is returned all the same.
    pub fn new(sink: Arc<Mutex<Vec<Diagnostic>>>) -> Self {
        Self { sink }
    }

    /// The same, for a book whose site will not have the pages `absent` (paths from the root): the map shows them as planned.
    pub fn run_without(&self, ctx: &PreprocessorContext, mut book: Book, absent: &BTreeSet<String>) -> Result<Book> {
        ensure!(
            ctx.mdbook_version == MDBOOK_VERSION,
            "the theme speaks Russian in place of every string of mdBook {MDBOOK_VERSION}, and this is mdBook {}: \
             install that version, or translate what is new and update Cargo.lock",
            ctx.mdbook_version
        );
        let src = &ctx.config.book.src;
        let syllabus = Syllabus::read(&ctx.root)?;
        let mut found = Vec::new();
        let mut facts = BTreeMap::new();
        for chapter in book.chapters() {
            let (Some(page), Some(number)) = (inside(chapter), course::number(chapter)) else { continue };
            let path = place(src, &page);
            let Some(lecture) = syllabus.lecture(&number).filter(|_| !absent.contains(&path)) else { continue };
            let written = written(&ctx.root, &path);
            let (read, wrong) = pages::read(&written, &chapter.content, lecture, &page, &path);
            facts.insert(number, read);
            found.extend(wrong);
        }
        found.extend(misplaced(&book, &syllabus, ctx));
        let known = Known::new(&book, &syllabus, facts);
        book.for_each_chapter_mut(|chapter| {
            let Some(page) = inside(chapter) else { return };
            let path = place(src, &page);
            let written = written(&ctx.root, &path);
            found.extend(callouts(&written, &path).1);
            let (mut edits, _) = callouts(&chapter.content, &path);
            let end = chapter.content.len();
            edits.extend(counts::line(&written).map(|line| Edit::insert(end, line)));
            edits.extend(known.edits(chapter, &page));
            edits.extend(decorative(&chapter.content));
            chapter.content = apply(&chapter.content, &edits);
        });
        self.sink.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
        Ok(book)
    }
}

impl Preprocessor for CourseMap {
    fn name(&self) -> &str {
        "course"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        self.run_without(ctx, book, &BTreeSet::new())
    }
}

impl Known {
    fn new(book: &Book, syllabus: &Syllabus, facts: BTreeMap<String, Facts>) -> Self {
        let course = Course::new(book, syllabus, &facts);
        let mut titles = BTreeMap::new();
        for lecture in course.lectures() {
            let Some(path) = &lecture.path else { continue };
            titles.insert(lecture.title.clone(), path.clone());
            titles.extend(syllabus.lecture(&lecture.id).map(|lecture| (lecture.title.clone(), path.clone())));
        }
        let with = |mark: &str| {
            let mut marked = book.chapters().filter(|chapter| points::mark(&chapter.content, mark).is_some());
            marked.next().and_then(inside)
        };
        Self { map: with("map"), syllabus: with("syllabus"), course, facts, titles }
    }

    /// What is put into a page.
    fn edits(&self, chapter: &Chapter, page: &str) -> Vec<Edit> {
        let text = &chapter.content;
        let to_root = "../".repeat(page.matches('/').count());
        let mut edits = Vec::new();
        edits.extend(points::mark(text, "map").map(|mark| Edit::new(mark, map::map(&self.course, &to_root))));
        edits.extend(points::mark(text, "syllabus").map(|mark| Edit::new(mark, map::syllabus(&self.course, &to_root))));
        let Some(number) = course::number(chapter) else { return edits };
        let Some(facts) = self.facts.get(&number) else { return edits };
        if facts.counts.cells > 0 {
            edits.push(Edit::insert(text.len(), map::take(&number)));
        }
        edits.extend(self.head(text, &number, &to_root));
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
    fn head(&self, text: &str, number: &str, to_root: &str) -> Vec<Edit> {
        let (Some(head), Some(place)) = (head::find(text), self.course.place(number)) else { return Vec::new() };
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
fn misplaced(book: &Book, syllabus: &Syllabus, ctx: &PreprocessorContext) -> Vec<Diagnostic> {
    let src = &ctx.config.book.src;
    let pages: Vec<(Option<String>, String, String, String)> = book
        .chapters()
        .filter_map(|chapter| {
            let page = inside(chapter)?;
            let path = place(src, &page);
            let text = written(&ctx.root, &path);
            Some((course::number(chapter), page, path, text))
        })
        .collect();
    let listed: Vec<Listed<'_>> =
        pages.iter().map(|(number, page, path, text)| Listed { number: number.clone(), page, path, text }).collect();
    let path = place(src, "SUMMARY.md");
    let text = written(&ctx.root, &path);
    disagreements(&listed, syllabus, &Summary { path: &path, text: &text })
}

/// A file of the book as its author wrote it; mdBook takes a byte order mark away, and places are counted without it.
fn written(root: &Path, path: &str) -> String {
    let text = std::fs::read_to_string(root.join(path)).unwrap_or_default();
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// The chapter's file inside src, with forward slashes.
fn inside(chapter: &Chapter) -> Option<String> {
    Some(chapter.source_path.as_ref()?.to_string_lossy().replace('\\', "/"))
}

/// The same from the book's root.
fn place(src: &Path, page: &str) -> String {
    src.join(page).to_string_lossy().replace('\\', "/")
}
