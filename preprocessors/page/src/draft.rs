//! A page on its way to the reader: its text as it is now, and which bytes of it the author wrote.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use diagnostic::Place;

use crate::difference::difference;
use crate::edit::{Edit, apply, in_order};

/// A page and its history; a copy has the texts in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Path from the book's root with forward slashes, `src/math/svd.md`.
    path: String,
    written: Arc<String>,
    text: Arc<String>,
    /// In the order of the text, which they cover; unknown until somebody asks, for a page that came without its history.
    runs: OnceLock<Vec<Run>>,
}

/// Bytes that became others together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    now: Range<usize>,
    written: Range<usize>,
    /// They are the same bytes.
    is_same: bool,
}

/// Where some bytes of a page came from: bytes of what the author wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// He wrote them, though what lies between their ends may have changed.
    Written(Range<usize>),
    /// They were made of what stands there.
    Made(Range<usize>),
}

impl Draft {
    /// The page as its author wrote it.
    pub fn new(path: impl Into<String>, written: impl Into<String>) -> Self {
        let written = Arc::new(written.into());
        let runs = vec![Run { now: 0..written.len(), written: 0..written.len(), is_same: true }];
        Self { path: path.into(), text: Arc::clone(&written), written, runs: runs.into() }
    }

    /// The page of which others have made `text`: what is the same in both is the author's.
    pub fn aligned(path: impl Into<String>, written: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            written: Arc::new(written.into()),
            text: Arc::new(text.into()),
            runs: OnceLock::new(),
        }
    }

    /// The page of which others have now made `text`.
    #[must_use]
    pub fn became(&self, text: &str) -> Self {
        if text == *self.text { self.clone() } else { self.edited(&self.difference(text)) }
    }

    /// What makes `text` of it.
    pub fn difference(&self, text: &str) -> Vec<Edit> {
        difference(&self.text, text)
    }

    /// Path from the book's root with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the author wrote.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been changed.
    pub fn is_as_written(&self) -> bool {
        self.text == self.written
    }

    /// The page with edits made.
    #[must_use]
    pub fn edited(&self, edits: &[Edit]) -> Self {
        // Laying the last text beside the file says as much as doing so with each on the way.
        if self.runs.get().is_none() {
            let text = Arc::new(apply(&self.text, edits));
            return Self { text, runs: OnceLock::new(), ..self.clone() };
        }
        let mut runs = Vec::new();
        let mut text = String::with_capacity(self.text.len());
        let mut copied = 0;
        for edit in in_order(edits) {
            self.keep(copied..edit.range.start, text.len(), &mut runs);
            text.push_str(&self.text[copied..edit.range.start]);
            let from = match self.origin(&edit.range) {
                Origin::Written(from) | Origin::Made(from) => from,
            };
            let begin = text.len();
            let mut made = begin;
            for (place, old) in &edit.moved {
                push(&mut runs, Run { now: made..begin + place.start, written: from.clone(), is_same: false });
                self.keep(*old..old + place.len(), begin + place.start, &mut runs);
                made = begin + place.end;
            }
            text.push_str(&edit.text);
            push(&mut runs, Run { now: made..text.len(), written: from, is_same: false });
            copied = edit.range.end;
        }
        self.keep(copied..self.text.len(), text.len(), &mut runs);
        text.push_str(&self.text[copied..]);
        Self { path: self.path.clone(), written: Arc::clone(&self.written), text: Arc::new(text), runs: runs.into() }
    }

    /// Where the bytes `range` of the text came from.
    pub fn origin(&self, range: &Range<usize>) -> Origin {
        let first = self.run(range.start, Side::Right);
        let last = if range.is_empty() { first } else { self.run(range.end, Side::Left) };
        // An empty page has none.
        let (Some(first), Some(last)) = (first, last) else { return Origin::Written(0..0) };
        let start =
            if first.is_same { first.written.start + (range.start - first.now.start) } else { first.written.start };
        let end = if last.is_same { last.written.start + (range.end - last.now.start) } else { last.written.end };
        // What was moved may stand before what it was taken from.
        let place = start.min(end)..end.max(start);
        if first.is_same && last.is_same && start <= end { Origin::Written(place) } else { Origin::Made(place) }
    }

    /// The place in the author's file for a message about the bytes `range` of the text.
    pub fn place(&self, range: &Range<usize>) -> Place {
        match self.origin(range) {
            Origin::Written(place) => Place::new(&self.path, place),
            Origin::Made(place) => {
                // The first line says enough: what was made of a cell is made of all of it.
                let line = self.written[place.clone()].find('\n').map_or(place.end, |length| place.start + length);
                Place::new(&self.path, place.start..line)
            }
        }
    }

    /// Copies the runs of the old bytes `range`, which now begin at `at`.
    fn keep(&self, range: Range<usize>, at: usize, runs: &mut Vec<Run>) {
        let known = self.runs();
        let first = known.partition_point(|run| run.now.end <= range.start);
        for run in known[first..].iter().take_while(|run| run.now.start < range.end) {
            let now = run.now.start.max(range.start)..run.now.end.min(range.end);
            let written = if run.is_same {
                let start = run.written.start + (now.start - run.now.start);
                start..start + now.len()
            } else {
                run.written.clone()
            };
            let now = at + (now.start - range.start)..at + (now.end - range.start);
            push(runs, Run { now, written, is_same: run.is_same });
        }
    }

    /// The run that holds the letter on one side of the byte `at`.
    fn run(&self, at: usize, side: Side) -> Option<&Run> {
        let is_before = |run: &Run| match side {
            Side::Right => run.now.end <= at,
            Side::Left => run.now.end < at,
        };
        let runs = self.runs();
        runs.get(runs.partition_point(is_before)).or_else(|| runs.last())
    }

    fn runs(&self) -> &[Run] {
        self.runs.get_or_init(|| {
            let written = Self::new("", self.written.as_str());
            written.became(&self.text).runs.into_inner().expect("what began as it was written has its history")
        })
    }
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

fn push(runs: &mut Vec<Run>, run: Run) {
    if !run.now.is_empty() {
        runs.push(run);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written<'a>(draft: &'a Draft, words: &str) -> &'a str {
        let at = draft.text().find(words).unwrap();
        match draft.origin(&(at..at + words.len())) {
            Origin::Written(range) | Origin::Made(range) => &draft.written()[range],
        }
    }

    const PAGE: &str =
        "# Шаг\n\n```rust cell\n//| caption: Кривая $x$\nf()\n```\n\nРавно `=x`, то есть $\\val{x} + 1$.\n";

    fn steps() -> Draft {
        let fence = PAGE.find("```").unwrap()..PAGE.find("\n\nРавно").unwrap();
        let caption = PAGE.find("Кривая").unwrap()..PAGE.find("\nf()").unwrap();
        let value = PAGE.find("`=x`").unwrap();
        let in_formula = PAGE.find("\\val{x}").unwrap();
        let draft = Draft::new("a.md", PAGE);
        let draft = draft.edited(&[
            Edit::new(fence, "<figure>7</figure> Кривая $x$ <b>").with_moved(PAGE, caption),
            Edit::new(value..value + 4, "3,14"),
            Edit::new(in_formula..in_formula + 7, "3{,}14"),
        ]);
        let at = draft.text().find("$x$").unwrap();
        draft.edited(&[Edit::new(at..at + 3, "<i>x</i>"), Edit::insert(0, "<p>начало</p>\n")])
    }

    #[test]
    fn bytes_know_where_they_come_from_through_all_steps() {
        let draft = steps();
        assert_eq!(written(&draft, "Шаг"), "Шаг");
        assert_eq!(written(&draft, "Кривая"), "Кривая");
        assert_eq!(written(&draft, "<i>x</i>"), "$x$");
        assert!(written(&draft, "7").starts_with("```rust cell"));
        assert_eq!(written(&draft, "3,14"), "`=x`");
        assert_eq!(written(&draft, "$3{,}14 + 1$"), "$\\val{x} + 1$");
        assert_eq!(written(&draft, "начало"), "");
        let made = draft.text().find("7").unwrap();
        assert_eq!(&PAGE[draft.place(&(made..made + 1)).range], "```rust cell");
    }

    #[test]
    fn without_the_edits_the_texts_are_laid_side_by_side() {
        let known = steps();
        let draft = Draft::aligned("a.md", PAGE, known.text());
        for words in ["Шаг", "Равно ", "$3{,}14 + 1$"] {
            assert_eq!(written(&draft, words), written(&known, words));
        }
        assert!(Draft::aligned("a.md", PAGE, PAGE).is_as_written());
    }

    proptest! {
        #[test]
        fn bytes_that_are_the_same_are_the_same(old in "[аb \n]{0,40}", new in "[аb \n]{0,40}") {
            let draft = Draft::aligned("a.md", &*old, &*new);
            let mut at = 0;
            for run in draft.runs() {
                prop_assert_eq!(run.now.start, at);
                at = run.now.end;
                if run.is_same {
                    prop_assert_eq!(&new[run.now.clone()], &old[run.written.clone()]);
                }
            }
            prop_assert_eq!(at, new.len());
        }
    }
}
