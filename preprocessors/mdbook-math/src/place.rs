//! Places in a formula's TeX, in the text that the formula stands in.

use std::ops::Range;

use crate::found::{Formula, Kind};

/// Where `inside` of a formula's TeX is in its text. The TeX lacks the prefixes of quotes and lists at the beginning of its lines,
/// and in tables the backslash of `\|`.
pub fn in_text(text: &str, formula: &Formula, inside: &Range<usize>) -> Range<usize> {
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
