//! A lecture taken apart.

use std::collections::BTreeSet;
use std::ops::Range;

use diagnostic::{Diagnostic, Place, any_of, near};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

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
    Heading { level: HeadingLevel, id: Option<String>, text: String },
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

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Words of the text, spoilers and code aside.
    pub words: usize,
    /// Formulas on their own lines.
    pub formulas: usize,
    /// Labelled formulas that a check is named for.
    pub checked: usize,
    /// Cells.
    pub cells: usize,
    /// Claims and assertions.
    pub checks: usize,
    /// Numbered figures.
    pub plots: usize,
    /// Exercises.
    pub exercises: usize,
    /// Questions with hidden answers.
    pub questions: usize,
    /// Different sources: cited, or listed in the section `{#sources}`.
    pub sources: usize,
}

impl Lecture {
    /// Reads the page `path`, whose text is `text`.
    pub fn read(path: &str, text: &str) -> Self {
        let mut reader = Reader { text, ..Reader::default() };
        for (event, range) in Parser::new_ext(text, page::outline::extensions()).into_offset_iter() {
            reader.read(event, range);
        }
        Self { path: path.to_owned(), parts: reader.parts }
    }

    /// Counts what there is.
    pub fn facts(&self) -> Facts {
        let count = |is: fn(&What) -> bool| self.parts.iter().filter(|part| is(&part.what)).count();
        let words = self.parts.iter().filter(|part| !part.folded).map(|part| match part.what {
            What::Words(words) => words,
            _ => 0,
        });
        let asserts = self.parts.iter().map(|part| match part.what {
            What::Cell { asserts, .. } => asserts,
            _ => 0,
        });
        let tasks = crate::tasks::tasks(self);
        Facts {
            words: words.sum(),
            formulas: count(|what| matches!(what, What::Formula { display: true, .. })),
            checked: self.checked().0.len(),
            cells: count(|what| matches!(what, What::Cell { .. })),
            checks: asserts.sum::<usize>() + count(|what| *what == What::Claim),
            plots: count(|what| matches!(what, What::Cell { words, .. } if words.contains("#fig-"))),
            exercises: tasks.exercises.len(),
            questions: tasks.questions,
            sources: self.sources(),
        }
    }

    /// The labels of formulas that checks are named for, and what is wrong with the marks.
    pub fn checked(&self) -> (BTreeSet<String>, Vec<Diagnostic>) {
        let labels: BTreeSet<&String> = self
            .parts
            .iter()
            .flat_map(|part| match &part.what {
                What::Formula { labels, .. } => labels.as_slice(),
                _ => &[],
            })
            .collect();
        let mut checked = BTreeSet::new();
        let mut mistakes = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let What::Comment { name, value } = &part.what else { continue };
            if name != "checks" {
                continue;
            }
            let place = Place::new(&self.path, part.range.clone());
            if !self.is_beside_a_check(at) {
                let message = "nothing beside this mark checks a formula".to_owned();
                let help =
                    "put it into the paragraph of the claim, or on the line before the cell that has the `assert!`";
                mistakes.push(Diagnostic::error("checks", message, place.clone()).help(help));
            }
            for label in value.split(',').map(str::trim) {
                if labels.contains(&label.to_owned()) {
                    checked.insert(label.to_owned());
                } else {
                    let message = format!("no formula of this page has the label `{label}`");
                    let help = match near(label, labels.iter().map(|label| label.as_str())) {
                        meant if meant.is_empty() => format!("label it: `\\label{{{label}}}`"),
                        meant => format!("did you mean {}?", any_of(&meant)),
                    };
                    mistakes.push(Diagnostic::error("checks", message, place.clone()).help(help));
                }
            }
        }
        (checked, mistakes)
    }

    /// Labels that neither a link, `linked`, nor a check asks for.
    pub fn unused_labels(&self, linked: &BTreeSet<String>) -> Vec<Diagnostic> {
        let (checked, _) = self.checked();
        let formulas = self.parts.iter().filter_map(|part| match &part.what {
            What::Formula { labels, .. } => Some((&part.range, labels)),
            _ => None,
        });
        let labels = formulas.flat_map(|(range, labels)| labels.iter().map(move |label| (range, label)));
        labels
            .filter(|(_, label)| !linked.contains(*label) && !checked.contains(*label))
            .map(|(range, label)| {
                let message = format!("nothing refers to the formula `{label}`");
                Diagnostic::warning("unused-label", message, Place::new(&self.path, range.clone()))
                    .help("link it, or name it where it is checked, or take its number away: a number that nobody needs distracts")
            })
            .collect()
    }

    /// A claim in the same paragraph or line, a cell with an assertion next to the mark.
    fn is_beside_a_check(&self, at: usize) -> bool {
        let here = &self.parts[at].range;
        let paragraph = self.parts[..at].iter().rev().find(|part| {
            matches!(part.what, What::Paragraph { .. }) && part.range.start <= here.start && here.end <= part.range.end
        });
        let claims = self.parts.iter().filter(|part| part.what == What::Claim).any(|claim| match paragraph {
            Some(paragraph) => paragraph.range.start <= claim.range.start && claim.range.end <= paragraph.range.end,
            None => claim.range.start.abs_diff(here.end) <= 2 || claim.range.end.abs_diff(here.start) <= 2,
        });
        let is_assertion = |part: &Part| matches!(part.what, What::Cell { asserts, .. } if asserts > 0);
        let is_between = |part: &&Part| !matches!(part.what, What::Comment { .. } | What::Words(0));
        let next = self.parts[at + 1..].iter().find(is_between);
        let previous = self.parts[..at].iter().rev().find(is_between);
        claims || next.is_some_and(is_assertion) || previous.is_some_and(is_assertion)
    }

    fn sources(&self) -> usize {
        let mut keys = BTreeSet::new();
        let mut listed = 0;
        let mut section = None;
        for part in &self.parts {
            match &part.what {
                What::Heading { level, id, .. } => match section {
                    _ if id.as_deref() == Some("sources") => section = Some(*level),
                    Some(open) if *level <= open => section = None,
                    _ => {}
                },
                What::Citations(cited) => keys.extend(cited.iter().cloned()),
                What::Comment { name, value } if name == "sources" => {
                    keys.extend(value.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned));
                }
                What::Item if section.is_some() => listed += 1,
                _ => {}
            }
        }
        keys.len().max(listed)
    }
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    parts: Vec<Part>,
    depth: usize,
    heading: Option<(Range<usize>, HeadingLevel, Option<String>, String)>,
    paragraph: Option<(usize, bool)>,
    bold: Option<String>,
    code: Option<(Range<usize>, Option<String>, String)>,
}

impl Reader<'_> {
    fn add(&mut self, range: Range<usize>, what: What) {
        let end = range.start + self.text[range.clone()].trim_end().len();
        let range = range.start..end;
        self.parts.push(Part { range, what, folded: self.depth > 0 });
    }

    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.heading = Some((range, level, id.map(|id| id.to_string()), String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((range, level, id, text)) = self.heading.take() {
                    self.add(range, What::Heading { level, id, text: text.trim().to_owned() });
                }
            }
            Event::Start(Tag::Paragraph) => {
                self.add(range, What::Paragraph { bold: None });
                self.paragraph = Some((self.parts.len() - 1, true));
            }
            Event::End(TagEnd::Paragraph) => self.paragraph = None,
            Event::Start(Tag::Strong) if self.paragraph.is_some_and(|(_, begins)| begins) => {
                self.bold = Some(String::new());
            }
            Event::End(TagEnd::Strong) => {
                if let (Some(words), Some((at, _))) = (self.bold.take(), self.paragraph) {
                    self.parts[at].what = What::Paragraph { bold: Some(words) };
                }
            }
            Event::Start(Tag::Item) => self.add(range, What::Item),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let cell = info.strip_prefix("rust cell").map(str::to_owned);
                self.code = Some((range, cell, String::new()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.code = Some((range, None, String::new())),
            Event::End(TagEnd::CodeBlock) => {
                if let Some((range, Some(words), code)) = self.code.take() {
                    let asserts = code.matches("assert!(").count() + code.matches("assert_eq!(").count();
                    self.add(range, What::Cell { words, asserts });
                }
                self.code = None;
            }
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => {
                self.begun();
                if let Some((.., text)) = &mut self.heading {
                    text.push_str(&words);
                }
            }
            Event::InlineMath(_) => self.formula(range, false),
            Event::DisplayMath(_) => self.formula(range, true),
            Event::Html(_) | Event::InlineHtml(_) => self.html(&range),
            _ => {}
        }
    }

    /// Something stands in the paragraph before its bold words.
    fn begun(&mut self) {
        if let Some((_, begins)) = &mut self.paragraph
            && self.bold.is_none()
        {
            *begins = false;
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if let Some((.., code)) = &mut self.code {
            code.push_str(words);
            return;
        }
        self.begun();
        if let Some(bold) = &mut self.bold {
            bold.push_str(words);
        }
        if let Some((.., text)) = &mut self.heading {
            text.push_str(words);
        }
        let count = words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        let cited = citations(&self.text[range.start..], range.len());
        self.add(range.clone(), What::Words(count));
        if !cited.is_empty() {
            self.add(range, What::Citations(cited));
        }
    }

    fn formula(&mut self, range: Range<usize>, display: bool) {
        self.begun();
        let tex = &self.text[range.clone()];
        let labels = tex.split("\\label{").skip(1).filter_map(|rest| rest.split('}').next());
        let labels = labels.map(str::to_owned).collect();
        self.add(range, What::Formula { display, labels });
    }

    fn html(&mut self, range: &Range<usize>) {
        let html = &self.text[range.clone()];
        let mut at = 0;
        while let Some(start) = html[at..].find('<').map(|start| at + start) {
            let rest = &html[start..];
            at = start + 1;
            if let Some(comment) = rest.strip_prefix("<!--") {
                let Some(length) = comment.find("-->") else { continue };
                let place = range.start + start..range.start + start + length + "<!---->".len();
                at = start + length + "<!---->".len();
                let words = comment[..length].trim();
                let (name, value) = words.split_once(':').unwrap_or((words, ""));
                match name {
                    "claim" => self.add(place, What::Claim),
                    name => self.add(place, What::Comment { name: name.to_owned(), value: value.trim().to_owned() }),
                }
            } else if rest.starts_with("<details") {
                self.depth += 1;
            } else if rest.starts_with("</details") {
                self.depth = self.depth.saturating_sub(1);
            } else if let Some(summary) = rest.strip_prefix("<summary>") {
                let title = summary.split("</summary>").next().unwrap_or_default();
                self.add(range.start + start..range.end, What::Summary(title.trim().to_owned()));
            }
        }
    }
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
