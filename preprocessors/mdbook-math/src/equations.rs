//! Labelled formulas: their numbers, and the links to them.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Place};

use crate::found::{LinkText, Reference};
use crate::sheet::{Page, Role, Sheet};
use crate::tex::Label;

/// The numbers of all labels of a book, by page and label.
#[derive(Debug, Default)]
pub struct Equations(BTreeMap<String, BTreeMap<String, usize>>);

impl Equations {
    /// Numbers the labels of every page in their order; says which stand twice.
    pub fn of(sheets: &[Sheet<'_>]) -> (Self, Vec<Diagnostic>) {
        let mut equations = Self::default();
        let mut diagnostics = Vec::new();
        for sheet in sheets.iter().filter(|sheet| sheet.page.role == Role::Body) {
            equations.0.insert(sheet.page.path.clone(), number(sheet, &mut diagnostics));
        }
        (equations, diagnostics)
    }

    /// The labels of a formula with their numbers.
    pub fn numbered<'a>(&self, page: &Page, labels: &'a [Label]) -> Vec<(&'a Label, usize)> {
        let Some(numbers) = self.0.get(&page.path) else { return Vec::new() };
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

    /// The links of a page that lead nowhere, or cannot show where.
    pub fn check(&self, sheet: &Sheet<'_>) -> Vec<Diagnostic> {
        let references = sheet.found.references.iter();
        references.filter_map(|reference| self.mistake(sheet.page, reference)).collect()
    }

    fn mistake(&self, page: &Page, reference: &Reference) -> Option<Diagnostic> {
        let place = Place::new(&page.path, reference.range.clone());
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

fn number(sheet: &Sheet<'_>, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
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
    numbers
}

/// The page that a link leads to, as a path inside src; as it is written when that is outside.
fn target(page: &Page, reference: &Reference) -> String {
    page::anchor::target(&page.path, &reference.page).unwrap_or_else(|| reference.page.clone())
}
