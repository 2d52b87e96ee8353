//! A page: what of its Markdown is computed. Everything is byte ranges of the text; the text itself is never changed.

use std::ops::Range;

use diagnostic::Lines;

use crate::cell::Cell;
use crate::outline::Outline;

/// A page of the book.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Path from the book's root with forward slashes, `src/math/svd.md`.
    pub path: String,
    /// The Markdown.
    pub text: String,
    /// Where its lines begin.
    pub line_starts: Lines,
    /// Its pieces.
    pub outline: Outline,
    /// Cells, in order.
    pub cells: Vec<Cell>,
    /// Values in sentences, in order (those of captions after the others).
    pub inlines: Vec<Inline>,
    /// Claims, in order.
    pub claims: Vec<Claim>,
    /// Links to labels, in order.
    pub references: Vec<Reference>,
}

impl Page {
    /// The text in which values and claims are written as Rust reads them, byte for byte where they stand.
    pub fn as_rust(&self) -> String {
        let mut text = self.text.clone();
        let values = self.inlines.iter().map(|inline| (&inline.expression, &inline.code));
        for (range, code) in values.chain(self.claims.iter().map(|claim| (&claim.expression, &claim.code))) {
            text.replace_range(range.clone(), code);
        }
        text
    }

    /// The lines around a byte up to blank ones.
    pub fn paragraph(&self, at: usize) -> Range<usize> {
        let (mut start, mut end) = (0, 0);
        for line in self.text.split_inclusive('\n') {
            let begin = end;
            end += line.len();
            match line.trim().is_empty() {
                true if at < end => return start.min(at)..begin.max(at),
                true => start = end,
                false => {}
            }
        }
        start..end
    }

    /// Where the program has what is written at byte `at`: a caption stands on top of its cell and speaks of what the cell computes.
    pub fn computed_at(&self, at: usize) -> usize {
        self.cell_at(at).map_or(at, |cell| self.cells[cell].fence.end)
    }

    /// The cell whose fence holds byte `at`.
    pub fn cell_at(&self, at: usize) -> Option<usize> {
        let next = self.cells.partition_point(|cell| cell.fence.end <= at);
        self.cells.get(next).is_some_and(|cell| cell.fence.contains(&at)).then_some(next)
    }
}

/// A value inside a sentence, a caption or a formula.
#[derive(Clone, Debug)]
pub struct Inline {
    /// What is replaced: the code span with its backticks, or `\val{…}`.
    pub range: Range<usize>,
    /// The expression.
    pub expression: Range<usize>,
    /// The expression as Rust reads it, as many bytes: without the backslashes that a table wants before its bars.
    pub code: String,
    /// How Rust formats it.
    pub spec: Spec,
    /// Where it stands.
    pub place: InlinePlace,
}

/// Where a value stands, and so how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlinePlace {
    /// In a sentence.
    Prose,
    /// In a formula.
    Formula,
}

/// A format specification, `.2` or `.1%`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// What stands between `{:` and `}`.
    pub format: String,
    /// Whether the value is multiplied by a hundred and followed by a percent sign.
    pub percent: bool,
}

/// `<!-- claim: … -->`.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The comment.
    pub range: Range<usize>,
    /// The expression.
    pub expression: Range<usize>,
    /// The expression as Rust reads it, as many bytes.
    pub code: String,
}

/// A link to a label: `[рис.](#fig-x)`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The whole link.
    pub range: Range<usize>,
    /// Where the number is put: the end of the link's text.
    pub number_at: usize,
    /// Whether the link has a text of its own.
    pub has_text: bool,
    /// The page's part of the address; empty for this page.
    pub page: String,
    /// The label.
    pub label: String,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_paragraph_ends_at_a_blank_line_whatever_its_end() {
        let text = "Раз.\nДва.\n\nТри.\n \t\nЧетыре.";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let (page, _) = crate::read("src/а.md", &text, &[]);
            let around = |word: &str| page.text[page.paragraph(page.text.find(word).unwrap())].trim().replace('\r', "");
            assert_eq!(["Раз", "Два", "Три", "Четыре"].map(around), ["Раз.\nДва.", "Раз.\nДва.", "Три.", "Четыре."]);
        }
    }
}
