//! What this course adds to the tool for any book.

use anyhow::bail;
use book::{Extension, Findings, Fixes, Invocation, Table, Tool, Verdict};
use clap::{ArgMatches, Args as _, FromArgMatches as _};
use course_site::CourseMap;
use diagnostic::Diagnostic;
use kept::Kept;
use mdbook_cells::run::Scope;
use mdbook_driver::MDBook;
use page::comment::Known;
use step::Step;

use crate::comments::COMMENTS;
use crate::lectures::{checked, story};
use crate::new::{self, New};
use crate::prose::Prose;
use crate::stats::{self, Stats};
use crate::{copies, formulas, marks};

/// Lectures with their points and exercises, the map, Russian prose.
pub struct Course;

impl Extension for Course {
    fn name(&self) -> &'static str {
        "cargo book"
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "course", keys: &course_site::KEYS }]
    }

    fn comments(&self) -> &'static [Known] {
        &COMMENTS
    }

    fn steps(&self) -> Vec<Box<dyn Step>> {
        vec![CourseMap.into()]
    }

    /// Marks of points and of checked formulas that mark nothing, old copies of the book's own lists.
    fn wrong(&self, book: &MDBook, kept: &Kept) -> anyhow::Result<Vec<Diagnostic>> {
        let mut wrong = marks::wrong(book, kept)?;
        wrong.extend(copies::differing(book)?);
        Ok(wrong)
    }

    /// Typography, words and spelling of a book that has a spelling.txt; points, exercises and counts of lectures where there is a
    /// syllabus.json; labels of formulas that nobody needs.
    fn check(&self, book: &MDBook, scope: &Scope, kept: &Kept) -> anyhow::Result<Findings> {
        let is_asked = |path: &str| match scope {
            Scope::Book => true,
            Scope::Pages(pages) => pages.contains(path),
        };
        let mut found = Findings::default();
        if book.config.contains_key("preprocessor.katex") {
            found.diagnostics.extend(formulas::unused(book, kept)?);
        }
        let lectures = checked(book, kept)?;
        for lecture in &lectures {
            found.diagnostics.extend(lecture.diagnostics.iter().cloned());
        }
        found.diagnostics.retain(|diagnostic| is_asked(&diagnostic.place.path));
        if !lectures.is_empty() {
            found.remarks.push(story(lectures.iter().map(|lecture| (lecture.points, lecture.covered))));
        }
        if let Some(prose) = Prose::of(&book.root)? {
            found.diagnostics.extend(prose.check(book, scope, kept)?);
            if !prose.spells() {
                let remark =
                    "spelling: not checked, there is no Russian dictionary here (Debian has it as hunspell-ru)";
                found.remarks.push(remark.to_owned());
            }
        }
        Ok(found)
    }

    fn fixes(&self, book: &MDBook, scope: &Scope) -> anyhow::Result<Vec<Fixes>> {
        Ok(Prose::of(&book.root)?.map(|prose| prose.fixes(book, scope)).transpose()?.unwrap_or_default())
    }
}

impl Tool for Course {
    fn examples(&self) -> &'static str {
        "  cargo book serve --open          write with the book open in the browser
  cargo book build                 the site, into book/
  cargo book build 1.1.8           the site with this lecture run, the others only as far as they are in the store
  cargo book check --fix           check everything, pin drifted outputs anew, mend typography
  cargo book why 1.1.8             why this lecture would run
  cargo book new 1.1.9             begin a lecture
  cargo book take 1.1.8            the code of this lecture as a cargo project, in svd/
  cargo book pdf 1.1.8             this lecture for paper, in pdf/
  cargo book store pull --branch results   what others ran already, so that it need not run here
  cargo book run --partition 2/4   the second quarter of the pages, for a CI matrix; merge the stores by copying"
    }

    fn commands(&self) -> Vec<clap::Command> {
        vec![Stats::augment_args(clap::Command::new("stats")), New::augment_args(clap::Command::new("new"))]
    }

    fn run(&self, command: &str, arguments: &ArgMatches, invocation: &Invocation<'_>) -> anyhow::Result<Verdict> {
        match command {
            "stats" => stats::run(&Stats::from_arg_matches(arguments)?, invocation),
            "new" => new::run(&New::from_arg_matches(arguments)?, invocation),
            other => bail!("there is no command `{other}`"),
        }
    }
}
