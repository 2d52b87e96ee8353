//! The line-faithful program: line n of the source is line n of the page.
//!
//! Pieces of the page are copied to their own lines and columns, glue is written between them. Where glue stands before a piece
//! on the same line the piece moves to the right; the program remembers where every piece came from, so a place in it is a
//! place in the page whatever moved.

use std::ops::Range;

use diagnostic::{LineColumn, Lines, offset};

/// Source text and where it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// Rust.
    pub text: String,
    pieces: Vec<Piece>,
}

/// Bytes of the program that are bytes of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    program: Range<usize>,
    page: usize,
}

impl Program {
    /// Byte of the page for a byte of the program; glue belongs to the next piece of its line, else to the end of the last piece.
    pub fn to_page(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.program.end < at);
        let Some(piece) = self.pieces.get(next) else { return self.pieces.last().map_or(0, Piece::page_end) };
        if piece.program.start <= at {
            return piece.page + (at - piece.program.start);
        }
        let same_line = !self.text[at..piece.program.start].contains('\n');
        match self.pieces[..next].last() {
            Some(before) if !same_line => before.page_end(),
            _ => piece.page,
        }
    }

    /// Where a range of the page stands in the program; `None` when not all of it is there.
    pub fn range_of(&self, page: &Range<usize>) -> Option<Range<usize>> {
        let starts = |piece: &&Piece| piece.page <= page.start && page.start < piece.page_end();
        let ends = |piece: &&Piece| piece.page < page.end && page.end <= piece.page_end();
        let (first, last) = (self.pieces.iter().find(starts)?, self.pieces.iter().find(ends)?);
        Some(first.program.start + (page.start - first.page)..last.program.start + (page.end - last.page))
    }

    /// The program with glue put in at bytes of it, in their order; what came from the page still knows where from.
    #[must_use]
    pub fn with_glue(&self, glue: &[(usize, String)]) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for (at, glue) in glue {
            text.push_str(&self.text[from..*at]);
            text.push_str(glue);
            from = *at;
        }
        text.push_str(&self.text[from..]);
        let mut pieces = Vec::new();
        let (mut next, mut shift) = (0, 0);
        for piece in &self.pieces {
            let mut rest = piece.clone();
            while let Some((at, glue)) = glue.get(next).filter(|(at, _)| *at < rest.program.end) {
                if rest.program.start < *at {
                    let before = rest.program.start..*at;
                    pieces.push(Piece { program: before.start + shift..before.end + shift, page: rest.page });
                    rest = Piece { page: rest.page + before.len(), program: *at..rest.program.end };
                }
                shift += glue.len();
                next += 1;
            }
            pieces.push(Piece { program: rest.program.start + shift..rest.program.end + shift, page: rest.page });
        }
        Self { text, pieces }
    }

    /// Range of the page for a range of the program.
    pub fn range_to_page(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.to_page(range.start);
        start..self.to_page(range.end).max(start)
    }

    /// True when a range of the program is glue and nothing else.
    pub fn is_glue(&self, range: &Range<usize>) -> bool {
        let next = self.pieces.partition_point(|piece| piece.program.end <= range.start);
        self.pieces.get(next).is_none_or(|piece| piece.program.start >= range.end.max(range.start + 1))
    }

    /// Byte of the page for a place as the compiler counts.
    pub fn spot_to_page(&self, line: u32, column: u32) -> usize {
        self.to_page(offset(&self.text, LineColumn { line: line as usize, column: column as usize }))
    }
}

impl Piece {
    fn page_end(&self) -> usize {
        self.page + self.program.len()
    }
}

/// Writes a program from the top to the bottom.
pub struct Builder<'a> {
    page: &'a str,
    lines: &'a Lines,
    program: Program,
    line: usize,
    line_start: usize,
}

impl<'a> Builder<'a> {
    /// A program for the page's text.
    pub fn new(page: &'a str, lines: &'a Lines) -> Self {
        Self { page, lines, program: Program::default(), line: 1, line_start: 0 }
    }

    /// Writes text that is not the page's on the current line.
    pub fn glue(&mut self, glue: &str) {
        debug_assert!(!glue.contains('\n'), "glue with a line break would move the page's lines");
        self.program.text.push_str(glue);
    }

    /// Goes to the line of byte `at` of the page.
    pub fn go_to(&mut self, at: usize) {
        let line = self.lines.line(at);
        debug_assert!(self.line <= line, "pieces come in the order of the page");
        while self.line < line {
            self.program.text.push('\n');
            self.line_start = self.program.text.len();
            self.line += 1;
        }
    }

    /// Copies a range of the page to its own line, and to its own column unless glue is in the way.
    pub fn copy(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for line in self.page[range].split_inclusive('\n') {
            let length = line.trim_end_matches(['\r', '\n']).len();
            self.copy_line(start..start + length);
            start += line.len();
        }
    }

    /// Copies a range of one line to its own line without a blank in front of it: the line begins inside of a text.
    pub fn copy_flush(&mut self, range: Range<usize>) {
        self.go_to(range.start);
        self.copy_here(range);
    }

    /// Copies a range to its own place, unless the program is past its line: a caption stands on top of its cell, and what is in it is
    /// computed behind.
    pub fn copy_or_here(&mut self, range: Range<usize>) {
        match self.lines.line(range.start) < self.line {
            true => self.copy_here(range),
            false => self.copy(range),
        }
    }

    /// Copies a range of one line to the current line, wherever it stands in the page.
    pub fn copy_here(&mut self, range: Range<usize>) {
        let start = self.program.text.len();
        self.program.text.push_str(&self.page[range.clone()]);
        self.program.pieces.push(Piece { program: start..self.program.text.len(), page: range.start });
    }

    fn copy_line(&mut self, range: Range<usize>) {
        self.go_to(range.start);
        let column = self.lines.position(self.page, range.start).column;
        let written = self.program.text[self.line_start..].chars().count() + 1;
        self.program.text.extend(std::iter::repeat_n(' ', column.saturating_sub(written)));
        self.copy_here(range);
    }

    /// The program.
    pub fn finish(mut self) -> Program {
        self.program.text.push('\n');
        self.program
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_keeps_its_line_and_its_column_and_knows_where_it_came_from() {
        let page = "абв\n\n> шаг = 1;\nконец";
        let at = page.find("шаг").unwrap();
        let lines = Lines::of(page);
        let mut builder = Builder::new(page, &lines);
        builder.glue("fn main() {");
        builder.copy(at..at + "шаг = 1;".len());
        let end = page.find("конец").unwrap();
        builder.go_to(end);
        builder.glue("show!(");
        builder.copy(end..page.len());
        let program = builder.finish();
        assert_eq!(program.text, "fn main() {\n\n  шаг = 1;\nshow!(конец\n");
        assert_eq!(program.spot_to_page(3, 3), at);
        assert_eq!(program.spot_to_page(4, 7), end);
        assert_eq!(program.spot_to_page(4, 1), end, "glue belongs to the piece behind it");
        assert_eq!(program.spot_to_page(1, 4), at, "glue before everything belongs to the first piece");
    }

    #[test]
    fn glue_that_is_put_in_later_moves_no_place() {
        let page = "шаг = а + б;\n";
        let lines = Lines::of(page);
        let mut builder = Builder::new(page, &lines);
        builder.glue("{ ");
        builder.copy_here(0..page.len() - 1);
        let program = builder.finish();
        let sum = page.find('а').map(|_| page.find("а +").unwrap()..page.find(';').unwrap()).unwrap();
        let range = program.range_of(&sum).unwrap();
        assert_eq!(&program.text[range.clone()], "а + б");
        assert_eq!(program.range_of(&(0..page.len())), None);
        let glued = program.with_glue(&[(range.start, "(если ".into()), (range.end, ")".into())]);
        assert_eq!(glued.text, "{ шаг = (если а + б);\n");
        assert_eq!(glued.to_page(glued.text.find("а +").unwrap()), sum.start);
        assert_eq!(glued.to_page(glued.text.find(';').unwrap()), sum.end);
        assert_eq!(glued.to_page(glued.text.find("если").unwrap()), sum.start);
    }
}
