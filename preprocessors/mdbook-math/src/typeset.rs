//! The core: pages with formulas to pages with HTML, values in and values out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use page::Edit;
use pulldown_cmark::Options;
use rayon::prelude::*;

use crate::cache::{Cache, Key};
use crate::equations::Equations;
use crate::find::find;
use crate::found::{Formula, Found, Kind};
use crate::html::{self, Extra, Style};
use crate::place::in_text;
use crate::plain::plain;
use crate::render::render;
use crate::settings::Settings;
use crate::tex::{self, Label, Mistake};
use crate::{headings, lint};

/// A page of the book.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its file from the book's root, `src/a.md`.
    pub path: String,
    /// Its text as it is now.
    pub text: String,
    /// What the text is.
    pub role: Role,
}

impl Page {
    /// A page of Markdown.
    pub fn body(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), role: Role::Body }
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

/// Typesets the formulas of all pages. Returns the edits of each in the order of the pages; a formula with a mistake stays as it is.
pub fn typeset(
    pages: &[Page],
    settings: &Settings,
    cache: &mut Cache,
) -> anyhow::Result<(Vec<Vec<Edit>>, Vec<Diagnostic>)> {
    let mut sheets: Vec<Sheet<'_>> = pages.par_iter().map(|page| Sheet::of(page, settings)).collect();
    let (equations, mut diagnostics) = Equations::of(&sheets);
    for sheet in &mut sheets {
        diagnostics.append(&mut sheet.diagnostics);
        diagnostics.extend(equations.check(sheet));
    }
    let jobs: Vec<Vec<Option<Job>>> = sheets.par_iter().map(|sheet| sheet.jobs(&equations, settings)).collect();
    let mistakes = render_all(&jobs, settings, cache)?;
    let edits = sheets.par_iter().zip(&jobs).map(|(sheet, jobs)| sheet.edits(jobs, &equations, settings, cache));
    let edits = edits.collect::<anyhow::Result<_>>()?;
    for (sheet, jobs) in sheets.iter().zip(&jobs) {
        let wrong = jobs.iter().enumerate().filter_map(|(index, job)| Some((index, mistakes.get(&job.as_ref()?.key)?)));
        diagnostics.extend(
            wrong
                .flat_map(|(index, mistakes)| mistakes.iter().map(move |mistake| (index, mistake)))
                .map(|(index, mistake)| sheet.mistake(index, mistake)),
        );
    }
    diagnostic::sort(&mut diagnostics);
    Ok((edits, diagnostics))
}

/// A page that was looked through.
pub struct Sheet<'a> {
    pub page: &'a Page,
    pub found: Found,
    /// The formulas of a title as SUMMARY.md has them.
    originals: Vec<Option<Formula>>,
    /// The labels of every formula.
    pub labels: Vec<Vec<Label>>,
    /// Formulas that are not rendered.
    wrong: BTreeSet<usize>,
    diagnostics: Vec<Diagnostic>,
}

/// A formula to be rendered.
struct Job {
    key: Key,
    style: Style,
    tex: String,
}

impl<'a> Sheet<'a> {
    fn of(page: &'a Page, settings: &Settings) -> Self {
        let found = find(&page.text, settings.extensions);
        let labels = vec![Vec::new(); found.formulas.len()];
        let (originals, wrong, diagnostics) = (Vec::new(), BTreeSet::new(), Vec::new());
        let mut sheet = Self { page, found, originals, labels, wrong, diagnostics };
        match &page.role {
            Role::Title { summary } => sheet.restore_backslashes(summary, settings.extensions),
            Role::Body => sheet.diagnostics = lint::check(&page.path, &page.text, &sheet.found),
        }
        sheet.read_formulas();
        sheet
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
    fn mistake(&self, formula: usize, mistake: &Mistake) -> Diagnostic {
        let diagnostic = Diagnostic::error(mistake.code, &*mistake.message, self.place(formula, &mistake.range));
        mistake.help.iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help))
    }

    /// Where `inside` of a formula's TeX stands.
    pub fn place(&self, formula: usize, inside: &Range<usize>) -> Place {
        let range = match &self.page.role {
            Role::Body => in_text(&self.page.text, &self.found.formulas[formula], inside),
            Role::Title { summary } => {
                let original = self.originals[formula].as_ref();
                original.map_or(0..0, |original| in_text(summary, original, inside))
            }
        };
        Place::new(&self.page.path, range)
    }

    fn jobs(&self, equations: &Equations, settings: &Settings) -> Vec<Option<Job>> {
        let job = |(index, labels): (usize, &Vec<Label>)| {
            let formula = &self.found.formulas[index];
            if self.wrong.contains(&index) {
                return None;
            }
            let style = match (&self.page.role, formula.kind) {
                (Role::Title { .. }, _) | (_, Kind::Alt) => Style::Plain,
                (Role::Body, Kind::Inline | Kind::Name) => Style::Inline,
                (Role::Body, Kind::Display) => Style::Display,
            };
            let tex = tex::numbered(&formula.tex, &equations.numbered(self.page, labels));
            Some(Job { key: Key::of(&settings.fingerprint, style, &tex), style, tex })
        };
        self.labels.iter().enumerate().map(job).collect()
    }

    fn edits(
        &self,
        jobs: &[Option<Job>],
        equations: &Equations,
        settings: &Settings,
        cache: &Cache,
    ) -> anyhow::Result<Vec<Edit>> {
        let mut edits = Vec::new();
        for (index, job) in jobs.iter().enumerate() {
            let Some(job) = job else { continue };
            let Some(rendered) = cache.get(&job.key) else { continue };
            let formula = &self.found.formulas[index];
            let source = settings.include_src.then(|| tex::without(&formula.tex, &self.labels[index]));
            let name = formula.sole.then(|| plain(rendered)).transpose()?;
            let extra = Extra { source: source.as_deref(), name: name.as_deref() };
            let html = match (job.style, &self.page.role) {
                (Style::Inline, _) => html::inline(rendered, extra),
                (Style::Display, _) => {
                    let labels = equations.numbered(self.page, &self.labels[index]);
                    let labels: Vec<_> = labels.iter().map(|(label, number)| (label.name.as_str(), *number)).collect();
                    html::display(rendered, &labels, settings.word, extra)
                }
                (Style::Plain, Role::Body) => html::text(rendered),
                (Style::Plain, Role::Title { .. }) => rendered.to_owned(),
            };
            edits.push(Edit::new(formula.range.clone(), html));
        }
        if self.page.role == Role::Body {
            for reference in &self.found.references {
                let shown = equations.shown(self.page, reference);
                edits.extend(shown.map(|number| Edit::insert(reference.number_at, number)));
            }
            let ids = headings::ids(&self.page.text, &self.found.headings, settings.word);
            edits.extend(ids.into_iter().map(|(at, id)| Edit::insert(at, id)));
            if !edits.is_empty() && !settings.header.is_empty() {
                edits.insert(0, Edit::insert(0, &*settings.header));
            }
        }
        Ok(edits)
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

/// Renders what the cache does not have, and drops what no page has; says which formulas KaTeX refused.
fn render_all(
    jobs: &[Vec<Option<Job>>],
    settings: &Settings,
    cache: &mut Cache,
) -> anyhow::Result<BTreeMap<Key, Vec<Mistake>>> {
    let jobs: BTreeMap<Key, &Job> = jobs.iter().flatten().flatten().map(|job| (job.key, job)).collect();
    cache.keep(&jobs.keys().copied().collect());
    let missing: Vec<&Job> = jobs.into_values().filter(|job| cache.get(&job.key).is_none()).collect();
    // A thread's first formula costs it as much as fifteen more: it starts a JavaScript engine.
    let rendered: Vec<_> =
        missing.par_iter().with_min_len(16).map(|job| render(&job.tex, job.style, settings)).collect();
    let mut mistakes = BTreeMap::new();
    for (job, rendered) in missing.into_iter().zip(rendered) {
        match rendered? {
            Ok(html) => cache.insert(job.key, html),
            Err(found) => drop(mistakes.insert(job.key, found)),
        }
    }
    Ok(mistakes)
}
