//! Labelled formulas: their numbers, and the links to them.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Place};
use kept::Kept;
use serde::{Deserialize, Serialize};

use crate::found::{LinkText, Reference};
use crate::settings::Settings;
use crate::sheet::{Page, Role, Sheet};
use crate::tex::Label;

/// The numbers of all labels of a book, by page and label.
#[derive(Debug, Default)]
pub struct Equations(BTreeMap<String, BTreeMap<String, usize>>);

/// What a page says to the others.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Told {
    /// The numbers of its labels.
    numbers: BTreeMap<String, usize>,
    /// Pages whose formulas it links to.
    targets: BTreeSet<String>,
}

impl Told {
    /// Hears a page; gives what was read of it, where it had to be.
    pub fn of<'a>(page: &'a Page, settings: &Settings, kept: &Kept) -> anyhow::Result<(Self, Option<Sheet<'a>>)> {
        let mut read = None;
        let mut hear = || {
            let sheet = read.insert(Sheet::of(page, settings)?);
            let targets = sheet.found.references.iter().map(|reference| target(page, reference)).collect();
            Ok(Self { numbers: number(sheet).0, targets })
        };
        let extensions = settings.extensions.bits().to_le_bytes();
        let parts = [("extensions", extensions.as_slice()), ("page", page.way.name())];
        let told = match page.kept(kept) {
            Some(kept) => kept.or_make("equations", &parts, hear)?,
            None => hear()?,
        };
        Ok((told, read))
    }
}

impl Equations {
    /// The numbers of the labels of all pages.
    pub fn of<'a>(pages: impl Iterator<Item = (&'a Page, &'a Told)>) -> Self {
        let pages = pages.filter(|(page, _)| page.role == Role::Body);
        Self(pages.map(|(page, told)| (page.way.path().to_owned(), told.numbers.clone())).collect())
    }

    /// All that a page takes from them.
    pub fn seen_from(&self, told: &Told) -> String {
        format!("{:?}", told.targets.iter().map(|target| (target, self.0.get(target))).collect::<Vec<_>>())
    }

    /// The labels of a formula with their numbers.
    pub fn numbered<'a>(&self, page: &Page, labels: &'a [Label]) -> Vec<(&'a Label, usize)> {
        let Some(numbers) = self.0.get(page.way.path()) else { return Vec::new() };
        labels.iter().filter_map(|label| Some((label, *numbers.get(&label.name)?))).collect()
    }

    /// What a link shows behind its text.
    pub fn shown(&self, page: &Page, reference: &Reference) -> Option<String> {
        let number = self.0.get(&target(page, reference))?.get(&reference.label)?;
        match reference.text {
            LinkText::Empty => Some(format!("({number})")),
            LinkText::Words => Some(format!("\u{a0}({number})")),
            LinkText::Name => None,
        }
    }

    /// Labels of a page that stand twice, and its links that lead nowhere, or cannot show where.
    pub fn check(&self, sheet: &Sheet<'_>) -> Vec<Diagnostic> {
        let doubles = if sheet.page.role == Role::Body { number(sheet).1 } else { Vec::new() };
        let references = sheet.found.references.iter();
        doubles.into_iter().chain(references.filter_map(|reference| self.mistake(sheet.page, reference))).collect()
    }

    fn mistake(&self, page: &Page, reference: &Reference) -> Option<Diagnostic> {
        let place = Place::new(page.way.path(), reference.range.clone());
        let target = target(page, reference);
        let Some(known) = self.0.get(&target) else {
            return Some(
                Diagnostic::error("unknown-page", format!("there is no page `{target}`"), place)
                    .help("write the path of the page's Markdown file, relative to this one"),
            );
        };
        if !known.contains_key(&reference.label) {
            let names: Vec<String> = known.keys().map(|label| format!("`#{label}`")).collect();
            let help = match names.as_slice() {
                [] => format!("`{target}` has no labelled formulas; put `\\label{{{}}}` into one", reference.label),
                names => format!("the labelled formulas of `{target}` are {}", names.join(", ")),
            };
            let message = format!("there is no formula `#{}`", reference.label);
            return Some(Diagnostic::error("unknown-label", message, place).help(help));
        }
        (reference.text == LinkText::Name).then(|| {
            Diagnostic::error("link-without-number", "the number has no place in this link", place)
                .help(format!("write the address into the link: `[формула](#{})`", reference.label))
        })
    }
}

/// The labels of a page in their order; says which stand twice.
fn number(sheet: &Sheet<'_>) -> (BTreeMap<String, usize>, Vec<Diagnostic>) {
    let mut numbers = BTreeMap::new();
    let mut diagnostics = Vec::new();
    let mut first = BTreeMap::new();
    let labels =
        sheet.labels.iter().enumerate().flat_map(|(index, labels)| labels.iter().map(move |label| (index, label)));
    for (formula, label) in labels {
        let here = || sheet.place(formula, &label.range);
        let Some((before, range)) = first.get(&label.name) else {
            first.insert(label.name.clone(), (formula, label.range.clone()));
            numbers.insert(label.name.clone(), first.len());
            continue;
        };
        let message = format!("the label `{}` stands twice", label.name);
        diagnostics.push(
            Diagnostic::error("duplicate-label", message, here())
                .also(sheet.place(*before, range), "first here")
                .help("name one of them otherwise"),
        );
    }
    (numbers, diagnostics)
}

/// The page that a link leads to, as a path inside src; as it is written when that is outside.
fn target(page: &Page, reference: &Reference) -> String {
    page::anchor::target(page.way.path(), &reference.page).unwrap_or_else(|| reference.page.clone())
}
