//! Fences: cells, pinned outputs, and what was meant to be one of them.

use std::ops::Range;

use diagnostic::nearest;

use super::{Reader, line_at, trim};
use crate::cell::{Cell, Line, Pin};
use crate::comment;
use crate::options;
use crate::outline::{Fence, Outline};

/// What may stand behind `rust` in a fence that is not a cell: rustdoc's words and mdBook's.
const PLAIN: [&str; 10] = [
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "editable",
    "noplayground",
    "noplaypen",
    "mdbook-runnable",
    "test_harness",
    "standalone_crate",
];

impl Reader<'_> {
    pub(super) fn fence(&mut self, range: &Range<usize>, fence: &Fence) {
        let text = self.text;
        let info = fence.info.clone();
        let block = range.start..trim(text, range.clone()).end;
        if let Some(pin) = self.pin(&text[info.clone()], &info, &block, &fence.lines) {
            self.pins.push(pin);
            return;
        }
        let Some((options, mistakes)) = options::parse(&text[info.clone()]) else {
            self.lookalike(&text[info.clone()], &info);
            return;
        };
        for mistake in mistakes {
            let place = info.start + mistake.range.start..info.start + mistake.range.end;
            self.report("unknown-option", mistake.message, place, mistake.help);
        }
        if self.is_unclosed(range, fence) {
            return;
        }
        let before = &text[line_at(text, range.start).start..range.start];
        let prefix =
            before.chars().map(|letter| if letter == '>' || letter.is_whitespace() { letter } else { ' ' }).collect();
        let lines = Line::all(text, &fence.lines);
        let mut cell = Cell { fence: block, info, lines, prefix, options, caption: None, alt: None, pin: None };
        self.prose_lines(&mut cell);
        let is_code = |line: &Line| !matches!(text[line.range.clone()].trim(), line if line.is_empty() || line.starts_with("//|"));
        if !cell.lines.iter().any(is_code) {
            let help = "write some code into it, or remove it";
            self.report("empty-cell", "there is no code in this cell", cell.info.clone(), help);
        }
        self.page.cells.push(cell);
    }

    /// A cell that is not closed runs on to the end of the page, or to the end of the next cell.
    fn is_unclosed(&mut self, range: &Range<usize>, fence: &Fence) -> bool {
        let text = self.text;
        let marks = &text[fence.marks.clone()];
        let opens = |line: &&Range<usize>| {
            let line = text[(*line).clone()].trim_start();
            let words = line.trim_start_matches(['`', '~']);
            line.starts_with(marks) && !words.trim().is_empty() && !words.contains('`')
        };
        if let Some(other) = fence.lines.iter().find(opens) {
            let line = self.page.line_starts.line(other.start);
            let message = format!("the cell is not closed: another fence begins in it, on line {line}");
            let help = format!(
                "end it with a line of the same {}; if line {line} belongs to its code, begin and end the cell with one more of them",
                marks_of(marks)
            );
            self.report("unclosed-cell", message, fence.marks.start..fence.info.end, help);
            return true;
        }
        if !fence.is_closed || range.is_empty() {
            let is_quoted = text[line_at(text, range.start).start..range.start].contains('>');
            let help = match is_quoted {
                true => "begin every line of it with `>`, as the quotation that it stands in".to_owned(),
                false => format!("end it with a line of the same {}", marks_of(marks)),
            };
            self.report("unclosed-cell", "the cell is not closed", fence.marks.start..fence.info.end, help);
        }
        !fence.is_closed
    }

    /// A fence such as `rust, cell`, `Rust cell` or `rust cel` that was meant to be a cell, and one whose words nobody knows.
    fn lookalike(&mut self, info: &str, range: &Range<usize>) {
        let is_apart = |letter: char| letter == ',' || letter.is_whitespace();
        let words: Vec<&str> = info.split(is_apart).filter(|word| !word.is_empty()).collect();
        let Some((language, rest)) = words.split_first() else { return };
        let language = language.trim_start_matches(['{', '.']).to_lowercase();
        let is_rust = ["rust", "rs", "раст"].contains(&language.as_str());
        if is_rust && rest.iter().any(|word| is_cell(word)) || is_cell(&language) {
            let help = "begin the fence with `rust cell`, words separated by spaces";
            self.report("unknown-option", "this fence looks like a cell but is not one", range.clone(), help);
            return;
        }
        let known = |word: &str| {
            PLAIN.contains(&word)
                || word.starts_with("edition20")
                || word.starts_with("hidelines=")
                || word.strip_prefix('E').is_some_and(|code| code.bytes().all(|digit| digit.is_ascii_digit()))
        };
        for word in rest.iter().filter(|word| language == "rust" && !known(word)) {
            let start = range.start + (word.as_ptr() as usize - info.as_ptr() as usize);
            let words = PLAIN.iter().copied().chain(["cell"]);
            let help = match nearest(&word.to_lowercase(), words) {
                Some("cell") => "did you mean `rust cell`?".to_owned(),
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a cell begins with `rust cell`; other fences of Rust know {}", PLAIN.join(", ")),
            };
            self.report(
                "unknown-option",
                format!("unknown word `{word}` behind `rust`"),
                start..start + word.len(),
                help,
            );
        }
    }

    fn pin(&mut self, words: &str, info: &Range<usize>, block: &Range<usize>, lines: &[Range<usize>]) -> Option<Pin> {
        let mut rest = words.split_whitespace();
        if rest.next() != Some("text") {
            return None;
        }
        let second = rest.next()?;
        if second != "out" {
            let message = format!("unknown word `{second}` behind `text`");
            let help =
                "`text out` pins the output of the cell above; a block that pins nothing begins with `text` alone";
            self.report("unknown-option", message, info.clone(), help);
            return None;
        }
        let mut tolerance = 0.0;
        for word in rest {
            match word.strip_prefix("tol=").and_then(|number| number.parse::<f64>().ok()).filter(|tol| *tol >= 0.0) {
                Some(tol) => tolerance = tol,
                None => self.report(
                    "unknown-option",
                    format!("unknown word `{word}` of a pinned output"),
                    info.clone(),
                    "the only word is a tolerance, as in `text out tol=1e-6`",
                ),
            }
        }
        Some(Pin { fence: block.clone(), lines: lines.to_vec(), tolerance })
    }

    /// `//| key: value` lines on top of a cell.
    fn prose_lines(&mut self, cell: &mut Cell) {
        let text = self.text;
        for line in &cell.lines {
            let source = &text[line.range.clone()];
            let Some(rest) = source.trim_start().strip_prefix("//|") else { break };
            let end = line.range.end;
            let (key, value) = rest.split_once(':').map_or((rest, None), |(key, value)| (key, Some(value)));
            let value = value.map(|value| trim(text, end - value.len()..end));
            match (key.trim(), value) {
                ("caption", Some(value)) if cell.caption.is_none() && !value.is_empty() => cell.caption = Some(value),
                ("alt", Some(value)) if cell.alt.is_none() && !value.is_empty() => cell.alt = Some(value),
                (key, _) => {
                    let message = match key {
                        "caption" | "alt" => format!("`{key}` is said twice or has no text"),
                        key => format!("unknown key `{key}`"),
                    };
                    let help = match nearest(key, ["caption", "alt"]) {
                        Some(near) if near != key => format!("did you mean `{near}: …`?"),
                        _ => "the keys are `caption: …` and `alt: …`, each once".to_owned(),
                    };
                    self.report("unknown-key", message, end - rest.len()..end, help);
                }
            }
        }
        self.late_prose_lines(cell);
        self.nearly_prose_lines(cell);
        if let Some(caption) = cell.caption.clone() {
            let outline = Outline::of(&text[caption.clone()]);
            self.pieces(&outline, caption.start);
            let mistakes = comment::check(&outline, &text[caption.clone()], &self.page.path, self.known);
            self.diagnostics.extend(mistakes.into_iter().map(|mut mistake| {
                let Range { start, end } = mistake.place.range;
                mistake.place.range = start + caption.start..end + caption.start;
                mistake
            }));
        }
        for line in &cell.lines {
            let source = &text[line.range.clone()];
            if source.trim_start().starts_with("{{#") {
                let at = line.range.end - source.trim_start().len();
                let help = "paste the code, or put it into the library";
                let message = "a cell cannot include a file: its lines would no longer be the page's";
                self.report("include-in-cell", message, at..line.range.end, help);
            }
        }
    }

    /// `// | caption: …` and its like, which are comments.
    fn nearly_prose_lines(&mut self, cell: &Cell) {
        let text = self.text;
        for line in &cell.lines {
            let source = text[line.range.clone()].trim_start();
            let words = source.trim_start_matches(['/', '#', '!', ' ']);
            let Some(said) = words.strip_prefix('|').filter(|_| source.len() > words.len()) else { continue };
            let key = said.split(':').next().unwrap_or_default().trim();
            if !source.starts_with("//|") && ["caption", "alt"].contains(&key) {
                let at = line.range.end - source.len();
                let message = "this line is a comment: it says nothing to the reader";
                self.report("late-text", message, at..line.range.end, format!("write `//| {key}: …`"));
            }
        }
    }

    /// `//| caption: …` behind code, where it is a comment like any other.
    fn late_prose_lines(&mut self, cell: &Cell) {
        let text = self.text;
        let prose = |line: &&Line| text[line.range.clone()].trim_start().starts_with("//|");
        for line in cell.lines.iter().skip_while(prose).filter(prose) {
            let source = &text[line.range.clone()];
            let key = source.trim_start().trim_start_matches("//|").split(':').next().unwrap_or_default().trim();
            if nearest(key, ["caption", "alt"]).is_some() {
                let at = line.range.end - source.trim_start().len();
                let message = "behind code this line is a comment: it says nothing to the reader";
                let help = "put the lines that begin with `//|` on top of the cell";
                self.report("late-text", message, at..line.range.end, help);
            }
        }
    }
}

fn marks_of(marks: &str) -> &'static str {
    if marks.starts_with('~') { "tildes" } else { "backticks" }
}

/// `cell`, with a slip of the finger or of the keyboard's layout.
fn is_cell(word: &str) -> bool {
    // `{cell}` and `{.cell}` are how others write it.
    let word = word.trim_matches(['{', '}', '.']).to_lowercase();
    word == "cell" || ["сell", "cеll", "сеll", "ячейка"].contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use crate::read::read;

    #[test]
    fn a_caption_behind_code_is_told_and_other_comments_are_not() {
        let cell = "```rust cell #fig-а\n//| alt: auto\n\nlet x = 1;\n  //| captoin: Поздно\n//| вот так\n// caption: да\nx\n```\n";
        let (_, mistakes) = read("a.md", cell, &[]);
        let told: Vec<(&str, &str)> =
            mistakes.iter().map(|found| (&*found.code, &cell[found.place.range.clone()])).collect();
        assert_eq!(told, [("late-text", "//| captoin: Поздно")]);
    }

    #[test]
    fn a_line_that_was_meant_as_a_caption_is_told() {
        for line in ["// | caption: Шаг", "/// | alt: Шаг", "# | caption: Шаг", "//!| caption: Шаг"] {
            let (_, mistakes) = read("a.md", &format!("```rust cell\n{line}\nlet x = 1;\n```\n"), &[]);
            assert!(mistakes.len() == 1 && mistakes[0].code == "late-text", "{line}: {mistakes:?}");
        }
        for line in ["//| caption: Шаг", "// caption: Шаг", "// | да", "let f = |alt: f64| alt;"] {
            let (_, mistakes) = read("a.md", &format!("```rust cell\n{line}\nlet x = 1;\n```\n"), &[]);
            assert!(mistakes.is_empty(), "{line}: {mistakes:?}");
        }
    }

    #[test]
    fn an_output_that_was_meant_to_be_pinned_is_told() {
        let told = |info: &str| {
            let text = format!("```rust cell\n1\n```\n\n```{info}\n2\n```\n");
            let (page, mistakes) = read("a.md", &text, &[]);
            (page.cells[0].pin.is_some(), mistakes.len())
        };
        assert_eq!(["text out", "text  out", "text out tol=0.1"].map(told), [(true, 0); 3]);
        assert_eq!(["text output", "text Out", "text tol=0.1"].map(told), [(false, 1); 3]);
        assert_eq!(["text", "text,ignore", "console out"].map(told), [(false, 0); 3]);
    }

    #[test]
    fn a_cell_whose_quotation_ends_before_it_is_told_why() {
        let (_, mistakes) = read("a.md", "> ```rust cell\nlet x = 1;\n```\n", &[]);
        assert!(mistakes[0].helps[0].contains("every line of it with `>`"), "{mistakes:?}");
    }

    #[test]
    fn a_label_without_its_mark_is_proposed_with_it() {
        let (_, mistakes) = read("a.md", "```rust cell fig-спуск\n1\n```\n", &[]);
        assert!(
            mistakes.iter().any(|told| told.helps.contains(&"did you mean `#fig-спуск`?".to_owned())),
            "{mistakes:?}"
        );
    }

    #[test]
    fn a_fence_that_was_meant_to_be_a_cell_is_told() {
        let infos = [
            "rust cel",
            "rust,cell",
            "Rust cell",
            "rs cell",
            "rust {cell}",
            "rust {.cell}",
            "{rust cell}",
            "rust ячейка",
            "rust сell",
            "rust hide",
            "rust {.wide}",
            "cell",
        ];
        for info in infos {
            let (page, mistakes) = read("a.md", &format!("```{info}\nassert!(ложь);\n```\n"), &[]);
            assert!(page.cells.is_empty() && mistakes.len() == 1, "{info}: {mistakes:?}");
        }
        for info in ["rust", "rust,ignore", "rust no_run,edition2024", "rust compile_fail,E0382", "text", "python cell"]
        {
            let (_, mistakes) = read("a.md", &format!("```{info}\n1\n```\n"), &[]);
            assert!(mistakes.is_empty(), "{info}: {mistakes:?}");
        }
    }
}
