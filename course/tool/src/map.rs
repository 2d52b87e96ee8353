//! The map of the course, on which pages that will not be part of the site are still to come.

use book::Absent;
use course_site::CourseMap;
use mdbook_driver::book::Book;
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// The step `course` in a build of some pages.
pub struct Map {
    step: CourseMap,
    absent: Absent,
}

impl Map {
    /// The step, and who knows which pages are left out.
    pub fn new(step: CourseMap, absent: Absent) -> Self {
        Self { step, absent }
    }
}

impl Preprocessor for Map {
    fn name(&self) -> &str {
        self.step.name()
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.step.supports_renderer(renderer)
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let absent = self.absent.pages(&book, &context.config.book.src);
        self.step.run_without(context, book, &absent)
    }
}
