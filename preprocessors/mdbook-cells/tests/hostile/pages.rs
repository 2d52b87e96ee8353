//! The parser of pages, the words of cells, the planner, and what stays of a page when it is rendered.

use std::ops::Range;

use diagnostic::Diagnostic;
use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::execution::{Execution, Output, Said};
use mdbook_cells::labels::{Labelled, Labels};
use mdbook_cells::render;
use page::{Page, options};
use proptest::prelude::*;

use super::pieces::{output, page};

const PATH: &str = "src/а.md";

fn draft(text: &str) -> Draft {
    Draft::read(std::iter::once((PATH.to_owned(), text)), &Config::default(), &[])
}

proptest! {
    #[test]
    fn pages_are_read_without_panic_and_every_place_is_in_the_page(text in page()) {
        let draft = draft(&text);
        let page = &draft.pages[0];
        prop_assert_eq!(&page.text, &text);
        let places = draft.diagnostics.iter().flat_map(places).chain(ranges(page));
        for range in places {
            prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
        for planned in draft.sessions.iter().flatten().flat_map(|session| &session.programs) {
            prop_assert!(planned.program.text.lines().count() <= text.lines().count() + 1);
        }
        // The messages can be drawn.
        diagnostic::render_all(&draft.diagnostics, &draft.sources(), diagnostic::Colour::Never);
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>(), info in any::<String>()) {
        let draft = draft(&text);
        diagnostic::render_all(&draft.diagnostics, &draft.sources(), diagnostic::Colour::Never);
        self::draft(&format!("```rust cell {info}\n{text}\n```\n"));
    }

    #[test]
    fn words_of_cells_are_understood_or_reported_at_their_place(words in "rust cell( (#?[a-zа-я-]{0,12}(=[0-9a-zE]{0,5})?|\u{a0}|,)){0,6}") {
        let (_, mistakes) = options::parse(&words).unwrap();
        for mistake in mistakes {
            prop_assert!(words.get(mistake.range.clone()).is_some() && !mistake.help.is_empty(), "{mistake:?}");
        }
    }

    #[test]
    fn nothing_but_cells_and_what_they_compute_is_changed(text in page(), said in output(), value in output()) {
        let draft = draft(&text);
        let page = &draft.pages[0];
        let (rendered, _) = rendered(page, &said, &value);
        let mut rest = rendered.as_str();
        for kept in kept(page) {
            let Some(at) = rest.find(&text[kept.clone()]) else {
                return Err(TestCaseError::fail(format!("{:?} is not in {rest:?} of {rendered:?}", &text[kept])));
            };
            rest = &rest[at + kept.len()..];
        }
    }
}

/// The page when each of its cells prints a text and each value is another.
fn rendered(page: &Page, said: &str, value: &str) -> (String, Vec<Diagnostic>) {
    let execution = Execution {
        cells: page.cells.iter().map(|_| vec![Output::Stdout(said.to_owned())]).collect(),
        inlines: page.inlines.iter().map(|_| Said { text: value.to_owned(), ..Said::default() }).collect(),
        ..Execution::default()
    };
    let (labels, _) = Labels::of(std::iter::once(&Labelled::of(page)));
    let (edits, mistakes) = render::render(page, &execution, &labels, &Config::default());
    (page::apply(&page.text, &edits), mistakes)
}

fn places(diagnostic: &Diagnostic) -> Vec<Range<usize>> {
    let labels = diagnostic.labels.iter().map(|label| label.place.range.clone());
    std::iter::once(diagnostic.place.range.clone()).chain(labels).collect()
}

fn ranges(page: &Page) -> impl Iterator<Item = Range<usize>> {
    let cells = page.cells.iter().flat_map(|cell| {
        let lines = cell.lines.iter().map(|line| line.range.clone());
        lines.chain([cell.fence.clone(), cell.info.clone()]).chain(cell.caption.clone()).chain(cell.alt.clone())
    });
    let inlines = page.inlines.iter().flat_map(|inline| [inline.range.clone(), inline.expression.clone()]);
    let claims = page.claims.iter().flat_map(|claim| [claim.range.clone(), claim.expression.clone()]);
    let links = page.references.iter().map(|reference| reference.range.clone());
    cells.chain(inlines).chain(claims).chain(links).collect::<Vec<_>>().into_iter()
}

/// The pieces of a page that are nobody's, in order: between cells, pinned outputs, values, claims and the numbers of links.
fn kept(page: &Page) -> Vec<Range<usize>> {
    let mut taken: Vec<Range<usize>> = page.cells.iter().map(|cell| cell.fence.clone()).collect();
    taken.extend(page.cells.iter().filter_map(|cell| Some(cell.pin.as_ref()?.fence.clone())));
    taken.extend(page.inlines.iter().map(|inline| inline.range.clone()));
    taken.extend(page.references.iter().map(|reference| reference.number_at..reference.number_at));
    // A claim goes with the blanks on one of its sides.
    taken.extend(page.claims.iter().map(|claim| {
        let (before, behind) = (&page.text[..claim.range.start], &page.text[claim.range.end..]);
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        before.trim_end_matches([' ', '\t']).len()..claim.range.end + blanks
    }));
    taken.sort_by_key(|range| (range.start, range.end));
    let (mut kept, mut at) = (Vec::new(), 0);
    for range in taken {
        if range.start > at {
            kept.push(at..range.start);
        }
        at = at.max(range.end);
    }
    kept.push(at..page.text.len());
    kept
}
