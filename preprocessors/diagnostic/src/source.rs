//! Texts of the files and positions in them.

use std::collections::BTreeMap;

/// The texts that places point into, by path from the book's root.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, String>);

impl Sources {
    /// Adds the text of `path`.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// The text of `path`; empty when it is unknown, so that a message about a file that cannot be read still prints.
    pub fn get(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }
}

/// A position as editors show it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Position of the byte `offset`; past the end and inside a character it is moved back to the nearest boundary.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    LineColumn {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// Where the lines of a text begin: positions in time that does not grow with the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// The lines of `text`.
    pub fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// Line of the byte `offset`, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    /// Position of the byte `offset` of `text`, which must be the text that the lines are of.
    pub fn position(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.line(offset);
        let start = self.0[line - 1];
        LineColumn { line, column: text[start..offset].chars().count() + 1 }
    }
}

/// Byte offset of a position; a line or column past the end gives the end of the text or of the line.
pub fn offset(text: &str, position: LineColumn) -> usize {
    let Some(line_start) = line_start(text, position.line) else { return text.len() };
    let line = text[line_start..].split('\n').next().unwrap_or_default();
    let column = line.char_indices().nth(position.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    line_start + column
}

fn line_start(text: &str, line: usize) -> Option<usize> {
    match line {
        0 | 1 => Some(0),
        _ => text.match_indices('\n').nth(line - 2).map(|(newline, _)| newline + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let text = "шаг\nβ = 1\n";
        assert_eq!(line_column(text, 0), LineColumn { line: 1, column: 1 });
        assert_eq!(line_column(text, "шаг\nβ".len()), LineColumn { line: 2, column: 2 });
        assert_eq!(line_column(text, 999), LineColumn { line: 3, column: 1 });
    }

    #[test]
    fn offset_and_position_are_inverse() {
        let text = "а\n\nбв\r\nг";
        for (at, _) in text.char_indices() {
            assert_eq!(offset(text, line_column(text, at)), at);
            assert_eq!(Lines::of(text).position(text, at), line_column(text, at));
        }
    }
}
