//! A page that was looked through: its formulas, their labels, and what is wrong with it before anything is rendered.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;
use diagnostic::{Diagnostic, Place};
use kept::Kept;
use page::Draft;
use pulldown_cmark::Options;
use step::Way;

use crate::find::find;
use crate::found::{Formula, Found, Kind};
use crate::lint;
use crate::place::in_text;
use crate::settings::Settings;
use crate::tex::{self, Label, Mistake};

/// A page of the book.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its text as it is now; the path is from the book's root, `src/a.md`.
    pub way: Way,
    /// What the text is.
    pub role: Role,
}

impl Page {
    /// A page of Markdown.
    pub fn body(path: &str, text: &str) -> Self {
        Self { way: Way::begin(Draft::new(path, text)), role: Role::Body }
    }

    /// Where it is kept what was made of the page. What is made of a title follows from SUMMARY.md too, and is made quickly.
    pub(crate) fn kept<'a>(&self, kept: &'a Kept) -> Option<&'a Kept> {
        (self.role == Role::Body).then_some(kept)
    }
}

/// What the text of a page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Markdown.
    Body,
    /// The title of a chapter: characters, not HTML.
    Title {
        /// The text of SUMMARY.md, where the title is written.
        summary: String,
    },
}

/// A page that was looked through.
pub struct Sheet<'a> {
    pub page: &'a Page,
    pub text: &'a str,
    pub found: Found,
    /// The formulas of a title as SUMMARY.md has them.
    originals: Vec<Option<Formula>>,
    /// The labels of every formula.
    pub labels: Vec<Vec<Label>>,
    /// Formulas that are not rendered.
    pub wrong: BTreeSet<usize>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Sheet<'a> {
    /// Looks through a page.
    pub fn of(page: &'a Page, settings: &Settings) -> Result<Self> {
        let text = page.way.text()?;
        let found = find(text, settings.extensions);
        let labels = vec![Vec::new(); found.formulas.len()];
        let (originals, wrong, diagnostics) = (Vec::new(), BTreeSet::new(), Vec::new());
        let mut sheet = Self { page, text, found, originals, labels, wrong, diagnostics };
        match &page.role {
            Role::Title { summary } => sheet.restore_backslashes(summary, settings.extensions),
            Role::Body => sheet.diagnostics = lint::check(page.way.path(), text, &sheet.found),
        }
        sheet.read_formulas();
        Ok(sheet)
    }

    /// mdBook reads titles without formulas, so `\{` has lost its backslash in them; SUMMARY.md has it still.
    fn restore_backslashes(&mut self, summary: &str, extensions: Options) {
        let written = find(summary, extensions).formulas;
        for formula in &mut self.found.formulas {
            let same = written.iter().find(|written| unescaped(&written.tex) == formula.tex);
            if let Some(written) = same {
                formula.tex.clone_from(&written.tex);
            }
            self.originals.push(same.cloned());
        }
    }

    fn read_formulas(&mut self) {
        let mut mistakes = Vec::new();
        for (index, formula) in self.found.formulas.iter().enumerate() {
            let labels = tex::labels(&formula.tex).and_then(|labels| match labels.first() {
                Some(label) if formula.kind != Kind::Display => {
                    let message = "only a formula between `$$` has a number";
                    Err(Mistake::new("bad-label", message, label.range.clone()).help("drop the label, or use `$$`"))
                }
                _ => Ok(labels),
            });
            if formula.kind == Kind::Name {
                let message = "a formula in a link that is named by its text";
                let mistake = Mistake::new("formula-in-name", message, 0..formula.tex.len());
                mistakes.push((index, mistake.help("write the address into the link: `[$x$](…)`")));
            }
            match labels {
                Ok(labels) => self.labels[index] = labels,
                Err(mistake) => mistakes.push((index, mistake)),
            }
            mistakes.extend(tex::check(&formula.tex).map(|mistake| (index, mistake)));
        }
        let diagnostics: Vec<_> = mistakes.iter().map(|(index, mistake)| self.mistake(*index, mistake)).collect();
        self.diagnostics.extend(diagnostics);
        self.wrong.extend(mistakes.iter().map(|(index, _)| *index));
    }

    /// The message about a mistake in a formula.
    pub fn mistake(&self, formula: usize, mistake: &Mistake) -> Diagnostic {
        let diagnostic = Diagnostic::error(mistake.code, &*mistake.message, self.place(formula, &mistake.range));
        mistake.help.iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help))
    }

    /// Where `inside` of a formula's TeX stands.
    pub fn place(&self, formula: usize, inside: &Range<usize>) -> Place {
        let range = match &self.page.role {
            Role::Body => in_text(self.text, &self.found.formulas[formula], inside),
            Role::Title { summary } => {
                let original = self.originals[formula].as_ref();
                original.map_or(0..0, |original| in_text(summary, original, inside))
            }
        };
        Place::new(self.page.way.path(), range)
    }
}

fn unescaped(markdown: &str) -> String {
    let mut text = String::new();
    let mut letters = markdown.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.next_if(|next| letter == '\\' && next.is_ascii_punctuation());
        text.push(next.unwrap_or(letter));
    }
    text
}
