//! Marks of points and of checked formulas, `<!-- bullet: … -->` and `<!-- checks: … -->`, that mark nothing: the page would lose its
//! anchor, or count what nobody has checked, without a word.

use book::{from_root, texts};
use course_site::{FILE, Syllabus};
use diagnostic::{Diagnostic, Place};
use kept::Kept;
use lecture::{Lecture, coverage};
use mdbook_driver::MDBook;
use rayon::prelude::*;

/// All of them, on every page of the book.
pub fn wrong(book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
    let (syllabus, _) = Syllabus::told(&book.root)?;
    let (pages, src) = (texts(&book.book), &book.config.book.src);
    let found = pages.par_iter().map(|(page, text)| {
        let lecture = syllabus.lectures.iter().find(|lecture| lecture.path == *page);
        let (path, wanted) = (from_root(src, page), format!("{lecture:?} {}", syllabus.lectures.is_empty()));
        let parts = [("lecture", wanted.as_bytes()), ("path", path.as_bytes()), ("text", text.as_bytes())];
        kept.or_make("marks", &parts, || {
            let read = Lecture::read(&path, text);
            let mut mistakes = read.checked().1;
            match lecture {
                Some(lecture) => {
                    let points: Vec<&str> = lecture.all_points().into_iter().map(|(words, _)| words).collect();
                    mistakes.extend(coverage(&read, &points).1);
                }
                None if syllabus.lectures.is_empty() => {}
                None => mistakes.extend(read.points().map(|place| nowhere(&path, place))),
            }
            Ok(mistakes)
        })
    });
    Ok(found.collect::<anyhow::Result<Vec<_>>>()?.concat())
}

fn nowhere(path: &str, place: std::ops::Range<usize>) -> Diagnostic {
    let message = format!("this page is no lecture of {FILE}, and has no points");
    Diagnostic::error("unknown-point", message, Place::new(path, place))
        .help(format!("remove the mark, or write this page as the `\"path\"` of its lecture in {FILE}"))
}
