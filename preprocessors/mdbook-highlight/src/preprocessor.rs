//! The step of mdBook's pipeline: all chapters of a book at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use diagnostic::{Diagnostic, NO_PAGE_WAS_RUN, Place};
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use rayon::prelude::*;

use crate::{fences, highlight, locate};

/// The preprocessor `highlight`; it wants to be the last one.
#[derive(Debug)]
pub struct Highlight {
    sink: Arc<Mutex<Vec<Diagnostic>>>,
}

impl Highlight {
    /// Reports authors' mistakes to `sink`; the book is returned all the same.
    pub fn new(sink: Arc<Mutex<Vec<Diagnostic>>>) -> Self {
        Self { sink }
    }
}

impl Preprocessor for Highlight {
    fn name(&self) -> &str {
        "highlight"
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let (root, source) = (ctx.root.as_path(), ctx.config.book.src.as_path());
        // Both passes go the same way: mdBook's iterator visits a chapter before its children, its mutable visitor after them.
        let mut pages = Vec::new();
        book.for_each_chapter_mut(|chapter| pages.push((path(source, chapter), std::mem::take(&mut chapter.content))));
        let (reported, is_stopped) = {
            let sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
            let reported: BTreeSet<String> = sink.iter().map(|diagnostic| diagnostic.place.path.clone()).collect();
            (reported, sink.iter().any(|diagnostic| diagnostic.code == NO_PAGE_WAS_RUN))
        };
        let highlighted = pages.par_iter().map(|(path, content)| {
            let (html, mut diagnostics) = highlight(content, path);
            // A page that is wrong keeps its cells as they are.
            let left_over = if reported.contains(path) { Vec::new() } else { left_over(content, path) };
            if diagnostics.is_empty() && left_over.is_empty() {
                return (html, diagnostics);
            }
            let original = std::fs::read_to_string(root.join(path)).unwrap_or_default();
            // mdBook reads a page without the mark of its encoding.
            let original = original.strip_prefix('\u{feff}').unwrap_or(&original);
            if !is_stopped || original.contains(INCLUDE) {
                diagnostics.extend(left_over);
            }
            (html, relocate(diagnostics, content, original))
        });
        let mut highlighted = highlighted.collect::<Vec<_>>().into_iter();
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        book.for_each_chapter_mut(|chapter| {
            let (html, diagnostics) = highlighted.next().expect("one result a chapter");
            chapter.content = html;
            sink.extend(diagnostics);
        });
        Ok(book)
    }
}

const INCLUDE: &str = "{{#include";

/// The chapter's file from the book's root, with forward slashes.
fn path(source: &Path, chapter: &Chapter) -> String {
    let file = chapter.source_path.as_deref().or(chapter.path.as_deref()).unwrap_or(Path::new(&chapter.name));
    source.join(file).to_string_lossy().replace('\\', "/")
}

/// Cells that the step which runs cells has not seen, because they came with an included file.
fn left_over(content: &str, path: &str) -> Vec<Diagnostic> {
    if !content.contains("rust cell") {
        return Vec::new();
    }
    let is_cell = |fence: &fences::Fence| fence.info.split_whitespace().take(2).eq(["rust", "cell"]);
    let report = |fence: fences::Fence| {
        Diagnostic::error("cell-not-run", "a cell of an included file is not run", Place::new(path, fence.word))
            .help("write the cell into the page itself: its lines are the page's")
    };
    fences::find(content).into_iter().filter(is_cell).map(report).collect()
}

/// Moves messages from the text that earlier preprocessors made to the file that the author wrote: the same fence is the one with
/// the same info string and the same number among those.
fn relocate(diagnostics: Vec<Diagnostic>, content: &str, original: &str) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for fence in fences::find(content) {
        let n = seen.entry(fence.info.clone()).or_default();
        places.insert(fence.word.start, locate(original, &fence.info, *n));
        *n += 1;
    }
    // What is not written there most likely came with the first file that is included.
    let include = original.find(INCLUDE).map_or(0..0, |at| at..at + INCLUDE.len());
    let relocated = diagnostics.into_iter().map(|diagnostic| {
        let range = places.get(&diagnostic.place.range.start).cloned().flatten();
        let place = Place::new(diagnostic.place.path.clone(), range.clone().unwrap_or_else(|| include.clone()));
        let moved = Diagnostic { place, ..diagnostic };
        if range.is_some() {
            moved
        } else {
            moved.note("the fence is not in this file: something put it into the page")
        }
    });
    relocated.collect()
}
