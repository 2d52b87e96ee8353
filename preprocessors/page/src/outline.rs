//! A text of Markdown taken apart by mdBook's own parser: a list of pieces in their order, each with its bytes and the piece it is in.

mod reader;

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, HeadingLevel, LinkType, Options};

use crate::markup::Markup;

/// The extensions with which mdBook reads a page, and formulas.
pub fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
}

/// The pieces of a text.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// In the order of their first bytes; what holds others comes before them.
    pub pieces: Vec<Piece>,
    /// `[words][name]` that is nowhere defined: its name and its bytes.
    pub undefined: Vec<(String, Range<usize>)>,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its bytes, as the parser gives them: a block ends with its line break.
    pub range: Range<usize>,
    /// The piece it is in.
    pub parent: Option<usize>,
    /// Inside of `<details>`.
    pub folded: bool,
    /// What it is.
    pub what: What,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Lines of text.
    Paragraph,
    /// `## Words`.
    Heading(Heading),
    /// `> …`, and what GitHub makes of one that begins with `[!NOTE]`.
    Quote(Option<BlockQuoteKind>),
    /// A list and the number it begins with, if it has numbers.
    List(Option<u64>),
    /// A point of a list.
    Item,
    /// A table.
    Table,
    /// Its head, or another row.
    Row,
    /// A cell of a table.
    TableCell,
    /// The text of the footnote with this name.
    Footnote(String),
    /// A list of definitions.
    Definitions,
    /// What is defined.
    Term,
    /// How.
    Definition,
    /// `*words*`.
    Emphasis,
    /// `**words**`.
    Strong,
    /// `~~words~~`.
    Struck,
    /// A link.
    Link(Link),
    /// A picture.
    Picture(Link),
    /// A block of code between fences.
    Fence(Fence),
    /// A block of code that is indented.
    Indented,
    /// A block of HTML.
    Html,
    /// A tag, or words between the tags of a block of HTML.
    Markup(Markup),
    /// `<!-- … -->`, in a block or in a sentence: the bytes of its text without the space around.
    Comment(Range<usize>),
    /// Words; `None` when they are the bytes themselves, otherwise what escapes and entities make of them.
    Text(Option<Box<str>>),
    /// `` `code` ``: the bytes between the backticks.
    Code(Range<usize>),
    /// `$…$` or `$$…$$`.
    Formula(Formula),
    /// `[^name]`.
    FootnoteMark(String),
    /// A line break that is none for a reader.
    SoftBreak,
    /// One that is.
    HardBreak,
    /// `---`.
    Rule,
    /// `[x]`.
    Task,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// `{#id}`.
    pub id: Option<String>,
    /// It has `{.class}` or `{key=value}`.
    pub has_attributes: bool,
}

/// A link or a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub form: Form,
    /// Where it leads, without Markdown's escapes.
    pub address: String,
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `[words](address)` or `[words][name]`.
    Words,
    /// `[words]` or `[words][]`: its words name the address too, so they cannot be added to.
    Name,
    /// `<https://…>`.
    Auto,
    /// `<a@b.ru>`.
    Email,
}

/// A block of code between fences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The words behind the opening marks.
    pub info: Range<usize>,
    /// The opening marks.
    pub marks: Range<usize>,
    /// The lines between, each without the prefixes of lists and quotes around it and without its break.
    pub lines: Vec<Range<usize>>,
    /// The line that closes it is there.
    pub is_closed: bool,
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// It stands on its own: `$$…$$`.
    pub is_display: bool,
    /// The TeX without dollars and without the prefixes of the quotes and lists around it.
    pub tex: String,
}

impl Outline {
    /// Reads a text. Dollars that are money make no formula.
    pub fn of(text: &str) -> Self {
        Self::with(text, extensions())
    }

    /// Reads only the blocks of code: of a text that is mostly HTML by now, the rest would be most of the work.
    pub fn of_code(text: &str) -> Self {
        reader::code(text)
    }

    /// Reads a text with the extensions of a book whose configuration differs.
    pub fn with(text: &str, extensions: Options) -> Self {
        reader::read(text, extensions)
    }

    /// The pieces around a piece, the innermost first.
    pub fn ancestors(&self, piece: &Piece) -> impl Iterator<Item = &Piece> {
        let first = piece.parent.map(|parent| &self.pieces[parent]);
        std::iter::successors(first, |piece| piece.parent.map(|parent| &self.pieces[parent]))
    }

    /// Whether one of the pieces around a piece is so.
    pub fn is_in(&self, piece: &Piece, is: impl Fn(&What) -> bool) -> bool {
        self.ancestors(piece).any(|around| is(&around.what))
    }

    /// The pieces inside of the piece `index`, however deep.
    pub fn inside(&self, index: usize) -> &[Piece] {
        let range = &self.pieces[index].range;
        let length = self.pieces[index + 1..]
            .iter()
            .take_while(|piece| piece.range.end <= range.end && piece.range.start >= range.start);
        &self.pieces[index + 1..index + 1 + length.count()]
    }

    /// Running text: no code, no formulas, no HTML.
    pub fn prose(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| matches!(piece.what, What::Text(_)))
    }

    /// Whether the byte is one of running text.
    pub fn is_prose(&self, at: usize) -> bool {
        let next = self.pieces.partition_point(|piece| piece.range.start <= at);
        self.pieces[..next]
            .iter()
            .rev()
            .take_while(|piece| !matches!(piece.what, What::Paragraph))
            .any(|piece| piece.range.contains(&at) && matches!(piece.what, What::Text(_)))
    }

    /// Comments: the bytes of each with its delimiters, and of its text.
    pub fn comments(&self) -> impl Iterator<Item = (&Range<usize>, &Range<usize>)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Comment(inside) => Some((&piece.range, inside)),
            _ => None,
        })
    }

    /// Headings, with their places in the list of pieces.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &Piece, &Heading)> {
        self.pieces.iter().enumerate().filter_map(|(index, piece)| match &piece.what {
            What::Heading(heading) => Some((index, piece, heading)),
            _ => None,
        })
    }

    /// Fences.
    pub fn fences(&self) -> impl Iterator<Item = (&Piece, &Fence)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Fence(fence) => Some((piece, fence)),
            _ => None,
        })
    }

    /// Formulas.
    pub fn formulas(&self) -> impl Iterator<Item = (&Piece, &Formula)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Formula(formula) => Some((piece, formula)),
            _ => None,
        })
    }

    /// What a reader reads of the piece `index`: words, code and line breaks as blanks; formulas are left out.
    pub fn words(&self, text: &str, index: usize) -> String {
        let mut words = String::new();
        for piece in self.inside(index) {
            match &piece.what {
                What::Text(None) => words.push_str(&text[piece.range.clone()]),
                What::Text(Some(text)) => words.push_str(text),
                What::Code(inside) => words.push_str(&text[inside.clone()]),
                What::SoftBreak | What::HardBreak => words.push('\n'),
                _ => {}
            }
        }
        words
    }
}

impl From<LinkType> for Form {
    fn from(kind: LinkType) -> Self {
        match kind {
            LinkType::Collapsed | LinkType::CollapsedUnknown | LinkType::Shortcut | LinkType::ShortcutUnknown => {
                Self::Name
            }
            LinkType::Autolink => Self::Auto,
            LinkType::Email => Self::Email,
            _ => Self::Words,
        }
    }
}

pub(crate) fn level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// The pieces of a text, a line each, deeper ones further in.
    fn list(text: &str) -> String {
        let outline = Outline::of(text);
        let mut list = String::new();
        for piece in &outline.pieces {
            let depth = outline.ancestors(piece).count();
            let folded = if piece.folded { " (folded)" } else { "" };
            let bytes = &text[piece.range.clone()];
            writeln!(list, "{:depth$}{:?}{folded} {bytes:?}", "", piece.what).unwrap();
        }
        list
    }

    #[test]
    fn pieces_stand_in_one_another() {
        insta::assert_snapshot!(list(
            "# Шаг $\\eta$ {#step}\n\n**Да**, `x - 1` и [нет](a-b.md) <!-- claim: x -->.\n\n> Цитата\n> $$\n> a\n> $$\n\n- пункт[^1]\n\n  ```rust cell\n  let x;\n\n  ```\n\n[^1]: Сноска.\n"
        ));
    }

    #[test]
    fn what_folds_is_folded_and_html_is_taken_apart() {
        insta::assert_snapshot!(list(
            "<details><summary>Ответ на <b>всё</b></summary>\n\nДа, $x$.\n\n</details>\n\nКонец <span title=\"ы\">слова</span>.\n\n<!-- sources -->\n"
        ));
    }

    #[test]
    fn tables_and_prices_and_names() {
        insta::assert_snapshot!(list(
            "| а \\| б | `в\\|г` |\n|---|---|\n| 5$ и 10$ | &amp; |\n\n[имя] и [нет][там]\n\n[имя]: a.md\n"
        ));
    }

    #[test]
    fn a_fence_says_whether_it_is_closed() {
        let outline = |text: &str| Outline::of(text).fences().map(|(_, fence)| fence.is_closed).collect::<Vec<_>>();
        assert_eq!(outline("```a\nx\n```\n\n````\n```\n````\n"), [true, true]);
        assert_eq!(outline("```a\nx\n\n```rust cell\nb\n"), [false]);
        assert_eq!(outline("> ```a\n> x\n\nы\n"), [false]);
        assert_eq!(outline("```a"), [false]);
        assert_eq!(outline("```\n```"), [true]);
        assert_eq!(outline("- ~~~ a\n  б\n  ~~~~\n"), [true]);
    }
}
