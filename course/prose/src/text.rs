//! A page as its reader sees it, byte for byte where its author wrote it.
//!
//! Code, formulas and markup are not prose. They are replaced by marks of the same length, so that a rule sees «слово ▪ слово» and
//! its places are places of the file.

use std::ops::Range;

use page::Outline;
use page::markup::Kind::{Close, Open, Words};
use page::outline::{Piece, What};

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
    /// Formulas with their dollars.
    pub formulas: Vec<Range<usize>>,
    /// Its pieces.
    pub outline: Outline,
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
        let outline = Outline::of(source);
        let marks = source.bytes().map(|byte| if byte == b'\n' { byte } else { MARKUP as u8 }).collect();
        let mut reader = Reader { source, outline: &outline, marks, blocks: Vec::new() };
        for (index, piece) in outline.pieces.iter().enumerate() {
            reader.read(index, piece);
        }
        let Reader { marks, mut blocks, .. } = reader;
        blocks.sort_by_key(|block| (block.range.start, block.range.end));
        Self {
            source,
            prose: String::from_utf8(marks).expect("whole characters and marks of one byte"),
            blocks,
            formulas: outline.formulas().map(|(piece, _)| piece.range.clone()).collect(),
            outline,
        }
    }

    /// The prose of a block.
    pub fn of_block(&self, block: &Block) -> &str {
        &self.prose[block.range.clone()]
    }
}

struct Reader<'a> {
    source: &'a str,
    outline: &'a Outline,
    marks: Vec<u8>,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    fn read(&mut self, index: usize, piece: &Piece) {
        match &piece.what {
            What::Text(None) => {
                self.touch(piece);
                self.copy(&piece.range);
            }
            // An entity is one letter, however it is written.
            What::Text(Some(_)) | What::Code(_) | What::Formula(_) => {
                self.touch(piece);
                self.marks[piece.range.clone()].fill(OBJECT as u8);
            }
            What::Markup(_) => {
                if let Some(words) = summary(self.source, &self.outline.pieces[index..]) {
                    self.copy(&words);
                    self.blocks.push(Block { range: words, kind: Kind::Text });
                }
            }
            _ => {}
        }
    }

    fn copy(&mut self, range: &Range<usize>) {
        self.marks[range.clone()].copy_from_slice(&self.source.as_bytes()[range.clone()]);
    }

    /// A block is made of its words: one inside another, or one without words, is not a block.
    fn touch(&mut self, piece: &Piece) {
        let block = self.outline.ancestors(piece).find_map(|around| {
            let kind = match around.what {
                What::Heading(_) => Kind::Heading,
                // A point of a tight list has no paragraph of its own.
                What::Paragraph | What::TableCell | What::Item | What::Term | What::Definition => Kind::Text,
                _ => return None,
            };
            Some(Block { range: around.range.clone(), kind })
        });
        if let Some(block) = block.filter(|block| !self.blocks.contains(block)) {
            self.blocks.push(block);
        }
    }
}

/// The words of a spoiler's title that begins with the first of these pieces, when nothing but words is in it.
fn summary(source: &str, pieces: &[Piece]) -> Option<Range<usize>> {
    let [open, words, close, ..] = pieces else { return None };
    let (What::Markup(open), What::Markup(words), What::Markup(close)) = (&open.what, &words.what, &close.what) else {
        return None;
    };
    let is_title =
        matches!(&open.kind, Open(tag) if tag.name == "summary") && close.kind == Close("summary".to_owned());
    let is_plain = words.kind == Words && !source[words.range.clone()].contains(['`', '$', '&', '\n']);
    (is_title && is_plain).then(|| words.range.clone())
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
    }
}
