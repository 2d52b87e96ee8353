//! A lecture taken apart.

use std::ops::Range;

use page::Outline;
use page::comment::said;
use page::markup::{Kind, Markup};
use page::outline::{self, Piece};

use crate::prose;

/// What stands on a page, in its order.
#[derive(Debug, Default)]
pub struct Lecture {
    /// Its file from the book's root.
    pub path: String,
    pub(crate) parts: Vec<Part>,
}

/// A piece of a page.
#[derive(Debug)]
pub(crate) struct Part {
    pub range: Range<usize>,
    pub what: What,
    /// Inside of a spoiler.
    pub folded: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum What {
    Heading { level: u8, id: Option<String>, text: String },
    Paragraph { bold: Option<String> },
    Words(usize),
    Formula { display: bool, labels: Vec<String> },
    Cell { words: String, asserts: usize },
    Claim,
    Comment { name: String, value: String },
    Summary(String),
    Citations(Vec<String>),
    Item,
}

impl Lecture {
    /// Reads the page `path`, whose text is `text`.
    pub fn read(path: &str, text: &str) -> Self {
        let outline = Outline::of(text);
        let blocks = prose::blocks(text, &outline);
        let words = |index: usize, piece: &Piece| {
            let what = What::Words(blocks.get(&index)?.words());
            Some(Part { range: piece.range.clone(), what, folded: piece.folded })
        };
        let pieces = outline.pieces.iter().enumerate();
        let parts = pieces.flat_map(|(index, piece)| {
            let parts = parts(text, &outline, index, piece);
            parts.into_iter().chain(words(index, piece))
        });
        Self { path: path.to_owned(), parts: parts.collect() }
    }
}

/// What a piece of the page is for us.
fn parts(text: &str, outline: &Outline, index: usize, piece: &Piece) -> Vec<Part> {
    let bytes = &text[piece.range.clone()];
    let range = piece.range.start..piece.range.start + bytes.trim_end().len();
    let part = |what| Part { range: range.clone(), what, folded: piece.folded };
    let what = match &piece.what {
        outline::What::Heading(heading) => {
            let words = outline.words(text, index).trim().to_owned();
            What::Heading { level: heading.level, id: heading.id.clone(), text: words }
        }
        outline::What::Paragraph => What::Paragraph { bold: bold(text, outline, index) },
        outline::What::Item => What::Item,
        outline::What::Fence(fence) => {
            let Some(words) = text[fence.info.clone()].strip_prefix("rust cell") else { return Vec::new() };
            let asserts = |line: &str| line.matches("assert!(").count() + line.matches("assert_eq!(").count();
            let asserts = fence.lines.iter().map(|line| asserts(&text[line.clone()])).sum();
            What::Cell { words: words.to_owned(), asserts }
        }
        outline::What::Text(_) => {
            let cited = citations(&text[piece.range.start..], bytes.len());
            return (!cited.is_empty()).then(|| part(What::Citations(cited))).into_iter().collect();
        }
        outline::What::Formula(formula) => {
            let labels = bytes.split("\\label{").skip(1).filter_map(|rest| rest.split('}').next());
            What::Formula { display: formula.is_display, labels: labels.map(str::to_owned).collect() }
        }
        outline::What::Comment(inside) => {
            let comment = said(&text[inside.clone()]);
            match comment.name {
                "claim" => What::Claim,
                name => What::Comment { name: name.to_owned(), value: comment.value.to_owned() },
            }
        }
        outline::What::Markup(Markup { kind: Kind::Open(tag), .. }) if tag.name == "summary" => {
            let behind = &text[piece.range.end..];
            let title = behind.split("</summary>").next().unwrap_or_default();
            What::Summary(title.trim().to_owned())
        }
        _ => return Vec::new(),
    };
    vec![part(what)]
}

/// The bold words that a paragraph begins with.
fn bold(text: &str, outline: &Outline, paragraph: usize) -> Option<String> {
    let inside = outline.inside(paragraph).iter().enumerate();
    let mut words =
        inside.filter(|(_, piece)| !matches!(piece.what, outline::What::Markup(_) | outline::What::Comment(_)));
    let (at, first) = words.next()?;
    (first.what == outline::What::Strong).then(|| outline.words(text, paragraph + 1 + at))
}

/// Keys of `[@a; @b]` that begins in the first bytes of a text: the parser cuts words at brackets.
fn citations(text: &str, length: usize) -> Vec<String> {
    let begins = text[..length].match_indices('[').map(|(at, _)| at);
    let inside = begins.filter_map(|at| text[at..].strip_prefix("[@")?.split(']').next());
    inside
        .flat_map(|inside| inside.split(';'))
        .map(|item| item.trim().trim_start_matches('@').split(',').next().unwrap_or_default().trim().to_owned())
        .collect()
}
