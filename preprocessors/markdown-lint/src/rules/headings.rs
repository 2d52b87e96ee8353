//! Headings that lose a part of their words or have no anchor, and lines that are headings only for one of the two sides.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::page::Page;
use ::page::Finding;

const RULE: &str = "heading";

pub fn check(page: &Page<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut open: Option<Heading> = None;
    let mut above = None;
    for (event, range) in &page.events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                findings.extend(above.replace(*level).and_then(|above| skipped(page, range, above, *level)));
                open = Some(Heading {
                    range: range.clone(),
                    is_named: id.is_some(),
                    words: String::new(),
                    has_formula: false,
                });
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut open {
                    heading.words.push_str(words);
                }
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                if let Some(heading) = &mut open {
                    heading.has_formula = true;
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                findings.extend(open.take().into_iter().flat_map(|heading| heading.check(page)));
            }
            Event::Start(Tag::Paragraph) => findings.extend(without_space(page, range)),
            _ => {}
        }
    }
    findings
}

/// `###` below `#`: who hears the page looks for the level between.
fn skipped(page: &Page<'_>, heading: &Range<usize>, above: HeadingLevel, level: HeadingLevel) -> Option<Finding> {
    let marks = |level: usize| "#".repeat(level);
    let (above, level) = (above as usize, level as usize);
    (level > above + 1).then(|| {
        let line = page.line(heading.start);
        let message = format!("a heading of level {level} follows one of level {above}: a level is left out");
        Finding::new(RULE, heading.start..line.end.min(heading.end), message, format!("write `{} …`", marks(above + 1)))
    })
}

struct Heading {
    range: Range<usize>,
    is_named: bool,
    words: String,
    has_formula: bool,
}

impl Heading {
    fn check(&self, page: &Page<'_>) -> Vec<Finding> {
        [self.braces(page), self.nameless(page), self.underlined(page)].into_iter().flatten().collect()
    }

    /// `{0, 1}` at the end, which is read as attributes.
    fn braces(&self, page: &Page<'_>) -> Option<Finding> {
        let line = page.line(self.range.start);
        let line = line.start.max(self.range.start)..line.end.min(self.range.end);
        let text = page.text[line.clone()].trim_end().trim_end_matches('#').trim_end();
        let inside = text.strip_suffix('}').filter(|inside| !inside.ends_with('\\'))?;
        let begin = inside.rfind('{')?;
        let words = &inside[begin + 1..];
        if page.is_escaped(line.start + begin) || words.split_whitespace().all(is_attribute) && !words.trim().is_empty()
        {
            return None;
        }
        // What is still there was not taken for attributes: braces inside of a formula.
        if self.words.trim_end().ends_with('}') || self.ends_with_formula(page, line.start + inside.len()) {
            return None;
        }
        let place = line.start + begin..line.start + text.len();
        let message = format!("`{{{words}}}` at the end of a heading is read as attributes and not shown");
        let help =
            format!("write it as a formula, `$\\{{{words}\\}}$`, or with `\\{{{words}\\}}`; an id is `{{#name}}`");
        Some(Finding::new(RULE, place, message, help))
    }

    fn ends_with_formula(&self, page: &Page<'_>, brace: usize) -> bool {
        self.has_formula
            && page.events.iter().any(|(event, range)| {
                matches!(event, Event::InlineMath(_) | Event::DisplayMath(_)) && range.contains(&brace)
            })
    }

    /// No letter to make an anchor of.
    fn nameless(&self, page: &Page<'_>) -> Option<Finding> {
        // A heading with a formula gets its id where formulas are typeset.
        if self.is_named || self.has_formula || !page::anchor::anchor(&self.words).is_empty() {
            return None;
        }
        let line = page.line(self.range.start);
        let place = line.start.max(self.range.start)..line.end.min(self.range.end);
        let message = "this heading has no letters to make an anchor of".to_owned();
        Some(Finding::new(RULE, place, message, "give it one: `{#name}` at its end, or write words"))
    }

    /// A paragraph that a line of dashes below makes a heading.
    fn underlined(&self, page: &Page<'_>) -> Option<Finding> {
        // That is front matter, of which more is said.
        if page.text[..self.range.start].trim_matches(['\u{feff}', '\r', '\n']) == "---" {
            return None;
        }
        let text = page.text[self.range.clone()].trim_end();
        if text.trim_start().starts_with('#') {
            return None;
        }
        let (words, line) = text.rsplit_once('\n')?;
        let dashes = line.trim_matches(|letter: char| letter.is_whitespace() || letter == '>');
        let is_line = dashes.chars().all(|letter| letter == '-') || dashes.chars().all(|letter| letter == '=');
        let is_meant = !words.contains('\n') && dashes.len() >= 3;
        if !is_line || is_meant {
            return None;
        }
        let end = self.range.start + text.len();
        let message = "this line makes a heading of the paragraph above".to_owned();
        let help = "leave a blank line between them, or write the heading as `## …`";
        Some(Finding::new(RULE, end - dashes.len()..end, message, help))
    }
}

/// `#id`, `.class`, `key=value`: what an author writes who means attributes.
fn is_attribute(word: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
            && name.chars().all(|letter| letter.is_alphanumeric() || "_-:.".contains(letter))
    };
    match word.strip_prefix(['#', '.']) {
        Some(name) => {
            !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "_-:.".contains(letter))
        }
        None => word.split_once('=').is_some_and(|(key, value)| is_name(key) && !value.is_empty()),
    }
}

/// `##Шаг`, which is a paragraph.
fn without_space(page: &Page<'_>, paragraph: &Range<usize>) -> Option<Finding> {
    let text = &page.text[paragraph.clone()];
    let words = text.trim_start_matches('#');
    let marks = text.len() - words.len();
    // `#слово` is a tag; a sentence begins with a capital.
    let is_heading = match marks {
        1 => words.starts_with(char::is_uppercase),
        2..=6 => words.starts_with(char::is_alphanumeric),
        _ => false,
    };
    is_heading.then(|| {
        let message = "this is no heading: a space is missing behind the marks".to_owned();
        let (marks, place) = (&text[..marks], paragraph.start..paragraph.start + marks);
        Finding::new(RULE, place, message, format!("write `{marks} …`, or `\\{marks}` for the marks themselves"))
    })
}
