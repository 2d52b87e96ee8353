//! A page cut into sections at its headings, and the terms that it lists.

use std::collections::BTreeSet;

use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use page::anchor::{anchor, unique};
use page::markup::{self, Kind, Markup, markup};

use crate::terms::{Reading, Term};

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
    /// The prose as a reader sees it, with formulas inside of sentences.
    pub shown: String,
    /// Says what will be written.
    pub is_planned: bool,
}

/// A page in pieces.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// The first is what the page begins with.
    pub sections: Vec<Section>,
    /// Terms that it explains.
    pub terms: Vec<Term>,
}

/// What mdBook's reader makes of a page with these options, cut at its headings.
pub fn cut(markdown: &str, options: &MarkdownOptions) -> Cut {
    let mut reader = Reader { sections: vec![Section::default()], ..Reader::default() };
    for event in new_cmark_parser(markdown, options) {
        reader.read(event);
    }
    Cut { sections: reader.sections, terms: reader.terms }
}

/// What stands between comments `search: off`, `search: on` and `search: planned`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    On,
    Off,
    Planned,
}

/// Elements whose content is not prose.
const SKIPPED_TAGS: &[&str] = &["math", "pre", "script", "style", "summary", "svg", "template"];
const SKIPPED_CLASSES: &[&str] =
    &["cell-output", "cell-code", "katex", "katex-display", "math-display", "math-inline", "take"];

fn is_skipped(tag: &markup::Tag) -> bool {
    SKIPPED_TAGS.contains(&&*tag.name) || SKIPPED_CLASSES.iter().any(|class| tag.has_class(class))
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
    mode: Mode,
    formula: Formula,
    /// A list of sources that is open: of their words those that name people are looked for.
    sources: Option<String>,
    term: Option<Reading>,
    terms: Vec<Term>,
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
                    self.formula.tag(&html);
                    let is_over = count(&html, skipped, open);
                    if is_over {
                        self.skipped = None;
                        let formula = self.formula.take();
                        self.show(&formula);
                    }
                }
                None => self.html(&html),
            },
            Event::Start(Tag::Link { dest_url, .. }) => {
                if let Some(term) = &mut self.term {
                    term.link(&dest_url);
                }
            }
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
                (_, Some(_)) => {}
                (Kind::Comment(inside), None) => self.mode = mode(&html[inside]).unwrap_or(self.mode),
                (Kind::Open(tag), None) => self.open(tag),
                (Kind::Close(name), None) if name == "div" && self.term.is_some() => {
                    self.terms.extend(self.term.take().and_then(Reading::finish));
                }
                (Kind::Close(name), None) if self.sources.is_some() && matches!(&*name, "ol" | "ul") => {
                    let names = names(&self.sources.take().unwrap_or_default());
                    self.add(Field::Text, &names);
                }
                (Kind::Close(name), None) if name == "figcaption" => self.captions = self.captions.saturating_sub(1),
                (Kind::Close(_), None) if self.heading.is_none() => self.text(" "),
                (Kind::Close(_), None) => {}
                (Kind::Words, None) => self.text(&html[range]),
            }
        }
    }

    fn open(&mut self, tag: markup::Tag) {
        if is_skipped(&tag) {
            self.skipped = Some((tag.name, 1));
        } else if tag.name == "figcaption" {
            self.captions += 1;
        } else if tag.has_class("sources") {
            self.sources = Some(String::new());
        } else if tag.has_class("term-entry") {
            self.term = Reading::begin(&tag);
        } else if let (true, Some(term)) = (tag.has_class("cited-in"), &mut self.term) {
            term.is_told();
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            self.formula.text(text);
            if let Some(heading) = &mut self.heading {
                heading.is_whole = false;
            }
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
            return;
        }
        if let Some(sources) = &mut self.sources {
            sources.push_str(text);
            return;
        }
        if let Some(term) = &mut self.term {
            term.text(text, self.emphasis > 0);
            return;
        }
        let field = match (self.mode, self.captions, self.emphasis) {
            (Mode::Planned, ..) => Field::Caption,
            (_, 0, 0) => Field::Text,
            (_, 0, _) => Field::Term,
            _ => Field::Caption,
        };
        self.show(text);
        self.add(field, text);
    }

    /// A text that is seen.
    fn show(&mut self, text: &str) {
        match &mut self.term {
            Some(term) => term.text(text, false),
            None if self.mode == Mode::Off || self.heading.is_some() => {}
            None => self.sections.last_mut().expect("a page has a section").shown.push_str(text),
        }
    }

    /// A text that is looked for.
    fn add(&mut self, field: Field, text: &str) {
        if self.mode == Mode::Off {
            return;
        }
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
        if self.mode == Mode::Off {
            return;
        }
        let is_first = self.sections.len() == 1 && self.sections[0].title.is_empty();
        let is_planned = self.mode == Mode::Planned;
        let last = self.sections.last_mut().expect("a page has a section");
        match (heading.level, id) {
            (HeadingLevel::H1, _) if is_first => last.title.clone_from(&title),
            (HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3, Some(id)) => {
                self.sections.push(Section { id, title: title.clone(), is_planned, ..Section::default() });
            }
            _ => {}
        }
        self.sections.last_mut().expect("a page has a section").texts.push((Field::Heading, title));
    }
}

fn mode(comment: &str) -> Option<Mode> {
    match comment.strip_prefix("search:")?.trim() {
        "on" => Some(Mode::On),
        "off" => Some(Mode::Off),
        "planned" => Some(Mode::Planned),
        _ => None,
    }
}

/// Surnames in a list of sources: words in front of initials. Titles would make a third of the index, and nobody asks for their words.
fn names(sources: &str) -> String {
    let words: Vec<&str> = sources.split_whitespace().collect();
    let is_initial = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
    };
    let before = words.windows(2).filter(|pair| is_initial(pair[1]) && !is_initial(pair[0]));
    before.flat_map(|pair| [" ", pair[0]]).collect()
}

/// What a formula inside of a sentence looks like in plain text: the characters of its MathML.
#[derive(Default)]
struct Formula {
    is_open: bool,
    is_source: bool,
    text: String,
}

impl Formula {
    /// A longer one says nothing without its layout.
    const MOST: usize = 24;

    fn tag(&mut self, tag: &str) {
        let is_end = tag.starts_with("</");
        if tag.starts_with("<math") || tag.starts_with("</math") {
            self.is_open = !is_end;
        } else if tag.starts_with("<annotation") || tag.starts_with("</annotation") {
            self.is_source = !is_end;
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_open && !self.is_source {
            self.text.push_str(text);
        }
    }

    fn take(&mut self) -> String {
        let text = std::mem::take(self).text;
        if text.chars().count() > Self::MOST { "…".to_owned() } else { text }
    }
}
