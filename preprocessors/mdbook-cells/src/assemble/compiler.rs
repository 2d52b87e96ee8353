//! The compiler's messages as diagnostics of the page, and as the text a reader sees.

use diagnostic::{Diagnostic, Level, Place, Sources};
use engine::{Message, MessageSpan};

use crate::plan::program::Program;
use page::{Cell, Page};

/// A message as a diagnostic of the page.
pub fn diagnostic(message: &Message, program: &Program, page: &Page) -> Diagnostic {
    let spot = |span: &MessageSpan| Place::new(&page.path, program.range_to_page(&span.range));
    let main = main_span(message);
    let place = main.map_or_else(|| Place::new(&page.path, 0..0), spot);
    let code = if message.code.is_empty() { "rustc" } else { &message.code };
    let mut diagnostic = Diagnostic::error(code, &message.text, place).label(main.map_or("", |span| &span.label));
    if message.level == "warning" {
        diagnostic.level = Level::Warning;
    }
    let other = |span: &&MessageSpan| main.is_none_or(|main| !std::ptr::eq(*span, main));
    for span in message.spans.iter().filter(other).filter(|span| !program.is_glue(&span.range)) {
        diagnostic = diagnostic.also(spot(span), &span.label);
    }
    for child in &message.children {
        diagnostic = add_child(diagnostic, child, program, &spot);
    }
    diagnostic
}

fn main_span(message: &Message) -> Option<&MessageSpan> {
    message.spans.iter().find(|span| span.primary).or(message.spans.first())
}

fn add_child(
    diagnostic: Diagnostic,
    child: &Message,
    program: &Program,
    spot: &dyn Fn(&MessageSpan) -> Place,
) -> Diagnostic {
    let replacements: Vec<&str> = child.spans.iter().filter_map(|span| span.replacement.as_deref()).collect();
    let text = match replacements.as_slice() {
        [replacement] if !replacement.trim().is_empty() => format!("{}: `{}`", child.text, replacement.trim()),
        _ => child.text.clone(),
    };
    let places = child.spans.iter().filter(|span| span.replacement.is_none() && !program.is_glue(&span.range));
    let diagnostic = if child.level == "help" { diagnostic.help(text) } else { diagnostic.note(text) };
    places.fold(diagnostic, |diagnostic, span| diagnostic.also(spot(span), &span.label))
}

/// A refusal as the reader of the cell sees it: the frame shows the lines that the page shows, numbered from 1.
pub fn for_reader(message: &Message, program: &Program, page: &Page, cell: &Cell) -> String {
    const CELL: &str = "ячейка";
    let mut diagnostic = diagnostic(message, program, page);
    // A mistake in a hidden line can be shown only with it.
    let is_hidden = cell.to_shown(&page.text, diagnostic.place.range.start).is_none();
    let code = if is_hidden { cell.code(&page.text) } else { cell.shown(&page.text) };
    let find = |at| if is_hidden { from_page(cell, at) } else { cell.to_shown(&page.text, at) };
    let mut sources = Sources::default();
    sources.insert(CELL, code.trim_end());
    let to_cell = |place: &Place| {
        let start = find(place.range.start)?;
        Some(Place::new(CELL, start..find(place.range.end).unwrap_or(start).max(start)))
    };
    diagnostic.place = to_cell(&diagnostic.place).unwrap_or_else(|| Place::new(CELL, 0..0));
    diagnostic.labels = diagnostic
        .labels
        .into_iter()
        .filter_map(|mut label| {
            label.place = to_cell(&label.place)?;
            Some(label)
        })
        .collect();
    diagnostic::render(&diagnostic, &sources, diagnostic::Colour::Never)
}

/// Byte of the cell's code for a byte of the page; `None` outside of the cell.
pub fn from_page(cell: &Cell, at: usize) -> Option<usize> {
    let mut begin = 0;
    for line in &cell.lines {
        let line = &line.range;
        if (line.start..=line.end).contains(&at) {
            return Some(begin + (at - line.start));
        }
        begin += line.len() + 1;
    }
    None
}
