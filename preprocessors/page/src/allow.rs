//! Exceptions that an author makes in sight of readers of the source: `<!-- allow: range — why -->` in the block it is for, or on a
//! line of its own before it. Whose rules they are, this does not know.

use std::ops::Range;

use crate::comment::called;
use crate::markup::Kind;
use crate::outline::{Outline, Piece, What};

/// The exceptions of a page.
#[derive(Debug)]
pub struct Exceptions(Vec<Exception>);

/// An exception from one rule.
#[derive(Debug)]
pub struct Exception {
    /// The rule.
    pub rule: String,
    /// Where it is named.
    pub place: Range<usize>,
    /// It says why.
    pub has_reason: bool,
    /// It has excused something.
    pub is_used: bool,
    holds: Option<Range<usize>>,
}

impl Exceptions {
    /// Of a page.
    pub fn of(text: &str, outline: &Outline) -> Self {
        let mut exceptions = Vec::new();
        for (comment, value) in called(outline, text, "allow") {
            let holds = outline.about(&comment);
            let (names, reason) = text[value.clone()].split_once('—').unwrap_or((&text[value.clone()], ""));
            let mut at = value.start;
            for name in names.split(',') {
                let start = at + (name.len() - name.trim_start().len());
                exceptions.push(Exception {
                    rule: name.trim().to_owned(),
                    place: start..start + name.trim().len(),
                    has_reason: !reason.trim().is_empty(),
                    is_used: false,
                    holds: holds.clone(),
                });
                at += name.len() + 1;
            }
        }
        Self(exceptions)
    }

    /// Whether what a rule finds there is excused.
    pub fn allow(&mut self, rule: &str, found: &Range<usize>) -> bool {
        let covers = |exception: &&mut Exception| {
            let holds = exception.holds.as_ref();
            exception.rule == rule && holds.is_some_and(|holds| holds.start <= found.start && found.end <= holds.end)
        };
        self.0.iter_mut().find(covers).map(|exception| exception.is_used = true).is_some()
    }

    /// All of them, in the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = &Exception> {
        self.0.iter()
    }
}

impl Outline {
    /// The block that a comment is about: the one it stands in, or the next one behind a comment that stands alone. A table is one
    /// block to a comment before it.
    pub fn about(&self, comment: &Range<usize>) -> Option<Range<usize>> {
        let here =
            self.pieces.iter().find(|piece| piece.range == *comment && matches!(piece.what, What::Comment(_)))?;
        let around = self.ancestors(here).find(|piece| matches!(piece.what, What::Html) || is_block(piece));
        match around {
            Some(block) if block.what != What::Html => Some(block.range.clone()),
            _ => self.next_block(comment.end),
        }
    }

    fn next_block(&self, behind: usize) -> Option<Range<usize>> {
        let behind = self.pieces.iter().enumerate().filter(|(_, piece)| piece.range.start >= behind);
        let mut blocks = behind.filter(|(index, piece)| match piece.what {
            What::Table | What::Fence(_) | What::Indented => true,
            // A point of a loose list has blocks of its own.
            What::Item | What::Definition => {
                self.pieces.get(index + 1).is_some_and(|first| first.parent == Some(*index) && !holds_blocks(first))
            }
            // Elements, as the title of what folds; other comments are none.
            What::Html => self
                .inside(*index)
                .iter()
                .any(|piece| matches!(&piece.what, What::Markup(markup) if matches!(markup.kind, Kind::Open(_)))),
            _ => is_block(piece),
        });
        blocks.next().map(|(_, piece)| piece.range.clone())
    }
}

/// A block that a comment can stand in.
fn is_block(piece: &Piece) -> bool {
    matches!(
        piece.what,
        What::Paragraph | What::Heading(_) | What::TableCell | What::Item | What::Term | What::Definition
    )
}

fn holds_blocks(piece: &Piece) -> bool {
    is_block(piece)
        || matches!(
            piece.what,
            What::Fence(_) | What::Indented | What::Html | What::Table | What::List(_) | What::Quote(_)
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the comments of a text are about.
    fn about(text: &str) -> Vec<String> {
        let outline = Outline::of(text);
        let comments: Vec<Range<usize>> = outline.comments().map(|(range, _)| range.clone()).collect();
        let block = |comment: &Range<usize>| {
            outline.about(comment).map_or("—".to_owned(), |range| text[range].trim().to_owned())
        };
        comments.iter().map(block).collect()
    }

    #[test]
    fn a_comment_is_about_the_block_it_stands_in() {
        assert_eq!(about("Раз\nдва <!-- а -->\nтри.\n\nЧетыре.\n"), ["Раз\nдва <!-- а -->\nтри."]);
        assert_eq!(about("- раз\n- два <!-- а -->\n- три\n"), ["- два <!-- а -->"]);
        assert_eq!(about("| а | б <!-- а --> |\n|---|---|\n| 1 | 2 |\n"), ["б <!-- а -->"]);
        assert_eq!(about("## Шаг <!-- а -->\n\nСлова.\n"), ["## Шаг <!-- а -->"]);
        assert_eq!(about("> Раз <!-- а -->\r\n>\r\n> Два.\r\n"), ["Раз <!-- а -->"]);
    }

    #[test]
    fn a_comment_that_stands_alone_is_about_the_block_behind_it() {
        assert_eq!(about("Раз.\n\n<!-- а -->\nДва.\n\nТри.\n"), ["Два."]);
        assert_eq!(about("Раз.\n\n<!-- а -->\n\n<!-- б -->\n\nДва.\n"), ["Два.", "Два."]);
        assert_eq!(about("<!-- а -->\n```rust cell\nx\n```\n\nРаз.\n"), ["```rust cell\nx\n```"]);
        assert_eq!(about("<!-- а -->\n\n| а |\n|---|\n| 1 |\n\nРаз.\n"), ["| а |\n|---|\n| 1 |"]);
        assert_eq!(about("<!-- а -->\n\n- раз\n- два\n"), ["- раз"]);
        assert_eq!(about("<!-- а -->\n\n- раз\n\n  два\n"), ["раз"]);
        assert_eq!(
            about("<!-- а -->\n\n<details><summary>Ответ</summary>\n\nДа.\n\n</details>\n"),
            ["<details><summary>Ответ</summary>"]
        );
        assert_eq!(about("Раз.\n\n<!-- а -->\n"), ["—"]);
    }
}
