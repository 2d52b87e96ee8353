//! Events of the parser become pieces.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Fence, Form, Formula, Heading, Link, Outline, Piece, What, level};
use crate::markup::{self, Kind, Markup};
use crate::prices::begins_with_a_price;

/// Reads a text, again without the dollars that turn out to be money: without them others are pairs.
pub(super) fn read(text: &str, extensions: Options) -> Outline {
    let mut masked = Cow::Borrowed(text);
    loop {
        let mut undefined = Vec::new();
        let broken = |link: BrokenLink<'_>| {
            // `[words]` alone is how brackets are written in prose.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) && !link.reference.starts_with('^') {
                undefined.push((link.reference.to_string(), link.span));
            }
            None
        };
        let mut reader = Reader::of(text, &masked);
        for (event, range) in
            Parser::new_with_broken_link_callback(&masked, extensions, Some(broken)).into_offset_iter()
        {
            reader.event(event, range);
        }
        let Reader { pieces, prices, .. } = reader;
        if prices.is_empty() {
            return Outline { pieces, undefined };
        }
        // `%` is as much as `$` to the rest of Markdown.
        for at in prices {
            masked.to_mut().replace_range(at..=at, "%");
        }
    }
}

/// Reads the blocks of code of a text, and nothing else.
pub(super) fn code(text: &str) -> Outline {
    let mut reader = Reader::of(text, text);
    for (event, range) in Parser::new_ext(text, super::extensions() - Options::ENABLE_MATH).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => reader.event(event, range),
            Event::Text(_) if !reader.open.is_empty() => reader.event(event, range),
            _ => {}
        }
    }
    Outline { pieces: reader.pieces, undefined: Vec::new() }
}

struct Reader<'a> {
    text: &'a str,
    /// The text without the dollars that are known to be money.
    masked: &'a str,
    pieces: Vec<Piece>,
    /// The pieces that are open, the innermost last.
    open: Vec<usize>,
    /// How many `<details>` are open.
    depth: usize,
    /// Dollars that begin what looks like a formula and are money.
    prices: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str, masked: &'a str) -> Self {
        Self { text, masked, pieces: Vec::new(), open: Vec::new(), depth: 0, prices: Vec::new() }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                let what = self.opening(tag, &range);
                let index = self.pieces.len();
                self.push(range, what);
                self.open.push(index);
            }
            Event::End(_) => self.close(),
            Event::Text(words) => self.words(&words, range),
            Event::Code(_) => {
                let ticks = self.text[range.clone()].bytes().take_while(|byte| *byte == b'`').count();
                let inside = range.start + ticks..range.end - ticks;
                self.push(range, What::Code(inside));
            }
            Event::InlineMath(tex) => self.formula(&tex, range, false),
            Event::DisplayMath(tex) => self.formula(&tex, range, true),
            // A block is read as a whole when it ends: a tag may be broken over its lines.
            Event::Html(_) => {}
            Event::InlineHtml(_) => self.markup(&range),
            Event::FootnoteReference(name) => self.push(range, What::FootnoteMark(name.into_string())),
            Event::SoftBreak => self.push(range, What::SoftBreak),
            Event::HardBreak => self.push(range, What::HardBreak),
            Event::Rule => self.push(range, What::Rule),
            Event::TaskListMarker(_) => self.push(range, What::Task),
        }
    }

    fn push(&mut self, range: Range<usize>, what: What) {
        let parent = self.open.last().copied();
        self.pieces.push(Piece { range, parent, folded: self.depth > 0, what });
    }

    fn opening(&self, tag: Tag<'_>, range: &Range<usize>) -> What {
        match tag {
            Tag::Heading { level: of, id, classes, attrs } => What::Heading(Heading {
                level: level(of),
                id: id.map(|id| id.into_string()),
                has_attributes: !classes.is_empty() || !attrs.is_empty(),
            }),
            Tag::BlockQuote(alert) => What::Quote(alert),
            Tag::List(first) => What::List(first),
            Tag::Item => What::Item,
            Tag::Table(_) => What::Table,
            Tag::TableHead | Tag::TableRow => What::Row,
            Tag::TableCell => What::TableCell,
            Tag::FootnoteDefinition(name) => What::Footnote(name.into_string()),
            Tag::DefinitionList => What::Definitions,
            Tag::DefinitionListTitle => What::Term,
            Tag::DefinitionListDefinition => What::Definition,
            Tag::Emphasis => What::Emphasis,
            Tag::Strong => What::Strong,
            Tag::Strikethrough => What::Struck,
            Tag::Link { link_type, dest_url, .. } => {
                What::Link(Link { form: Form::from(link_type), address: dest_url.into_string() })
            }
            Tag::Image { link_type, dest_url, .. } => {
                What::Picture(Link { form: Form::from(link_type), address: dest_url.into_string() })
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => What::Fence(self.fence(range)),
            Tag::CodeBlock(CodeBlockKind::Indented) => What::Indented,
            Tag::HtmlBlock => What::Html,
            Tag::Paragraph | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => What::Paragraph,
        }
    }

    fn fence(&self, range: &Range<usize>) -> Fence {
        let text = self.text;
        let line = range.start..range.start + text[range.start..].find('\n').unwrap_or(text.len() - range.start);
        let length = text[line.clone()].bytes().take_while(|byte| matches!(byte, b'`' | b'~')).count();
        let marks = line.start..line.start + length;
        let words = text[marks.end..line.end].trim();
        let start = marks.end + (text[marks.end..line.end].len() - text[marks.end..line.end].trim_start().len());
        Fence { info: start..start + words.len(), marks, lines: Vec::new(), is_closed: false }
    }

    fn close(&mut self) {
        let Some(index) = self.open.pop() else { return };
        let range = self.pieces[index].range.clone();
        let text = self.text;
        match &mut self.pieces[index].what {
            What::Fence(fence) => {
                for line in &mut fence.lines {
                    line.end = line.start + text[line.clone()].trim_end_matches('\r').len();
                }
                fence.is_closed = is_closed(text, &range, fence);
            }
            What::Html => {
                self.open.push(index);
                self.markup(&range);
                self.open.pop();
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        let text = self.text;
        let fence = self.open.last().and_then(|index| match &mut self.pieces[*index].what {
            What::Fence(fence) => Some(fence),
            _ => None,
        });
        if let Some(fence) = fence {
            push_lines(&mut fence.lines, text, &range);
            return;
        }
        let is_indented = self.open.last().is_some_and(|index| self.pieces[*index].what == What::Indented);
        if is_indented {
            return;
        }
        // The dollars that are money came back as other letters.
        let masked = &self.masked[range.clone()];
        let differs = (words != masked).then(|| words.into());
        self.push(range, What::Text(differs));
    }

    fn formula(&mut self, tex: &str, range: Range<usize>, is_display: bool) {
        let is_money = self.text[range.clone()] != self.masked[range.clone()];
        if is_money || (!is_display && begins_with_a_price(self.text, &range)) {
            self.prices.push(range.start);
            return;
        }
        self.push(range, What::Formula(Formula { is_display, tex: tex.to_owned() }));
    }

    fn markup(&mut self, range: &Range<usize>) {
        for piece in markup::markup(&self.text[range.clone()]) {
            let piece = moved(piece, range.start);
            match &piece.kind {
                Kind::Close(name) if name == "details" => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            let opens = matches!(&piece.kind, Kind::Open(tag) if tag.name == "details");
            let range = piece.range.clone();
            let what = match piece.kind {
                Kind::Comment(inside) => What::Comment(inside),
                _ => What::Markup(piece),
            };
            self.push(range, what);
            self.depth += usize::from(opens);
        }
    }
}

/// A piece of HTML whose bytes were counted from `by`.
fn moved(piece: Markup, by: usize) -> Markup {
    let shift = |range: Range<usize>| range.start + by..range.end + by;
    let kind = match piece.kind {
        Kind::Open(mut tag) => {
            for attribute in &mut tag.attributes {
                attribute.range = shift(attribute.range.clone());
            }
            Kind::Open(tag)
        }
        Kind::Comment(inside) => Kind::Comment(shift(inside)),
        kind => kind,
    };
    Markup { range: shift(piece.range), kind }
}

/// A line such as "```rust cell", or one that is indented, begins like the end and is code still.
fn is_closed(text: &str, range: &Range<usize>, fence: &Fence) -> bool {
    let block = text[range.clone()].trim_end();
    let Some(last) = block.rfind('\n') else { return false };
    let last_line = range.start + last + 1;
    let is_code = fence.lines.last().is_some_and(|line| line.end > last_line);
    let closing = block[last + 1..].trim_start_matches([' ', '\t', '>']);
    !is_code && closing.starts_with(&text[fence.marks.clone()])
}

/// Splits a piece of a fence's text into lines; a piece that does not begin a line continues the last one.
fn push_lines(lines: &mut Vec<Range<usize>>, text: &str, range: &Range<usize>) {
    let mut start = range.start;
    for piece in text[range.clone()].split_inclusive('\n') {
        let line = start..start + piece.trim_end_matches('\n').len();
        start += piece.len();
        match lines.last_mut() {
            Some(last) if !text[last.start..line.start].contains('\n') => last.end = line.end,
            _ => lines.push(line),
        }
    }
}
