//! A page as the parser sees it.

use std::ops::Range;

use page::Outline;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A page, parsed once for all rules.
pub struct Page<'a> {
    /// Its text.
    pub text: &'a str,
    /// What the parser says, with places.
    pub events: Vec<(Event<'a>, Range<usize>)>,
    /// `[name]: address` lines: the name, the place.
    pub definitions: Vec<(String, Range<usize>)>,
    /// Its pieces.
    pub outline: Outline,
}

impl<'a> Page<'a> {
    /// Reads a page.
    pub fn of(text: &'a str) -> Self {
        let parser = Parser::new_ext(text, page::outline::extensions());
        let definitions = parser.reference_definitions().iter();
        let mut definitions: Vec<_> =
            definitions.map(|(name, definition)| (name.to_owned(), definition.span.clone())).collect();
        definitions.sort_by_key(|(_, range)| range.start);
        Self { text, events: parser.into_offset_iter().collect(), definitions, outline: Outline::of(text) }
    }

    /// The pieces of running text, code aside, block by block.
    pub fn blocks(&self) -> Vec<Vec<Range<usize>>> {
        let mut blocks = vec![Vec::new()];
        let mut in_code = false;
        for (event, range) in &self.events {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(_) if !in_code => blocks.last_mut().expect("there is a first one").push(range.clone()),
                Event::End(
                    TagEnd::Paragraph
                    | TagEnd::Heading(_)
                    | TagEnd::Item
                    | TagEnd::TableCell
                    | TagEnd::FootnoteDefinition,
                )
                | Event::Start(Tag::Item) => blocks.push(Vec::new()),
                _ => {}
            }
        }
        blocks.retain(|block| !block.is_empty());
        blocks
    }

    /// Running text that is shown letter by letter as it is written, so no escape or entity.
    pub fn literal(&self) -> Vec<Range<usize>> {
        let mut literal: Vec<Range<usize>> = Vec::new();
        let mut in_code = false;
        for (event, range) in &self.events {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                // The parser gives every bracket as a text of its own.
                Event::Text(words) if !in_code && self.text[range.clone()] == **words => {
                    match literal.last_mut().filter(|before| before.end == range.start) {
                        Some(before) => before.end = range.end,
                        None => literal.push(range.clone()),
                    }
                }
                _ => {}
            }
        }
        literal
    }

    /// Code of every kind, where a letter may be meant as it is.
    pub fn code(&self) -> Vec<Range<usize>> {
        let mut code = Vec::new();
        let mut in_block = false;
        for (event, range) in &self.events {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_block = true,
                Event::End(TagEnd::CodeBlock) => in_block = false,
                Event::Text(_) if in_block => code.push(range.clone()),
                Event::Code(_) => code.push(range.clone()),
                _ => {}
            }
        }
        code
    }

    /// The line that holds a byte, without its break.
    pub fn line(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        start..end
    }

    /// Whether the line above that of a byte is text that goes on: no other block, and no end of a sentence.
    pub fn is_behind_a_sentence(&self, at: usize) -> bool {
        let Some(above) = self.text[..self.line(at).start].strip_suffix('\n') else { return false };
        let above = above.rsplit('\n').next().unwrap_or_default().trim();
        let goes_on = above.ends_with(|letter: char| letter.is_alphanumeric() || ",—–-(«$`".contains(letter));
        goes_on && !above.starts_with(['#', '|', '<', '`', '~', '>']) && !is_point(above)
    }

    /// True when a backslash stands before a byte and is not escaped itself.
    pub fn is_escaped(&self, at: usize) -> bool {
        let before = &self.text[..at];
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    }
}

fn is_point(line: &str) -> bool {
    let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    line.starts_with(['-', '*', '+']) || (number.len() < line.len() && number.starts_with(['.', ')']))
}
