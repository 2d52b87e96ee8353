//! What matters here of a page's Markdown: where its prose is, its headings, its comments.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// A page taken apart by mdBook's own parser.
#[derive(Debug, Default)]
pub struct Outline {
    /// Pieces of running text: no code, no formulas, no HTML.
    pub prose: Vec<Range<usize>>,
    /// Headings, whole lines.
    pub headings: Vec<Heading>,
    /// `<!-- … -->` that stand for themselves between blocks.
    pub comments: Vec<Comment>,
    /// HTML that is not a comment.
    pub html: Vec<Range<usize>>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// Its lines.
    pub range: Range<usize>,
    /// Its level.
    pub level: HeadingLevel,
    /// The id that its author gave it.
    pub id: Option<String>,
}

/// An HTML comment.
#[derive(Debug)]
pub struct Comment {
    /// With its delimiters.
    pub range: Range<usize>,
    /// What is between them, without the space around.
    pub text: Range<usize>,
}

impl Outline {
    /// Reads a page.
    pub fn of(text: &str) -> Self {
        let mut outline = Self::default();
        let mut in_code = false;
        let mut block: Option<Range<usize>> = None;
        for (event, range) in Parser::new_ext(text, page::outline::extensions()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::HtmlBlock) => block = Some(range),
                Event::End(TagEnd::HtmlBlock) => outline.html(text, block.take().unwrap_or(range)),
                Event::InlineHtml(_) => outline.html(text, range),
                Event::Start(Tag::Heading { level, id, .. }) => {
                    outline.headings.push(Heading { range, level, id: id.map(|id| id.to_string()) });
                }
                Event::Text(_) if !in_code => outline.prose.push(range),
                _ => {}
            }
        }
        outline
    }

    /// True when the byte is one of running text.
    pub fn is_prose(&self, at: usize) -> bool {
        let next = self.prose.partition_point(|piece| piece.end <= at);
        self.prose.get(next).is_some_and(|piece| piece.contains(&at))
    }

    fn html(&mut self, text: &str, range: Range<usize>) {
        const BEGIN: &str = "<!--";
        const END: &str = "-->";
        let mut at = range.start;
        while let Some(start) = text[at..range.end].find(BEGIN).map(|start| at + start) {
            self.html.push(at..start);
            let inside = start + BEGIN.len();
            let Some(end) = text[inside..range.end].find(END).map(|end| inside + end) else { break };
            let words = text[inside..end].trim();
            let begin = inside + (text[inside..end].len() - text[inside..end].trim_start().len());
            self.comments.push(Comment { range: start..end + END.len(), text: begin..begin + words.len() });
            at = end + END.len();
        }
        self.html.push(at..range.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_formulas_and_html_are_no_prose() {
        let text = "# Шаг {#шаг}\n\nСлово `код` и $x$ <b>да</b> <!-- claim: x -->.\n\n```rust\nlet y;\n```\n\n<!-- sources -->\n";
        let outline = Outline::of(text);
        let prose: Vec<&str> = outline.prose.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(prose, ["Шаг", "Слово ", " и ", " ", "да", " ", "."]);
        let comments: Vec<&str> = outline.comments.iter().map(|comment| &text[comment.text.clone()]).collect();
        assert_eq!(comments, ["claim: x", "sources"]);
        assert_eq!(outline.headings[0].id.as_deref(), Some("шаг"));
    }
}
