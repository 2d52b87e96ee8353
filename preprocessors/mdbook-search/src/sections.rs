//! A page cut into sections at its headings.

use std::collections::BTreeSet;

use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use page::anchor::{anchor, unique};
use page::markup::{self, Kind, Markup, markup};

/// How much a text matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Plain text.
    Text,
    /// Emphasised: where a term is introduced.
    Term,
    /// Under a figure or over a table.
    Caption,
    /// A heading.
    Heading,
}

/// The text from one heading to the next.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The anchor; empty for the beginning of a page.
    pub id: String,
    /// The heading; empty for a page without one.
    pub title: String,
    /// The texts in their order.
    pub texts: Vec<(Field, String)>,
}

/// The sections of a page that mdBook reads with these options; the first is what the page begins with.
pub fn cut(markdown: &str, options: &MarkdownOptions) -> Vec<Section> {
    let mut reader = Reader { sections: vec![Section::default()], ..Reader::default() };
    for event in new_cmark_parser(markdown, options) {
        reader.read(event);
    }
    reader.sections
}

/// Elements whose content is not prose.
const SKIPPED_TAGS: &[&str] = &["math", "pre", "script", "style", "summary", "svg", "template"];
const SKIPPED_CLASSES: &[&str] = &["cell-output", "katex", "katex-display", "math-display", "math-inline"];

fn is_skipped(tag: &markup::Tag) -> bool {
    let classes = tag.attributes.iter().find(|attribute| attribute.name == "class");
    let mut classes = classes.iter().flat_map(|attribute| attribute.value.split_whitespace());
    SKIPPED_TAGS.contains(&&*tag.name) || classes.any(|class| SKIPPED_CLASSES.contains(&class))
}

/// Counts one tag inside of an element that is skipped, of which `open` of the same name are open; whether it is over. Formulas have
/// thousands of them, of which only the names matter.
fn count(tag: &str, skipped: &str, open: &mut usize) -> bool {
    let is_end = tag.starts_with("</");
    let rest = tag.trim_start_matches(['<', '/']);
    let name = &rest[..rest.find(|letter: char| letter.is_whitespace() || "/>".contains(letter)).unwrap_or(rest.len())];
    if !name.eq_ignore_ascii_case(skipped) {
        return false;
    }
    *open = if is_end { *open - 1 } else { *open + 1 };
    *open == 0
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    heading: Option<Heading>,
    generated: BTreeSet<String>,
    emphasis: usize,
    captions: usize,
    /// A skipped element and how many of its name are open.
    skipped: Option<(String, usize)>,
    in_code: bool,
    block: Option<String>,
}

struct Heading {
    level: HeadingLevel,
    id: Option<String>,
    text: String,
    /// False when something was left out of the text, so that mdBook's anchor cannot be told from it.
    is_whole: bool,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let id = id.map(|id| id.to_string());
                self.heading = Some(Heading { level, id, text: String::new(), is_whole: true });
            }
            Event::End(TagEnd::Heading(_)) => self.finish_heading(),
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            // A nested point begins where the words of the outer one end.
            Event::Start(Tag::Item) => self.text(" "),
            Event::Start(Tag::Emphasis | Tag::Strong) => self.emphasis += 1,
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => self.emphasis -= 1,
            Event::Start(Tag::HtmlBlock) => self.block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let block = self.block.take().unwrap_or_default();
                self.html(&block);
            }
            Event::Html(html) => self.block.get_or_insert_default().push_str(&html),
            Event::InlineHtml(html) => match &mut self.skipped {
                Some((skipped, open)) => {
                    let is_over = count(&html, skipped, open);
                    if is_over {
                        self.skipped = None;
                    }
                }
                None => self.html(&html),
            },
            Event::Text(text) if !self.in_code => self.text(&text),
            Event::Code(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => self.text(" "),
            _ => {}
        }
    }

    fn html(&mut self, html: &str) {
        for Markup { kind, range } in markup(html) {
            match (kind, &mut self.skipped) {
                (Kind::Open(tag), Some((skipped, open))) if tag.name == *skipped => *open += 1,
                (Kind::Close(name), Some((skipped, open))) if name == *skipped => {
                    *open -= 1;
                    if *open == 0 {
                        self.skipped = None;
                    }
                }
                (_, Some(_)) | (Kind::Comment(_), None) => {}
                (Kind::Open(tag), None) => {
                    if is_skipped(&tag) {
                        self.skipped = Some((tag.name, 1));
                    } else if tag.name == "figcaption" {
                        self.captions += 1;
                    }
                }
                (Kind::Close(name), None) if name == "figcaption" => self.captions = self.captions.saturating_sub(1),
                (Kind::Close(_), None) if self.heading.is_none() => self.text(" "),
                (Kind::Close(_), None) => {}
                (Kind::Words, None) => self.text(&html[range]),
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            if let Some(heading) = &mut self.heading {
                heading.is_whole = false;
            }
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            return;
        }
        let field = match (self.captions, self.emphasis) {
            (0, 0) => Field::Text,
            (0, _) => Field::Term,
            _ => Field::Caption,
        };
        let texts = &mut self.sections.last_mut().expect("a page has a section").texts;
        match texts.last_mut() {
            Some((last, joined)) if *last == field || text.trim().is_empty() => joined.push_str(text),
            _ => texts.push((field, text.to_owned())),
        }
    }

    fn finish_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let title = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = match heading.id {
            Some(id) => Some(id),
            None if heading.is_whole => Some(unique(&anchor(&heading.text), &mut self.generated)),
            None => None,
        };
        let is_first = self.sections.len() == 1 && self.sections[0].title.is_empty();
        let last = self.sections.last_mut().expect("a page has a section");
        match (heading.level, id) {
            (HeadingLevel::H1, _) if is_first => last.title.clone_from(&title),
            (HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3, Some(id)) => {
                self.sections.push(Section { id, title: title.clone(), texts: Vec::new() });
            }
            _ => {}
        }
        self.sections.last_mut().expect("a page has a section").texts.push((Field::Heading, title));
    }
}
