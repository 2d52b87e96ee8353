//! The core: pages with formulas to pages with HTML, values in and values out.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::Diagnostic;
use kept::Kept;
use page::Edit;
use rayon::prelude::*;
use step::{Edits, Made};

use crate::cache::{Cache, Key};
use crate::equations::{Equations, Told};
use crate::found::Kind;
use crate::headings;
use crate::html::{self, Extra, Style};
use crate::plain::plain;
use crate::render::render;
use crate::settings::Settings;
use crate::sheet::{Page, Role, Sheet};
use crate::tex::{self, Label, Mistake};

/// Typesets the formulas of all pages. Returns the edits of each in the order of the pages; a formula with a mistake stays as it is.
/// A page is read only when what was made of it is not kept.
pub fn typeset(
    pages: &[Page],
    settings: &Settings,
    cache: &mut Cache,
    kept: &Kept,
) -> anyhow::Result<(Vec<Edits>, Vec<Diagnostic>)> {
    let heard: Vec<(Told, Option<Sheet<'_>>)> =
        pages.par_iter().map(|page| Told::of(page, settings, kept)).collect::<anyhow::Result<_>>()?;
    let equations = Equations::of(pages.iter().zip(heard.iter().map(|(told, _)| told)));
    let looked_up = pages.par_iter().zip(heard).map(|(page, (told, sheet))| {
        let key = key(page, &equations.seen_from(&told), settings, kept);
        match page.kept(kept).and_then(|kept| Typeset::known(kept, KIND, &key)) {
            Some(known) => Ok(Looked::Known(known)),
            None => {
                let sheet = sheet.map_or_else(|| Sheet::of(page, settings), Ok)?;
                let jobs = sheet.jobs(&equations, settings);
                Ok(Looked::Missing(Box::new(Missing { key, sheet, jobs })))
            }
        }
    });
    let looked_up: Vec<Looked<'_>> = looked_up.collect::<anyhow::Result<_>>()?;
    let mistakes = render_all(&looked_up, settings, cache)?;
    let made = looked_up.into_par_iter().map(|page| match page {
        Looked::Known(known) => Ok(known),
        Looked::Missing(missing) => {
            let made = missing.typeset(&equations, &mistakes, settings, cache)?;
            if let Some(kept) = missing.sheet.page.kept(kept) {
                made.keep(kept, KIND, &missing.key)?;
            }
            Ok(made)
        }
    });
    let made: Vec<Typeset> = made.collect::<anyhow::Result<_>>()?;
    let (edits, diagnostics): (Vec<_>, Vec<_>) = made.into_iter().map(|page| (page.edits, page.diagnostics)).unzip();
    let mut diagnostics = diagnostics.concat();
    diagnostic::sort(&mut diagnostics);
    Ok((edits, diagnostics))
}

/// A page that was typeset, and the names of its formulas.
type Typeset = Made<String>;

/// The kind of entry that it is.
const KIND: &str = "formulas";

/// All that a typeset page follows from.
fn key(page: &Page, seen: &str, settings: &Settings, kept: &Kept) -> kept::Key {
    kept.key(&[
        ("settings", settings.fingerprint.as_bytes()),
        ("extensions", &settings.extensions.bits().to_le_bytes()),
        ("word", settings.word.as_bytes()),
        ("equations", seen.as_bytes()),
        ("page", page.way.name()),
    ])
}

/// What came of looking for a page.
enum Looked<'a> {
    Known(Typeset),
    Missing(Box<Missing<'a>>),
}

/// A page that has to be typeset.
struct Missing<'a> {
    key: kept::Key,
    sheet: Sheet<'a>,
    jobs: Vec<Option<Job>>,
}

impl Missing<'_> {
    fn typeset(
        &self,
        equations: &Equations,
        mistakes: &BTreeMap<Key, Vec<Mistake>>,
        settings: &Settings,
        cache: &Cache,
    ) -> anyhow::Result<Typeset> {
        let Self { sheet, jobs, .. } = self;
        let mut diagnostics = sheet.diagnostics.clone();
        diagnostics.extend(equations.check(sheet));
        for (index, job) in jobs.iter().enumerate() {
            let found = job.as_ref().and_then(|job| mistakes.get(&job.key));
            diagnostics.extend(found.into_iter().flatten().map(|mistake| sheet.mistake(index, mistake)));
        }
        let formulas = jobs.iter().flatten().map(|job| job.key.to_string()).collect();
        let edits = sheet.edits(jobs, equations, settings, cache)?.into();
        Ok(Made { edits, diagnostics, more: formulas })
    }
}

/// A formula to be rendered.
struct Job {
    key: Key,
    style: Style,
    tex: String,
}

impl Sheet<'_> {
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
            let ids = headings::ids(self.text, &self.found.headings, settings.word);
            edits.extend(ids.into_iter().map(|(at, id)| Edit::insert(at, id)));
            if !edits.is_empty() && !settings.header.is_empty() {
                edits.insert(0, Edit::insert(0, &*settings.header));
            }
        }
        Ok(edits)
    }
}

/// Renders what the cache does not have, and drops what no page has; says which formulas KaTeX refused.
fn render_all(
    pages: &[Looked<'_>],
    settings: &Settings,
    cache: &mut Cache,
) -> anyhow::Result<BTreeMap<Key, Vec<Mistake>>> {
    let (mut jobs, mut used) = (BTreeMap::new(), BTreeSet::new());
    for page in pages {
        match page {
            Looked::Known(known) => used.extend(Key::read_all(&known.more)),
            Looked::Missing(missing) => jobs.extend(missing.jobs.iter().flatten().map(|job| (job.key, job))),
        }
    }
    used.extend(jobs.keys().copied());
    cache.keep(&used);
    let missing: Vec<&Job> = jobs.into_values().filter(|job| cache.get(&job.key).is_none()).collect();
    // A thread's first formula costs it as much as fifteen more: it starts a JavaScript engine.
    let rendered: Vec<_> =
        missing.par_iter().with_min_len(16).map(|job| render(&job.tex, job.style, settings)).collect();
    let mut mistakes = BTreeMap::new();
    for (key, rendered) in missing.iter().map(|job| job.key).zip(rendered) {
        match rendered? {
            Ok(html) => cache.insert(key, html),
            Err(found) => drop(mistakes.insert(key, found)),
        }
    }
    Ok(mistakes)
}
