//! Labels of figures, tables and listings: their numbers, and the links to them.

use std::collections::{BTreeMap, BTreeSet};

use std::ops::Range;

use diagnostic::{Diagnostic, Place};
use serde::{Deserialize, Serialize};

use page::{Page, Reference};

/// The numbers of all labels of a book, by page and label.
#[derive(Clone, Debug, Default)]
pub struct Labels(BTreeMap<String, BTreeMap<String, usize>>);

/// What a page says of labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    path: String,
    /// Its own in their order, and where they stand.
    labels: Vec<(String, Range<usize>)>,
    /// Its links to them.
    links: Vec<Link>,
}

/// A link to a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Link {
    page: String,
    label: String,
    range: Range<usize>,
}

impl Labelled {
    /// Reads it off a page.
    pub fn of(page: &Page) -> Self {
        let label = |cell: &page::Cell| {
            let (label, range) = cell.options.label.as_ref()?;
            Some((label.clone(), cell.info.start + range.start..cell.info.start + range.end))
        };
        let link = |reference: &Reference| Link {
            page: target(page, reference),
            label: reference.label.clone(),
            range: reference.range.clone(),
        };
        let (labels, links) = (page.cells.iter().filter_map(label), page.references.iter().map(link));
        Self { path: page.path.clone(), labels: labels.collect(), links: links.collect() }
    }
}

impl Labels {
    /// Numbers the labels of every page by kind, in their order; says which stand twice and which links lead nowhere.
    pub fn of<'a>(pages: impl Iterator<Item = &'a Labelled> + Clone) -> (Self, Vec<Diagnostic>) {
        let mut labels = Self::default();
        let mut diagnostics = Vec::new();
        for page in pages.clone() {
            labels.0.insert(page.path.clone(), number(page, &mut diagnostics));
        }
        for page in pages {
            diagnostics.extend(page.links.iter().filter_map(|link| labels.check(page, link)));
        }
        (labels, diagnostics)
    }

    /// The number that a link to a label shows.
    pub fn number(&self, page: &Page, reference: &Reference) -> Option<usize> {
        self.0.get(&target(page, reference))?.get(&reference.label).copied()
    }

    /// All that the links of a page show.
    pub fn seen_from(&self, page: &Labelled) -> Vec<Option<usize>> {
        page.links.iter().map(|link| self.of_link(link)).collect()
    }

    /// The number of a label of the page itself.
    pub fn own(&self, page: &Page, label: &str) -> Option<usize> {
        self.0.get(&page.path)?.get(label).copied()
    }

    /// Labels that no link of the book leads to.
    pub fn unused<'a>(pages: impl Iterator<Item = &'a Labelled> + Clone) -> Vec<Diagnostic> {
        let links = pages.clone().flat_map(|page| &page.links);
        let used: BTreeSet<(&str, &str)> = links.map(|link| (&*link.page, &*link.label)).collect();
        let labels = pages.flat_map(|page| page.labels.iter().map(move |(label, range)| (&*page.path, label, range)));
        let unused = labels.filter(|(path, label, _)| !used.contains(&(*path, label)));
        let warning = |(path, label, range): (&str, &String, &Range<usize>)| {
            let message = format!("nothing refers to `#{label}`");
            Diagnostic::warning("unused-label", message, Place::new(path, range.clone()))
                .help(format!("mention it in the text, as in `[…](#{label})`"))
        };
        unused.map(warning).collect()
    }

    fn of_link(&self, link: &Link) -> Option<usize> {
        self.0.get(&link.page)?.get(&link.label).copied()
    }

    fn check(&self, page: &Labelled, link: &Link) -> Option<Diagnostic> {
        if self.of_link(link).is_some() {
            return None;
        }
        let Link { page: target, label, range } = link;
        let place = Place::new(&page.path, range.clone());
        let Some(known) = self.0.get(target) else {
            return Some(
                Diagnostic::error("unknown-page", format!("there is no page `{target}`"), place)
                    .help("write the path of the page's Markdown file, relative to this one"),
            );
        };
        let names: Vec<String> = known.keys().map(|label| format!("`#{label}`")).collect();
        let help = match names.as_slice() {
            [] => format!("`{target}` has no labels; give the cell one, as in ```` ```rust cell #{label} ````"),
            names => format!("the labels of `{target}` are {}", names.join(", ")),
        };
        Some(Diagnostic::error("unknown-label", format!("there is no label `#{label}`"), place).help(help))
    }
}

fn number(page: &Labelled, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first = BTreeMap::new();
    for (label, range) in &page.labels {
        let place = Place::new(&page.path, range.clone());
        if let Some(before) = first.get(label) {
            diagnostics.push(
                Diagnostic::error("duplicate-label", format!("the label `#{label}` stands twice"), place)
                    .also(Place::clone(before), "first here")
                    .help("name one of them otherwise"),
            );
            continue;
        }
        first.insert(label.clone(), place);
        let kind = label.split('-').next().unwrap_or_default();
        let next = count.entry(kind).or_insert(0);
        *next += 1;
        numbers.insert(label.clone(), *next);
    }
    numbers
}

/// The page that a link leads to, as a path inside src; as it is written when that is outside.
fn target(page: &Page, reference: &Reference) -> String {
    page::anchor::target(&page.path, &reference.page).unwrap_or_else(|| reference.page.clone())
}
