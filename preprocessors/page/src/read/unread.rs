//! What stands where Markdown reads something else: a cell inside of HTML or of indented code, a heading behind a tag.

use std::ops::Range;

use super::{Reader, line_at};
use crate::markup::{self, Kind, Markup};
use crate::options;
use crate::outline::{Outline, Piece, What};

impl Reader<'_> {
    pub(super) fn what_is_not_read(&mut self, outline: &Outline) {
        let is_of_code = |what: &What| matches!(what, What::Fence(_) | What::Indented | What::Html | What::Comment(_));
        let mut code = outline.pieces.iter().filter(|piece| is_of_code(&piece.what)).peekable();
        for piece in outline.pieces.iter().filter(|piece| piece.what == What::Html) {
            self.in_html(&piece.range);
        }
        let text = self.text;
        let mut around: Option<&Piece> = None;
        let mut start = 0;
        while start < text.len() {
            let line = line_at(text, start);
            start = line.end + 1;
            let begin = line.end - text[line.clone()].trim_start_matches([' ', '\t', '>', '-', '*', '+']).len();
            // The innermost of those that stand around the line begins last.
            while let Some(next) = code.next_if(|next| next.range.start <= begin) {
                around = Some(next);
            }
            let is_fenced = is_cell(&text[begin..line.end]);
            if !is_fenced && !is_nearly(&text[begin..line.end]) {
                continue;
            }
            match around.filter(|piece| begin < piece.range.end).map(|piece| &piece.what) {
                Some(What::Indented) if is_fenced => {
                    let help = "begin the line further to the left: four blanks more than the text around make it code that is only shown";
                    self.report("unread", "this cell is indented so far that it is not run", begin..line.end, help);
                }
                None if !is_fenced => {
                    let message = "this looks like the beginning of a cell, but its marks make none";
                    self.report("unread", message, begin..line.end, "begin and end a cell with three backticks");
                }
                None => {
                    let help = "begin the cell on a line of its own, indented as the text around it";
                    let message = "this looks like the beginning of a cell, but Markdown does not read it as one";
                    self.report("unread", message, begin..line.end, help);
                }
                Some(_) => {}
            }
        }
    }

    /// The first line of every block that Markdown would have read, had a blank line stood before it.
    fn in_html(&mut self, block: &Range<usize>) {
        const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];
        let text = self.text;
        let pieces = markup::markup(&text[block.clone()]);
        if let Some(open) = pieces.iter().find(|piece| is_open_comment(piece, &text[block.clone()])) {
            let line = line_at(text, block.start + open.range.start);
            let help = "end it with `-->`: what stands behind it is shown to nobody";
            self.report("torn", "this comment is not closed", block.start + open.range.start..line.end, help);
            return;
        }
        let mut raw: Option<&str> = None;
        let mut words: Vec<Range<usize>> = Vec::new();
        for piece in &pieces {
            match &piece.kind {
                Kind::Open(tag) if raw.is_none() => raw = RAW.into_iter().find(|name| *name == tag.name),
                Kind::Close(name) if raw == Some(name) => raw = None,
                Kind::Words if raw.is_none() => {
                    words.push(block.start + piece.range.start..block.start + piece.range.end);
                }
                _ => {}
            }
        }
        let holds = |at: usize| {
            let next = words.partition_point(|words| words.end <= at);
            words.get(next).is_some_and(|words| words.start <= at)
        };
        let mut start = block.start;
        while start < block.end {
            let line = line_at(text, start);
            let shown = line.start.max(block.start)..line.end.min(block.end);
            let begin = shown.end - text[shown.clone()].trim_start_matches([' ', '\t', '>']).len();
            if let Some(what) = block_of_markdown(&text[begin..shown.end]).filter(|_| holds(begin)) {
                let help = "leave a blank line before it: Markdown reads nothing between a tag and the next blank line";
                let message = format!("{what} inside of HTML is not read, it stays as it is written");
                self.report("unread", message, begin..shown.end, help);
                return;
            }
            start = line.end + 1;
        }
    }
}

/// A comment that runs to the end of the page, and takes all of it away.
fn is_open_comment(piece: &Markup, html: &str) -> bool {
    let text = &html[piece.range.clone()];
    piece.kind == Kind::Words && text.starts_with("<!--")
}

/// Whether a line begins like a cell.
fn is_cell(line: &str) -> bool {
    let words = line.trim_start_matches(['`', '~']);
    line.len() - words.len() >= 3 && options::parse(words.trim()).is_some()
}

/// Whether a line begins like a cell with other marks than Markdown's: quotation marks, or too few.
fn is_nearly(line: &str) -> bool {
    const MARKS: &str = "`'\"´‘’“”„′″";
    let words = line.trim_start_matches(|letter| MARKS.contains(letter));
    let is_marked = words.len() < line.len() && !words.contains('`');
    is_marked && !line.starts_with("```") && options::parse(words.trim()).is_some()
}

/// What of Markdown a line begins, if it is something that a reader would miss.
fn block_of_markdown(line: &str) -> Option<&'static str> {
    let marks = line.trim_start_matches('#');
    let level = line.len() - marks.len();
    if is_cell(line) {
        return Some("a cell");
    }
    if (1..=6).contains(&level) && marks.starts_with(' ') {
        return Some("a heading");
    }
    if line.starts_with("```") || line.starts_with("~~~") {
        return Some("a block of code");
    }
    if line.starts_with("$$") {
        return Some("a formula");
    }
    if line.starts_with('|') && line.trim_end().ends_with('|') && line.len() > 2 {
        return Some("a table");
    }
    let point = line.strip_prefix(['-', '*', '+']).is_some_and(|rest| rest.starts_with(' '));
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") "));
    (point || numbered).then_some("a list")
}

#[cfg(test)]
mod tests {
    use crate::read::read;

    fn told(text: &str) -> Vec<String> {
        let (_, mistakes) = read("a.md", text, &[]);
        mistakes.iter().map(|mistake| format!("{} | {}", mistake.message, &text[mistake.place.range.clone()])).collect()
    }

    #[test]
    fn cells_that_markdown_does_not_read_are_told() {
        let texts = [
            "<details><summary>Ответ</summary>\n\nДа.\n\n</details>\n```rust cell\n1\n```\n",
            "<details>\n<summary>Решение</summary>\n```rust cell\nlet x = 2 + 2;\n```\n</details>\n\nКонец.\n",
            "<div class=\"x\"></div>\n## Заголовок\n\n<!-- просто так -->\n```rust cell\n1\n```\n",
            "Шаги:\n\n1. первый\n\nВот код:\n\n    ```rust cell\n    let x = 2;\n    ```\n",
            "- пункт ```rust cell\n  1\n  ```\n",
            "> <b>так</b>\n> ```rust cell\n> 1\n> ```\n\n<section>\n```rust cell\n1\n```\n</section>\n",
            "<!-- claim: x < 0\n\nПропало.\n\n```rust cell\n1\n```\n",
            "Слово.\n\n<!-- заметка ->\n\nПропало тоже.\n",
            "``rust cell\n1\n``\n\n'''rust cell #fig-шаг\n1\n'''\n\n“““rust cell\n1\n“““\n",
            "<p>\n$$ x $$\n</p>\n\n<table>\n- пункт\n</table>\n\n<aside>\n| а | б |\n|---|---|\n</aside>\n",
        ];
        let all: Vec<String> = texts.iter().map(|text| format!("{}\n", told(text).join("\n"))).collect();
        insta::assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn what_is_meant_to_be_shown_is_left_alone() {
        let texts = [
            "````markdown\n```rust cell\n1\n```\n````\n",
            "<!--\n```rust cell\nвыключена\n```\n-->\n",
            "<pre>\n# shell\n- a\n</pre>\n",
            "<style>\n# a {}\n</style>\n\n<div>\n\n## Заголовок\n\n</div>\n",
            "`rust cell` — слова за забором, «rust cell» тоже.\n\n    '''rust cell\n",
            "Слово ` ```rust cell ` и конец.\n\n    # indented\n",
            "<details><summary>1. Что будет?</summary>\n\nДа.\n\n</details>\n",
        ];
        for text in texts {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }
}
