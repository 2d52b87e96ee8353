//! Markdown to a page: finds the cells, values, claims and references among its pieces, and what is wrong with them.

mod fences;
mod unread;
mod values;

use std::ops::Range;

use diagnostic::{Diagnostic, Lines, Place};

use crate::cell::Pin;
use crate::comment::{self, Known};
use crate::outline::{Link, Outline, Piece, What};
use crate::page::{Page, Reference};

/// Reads a page on which `comments` mean something besides the tool's own.
pub fn read(path: &str, text: &str, comments: &[Known]) -> (Page, Vec<Diagnostic>) {
    let outline = Outline::of(text);
    let page = Page { path: path.to_owned(), text: text.to_owned(), line_starts: Lines::of(text), ..Page::default() };
    let known = comment::with(comments);
    let mut reader = Reader { text, known: &known, page, diagnostics: Vec::new(), pins: Vec::new() };
    reader.pieces(&outline, 0);
    reader.attach_pins();
    reader.what_is_not_read(&outline);
    reader.page.inlines.sort_by_key(|inline| inline.range.start);
    reader.page.references.sort_by_key(|reference| reference.range.start);
    reader.diagnostics.extend(comment::check(&outline, text, path, &known));
    reader.page.outline = outline;
    (reader.page, reader.diagnostics)
}

struct Reader<'a> {
    text: &'a str,
    known: &'a [Known],
    page: Page,
    diagnostics: Vec<Diagnostic>,
    pins: Vec<Pin>,
}

impl Reader<'_> {
    /// Reads the pieces of a text that begins at byte `base` of the page: of all of it, or of a caption.
    fn pieces(&mut self, outline: &Outline, base: usize) {
        let mut table_cell = 0..0;
        for (index, piece) in outline.pieces.iter().enumerate() {
            let range = piece.range.start + base..piece.range.end + base;
            if piece.what == What::TableCell {
                table_cell = piece.range.clone();
            }
            let is_in_table = table_cell.contains(&piece.range.start);
            match &piece.what {
                What::Fence(fence) => self.fence(&range, fence),
                What::Code(inside) => self.code(&range, inside.start + base..inside.end + base, is_in_table),
                What::Formula(_) => self.formula(&range, is_in_table),
                What::Comment(inside) => self.comment(&range, inside.start + base..inside.end + base, is_in_table),
                What::Html => self.values_in_html(&range),
                What::Text(_) => self.torn(&range, is_in_table),
                What::Link(link) => self.link(outline, index, link, base),
                _ => {}
            }
        }
    }

    fn link(&mut self, outline: &Outline, index: usize, link: &Link, base: usize) {
        let Some((page, label)) = link.address.split_once('#') else { return };
        if !["fig-", "tbl-", "lst-"].iter().any(|kind| label.starts_with(kind)) {
            return;
        }
        let range = &outline.pieces[index].range;
        let text_end = outline.inside(index).iter().map(|piece: &Piece| piece.range.end).max();
        self.page.references.push(Reference {
            range: range.start + base..range.end + base,
            number_at: text_end.unwrap_or(range.start + 1) + base,
            has_text: text_end.is_some(),
            page: page.to_owned(),
            label: label.to_owned(),
        });
    }

    /// Gives every pinned output to the cell right before it.
    fn attach_pins(&mut self) {
        for pin in std::mem::take(&mut self.pins) {
            let cell = self.page.cells.iter_mut().rev().find(|cell| cell.fence.end <= pin.fence.start);
            let near = cell.filter(|cell| {
                let between = &self.page.text[cell.fence.end..pin.fence.start];
                cell.pin.is_none() && between.chars().all(|letter| letter.is_whitespace() || letter == '>')
            });
            match near {
                Some(cell) => cell.pin = Some(pin),
                None => {
                    let range = line_at(&self.page.text, pin.fence.start);
                    let help = "put it directly behind the cell whose output it pins";
                    self.report("orphan-output", "this pinned output belongs to no cell", range, help);
                }
            }
        }
    }

    fn report(&mut self, code: &str, message: impl Into<String>, range: Range<usize>, help: impl Into<String>) {
        let place = Place::new(&self.page.path, range);
        self.diagnostics.push(Diagnostic::error(code, message, place).help(help));
    }
}

/// The line that holds byte `at`, without its break.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let source = &text[range.clone()];
    let start = range.start + (source.len() - source.trim_start().len());
    start..start + source.trim().len()
}
