//! The core: pages with formulas to pages with HTML, values in and values out.

use std::collections::BTreeMap;

use diagnostic::Diagnostic;
use page::Edit;
use rayon::prelude::*;

use crate::cache::{Cache, Key};
use crate::equations::Equations;
use crate::found::Kind;
use crate::headings;
use crate::html::{self, Extra, Style};
use crate::plain::plain;
use crate::render::render;
use crate::settings::Settings;
use crate::sheet::{Page, Role, Sheet};
use crate::tex::{self, Label, Mistake};

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
            let ids = headings::ids(&self.page.text, &self.found.headings, settings.word);
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
