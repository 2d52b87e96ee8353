//! Places in the file that the author wrote, for what was found on the page that earlier preprocessors made of it.
//!
//! They leave everything but cells and values alone, so the formulas of both are two sequences of which the longest common one is
//! looked for; a value inside a formula, `\val{…}`, is as good as anything. What is left over was put there by an output.

use std::cell::OnceCell;
use std::ops::Range;

use diagnostic::{Diagnostic, Place};

use crate::align::align;
use crate::found::{Formula, Kind};
use crate::tex::{Mistake, closing_brace};
use crate::typeset::Sheet;

/// Under the first line of a page, for what its file does not have.
pub const GENERATED: &str = "in an output of a cell, or in an included file";

/// Both sides of a page.
pub struct Locator<'a> {
    sheet: &'a Sheet<'a>,
    formulas: OnceCell<Vec<Option<usize>>>,
    references: OnceCell<Vec<Option<usize>>>,
}

impl<'a> Locator<'a> {
    /// For what was found on `sheet`.
    pub fn new(sheet: &'a Sheet<'a>) -> Self {
        Self { sheet, formulas: OnceCell::new(), references: OnceCell::new() }
    }

    /// Messages about what the file does not have.
    pub fn generated(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let move_up = |diagnostic| {
            let diagnostic = Diagnostic { place: self.first_line(), labels: Vec::new(), ..diagnostic };
            self.put(diagnostic, None)
        };
        diagnostics.into_iter().map(move_up).collect()
    }

    /// The message about a mistake in a formula of the page.
    pub fn mistake(&self, formula: usize, mistake: &Mistake) -> Diagnostic {
        let range = self.formula(formula, &mistake.range);
        let is_there = range.is_some();
        let diagnostic = Diagnostic::error(mistake.code, mistake.message.clone(), self.first_line());
        let diagnostic = self.put(diagnostic, range);
        let diagnostic = mistake.help.iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help));
        if is_there {
            diagnostic
        } else {
            diagnostic.note(format!("the formula is {}", self.sheet.found.formulas[formula].tex.trim()))
        }
    }

    /// The message with a link of the page as its place.
    pub fn at_reference(&self, reference: usize, diagnostic: Diagnostic) -> Diagnostic {
        let (found, written) = (&self.sheet.found.references, &self.sheet.written().references);
        let aligned = self.references.get_or_init(|| {
            let same = |i: usize, j: usize| found[i].page == written[j].page && found[i].label == written[j].label;
            align(found.len(), written.len(), same)
        });
        let here = aligned[reference].map(|index| written[index].range.clone());
        let here = here.or_else(|| {
            // A caption stands inside its cell's fence, where Markdown sees no link.
            let link = &self.sheet.page.text[found[reference].range.clone()];
            let at = self.sheet.page.written.find(link)?;
            Some(at..at + link.len())
        });
        self.put(diagnostic, here)
    }

    /// Where `inside` of a formula's TeX is in the file, or the first line.
    pub fn formula_place(&self, formula: usize, inside: &Range<usize>) -> Place {
        self.formula(formula, inside).map_or_else(|| self.first_line(), |range| self.place(range))
    }

    /// The first line of a page.
    pub fn first_line(&self) -> Place {
        self.place(0..self.sheet.page.written.lines().next().unwrap_or_default().len())
    }

    fn put(&self, diagnostic: Diagnostic, range: Option<Range<usize>>) -> Diagnostic {
        match range {
            Some(range) => Diagnostic { place: self.place(range), ..diagnostic },
            None => diagnostic.label(GENERATED),
        }
    }

    fn formula(&self, index: usize, inside: &Range<usize>) -> Option<Range<usize>> {
        let (found, written) = (&self.sheet.found.formulas, &self.sheet.written().formulas);
        let aligned = self.formulas.get_or_init(|| {
            let same = |i: usize, j: usize| found[i].kind == written[j].kind && fits(&written[j].tex, &found[i].tex);
            align(found.len(), written.len(), same)
        });
        if let Some(original) = aligned[index] {
            let inside = unfit(&written[original].tex, &found[index].tex, inside)?;
            return Some(in_text(&self.sheet.page.written, &written[original], &inside));
        }
        // A caption stands inside its cell's fence, where Markdown sees no formula.
        let text = &self.sheet.page.written;
        let before = aligned[..index].iter().rev().find_map(|original| *original);
        let after = aligned[index..].iter().find_map(|original| *original);
        let start = before.map_or(0, |original| written[original].range.end);
        let end = after.map_or(text.len(), |original| written[original].range.start);
        let formula = &found[index];
        let at = start + text[start..end].find(&self.sheet.page.text[formula.range.clone()])?;
        let range = at..at + formula.range.len();
        Some(in_text(
            text,
            &Formula { range, tex: formula.tex.clone(), kind: formula.kind, sole: formula.sole },
            inside,
        ))
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(&self.sheet.page.path, range)
    }
}

/// A formula's TeX with its values cut out: literal pieces around them.
fn literals(written: &str) -> Vec<Range<usize>> {
    const VALUE: &str = r"\val{";
    let mut literals = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = written[at..].find(VALUE) {
        let inside = at + found + VALUE.len();
        let Some(length) = closing_brace(&written[inside..]) else { break };
        literals.push(start..at + found);
        (start, at) = (inside + length + 1, inside + length + 1);
    }
    literals.push(start..written.len());
    literals
}

/// The literal pieces of `written` as they stand in `found`; nothing when `found` is not `written` with other values.
fn pieces(written: &str, found: &str) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let literals = literals(written);
    let (last, others) = literals.split_last()?;
    let mut pieces = Vec::new();
    let mut at = 0;
    for literal in others {
        let text = &written[literal.clone()];
        let start =
            if pieces.is_empty() { found.starts_with(text).then_some(0)? } else { at + found[at..].find(text)? };
        at = start + text.len();
        pieces.push((literal.clone(), start..at));
    }
    let text = &written[last.clone()];
    let start = found.len().checked_sub(text.len()).filter(|start| *start >= at && found.ends_with(text))?;
    if others.is_empty() && start != 0 {
        return None;
    }
    pieces.push((last.clone(), start..found.len()));
    Some(pieces)
}

fn fits(written: &str, found: &str) -> bool {
    written == found || (written.contains(r"\val{") && pieces(written, found).is_some())
}

/// The range of `written` that `range` of `found` came from; a value is taken as a whole.
fn unfit(written: &str, found: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let pieces = pieces(written, found)?;
    let start = pieces.iter().rev().find(|(_, there)| there.start <= range.start);
    let start = start.map_or(0, |(here, there)| here.start + (range.start - there.start).min(here.len()));
    let end = pieces.iter().find(|(_, there)| range.end <= there.end);
    let end = end.map_or(written.len(), |(here, there)| here.end - (there.end - range.end).min(here.len()));
    Some(start.min(end)..start.max(end))
}

/// Where `inside` of a formula's TeX is in its text. The TeX lacks the prefixes of quotes and lists at the beginning of its lines,
/// and in tables the backslash of `\|`.
fn in_text(text: &str, formula: &Formula, inside: &Range<usize>) -> Range<usize> {
    let dollars = if formula.kind == Kind::Display { 2 } else { 1 };
    let raw = formula.range.start + dollars..formula.range.end - dollars;
    let mut places = vec![raw.end; formula.tex.len() + 1];
    let mut tex_start = 0;
    let mut raw_start = raw.start;
    for (tex, line) in formula.tex.split_inclusive('\n').zip(text[raw].split_inclusive('\n')) {
        let mut at = line.len();
        for (index, byte) in tex.bytes().enumerate().rev() {
            let Some(found) = line.as_bytes()[..at].iter().rposition(|other| *other == byte) else { break };
            at = found;
            places[tex_start + index] = raw_start + at;
        }
        tex_start += tex.len();
        raw_start += line.len();
    }
    let start = places[inside.start];
    // The end is behind the last byte, which in a quote is on another line than the next one.
    let end = if inside.is_empty() { start } else { places[inside.end - 1] + 1 };
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::find;
    use crate::settings::tests::read;

    #[test]
    fn a_value_in_a_formula_fits_anything() {
        let written = r"a = \val{m[{0}]:.2} + \val{n} b";
        assert!(fits(written, "a = 0{,}25 + 1 b"));
        assert!(!fits(written, "a = 0{,}25 + 1 c") && !fits(written, "c = 1 + 2 b") && !fits("a", "aa"));
        let found = "a = 0{,}25 + 1 b";
        let back = |part: &str| {
            let at = found.rfind(part).unwrap();
            &written[unfit(written, found, &(at..at + part.len())).unwrap()]
        };
        assert_eq!(["a", "=", "25", "1", "b"].map(back), ["a", "=", r"\val{m[{0}]:.2}", r"\val{n}", "b"]);
    }

    #[test]
    fn bytes_of_tex_are_found_behind_prefixes() {
        let text = "- > $$\n  > a >\n  > b - > c\n  > $$\n\n| $\\|x\\|y$ |\n|---|\n";
        let found = find(text, read("").unwrap().extensions);
        for (formula, part, line) in [(0, "a >", "  > a >"), (0, "- > c", "  > b - > c"), (1, "y", "| $\\|x\\|y$ |")] {
            let formula = &found.formulas[formula];
            let at = formula.tex.find(part).unwrap();
            let range = in_text(text, formula, &(at..at + part.len()));
            assert_eq!(&text[range.clone()], part);
            assert!(text[..range.start].rsplit('\n').next().is_some_and(|before| line.starts_with(before)));
        }
    }
}
