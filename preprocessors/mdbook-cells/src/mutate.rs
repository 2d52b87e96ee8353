//! Mutants of a page: small changes of its code, each of which one of its checks should notice.
//!
//! `book mutate PAGE` changes the page's code a little, many times, and tells which changes no check notices. `mutate::rules`
//! finds changes by rule over syn's tree, `mutate` says what the changed code is for (behind a mark `checks:`, a figure, a
//! value in a sentence, other), `mutate::schema` writes all chosen ones into the page's own program as `(if
//! crate::__mutants::is(17) { a - b } else { a + b })`. Glue is only put in, so lines stay, and the program still knows the
//! page; a change repeats the original text of its operands, so nesting adds up and does not multiply. What the compiler
//! refuses is found by its errors: the innermost mutant around each is taken out, and the rest compiled again.
//!
//! The program is compiled once and run once for all (`run::trial`, `engine::branch`). One run says which mutants are
//! reached, and the stop in front of each: a program stops in front of every statement, value and claim. Then a trunk runs
//! the page, and at each such stop makes a copy of itself (`fork`), a branch, which goes on as the mutant while the trunk
//! waits. Trunk and branches speak over the same socket in turns; the engine cuts frames and printed text back to the trunk's
//! when a branch is over, and a branch asks a copy of the trunk's world. There are as many trunks as pages run at once, and
//! they take mutants from one queue. What a mutant is and where to stop a program learns by questions that no page can ask.
//! The call that copies a process is unsafe, so it is a crate's (`fork`), which only such programs are linked with; it is
//! built apart, in `.book/branches`, and the sandbox lets only trunks copy themselves. Where it cannot be had, and behind a
//! statement that has left a thread running, a mutant is a run from the start.
//!
//! The original must pass. Noticed is a mutant with any error: a false claim (which ends the branch), a pinned output, a
//! panic, a limit (three times the page's own time and two seconds, as processor time). What survives is compared with the
//! original as `twice` compares. A value in a sentence changes nothing but itself, so its branch ends behind it. What is
//! never reached needs no run, and is not noticed.
//!
//! A change of how something looks is no mutant: sizes, colours, names, ranges of axes, where labels and boxes stand, numbers
//! of columns and digits (`rules::LOOKS`). `<!-- equivalent: … -->` excuses a change with a reason (`mutate::excuses`).
//! Arguments of `assert!`, constants of the compiler, patterns, claims and cells apart (`alone`, `no_run`, `compile_fail`)
//! are left as they are. Files that a branch writes into its scratch folder are there for the next one.
//!
//! What becomes of a mutant is kept in the store by the page's key and told at once (`mutate::fates`), in the order of the
//! stops whichever trunk is first: a run that was stopped goes on where it was. The counts of the usual sample go into
//! `mutants.json` at the book's root (crate `mutants`), with the hash of the page's cells, values, claims and marks in their
//! order: `stats` and the end of the page show them as long as that is the page's code. A page slowed down by its mutants and
//! by other pages beside it gets ten times its limits; a mutant is stopped by processor time.

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
