//! Markdown to a page: finds the cells, values, claims and references, and what is wrong with them.

use std::ops::Range;

use diagnostic::{Diagnostic, Lines, Place};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::options;
use crate::page::{Cell, Claim, Inline, InlinePlace, Page, Pin, Reference};
use crate::spec;

/// Reads a page.
pub fn parse(path: &str, text: &str) -> (Page, Vec<Diagnostic>) {
    let page = Page { path: path.to_owned(), text: text.to_owned(), line_starts: Lines::of(text), ..Page::default() };
    let mut reader = Reader { text, page, diagnostics: Vec::new(), pins: Vec::new() };
    reader.read();
    reader.attach_pins();
    reader.page.inlines.sort_by_key(|inline| inline.range.start);
    (reader.page, reader.diagnostics)
}

struct Reader<'a> {
    text: &'a str,
    page: Page,
    diagnostics: Vec<Diagnostic>,
    pins: Vec<Pin>,
}

/// A fence while its lines are read.
struct Fence {
    range: Range<usize>,
    lines: Vec<Range<usize>>,
}

/// A link while its text is read.
struct Link {
    range: Range<usize>,
    address: String,
    text_end: Option<usize>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let text = self.text;
        let mut fence: Option<Fence> = None;
        let mut link: Option<Link> = None;
        for (event, range) in Parser::new_ext(text, page::outline::extensions()).into_offset_iter() {
            match &event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    fence = Some(Fence { range: range.clone(), lines: Vec::new() });
                }
                Event::End(TagEnd::CodeBlock) => {
                    if let Some(fence) = fence.take() {
                        self.fence(fence);
                    }
                }
                Event::Text(_) => {
                    if let Some(fence) = &mut fence {
                        push_lines(&mut fence.lines, text, &range);
                    }
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    link = Some(Link { range: range.clone(), address: dest_url.to_string(), text_end: None });
                    continue;
                }
                Event::End(TagEnd::Link) => {
                    if let Some(link) = link.take() {
                        self.link(link);
                    }
                }
                Event::Code(_) => self.code(&range),
                Event::InlineMath(_) | Event::DisplayMath(_) => self.formula(&range),
                Event::Start(Tag::HtmlBlock) => {
                    self.comments(&range);
                    self.values_in_html(&range);
                }
                Event::InlineHtml(_) => self.comments(&range),
                _ => {}
            }
            if let Some(link) = &mut link {
                link.text_end = Some(range.end);
            }
        }
    }

    fn fence(&mut self, fence: Fence) {
        let text = self.text;
        let Fence { range, mut lines } = fence;
        let first_line = line_at(text, range.start);
        let marks = text[range.start..].chars().take_while(|letter| matches!(letter, '`' | '~')).count();
        let info = trim(text, range.start + marks..first_line.end);
        let block = range.start..trim(text, range.clone()).end;
        if let Some(pin) = self.pin(&text[info.clone()], &info, &block, &lines) {
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
        let opening = &text[range.start..range.start + marks];
        let last_line = line_at(text, block.end);
        let closing = text[last_line.clone()].trim_start_matches([' ', '\t', '>']);
        // A line such as "```rust cell" or one that is indented begins like the end and is code still.
        let is_code = lines.last().is_some_and(|line| line.end > last_line.start);
        if last_line.start <= range.start || is_code || !closing.starts_with(opening) {
            let help = "end it with a line of the same backticks";
            self.report("unclosed-cell", "the cell is not closed", info.clone(), help);
            return;
        }
        for line in &mut lines {
            *line = line.start..line.start + text[line.clone()].trim_end_matches('\r').len();
        }
        let before = &text[text[..range.start].rfind('\n').map_or(0, |newline| newline + 1)..range.start];
        let prefix =
            before.chars().map(|letter| if letter == '>' || letter.is_whitespace() { letter } else { ' ' }).collect();
        let mut cell = Cell { fence: block, info, lines, prefix, options, caption: None, alt: None, pin: None };
        self.prose_lines(&mut cell);
        let is_code = |line: &Range<usize>| !matches!(text[line.clone()].trim(), line if line.is_empty() || line.starts_with("//|"));
        if !cell.lines.iter().any(is_code) {
            let help = "write some code into it, or remove it";
            self.report("empty-cell", "there is no code in this cell", cell.info.clone(), help);
        }
        self.page.cells.push(cell);
    }

    /// A fence such as `rust, cell` or `Rust cell` that was meant to be a cell.
    fn lookalike(&mut self, info: &str, range: &Range<usize>) {
        let words: Vec<String> =
            info.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        if words.first().is_some_and(|word| word == "rust") && words.iter().any(|word| word == "cell") {
            let help = "begin the fence with `rust cell`, words separated by spaces";
            self.report("unknown-option", "this fence looks like a cell but is not one", range.clone(), help);
        }
    }

    fn pin(&mut self, words: &str, info: &Range<usize>, block: &Range<usize>, lines: &[Range<usize>]) -> Option<Pin> {
        let rest = words.strip_prefix("text out")?;
        let mut tolerance = 0.0;
        for word in rest.split_whitespace() {
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
            let source = &text[line.clone()];
            let Some(rest) = source.trim_start().strip_prefix("//|") else { break };
            let rest_at = line.end - rest.len();
            let (key, value) = rest.split_once(':').map_or((rest, None), |(key, value)| (key, Some(value)));
            let value = value.map(|value| trim(text, line.end - value.len()..line.end));
            match (key.trim(), value) {
                ("caption", Some(value)) if cell.caption.is_none() && !value.is_empty() => cell.caption = Some(value),
                ("alt", Some(value)) if cell.alt.is_none() && !value.is_empty() => cell.alt = Some(value),
                (key, _) => {
                    let message = match key {
                        "caption" | "alt" => format!("`{key}` is said twice or has no text"),
                        key => format!("unknown key `{key}`"),
                    };
                    self.report(
                        "unknown-key",
                        message,
                        rest_at..line.end,
                        "the keys are `caption: …` and `alt: …`, each once",
                    );
                }
            }
        }
        if let Some(caption) = cell.caption.clone() {
            for (event, range) in
                Parser::new_ext(&text[caption.clone()], page::outline::extensions()).into_offset_iter()
            {
                let range = caption.start + range.start..caption.start + range.end;
                match event {
                    Event::Code(_) => self.code(&range),
                    Event::InlineMath(_) | Event::DisplayMath(_) => self.formula(&range),
                    _ => {}
                }
            }
        }
        for line in &cell.lines {
            let source = &text[line.clone()];
            if source.trim_start().starts_with("{{#") {
                let at = line.end - source.trim_start().len();
                let help = "paste the code, or put it into the teaching crate";
                let message = "a cell cannot include a file: its lines would no longer be the page's";
                self.report("include-in-cell", message, at..line.end, help);
            }
        }
    }

    fn code(&mut self, range: &Range<usize>) {
        let text = self.text;
        let ticks = text[range.clone()].chars().take_while(|letter| *letter == '`').count();
        let source = range.start + ticks..range.end - ticks;
        let Some(value) = text[source.clone()].strip_prefix('=') else { return };
        if value.starts_with(['=', '>']) || value.starts_with(char::is_whitespace) || value.is_empty() {
            return;
        }
        let (length, spec) = spec::split(value);
        let expression = source.start + 1..source.start + 1 + length;
        self.page.inlines.push(Inline { range: range.clone(), expression, spec, place: InlinePlace::Prose });
    }

    fn formula(&mut self, range: &Range<usize>) {
        let text = self.text;
        const VALUE: &str = r"\val{";
        let mut from = range.start;
        while let Some(found) = text[from..range.end].find(VALUE) {
            let start = from + found;
            let inside = start + VALUE.len();
            let Some(length) = closing_brace(&text[inside..range.end]) else {
                self.report("unclosed-value", r"`\val{` is not closed", start..inside, "close it with `}`");
                return;
            };
            let (expression, spec) = spec::split(&text[inside..inside + length]);
            let expression = inside..inside + expression;
            from = inside + length + 1;
            self.page.inlines.push(Inline { range: start..from, expression, spec, place: InlinePlace::Formula });
        }
    }

    fn comments(&mut self, range: &Range<usize>) {
        let text = self.text;
        let mut from = range.start;
        while let Some(found) = text[from..range.end].find("<!--") {
            let start = from + found;
            let inside = start + "<!--".len();
            let Some(length) = text[inside..range.end].find("-->") else { return };
            from = inside + length + "-->".len();
            let body = trim(text, inside..inside + length);
            if let Some(expression) = text[body.clone()].strip_prefix("claim:") {
                let expression = trim(text, body.end - expression.len()..body.end);
                if expression.is_empty() {
                    self.report(
                        "empty-claim",
                        "the claim is empty",
                        start..from,
                        "write a Rust condition, as in `<!-- claim: x > 0.0 -->`",
                    );
                } else {
                    self.page.claims.push(Claim { range: start..from, expression });
                }
            } else if let Some((word, _)) = text[body.clone()].split_once(':').filter(|(word, _)| is_nearly_claim(word))
            {
                let word = body.start..body.start + word.trim_end().len();
                let message = format!("this comment looks like a claim, but `{}` is not the word", &text[word.clone()]);
                self.report("unknown-comment", message, word, "write it as in `<!-- claim: x > 0.0 -->`");
            }
        }
    }

    /// Markdown does not look into HTML, so a value there would stay as it is written.
    fn values_in_html(&mut self, range: &Range<usize>) {
        let text = self.text;
        let mut at = range.start;
        for piece in text[range.clone()].split_inclusive("-->") {
            let html = piece.split("<!--").next().unwrap_or_default();
            let is_value = |(at, _): &(usize, &str)| {
                let inside = &html[*at + 2..];
                let length = inside.find(['`', '\n']).filter(|length| inside[*length..].starts_with('`'));
                length.is_some_and(|length| length > 0) && !inside.starts_with([' ', '=', '>'])
            };
            if let Some((found, mark)) = html.match_indices("`=").find(is_value) {
                let help = "leave a blank line between the tag and the text with the value";
                let place = at + found..at + found + mark.len();
                self.report("value-in-html", "a value inside of HTML is not computed", place, help);
            }
            at += piece.len();
        }
    }

    fn link(&mut self, link: Link) {
        let Some((page, label)) = link.address.split_once('#') else { return };
        if !["fig-", "tbl-", "lst-"].iter().any(|kind| label.starts_with(kind)) {
            return;
        }
        let number_at = link.text_end.unwrap_or(link.range.start + 1);
        self.page.references.push(Reference {
            range: link.range,
            number_at,
            has_text: link.text_end.is_some(),
            page: page.to_owned(),
            label: label.to_owned(),
        });
    }

    /// Gives every pinned output to the cell right before it.
    fn attach_pins(&mut self) {
        for pin in std::mem::take(&mut self.pins) {
            let cell = self.page.cells.iter_mut().rev().find(|cell| cell.fence.end <= pin.fence.start);
            let near = cell.filter(|cell| {
                let between = &self.page.text[cell.fence.end..pin.fence.start];
                cell.pin.is_none() && between.chars().all(|letter| letter.is_whitespace() || letter == '>')
            });
            match near {
                Some(cell) => cell.pin = Some(pin),
                None => {
                    let range = line_at(&self.page.text, pin.fence.start);
                    let help = "put it directly behind the cell whose output it pins";
                    self.report("orphan-output", "this pinned output belongs to no cell", range, help);
                }
            }
        }
    }

    fn report(&mut self, code: &str, message: impl Into<String>, range: Range<usize>, help: impl Into<String>) {
        let place = Place::new(&self.page.path, range);
        self.diagnostics.push(Diagnostic::error(code, message, place).help(help));
    }
}

fn is_nearly_claim(word: &str) -> bool {
    let word = word.trim_end();
    word.is_ascii() && word != "claim" && options::distance(&word.to_lowercase(), "claim") <= 2
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

/// The line that holds byte `at`, without its break.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let source = &text[range.clone()];
    let start = range.start + (source.len() - source.trim_start().len());
    start..start + source.trim().len()
}

/// Where the brace that was opened before `text` closes.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}
