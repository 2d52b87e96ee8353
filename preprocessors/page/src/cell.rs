//! A cell: a fence that is compiled.

use std::ops::Range;

use crate::options::Options;

/// A fence that is compiled.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The whole fence, from its first backtick to the end of its last line (without the line break).
    pub fence: Range<usize>,
    /// The words behind the opening backticks.
    pub info: Range<usize>,
    /// The lines between.
    pub lines: Vec<Line>,
    /// What the lines of the surrounding lists and quotes begin with.
    pub prefix: String,
    /// The words, understood.
    pub options: Options,
    /// `//| caption:`, the range of its Markdown.
    pub caption: Option<Range<usize>>,
    /// `//| alt:`, the range of its text.
    pub alt: Option<Range<usize>>,
    /// The fence behind the cell that pins its output.
    pub pin: Option<Pin>,
}

/// The output that an author expects.
#[derive(Clone, Debug)]
pub struct Pin {
    /// The whole fence.
    pub fence: Range<usize>,
    /// Its lines.
    pub lines: Vec<Range<usize>>,
    /// By how much numbers may differ, relative to the larger.
    pub tolerance: f64,
}

impl Cell {
    /// The code as the compiler sees it: lines joined, the marks of hidden lines blanked, so that bytes and columns stay.
    pub fn code(&self, text: &str) -> String {
        let mut code = String::new();
        for line in &self.lines {
            code.extend(std::iter::repeat_n(' ', line.mark.length()));
            code.push_str(&text[line.code()]);
            code.push('\n');
        }
        code
    }

    /// The lines of the code in the page, without the marks of hidden lines.
    pub fn code_lines(&self) -> impl Iterator<Item = Range<usize>> {
        self.lines.iter().map(Line::code)
    }

    /// The code as the reader sees it: without hidden lines and the lines of prose on top.
    pub fn shown(&self, text: &str) -> String {
        let mut code = String::new();
        for line in self.lines.iter().filter(|line| line.is_shown(text)) {
            code.push_str(&text[line.code()]);
            code.push('\n');
        }
        code
    }

    /// Byte offset in [`Self::shown`] of a byte of the page; `None` where the reader sees no code.
    pub fn to_shown(&self, text: &str, at: usize) -> Option<usize> {
        let mut begin = 0;
        for line in &self.lines {
            let is_shown = line.is_shown(text);
            if (line.range.start..=line.range.end).contains(&at) {
                return is_shown.then(|| begin + at.saturating_sub(line.code().start));
            }
            begin += if is_shown { line.code().len() + 1 } else { 0 };
        }
        None
    }

    /// Byte offset in the page of a byte of [`Self::code`].
    pub fn to_page(&self, at: usize) -> usize {
        let mut begin = 0;
        for line in &self.lines {
            if at <= begin + line.range.len() {
                return line.range.start + (at - begin);
            }
            begin += line.range.len() + 1;
        }
        self.lines.last().map_or(self.info.end, |line| line.range.end)
    }
}

/// A line of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes, without the container's prefix and without the line break.
    pub range: Range<usize>,
    /// What it begins with.
    pub mark: Mark,
}

/// rustdoc's mark at the beginning of a line: `# ` hides it, `##` stands for `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// None, or inside of a string, where `#` is a letter like any other.
    None,
    /// `# `, or `#` alone.
    Hidden(usize),
    /// `##`.
    Escape,
}

impl Line {
    /// The bytes behind the mark.
    pub fn code(&self) -> Range<usize> {
        self.range.start + self.mark.length()..self.range.end
    }

    /// Whether the reader sees it: not if it is hidden or prose.
    pub fn is_shown(&self, text: &str) -> bool {
        match self.mark {
            Mark::Hidden(_) => false,
            Mark::None => !text[self.range.clone()].trim_start().starts_with("//|"),
            Mark::Escape => true,
        }
    }

    /// The lines of a cell with their marks.
    pub(crate) fn all(text: &str, lines: &[Range<usize>]) -> Vec<Self> {
        let code: String = lines.iter().flat_map(|line| [&text[line.clone()], "\n"]).collect();
        let mut at = 0;
        let strings = strings(&code);
        let line = |range: &Range<usize>| {
            let begin = at;
            at += range.len() + 1;
            let next = strings.partition_point(|string| string.end <= begin);
            let is_in_string = strings.get(next).is_some_and(|string| string.start < begin);
            let mark = if is_in_string { Mark::None } else { Mark::of(&text[range.clone()]) };
            Self { range: range.clone(), mark }
        };
        lines.iter().map(line).collect()
    }
}

impl Mark {
    fn of(line: &str) -> Self {
        match line {
            "#" => Self::Hidden(1),
            _ if line.starts_with("# ") => Self::Hidden(2),
            _ if line.starts_with("##") => Self::Escape,
            _ => Self::None,
        }
    }

    fn length(self) -> usize {
        match self {
            Self::None => 0,
            Self::Hidden(length) => length,
            Self::Escape => 1,
        }
    }
}

/// The string literals of some code, whole or torn.
fn strings(code: &str) -> Vec<Range<usize>> {
    use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};
    let mut strings = Vec::new();
    let mut at = 0;
    for token in tokenize(code, FrontmatterAllowed::No) {
        let range = at..at + token.len as usize;
        at = range.end;
        let is_string = |kind| {
            !matches!(
                kind,
                LiteralKind::Int { .. }
                    | LiteralKind::Float { .. }
                    | LiteralKind::Char { .. }
                    | LiteralKind::Byte { .. }
            )
        };
        if matches!(token.kind, TokenKind::Literal { kind, .. } if is_string(kind)) {
            strings.push(range);
        }
    }
    strings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_a_string_hides_nothing() {
        let text = "# let a = \"ы\";\nlet yaml = \"\n# шаг\n## два\n#\n\";\nlet raw = r#\"\n# \"заголовок\"\n\"#;\n## [x]\n# конец\nlet c = '\"';\n# let b;\n";
        let mut at = 0;
        let ranges: Vec<Range<usize>> = text
            .split_inclusive('\n')
            .map(|line| {
                let range = at..at + line.len() - 1;
                at += line.len();
                range
            })
            .collect();
        let lines = Line::all(text, &ranges);
        let shown: Vec<&str> = lines.iter().filter(|line| line.is_shown(text)).map(|line| &text[line.code()]).collect();
        assert_eq!(
            shown,
            [
                "let yaml = \"",
                "# шаг",
                "## два",
                "#",
                "\";",
                "let raw = r#\"",
                "# \"заголовок\"",
                "\"#;",
                "# [x]",
                "let c = '\"';"
            ]
        );
    }
}
