//! A page: what of its Markdown is computed. Everything is byte ranges of the text; the text itself is never changed.

use std::ops::Range;

use diagnostic::Lines;

use crate::options::Options;

/// A page of the book.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Path from the book's root with forward slashes, `src/math/svd.md`.
    pub path: String,
    /// The Markdown.
    pub text: String,
    /// Where its lines begin.
    pub line_starts: Lines,
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
    /// The cell whose fence holds byte `at`.
    pub fn cell_at(&self, at: usize) -> Option<usize> {
        let next = self.cells.partition_point(|cell| cell.fence.end <= at);
        self.cells.get(next).is_some_and(|cell| cell.fence.contains(&at)).then_some(next)
    }
}

/// A fence that is compiled.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The whole fence, from its first backtick to the end of its last line (without the line break).
    pub fence: Range<usize>,
    /// The words behind the opening backticks.
    pub info: Range<usize>,
    /// The lines between, each without the container's prefix and without the line break.
    pub lines: Vec<Range<usize>>,
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

/// A value inside a sentence, a caption or a formula.
#[derive(Clone, Debug)]
pub struct Inline {
    /// What is replaced: the code span with its backticks, or `\val{…}`.
    pub range: Range<usize>,
    /// The expression.
    pub expression: Range<usize>,
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

impl Cell {
    /// The code as the compiler sees it: lines joined, the marks of hidden lines blanked, so that bytes and columns stay.
    pub fn code(&self, text: &str) -> String {
        let mut code = String::new();
        for line in &self.lines {
            let line = &text[line.clone()];
            let mark = Mark::of(line);
            code.extend(std::iter::repeat_n(' ', mark.length()));
            code.push_str(&line[mark.length()..]);
            code.push('\n');
        }
        code
    }

    /// The lines of the code in the page, without the marks of hidden lines.
    pub fn code_lines<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.lines.iter().map(|line| line.start + Mark::of(&text[line.clone()]).length()..line.end)
    }

    /// The code as the reader sees it: without hidden lines and the lines of prose on top.
    pub fn shown(&self, text: &str) -> String {
        let mut code = String::new();
        for line in &self.lines {
            let line = &text[line.clone()];
            if is_shown(line) {
                code.push_str(&line[Mark::of(line).length()..]);
                code.push('\n');
            }
        }
        code
    }

    /// Byte offset in [`Self::shown`] of a byte of the page; `None` where the reader sees no code.
    pub fn to_shown(&self, text: &str, at: usize) -> Option<usize> {
        let mut begin = 0;
        for line in &self.lines {
            let source = &text[line.clone()];
            let mark = Mark::of(source).length();
            let is_shown = is_shown(source);
            if (line.start..=line.end).contains(&at) {
                return is_shown.then(|| begin + (at - line.start).saturating_sub(mark));
            }
            begin += if is_shown { line.len() - mark + 1 } else { 0 };
        }
        None
    }

    /// Byte offset in the page of a byte of [`Self::code`].
    pub fn to_page(&self, at: usize) -> usize {
        let mut begin = 0;
        for line in &self.lines {
            if at <= begin + line.len() {
                return line.start + (at - begin);
            }
            begin += line.len() + 1;
        }
        self.lines.last().map_or(self.info.end, |line| line.end)
    }
}

/// Whether the reader sees a line of a cell: not if it is hidden or prose.
pub fn is_shown(line: &str) -> bool {
    match Mark::of(line) {
        Mark::Hidden(_) => false,
        Mark::None => !line.trim_start().starts_with("//|"),
        Mark::Escape => true,
    }
}

/// rustdoc's mark at the beginning of a line: `# ` hides it, `##` stands for `#`.
enum Mark {
    None,
    Hidden(usize),
    Escape,
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

    fn length(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Hidden(length) => *length,
            Self::Escape => 1,
        }
    }
}
