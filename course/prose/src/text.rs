//! A page as its reader sees it, byte for byte where its author wrote it.
//!
//! Code, formulas and markup are not prose. They are replaced by marks of the same length, so that a rule sees «слово ▪ слово» and
//! its places are places of the file.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Stands for every byte of something inside a sentence that is not words: code, a value, a formula.
pub const OBJECT: char = '\u{1}';
/// Stands for every byte of what is not there for a reader: stars, brackets, addresses, comments, prefixes of lists and quotes.
pub const MARKUP: char = '\u{2}';

/// A page.
#[derive(Debug)]
pub struct Text<'a> {
    /// The file.
    pub source: &'a str,
    /// The same number of bytes: prose, and marks for everything else.
    pub prose: String,
    /// Paragraphs, headings, table cells, points of lists: no rule looks across their borders.
    pub blocks: Vec<Block>,
    /// Tables, whose cells are blocks.
    pub tables: Vec<Range<usize>>,
    /// Formulas with their dollars.
    pub formulas: Vec<Range<usize>>,
    /// Comments, without their delimiters.
    pub comments: Vec<Range<usize>>,
}

/// A piece of text that stands on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading.
    Heading,
    /// Anything else.
    Text,
}

impl<'a> Text<'a> {
    /// Reads a page.
    pub fn of(source: &'a str) -> Self {
        let mut reader = Reader {
            marks: vec![MARKUP as u8; source.len()],
            text: Self {
                source,
                prose: String::new(),
                blocks: Vec::new(),
                tables: Vec::new(),
                formulas: Vec::new(),
                comments: Vec::new(),
            },
            open: Vec::new(),
            in_code: false,
        };
        for (at, byte) in source.bytes().enumerate() {
            if byte == b'\n' {
                reader.marks[at] = byte;
            }
        }
        for (event, range) in Parser::new_ext(source, page::outline::extensions()).into_offset_iter() {
            reader.read(event, range);
        }
        let Reader { marks, mut text, .. } = reader;
        text.prose = String::from_utf8(marks).expect("whole characters and marks of one byte");
        text.blocks.sort_by_key(|block| (block.range.start, block.range.end));
        text
    }

    /// The prose of a block.
    pub fn of_block(&self, block: &Block) -> &str {
        &self.prose[block.range.clone()]
    }
}

struct Reader<'a> {
    marks: Vec<u8>,
    text: Text<'a>,
    open: Vec<(Kind, Range<usize>)>,
    in_code: bool,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Heading { .. }) => self.begin(Kind::Heading, range),
            Event::Start(Tag::Table(_)) => self.text.tables.push(range),
            // A point of a tight list has no paragraph of its own.
            Event::Start(
                Tag::Paragraph | Tag::TableCell | Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition,
            ) => {
                self.begin(Kind::Text, range);
            }
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::TableCell
                | TagEnd::Item
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) => drop(self.open.pop()),
            Event::Text(words) if !self.in_code => self.words(&words, range),
            Event::Code(_) => self.fill(&range, OBJECT),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.fill(&range, OBJECT);
                self.text.formulas.push(range);
            }
            Event::Html(_) | Event::InlineHtml(_) => self.html(&range),
            _ => {}
        }
    }

    fn begin(&mut self, kind: Kind, range: Range<usize>) {
        self.open.push((kind, range.clone()));
    }

    /// A block is made of its words: one inside another, or one without words, is not a block.
    fn touch(&mut self) {
        let Some((kind, range)) = self.open.last() else { return };
        let block = Block { range: range.clone(), kind: *kind };
        if self.text.blocks.last() != Some(&block) && !self.text.blocks.contains(&block) {
            self.text.blocks.push(block);
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        self.touch();
        if self.text.source[range.clone()] == *words {
            self.marks[range].copy_from_slice(words.as_bytes());
        } else {
            // An entity is one letter, however it is written.
            self.fill(&range, OBJECT);
        }
    }

    fn fill(&mut self, range: &Range<usize>, mark: char) {
        self.touch();
        for at in range.clone() {
            if self.marks[at] != b'\n' || mark == OBJECT {
                self.marks[at] = mark as u8;
            }
        }
    }

    fn html(&mut self, range: &Range<usize>) {
        let html = &self.text.source[range.clone()];
        let mut at = 0;
        while let Some(start) = html[at..].find("<!--").map(|start| at + start + "<!--".len()) {
            let Some(end) = html[start..].find("-->").map(|end| start + end) else { break };
            self.text.comments.push(range.start + start..range.start + end);
            at = end;
        }
        if let Some((begin, end)) = summary(html) {
            let words = range.start + begin..range.start + end;
            self.marks[words.clone()].copy_from_slice(&self.text.source.as_bytes()[words.clone()]);
            self.text.blocks.push(Block { range: words, kind: Kind::Text });
        }
    }
}

/// The words of a spoiler's title, when nothing but words is in it.
fn summary(html: &str) -> Option<(usize, usize)> {
    const BEGIN: &str = "<summary>";
    let begin = html.find(BEGIN)? + BEGIN.len();
    let end = begin + html[begin..].find("</summary>")?;
    let is_plain = !html[begin..end].contains(['<', '`', '$', '&', '\n']);
    is_plain.then_some((begin, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_formulas_and_markup_are_marks_of_the_same_length() {
        let text = Text::of(
            "# Шаг $\\eta$ {#step}\n\n**Да**, `x - 1` и [нет](a-b.md) <!-- claim: x -->.\n\n> Цитата\n> *дальше*\n\n```rust\nlet a - b;\n```\n\n<details><summary>Ответ - да</summary>\n\n| а | б |\n|---|---|\n| 1 | 2 |\n",
        );
        let shown = text.prose.replace(OBJECT, "▪").replace(MARKUP, "·");
        insta::assert_snapshot!(shown);
        let blocks: Vec<String> = text
            .blocks
            .iter()
            .map(|block| text.of_block(block).replace(OBJECT, "▪").replace(MARKUP, "").trim().to_owned())
            .collect();
        assert_eq!(blocks, ["Шаг ▪▪▪▪▪▪", "Да, ▪▪▪▪▪▪▪ и нет .", "Цитата\nдальше", "Ответ - да", "а", "б", "1", "2"]);
        assert_eq!(text.comments.len(), 1);
    }
}
