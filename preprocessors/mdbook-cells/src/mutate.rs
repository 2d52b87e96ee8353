//! Mutants of a page: small changes of its code, each of which one of its checks should notice.

pub mod excuses;
pub mod fates;
pub mod rules;
pub mod schema;

use std::collections::BTreeSet;
use std::ops::Range;

use mutants::Kind;
use page::Page;

use crate::plan::{is_of_page, syntax, with_room};
use rules::{Change, Makes};

/// A change of a page's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The expression: bytes of the page.
    pub range: Range<usize>,
    /// What stands there instead.
    pub with: String,
    /// What kind of change it is.
    pub rule: &'static str,
    /// What the changed code is for.
    pub kind: Kind,
}

/// The mutants of a page, in its order. `marks` are the comments that say of a check which formula it vouches for.
pub fn mutants(page: &Page, marks: &[Range<usize>]) -> Vec<Mutant> {
    with_room(|| mutants_here(page, marks))
}

fn mutants_here(page: &Page, marks: &[Range<usize>]) -> Vec<Mutant> {
    let checked = Checked::of(page, marks);
    let mut found = Vec::new();
    for (index, cell) in page.cells.iter().enumerate().filter(|(_, cell)| is_of_page(cell)) {
        let code = cell.code(&page.text);
        let label = cell.options.label.as_ref().map_or("", |(label, _)| label.as_str());
        let (syntax, _) = syntax::cell(code.clone());
        for change in rules::of_cell(&code) {
            let statement = syntax.statements.iter().find(|statement| {
                statement.range.start <= change.range.start && change.range.end <= statement.range.end
            });
            let is_checked = checked.cells.contains(&index)
                || statement.is_some_and(|statement| {
                    statement.function.iter().chain(&statement.binds).any(|name| checked.names.contains(name))
                });
            let kind = match label {
                _ if is_checked => Kind::Checked,
                _ if change.makes == Makes::Theory => Kind::Theory,
                _ if change.makes == Makes::Count => Kind::Count,
                label if label.starts_with("fig-") => Kind::Figure,
                _ => Kind::Other,
            };
            let range = cell.to_page(change.range.start)..cell.to_page(change.range.end);
            found.push(mutant(range, change, kind));
        }
    }
    for inline in &page.inlines {
        let start = inline.expression.start;
        for change in rules::of_expression(&inline.code) {
            let range = start + change.range.start..start + change.range.end;
            let kind = if change.makes == Makes::Count { Kind::Count } else { Kind::Number };
            found.push(mutant(range, change, kind));
        }
    }
    found.sort_by_key(|mutant| (mutant.range.start, std::cmp::Reverse(mutant.range.end)));
    found
}

fn mutant(range: Range<usize>, Change { with, rule, .. }: Change, kind: Kind) -> Mutant {
    Mutant { range, with, rule, kind }
}

/// What marked checks vouch for.
#[derive(Default)]
struct Checked {
    /// Cells right behind a mark.
    cells: BTreeSet<usize>,
    /// Names in claims of a paragraph with a mark.
    names: BTreeSet<String>,
}

impl Checked {
    fn of(page: &Page, marks: &[Range<usize>]) -> Self {
        let mut found = Self::default();
        for mark in marks {
            let paragraph = page.paragraph(mark.start);
            let claims = page.claims.iter().filter(|claim| paragraph.contains(&claim.range.start));
            let uses = claims.filter_map(|claim| syntax::expression(&claim.code).ok()).flat_map(|claim| claim.uses);
            let before = found.names.len();
            found.names.extend(uses);
            if found.names.len() == before
                && let Some(cell) = page.cells.iter().position(|cell| mark.end <= cell.fence.start)
                && page.text[mark.end..page.cells[cell].fence.start].lines().count() <= 3
            {
                let (syntax, _) = syntax::cell(page.cells[cell].code(&page.text));
                found.names.extend(syntax.statements.iter().flat_map(|statement| statement.uses.iter().cloned()));
                found.cells.insert(cell);
            }
        }
        found
    }
}

/// A part of the mutants that is the same for the same seed, in the order of the page: numbers from 1.
pub fn sample(mutants: &[Mutant], count: usize, seed: u64) -> Vec<usize> {
    let mut numbers: Vec<usize> = (1..=mutants.len()).collect();
    numbers.sort_by_cached_key(|number| store::hash(format!("{seed} {number}").as_bytes()));
    numbers.truncate(count);
    numbers.sort_unstable();
    numbers
}
