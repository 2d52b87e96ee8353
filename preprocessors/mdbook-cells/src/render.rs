//! An execution to the page's Markdown: every cell, value and link replaced at its own bytes, everything else untouched.

mod beside;
pub mod clean;
pub mod labels;
mod live;
mod number;
mod output;

use std::ops::Range;

use diagnostic::{Diagnostic, Place};

use crate::config::Config;
use crate::execution::{Execution, Origin, Output, Shown};
use crate::words::Words;
use page::options::{Code, Figure, Mode, Visibility};
use page::{Cell, Edit, InlinePlace, Page, Reference, apply, directive, escape};

use labels::Labels;
use output::{Around, Data};

/// What puts everything that was computed into the page, and what cannot be shown.
pub fn render(page: &Page, execution: &Execution, labels: &Labels, config: &Config) -> (Vec<Edit>, Vec<Diagnostic>) {
    let mut rendering = Rendering { page, execution, labels, config, diagnostics: Vec::new() };
    let mut edits = Vec::new();
    for (index, cell) in page.cells.iter().enumerate() {
        let replaced = Edit::new(cell.fence.clone(), rendering.cell(index, cell));
        edits.push(match &cell.caption {
            Some(caption) => replaced.with_moved(&page.text, caption.clone()),
            None => replaced,
        });
        edits.extend(cell.pin.iter().map(|pin| Edit::new(pin.fence.clone(), "")));
    }
    let seen = without_claims(page);
    let of_text = page.claims.iter().filter(|claim| page.cell_at(claim.range.start).is_none());
    edits.extend(of_text.map(|claim| Edit::new(with_blanks(&page.text, &seen, &claim.range), "")));
    for (index, inline) in page.inlines.iter().enumerate() {
        if page.cell_at(inline.range.start).is_none() {
            edits.push(Edit::new(inline.range.clone(), rendering.value(index)));
        }
    }
    let of_text = page.references.iter().filter(|reference| page.cell_at(reference.range.start).is_none());
    edits.extend(of_text.filter_map(|reference| numbered(page, labels, reference)));
    (edits, rendering.diagnostics)
}

/// The page's text with blanks in the place of its claims.
fn without_claims(page: &Page) -> String {
    let mut seen = page.text.clone();
    for claim in &page.claims {
        seen.replace_range(claim.range.clone(), &" ".repeat(claim.range.len()));
    }
    seen
}

/// A claim with the blanks beside it that nothing would be between: at the start of a text they would make code of it, at the end
/// of a line a break.
fn with_blanks(text: &str, seen: &str, claim: &Range<usize>) -> Range<usize> {
    let blank = [' ', '\t'];
    let before = text[..claim.start].trim_end_matches(blank).len();
    let behind = text.len() - text[claim.end..].trim_start_matches(blank).len();
    let starts = seen[..claim.start].trim_end_matches(blank).chars().next_back().is_none_or(|last| last == '\n');
    let ends =
        seen[claim.end..].trim_start_matches(blank).chars().next().is_none_or(|next| next == '\n' || next == '\r');
    match (starts, ends) {
        (true, _) => claim.start..behind,
        (false, true) => before..claim.end,
        (false, false) if before < claim.start => claim.start..behind,
        (false, false) => claim.clone(),
    }
}

/// The number behind the text of a link to a label.
fn numbered(page: &Page, labels: &Labels, reference: &Reference) -> Option<Edit> {
    let number = labels.number(page, reference)?;
    let text = if reference.has_text { format!("\u{a0}{number}") } else { number.to_string() };
    Some(Edit::insert(reference.number_at, text))
}

/// The code of a cell as a fence of Rust, of which mdBook hides lines that begin with `# `: what a cell shows is shown.
fn unhidden(code: &str) -> String {
    let shown = |line: &str| {
        let words = line.trim_start();
        let is_taken =
            words.strip_prefix('#').is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with([' ', '#']));
        let blank = &line[..line.len() - words.len()];
        if is_taken { format!("{blank}#{words}") } else { line.to_owned() }
    };
    code.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// Whether the last statement is an assertion: such a cell is there to check, and would not be here if it had failed.
fn ends_with_a_check(code: &str) -> bool {
    let begins = |line: &&str| !line.is_empty() && !line.starts_with([' ', '\t', ')', '}', ']', '/']);
    code.lines().rfind(begins).is_some_and(|line| line.starts_with("assert"))
}

struct Rendering<'a> {
    page: &'a Page,
    execution: &'a Execution,
    labels: &'a Labels,
    config: &'a Config,
    diagnostics: Vec<Diagnostic>,
}

impl Rendering<'_> {
    /// A cell as Markdown; its lines carry the prefix of the lists and quotes around it.
    fn cell(&mut self, index: usize, cell: &Cell) -> String {
        let code = self.code(index, cell);
        let output = match cell.options.output {
            Visibility::Shown => self.output(index, cell),
            Visibility::Hidden => String::new(),
        };
        self.check_label(index, cell);
        self.check_alt(index, cell);
        let caption = self.caption(cell);
        let label = cell.options.label.as_ref().map(|(label, _)| label.as_str());
        if code.is_empty() && output.is_empty() && caption.is_empty() && label.is_none() {
            return String::new();
        }
        let id = label.map_or_else(String::new, |label| format!(" id=\"{}\"", escape::text(label)));
        // A table is read from its caption down, a picture is looked at first, and before its code where that is folded.
        let is = |kind: &str| label.is_some_and(|label| label.starts_with(kind));
        let is_folded = cell.options.code == Code::Folded;
        let body = if is("tbl-") {
            [code, caption, output]
        } else if is_folded && (is("fig-") || cell.options.figure == Figure::Live) {
            [output, code, caption]
        } else {
            [code, output, caption]
        };
        let body: Vec<String> = body.into_iter().filter(|block| !block.is_empty()).collect();
        let block = format!("<figure class=\"cell\"{id}>\n\n{}\n\n</figure>", body.join("\n\n"));
        let mut lines = block.lines();
        let mut result = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            result.push('\n');
            result.push_str(format!("{}{line}", cell.prefix).trim_end());
        }
        result
    }

    fn code(&mut self, index: usize, cell: &Cell) -> String {
        let shown = cell.shown(&self.page.text);
        let code = shown.trim_matches('\n');
        if cell.options.code == Code::Hidden || code.trim().is_empty() {
            return String::new();
        }
        let ticks = longest_run(code, '`').max(2) + 1;
        let ticks = "`".repeat(ticks);
        let code = match directive::hide(code) {
            Ok(code) => code,
            Err(found) => {
                let message = format!("mdBook would take `{found}` in the code for a directive of its own");
                self.report("bad-code", message, cell, "write it without a blank before the `#` and on one line");
                return String::new();
            }
        };
        let code = unhidden(&code);
        let fence = format!("{ticks}rust\n{code}\n{ticks}");
        match cell.options.code {
            Code::Folded => {
                let Words { source, check, .. } = self.config.words;
                let shows = cell.options.output == Visibility::Shown && !self.execution.cells[index].is_empty();
                let is_check = !shows && cell.options.execution == Mode::Run && ends_with_a_check(&shown);
                let summary = if is_check { check } else { source };
                format!("<details class=\"cell-code\"><summary>{summary}</summary>\n\n{fence}\n\n</details>")
            }
            Code::Shown | Code::Hidden => fence,
        }
    }

    fn output(&mut self, index: usize, cell: &Cell) -> String {
        let Self { page, execution, config, .. } = *self;
        if cell.options.figure == Figure::Still {
            return self.outputs(index, cell, &execution.cells[index], Data::Own);
        }
        let outputs = |outputs: &[Output]| self.outputs(index, cell, outputs, Data::OfDefault);
        let (html, diagnostics) = live::cell(page, execution, config, index, outputs);
        self.diagnostics.extend(diagnostics);
        html
    }

    fn outputs(&mut self, index: usize, cell: &Cell, outputs: &[Output], data: Data) -> String {
        let around = Around {
            text: &self.page.text,
            cell,
            prefix: format!("{}-{index}-", &store::hash(self.page.path.as_bytes())[..6]),
            fold_lines: self.config.fold_lines,
            words: self.config.words,
            data,
            moved: &|text| self.moved(index, cell, text),
        };
        let (html, mistakes) = output::html(outputs, &around);
        for (code, message, help) in mistakes {
            self.report(code, message, cell, help);
        }
        html
    }

    /// Lines of the page that a text names (`dbg!` does), moved with their cells.
    fn moved(&self, index: usize, cell: &Cell, text: &str) -> String {
        let now = Origin::of(self.page, cell);
        let Some(then) = self.execution.origins.get(index).filter(|then| then.first != now.first) else {
            return text.to_owned();
        };
        let mark = format!("{}:", self.page.path);
        let mut moved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(found) = rest.find(&mark) {
            let (before, after) = rest.split_at(found + mark.len());
            moved.push_str(before);
            let digits = after.len() - after.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            match after[..digits].parse::<usize>() {
                Ok(line) if (then.first..=then.last).contains(&line) => {
                    moved.push_str(&(line + now.first - then.first).to_string());
                }
                _ => moved.push_str(&after[..digits]),
            }
            rest = &after[digits..];
        }
        moved.push_str(rest);
        moved
    }

    /// A description that nobody hears, because the cell shows no picture.
    fn check_alt(&mut self, index: usize, cell: &Cell) {
        let Some(alt) = cell.alt.clone() else { return };
        let is_picture =
            |output: &Output| matches!(output, Output::Shown(shown) if shown.svg.is_some() || shown.png.is_some());
        let is_seen = cell.options.output == Visibility::Shown;
        if is_seen && self.execution.cells[index].iter().any(is_picture) {
            return;
        }
        let message = "`alt` describes a picture, and this cell shows none";
        let help = "end the cell with a picture, or say it in the caption or in the text";
        let place = Place::new(&self.page.path, alt);
        self.diagnostics.push(Diagnostic::error("no-picture", message, place).help(help));
    }

    /// Whether the cell's output is what its label promises.
    fn check_label(&mut self, index: usize, cell: &Cell) {
        let Some((label, _)) = &cell.options.label else { return };
        let shown = self.execution.cells[index].iter().filter_map(|output| match output {
            Output::Shown(shown) => Some(shown),
            _ => None,
        });
        let is_listing = label.starts_with("lst-");
        let is_hidden = match is_listing {
            true => cell.options.code == Code::Hidden,
            false => cell.options.output == Visibility::Hidden,
        };
        if is_hidden {
            let word = if is_listing { "hide" } else { "quiet" };
            let message = format!("a reader sees nothing of `#{label}`: the cell is `{word}`");
            self.report("hidden-label", message, cell, "drop one of the two: a label is for what is seen");
        }
        let has = |test: fn(&Shown) -> bool| shown.clone().any(|shown| test(shown));
        if label.starts_with("fig-") && !has(|shown| shown.svg.is_some() || shown.png.is_some() || shown.html.is_some())
        {
            self.report(
                "empty-figure",
                format!("`#{label}` shows no picture"),
                cell,
                "end the cell with a plot, or name it `#lst-…`",
            );
        }
        if label.starts_with("tbl-") && !has(|shown| shown.table.is_some() || shown.html.is_some()) {
            self.report(
                "empty-table",
                format!("`#{label}` shows no table"),
                cell,
                "end the cell with a table, or name it `#lst-…`",
            );
        }
        if cell.caption.is_none() {
            self.report(
                "no-caption",
                format!("`#{label}` has no caption"),
                cell,
                "say on top of the cell what it shows, as in `//| caption: …`",
            );
        }
    }

    fn caption(&mut self, cell: &Cell) -> String {
        let number = cell.options.label.as_ref().and_then(|(label, _)| {
            let kind = match label.split('-').next() {
                Some("fig") => self.config.words.figure,
                Some("tbl") => self.config.words.table,
                _ => self.config.words.listing,
            };
            Some(format!("<span class=\"label\">{kind}\u{a0}{}.</span> ", self.labels.own(self.page, label)?))
        });
        let page = self.page;
        let caption = cell.caption.clone().map(|range| {
            let inlines = page.inlines.iter().enumerate().filter(|(_, inline)| range.contains(&inline.range.start));
            let values = inlines.map(|(index, inline)| Edit::new(inline.range.clone(), self.value(index)));
            let mut edits: Vec<Edit> = values.collect();
            let seen = without_claims(page);
            let claims = page.claims.iter().filter(|claim| range.contains(&claim.range.start));
            edits.extend(claims.map(|claim| {
                let place = with_blanks(&page.text, &seen, &claim.range);
                Edit::new(place.start.max(range.start)..place.end.min(range.end), "")
            }));
            let links = page.references.iter().filter(|reference| range.contains(&reference.range.start));
            edits.extend(links.filter_map(|reference| numbered(page, self.labels, reference)));
            for edit in &mut edits {
                edit.range = edit.range.start - range.start..edit.range.end - range.start;
            }
            apply(&page.text[range], &edits)
        });
        if number.is_none() && caption.is_none() {
            return String::new();
        }
        let id = live::caption_id(cell).map_or_else(String::new, |id| format!(" id=\"{}\"", escape::text(&id)));
        let (number, caption) = (number.unwrap_or_default(), caption.unwrap_or_default());
        format!("<figcaption{id}>\n\n{number}{caption}\n\n</figcaption>")
    }

    fn value(&mut self, index: usize) -> String {
        let inline = &self.page.inlines[index];
        let value = self.execution.inlines.get(index).cloned().unwrap_or_default();
        let written = number::value(&value, &inline.spec, inline.place, self.config.words);
        let (before, after) = (&self.page.text[..inline.range.start], &self.page.text[inline.range.end..]);
        let followed = self.execution.live.inlines.iter().find(|followed| followed.at == index);
        match (inline.place, followed) {
            (InlinePlace::Prose, None) => format!("<span class=\"value\">{written}</span>"),
            (InlinePlace::Prose, Some(followed)) => {
                let live = live::value(followed, &self.execution.live.inputs, &inline.spec, self.config.words);
                format!("<span class=\"value\" data-live=\"{}\">{written}</span>", escape::text(&live))
            }
            (InlinePlace::Formula, None) => {
                if beside::continues_number(before, &written) {
                    let message = "a value behind a digit is read as one number with it";
                    let place = Place::new(&self.page.path, inline.range.clone());
                    self.diagnostics.push(
                        Diagnostic::warning("value-behind-digit", message, place)
                            .help(r"write a product as `2 \cdot \val{n}`"),
                    );
                }
                beside::group(before, written, after)
            }
            (InlinePlace::Formula, Some(_)) => {
                let place = Place::new(&self.page.path, inline.range.clone());
                let message = "a value in a formula cannot follow an input";
                self.diagnostics.push(
                    Diagnostic::error("live-formula", message, place)
                        .help("write it beside the formula, as in `$k$ = `` `=k` ``"),
                );
                written
            }
        }
    }

    fn report(&mut self, code: &str, message: String, cell: &Cell, help: &str) {
        let place = Place::new(&self.page.path, cell.info.clone());
        let diagnostic = Diagnostic::error(code, message, place).help(help);
        // In many states of a live cell the same thing is wrong.
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }
}

fn longest_run(text: &str, mark: char) -> usize {
    text.split(|letter| letter != mark).map(str::len).max().unwrap_or(0)
}
